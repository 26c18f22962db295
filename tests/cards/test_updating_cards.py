"""Other values for fields of cards that are there, and not a byte of difference elsewhere."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cards.strategies import handwritten, other_values
from cardwright.cards.cardfile import load
from cardwright.cards.rewrite import change_cards
from cardwright.files import TextFile
from cardwright.model import Card, Source

HEAD = "title: T\ncards:\n"
NOTES = ("# a note", "# deeper", "# note: [x", "# - id: no")
Value = str | tuple[str, ...] | bool


def file_of(text: str) -> TextFile:
    """A text as a card file."""
    return TextFile("cards/kiosk.yaml", text, "")


def changed(card: Card, fields: dict[str, Value]) -> Card:
    """A card with other values."""
    values: dict[str, Any] = dict(fields)
    if "source" in values:
        parts = [re.fullmatch(r"(.*?)(?::([1-9][0-9]*))?", each) for each in values.pop("source")]
        values["sources"] = tuple(Source(each[1], int(each[2] or 0)) for each in parts if each)
    return replace(card, **values)


# What a card is below its id, what changes, and what it is then.
CASES: dict[str, tuple[str, dict[str, Value], str]] = {
    "a text": ("front: Old?  # why\nback: 'b'\n", {"front": "New?"}, "front: New?  # why\nback: 'b'\n"),
    "a text in quotes": ("front: f\nback: 'it''s' # n\n", {"back": "it's: new"}, "front: f\nback: 'it''s: new' # n\n"),
    "a block": (
        "front: f\nback: |  # n\n  one\n\n  two\n\n# c\n",
        {"back": "x\ny"},
        "front: f\nback: |  # n\n  x\n  y\n\n# c\n",
    ),
    "a new key": (
        "front: f\n# on b\nback: b # n\n# end\n",
        {"extra": "e"},
        "front: f\n# on b\nback: b # n\nextra: e\n# end\n",
    ),
    "a new key behind a block": (
        "front: f\nback: |\n  b\n\ntags: x\n",
        {"extra": "e"},
        "front: f\nback: |\n  b\nextra: e\n\ntags: x\n",
    ),
    "a key that goes": ("front: f\nback: b\nextra: e\ntags: x\n", {"extra": ""}, "front: f\nback: b\ntags: x\n"),
    "a key that goes, with a note": (
        "front: f\nback: b\ndraft: true # until June\ntags: x\n",
        {"draft": False},
        "front: f\nback: b\n# until June\ntags: x\n",
    ),
    "a block that goes": (
        "front: f\nback: b\nextra: | # n\n  # e\n\n  f\n\n# c\n",
        {"extra": ""},
        "front: f\nback: b\n# n\n\n# c\n",
    ),
    "a flag": (
        "front: f\nback: b\n",
        {"draft": True, "reverse": True},
        "front: f\nback: b\nreverse: true\ndraft: true\n",
    ),
    "one tag more": (
        "front: f\nback: b\ntags: [x] # n\n",
        {"tags": ("x", "v")},
        "front: f\nback: b\ntags: [x, v] # n\n",
    ),
    "one tag more, a single one": (
        "front: f\nback: b\ntags: x # n\n",
        {"tags": ("x", "v")},
        "front: f\nback: b\ntags: [x, v] # n\n",
    ),
    "one tag less": ("front: f\nback: b\ntags: [x, v, z]\n", {"tags": ("x", "z")}, "front: f\nback: b\ntags: [x, z]\n"),
    "the last tag less": ("front: f\nback: b\ntags: [x, v, z]\n", {"tags": ("x",)}, "front: f\nback: b\ntags: [x]\n"),
    "no tags": ("front: f\nback: b\ntags: [x, v] # n\n", {"tags": ()}, "front: f\nback: b\n# n\n"),
    "notes between tags": (
        "front: f\nback: b\ntags: [x, # of x\n  v, # of v\n  z] # n\n",
        {"tags": ("x", "z", "w")},
        "front: f\nback: b\ntags: [x, # of x\n   # of v\n  z, w] # n\n",
    ),
    "a list below its key": (
        "front: f\nback: b\nsource:\n  - a.txt:1 # n\n  - b.txt:2\n# c\n",
        {"source": ("a.txt:3", "b.txt:2", "c.txt")},
        "front: f\nback: b\nsource:\n  - a.txt:3 # n\n  - b.txt:2\n  - c.txt\n# c\n",
    ),
    "an item less": (
        "front: f\nback: b\nsource:\n- a.txt:1 # n\n- b.txt:2\n",
        {"source": ("b.txt:2",)},
        "front: f\nback: b\nsource:\n# n\n- b.txt:2\n",
    ),
    "a line that only looks blank": (
        "front: f\nback: |-\n  a\n  \u00a0\n",
        {"back": "b\n\u00a0"},
        "front: f\nback: |-\n  b\n  \u00a0\n",
    ),
    "from a question to a cloze": (
        "front: f # why\nback: b\ntyped: true\n",
        {"front": "", "back": "", "cloze": "{{c1::x}}", "typed": False},
        "# why\ncloze: '{{c1::x}}'\n",
    ),
}


@pytest.mark.parametrize(("before", "fields", "after"), CASES.values(), ids=CASES)
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_only_what_changed_is_written(before: str, fields: dict[str, Value], after: str, newline: str) -> None:
    """Style, notes, blank lines and line ends stay, in the file's own way."""

    def whole(keys: str) -> str:
        lines = "".join(f"    {line}\n" if line else "\n" for line in keys.splitlines())
        return (f"{HEAD}  - id: a\n{lines}  # of z\n  - id: z\n    front: z?\n    back: z").replace("\n", newline)

    text, problems = change_cards(file_of(whole(before)), "kiosk", {"a": fields})

    assert problems == []
    assert text == whole(after)


@pytest.mark.parametrize(
    ("before", "changes", "after"),
    [
        (
            "  - {id: a, front: f, back: b} # n\n",
            {"a": {"back": "x, y", "extra": "e"}},
            "  - {id: a, front: f, back: 'x, y', extra: e} # n\n",
        ),
        ("  - {id: a, front: f, back: b, draft: true}\n", {"a": {"draft": False}}, "  - {id: a, front: f, back: b}\n"),
        (
            "  - draft: true\n    id: a\n    front: f\n    back: b",
            {"a": {"draft": False}},
            "  - id: a\n    front: f\n    back: b",
        ),
        (
            "  - id: a\n    front: f\n    back: b",
            {"a": {"extra": "e"}},
            "  - id: a\n    front: f\n    back: b\n    extra: e",
        ),
        (
            "  - id: a\n    front: f\n    back: &b Same.\n  - id: z\n    front: z\n    back: *b # n\n",
            {"a": {"back": "New."}},
            "  - id: a\n    front: f\n    back: New.\n  - id: z\n    front: z\n    back: Same. # n\n",
        ),
        (
            "  - id: a\n    front: f\n    back: b\n    tags: &t [x, v]\n  - id: z\n    front: z\n    back: b\n    tags: *t\n",
            {"a": {"tags": ("x", "w")}, "z": {"tags": ("x", "w")}},
            "  - id: a\n    front: f\n    back: b\n    tags: &t [x, w]\n  - id: z\n    front: z\n    back: b\n    tags: *t\n",
        ),
        (
            "  - id: a\n    front: f\n    back: &b Same.\n  - id: z\n    front: z\n    back: *b # n\n",
            {"z": {"back": "Own."}},
            "  - id: a\n    front: f\n    back: Same.\n  - id: z\n    front: z\n    back: Own. # n\n",
        ),
    ],
    ids=["braces", "braces, less", "behind the hyphen", "no last line end", "anchor", "anchor for both", "alias"],
)
def test_other_ways_of_yaml_stay(before: str, changes: dict[str, dict[str, Value]], after: str) -> None:
    """Braces stay braces; what an anchor shares is shared on where that is meant, and copied where it is not."""
    text, problems = change_cards(file_of(HEAD + before), "kiosk", changes)

    assert problems == []
    assert text == HEAD + after


def test_a_card_that_cannot_be_updated_is_named() -> None:
    """Nothing is written, and the way out is a plainer way of writing."""
    text = HEAD + "  - id: a\n    front: f\n    back: b\n    tags: [&t x, v]\n    allow: *t\n"

    after, problems = change_cards(file_of(text), "kiosk", {"a": {"tags": ("v",)}})

    assert after == text
    assert [(each.code, each.span.line) for each in problems] == [("CW423", 3)]


@settings(max_examples=100, deadline=None)
@given(handwritten(), st.data())
def test_every_other_byte_stays(written: tuple[str, list[Card]], data: st.DataObject) -> None:
    """Whatever the style: the file holds the cards meant, and no note and no line of another card is lost."""
    before, there = written
    changes = {card.id: data.draw(other_values(card)) for card in there}
    meant = tuple(changed(card, changes[card.id]) for card in there)
    assert load(file_of(before), "trams")[0].cards == tuple(there)

    text, problems = change_cards(file_of(before), "trams", changes)

    assert problems == []
    assert load(file_of(text), "trams")[0].cards == meant
    untouched = [card for card, new in zip(there, meant, strict=True) if card == new]
    if len(untouched) == len(there):
        assert text == before
    notes = [Counter(line.strip() for line in each.splitlines() if line.strip() in NOTES) for each in (before, text)]
    assert notes[0] <= notes[1]
    assert text.count("# why: [this]") >= before.count("# why: [this]")
