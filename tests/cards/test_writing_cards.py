"""How new cards are written, and that writing them touches nothing else."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from cards.strategies import SOURCES, WORDS, cards, several_cards
from cardwright.cards.cardfile import load
from cardwright.cards.edit import Addition, FileHeader, add_cards
from cardwright.cards.style import card_lines, scalar
from cardwright.files import TextFile
from cardwright.model import Card, Source

HEADER = FileHeader("Trams of Oberfeld", ("trams",), "trams")
NEW = Card("new", "trams", front="What is new?", back="This.")


def file_of(text: str) -> TextFile:
    """A text as the card file `trams`."""
    return TextFile("cards/trams.yaml", text, "")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Give the context, then let people decide.", "Give the context, then let people decide."),
        ("a - b: no colon at the end", "'a - b: no colon at the end'"),
        ("ends in:", "'ends in:'"),
        ("22:30", "'22:30'"),
        ("at 22:30 sharp", "at 22:30 sharp"),
        ("1.10", "'1.10'"),
        ("version 1.10", "version 1.10"),
        ("no", "'no'"),
        ("No, it is not", "No, it is not"),
        ("2024-01-01", "'2024-01-01'"),
        ("2024 was wet", "2024 was wet"),
        ("null", "'null'"),
        ("rule #1", "'rule #1'"),
        ("C# and F#", "C# and F#"),
        ("**bold** start", "'**bold** start'"),
        ("a **bold** word", "a **bold** word"),
        ("{{c1::x}} first", "'{{c1::x}} first'"),
        ("then {{c1::x}}", "then {{c1::x}}"),
        ("it's", "it's"),
        ("'quoted'", "'''quoted'''"),
        ('"quoted"', "'\"quoted\"'"),
        ("`code`", "'`code`'"),
        ("- item", "'- item'"),
        ("--strict fails", "'--strict fails'"),
        ("-x", "-x"),
        ("-5", "'-5'"),
        ("<b>", "<b>"),
        ("~5 minutes", "~5 minutes"),
        ("one\n\n  two", "|-\n    one\n\n      two"),
    ],
    ids=str,
)
def test_a_text_is_quoted_only_where_it_must_be(text: str, written: str) -> None:
    """Plain where every reader sees this very text; in single quotes or as a block otherwise."""
    assert scalar(text, 4) == written


@settings(deadline=None)
@given(WORDS, st.booleans())
def test_any_text_reads_back_as_itself(text: str, flow: bool) -> None:
    """Our reader and an ordinary one (YAML 1.1, which guesses most) both see the text that was written."""
    if flow and "\n" in text:
        flow = False
    document = f"key: [{scalar(text, flow=True)}]\n" if flow else f"key: {scalar(text, 2)}\n"
    value: Any = yaml.safe_load(document)["key"]

    assert (value[0] if flow else value) == text


@settings(deadline=None)
@given(cards())
def test_a_written_card_is_the_card_that_was_meant(card: Card) -> None:
    """A card survives the way into a file and back, whatever its words are."""
    text, problems = add_cards(None, HEADER, [Addition(card)])

    assert problems == []
    assert load(file_of(text), "trams")[0].cards == (card,)


def test_a_new_file_is_one_that_people_like_to_edit() -> None:
    """The modeline for editors, a word of welcome, then the cards in one plain style."""
    sources = (Source("network.txt", 12), Source("old map.html"))
    card = Card(
        "depot",
        "trams",
        front="Where do they sleep?",
        back="In **Halle 3**:\n\n- all night\n- every night",
        tags=("line::4",),
        sources=sources,
        draft=True,
    )
    cloze = Card("last", "trams", cloze="The last one leaves at {{c1::22:30}}.", extra="no", sources=sources[:1])

    text, problems = add_cards(None, HEADER, [Addition(card), Addition(cloze)])

    assert problems == []
    assert text.split("\ntitle: ")[0].splitlines()[0] == "# yaml-language-server: $schema=../schemas/cards.json"
    assert text.split("\ntitle: ")[1] == (
        "Trams of Oberfeld\n"
        "tags: [trams]\n"
        "cards:\n"
        "  - id: depot\n"
        "    front: Where do they sleep?\n"
        "    back: |-\n"
        "      In **Halle 3**:\n"
        "\n"
        "      - all night\n"
        "      - every night\n"
        "    tags: [line::4]\n"
        "    source: [network.txt:12, old map.html]\n"
        "    draft: true\n"
        "  - id: last\n"
        "    cloze: The last one leaves at {{c1::22:30}}.\n"
        "    extra: 'no'\n"
        "    source: network.txt:12\n"
    )


OLD = "  - id: {0}\n    front: {0}?\n    back: b\n"
ENTRY = "  - id: new\n    front: What is new?\n    back: This.\n"

# A file, the card the new one follows, and the file afterwards; ¶ stands where the new card is inserted.
PLACES = {
    "at the end": ("title: T\ncards:\n" + OLD.format("a") + "¶", None),
    "behind its neighbour": ("title: T\ncards:\n" + OLD.format("a") + "¶" + OLD.format("z"), "a"),
    "an unknown neighbour": ("title: T\ncards:\n" + OLD.format("a") + "¶", "nobody"),
    "comments of the next card": ("title: T\ncards:\n" + OLD.format("a") + "¶  # of z\n" + OLD.format("z"), "a"),
    "comments of its neighbour": ("title: T\ncards:\n" + OLD.format("a") + "    # of a\n¶" + OLD.format("z"), "a"),
    "a comment at the end": ("title: T\ncards:\n" + OLD.format("a") + "¶\n  # the end\n# really\n", None),
    "keys behind the list": ("cards:\n" + OLD.format("a") + "¶title: T\n", None),
    "an empty list": ("title: T\ncards:\n¶", None),
    "an empty list with a comment": ("title: T\ncards:  # soon\n¶# end\n", None),
    "an empty list above": ("cards:\n¶title: T\n", None),
    "no list": ("title: T  # x\ncards:\n¶", None),
    "an end mark": ("---\ntitle: T\ncards:\n" + OLD.format("a") + "¶...\n", None),
    "anchored": ("title: T\ncards: &all\n  - &a\n    id: a\n    front: a?\n    back: b\n¶", None),
    "comment in a card": ("title: T\ncards:\n  -\n    # - a\n    id: a\n    front: a?\n    back: b\n¶", None),
    "an alias at the end of a card": (
        "title: T\ntags: &t [x]\ncards:\n" + OLD.format("a") + "    tags: *t\n¶" + OLD.format("z"),
        "a",
    ),
    "a block at the end of a card": (
        "title: T\ncards:\n  - id: a\n    front: a?\n    back: |\n      # no comment\n\n      b\n¶  # of z\n"
        + OLD.format("z"),
        "a",
    ),
    "a kept block": ("title: T\ncards:\n  - id: a\n    front: a?\n    back: |+\n      b\n\n¶  # end\n", None),
    "a long quoted text": (
        "title: T\ncards:\n  - id: a\n    front: a?\n    back: 'b\n\n      # no comment'\n    # of a\n¶"
        + OLD.format("z"),
        "a",
    ),
    "a card in braces": ("title: T\ncards:\n  - {id: a, front: a?, back: b}\n¶", None),
    "a wide hyphen": ("title: T\ncards:\n  -   id: a\n      front: a?\n      back: b\n¶", None),
}


@pytest.mark.parametrize("name", PLACES)
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_a_card_goes_where_it_belongs(name: str, newline: str) -> None:
    """Behind its neighbour and that card's comments, before those of the next, in the file's own line ends."""
    pattern, after = PLACES[name]
    pattern = pattern.replace("\n", newline)
    before = pattern.replace("¶", "")
    if name == "no list":
        before = before.replace(f"cards:{newline}", "")

    text, problems = add_cards(file_of(before), HEADER, [Addition(NEW, after)])

    assert problems == []
    assert text == pattern.replace("¶", ENTRY.replace("\n", newline))


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("title: T\ncards: []\n", "title: T\ncards:\n" + ENTRY),
        ("title: T\ncards: []", "title: T\ncards:\n" + ENTRY.rstrip()),
        ("title: T\ncards: [] # none\n# end\n", "title: T\ncards:  # none\n" + ENTRY + "# end\n"),
        ("title: T\ncards: [\n]\ntags: x\n", "title: T\ncards:\n" + ENTRY + "tags: x\n"),
        ("title: T\ncards: ''\n", "title: T\ncards:\n" + ENTRY),
        ("title: T", "title: T\ncards:\n" + ENTRY),
        (" title: T\n cards:\n", " title: T\n cards:\n" + ENTRY.replace("\n ", "\n  ").replace("  -", "   -", 1)),
        ("cards:\n- id: a\n  front: a?\n  back: b\ntitle: T\n", None),
    ],
    ids=["empty", "no last newline", "comment", "two lines", "quoted nothing", "no list", "indented", "not indented"],
)
def test_a_list_keeps_its_own_way(before: str, expected: str | None) -> None:
    """`[]` gives way to the first card; indentation and a missing last line end stay as they are."""
    text, problems = add_cards(file_of(before), HEADER, [Addition(NEW)])

    assert problems == []
    if expected is None:
        expected = before.replace("title", re.sub("(?m)^  ", "", ENTRY) + "title")
    assert text == expected


def test_cards_with_blank_lines_between_them_stay_so() -> None:
    """A new card keeps the distance that the others keep."""
    before = "title: T\ncards:\n" + "\n".join(OLD.format(each) for each in "abc")

    text, _ = add_cards(file_of(before), HEADER, [Addition(NEW, "a"), Addition(Card("x", "", cloze="{{c1::y}}"), "c")])

    assert text == before.replace("b\n", "b\n\n" + ENTRY, 1) + "\n  - id: x\n    cloze: '{{c1::y}}'\n"


def test_several_new_cards_keep_their_order() -> None:
    """Neighbours may be new cards too; those behind one card stand in the order they were given in."""
    before = "title: T\ncards:\n" + OLD.format("a") + OLD.format("z")
    new = [("n1", "a"), ("n2", "n1"), ("n3", "a"), ("n4", None), ("n5", "n1"), ("n6", "n4")]
    additions = [Addition(Card(each, "trams", front=f"{each}?", back="b"), after) for each, after in new]

    text, _ = add_cards(file_of(before), HEADER, additions)

    assert re.findall(r"id: (\w+)", text) == ["a", "n1", "n2", "n5", "n3", "z", "n4", "n6"]


@pytest.mark.parametrize(
    ("before", "code"),
    [
        ("title: T\ncards: [{id: a, front: a?, back: b}]\n", "CW420"),
        ("title: T\ncards: [\n  # none yet\n]\n", "CW420"),
        ("{title: T, cards: []}\n", "CW420"),
        ("title: T\rcards:\r", "CW420"),
        ("? title\n: T\n? cards\n: []\n", "CW420"),
        ("title: T\ncards:\n" + OLD.format("a") * 2, "CW403"),
        ("title: T\ncards:\n  - id: a\n    front: a?\n", "CW407"),
        ("", "CW206"),
        ("title: 'T\n", "CW201"),
    ],
    ids=[
        "brackets",
        "a comment in brackets",
        "braces",
        "old line ends",
        "marked keys",
        "one id twice",
        "a fault",
        "nothing",
        "no yaml",
    ],
)
def test_a_file_that_cannot_take_cards_stays_as_it_is(before: str, code: str) -> None:
    """The file is to blame, and the message says how to mend it."""
    text, problems = add_cards(file_of(before), HEADER, [Addition(NEW)])

    assert text == before
    assert [each.code for each in problems] == [code]
    assert problems[0].help


@pytest.mark.parametrize(
    ("card", "why"),
    [
        (Card("Bad Id", "trams", front="a?", back="b"), "cannot be an id"),
        (Card("new", "trams", front="a?"), "no answer"),
        (Card("new", "trams", front="a?", back="\ud83d"), "half of a character"),
        (Card("new", "trams", front="a?", back="b\x07"), "U+0007"),
        (Card("new", "trams", front="a?", back="b", tags=("two words",)), "cannot be a tag"),
        (Card("new", "trams", front="a?", back="b", sources=(Source("a:b.txt", 3),)), "no place in a document"),
        (Card("a", "trams", front="a?", back="b"), "its id is taken"),
    ],
    ids=["id", "answer", "surrogate", "control", "tag", "source", "taken"],
)
@pytest.mark.parametrize("new_file", [True, False])
def test_a_card_that_cannot_stand_in_a_file_is_not_written(card: Card, why: str, new_file: bool) -> None:
    """The rules are to blame, and every such card is named."""
    before = None if new_file else file_of("title: T\ncards:\n" + OLD.format("a"))
    first = Card("a" if new_file else "b", "trams", front="A?", back="b")

    text, problems = add_cards(before, HEADER, [Addition(first), Addition(card)])

    assert text == (before.text if before else "")
    assert [each.code for each in problems] == ["CW421"]
    assert why in problems[0].message


_NOTES = st.sampled_from(["", "# a note\n", "\n", "    # deeper\n", "\n# note: [x\n\n", "  # - id: no\n"])


@st.composite
def files(draw: st.DrawFn) -> tuple[str, list[Card]]:
    """A card file with comments and blank lines anywhere, in either line ends, with or without the last one."""
    old = draw(several_cards())
    column = draw(st.sampled_from([0, 2, 4]))
    text = draw(_NOTES) + "title: T\n" + draw(_NOTES) + "cards:" + draw(st.sampled_from(["\n", " # c\n"]))
    for card in old:
        text += draw(_NOTES) + "\n".join(card_lines(card, column)) + "\n"
    text += draw(_NOTES)
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    text = text.replace("\n", newline)
    return (text if draw(st.booleans()) else text.removesuffix(newline)), old


@settings(max_examples=200, deadline=None)
@given(files(), several_cards(), st.data())
def test_adding_cards_touches_no_other_byte(file: tuple[str, list[Card]], new: list[Card], data: st.DataObject) -> None:
    """Take the new cards out again and the file is what it was; read it and it holds exactly the cards meant."""
    before, old = file
    ids = [card.id for card in old]
    new = [card for card in new if card.id not in ids]
    additions = [Addition(card, data.draw(st.sampled_from([None, *ids]))) for card in new]

    text, problems = add_cards(file_of(before), HEADER, additions)

    assert problems == []
    read = load(file_of(text), "trams")[0].cards
    assert [card for card in read if card.id in ids] == old
    assert sorted(read, key=lambda card: card.id) == sorted([*old, *new], key=lambda card: card.id)
    kept = iter(text)
    assert all(character in kept for character in before)
    first = before.splitlines(keepends=True)
    assert [line for line in text.splitlines() if line.strip().startswith("#")] == [
        line.strip("\r\n") for line in first if line.strip().startswith("#")
    ] or any("#" in line for card in new for line in card_lines(card, 2))


@settings(deadline=None)
@given(SOURCES)
def test_any_place_in_a_document_can_be_written(source: Source) -> None:
    """Names of documents hold spaces, commas and brackets."""
    card = Card("a", "trams", front="a?", back="b", sources=(source, source))

    text, problems = add_cards(None, HEADER, [Addition(card)])

    assert problems == []
    assert load(file_of(text), "trams")[0].cards == (card,)
