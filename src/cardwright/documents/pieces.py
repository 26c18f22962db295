"""A document as a row of pieces in its own order, for people to read: headings, paragraphs, items, rows, asides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cardwright.documents.wording import word_set
from cardwright.model import Document

if TYPE_CHECKING:
    from bs4 import Tag

__all__ = ["Piece", "Run", "pieces"]

_INLINE = word_set("dfn abbr q span strong b em i code")
_MARKS = {"dfn": "strong", "strong": "strong", "b": "strong", "em": "em", "i": "em", "code": "code"}
_LISTS = word_set("ul ol")


@dataclass(frozen=True, slots=True)
class Run:
    """Words in a row with one mark: strong, em, code, cell (they begin a further cell), or `aside:` and its reason."""

    text: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """What stands in a document by itself.

    `tag` is the element's, `lead` for the line before a list. `start` and `end` are offsets into the document's text,
    `level` is the depth of a heading (from 1) or of a list (from 0). `number` is an item's in a list that counts.
    `aside` is why no rule sees it.
    """

    tag: str
    start: int
    end: int
    line: int
    level: int
    runs: tuple[Run, ...]
    number: int = 0
    aside: str = ""


def pieces(document: Document) -> tuple[Piece, ...]:
    """Every piece of a document; what the document says once is said once."""
    return tuple(each for each in _inside(document.tree, 0, 0, "") if any(run.text.strip() for run in each.runs))


def _inside(tag: Tag, sections: int, lists: int, aside: str) -> Iterator[Piece]:
    if tag.name in _LISTS and tag.get("data-lead"):
        start, _, line = _place(tag)
        yield Piece("lead", start, start, line, lists, (Run(f"{tag['data-lead']}:"),), 0, aside)
    number = 0
    for child in _blocks(tag):
        number += child.name == "li" and tag.name == "ol"
        yield from _piece(child, sections, lists, _why(child) or aside, number)


def _piece(tag: Tag, sections: int, lists: int, aside: str, number: int) -> Iterator[Piece]:
    if tag.name == "section":
        yield from _inside(tag, sections + 1, 0, aside)
        return
    start, end, line = _place(tag)
    level = sections + 1 if _is_heading(tag) else lists
    if tag.name == "tr":
        cells = [_runs(cell) for cell in _blocks(tag)]
        runs = tuple(
            replace(run, mark="cell") if at and not place else run
            for at, cell in enumerate(cells)
            for place, run in enumerate(cell or (Run(""),))
        )
        yield Piece("tr", start, end, line, level, runs, 0, aside)
        return
    yield Piece(tag.name, start, end, line, level, _runs(tag), number, aside)
    yield from _inside(tag, sections, lists + (tag.name in _LISTS), aside)


def _place(tag: Tag) -> tuple[int, int, int]:
    start, _, end = str(tag["data-at"]).partition(":")
    return int(start), int(end), int(str(tag["data-line"]))


def _is_heading(tag: Tag) -> bool:
    return len(tag.name) == 2 and tag.name[0] == "h" and tag.name[1].isdigit()


def _why(tag: Tag) -> str:
    if tag.name == "aside":
        return " ".join(tag.get("class") or ["aside"])
    return "damaged" if tag.has_attr("data-damaged") else ""


def _blocks(tag: Tag) -> list[Tag]:
    return [child for child in tag.find_all(True, recursive=False) if not _is_inline(child)]


def _is_inline(tag: Tag) -> bool:
    if tag.name == "aside":
        return all(child.name in _INLINE for child in tag.find_all(True, recursive=False))
    return tag.name in _INLINE


def _runs(tag: Tag) -> tuple[Run, ...]:
    """An element's own words, those of the elements that stand in it by themselves left out."""
    joined: list[Run] = []
    for run in _words(tag, ""):
        if joined and joined[-1].mark == run.mark:
            joined[-1] = Run(joined[-1].text + run.text, run.mark)
        else:
            joined.append(run)
    return tuple(joined)


def _words(tag: Tag, mark: str) -> Iterator[Run]:
    """The words, and those that became a mark: a label before them, a time behind the term."""
    if tag.get("data-label"):
        yield Run(f"{tag['data-label']}: ", "strong")
    time = tag.get("data-time")
    for child in tag.children:
        name = getattr(child, "name", None)
        if name is None:
            yield Run(str(child), mark)
        elif name == "br":
            yield Run(" ", mark)
        elif _is_inline(child):  # type: ignore[arg-type]  # only tags have names
            own = f"aside:{_why(child)}" if name == "aside" else _MARKS.get(name, mark)  # type: ignore[arg-type]
            yield from _words(child, mark if mark.startswith("aside:") else own)  # type: ignore[arg-type]
            if name == "dfn" and time:
                yield Run(f" ({time})", mark)
                time = None
