"""Placeholders for what is listed: items, parts and questions, and the place of an item among its neighbours."""

from __future__ import annotations

from cardwright.rules.contexts import called, item_text, items_of, siblings_of, title_of
from cardwright.rules.passages import Index
from cardwright.rules.surroundings import calm
from cardwright.rules.tree import children, inside
from cardwright.rules.unit import Unit

__all__ = ["count_here", "items_here", "next_here", "ordinal_here", "parts_here", "previous_here", "questions_here"]

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def items_here(index: Index, unit: Unit) -> list[str]:
    """The items of a list, table or enumeration, terms and questions standing for theirs."""
    return [text for item in items_of(index, unit.element) if (text := item_text(index, item))]


def parts_here(index: Index, unit: Unit) -> list[str]:
    """The headings of the sections right below a section."""
    below = children(unit.element, "section") if unit.element.name == "section" else []
    return [calm(index, title_of(each)) for each in below if id(each) in index.order and each.get("data-heading")]


def questions_here(index: Index, unit: Unit) -> list[str]:
    """The quoted questions in a passage."""
    found = inside(unit.element, "q") if unit.element.name != "q" else [unit.element]
    return [text for each in found if id(each) in index.order and (text := index.text(each))]


def ordinal_here(index: Index, unit: Unit) -> str:
    """The place of an item among its neighbours, in words up to the tenth."""
    _, place = siblings_of(index, unit.element)
    if place < 0:
        return ""
    return _ORDINALS[place] if place < len(_ORDINALS) else f"{place + 1}{_ending(place + 1)}"


def _ending(number: int) -> str:
    if number % 100 in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def count_here(index: Index, unit: Unit) -> str:
    """How many items a list has, or the list that an item stands in, in words up to ten."""
    line, place = siblings_of(index, unit.element) if unit.element.name in ("li", "tr", "section") else ([], -1)
    # one that is an aside from end to end is not among those that are shown
    count = len(line) if place >= 0 else len(set(items_here(index, unit)) or items_of(index, unit.element))
    if not count:
        return ""
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def next_here(index: Index, unit: Unit) -> str:
    """What the next item is called."""
    line, place = siblings_of(index, unit.element)
    return called(index, line[place + 1]) if 0 <= place < len(line) - 1 else ""


def previous_here(index: Index, unit: Unit) -> str:
    """What the item before is called."""
    line, place = siblings_of(index, unit.element)
    return called(index, line[place - 1]) if place > 0 else ""
