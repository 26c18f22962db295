"""The identity of notes, note types and decks, and the times they are marked with."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from cardwright.decks import Build, package
from cardwright.decks.notetypes import FIELDS
from cardwright.memory.renaming import renamed_in_released
from cardwright.model import Card, Source
from decks.learner import Learner
from decks.shelf import NOW, Shelf, basic, cloze
from promises.inside import rows


def _guids(build: Build) -> dict[str, str]:
    return {note.card: note.guid for notes in build.notes.values() for note in notes}


def _mods(build: Build) -> dict[str, int]:
    return {note.card: note.mod for notes in build.notes.values() for note in notes}


@pytest.fixture
def ship(shelf: Shelf) -> Shelf:
    """Two card files in one deck."""
    shelf.put(basic("bow"), basic("stern", reverse=True), cloze("mast", "A {{c1::mast}} has {{c2::yards}}."))
    shelf.put(basic("rope"), file="gear", title="Gear")
    shelf.deck("ship", "name: Ship\ncards: [words, gear]")
    return shelf


def test_a_time_rises_with_each_change_and_only_then(ship: Shelf) -> None:
    """Invariant 4: a change, a revert, and a second change within one second each get a later time; others keep theirs."""
    times = [_mods(ship.build())]
    for back, at in (("Sharp.", NOW + 60), ("An answer.", NOW + 120), ("Blunt.", NOW + 120), ("Blunt.", NOW + 500)):
        ship.put(basic("bow", back), *ship.cards["words"].cards[1:])
        times.append(_mods(ship.build(at)))

    assert [each["bow"] for each in times] == [NOW, NOW + 60, NOW + 120, NOW + 121, NOW + 121]
    assert {each[card] for each in times for card in ("stern", "mast", "rope")} == {NOW}


def test_nothing_in_a_package_comes_from_the_future(ship: Shelf, tmp_path: Path) -> None:
    """Invariant 5: ids and times of notes, review cards, note types, decks and the collection are past and above 0."""
    ship.package(tmp_path / "1.apkg")
    ship.put(*(basic(f"new-{number}") for number in range(300)), cloze("mast", "A {{c1::mast}} and {{c9::sails}}."))
    built = NOW + 1

    file = ship.package(tmp_path / "2.apkg", built)

    for born, mod in rows(file, "select id, mod from notes union select id, mod from cards"):
        assert 0 < born < built * 1000
        assert 0 < mod <= built
    ((created, mod, schema, models, decks),) = rows(file, "select crt, mod, scm, models, decks from col")
    assert 0 < created <= built
    assert 0 < mod <= built * 1000
    assert 0 < schema <= built * 1000
    for each in json.loads(models).values():
        assert 0 < int(each["id"]) < built * 1000
        assert 0 < each["mod"] <= built
    for each in json.loads(decks).values():
        assert 0 < each["id"] < built * 1000
        assert 0 <= each["mod"] <= built


def test_a_guid_is_never_given_twice(ship: Shelf) -> None:
    """Invariant 6: whatever was written, withdrawn, renamed and written anew, guids are letters and digits, one a card."""
    draw = random.Random(6)
    owner: dict[str, str] = {}
    called: dict[str, str] = {}
    names = [f"card-{number}" for number in range(12)]
    for step in range(60):
        chosen = draw.sample(names, draw.randint(1, 10))
        ship.put(*(cloze(each, "A {{c1::b}}.") if draw.random() < 0.3 else basic(each) for each in chosen))
        build = ship.build(NOW + step)
        live = [note for notes in build.notes.values() for note in notes]
        retired = {guid for guid, each in ship.released.notes.items() if each.retired}
        assert len({note.guid for note in live}) == len(live)
        assert not retired & {note.guid for note in live}
        for note in live:
            assert re.fullmatch("[A-Za-z0-9_-]{8,40}", note.guid)
            who = f"{called.get(note.card, note.card)} as {note.kind}"
            assert owner.setdefault(note.guid, who) == who
        old, new = draw.choice(chosen), f"renamed-{step}"
        ship.released = renamed_in_released(ship.released, old, new)
        called[new] = called.pop(old, old)
        called[old] = f"{old} after {step}"
        names.append(new)


@pytest.mark.parametrize(
    "edit",
    [
        lambda card: replace(card, front="Other words?"),
        lambda card: replace(card, back="Another answer."),
        lambda card: replace(card, extra="More."),
        lambda card: replace(card, tags=("tides",)),
        lambda card: replace(card, sources=(Source("handbook.txt", 12),)),
        lambda card: replace(card, reverse=True),
        lambda card: replace(card, typed=True),
        lambda card: replace(card, allow=("anything",)),
    ],
    ids=["front", "back", "extra", "tags", "source", "reverse", "typed", "allow"],
)
def test_no_edit_of_a_card_changes_its_guid(ship: Shelf, edit: Callable[[Card], Card]) -> None:
    """Invariant 7: a card is known by its id alone."""
    before = _guids(ship.build())
    ship.put(edit(basic("bow")), *ship.cards["words"].cards[1:])

    assert _guids(ship.build(NOW + 60)) == before


def test_no_edit_of_files_and_decks_changes_a_guid(ship: Shelf) -> None:
    """Invariant 7: order, card file, another name of that file, description and order of a deck."""
    before = _guids(ship.build())
    words = ship.cards.pop("words").cards
    ship.put(*reversed(words[1:]), file="vocabulary", title="Words", tags=["tides"])
    ship.put(basic("rope"), words[0], file="gear", title="Gear")
    ship.deck("ship", "name: Ship\ndescription: Another one.\ncards: [gear, vocabulary]")

    assert _guids(ship.build(NOW + 60)) == before


@pytest.mark.parametrize("kind", ["basic", "cloze"])
@pytest.mark.parametrize("part", ["fields", "templates"])
@pytest.mark.parametrize("change", ["one more", "another name"])
def test_another_schema_fails_the_build(ship: Shelf, kind: str, part: str, change: str) -> None:
    """Invariant 12: without a declared breaking release, fields and templates are those released."""
    ship.build()
    known = ship.released.types[kind]
    parts = getattr(known, part)
    other = (*parts, ("More", 8)) if change == "one more" else (("Other", parts[0][1]), *parts[1:])
    changed = replace(known, fields=other) if part == "fields" else replace(known, templates=other)
    ship.released = replace(ship.released, types={**ship.released.types, kind: changed})

    build, (found,) = ship.plan(NOW + 60)

    assert build is None
    assert (found.code, found.severity) == ("CW553", "error")


def test_the_order_is_the_one_that_learners_have(ship: Shelf, learner: Callable[[], Learner], tmp_path: Path) -> None:
    """Invariant 12: fields and templates stand in a package as the memory has them, whatever order the program has."""
    ship.build()
    known = ship.released.types["basic"]
    turned = replace(known, fields=known.fields[::-1], templates=known.templates[::-1])
    ship.released = replace(ship.released, types={**ship.released.types, "basic": turned})

    build = ship.build(NOW + 60)

    assert build.note_types["basic"].fields == turned.fields
    assert [(each.name, each.id) for each in build.note_types["basic"].templates] == list(turned.templates)
    (tmp_path / "1.apkg").write_bytes(package(build, build.decks[0]))
    anki = learner()
    anki.import_package(tmp_path / "1.apkg")
    (number,) = anki.collection.find_notes("Id:stern")
    note = anki.collection.get_note(number)
    assert (note["Front"], note["Back"], note["Reverse"]) == ("What is stern?", "An answer.", "1")
    assert sorted(str(card.template()["name"]) for card in note.cards()) == ["Recall", "Reverse"]
    assert list(anki.collection.get_empty_cards().notes) == []


def test_fields_and_templates_have_ids_for_ever(ship: Shelf, tmp_path: Path) -> None:
    """Invariant 13: each has an id of its own in the package, the same in every release."""
    seen = []
    for at in (NOW, NOW + 60):
        file = ship.package(tmp_path / f"{at}.apkg", at)
        (models,) = rows(file, "select models from col")[0]
        seen.append(
            {
                model["name"]: [(each["name"], each["id"]) for each in (*model["flds"], *model["tmpls"])]
                for model in json.loads(models).values()
            }
        )
        ship.put(basic("bow", "Other."), cloze("mast", "A {{c1::mast}}."))

    assert seen[0] == seen[1]
    for parts in seen[0].values():
        ids = [number for _, number in parts]
        assert all(ids)
        assert len(set(ids)) == len(ids)


def test_ids_are_nobody_elses(learner: Callable[[], Learner]) -> None:
    """Invariant 16: ids of note types and decks are at least 2^30, each once, and none that Anki has made itself."""
    stock = learner().collection
    taken = {each.id for each in stock.models.all_names_and_ids()} | {
        each.id for each in stock.decks.all_names_and_ids()
    }
    for namespace in ("orla-pilots", "a", "x" * 60, "Tees 2"):
        shelf = Shelf(namespace)
        for stem in ("one", "two", "three"):
            shelf.put(basic(f"card-{stem}"), file=stem, title=stem)
        shelf.deck("ship", "name: Ship\ncards: [one, two, three]")
        build = shelf.build()
        ids = [each.id for each in build.note_types.values()] + [each.id for each in build.released.decks.values()]
        assert min(ids) >= 1 << 30
        assert len(set(ids)) == len(ids) == 5
        assert not taken & set(ids)
        assert {kind: each.kind for kind, each in build.note_types.items()} == {kind: kind for kind in FIELDS}


def test_a_note_types_id_keeps_its_kind(ship: Shelf, tmp_path: Path) -> None:
    """Invariant 16: in the package an id of a basic note type is basic in every release, and so for clozes."""
    kinds = []
    for at, cards in ((NOW, ship.cards["words"].cards), (NOW + 60, (cloze("bow", "A {{c1::bow}}."), basic("mast")))):
        ship.put(*cards)
        (models,) = rows(ship.package(tmp_path / f"{at}.apkg", at), "select models from col")[0]
        kinds.append({number: model["type"] for number, model in json.loads(models).items()})

    assert kinds[0] == kinds[1]
    assert sorted(kinds[0].values()) == [0, 1]


def test_a_card_that_comes_back_is_the_same_note(ship: Shelf, learner: Callable[[], Learner], tmp_path: Path) -> None:
    """Invariant 26: deleted, its guid stays in the memory as retired; written again, learners have one note with its history."""
    anki = learner()
    anki.import_package(ship.package(tmp_path / "1.apkg"))
    anki.answer(4, deck="Ship")
    cards, reviews = anki.history()
    kept = ship.cards["words"].cards
    ship.put(*kept[1:])
    build = ship.build(NOW + 60)
    (guid,) = [guid for guid, each in ship.released.notes.items() if each.retired]
    assert (build.retired, ship.released.notes[guid].id) == (("bow",), "bow")
    (tmp_path / "2.apkg").write_bytes(package(build, build.decks[0]))
    anki.import_package(tmp_path / "2.apkg")
    ship.put(basic("bow", "Back again."), *kept[1:])

    log = anki.import_package(ship.package(tmp_path / "3.apkg", NOW + 120))

    assert (log["updated"], log["new"], log["conflicting"]) == ([guid], [], [])
    assert anki.history() == (cards, reviews)
    assert not any(each.retired for each in ship.released.notes.values())
