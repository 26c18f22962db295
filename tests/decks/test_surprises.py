"""Changes that would cost learners their history: told before the release, and proven with Anki."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from cardwright.decks import after_import, package, retired_search
from cardwright.diagnostics import Diagnostic
from cardwright.memory.released import ReleasedNote
from decks.learner import Learner
from decks.shelf import NOW, Shelf, basic, cloze

MAST = "A {{c1::mast}} has {{c2::yards}}."


@pytest.fixture
def ship(shelf: Shelf) -> Shelf:
    """A deck with a basic card and a cloze, released once."""
    shelf.put(basic("bow"), cloze("mast", MAST))
    shelf.deck("ship", "name: Ship\ncards: [words]")
    shelf.build()
    return shelf


def _mast(shelf: Shelf, text: str, *accept: str) -> list[Diagnostic]:
    shelf.put(basic("bow"), cloze("mast", text, accept=accept))
    return shelf.plan(NOW + 60)[1]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("A {{c2::mast}} has {{c1::yards}}.", "accept: [c1, c2]"),
        ("{{c1::One}} {{c2::mast}} has {{c3::yards}}.", "accept: [c1, c2]"),
        ("A mast has {{c1::yards}}.", "accept: [c1, c2]"),
        ("A {{c1::mast}} has {{c3::yards}}.", "accept: [c2]"),
        ("A {{c10::mast}} has {{c2::yards}}.", "accept: [c1]"),
    ],
    ids=["swap", "one-before", "first-gone", "second-renumbered", "first-renumbered"],
)
def test_a_number_that_moved_is_refused_until_the_card_accepts_it(ship: Shelf, text: str, line: str) -> None:
    """Invariant 20: the error prints the line; with it the build goes on; with a part of it it does not."""
    (found,) = _mast(ship, text)
    assert (found.code, found.severity) == ("CW541", "error")
    assert found.help.endswith(line)
    numbers = line.removeprefix("accept: [").removesuffix("]").split(", ")
    assert [each.code for each in _mast(ship, text, *numbers[1:])] == ["CW541"]

    assert _mast(ship, text, *numbers) == []

    assert ship.build(NOW + 60).changed == ("mast",)


@pytest.mark.parametrize(
    "text",
    [
        "A {{c1::tall mast}} has {{c2::yards}}.",
        "A {{c1::mast}} has {{c2::yards}} and {{c3::sails}}.",
        "A {{c1::mast::wood}} has {{c2::yards}}",
        "{{c2::Yards}} hang on a {{c1::mast}}.",
        "A {{c1::mast}} stands.",
    ],
    ids=["reworded", "added", "hint", "other-order", "last-gone"],
)
def test_a_reworded_answer_is_no_move(ship: Shelf, text: str) -> None:
    """Each number still asks what it asked."""
    assert _mast(ship, text) == []


def test_two_gaps_of_one_answer_may_part(ship: Shelf) -> None:
    """Where two numbers hid the same, either may be reworded."""
    ship.put(basic("bow"), cloze("mast", "{{c1::Two}} masts, {{c2::two}} yards."))
    ship.build(NOW + 30)

    assert _mast(ship, "{{c1::Two}} masts, {{c2::three}} yards.") == []


@pytest.mark.parametrize("card", ["mast", "bow", "new"])
def test_an_acknowledgement_that_is_not_needed_can_be_deleted(ship: Shelf, card: str) -> None:
    """After the release, on a card without gaps, and on a new card: a warning, as it would hide the next exchange."""
    cards = {"mast": cloze("mast", MAST), "bow": basic("bow"), "new": cloze("new", "A {{c1::keel}}.")}
    cards[card] = replace(cards[card], accept=("c1", "c2"))
    ship.put(*cards.values())

    build, found = ship.plan(NOW + 60)

    assert build is not None
    assert [(each.code, each.severity) for each in found] == [("CW544", "warning")]


def test_an_accepted_exchange_gives_each_history_the_other_answer(
    ship: Shelf, learner: Callable[[], Learner], tmp_path: Path
) -> None:
    """What the error warns of is what happens: the review card of c1 keeps its history and asks for another answer."""
    anki = learner()
    anki.import_package(ship.package(tmp_path / "1.apkg"))
    anki.answer(3, deck="Ship")
    before = anki.history()
    asked = {order: answer for _, order, _, answer in anki.sides() if "mast" in answer}
    ship.put(basic("bow"), cloze("mast", "A {{c2::mast}} has {{c1::yards}}.", accept=("c1", "c2")))

    anki.import_package(ship.package(tmp_path / "2.apkg", NOW + 60))

    assert anki.history() == before
    now = {order: answer for _, order, _, answer in anki.sides() if "mast" in answer}
    assert now.keys() == asked.keys() == {0, 1}
    assert all(now[order] != asked[order] for order in now)


def _line(shelf: Shelf, card: str, kind: str = "basic") -> ReleasedNote:
    return next(each for each in shelf.released.notes.values() if each.id == card and each.kind == kind)


def test_basic_to_cloze_and_back(ship: Shelf, learner: Callable[[], Learner], tmp_path: Path) -> None:
    """Both ways are told of; the learner has both notes, the basic one with its history, and none is doubled."""
    anki = learner()
    anki.import_package(ship.package(tmp_path / "1.apkg"))
    anki.answer(2, deck="Ship")
    cards, reviews = anki.history()
    old = _line(ship, "bow")
    ship.put(cloze("bow", "The {{c1::front}} of a ship."), cloze("mast", MAST))
    (told,) = ship.plan(NOW + 60)[1]
    assert (told.code, told.severity) == ("CW540", "warning")
    assert "'bow' was released as basic and is cloze now: learners get it as a new note" in told.message

    anki.import_package(ship.package(tmp_path / "2.apkg", NOW + 60))

    now, log = anki.history()
    assert log == reviews
    assert [row for row in now if row in cards] == cards
    assert sum(fields[3 if "cloze" in kind else 4] == "bow" for kind, fields, _, _ in anki.notes().values()) == 2
    ship.put(basic("bow"), cloze("mast", MAST))
    (told,) = ship.plan(NOW + 120)[1]
    assert (told.code, told.message.split(":")[1]) == ("CW540", " learners get it as a basic note it was before")
    done = anki.import_package(ship.package(tmp_path / "3.apkg", NOW + 120))
    assert (done["new"], done["updated"], done["conflicting"]) == ([], [], [])
    assert ship.released.notes[old.guid] == old
    assert _line(ship, "bow", "cloze").retired


def test_a_card_moved_to_another_file_stays_where_it_is(
    ship: Shelf, learner: Callable[[], Learner], tmp_path: Path
) -> None:
    """The learner's review cards stay in the old deck, changed or not; a new learner has them in the new one."""
    anki, new = learner(), learner()
    anki.import_package(ship.package(tmp_path / "1.apkg"))
    anki.answer(2, deck="Ship")
    before = anki.history()
    ship.put(cloze("mast", "A {{c1::mast}} bears {{c2::yards}}."))
    ship.put(basic("bow"), file="boats", title="Boats")
    ship.deck("ship", "name: Ship\ncards: [words, boats]")
    (told,) = ship.plan(NOW + 60)[1]
    assert (told.code, told.severity) == ("CW543", "warning")
    assert "stay in 'Ship::Words', and only new learners get it in the new deck" in told.message

    file = ship.package(tmp_path / "2.apkg", NOW + 60)
    anki.import_package(file)
    new.import_package(file)

    assert anki.history() == before
    bow = _line(ship, "bow").guid
    assert [each.notes()[bow][3] for each in (anki, new)] == [((0, "Ship::Words"),), ((0, "Ship::Boats"),)]


@pytest.mark.parametrize(
    ("card", "said"),
    [
        (basic("prow", front="What is bow?"), "its words"),
        (basic("prow", "Other.", front="What is bow?"), "its question"),
    ],
    ids=["same-words", "same-question"],
)
@pytest.mark.parametrize("late", [False, True], ids=["at-once", "a-release-later"])
def test_an_id_that_vanished_is_pointed_out(ship: Shelf, card: object, said: str, late: bool) -> None:
    """A new card says what a retired one says: the command that joins them, also if the old one is gone for longer."""
    if late:
        ship.put(cloze("mast", MAST))
        ship.build(NOW + 30)
    ship.put(card, cloze("mast", MAST))  # type: ignore[arg-type]

    build, found = ship.plan(NOW + 60)

    assert build is not None
    assert [(each.code, each.help) for each in found] == [
        ("CW542", "to keep their history: cardwright rename bow prow")
    ]
    assert f"'bow' is gone, and the new card 'prow' has {said}" in found[0].message
    ship.build(NOW + 60)
    assert ship.plan(NOW + 90)[1] == []


def test_retired_cards_are_listed_with_a_search_over_all_their_ids(
    ship: Shelf, learner: Callable[[], Learner], tmp_path: Path
) -> None:
    """A card with a new id has the old one in the learner's field still: the search finds it, and nothing else."""
    ship.put(basic("bow"), basic("keel"), basic("keel-2"), cloze("mast", MAST))
    anki = learner()
    anki.import_package(ship.package(tmp_path / "1.apkg"))
    bow = _line(ship, "bow")
    renamed = replace(bow, id="prow", was=("bow",))
    ship.released = replace(ship.released, notes={**ship.released.notes, bow.guid: renamed})
    ship.put(basic("prow"), basic("keel-2"), cloze("mast", MAST))
    ship.put(basic("keel-2"), cloze("mast", MAST))

    build = ship.build(NOW + 60)

    lines = after_import(build, [])
    assert lines[0] == "2 cards are in no deck any more: keel, prow"
    assert lines[-1].strip() == '"Id:re:^(bow|keel|prow)$"'
    found = {anki.collection.get_note(number).guid for number in anki.collection.find_notes(lines[-1].strip())}
    assert found == {bow.guid, _line(ship, "keel").guid}


def test_a_search_never_names_a_living_card(ship: Shelf) -> None:
    """An id that another card has now, or had before, may stand on a learner's living note: it is left out."""
    ship.put(basic("bow"), basic("keel"), cloze("mast", MAST))
    ship.build(NOW + 10)
    bow, keel = _line(ship, "bow"), _line(ship, "keel")
    notes = {bow.guid: replace(bow, id="prow", was=("bow",)), keel.guid: replace(keel, id="bow", was=("keel",))}
    ship.released = replace(ship.released, notes={**ship.released.notes, **notes})
    ship.put(basic("bow", front="What is keel?"), cloze("mast", MAST))

    build = ship.build(NOW + 60)

    assert build.retired == ("prow",)
    assert retired_search(build, build.retired) == "Id:prow"


def test_a_thousand_retired_cards_can_be_searched(shelf: Shelf, learner: Callable[[], Learner], tmp_path: Path) -> None:
    """Twenty are named, and Anki takes the search for all of them."""
    shelf.put(basic("bow"), *(basic(f"card-{number}") for number in range(1000)))
    shelf.deck("ship", "name: Ship\ncards: [words]")
    anki = learner()
    anki.import_package(shelf.package(tmp_path / "1.apkg"))
    shelf.put(basic("bow"))

    lines = after_import(shelf.build(NOW + 60), [])

    assert lines[0].endswith(" and 980 more")
    assert len(anki.collection.find_notes(lines[-1].strip())) == 1000


def test_a_retired_card_that_comes_back_is_the_same_note(
    ship: Shelf, learner: Callable[[], Learner], tmp_path: Path
) -> None:
    """A learner who had it all the time sees no change and keeps the history; one who deleted it gets it again."""
    anki = learner()
    anki.import_package(ship.package(tmp_path / "1.apkg"))
    anki.answer(3, deck="Ship")
    before = anki.rows()
    ship.put(cloze("mast", MAST))
    anki.import_package(ship.package(tmp_path / "2.apkg", NOW + 60))
    assert anki.rows() == before
    ship.put(basic("bow"), cloze("mast", MAST))

    file = tmp_path / "3.apkg"
    build = ship.build(NOW + 120)
    file.write_bytes(package(build, build.decks[0]))
    anki.import_package(file)

    assert build.returned == ("bow",)
    assert anki.rows() == before
    anki.collection.remove_notes(list(anki.collection.find_notes("Id:bow")))
    assert anki.import_package(file)["new"] == [_line(ship, "bow").guid]
