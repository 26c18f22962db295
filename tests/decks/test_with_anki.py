"""What arrives in Anki: every test here asks the real backend."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from cardwright.decks import after_import, anki_text, package, retired_search
from decks.learner import Learner
from decks.older import several_numbers
from decks.shelf import NOW, Shelf, basic, cloze

_WRONG = re.compile("has a problem|front of this card is blank|No cloze|there is no field")


def test_everything_arrives_as_it_was_built(shelf: Shelf, learner: Callable[[], Learner], tmp_path: Path) -> None:
    """Invariant 21: fields, tags, deck names and review cards of every note are the same in Anki and in the build."""
    shelf.varied()
    build = shelf.build()
    file = tmp_path / "pilots.apkg"
    file.write_bytes(package(build, build.decks[0]))
    anki = learner()

    log = anki.import_package(file)

    notes = build.notes["pilots"]
    assert log["new"] == sorted(note.guid for note in notes)
    assert not any(log[each] for each in log if each != "new")
    names = {kind: each.name for kind, each in build.note_types.items()}
    assert anki.notes() == {
        note.guid: (names[note.kind], note.fields, note.tags, tuple((each, note.deck) for each in note.ords))
        for note in notes
    }


@several_numbers
def test_review_cards_are_those_that_anki_would_make(
    shelf: Shelf, learner: Callable[[], Learner], tmp_path: Path
) -> None:
    """Invariants 17, 18: Anki adds no card, finds none empty, and its check of the database finds nothing to mend."""
    shelf.varied()
    anki = learner()
    anki.import_package(shelf.package(tmp_path / "pilots.apkg"))
    before = anki.rows()["cards"]
    collection = anki.collection

    collection.after_note_updates(list(collection.find_notes("")), mark_modified=False, generate_cards=True)

    assert anki.rows()["cards"] == before
    assert list(collection.get_empty_cards().notes) == []
    assert collection.fix_integrity()[1]
    assert anki.rows()["cards"] == before


@several_numbers
def test_every_side_of_every_card_shows_something(shelf: Shelf, learner: Callable[[], Learner], tmp_path: Path) -> None:
    """Invariant 19: no side is blank and none shows a fault of a template; sources stay off the question."""
    shelf.varied()
    anki = learner()
    anki.import_package(shelf.package(tmp_path / "pilots.apkg"))

    sides = anki.sides()

    assert len(sides) == 24
    for _, _, question, answer in sides:
        assert not _WRONG.search(question)
        assert not _WRONG.search(answer)
        assert len(re.sub(r"<style>.*?</style>|<[^>]*>", "", question, flags=re.DOTALL).strip()) > 10
        assert "Pilot's handbook" not in question
    assert sum("Pilot's handbook" in answer for _, _, _, answer in sides) == 3


def test_a_second_import_changes_no_row(shelf: Shelf, learner: Callable[[], Learner], tmp_path: Path) -> None:
    """The same package again: nothing new, nothing updated, all tables equal."""
    shelf.varied()
    file = shelf.package(tmp_path / "pilots.apkg")
    anki = learner()
    anki.import_package(file)
    before = anki.rows()

    log = anki.import_package(file)

    assert not any(log[each] for each in log if each != "duplicate")
    assert anki.rows() == before


def test_text_over_the_package_changes_nothing(shelf: Shelf, learner: Callable[[], Learner], tmp_path: Path) -> None:
    """Invariant 29: Anki's text format of the same build: every row is a duplicate."""
    shelf.varied()
    file = shelf.package(tmp_path / "pilots.apkg")
    build = shelf.build(NOW + 60)
    text = tmp_path / "pilots.anki.txt"
    text.write_bytes(anki_text(build, build.decks[0]))
    anki = learner()
    anki.import_package(file)
    before = anki.rows()

    log = anki.import_text(text)

    assert len(log["duplicate"]) == len(build.notes["pilots"])
    assert not any(log[each] for each in log if each != "duplicate")
    assert anki.rows() == before


@several_numbers
def test_text_alone_gives_the_same_notes(shelf: Shelf, learner: Callable[[], Learner], tmp_path: Path) -> None:
    """In a collection that has the note types but no note, the text format brings what the package brings."""
    shelf.varied()
    build = shelf.build()
    file, text = tmp_path / "pilots.apkg", tmp_path / "pilots.anki.txt"
    file.write_bytes(package(build, build.decks[0]))
    text.write_bytes(anki_text(build, build.decks[0]))
    one, other = learner(), learner()
    one.import_package(file)
    other.import_package(file)
    other.collection.remove_notes(list(other.collection.find_notes("")))
    assert other.notes() == {}

    log = other.import_text(text)

    assert len(log["new"]) == len(build.notes["pilots"])
    assert other.notes() == one.notes()
    assert [side[1:] for side in sorted(other.sides())] == [side[1:] for side in sorted(one.sides())]


def test_new_cards_come_in_the_order_of_the_file(shelf: Shelf, learner: Callable[[], Learner], tmp_path: Path) -> None:
    """Anki's place in the queue of new cards is that of the note in the deck."""
    shelf.put(*(basic(name) for name in ("stern", "anchor", "mast", "bow")))
    shelf.deck("words", "name: Ship\ncards: [words]")
    anki = learner()
    anki.import_package(shelf.package(tmp_path / "words.apkg"))

    order = anki.collection.find_cards("", order="c.due")

    fields = [anki.collection.get_card(number).note()["Id"] for number in order]
    assert fields == ["stern", "anchor", "mast", "bow"]


def test_only_the_changed_card_is_updated(shelf: Shelf, learner: Callable[[], Learner], tmp_path: Path) -> None:
    """A reworded card reaches the learner alone; a revert reaches them too."""
    shelf.put(basic("bow"), basic("stern"), cloze("mast", "A {{c1::mast}} stands."))
    shelf.deck("words", "name: Ship\ncards: [words]")
    anki = learner()
    anki.import_package(shelf.package(tmp_path / "1.apkg"))
    before = anki.notes()
    shelf.put(basic("bow", "The front."), basic("stern"), cloze("mast", "A {{c1::mast}} stands."))

    log = anki.import_package(shelf.package(tmp_path / "2.apkg"))

    bow = next(guid for guid, note in shelf.released.notes.items() if note.id == "bow")
    assert (log["updated"], log["new"], log["conflicting"]) == ([bow], [], [])
    assert {guid: note for guid, note in anki.notes().items() if guid != bow} == {
        guid: note for guid, note in before.items() if guid != bow
    }
    shelf.put(basic("bow"), basic("stern"), cloze("mast", "A {{c1::mast}} stands."))
    log = anki.import_package(shelf.package(tmp_path / "3.apkg"))
    assert log["updated"] == [bow]
    assert anki.notes() == before


def test_history_is_kept_over_a_release(shelf: Shelf, learner: Callable[[], Learner], tmp_path: Path) -> None:
    """Answers given before an import are there after it: card rows and review log are the same."""
    shelf.varied()
    anki = learner()
    anki.import_package(shelf.package(tmp_path / "1.apkg"))
    collection = anki.collection
    deck = collection.decks.by_name("Orla pilots")
    assert deck is not None
    collection.decks.select(deck["id"])
    for ease in (1, 2, 3, 4, 3):
        card = collection.sched.getCard()
        assert card is not None
        collection.sched.answerCard(card, ease)
    before = anki.rows()
    words = shelf.cards["harbour-words"].cards
    shelf.put(*words[:-1], basic("new-one"), file="harbour-words", title="Harbour words", tags=["harbour", "more"])

    anki.import_package(shelf.package(tmp_path / "2.apkg", NOW + 500))

    after = anki.rows()
    assert after["revlog"] == before["revlog"]
    assert [row for row in after["cards"] if row in before["cards"]] == before["cards"]
    assert len(after["notes"]) == len(before["notes"]) + 1


def test_two_decks_that_share_a_file_can_both_be_imported(
    shelf: Shelf, learner: Callable[[], Learner], tmp_path: Path
) -> None:
    """Invariant 27: their union arrives, each note once."""
    shelf.varied()
    shelf.deck("code", "name: Orla pilots\ndescription: For the <first> month.\ncards: [harbour-code]")
    anki = learner()
    build = shelf.build()
    for deck in build.decks:
        (tmp_path / deck.stem).with_suffix(".apkg").write_bytes(package(build, deck))

    anki.import_package(tmp_path / "code.apkg")
    anki.import_package(tmp_path / "pilots.apkg")

    assert len(anki.notes()) == len(build.notes["pilots"])
    assert {each.name for each in anki.collection.decks.all_names_and_ids()} == {
        "Default",
        "Orla pilots",
        "Orla pilots::Harbour words",
        "Orla pilots::Code & numbers",
    }


def test_retired_cards_are_found_by_the_search_that_is_told(
    shelf: Shelf, learner: Callable[[], Learner], tmp_path: Path
) -> None:
    """Also one that was basic and is a cloze now: its old note alone is found."""
    shelf.put(basic("bow"), basic("stern"), basic("keel"))
    shelf.deck("ship", "name: Ship\ncards: [words]")
    anki = learner()
    anki.import_package(shelf.package(tmp_path / "1.apkg"))
    old = {each.id: guid for guid, each in shelf.released.notes.items()}
    shelf.put(cloze("bow", "The {{c1::front}}."), basic("stern"))
    build = shelf.build(NOW + 60)
    (tmp_path / "2.apkg").write_bytes(package(build, build.decks[0]))
    anki.import_package(tmp_path / "2.apkg")

    search = after_import(build, [])[-1].strip()
    assert search == retired_search(build, build.retired)

    found = {anki.collection.get_note(number).guid for number in anki.collection.find_notes(search)}
    assert found == {old["bow"], old["keel"]}
    assert len(anki.notes()) == 4


def test_a_description_arrives_as_text(shelf: Shelf, learner: Callable[[], Learner], tmp_path: Path) -> None:
    """The description arrives on the deck that is named in the deck file, as text."""
    shelf.varied()
    anki = learner()
    anki.import_package(shelf.package(tmp_path / "pilots.apkg"))

    deck = anki.collection.decks.by_name("Orla pilots")

    assert deck is not None
    assert deck["desc"] == "For the &lt;first&gt; month."
