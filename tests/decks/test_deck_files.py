"""Deck files: what they may hold and what is said of those that may not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from cardwright.decks import check_decks, load_decks
from cardwright.diagnostics import Diagnostic, Span
from cardwright.files import TextFile
from cardwright.memory.released import Released
from cardwright.model import CardSet
from decks.shelf import DATA, Shelf, basic

CASES: list[dict[str, Any]] = yaml.safe_load((DATA / "bad_decks.yaml").read_text(encoding="utf-8"))


def _said(each: Diagnostic) -> list[str]:
    related = [f"  {other.span}: {other.note}" for other in each.related]
    return [f"{each.span}: {each.severity}[{each.code}]: {each.message}", *related, f"  help: {each.help}"]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_fault_is_told_with_its_place_and_the_way_out(case: dict[str, Any]) -> None:
    """Invariant 25: each case names all that is said, and nothing else."""
    files = [TextFile(f"decks/{stem}.yaml", text, "") for stem, text in case["decks"].items()]
    cards = [
        CardSet(stem, title, (), (basic("one", file=stem),), Span(f"cards/{stem}.yaml", 1, 8))
        for stem, title in case["cards"].items()
    ]

    decks, found = load_decks(files)
    found += [] if found and not decks else check_decks(decks, cards, Released("orla-pilots"))

    assert [line for each in found for line in _said(each)] == case["said"]


def test_a_deck_file_is_read_whole() -> None:
    """All keys, with the packages built where nothing is said of them."""
    text = "name: Ship::Words\ndescription: |\n  Two\n  lines\ncards: [words, terms]\ntags: basics\n"

    (deck,), found = load_decks([TextFile("decks/ship.yaml", text, "")])

    assert not found
    assert (deck.stem, deck.name, deck.description) == ("ship", "Ship::Words", "Two\nlines\n")
    assert (deck.cards, deck.tags, deck.exports) == (("words", "terms"), ("basics",), ("apkg", "csv"))
    assert deck.span("cards/terms") == Span("decks/ship.yaml", 5, 16, 5)


def test_a_filter_takes_tags_of_card_and_file_and_those_below_them(shelf: Shelf) -> None:
    """`tides` takes `tides::slack` and what the whole file is tagged with, and never a draft."""
    shelf.put(basic("a", tags=("tides::slack",)), basic("b"), basic("c", tags=("Tides",), draft=True))
    shelf.put(basic("d"), basic("e", tags=("tidesman",)), file="terms", title="Terms", tags=["TIDES"])
    shelf.put(basic("f", tags=("tidesman",)), file="more", title="More")
    shelf.deck("ship", "name: Ship\ncards: [words, terms, more]\ntags: [tides]")
    shelf.cards["terms"] = CardSet("terms", "Terms", ("tides",), shelf.cards["terms"].cards[:1])

    build = shelf.build()

    assert [note.card for note in build.notes["ship"]] == ["a", "d"]


def test_the_data_of_these_tests_is_complete() -> None:
    """Every case has a name of its own."""
    assert len({case["name"] for case in CASES}) == len(CASES)
    assert Path(DATA / "bad_decks.yaml").is_file()
