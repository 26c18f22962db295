"""What stands around and inside an element: its text, its term, its list, its row, its headings.

Everything here is computed once for an element and kept in the document's index.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cardwright.rules.cells import cells_of, head_of, heads_of, values_of
from cardwright.rules.marked import cuts, plain
from cardwright.rules.passages import Index, own_text
from cardwright.rules.sentences import spans, word_count
from cardwright.rules.tree import child, children, classes_of, first_inside, inside, nearest

if TYPE_CHECKING:
    from bs4 import Tag

__all__ = [
    "around",
    "at_or_near",
    "called",
    "enumeration_of",
    "item_text",
    "items_of",
    "rest_of",
    "sections_of",
    "sentences_of",
    "siblings_of",
    "term_of",
    "title_of",
    "unit_text",
]

# A first cell as short as this is a code.
_CODE = 3
# From so many words on a sentence is parted at its semicolons, if each part has so many.
_LONG_SENTENCE = 24
_LEAST_CLAUSE = 5
# One of so many words is parted at its colons too.
_ENDLESS_SENTENCE = 45
_BETWEEN_CLAUSES = re.compile(r"[;:]\s")
_SEMICOLON = re.compile(r";\s")
_DFN = frozenset({"dfn"})
_BLOCKS = ("p", "li", "dd", "dt", "td", "th", "summary", "blockquote", "details", "section")


def unit_text(index: Index, element: Tag) -> str:
    """The text of an element as `match` and `{text}` see it: a term and its meaning with a colon between them."""
    key = ("text", id(element))
    if key not in index.texts:
        index.texts[key] = _text_of(index, element)
    return index.texts[key]


def sentences_of(index: Index, element: Tag) -> list[tuple[int, int, str]]:
    """Each sentence of `unit_text`: where it begins and ends, and its marked text."""
    if id(element) not in index.sentences:
        text = unit_text(index, element)
        said = plain(text)
        found = tuple(part for span in spans(said) for part in _clauses(said, *span))
        index.sentences[id(element)] = [(*span, piece) for span, piece in zip(found, cuts(text, found), strict=True)]
    return index.sentences[id(element)]


def _clauses(said: str, start: int, end: int) -> list[tuple[int, int]]:
    """A long sentence whose parts a semicolon sets apart, as those parts; each says something of its own."""
    # So few characters hold too few words for what stands below.
    if end - start < 2 * _LONG_SENTENCE - 1 or _BETWEEN_CLAUSES.search(said, start, end) is None:
        return [(start, end)]
    if end - start < 2 * _ENDLESS_SENTENCE - 1 and _SEMICOLON.search(said, start, end) is None:
        return [(start, end)]
    count = word_count(said[start:end])
    pieces = re.split(r"([;:]\s)" if count >= _ENDLESS_SENTENCE else r"(;\s)", said[start:end])
    parts = pieces[::2]
    if count < _LONG_SENTENCE or any(word_count(part) < _LEAST_CLAUSE for part in parts):
        return [(start, end)]
    found: list[tuple[int, int]] = []
    at = start
    for number, piece in enumerate(pieces):
        if number % 2 == 0:
            found.append((at, at + len(piece)))
        at += len(piece)
    return found


def items_of(index: Index, element: Tag) -> list[Tag]:
    """The items of a list, the members of an enumeration, the rows of a table, the keys of a fact block."""
    key = id(element)
    if key not in index.lists:
        index.lists[key] = _kept(index, _items_of(element))
    return index.lists[key]


def _kept(index: Index, line: list[Tag]) -> list[Tag]:
    """Elements in line that rules may see; each one's place in the line is remembered."""
    kept = [each for each in line if id(each) in index.order]
    index.places.update((id(each), place) for place, each in enumerate(kept))
    return kept


def _text_of(index: Index, element: Tag) -> str:
    if element.name == "tr":
        return " | ".join(index.text(cell) for cell in cells_of(index, element))
    if element.name in ("ul", "ol", "dl", "table"):
        items = ", ".join(item_text(index, item) for item in items_of(index, element))
        heads = heads_of(index, element) if element.name == "table" else []
        return f"{' | '.join(heads)}: {items}" if heads else items
    if element.name == "dt":
        return f"{index.text(element)}: {values_of(index, element)}"
    if element.name == "td" and (head := head_of(index, element)):
        return f"{head}: {index.text(element)}"
    if child(element, "dfn") is not None:
        term, rest = term_of(index, element), rest_of(index, element)
        if term and rest:
            return f"{term}: {rest}"
    return index.text(element)


def _items_of(element: Tag) -> list[Tag]:
    if element.name in ("ul", "ol"):
        return children(element, "li")
    if element.name == "dl":
        return list(inside(element, "dt"))
    if element.name in ("tr", "table"):
        return [row for row in inside(element, "tr") if child(row, "td") is not None]
    if element.name == "span" and "list" in classes_of(element):
        return list(inside(element, "span", "member"))
    inner = child(element, "ul", "ol")
    if inner is None and element.name == "section":
        return children(element, "section")
    if inner is None:
        inner = first_inside(element, "span", "list")
    return _items_of(inner) if inner is not None else []


def item_text(index: Index, item: Tag) -> str:
    """An item as a list on a card names it: its term or question, else its words."""
    if item.name == "section":
        return title_of(item)
    if item.name == "tr":
        named = [index.text(cell) for cell in cells_of(index, item)][:2]
        # "L1" is a number rather than a name
        return " – ".join(named) if named and len(plain(named[0])) <= _CODE else "".join(named[:1])
    inner = child(item, "dfn", "q") if item.name == "li" else None
    if inner is not None and inner.name == "dfn" and "terms" not in ((item.parent and item.parent.get("class")) or ()):
        return unit_text(index, item)  # one term among plain items is just how that item is written
    if inner is None or id(inner) not in index.order:
        return index.text(item)
    # What made a term stand out in its document says nothing on a card.
    return plain(index.text(inner)) if inner.name == "dfn" else index.text(inner)


def at_or_near(element: Tag, name: str) -> Tag | None:
    """The element itself, its first such descendant, or the one around it."""
    if element.name == name:
        return element
    return first_inside(element, name) or nearest(element, name)


def term_of(index: Index, element: Tag) -> str:
    """The term of an element, of the item it is in, or the element itself."""
    found = element if element.name == "dfn" else child(element, "dfn")
    if found is None and element.name in ("p", "td", "dd", "q", "span", "abbr"):
        holder = first_inside(element, "dfn") or nearest(element, "li")
        found = holder if holder is None or holder.name == "dfn" else child(holder, "dfn")
    return plain(index.text(found)) if found is not None and id(found) in index.order else ""


def rest_of(index: Index, element: Tag) -> str:
    """What an element says behind its term."""
    holder = element.parent if element.name == "dfn" else element
    if holder is None:
        return ""
    key = ("rest", id(holder))
    if key not in index.texts:
        index.texts[key] = own_text(holder, _DFN).lstrip(" :–—-")
    return index.texts[key]


def sections_of(index: Index, element: Tag) -> list[Tag]:
    """The sections around an element that have a heading, nearest first; a section counts as in itself."""
    found = []
    here = element if element.name == "section" else index.section.get(id(element))
    while here is not None:
        if here.get("data-heading"):
            found.append(here)
        here = index.section.get(id(here))
    return found


def title_of(section: Tag) -> str:
    """The heading of a section, as text."""
    return plain(str(section.get("data-heading", ""))).strip().rstrip(":").rstrip()


def enumeration_of(element: Tag) -> Tag:
    """The enumeration that a member is in; other elements stand for themselves."""
    classes = element.get("class") or ()
    if "member" in classes and element.parent is not None:
        return element.parent
    return element


def around(index: Index, element: Tag) -> tuple[str, int, int]:
    """The text of the block around an inline element, and where in it the element's words are."""
    block = nearest(element, *_BLOCKS)
    if block is None or block is element or block.name == "section":
        whole = unit_text(index, element)
        return whole, 0, len(plain(whole))
    whole = unit_text(index, block)
    said, inner = plain(whole), plain(index.text(element))
    start = max(said.find(inner), 0)
    return whole, start, start + len(inner)


def siblings_of(index: Index, element: Tag) -> tuple[list[Tag], int]:
    """The elements an element stands in line with, and its place among them; -1 where it stands in none."""
    here = nearest(element, "li", "tr", "dt", "section") if element.name != "span" else element
    holder = here.parent if here is not None else None
    if here is None or holder is None:
        return [], -1
    if here.name == "section":
        # apart from `lists`, where a section's own list is kept
        if id(holder) not in index.neighbours:
            index.neighbours[id(holder)] = _kept(index, children(holder, "section"))
        line = index.neighbours[id(holder)]
    else:
        line = items_of(index, nearest(holder, "table") or holder if here.name == "tr" else holder)
    place = index.places.get(id(here), -1)
    return (line, place) if 0 <= place < len(line) and line[place] is here else ([], -1)


def called(index: Index, element: Tag) -> str:
    """What an element in line is called: a section by its heading, an item as a list names it."""
    if element.name == "section":
        return title_of(element)
    named = term_of(index, element) if element.name == "li" else ""
    return named or item_text(index, element)
