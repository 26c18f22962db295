"""Decks and card files under new names: refused, accepted in the file, and what a learner sees of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cardwright.diagnostics import Diagnostic
from decks.learner import Learner
from decks.shelf import NOW, Shelf, basic


@pytest.fixture
def ship(shelf: Shelf) -> Shelf:
    """Two card files in two decks of one name, released once."""
    shelf.put(basic("bow"), basic("stern"))
    shelf.put(basic("tug"), file="boats", title="Boats")
    shelf.deck("ship", "name: Ship\ncards: [words, boats]")
    shelf.deck("boats", "name: Ship\ncards: [boats]")
    shelf.build()
    return shelf


def _found(shelf: Shelf) -> list[Diagnostic]:
    return shelf.plan(NOW + 60)[1]


def _line(shelf: Shelf) -> list[str]:
    """The lines to paste that the errors print."""
    helps = [each.help for each in _found(shelf) if each.code == "CW510"]
    return sorted({line.strip() for text in helps for line in text.split("\n")[1:-1]})


def test_the_error_says_what_a_learner_gets_and_what_to_paste(ship: Shelf) -> None:
    """Both ways out: the old title back, or the new one accepted; and how a learner can follow."""
    ship.put(*ship.cards["words"].cards, title="Vocabulary")

    (found,) = _found(ship)

    assert (found.code, found.severity, found.span.path) == ("CW510", "error", "cards/words.yaml")
    assert "the cards they have stay in the old deck, and new ones come into the new deck" in found.message
    assert found.help.split("\n") == [
        "put the old name back (title: Words), or accept the new one with",
        "        was: Words    below 'title' in cards/words.yaml",
        "    Who renames the deck in Anki to 'Ship::Vocabulary' before the import has all cards in it.",
    ]


def test_a_new_title_is_accepted_by_the_card_file(ship: Shelf) -> None:
    """The line that the error printed is all it takes; the memory then has the new path under the old id."""
    old = ship.released.decks["words"]
    ship.put(*ship.cards["words"].cards, title="Vocabulary", was="Words")

    build = ship.build(NOW + 60)

    assert {note.deck for note in build.notes["ship"]} == {"Ship::Vocabulary", "Ship::Boats"}
    assert (ship.released.decks["words"].name, ship.released.decks["words"].id) == ("Ship::Vocabulary", old.id)
    assert build.changed == build.new == ()


def test_a_new_deck_name_is_accepted_by_the_deck_file(ship: Shelf) -> None:
    """One `was` speaks for all card files of the deck, and for the other deck files of its name."""
    ship.deck("ship", "name: 'Vessel: first'\ncards: [words, boats]")
    ship.deck("boats", "name: 'Vessel: first'\ncards: [boats]")
    assert _line(ship) == [f"was: Ship    below 'name' in decks/{each}.yaml" for each in ("boats", "ship")]
    ship.deck("ship", "name: 'Vessel: first'\nwas: Ship\ncards: [words, boats]")

    ship.build(NOW + 60)

    assert {each.name for each in ship.released.decks.values()} == {"Vessel: first::Words", "Vessel: first::Boats"}


def test_name_and_title_may_change_at_once(ship: Shelf) -> None:
    """The error prints a line for each file."""
    ship.deck("ship", "name: Vessel\ncards: [words, boats]")
    ship.deck("boats", "name: Vessel\ncards: [boats]")
    ship.put(*ship.cards["words"].cards, title="Vocabulary")
    assert _line(ship) == [
        "was: Ship    below 'name' in decks/boats.yaml",
        "was: Ship    below 'name' in decks/ship.yaml",
        "was: Words    below 'title' in cards/words.yaml",
    ]
    ship.deck("ship", "name: Vessel\nwas: Ship\ncards: [words, boats]")
    assert _line(ship) == ["was: Words    below 'title' in cards/words.yaml"]
    ship.put(*ship.cards["words"].cards, title="Vocabulary", was="Words")

    ship.build(NOW + 60)

    assert {each.name for each in ship.released.decks.values()} == {"Vessel::Vocabulary", "Vessel::Boats"}


def test_a_second_former_name_joins_the_first(ship: Shelf) -> None:
    """A file that comes from another deck needs that deck's name too; the line to paste has both, quoted where YAML needs it."""
    ship.put(basic("raft"), file="rafts", title="Rafts")
    ship.deck("rafts", "name: 'Rafts: old'\ncards: [rafts]")
    ship.build(NOW + 10)
    del ship.deck_files["rafts"], ship.deck_files["boats"]
    ship.deck("ship", "name: Vessel\nwas: Ship\ncards: [words, boats, rafts]")
    assert _line(ship) == ["was: [Ship, 'Rafts: old']    below 'name' in decks/ship.yaml"]
    ship.deck("ship", "name: Vessel\nwas: [Ship, 'Rafts: old']\ncards: [words, boats, rafts]")

    ship.build(NOW + 60)

    assert ship.released.decks["rafts"].name == "Vessel::Rafts"


def test_a_wrong_former_name_accepts_nothing(ship: Shelf) -> None:
    """Only what learners have can be given up."""
    ship.put(*ship.cards["words"].cards, title="Vocabulary", was="Word")

    assert [(each.code, each.severity) for each in _found(ship)] == [("CW510", "error"), ("CW512", "info")]


def test_a_former_name_can_be_deleted_after_the_build(ship: Shelf) -> None:
    """It is told of where the memory does not know that name any more, and stops nothing."""
    ship.put(*ship.cards["words"].cards, title="Vocabulary", was="Words")
    ship.deck("ship", "name: Vessel\nwas: Ship\ncards: [words, boats]")
    ship.deck("boats", "name: Vessel\ncards: [boats]")
    build, found = ship.plan(NOW + 60)
    assert build is not None
    assert found == []
    ship.build(NOW + 60)

    build, found = ship.plan(NOW + 120)

    assert build is not None
    assert [(each.code, each.severity, each.help) for each in found] == [
        ("CW512", "info", "this 'was' can be deleted now")
    ] * 2


def test_a_learner_of_the_old_name_keeps_cards_where_they_are(
    ship: Shelf, learner: Callable[[], Learner], tmp_path: Path
) -> None:
    """Old cards stay in the old deck with their history, new ones come to the new; who renamed it first has one deck."""
    idle, renaming = learner(), learner()
    first = ship.package(tmp_path / "1.apkg", deck="ship")
    for each in (idle, renaming):
        each.import_package(first)
        each.answer(2, deck="Ship::Words")
    deck = renaming.collection.decks.by_name("Ship::Words")
    assert deck is not None
    renaming.collection.decks.rename(deck["id"], "Ship::Vocabulary")
    before = {each: each.history() for each in (idle, renaming)}
    ship.put(*ship.cards["words"].cards, basic("keel"), title="Vocabulary", was="Words")

    second = ship.package(tmp_path / "2.apkg", NOW + 60, deck="ship")
    for each in (idle, renaming):
        each.import_package(second)
        cards, reviews = each.history()
        assert reviews == before[each][1]
        assert [row for row in cards if row in before[each][0]] == before[each][0]

    places = [{fields[4]: cards[0][1] for _, fields, _, cards in each.notes().values()} for each in (idle, renaming)]
    assert places == [
        {"bow": "Ship::Words", "stern": "Ship::Words", "tug": "Ship::Boats", "keel": "Ship::Vocabulary"},
        {"bow": "Ship::Vocabulary", "stern": "Ship::Vocabulary", "tug": "Ship::Boats", "keel": "Ship::Vocabulary"},
    ]
