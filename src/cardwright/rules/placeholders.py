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

from cardwright.rules.contexts import (
    around,
    called,
    cell_of,
    cells_of,
    enumeration_of,
    head_of,
    inside,
    item_text,
    items_of,
    rest_of,
    sections_of,
    sentences_of,
    siblings_of,
    term_of,
    title_of,
    values_of,
)
from cardwright.rules.filters import capital
from cardwright.rules.marked import cut, plain
from cardwright.rules.passages import Index, child, children, nearest, passage_of
from cardwright.rules.sentences import spans, words

if TYPE_CHECKING:
    from bs4 import Tag

__all__ = ["INLINE", "PLACEHOLDERS", "Unit", "Value", "value_of"]

Value = str | list[str]

# Shorter words in capitals are acronyms.
_SHORTEST_SHOUT = 7
# Elements that stand inside a sentence.
INLINE = ("span", "em", "strong", "q", "code", "abbr")
_POSSESSIVE = re.compile(r"(?:their|its|his|her)\b", re.IGNORECASE)
_TOGETHER = 48
# A sentence that begins so speaks of something said before it.
_BACK = re.compile(
    r"(?:it|they|this|that|these|those|he|she|his|her|its|their|them|such|both|neither|so|then|there|here|but|and|or|also|too"
    r"|instead|otherwise|the (?:first|second|third|fourth|last|latter|former|other|others|same|rest|next)|one of them"
    r"|each (?:of|one|is|has|counts|gets|takes)|all of (?:them|these|it)|some of (?:them|these)|most of (?:them|these)"
    r"|if (?:so|not)|after that|before that|in the end"
    r"|however|therefore|that is why|for (?:this|that|these)|in (?:this|that|these|such)|at (?:this|that))\b",
    re.IGNORECASE,
)
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
        return cell_of(index, unit.element, where, wanted)
    return PLACEHOLDERS[name](index, unit)


def _heading(index: Index, unit: Unit) -> str:
    around = sections_of(index, unit.element)
    return _calm(index, title_of(around[0])) if around else ""


def _calm(index: Index, title: str) -> str:
    """A heading in capitals as prose would write it; names that the document writes with a capital keep theirs."""
    if not title.isupper() or len(title) < _SHORTEST_SHOUT:
        return title
    names = {name.lower(): name for name in index.names}
    words = [names.get(word.lower(), word.lower()) for word in title.split()]
    return capital(" ".join(words))


def _topic(index: Index, unit: Unit) -> str:
    """What the passage is about: its term, the question it answers, else its heading; none below the title alone."""
    passage = passage_of(unit.element)
    item = nearest(passage, "li")
    named = (term_of(index, item) if item is not None else "") or _summary(index, unit)
    if named:
        return named
    around = sections_of(index, unit.element)
    opening = bool(around) and around[0] is index.tree
    return "" if opening else _heading(index, unit)


def _parent(index: Index, unit: Unit) -> str:
    around = sections_of(index, unit.element)
    return _calm(index, title_of(around[1])) if len(around) > 1 else ""


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
    whole, start, _ = around(index, unit.element)
    said = plain(whole)
    for low, high in spans(said):
        if low <= start < high:
            return cut(whole, low, high)
    return ""


def _alone(index: Index, unit: Unit) -> str:
    """The sentence with the one before it where it begins with a word that points back; empty where there is none."""
    sentence = _sentence(index, unit)
    if not _BACK.match(plain(sentence)):
        return capital(sentence)
    before = ""
    bare = _plain_sentence(sentence)
    for _, _, text in sentences_of(index, passage_of(unit.element)):
        if _plain_sentence(text) == bare:
            break
        before = text
    if not before or _BACK.match(plain(before)):
        return ""
    together = f"{capital(before)} {sentence}"
    # whose it is can be guessed, so that a possessive may stand alone where both together are too long
    long = len(words(plain(together))) > _TOGETHER
    return capital(sentence) if long and _POSSESSIVE.match(plain(sentence)) else together


def _plain_sentence(text: str) -> str:
    return plain(text).strip()


def _before(index: Index, unit: Unit) -> str:
    if unit.before or unit.groups or unit.element.name not in INLINE:
        return unit.before
    whole, start, _ = around(index, enumeration_of(unit.element))
    low = max((low for low, _ in spans(plain(whole)) if low <= start), default=0)
    return cut(whole, low, start).strip()


def _after(index: Index, unit: Unit) -> str:
    if unit.after or unit.groups or unit.element.name not in INLINE:
        return unit.after
    whole, _, end = around(index, enumeration_of(unit.element))
    high = min((high for _, high in spans(plain(whole)) if high >= end), default=end)
    return cut(whole, end, high).strip()


def _items(index: Index, unit: Unit) -> list[str]:
    return [text for item in items_of(index, unit.element) if (text := item_text(index, item))]


def _parts(index: Index, unit: Unit) -> list[str]:
    """The headings of the sections right below a section."""
    below = children(unit.element, "section") if unit.element.name == "section" else []
    return [_calm(index, title_of(each)) for each in below if id(each) in index.order and each.get("data-heading")]


def _questions(index: Index, unit: Unit) -> list[str]:
    found = unit.element.find_all("q") if unit.element.name != "q" else [unit.element]
    return [text for each in found if id(each) in index.order and (text := index.text(each))]


def _ordinal(index: Index, unit: Unit) -> str:
    _, place = siblings_of(index, unit.element)
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
    line, place = siblings_of(index, unit.element)
    return called(index, line[place + 1]) if 0 <= place < len(line) - 1 else ""


def _previous(index: Index, unit: Unit) -> str:
    line, place = siblings_of(index, unit.element)
    return called(index, line[place - 1]) if place > 0 else ""


def _q(index: Index, unit: Unit) -> str:
    found = inside(unit.element, "q")
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
    listed = [item_text(index, item) for item in items_of(index, details) if item.name == "li"]
    return " ".join(part for part in (index.text(details), ", ".join(listed)) if part)


def _abbr(index: Index, unit: Unit) -> str:
    found = inside(unit.element, "abbr")
    return index.text(found) if found is not None and id(found) in index.order else ""


def _expansion(_: Index, unit: Unit) -> str:
    found = inside(unit.element, "abbr")
    return plain(str(found.get("title", ""))) if found is not None else ""


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
        "text": _text,
        "sentence": _sentence,
        "alone": _alone,
        "before": _before,
        "after": _after,
        "heading": _heading,
        "topic": _topic,
        "parent": _parent,
        "lead": _lead,
        "items": _items,
        "ordinal": _ordinal,
        "count": _count,
        "next": _next,
        "previous": _previous,
        "q": _q,
        "questions": _questions,
        "parts": _parts,
        "summary": _summary,
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
