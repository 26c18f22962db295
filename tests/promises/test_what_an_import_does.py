"""What the next import does to a learner, asked of Anki itself."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cardwright.decks import package
from cardwright.model import CardSet
from decks.learner import Learner
from decks.older import keeps_times
from decks.shelf import NOW, Shelf, basic, cloze
from promises.inside import with_note_types

EVERYTHING = {
    "merge_notetypes": True,
    "update_notes": 1,
    "update_notetypes": 1,
    "with_scheduling": True,
    "with_deck_configs": True,
}
_WRONG = re.compile("has a problem|front of this card is blank|No cloze|there is no field")


@pytest.fixture
def ship(shelf: Shelf) -> Shelf:
    """One deck of questions and clozes."""
    shelf.put(
        basic("bow"),
        basic("stern", reverse=True),
        cloze("mast", "A {{c1::mast}} has {{c2::yards {{c3::of wood}}}}."),
        *(basic(f"rope-{number}") for number in range(12)),
    )
    shelf.deck("ship", "name: Ship\ncards: [words]")
    return shelf


def _reworded(ship: Shelf, *, tags: bool = True) -> None:
    """Change every card in its answer, or its sentence, and in its tags."""
    ship.put(
        *(
            replace(
                card,
                back=f"{card.back} And more." if card.back else "",
                cloze=f"{card.cloze} And more." if card.cloze else "",
                tags=("tides",) if tags else (),
            )
            for card in ship.cards["words"].cards
        )
    )


def _edit(anki: Learner, card: str, text: str) -> None:
    """The learner writes a text into the answer of a card."""
    collection = anki.collection
    (number,) = collection.find_notes(f"Id:{card}")
    note = collection.get_note(number)
    note["Back"] = text
    collection.update_note(note)


def _answer_of(anki: Learner, card: str) -> str:
    (number,) = anki.collection.find_notes(f"Id:{card}")
    return str(anki.collection.get_note(number)["Back"])


def _css(anki: Learner, kind: str = "basic") -> str:
    anki.reopen()
    model = anki.collection.models.by_name(f"Cardwright {kind} (orla-pilots)")
    assert model is not None
    return str(model["css"])


def _with_css(ship: Shelf, path: Path, at: int, css: str) -> Path:
    """A release whose note types have another CSS than before, as a later version of the program may have."""
    types = {kind: replace(each, hash="another look") for kind, each in ship.released.types.items()}
    ship.released = replace(ship.released, types=types)
    build = ship.build(at)
    looks = {kind: replace(each, css=css) for kind, each in build.note_types.items()}
    path.write_bytes(package(replace(build, note_types=looks), build.decks[0]))
    return path


def test_a_second_build_changes_no_row(ship: Shelf, learner: Callable[[], Learner], tmp_path: Path) -> None:
    """Invariants 1, 30: built again on another day and imported again, nothing is new, updated or conflicting, no row differs."""
    anki = learner()
    anki.import_package(ship.package(tmp_path / "1.apkg"))
    anki.answer(5, deck="Ship")
    before = anki.rows()

    log = anki.import_package(ship.package(tmp_path / "2.apkg", NOW + 86_400))

    assert (log["new"], log["updated"], log["conflicting"]) == ([], [], [])
    assert len(log["duplicate"]) == len(ship.cards["words"].cards)
    assert anki.rows() == before


def test_one_change_touches_one_note(ship: Shelf, learner: Callable[[], Learner], tmp_path: Path) -> None:
    """Invariants 3, 30: the guid of the changed card alone is in Anki's log, and the rows of all other notes are as they were."""
    anki = learner()
    anki.import_package(ship.package(tmp_path / "1.apkg"))
    before = {row[1]: row for row in anki.rows()["notes"]}
    ship.put(basic("bow", "The front."), *ship.cards["words"].cards[1:])

    log = anki.import_package(ship.package(tmp_path / "2.apkg", NOW + 60))

    (bow,) = (guid for guid, note in ship.released.notes.items() if note.id == "bow")
    assert (log["updated"], log["new"], log["conflicting"]) == ([bow], [], [])
    after = {row[1]: row for row in anki.rows()["notes"]}
    assert {guid for guid in after if after[guid] != before[guid]} == {bow}


@pytest.mark.parametrize("ticked", [{}, {"with_scheduling": True}, EVERYTHING], ids=["default", "progress", "all"])
def test_reviews_are_never_lost(
    ship: Shelf, learner: Callable[[], Learner], tmp_path: Path, ticked: dict[str, Any]
) -> None:
    """Invariants 8, 30: with every card reworded, some gone and some new, rows of review cards and the review log stay the same."""
    anki = learner()
    anki.import_package(ship.package(tmp_path / "1.apkg"))
    anki.answer(14, deck="Ship")
    cards, reviews = anki.history()
    assert len(reviews) == 14
    _reworded(ship)
    kept = ship.cards["words"].cards
    ship.put(basic("keel"), *kept[:2], *kept[4:], cloze("sail", "A {{c1::sail}}."))
    changed = len(kept) - 2

    log = anki.import_package(ship.package(tmp_path / "2.apkg", NOW + 60), **ticked)

    assert (len(log["updated"]), len(log["new"]), log["conflicting"]) == (changed, 2, [])
    now, log_now = anki.history()
    assert log_now == reviews
    assert [row for row in now if row in cards] == cards
    assert len(now) == len(cards) + 2


@keeps_times
def test_a_learners_edit_of_an_unchanged_card_stays(
    ship: Shelf, learner: Callable[[], Learner], tmp_path: Path
) -> None:
    """Invariant 9: it survives releases that change other cards, and gives way when the author changes that card later."""
    anki = learner()
    anki.import_package(ship.package(tmp_path / "1.apkg"))
    _edit(anki, "bow", "In my words.")
    ship.put(ship.cards["words"].cards[0], basic("stern", "The back."), *ship.cards["words"].cards[2:])

    log = anki.import_package(ship.package(tmp_path / "2.apkg", NOW + 60))

    assert len(log["updated"]) == 1
    assert _answer_of(anki, "bow") == "In my words."
    ship.put(basic("bow", "The author's later words."), *ship.cards["words"].cards[1:])
    database = anki.collection.db
    assert database is not None
    database.execute("update notes set mod = ? where mod > ?", NOW + 90, NOW + 60)  # the edit, in the time of this test
    anki.import_package(ship.package(tmp_path / "3.apkg", NOW + 120))
    assert _answer_of(anki, "bow") == "The author's later words."


def test_a_learners_css_stays_while_ours_is_unchanged(
    ship: Shelf, learner: Callable[[], Learner], tmp_path: Path
) -> None:
    """Invariant 10: note types are marked with a later time only when their look changed."""
    anki = learner()
    anki.import_package(ship.package(tmp_path / "1.apkg"))
    models = anki.collection.models
    model = models.by_name("Cardwright basic (orla-pilots)")
    assert model is not None
    model["css"] = ".card { color: teal; }"
    models.update_dict(model)
    _reworded(ship)

    log = anki.import_package(ship.package(tmp_path / "2.apkg", NOW + 60))

    assert len(log["updated"]) == len(ship.cards["words"].cards)
    assert _css(anki) == ".card { color: teal; }"


def test_a_new_look_arrives(ship: Shelf, learner: Callable[[], Learner], tmp_path: Path) -> None:
    """Invariant 11: other CSS has a later time and is what the collection shows after the import."""
    anki = learner()
    anki.import_package(ship.package(tmp_path / "1.apkg"))
    before = {kind: each.mod for kind, each in ship.released.types.items()}

    anki.import_package(_with_css(ship, tmp_path / "2.apkg", NOW + 60, ".card { color: navy; }"))

    assert all(each.mod > before[kind] for kind, each in ship.released.types.items())
    assert _css(anki) == _css(anki, "cloze") == ".card { color: navy; }"


def test_a_renamed_field_is_no_conflict(ship: Shelf, learner: Callable[[], Learner], tmp_path: Path) -> None:
    """Invariant 13: Anki knows a field by its id, so that its name may change in place."""
    anki = learner()
    anki.import_package(ship.package(tmp_path / "1.apkg"))
    _reworded(ship)

    def rename(model: dict[str, Any]) -> None:
        model["mod"] += 60
        for field in model["flds"]:
            field["name"] = "Remarks" if field["name"] == "Extra" else field["name"]
        for template in model["tmpls"]:
            for side in ("qfmt", "afmt"):
                template[side] = template[side].replace("Extra}}", "Remarks}}")

    renamed = with_note_types(ship.package(tmp_path / "2.apkg", NOW + 60), tmp_path / "3.apkg", rename)

    log = anki.import_package(renamed)

    assert (len(log["updated"]), log["new"], log["conflicting"]) == (len(ship.cards["words"].cards), [], [])
    anki.reopen()
    model = anki.collection.models.by_name("Cardwright basic (orla-pilots)")
    assert model is not None
    assert "Remarks" in [field["name"] for field in model["flds"]]
    assert not [each.name for each in anki.collection.models.all_names_and_ids() if each.name.endswith("+")]


def test_every_release_goes_over_every_earlier_one(ship: Shelf, learner: Callable[[], Learner], tmp_path: Path) -> None:
    """Invariants 14, 30: whichever release a learner has, the newest arrives without conflict, with one note type a kind."""
    files = [ship.package(tmp_path / "0.apkg")]
    _reworded(ship)
    files.append(ship.package(tmp_path / "1.apkg", NOW + 60))
    files.append(_with_css(ship, tmp_path / "2.apkg", NOW + 120, ".card { color: navy; }"))
    ship.put(cloze("bow", "The {{c1::bow}}."), basic("mast"), *ship.cards["words"].cards[3:])
    newest = ship.package(tmp_path / "3.apkg", NOW + 180)
    for file in files:
        anki = learner()
        anki.import_package(file)
        anki.answer(3, deck="Ship")
        log = anki.import_package(newest)
        assert log["conflicting"] == []
        names = [each.name for each in anki.collection.models.all_names_and_ids() if "orla" in each.name]
        assert sorted(names) == ["Cardwright basic (orla-pilots)", "Cardwright cloze (orla-pilots)"]


def test_with_a_field_of_ones_own_note_types_must_be_merged_each_time(
    ship: Shelf, learner: Callable[[], Learner], tmp_path: Path
) -> None:
    """As the learner's page says: nothing is lost by it, but without the other options no update arrives."""
    anki = learner()
    anki.import_package(ship.package(tmp_path / "1.apkg"))
    anki.answer(6, deck="Ship")
    for kind in ("basic", "cloze"):
        models = anki.collection.models
        model = models.by_name(f"Cardwright {kind} (orla-pilots)")
        assert model is not None
        models.add_field(model, models.new_field("Mine"))
        models.update_dict(model)
    history = anki.history()
    _reworded(ship)
    file = ship.package(tmp_path / "2.apkg", NOW + 60)
    count = len(ship.cards["words"].cards)

    log = anki.import_package(file)

    assert (len(log["conflicting"]), log["updated"], log["new"]) == (count, [], [])
    assert anki.history() == history
    log = anki.import_package(file, merge_notetypes=True, update_notes=1)
    assert (log["conflicting"], len(log["updated"]), log["new"]) == ([], count, [])
    assert anki.history() == history
    assert all("Mine" in anki.collection.get_note(each) for each in anki.collection.find_notes(""))
    _reworded(ship)
    file = ship.package(tmp_path / "3.apkg", NOW + 120)
    assert len(anki.import_package(file)["conflicting"]) == count
    assert len(anki.import_package(file, merge_notetypes=True, update_notes=1)["updated"]) == count
    assert anki.history() == history


def test_review_cards_are_those_that_anki_would_make(
    ship: Shelf, learner: Callable[[], Learner], tmp_path: Path
) -> None:
    """Invariants 17, 18, 19: Anki adds no review card, finds none empty and nothing to mend, and shows every side."""
    anki = learner()
    anki.import_package(ship.package(tmp_path / "1.apkg"))
    before = anki.rows()["cards"]
    collection = anki.collection

    collection.after_note_updates(list(collection.find_notes("")), mark_modified=False, generate_cards=True)

    assert anki.rows()["cards"] == before
    assert list(collection.get_empty_cards().notes) == []
    assert collection.fix_integrity()[1]
    assert {row[1] for row in before} == set(collection.find_notes(""))
    for _, _, question, answer in anki.sides():
        assert not _WRONG.search(question + answer)


def test_decks_that_share_a_file_arrive_as_their_union(
    shelf: Shelf, learner: Callable[[], Learner], tmp_path: Path
) -> None:
    """Invariant 27: each note once, whichever package comes first, and every review card has its note."""
    shelf.put(basic("bow"), basic("stern"))
    shelf.put(basic("rope"), cloze("knot", "A {{c1::bowline}}."), file="gear", title="Gear")
    shelf.put(basic("tide"), file="sea", title="Sea")
    shelf.deck("ship", "name: Ship\ncards: [words, gear]")
    shelf.deck("rest", "name: Ship\ncards: [gear, sea]")
    build = shelf.build()
    files = {deck.stem: tmp_path / f"{deck.stem}.apkg" for deck in build.decks}
    for deck in build.decks:
        files[deck.stem].write_bytes(package(build, deck))
    for order in (["ship", "rest"], ["rest", "ship"]):
        anki = learner()
        for stem in order:
            anki.import_package(files[stem])
        assert len(anki.notes()) == len(anki.rows()["notes"]) == 5
        assert _without_orphans(anki)


def test_two_projects_built_at_one_moment_do_not_meet(learner: Callable[[], Learner], tmp_path: Path) -> None:
    """Invariant 27: the same cards and the same second under two namespaces: the notes of both, each with its review cards."""
    anki = learner()
    wanted: dict[str, int] = {}
    for namespace in ("orla-pilots", "tees-pilots"):
        shelf = Shelf(namespace)
        shelf.cards["words"] = CardSet(
            "words", "Words", (), tuple(basic(f"card-{number}", reverse=number % 2 == 0) for number in range(50))
        )
        shelf.deck("ship", f"name: {namespace}\ncards: [words]")
        anki.import_package(shelf.package(tmp_path / f"{namespace}.apkg"))
        wanted |= dict.fromkeys(shelf.released.notes, 0)

    assert set(anki.notes()) == set(wanted)
    assert len(anki.rows()["notes"]) == 100
    assert len(anki.rows()["cards"]) == 150
    assert _without_orphans(anki)
    assert {deck for note in anki.notes().values() for _, deck in note[3]} == {
        "orla-pilots::Words",
        "tees-pilots::Words",
    }


def _without_orphans(anki: Learner) -> bool:
    """Every review card has a note, every note a review card, and Anki's own check agrees."""
    rows = anki.rows()
    same = {row[1] for row in rows["cards"]} == {row[0] for row in rows["notes"]}
    return same and anki.collection.fix_integrity()[1] and anki.rows()["cards"] == rows["cards"]
