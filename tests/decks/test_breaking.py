"""A release with other fields and templates than learners have: declared, or refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from anki.import_export_pb2 import ImportAnkiPackageUpdateCondition as Condition

from cardwright.decks import Build, after_import, package
from cardwright.decks.notetypes import FIELDS, NoteType, Template
from cardwright.model import Note
from decks.learner import Learner
from decks.older import keeps_times
from decks.shelf import NOW, Shelf, basic, cloze

# What the advice of a breaking release asks a learner to tick.
TICKED = {
    "merge_notetypes": True,
    "update_notes": Condition.IMPORT_ANKI_PACKAGE_UPDATE_CONDITION_ALWAYS,
    "update_notetypes": Condition.IMPORT_ANKI_PACKAGE_UPDATE_CONDITION_ALWAYS,
}
# The schema of an older program: the way back alone, no place for a source, and fields in another order.
_OLDER = ("Front", "Id", "Back")


def _older(build: Build) -> Build:
    """The same release as a program with fewer fields and one template would have made it."""
    known = build.note_types["basic"]
    ids = dict(known.fields)
    reverse = known.templates[1]
    type_ = NoteType(
        "basic",
        known.id,
        known.name,
        tuple((name, ids[name] if name != "Back" else 77) for name in _OLDER),
        (Template(reverse.name, reverse.id, "{{Back}}", "{{FrontSide}}<hr>{{Front}}"),),
        "",
        known.mod,
    )
    notes = {
        stem: tuple(replace(note, ords=(1,)) if note.kind == "basic" else note for note in every)
        for stem, every in build.notes.items()
    }
    types = {**build.note_types, "basic": type_}
    released = replace(build.released, types={**build.released.types, "basic": type_.released()})
    return replace(build, notes=notes, note_types=types, released=released)


def _places(build: Build, note: Note) -> tuple[tuple[int, str], ...]:
    """Number and deck of each review card as Anki has them: templates count in the learners' order."""
    return tuple(sorted((build.note_types[note.kind].ordinal(each), note.deck) for each in note.ords))


@pytest.fixture
def ship(shelf: Shelf, tmp_path: Path) -> Shelf:
    """A project that an older program released; its package is 1.apkg."""
    shelf.put(
        basic("bow", extra="Pointed.", reverse=True),
        basic("stern", reverse=True),
        cloze("mast", "A {{c1::mast}} has {{c2::yards}}."),
    )
    shelf.deck("ship", "name: Ship\ncards: [words]")
    build = _older(shelf.build())
    shelf.released = build.released
    (tmp_path / "1.apkg").write_bytes(package(build, build.decks[0]))
    return shelf


def test_another_schema_is_refused_with_both_ways_out(ship: Shelf) -> None:
    """Build with the older program, or declare it."""
    build, (found,) = ship.plan(NOW + 60)

    assert build is None
    assert (found.code, found.severity) == ("CW553", "error")
    assert "the fields Front, Id, Back and the templates Reverse" in found.message
    assert "cardwright build --breaking" in found.help


def test_declared_the_memory_takes_the_new_schema(ship: Shelf) -> None:
    """Invariant 12: parts that learners have keep their ids; the next build is an ordinary one again."""
    older = ship.released.types["basic"]

    build = ship.build(NOW + 60, breaking=True)

    now = ship.released.types["basic"]
    assert (now.id, now.name, now.mod) == (older.id, older.name, NOW + 60)
    assert [name for name, _ in now.fields] == [*_OLDER, *(name for name in FIELDS["basic"] if name not in _OLDER)]
    assert now.fields[:3] == older.fields
    assert [name for name, _ in now.templates] == ["Reverse", "Recall", "Spare"]
    assert now.templates[:1] == older.templates
    numbers = [number for _, number in (*now.fields, *now.templates)]
    assert len(set(numbers)) == len(numbers)
    assert [each.kind for each in build.breaking] == ["basic"]
    assert ship.released.types["cloze"].mod == NOW
    build = ship.build(NOW + 120)
    assert build.breaking == ()
    assert build.note_types["basic"].mod == NOW + 60


def test_what_breaks_nothing_is_told(shelf: Shelf) -> None:
    """An option that stays in a script would let the next change of schema pass unseen."""
    shelf.put(basic("bow"))
    shelf.deck("ship", "name: Ship\ncards: [words]")
    shelf.build()

    build, (found,) = shelf.plan(NOW + 60, breaking=True)

    assert build is not None
    assert (found.code, found.severity) == ("CW554", "warning")
    assert build.released == shelf.released


def test_the_build_prints_the_options_that_a_learner_needs(ship: Shelf) -> None:
    """In the words of Anki's own dialog, and only for the release that breaks."""
    lines = "\n".join(after_import(ship.build(NOW + 60, breaking=True), ["decks/ship.apkg"]))

    for words in ("'Merge note types'", "'Update notes' and 'Update note types' to 'Always'", "one-way sync"):
        assert words in lines
    assert "leave 'Update notes'" not in lines
    later = "\n".join(after_import(ship.build(NOW + 120), ["decks/ship.apkg"]))
    assert "leave 'Update notes' at 'If newer'" in later
    assert "Merge" not in later


@keeps_times
def test_with_these_options_everything_arrives(ship: Shelf, learner: Callable[[], Learner], tmp_path: Path) -> None:
    """Invariant 15: no conflict, one note type a kind, all fields filled, history intact; later releases need no option again."""
    anki = learner()
    anki.import_package(tmp_path / "1.apkg")
    anki.answer(4, deck="Ship")
    cards, reviews = anki.history()
    build = ship.build(NOW + 60, breaking=True)
    (tmp_path / "2.apkg").write_bytes(package(build, build.decks[0]))

    log = anki.import_package(tmp_path / "2.apkg", **TICKED)

    assert (log["conflicting"], log["new"]) == ([], [])
    names = {kind: each.name for kind, each in build.note_types.items()}
    assert anki.notes() == {
        note.guid: (
            names[note.kind],
            build.note_types[note.kind].arranged(note.fields),
            note.tags,
            _places(build, note),
        )
        for note in build.notes["ship"]
    }
    now, log_now = anki.history()
    assert log_now == reviews
    assert [row for row in now if row in cards] == cards
    assert len(now) == len(cards) + 2
    assert not [each.name for each in anki.collection.models.all_names_and_ids() if each.name.endswith("+")]
    assert anki.import_package(tmp_path / "2.apkg")["conflicting"] == []
    ship.put(basic("bow", "The front.", extra="Pointed.", reverse=True), *ship.cards["words"].cards[1:])
    log = anki.import_package(ship.package(tmp_path / "3.apkg", NOW + 120))
    assert (len(log["updated"]), log["new"], log["conflicting"]) == (1, [], [])


def test_without_them_nothing_is_lost_and_nothing_arrives(
    ship: Shelf, learner: Callable[[], Learner], tmp_path: Path
) -> None:
    """Why it is an error until it is declared: Anki refuses to update the notes; importing again with the options heals it."""
    anki = learner()
    anki.import_package(tmp_path / "1.apkg")
    anki.answer(4, deck="Ship")
    cards, reviews = anki.history()
    build = ship.build(NOW + 60, breaking=True)
    (tmp_path / "2.apkg").write_bytes(package(build, build.decks[0]))

    log = anki.import_package(tmp_path / "2.apkg")

    basics = sorted(note.guid for note in build.notes["ship"] if note.kind == "basic")
    assert log["conflicting"] == basics
    assert anki.history() == (cards, reviews)
    assert anki.import_package(tmp_path / "2.apkg", **TICKED)["conflicting"] == []
    assert {guid: note[1] for guid, note in anki.notes().items()} == {
        note.guid: build.note_types[note.kind].arranged(note.fields) for note in build.notes["ship"]
    }
    assert anki.history()[1] == reviews


def test_a_schema_with_unknown_parts_is_never_overwritten(ship: Shelf) -> None:
    """A newer program released it: learners would lose what stands there; declared or not, it is refused."""
    known = ship.released.types["basic"]
    newer = replace(known, fields=(*known.fields, ("Audio", 5)))
    ship.released = replace(ship.released, types={**ship.released.types, "basic": newer})

    build, (found,) = ship.plan(NOW + 60, breaking=True)

    assert build is None
    assert (found.code, found.help) == ("CW553", "build with the version of Cardwright that released this deck")
