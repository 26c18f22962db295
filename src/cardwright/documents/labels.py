"""Labels, lead-ins, and lists whose order counts."""

from __future__ import annotations

import re

from cardwright.documents.blocks import LISTS, Block, every, replace_children
from cardwright.documents.page import Page
from cardwright.documents.prose import Prose
from cardwright.documents.wording import sentences, word_count

__all__ = ["mark_labels", "mark_leads", "mark_order"]

_HEAD = re.compile(r"([^:\n]{1,60}?)\s?:(?=\s|$)")
_STEPS = re.compile(r"\b(?:steps?|stages?|rounds?|order|process|parts?|sessions?|interviews?)\b", re.IGNORECASE)
_ITEMS = ("li", "p", "dd")
_MOST_LEAD_WORDS = 8


def mark_labels(page: Page) -> None:
    """Take labels off items and paragraphs, and mark the sentences that a label inside a paragraph opens."""
    for block in every(page.root):
        if block.tag in _ITEMS and block.text and not block.prose.marked("dfn") and not block.prose.marked("q"):
            _label_block(block, page)
            _label_sentences(block, page)
        elif block.tag == "li" and block.prose.marked("dfn"):
            _label_sentences(block, page)


def _label_block(block: Block, page: Page) -> None:
    head = _HEAD.match(block.text)
    if head and page.vocabulary.is_label(head[1]) and block.text[head.end() :].strip():
        block.attrs["data-label"] = head[1].strip()
        block.prose = block.prose.cut(head.end())


def _label_sentences(block: Block, page: Page) -> None:
    text = block.text
    if ":" not in text:
        return
    found: list[tuple[int, int, str]] = []
    for start, _ in sentences(text)[1:]:
        head = _HEAD.match(text, start)
        if head and page.vocabulary.is_label(head[1]) and text[head.end() :].strip():
            found.append((start, head.end(), head[1].strip()))
    if not found:
        return
    parts = [block.prose.cut(0, found[0][0])]
    ends = [start for start, _, _ in found[1:]] + [len(text)]
    for (_, begin, label), end in zip(found, ends, strict=True):
        part = block.prose.cut(begin, end)
        part.mark(0, len(part.chars), "span", data_label=label)
        parts.append(part)
    block.prose = Prose.joined(parts)


def mark_leads(page: Page) -> None:
    """Give lists and tables the lead-in before them; its paragraph goes, save the sentences before the lead-in."""
    replace_children(page.root, _with_leads)
    for block in every(page.root):
        if block.tag == "li" and block.text.endswith(":") and block.children and block.children[0].tag in LISTS:
            _lead(block.children[0], block.text[_last_sentence(block.text) :])


def _with_leads(blocks: list[Block]) -> list[Block]:
    found: list[Block] = []
    for index, block in enumerate(blocks):
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        led = following is not None and following.tag in (*LISTS, "table")
        if not led or block.tag != "p" or not _leads(block):
            found.append(block)
            continue
        assert following is not None
        begin = _last_sentence(block.text)
        _lead(following, block.text[begin:])
        if begin:
            block.prose = block.prose.cut(0, begin)
            block.end = block.prose.span(0, len(block.text))[1]
            found.append(block)
    return found


def _leads(block: Block) -> bool:
    """Whether a paragraph ends in a lead-in: with a colon, or in a few words that are not finished."""
    if block.text.endswith(":"):
        return True
    last = block.text[_last_sentence(block.text) :]
    return bool(last) and last[-1].isalpha() and word_count(last) <= _MOST_LEAD_WORDS


def _last_sentence(text: str) -> int:
    found = sentences(text)
    return found[-1][0] if found else 0


def _lead(block: Block, sentence: str) -> None:
    lead = " ".join(sentence.rstrip(": ").split())
    block.attrs["data-lead"] = lead
    for item in block.children:
        if item.tag == "li":
            item.attrs["data-lead"] = lead


def _are_steps(block: Block) -> bool:
    """Whether a list below such a heading is its steps: not questions, and nothing that a lead-in calls otherwise."""
    lead = block.attrs.get("data-lead", "")
    return not block.has_class("questions") and (not lead or bool(_STEPS.search(lead)))


def mark_order(page: Page) -> None:
    """Lists under a heading of an ordered kind are steps, numbered or not."""
    stack: list[tuple[Block, str]] = [(page.root, "")]
    while stack:
        section, above = stack.pop()
        kind = section.attrs.get("data-kind", above)
        for block in section.children:
            if block.tag == "section":
                stack.append((block, kind))
            elif block.tag == "ul" and kind in page.vocabulary.ordered and _are_steps(block):
                block.tag = "ol" if len(block.children) > 1 else "ul"
