"""What `{name}` stands for: one plain function for each placeholder.

Each takes the index of the document and the unit at hand and gives marked text, or a
list of marked texts. Empty means that there is no such thing here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from cardwright.rules.cells import cell_of, cells_of, head_of, values_of
from cardwright.rules.contexts import at_or_near, item_text, items_of, rest_of, term_of
from cardwright.rules.listed import (
    count_here,
    items_here,
    next_here,
    ordinal_here,
    parts_here,
    previous_here,
    questions_here,
)
from cardwright.rules.marked import plain
from cardwright.rules.passages import Index, passage_of
from cardwright.rules.surroundings import (
    after_here,
    alone_here,
    before_here,
    heading_here,
    lead_here,
    parent_here,
    sentence_here,
    summary_here,
    text_here,
    topic_here,
)
from cardwright.rules.tree import child, nearest
from cardwright.rules.unit import Unit, Value

__all__ = ["PLACEHOLDERS", "value_of"]

# What depends on the sentence at hand or on what a pattern caught; all else is the same for all units of an element.
_OF_UNIT = frozenset({"text", "sentence", "alone", "before", "after"})
# A last word in the plural, as (ending, what the singular has there); names with a capital stay as they are.
_PLURALS = (
    (re.compile(r"(?<=\b[a-z])([a-z]+)ies$"), r"\1y"),
    (re.compile(r"(?<=\b[a-z])([a-z]*(?:ss|x|ch|sh))es$"), r"\1"),
    (re.compile(r"(?<=\b[a-z])([a-z]*[^siu\W])s$"), r"\1"),
)


def value_of(name: str, index: Index, unit: Unit) -> Value:
    """What a placeholder or a named group stands for, for this unit; of an element alone, found once for all rules."""
    if name in unit.groups:
        return unit.groups[name]
    if name in unit.near:
        return unit.near[name]
    if name in _OF_UNIT:
        return PLACEHOLDERS[name](index, unit)
    key = (name, id(unit.element))
    if key not in index.values:
        index.values[key] = _of_element(name, index, unit)
    return index.values[key]


def _of_element(name: str, index: Index, unit: Unit) -> Value:
    if name.startswith(("row.", "column.")):
        where, _, wanted = name.partition(".")
        return cell_of(index, unit.element, where, wanted)
    return PLACEHOLDERS[name](index, unit)


def _q(index: Index, unit: Unit) -> str:
    found = at_or_near(unit.element, "q")
    if found is None:
        item = nearest(unit.element, "li")
        found = child(item, "q") if item is not None else None
    return index.text(found) if found is not None and id(found) in index.order else ""


def _answer(index: Index, unit: Unit) -> str:
    details = nearest(unit.element, "details")
    if details is None:
        return ""
    listed = [item_text(index, item) for item in items_of(index, details) if item.name == "li"]
    return " ".join(part for part in (index.text(details), ", ".join(listed)) if part)


def _abbr(index: Index, unit: Unit) -> str:
    found = at_or_near(unit.element, "abbr")
    return index.text(found) if found is not None and id(found) in index.order else ""


def _expansion(_: Index, unit: Unit) -> str:
    """What an acronym is short for, in the singular where the acronym is: "content delivery networks (CDN)"."""
    found = at_or_near(unit.element, "abbr")
    if found is None:
        return ""
    said = plain(str(found.get("title", "")))
    if not plain(found.get_text()).endswith("s"):
        for ending, singular in _PLURALS:
            if ending.search(said):
                return ending.sub(singular, said)
    return said


def _key(index: Index, unit: Unit) -> str:
    passage = passage_of(unit.element)
    if passage.name == "tr":
        cells = cells_of(index, passage)
        return index.text(cells[0]) if cells else ""
    return index.text(passage).rstrip(":") if passage.name == "dt" else ""


def _value(index: Index, unit: Unit) -> str:
    passage = passage_of(unit.element)
    if passage.name == "tr":
        cells = cells_of(index, passage)
        return index.text(cells[1]) if len(cells) == 2 else ""
    return values_of(index, passage) if passage.name == "dt" else ""


def _time(_: Index, unit: Unit) -> str:
    here = nearest(unit.element, "li") if not unit.element.has_attr("data-time") else unit.element
    return plain(str(here.get("data-time", ""))) if here is not None else ""


def _cell(index: Index, unit: Unit) -> str:
    """The text of a table's cell."""
    return index.text(unit.element) if unit.element.name == "td" else ""


def _below(index: Index, unit: Unit) -> list[str]:
    """The cells below the head of a column."""
    table, row = nearest(unit.element, "table"), nearest(unit.element, "tr")
    if table is None or row is None or unit.element.name != "th":
        return []
    place = next((at for at, each in enumerate(cells_of(index, row)) if each is unit.element), -1)
    rows = [cells_of(index, each) for each in items_of(index, table)]
    return [text for cells in rows if place < len(cells) and (text := index.text(cells[place]))]


def _labelled(_: Index, unit: Unit) -> str:
    passage = passage_of(unit.element)
    return plain(str(passage.get("data-label", "")))


def _document(index: Index) -> str:
    """What a question calls the document: "the Larkspur handbook", with as much of it as is known."""
    company, label = plain(index.info.company), plain(index.info.label) or "document"
    named = company and company.casefold() not in label.casefold()
    return f"the {company} {label}" if named else f"the {label}"


PLACEHOLDERS: Mapping[str, Callable[[Index, Unit], Value]] = MappingProxyType(
    {
        "dfn": lambda index, unit: term_of(index, unit.element),
        "rest": lambda index, unit: rest_of(index, unit.element),
        "text": text_here,
        "sentence": sentence_here,
        "alone": alone_here,
        "before": before_here,
        "after": after_here,
        "heading": heading_here,
        "topic": topic_here,
        "parent": parent_here,
        "lead": lead_here,
        "items": items_here,
        "ordinal": ordinal_here,
        "count": count_here,
        "next": next_here,
        "previous": previous_here,
        "q": _q,
        "questions": questions_here,
        "parts": parts_here,
        "summary": summary_here,
        "answer": _answer,
        "abbr": _abbr,
        "expansion": _expansion,
        "key": _key,
        "value": _value,
        "below": _below,
        "cell": _cell,
        "column": lambda index, unit: head_of(index, unit.element) if unit.element.name == "td" else "",
        "time": _time,
        "labelled": _labelled,
        "company": lambda index, _: plain(index.info.company),
        "role": lambda index, _: plain(index.info.role),
        "label": lambda index, _: plain(index.info.label),
        "title": lambda index, _: plain(index.info.title),
        "document": lambda index, _: _document(index),
    }
)
