"""What the linter mends in a text: only what it says, and nothing a second time."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cards.strategies import handwritten
from cardwright.cards import change_cards, load
from cardwright.cards.lint import Limits, fixes
from cardwright.cards.lint.english import ENGLISH
from cardwright.cards.lint.mending import single_spaces, with_question_mark, without_filler
from cardwright.files import TextFile
from cardwright.markup import to_html
from cardwright.model import Card

PIECES = st.lists(
    st.sampled_from(
        (
            *("This is", "Basically,", "it means that", "Also,", "where", "is", "a", "tram", "x  y", "  ", " ", "\n"),
            *("**", "*", "`", "$", "|", "- ", "```", "?", ".", "(", "“", "é", "ﬁ", "ß", "\\(", "\\)", "> ", "1. "),
        )
    ),
    max_size=14,
).map("".join)

OPENINGS = {
    "This is a tram hall.": "A tram hall.",
    "Basically, it means that the tram must stop.": "The tram must stop.",
    "It means **stop** on red.": "**Stop** on red.",
    "this is a tram hall.": "a tram hall.",
    "Also, iPhones ring.": "iPhones ring.",
    "This is `stop(tram)`.": "`stop(tram)`.",
    "This is npm.js code.": "npm.js code.",
    "This is one tram of two halls.": "One tram of two halls.",
    "The answer is to wait for help.": "To wait for help.",
    "This is one.": "This is one.",
    "This is it.": "This is it.",
    "This is it. Trams of two halls wait.": "This is it. Trams of two halls wait.",
    "It means stop: two trams meet.": "It means stop: two trams meet.",
    "It means well.": "It means well.",
    "It means well for a tram line.": "It means well for a tram line.",
    "This means of transport is slow.": "This means of transport is slow.",
    "Also, this means of transport is slow.": "This means of transport is slow.",
    "This means was chosen by most drivers.": "This means was chosen by most drivers.",
    "This is": "This is",
    "This isn't a hall.": "This isn't a hall.",
    "Also known as a hall.": "Also known as a hall.",
    "For example, a hall.": "For example, a hall.",
}

SPACES = {
    "a  tram": "a tram",
    "`a  b`  and": "`a  b` and",
    "- a\n    - b  c": "- a\n    - b c",
    "-   a": "-   a",
    "a  \nb": "a  \nb",
    "| a  | b |": "| a  | b |",
    "$x  y$": "$x  y$",
    "```\na  b\n```": "```\na  b\n```",
}

MARKS = {
    "Where is it": "Where is it?",
    "Where is **it**.": "Where is **it**?",
    "Where is it?": "Where is it?",
    "Where\nis it": "Where\nis it",
    "What are trams, trains, etc.": "What are trams, trains, etc.?",
    "What are *trams, trains, etc.*": "What are *trams, trains, etc.*?",
    "Where do trams run in the U.S.": "Where do trams run in the U.S.?",
    "When is 6 a.m.": "When is 6 a.m.?",
    "Who runs Oberfeld Trams Inc.": "Who runs Oberfeld Trams Inc.?",
    "What is vitamin C.": "What is vitamin C.",
    "What is the thing…": "What is the thing…",
    "What is the thing...": "What is the thing...",
    "What is **the thing…**": "What is **the thing…**",
    "What is **the thing.**": "What is **the thing.**",
    "What is the thing:": "What is the thing:",
    "What is the thing!": "What is the thing!",
    "What is the U.S": "What is the U.S?",
    "What is `etc.`": "What is `etc.`?",
    "What does it tell (in fine).": "What does it tell (in fine)?",
}


@pytest.mark.parametrize("text", OPENINGS)
def test_filler_before_an_answer_goes(text: str) -> None:
    """The next word gets its capital, unless it is a name of its own or code."""
    assert without_filler(text, ENGLISH) == OPENINGS[text]


@pytest.mark.parametrize(
    "rest",
    [
        *("- a list of trams", "+ a list of trams", "* a list of trams", "1. Rails and trams", "1) Rails and trams"),
        *("```sh\nstop the tram\n```", "~~~\nstop the tram\n~~~", "$$trams + halls$$", "\\[trams + halls\\]"),
        "| trams | halls |\n| --- | --- |\n| 1 | 2 |",
    ],
)
def test_no_block_is_made_of_a_text(rest: str) -> None:
    """Behind its filler a mark is text, and at the beginning of a line it would open a list, a table, code, a formula."""
    assert fixes(Card("a", "notes", front="Why?", back=f"So, {rest}"), Limits()) == {}


@pytest.mark.parametrize("text", SPACES)
def test_one_space_is_left_between_words(text: str) -> None:
    """Code, formulas, tables, and spaces that mean something to Markdown stay."""
    assert single_spaces(text) == SPACES[text]


@pytest.mark.parametrize("text", MARKS)
def test_a_question_ends_as_one(text: str) -> None:
    """Where it is one line without a mark; the point of an abbreviation stays, and what may be another end is left alone."""
    assert with_question_mark(text, ENGLISH) == MARKS[text]


@settings(deadline=None)
@given(PIECES)
def test_fewer_spaces_show_the_same(text: str) -> None:
    """Browsers show one space for two, so a learner sees no difference."""
    assert _spaced(to_html(single_spaces(text))) == _spaced(to_html(text))


@settings(deadline=None)
@given(st.sampled_from(["So, ", "This is ", "Basically, it means that "]), PIECES)
def test_a_mended_answer_has_the_same_blocks(filler: str, rest: str) -> None:
    """Lists, tables, code and paragraphs are as many as before, and in the same order."""
    back = f"{filler}{rest}"
    fixed = fixes(Card("a", "notes", front="Why?", back=back), Limits())

    assert _blocks(fixed["back"].text if "back" in fixed else back) == _blocks(back)


def _blocks(text: str) -> list[str]:
    return re.findall(r"</?(?:p|ul|ol|li|table|tr|t[dh]|pre)\b", to_html(text))


def _spaced(html: str) -> str:
    return " ".join(html.split())


@settings(deadline=None)
@given(PIECES, PIECES)
def test_a_mended_card_needs_no_mending(front: str, back: str) -> None:
    """Fixing twice is fixing once."""
    card = Card("a", "notes", front=front, back=back)
    fixed = fixes(card, Limits())
    better = Card(
        "a",
        "notes",
        front=fixed["front"].text if "front" in fixed else front,
        back=fixed["back"].text if "back" in fixed else back,
    )

    assert fixes(better, Limits()) == {}


def _mended(text: str) -> tuple[str, bool]:
    """A card file with all fixes written into it, and whether there were any."""
    file, _ = load(TextFile("cards/trams.yaml", text, ""), "trams")
    changes = {
        card.id: {key: each.text for key, each in fixed.items()}
        for card in file.cards
        if (fixed := fixes(card, Limits()))
    }
    mended, problems = change_cards(file.file, "trams", changes)
    assert problems == []
    return mended, bool(changes)


@settings(deadline=None)
@given(handwritten())
def test_in_any_file_only_what_is_said_is_mended(written: tuple[str, list[Card]]) -> None:
    """Filler is put before the answers of a file as people write one; mended, it is gone, and a second time is no change."""
    text, there = written
    filled, problems = change_cards(
        TextFile("cards/trams.yaml", text, ""),
        "trams",
        {card.id: {"back": f"Also, X tram {card.back}"} for card in there if card.back},
    )
    assert problems == []

    mended, any_fixed = _mended(filled)

    assert any_fixed or not any(card.back and not card.draft for card in there)
    backs = {card.id: card.back for card in load(TextFile("cards/trams.yaml", mended, ""), "trams")[0].cards}
    assert all(backs[card.id].startswith("X tram") for card in there if card.back and not card.draft)
    assert _mended(mended) == (mended, False)
