"""What is wrong with the markup of a card's fields, with its place in the file."""

from __future__ import annotations

from collections.abc import Iterator

from cardwright import markup
from cardwright.cards.places import place_in
from cardwright.cards.words import LARGEST, blank, oddity
from cardwright.diagnostics import Diagnostic, error
from cardwright.files import TextFile
from cardwright.model import CONTENT_FIELDS, Card
from cardwright.shape import Record
from cardwright.yamltext import Scalar

__all__ = ["of_fields"]

# What `faults` tells of a field's characters, in its own words.
_CHARACTERS = frozenset({"CW701", "CW702", "CW703"})
_HIDES_NOTHING, _STRAY_GAP = "CW710", "CW705"
# A draft may wait for its picture; no deck has it yet.
_PICTURES = frozenset({"CW707"})


def of_fields(card: Card, record: Record, file: TextFile) -> Iterator[Diagnostic]:
    """The faults of all fields: the first of each kind, and how many more of it the field has."""
    for key in CONTENT_FIELDS:
        node, text = record.node.entries.get(key), getattr(card, key)
        if isinstance(node, Scalar) and not blank(text) and len(text) <= LARGEST:
            yield from _of_field(card, key, node, file)


def _of_field(card: Card, key: str, node: Scalar, file: TextFile) -> Iterator[Diagnostic]:
    text: str = getattr(card, key)
    problems = markup.field_problems(text, cloze=key == "cloze")
    if key == "cloze":
        problems += markup.cloze_problems(text)
    if oddity(text):
        problems = [each for each in problems if each.code not in _CHARACTERS]
    if key == "front" and not card.back:  # a cloze under another name, of which `faults` tells
        problems = [each for each in problems if each.code != _STRAY_GAP]
    counts: dict[str, int] = {}
    for each in problems:
        counts[each.code] = counts.get(each.code, 0) + 1
    for each in problems:
        count = counts.pop(each.code, 0)
        if not count:
            continue
        if each.code == _HIDES_NOTHING:
            way_out = "mark what is hidden: {{c1::six weeks}}, and the next gap {{c2::...}}"
            yield error(each.code, "nothing is hidden in this cloze", card.places[key], way_out)
            continue
        more = f" ({count - 1} more like this in the field)" if count > 1 else ""
        severity = "warning" if card.draft and each.code in _PICTURES else each.severity
        place = place_in(file, node, each.start, each.end)
        yield Diagnostic(each.code, each.message + more, place, each.help, severity)
