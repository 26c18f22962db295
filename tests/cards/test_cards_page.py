"""The page about cards tells the truth."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cardwright.cards import CARD, CARD_FILE, load
from cardwright.diagnostics import Diagnostic, failed
from cardwright.files import TextFile
from cardwright.memory import extracted
from cardwright.model import Card

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "cards.md").read_text(encoding="utf-8")
TRAPS = re.findall(r"^\| .* \| `((?:front|cloze): .*)` \| `((?:front|cloze): .*)` \|$", PAGE, re.MULTILINE)


def read(text: str) -> tuple[tuple[Card, ...], list[Diagnostic]]:
    """The cards of a text, and what is wrong with it."""
    cards, problems = load(TextFile("cards/page.yaml", text, ""), "page")
    return cards.cards, problems


def test_the_examples_are_good_card_files() -> None:
    """Whoever copies an example has a card file."""
    examples = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)

    assert len(examples) == 3
    for example in examples:
        cards, problems = read(example)
        assert cards
        assert not problems


@pytest.mark.parametrize(("trap", "instead"), TRAPS, ids=[trap for trap, _ in TRAPS])
def test_each_trap_has_a_message_and_a_way_out(trap: str, instead: str) -> None:
    """What the page warns of is an error, and what it advises is read as it looks."""
    text = "title: T\ncards:\n  - id: a\n    {}\n" + ("" if trap.startswith("cloze") else "    back: b\n")

    assert failed(read(text.replace("{}", trap))[1])
    cards, problems = read(text.replace("{}", instead))
    assert not problems
    assert cards[0].front + cards[0].cloze == trap.split(": ", 1)[1].strip("'")


def test_every_key_is_explained() -> None:
    """Both tables of the page name all keys and no others."""
    explained = {
        key
        for line in re.findall(r"^\| (`.*?) \|", PAGE, re.MULTILINE)
        for key in re.findall(r"`(\w+)(?:: true)?`", line)
    }

    assert explained == {*CARD.names(), *CARD_FILE.names()}


def test_the_example_of_a_memory_is_one() -> None:
    """The lines on the page are what is written."""
    page = (DOCS / "decisions" / "extracted-lock.md").read_text(encoding="utf-8")
    lines = "".join(f"{line}\n" for line in re.findall(r"^    (\{.*\})$", page, re.MULTILINE))

    memory, problems = extracted.load(TextFile("cards/extracted.lock", lines, ""))

    assert not problems
    assert extracted.dump(memory) == lines
