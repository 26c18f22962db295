"""Blocks with their marks -> the BeautifulSoup tree that rules select in; each element gets its place and kind."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from cardwright.documents.blocks import Block
from cardwright.documents.prose import Mark, Prose

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

__all__ = ["grow_tree"]

# Of two marks around the same characters the first in this row is the outer one.
_OUTER_FIRST = ("aside", "dfn", "q", "span", "strong", "em", "code", "abbr")


class _Grower:
    """Makes elements of one document."""

    def __init__(self, text: str) -> None:
        from bs4 import BeautifulSoup

        self.soup: BeautifulSoup = BeautifulSoup("", "html.parser")
        self.length = len(text)
        self.lines = [0]
        while (newline := text.find("\n", self.lines[-1])) >= 0:
            self.lines.append(newline + 1)

    def element(self, tag: str, attrs: dict[str, str], start: int, end: int, kind: str) -> Tag:
        """An element with its place; offsets never leave the text."""
        start = max(0, min(start, self.length))
        end = max(start, min(end, self.length))
        named: dict[str, str | list[str]] = dict(attrs)
        if "class" in attrs:
            named["class"] = attrs["class"].split()
        if kind:
            named["data-kind"] = kind
        named["data-line"] = str(bisect_right(self.lines, start))
        named["data-at"] = f"{start}:{end}"
        return self.soup.new_tag(tag, attrs=named)  # type: ignore[arg-type]  # as the parser does for class

    def block(self, block: Block, above: str) -> Tag:
        """A block with all that is in it."""
        kind = block.attrs.get("data-kind", above)
        tag = f"h{block.level}" if block.tag == "h" else block.tag
        made = self.element(tag, block.attrs, block.start, block.end, kind)
        if block.text:
            self.prose(made, block.prose, kind, block.tag == "pre")
        for child in block.children:
            made.append(self.block(child, kind))
        return made

    def prose(self, into: Tag, prose: Prose, kind: str, keep_lines: bool) -> None:
        """Text with its marks as elements; of two marks that cross, the later is dropped."""
        text = prose.chars if keep_lines else prose.chars.replace("\n", " ")
        open_tags: list[tuple[int, Tag]] = [(len(text), into)]
        done = 0

        def write(to: int) -> None:
            nonlocal done
            if to > done:
                open_tags[-1][1].append(text[done:to])
                done = to

        for mark in sorted(prose.marks, key=_rank):
            while len(open_tags) > 1 and open_tags[-1][0] <= mark.start:
                write(open_tags[-1][0])
                open_tags.pop()
            if mark.end > open_tags[-1][0]:
                continue
            write(mark.start)
            start, end = prose.span(mark.start, mark.end)
            made = self.element(mark.tag, dict(mark.attrs), start, end, kind)
            open_tags[-1][1].append(made)
            open_tags.append((mark.end, made))
        while open_tags:
            write(open_tags[-1][0])
            open_tags.pop()


def _rank(mark: Mark) -> tuple[int, int, int]:
    outer = _OUTER_FIRST.index(mark.tag) if mark.tag in _OUTER_FIRST else len(_OUTER_FIRST)
    return mark.start, -mark.end, outer


def grow_tree(root: Block, text: str) -> Tag:
    """The document's outermost <section>."""
    return _Grower(text).block(root, "")
