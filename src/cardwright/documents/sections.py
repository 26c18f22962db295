"""Headings and what is under them -> nested sections with kinds."""

from __future__ import annotations

from cardwright.documents.blocks import Block
from cardwright.documents.prose import Prose
from cardwright.documents.vocabulary import Vocabulary
from cardwright.documents.wording import is_title_case

__all__ = ["nest_sections", "tell_kinds"]

# A heading deeper in a section of known kind has a kind of its own only if so much of it speaks of that.
_SHARE_TO_DIFFER = 0.5


def nest_sections(blocks: list[Block], title: str, length: int) -> Block:
    """The document as its outermost section; `title` names it where no heading of its own does."""
    root = Block("section", start=0, end=length)
    stack: list[tuple[int, Block]] = [(1, root)]
    tops = [block for block in blocks if block.tag == "h" and block.level == 1]
    named = bool(tops) and next((block for block in blocks if block.tag == "h"), None) is tops[0]
    for block in blocks:
        if block.tag != "h":
            stack[-1][1].children.append(block)
            continue
        if named and block is tops[0]:
            root.attrs["data-heading"] = _one_line(block.prose)
            root.children.append(block)
            continue
        # A second heading of the first level opens a section like others do.
        level = max(2, block.level)
        while len(stack) > 1 and stack[-1][0] >= level:
            stack.pop()
        section = Block("section", attrs={"data-heading": _one_line(block.prose)}, start=block.start, end=block.end)
        section.children.append(block)
        stack[-1][1].children.append(section)
        stack.append((level, section))
    root.attrs.setdefault("data-heading", title)
    _settle(root, 1)
    return root


def _one_line(prose: Prose) -> str:
    return " ".join(prose.chars.split())


def _settle(section: Block, depth: int) -> None:
    """Give headings the level of their depth, and sections their extent."""
    for child in section.children:
        if child.tag == "h":
            child.level = min(6, depth)
        elif child.tag == "section":
            _settle(child, depth + 1)
    if depth > 1:
        section.cover()


def tell_kinds(root: Block, vocabulary: Vocabulary) -> None:
    """Give each section the kind its heading tells; the document itself only if most of its title tells it."""
    stack: list[tuple[Block, str]] = [(root, "")]
    while stack:
        section, above = stack.pop()
        kind = above
        heading = section.attrs["data-heading"]
        told, share = vocabulary.kind_of(heading)
        free = section is not root and (not above or is_title_case(heading))
        if told and (free or share >= _SHARE_TO_DIFFER):
            section.attrs["data-kind"] = kind = told
        stack.extend((child, kind) for child in section.children if child.tag == "section")
