"""What a build remembers, and what the next one makes of it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from cardwright.decks import Build, clock
from cardwright.diagnostics import Diagnostic, failed
from cardwright.memory.released import ReleasedNote
from decks.shelf import NOW, Shelf, basic, cloze


@pytest.fixture
def ship(shelf: Shelf) -> Shelf:
    """Two card files in a deck, released once."""
    shelf.put(basic("bow"), basic("stern", reverse=True), cloze("mast", "A {{c1::mast}} has {{c2::yards}}."))
    shelf.put(basic("tug"), file="boats", title="Boats")
    shelf.deck("ship", "name: Ship\ncards: [words, boats]")
    shelf.deck("boats", "name: Ship\ncards: [boats]")
    shelf.build()
    return shelf


def _line(shelf: Shelf, card: str) -> ReleasedNote:
    return next(each for each in shelf.released.notes.values() if each.id == card and not each.retired)


def _refused(shelf: Shelf, at: int = NOW + 60) -> list[Diagnostic]:
    build, found = shelf.plan(at)
    assert build is None
    return found


def _words(shelf: Shelf, *changed: object) -> None:
    """The first card file with these cards in place of those of the same id."""
    new = {getattr(each, "id", ""): each for each in changed}
    old = shelf.cards["words"].cards
    shelf.put(*(new.get(each.id, each) for each in old))  # type: ignore[arg-type]


def _counts(build: Build) -> tuple[tuple[str, ...], ...]:
    return build.new, build.changed, build.returned, build.retired


def test_a_guid_is_letters_and_digits_and_stays(ship: Shelf) -> None:
    """No edit of text, tags, title, order or file gives a card another guid."""
    before = {each.id: guid for guid, each in ship.released.notes.items()}
    ship.put(cloze("mast", "One {{c1::mast}}."), basic("stern", "x", tags=("t",)), title="Words")
    ship.put(basic("bow", "moved"), basic("tug", "y", reverse=True), file="boats", title="Boats")

    ship.build(NOW + 60)

    assert {each.id: guid for guid, each in ship.released.notes.items()} == before
    assert all(re.fullmatch(r"[0-9A-Za-z]{16}", guid) for guid in before.values())


def test_time_rises_with_content_alone(ship: Shelf) -> None:
    """An unchanged note keeps its time; a changed one takes the build's, and a revert another one."""
    _words(ship, basic("bow", "The front."))
    build = ship.build(NOW + 60)
    assert (_line(ship, "bow").mod, _line(ship, "stern").mod) == (NOW + 60, NOW)
    assert _counts(build) == ((), ("bow",), (), ())
    _words(ship, basic("bow"))
    ship.build(NOW + 120)
    assert _line(ship, "bow").mod == NOW + 120


def test_a_change_within_one_second_is_waited_for(ship: Shelf) -> None:
    """The time rises by one; the command is told how long to wait until it has come."""
    _words(ship, basic("bow", "The front."))

    build = ship.build(NOW)

    assert _line(ship, "bow").mod == NOW + 1
    assert build.wait == 1


def test_a_time_far_in_the_future_is_refused(ship: Shelf) -> None:
    """A machine whose clock is behind the memory cannot release."""
    found = _refused(ship, NOW - 3)

    assert [each.code for each in found] == ["CW551"]
    assert [each.note for each in found[0].related] == ["tug", "bow", "stern", "mast"]


def test_source_and_id_are_no_content(ship: Shelf) -> None:
    """Another line of a source changes no note."""
    from cardwright.model import Source

    _words(ship, basic("bow", sources=(Source("handbook.txt", 12),)))

    build = ship.build(NOW + 60)

    assert _counts(build) == ((), (), (), ())
    assert "handbook" in build.notes["ship"][0].fields[3]


def test_a_retired_card_that_returns_is_the_same_note(ship: Shelf) -> None:
    """Its guid is kept for it; unchanged words keep their time."""
    old = _line(ship, "bow")
    ship.put(*ship.cards["words"].cards[1:])
    build = ship.build(NOW + 60)
    assert _counts(build) == ((), (), (), ("bow",))
    assert ship.released.notes[old.guid].retired
    assert old.guid not in {note.guid for note in build.notes["ship"]}

    ship.put(basic("bow"), *ship.cards["words"].cards)
    build = ship.build(NOW + 120)

    assert _counts(build) == ((), (), ("bow",), ())
    assert _line(ship, "bow") == old


def test_a_draft_retires_and_a_card_moved_to_another_file_does_not(ship: Shelf) -> None:
    """What is in no deck is retired; what moved is told of, as Anki leaves it where it is."""
    _words(ship, basic("stern", draft=True))
    ship.put(*(each for each in ship.cards["words"].cards if each.id != "bow"))
    ship.put(basic("bow"), basic("tug"), file="boats", title="Boats")

    build, found = ship.plan(NOW + 60)

    assert build is not None
    assert _counts(build) == ((), (), (), ("stern",))
    assert [each.code for each in found] == ["CW543"]
    assert "the review cards that learners have stay in 'Ship::Words'" in found[0].message


def test_basic_to_cloze_is_a_new_note(ship: Shelf) -> None:
    """The old note is retired; going back revives it."""
    old = _line(ship, "bow")
    _words(ship, cloze("bow", "The {{c1::front}}."))
    build, found = ship.plan(NOW + 60)
    assert build is not None
    assert [(each.code, each.severity) for each in found] == [("CW540", "warning")]
    ship.build(NOW + 60)
    assert _line(ship, "bow").guid != old.guid
    assert ship.released.notes[old.guid].retired
    _words(ship, basic("bow"))

    ship.build(NOW + 120)

    assert _line(ship, "bow") == old


def test_a_partial_build_touches_its_own_lines(ship: Shelf) -> None:
    """Only cards of the chosen decks change, come and retire; other lines stay as they are."""
    before = dict(ship.released.notes)
    _words(ship, basic("bow", "The front."))
    ship.put(*ship.cards["words"].cards[:1], basic("keel"))
    ship.put(basic("launch"), file="boats", title="Boats")

    build = ship.build(NOW + 60, chosen=["boats"])

    assert _counts(build) == (("launch",), (), (), ("tug",))
    assert {deck.stem for deck in build.decks} == {"boats"}
    touched = [each.id for guid, each in ship.released.notes.items() if before.get(guid) != each]
    assert sorted(touched) == ["launch", "tug"]


def test_a_partial_build_retires_nothing_that_another_deck_has(ship: Shelf) -> None:
    """A card that moved out of the chosen deck's files is still in the project."""
    ship.put(file="boats", title="Boats")
    ship.put(*ship.cards["words"].cards, basic("tug"))
    ship.put(basic("raft"), file="boats", title="Boats")

    build = ship.build(NOW + 60, chosen=["boats"])

    assert build.retired == ()
    assert _line(ship, "tug").file == "boats"


def test_an_unknown_deck_is_told(ship: Shelf) -> None:
    """The nearest deck is offered."""
    build, found = ship.plan(chosen=["shpi"])

    assert build is None
    assert [(each.code, each.help) for each in found] == [("CW511", "did you mean 'ship'?")]


def test_without_a_clock_nothing_may_change(ship: Shelf) -> None:
    """An up-to-date memory needs no time; otherwise the cards are named."""
    build, found = ship.plan(0)
    assert build is not None
    assert not found
    assert build.released == ship.released
    _words(ship, basic("bow", "The front."), basic("stern", draft=True))

    found = _refused(ship, 0)

    assert [each.code for each in found] == ["CW552"]
    assert "1 changed: bow; 1 retired: stern" in found[0].message
    assert [each.note for each in found[0].related] == ["bow"]


def test_a_renamed_deck_or_title_is_refused(ship: Shelf) -> None:
    """Learners' cards would stay in the deck of the old name."""
    ship.cards["words"] = replace(ship.cards["words"], title="Vocabulary")
    (found,) = _refused(ship)
    assert found.code == "CW510"
    assert found.help.startswith("put the old name back (title: Words)")
    ship.cards["words"] = replace(ship.cards["words"], title="Words")
    ship.deck("ship", "name: Vessel\ncards: [words, boats]")
    ship.deck("boats", "name: Vessel\ncards: [boats]")

    found_all = _refused(ship)

    assert [each.code for each in found_all] == ["CW510", "CW510"]


def test_clozes_that_change_places_are_refused(ship: Shelf) -> None:
    """Invariant 20: a number that takes another number's answer would take its history; new and mended answers may come."""
    _words(ship, cloze("mast", "A {{c2::mast}} has {{c1::yards}}."))
    (found,) = _refused(ship)
    assert found.code == "CW541"
    assert "c1 is c2 now, c2 is c1 now" in found.message
    assert "accept: [c1, c2]" in found.help
    _words(ship, cloze("mast", "A {{c1::tall mast}} has {{c2::yards}} and {{c3::sails}}."))

    build = ship.build(NOW + 60)

    assert _counts(build) == ((), ("mast",), (), ())


def test_a_renumbering_is_refused(ship: Shelf) -> None:
    """Invariant 20: an answer put before the others moves them all."""
    _words(ship, cloze("mast", "{{c1::A}} {{c2::mast}} has {{c3::yards}}."))

    (found,) = _refused(ship)

    assert "c1 is c2 now, c2 is c3 now" in found.message


def test_an_id_changed_by_hand_is_pointed_out(ship: Shelf) -> None:
    """A card that vanished while a new one has its words."""
    ship.put(basic("prow", front="What is **bow**?"), *ship.cards["words"].cards[1:])

    build, found = ship.plan(NOW + 60)

    assert build is not None
    assert [(each.code, each.help) for each in found] == [
        ("CW542", "to keep their history: cardwright rename bow prow")
    ]


def test_a_look_that_changed_gets_a_later_time(ship: Shelf) -> None:
    """The CSS of learners is overwritten when ours changed, and only then."""
    known = ship.released.types["basic"]
    ship.released = replace(ship.released, types={**ship.released.types, "basic": replace(known, hash="old")})

    build = ship.build(NOW + 60)

    assert (build.note_types["basic"].mod, build.note_types["cloze"].mod) == (NOW + 60, NOW)
    assert build.note_types["basic"].id == known.id


def test_ids_come_from_the_memory(ship: Shelf) -> None:
    """Ids that learners have are used even where they would be made otherwise today."""
    known = ship.released.types["cloze"]
    fields = tuple((name, number + 1) for name, number in known.fields)
    other = replace(known, id=known.id + 5, name="Mine", fields=fields)
    ship.released = replace(ship.released, types={**ship.released.types, "cloze": other})

    made = ship.build(NOW + 60).note_types["cloze"]

    assert (made.id, made.name, made.fields) == (known.id + 5, "Mine", fields)


def test_another_schema_is_refused(ship: Shelf) -> None:
    """Anki would never update the notes of learners again."""
    known = ship.released.types["basic"]
    other = replace(known, fields=known.fields[:-1])
    ship.released = replace(ship.released, types={**ship.released.types, "basic": other})

    assert [each.code for each in _refused(ship)] == ["CW553"]


def test_two_notes_born_at_one_time_part(ship: Shelf) -> None:
    """As two branches of git may leave them: the greater guid moves to an earlier time, always the same."""
    notes = dict(ship.released.notes)
    one, other = sorted((_line(ship, "bow"), _line(ship, "tug")), key=lambda each: each.guid)
    notes[other.guid] = replace(other, born=one.born)
    ship.released = replace(ship.released, notes=notes)

    ship.build(NOW + 60)

    born = {each.guid: each.born for each in ship.released.notes.values()}
    assert len(set(born.values())) == len(born)
    assert born[one.guid] == one.born
    assert born[other.guid] < one.born


def test_notes_are_born_in_the_past_and_in_order(shelf: Shelf) -> None:
    """Ids of notes and of their review cards lie before the build."""
    shelf.put(*(cloze(f"c{number}", "{{c1::a}} {{c40::b}}") for number in range(30)))
    shelf.deck("ship", "name: Ship\ncards: [words]")

    notes = shelf.build().notes["ship"]

    born = [note.born for note in notes]
    assert born == sorted(set(born))
    assert max(born) + 40 < NOW * 1000


@pytest.mark.parametrize(
    ("environ", "real", "code"),
    [
        ({}, NOW, ""),
        ({"SOURCE_DATE_EPOCH": str(NOW - 5)}, NOW, ""),
        ({"SOURCE_DATE_EPOCH": str(NOW + 1)}, NOW, "CW550"),
        ({"SOURCE_DATE_EPOCH": "0"}, NOW, "CW550"),
        ({"SOURCE_DATE_EPOCH": "today"}, NOW, "CW550"),
        ({}, 1000, "CW550"),
    ],
    ids=["machine", "epoch", "future", "long-ago", "no-number", "broken-clock"],
)
def test_the_clock_of_a_build(environ: dict[str, str], real: int, code: str) -> None:
    """SOURCE_DATE_EPOCH may stand for now unless it lies in the future or before there was Anki."""
    made, found = clock(environ, real * 1000)

    assert [each.code for each in found] == ([code] if code else [])
    assert failed(found) == (made is None)
    if made is not None:
        assert made.stamp == int(environ.get("SOURCE_DATE_EPOCH", real)) * 1000
