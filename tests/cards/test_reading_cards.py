"""Reading good card files."""

from __future__ import annotations

import unicodedata

import pytest

from cardwright.cards.cardfile import CardFile, load
from cardwright.cards.words import normal
from cardwright.diagnostics import failed
from cardwright.files import TextFile
from cardwright.model import Card, Source


def read(text: str) -> CardFile:
    """A card file without a fault."""
    cards, problems = load(TextFile("cards/trams.yaml", text, ""), "trams")
    assert not problems
    return cards


GOOD = """\
# yaml-language-server: $schema=../schemas/cards.json
title: Trams of Oberfeld
tags: [trams]
cards:
  - id: depot
    front: Where do the trams of Oberfeld **sleep**?
    back: no   # the depot has no name
    extra: |
      One line.

      Another one.
    tags: ['line::4', düsseldorf]
    source: [network.txt:12, old map.html]
    reverse: true
    typed: true
    draft: true
    allow: [short-answer]
  - id: '1999'
    cloze: The last tram left in {{c1::22:30}}.
    source: network.txt:3
"""


def test_every_key_of_a_card_is_read() -> None:
    """All keys arrive in the card, and every value is text."""
    cards = read(GOOD)

    assert (cards.stem, cards.title, cards.tags) == ("trams", "Trams of Oberfeld", ("trams",))
    assert cards.cards == (
        Card(
            id="depot",
            file="trams",
            front="Where do the trams of Oberfeld **sleep**?",
            back="no",
            extra="One line.\n\nAnother one.",
            tags=("line::4", "düsseldorf"),
            sources=(Source("network.txt", 12), Source("old map.html")),
            reverse=True,
            typed=True,
            draft=True,
            allow=("short-answer",),
        ),
        Card(
            id="1999", file="trams", cloze="The last tram left in {{c1::22:30}}.", sources=(Source("network.txt", 3),)
        ),
    )


@pytest.mark.parametrize(
    "word", ["no", "22:30", "1.10", "0755", "null", "~", "true", "2024-01-01", "1e3", "-5", "=", "0x1F"]
)
def test_every_scalar_is_text(word: str) -> None:
    """What other readers of YAML turn into numbers, dates or nothing means itself here."""
    cards = read(f"title: Trams\ncards:\n  - id: a\n    front: {word}\n    back: {word}\n")

    assert (cards.cards[0].front, cards.cards[0].back) == (word, word)


def test_cards_and_keys_know_their_places() -> None:
    """A message about any key can point at its value."""
    places = read(GOOD).cards[0].places

    assert (places[""].line, places[""].column) == (5, 5)
    assert (places["back"].line, places["back"].column, places["back"].width) == (7, 11, 2)
    assert str(places["tags"]) == "cards/trams.yaml:12:11"


def test_words_are_compared_in_one_form() -> None:
    """Accents in either form and line ends of either kind are the same words; edges carry none."""
    text = GOOD.replace("\n", "\r\n")

    assert read(unicodedata.normalize("NFD", text)).cards == read(GOOD).cards
    assert normal(" a\r\nb \n") == "a\nb"


def test_a_shared_value_is_read_where_it_is_used() -> None:
    """Anchors and aliases are an editor's own affair."""
    cards = read(
        "title: Trams\ncards:\n  - id: a\n    front: A?\n    back: a\n    tags: &t [x, y]\n"
        "  - id: b\n    front: B?\n    back: b\n    tags: *t\n"
    )

    assert [card.tags for card in cards.cards] == [("x", "y"), ("x", "y")]


@pytest.mark.parametrize("gap", ["{{c1::x}}", "{{c12::x::hint}}", "{{c1,2::x}}", "{{c1::a {{c2::b}} c}}"])
def test_every_way_of_hiding_is_one(gap: str) -> None:
    """Hints, several numbers for one gap, and gaps in gaps."""
    assert read(f"title: Trams\ncards:\n  - id: a\n    cloze: '{gap}'\n").cards[0].kind == "cloze"


@pytest.mark.parametrize("empty", ["title: Trams\n", "title: Trams\ncards:\n", "title: Trams\ncards: []\n"])
def test_a_file_may_have_no_cards_yet(empty: str) -> None:
    """A topic can be prepared before it has cards."""
    assert read(empty).cards == ()


@pytest.mark.parametrize(
    ("size", "severities"),
    [(32 * 1024, []), (32 * 1024 + 1, ["warning"]), (1024 * 1024, ["warning"]), (1024 * 1024 + 1, ["error"])],
)
def test_a_field_has_a_size(size: int, severities: list[str]) -> None:
    """Large fields are warned of, and beyond a megabyte refused; bytes count, not characters."""
    text = "é" * (size // 2) + "x" * (size % 2)

    _, problems = load(
        TextFile("cards/x.yaml", f"title: X\ncards:\n  - id: a\n    front: {text}\n    back: b\n", ""), "x"
    )

    assert [(each.code, each.severity) for each in problems] == [("CW415", each) for each in severities]


@pytest.mark.parametrize(
    "words",
    [
        "{{c" + "1" * 300_000,
        "{{c1::" * 50_000,
        "{{c1::}}" * 50_000,
        "{{c1::" + " " * 200_000 + "}}",
        "\u2066" * 50_000,
        "a" * 300_000,
    ],
    ids=["digits", "opened", "empty", "blank", "isolates", "long"],
)
def test_odd_long_words_take_one_pass(words: str) -> None:
    """Text that was made to slow a reader down is read like any other."""
    keys = "".join(f"    {key}: '{words}\\'\n" for key in ("cloze", "source", "tags"))

    _, problems = load(TextFile("x.yaml", f"title: X\ncards:\n  - id: '{words}'\n{keys}", ""), "x")

    assert failed(problems)
