"""What `{name}` stands for: one plain function for each placeholder.

Each takes the index of the document and the unit at hand and gives marked text, or a
list of marked texts. Empty means that there is no such thing here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from cardwright.rules.marked import cut, cuts, plain
from cardwright.rules.passages import Index, child, children, nearest, own_text, passage_of
from cardwright.rules.sentences import spans

if TYPE_CHECKING:
    from bs4 import Tag

__all__ = ["PLACEHOLDERS", "Unit", "Value", "column", "items_of", "sentences_of", "unit_text", "value_of"]

Value = str | list[str]

_LISTS = ("ul", "ol", "table", "dl")
_DFN = frozenset({"dfn"})
_BLOCKS = ("p", "li", "dd", "dt", "td", "th", "summary", "blockquote", "details", "section")
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing a rule may make a card of: an element, or one sentence of it.

    `text` is what `match` looked at, `sentence` the sentence at hand, `before` and `after`
    what stands around the match, `groups` what its named groups caught.
    """

    element: Tag
    text: str
    sentence: str = ""
    before: str = ""
    after: str = ""
    groups: Mapping[str, str] = field(default_factory=dict)


def value_of(name: str, index: Index, unit: Unit) -> Value:
    """What a placeholder or a named group stands for, for this unit."""
    if name in unit.groups:
        return unit.groups[name]
    if name.startswith(("row.", "column.")):
        where, _, wanted = name.partition(".")
        return _cell(index, unit.element, where, wanted)
    return PLACEHOLDERS[name](index, unit)


def column(name: str) -> str:
    """A column's name as `{row.NAME}` writes it: small letters and digits, the rest underscores."""
    return re.sub(r"[\W_]+", "_", name.casefold()).strip("_")


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
        found = spans(plain(text))
        index.sentences[id(element)] = [(*span, piece) for span, piece in zip(found, cuts(text, found), strict=True)]
    return index.sentences[id(element)]


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
        return " | ".join(index.text(cell) for cell in _cells(index, element))
    if element.name in ("ul", "ol", "dl", "table"):
        return ", ".join(_item_text(index, item) for item in items_of(index, element))
    if element.name == "dt":
        return f"{index.text(element)}: {_values(index, element)}"
    term, rest = _term(index, element), _rest_of(index, element)
    if term and rest and child(element, "dfn") is not None:
        return f"{term}: {rest}"
    return index.text(element)


def _items_of(element: Tag) -> list[Tag]:
    if element.name in ("ul", "ol"):
        return children(element, "li")
    if element.name == "dl":
        return list(element.find_all("dt"))
    if element.name in ("tr", "table"):
        return [row for row in element.find_all("tr") if child(row, "td") is not None]
    if element.name == "span" and "list" in (element.get("class") or ()):
        return list(element.find_all("span", class_="member"))
    inner = child(element, "ul", "ol")
    if inner is None and element.name != "section":
        inner = element.find("span", class_="list")
    return _items_of(inner) if inner is not None else []


def _item_text(index: Index, item: Tag) -> str:
    """An item as a list on a card names it: its term or question, else its words."""
    if item.name == "tr":
        cells = _cells(index, item)
        return index.text(cells[0]) if cells else ""
    inner = child(item, "dfn", "q") if item.name == "li" else None
    return index.text(inner) if inner is not None and id(inner) in index.order else index.text(item)


def _inside(element: Tag, name: str) -> Tag | None:
    """The element itself, its first such descendant, or the one around it."""
    if element.name == name:
        return element
    return element.find(name) or nearest(element, name)


def _term(index: Index, element: Tag) -> str:
    found = element if element.name == "dfn" else child(element, "dfn")
    if found is None and element.name in ("p", "td", "dd", "q", "span", "abbr"):
        holder = element.find("dfn") or nearest(element, "li")
        found = holder if holder is None or holder.name == "dfn" else child(holder, "dfn")
    return index.text(found) if found is not None and id(found) in index.order else ""


def _rest_of(index: Index, element: Tag) -> str:
    """What an element says behind its term."""
    holder = element.parent if element.name == "dfn" else element
    if holder is None:
        return ""
    key = ("rest", id(holder))
    if key not in index.texts:
        index.texts[key] = own_text(holder, _DFN).lstrip(" :–—-")
    return index.texts[key]


def _sections(index: Index, element: Tag) -> list[Tag]:
    """The sections around an element that have a heading, nearest first; a section counts as in itself."""
    found = []
    here = element if element.name == "section" else index.section.get(id(element))
    while here is not None:
        if here.get("data-heading"):
            found.append(here)
        here = index.section.get(id(here))
    return found


def _heading(index: Index, unit: Unit) -> str:
    around = _sections(index, unit.element)
    return _title(around[0]) if around else ""


def _parent(index: Index, unit: Unit) -> str:
    around = _sections(index, unit.element)
    return _title(around[1]) if len(around) > 1 else ""


def _title(section: Tag) -> str:
    return plain(str(section.get("data-heading", ""))).strip().rstrip(":").rstrip()


def _lead(_: Index, unit: Unit) -> str:
    here: Tag | None = unit.element
    while here is not None and not here.get("data-lead"):
        here = here.parent if here.name not in ("section", "ul", "ol") else None
    return plain(str(here.get("data-lead", ""))).strip().rstrip(":").rstrip() if here is not None else ""


def _text(_: Index, unit: Unit) -> str:
    return unit.text


def _sentence(index: Index, unit: Unit) -> str:
    if unit.sentence:
        return unit.sentence
    whole, start, _ = _around(index, unit.element)
    said = plain(whole)
    for low, high in spans(said):
        if low <= start < high:
            return cut(whole, low, high)
    return ""


def _before(index: Index, unit: Unit) -> str:
    if unit.before or unit.groups or unit.element.name != "span":
        return unit.before
    whole, start, _ = _around(index, _enumeration(unit.element))
    low = max((low for low, _ in spans(plain(whole)) if low <= start), default=0)
    return cut(whole, low, start).strip()


def _after(index: Index, unit: Unit) -> str:
    if unit.after or unit.groups or unit.element.name != "span":
        return unit.after
    whole, _, end = _around(index, _enumeration(unit.element))
    high = min((high for _, high in spans(plain(whole)) if high >= end), default=end)
    return cut(whole, end, high).strip()


def _enumeration(element: Tag) -> Tag:
    classes = element.get("class") or ()
    if "member" in classes and element.parent is not None:
        return element.parent
    return element


def _around(index: Index, element: Tag) -> tuple[str, int, int]:
    """The text of the block around an inline element, and where in it the element's words are."""
    block = nearest(element, *_BLOCKS)
    if block is None or block is element or block.name == "section":
        whole = unit_text(index, element)
        return whole, 0, len(plain(whole))
    whole = unit_text(index, block)
    said, inner = plain(whole), plain(index.text(element))
    start = max(said.find(inner), 0)
    return whole, start, start + len(inner)


def _items(index: Index, unit: Unit) -> list[str]:
    return [text for item in items_of(index, unit.element) if (text := _item_text(index, item))]


def _questions(index: Index, unit: Unit) -> list[str]:
    found = unit.element.find_all("q") if unit.element.name != "q" else [unit.element]
    return [text for each in found if id(each) in index.order and (text := index.text(each))]


def _siblings(index: Index, element: Tag) -> tuple[list[Tag], int]:
    """The elements an element stands in line with, and its place among them; -1 where it stands in none."""
    here = nearest(element, "li", "tr", "dt", "section") if element.name != "span" else element
    holder = here.parent if here is not None else None
    if here is None or holder is None:
        return [], -1
    if here.name == "section":
        if id(holder) not in index.lists or id(here) not in index.places:
            index.lists[id(holder)] = _kept(index, children(holder, "section"))
        line = index.lists[id(holder)]
    else:
        line = items_of(index, nearest(holder, "table") or holder if here.name == "tr" else holder)
    place = index.places.get(id(here), -1)
    return (line, place) if 0 <= place < len(line) and line[place] is here else ([], -1)


def _ordinal(index: Index, unit: Unit) -> str:
    _, place = _siblings(index, unit.element)
    if place < 0:
        return ""
    return _ORDINALS[place] if place < len(_ORDINALS) else f"{place + 1}{_ending(place + 1)}"


def _ending(number: int) -> str:
    if number % 100 in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def _count(index: Index, unit: Unit) -> str:
    count = len(items_of(index, unit.element))
    if not count:
        return ""
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def _next(index: Index, unit: Unit) -> str:
    line, place = _siblings(index, unit.element)
    return _called(index, line[place + 1]) if 0 <= place < len(line) - 1 else ""


def _previous(index: Index, unit: Unit) -> str:
    line, place = _siblings(index, unit.element)
    return _called(index, line[place - 1]) if place > 0 else ""


def _called(index: Index, element: Tag) -> str:
    return _title(element) if element.name == "section" else _item_text(index, element)


def _q(index: Index, unit: Unit) -> str:
    found = _inside(unit.element, "q")
    if found is None:
        item = nearest(unit.element, "li")
        found = child(item, "q") if item is not None else None
    return index.text(found) if found is not None and id(found) in index.order else ""


def _summary(index: Index, unit: Unit) -> str:
    details = nearest(unit.element, "details")
    found = child(details, "summary") if details is not None else None
    return index.text(found) if found is not None else ""


def _answer(index: Index, unit: Unit) -> str:
    details = nearest(unit.element, "details")
    if details is None:
        return ""
    listed = [_item_text(index, item) for item in items_of(index, details) if item.name == "li"]
    return " ".join(part for part in (index.text(details), ", ".join(listed)) if part)


def _abbr(index: Index, unit: Unit) -> str:
    found = _inside(unit.element, "abbr")
    return index.text(found) if found is not None and id(found) in index.order else ""


def _expansion(_: Index, unit: Unit) -> str:
    found = _inside(unit.element, "abbr")
    return plain(str(found.get("title", ""))) if found is not None else ""


def _key(index: Index, unit: Unit) -> str:
    passage = passage_of(unit.element)
    if passage.name == "tr":
        cells = _cells(index, passage)
        return index.text(cells[0]) if cells else ""
    return index.text(passage).rstrip(":") if passage.name == "dt" else ""


def _value(index: Index, unit: Unit) -> str:
    passage = passage_of(unit.element)
    if passage.name == "tr":
        cells = _cells(index, passage)
        return index.text(cells[1]) if len(cells) == 2 else ""
    return _values(index, passage) if passage.name == "dt" else ""


def _values(index: Index, key: Tag) -> str:
    """The text of each dd behind a dt, up to the next dt."""
    found = []
    for other in key.next_siblings:
        name = getattr(other, "name", None)
        if name == "dt":
            break
        if name == "dd" and id(other) in index.order:
            found.append(index.text(other))  # type: ignore[arg-type]
    return "; ".join(text for text in found if text)


def _cells(index: Index, row: Tag) -> list[Tag]:
    return [cell for cell in children(row, "td", "th") if id(cell) in index.order]


def _cell(index: Index, element: Tag, where: str, wanted: str) -> str:
    """A cell of the row, or the head of its column, by the column's name or its number from 1."""
    row = nearest(element, "tr")
    table = nearest(element, "table")
    if row is None or table is None or child(row, "td") is None:
        return ""
    first = table.find("tr")
    heads = [index.text(cell) for cell in _cells(index, first)] if first is not None and first.find("th") else []
    if wanted.isdecimal():
        place = int(wanted) - 1
    else:
        place = next((at for at, head in enumerate(heads) if column(plain(head)) == column(wanted)), -1)
    if where == "column":
        return heads[place] if 0 <= place < len(heads) else ""
    cells = _cells(index, row)
    return index.text(cells[place]) if 0 <= place < len(cells) else ""


def _time(_: Index, unit: Unit) -> str:
    here = nearest(unit.element, "li") if not unit.element.has_attr("data-time") else unit.element
    return plain(str(here.get("data-time", ""))) if here is not None else ""


def _labelled(_: Index, unit: Unit) -> str:
    passage = passage_of(unit.element)
    return plain(str(passage.get("data-label", "")))


PLACEHOLDERS: Mapping[str, Callable[[Index, Unit], Value]] = MappingProxyType(
    {
        "dfn": lambda index, unit: _term(index, unit.element),
        "rest": lambda index, unit: _rest_of(index, unit.element),
        "text": _text,
        "sentence": _sentence,
        "before": _before,
        "after": _after,
        "heading": _heading,
        "parent": _parent,
        "lead": _lead,
        "items": _items,
        "ordinal": _ordinal,
        "count": _count,
        "next": _next,
        "previous": _previous,
        "q": _q,
        "questions": _questions,
        "summary": _summary,
        "answer": _answer,
        "abbr": _abbr,
        "expansion": _expansion,
        "key": _key,
        "value": _value,
        "time": _time,
        "labelled": _labelled,
        "company": lambda index, _: plain(index.info.company),
        "role": lambda index, _: plain(index.info.role),
        "label": lambda index, _: plain(index.info.label),
        "title": lambda index, _: plain(index.info.title),
    }
)
