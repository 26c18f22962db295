"""A document walked once: its elements by tag, its passages, and the text of each.

A passage is an element that says something of its own: a paragraph, an item, a table
row, a fact, a labelled span. Asides and damaged elements are not in the index at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cardwright.model import Document, DocumentInfo
from cardwright.rules.marked import CODE, EMPHASIS, STRONG, plain, wrap
from cardwright.rules.tree import before, child, children, inside, is_tag, nearest

if TYPE_CHECKING:
    from bs4 import Tag

__all__ = [
    "HEADINGS",
    "PASSAGES",
    "Index",
    "Skipped",
    "index",
    "own_text",
    "passage_of",
    "passages_in",
    "tidy",
]

PASSAGES = frozenset({"p", "li", "tr", "dt", "details", "pre", "blockquote"})
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

# Elements that speak for themselves, and so are no part of the text of the one around them.
_APART = frozenset({"ul", "ol", "dl", "table", "details", "section", "aside", "summary", "pre", *HEADINGS})
# Elements whose paragraphs are their own words.
_HOLDERS = frozenset({"li", "dd", "td", "th", "blockquote", "details"})
_ROWS = {"ul": "li", "ol": "li", "table": "tr", "dl": "dt"}
_NO_TEXT = frozenset({"aside", "script", "style", "template"})
_EMPHASIS = {"strong": STRONG, "b": STRONG, "em": EMPHASIS, "i": EMPHASIS, "code": CODE}
_BEFORE_STOP = re.compile(r" ([,.;:!?)\]])(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Skipped:
    """A passage that no rule sees, and why."""

    line: int
    text: str
    why: str


@dataclass(slots=True)
class Index:
    """One document, walked. `matched`, `texts`, `values` and their like fill up as rules ask, each answer kept.

    `order` gives each element's place in the walk by its `id()`, `section` the section around it, `kind` the kind of
    that, blank where none is known; elements themselves are never hashed or compared, which BeautifulSoup does by
    their whole text.
    """

    info: DocumentInfo
    tree: Tag
    elements: list[Tag] = field(default_factory=list)
    by_tag: dict[str, list[Tag]] = field(default_factory=dict)
    by_tags: dict[tuple[str, ...], list[Tag]] = field(default_factory=dict)
    order: dict[int, int] = field(default_factory=dict)
    section: dict[int, Tag] = field(default_factory=dict)
    skipped: list[Skipped] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)
    kind: dict[int, str] = field(default_factory=dict)
    matched: dict[str, dict[int, bool]] = field(default_factory=dict)
    sentences: dict[int, list[tuple[int, int, str]]] = field(default_factory=dict)
    texts: dict[tuple[str, int], str] = field(default_factory=dict)
    lists: dict[int, list[Tag]] = field(default_factory=dict)
    neighbours: dict[int, list[Tag]] = field(default_factory=dict)
    places: dict[int, int] = field(default_factory=dict)
    names: frozenset[str] = frozenset()
    values: dict[tuple[str, int], str | list[str]] = field(default_factory=dict)
    about: dict[int, tuple[tuple[int, ...], tuple[tuple[int, int, int], ...]]] = field(default_factory=dict)
    headings: dict[tuple[str, str], bool] = field(default_factory=dict)
    pieces: dict[tuple[str, tuple[str, ...], tuple[str, ...], str], object] = field(default_factory=dict)

    def line(self, element: Tag) -> int:
        """The line on which an element begins, or the nearest one around it that knows; 0 where none does."""
        here: Tag | None = element
        while here is not None:
            value = str(here.get("data-line", ""))
            if value.isdecimal() and len(value) < 10:
                return int(value)
            here = here.parent
        return 0

    def text(self, element: Tag) -> str:
        """The marked text of an element's own words."""
        key = ("own", id(element))
        if key not in self.texts:
            self.texts[key] = own_text(element)
        return self.texts[key]


def index(document: Document) -> Index:
    """Walk a document. Elements inside asides and damaged passages are left out, and listed as skipped."""
    found = Index(document.info, document.tree)
    stack: list[tuple[Tag, Tag | None, str]] = [(document.tree, None, "")]
    while stack:
        element, section, kind = stack.pop()
        why = _why_skipped(element)
        if why:
            text = plain(tidy(element.get_text(" ")))
            if text:
                found.skipped.append(Skipped(found.line(element), text, why))
            continue
        found.order[id(element)] = len(found.elements)
        found.elements.append(element)
        found.by_tag.setdefault(element.name, []).append(element)
        if section is not None:
            found.section[id(element)] = section
        if element.name == "section":
            section = element
        kind = found.kind[id(element)] = str(element.get("data-kind") or kind)
        if kind:
            found.kinds.add(kind)
        stack.extend((inner, section, kind) for inner in reversed(element.contents) if is_tag(inner))
    found.names = _names(found)
    return found


def passage_of(element: Tag) -> Tag:
    """The passage whose words an element's words are: a cell's is its row, an answer's its question."""
    here = element
    while here.parent is not None and here.name not in ("section", "ul", "ol", "dl", "table"):
        if here.has_attr("data-label") and here.name in ("span", "p"):
            return here
        if here.name == "dd":
            return before(here, "dt") or here
        if here.name in PASSAGES and not (here.name in ("p", "pre") and here.parent.name in _HOLDERS):
            return here
        here = here.parent
    return here


def passages_in(element: Tag) -> list[Tag]:
    """The passages that a card about a whole element speaks of: a list's items, a section's own paragraphs."""
    if element.name in _ROWS:
        return [each for each in inside(element, _ROWS[element.name]) if nearest(each, *_ROWS) is element]
    if element.name == "section":
        return children(element, "p", "pre", "blockquote")
    return [passage_of(element)]


def own_text(element: Tag, leave: frozenset[str] = frozenset()) -> str:
    """An element's words as marked text, without what stands apart in it: lists, tables, asides, labelled spans.

    `leave` names further tags to leave out.
    """
    contents = element.contents
    if len(contents) == 1 and type(contents[0]).__name__ == "NavigableString":
        return tidy(plain(str(contents[0])))
    return tidy("".join(_pieces(element, leave)))


def tidy(text: str) -> str:
    """Text with single blanks, and none before a full stop or a comma."""
    return _BEFORE_STOP.sub(r"\1", " ".join(text.split()))


def _pieces(element: Tag, leave: frozenset[str]) -> Iterator[str]:
    for inner in element.contents:
        if not is_tag(inner):
            if type(inner).__name__ in ("NavigableString", "CData"):
                yield plain(str(inner))
        elif inner.name == "br" or inner.name in _APART or inner.name in leave or _apart(inner):
            yield " "
        elif inner.name in _EMPHASIS:
            yield wrap("".join(_pieces(inner, leave)), _EMPHASIS[inner.name])
        else:
            block = " " if inner.name in PASSAGES else ""
            yield block
            yield from _pieces(inner, leave)
            yield block


def _apart(element: Tag) -> bool:
    return bool(_why_skipped(element)) or (element.name in ("span", "p") and element.has_attr("data-label"))


def _why_skipped(element: Tag) -> str:
    if element.name in _NO_TEXT:
        classes = element.get("class") or ["aside"]
        return " ".join(classes) if element.name == "aside" else element.name
    return "damaged" if element.has_attr("data-damaged") else ""


# Both begin with a small letter that no word's letter stands before; asked in this order they are found much sooner.
_MID_SENTENCE = re.compile(r"[a-z](?<![\w'’-].)[\w'’-]*+,? ((?:[A-Z][\w'’&-]*\s?)+)")
_SMALL = re.compile(r"[a-z](?<!\w.)[a-z]++(?!\w)")


def _names(found: Index) -> frozenset[str]:
    """Words that prose writes with a capital inside sentences and never small: names, most likely."""
    prose = "\n\n".join(_behind_term(found, each) for tag in ("p", "li", "dd") for each in found.by_tag.get(tag, ()))
    small = set(_SMALL.findall(" ".join(set(prose.split()))))
    written = {word for run in _MID_SENTENCE.findall(prose) for word in run.split()}
    known = {word for word in written if word.lower() not in small}
    return frozenset(known.union(found.info.company.split()))


def _behind_term(found: Index, element: Tag) -> str:
    """The prose of a passage: a term before it is often written like a title."""
    said, term = plain(found.text(element)), child(element, "dfn")
    return said.removeprefix(plain(found.text(term))) if term is not None else said
