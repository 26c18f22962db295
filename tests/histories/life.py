"""A random life of a deck: an author who edits and releases, a learner who learns, edits and imports."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from decks.learner import Learner
from histories.author import DECKS, FILES, ROOT, Author, Look, Part
from histories.held import Held, arrive

__all__ = ["Count", "History"]

_MINE = "Learner's own"

_KINDS = st.sampled_from(("basic", "cloze"))
_PARTS: st.SearchStrategy[Part] = st.sampled_from(("question", "answer", "extra", "tags", "source"))
_DECKS = st.sampled_from(sorted(DECKS))
_FILES = st.sampled_from(FILES)
# Which of the cards, notes or releases there are, counted round.
_WHICH = st.integers(0, 11)
# The buttons of the scheduler, from Again to Easy.
_EASES = st.lists(st.integers(1, 4), min_size=1, max_size=6)
# Two builds within a second, within a minute, after weeks.
_SECONDS = st.sampled_from((0, 1, 60, 86_400, 3_000_000))


@dataclass
class Count:
    """What has been lived through so far: `steps` of each history, and in all of them."""

    steps: list[int] = field(default_factory=list)
    imports: int = 0
    answers: int = 0
    updates: int = 0


class History(RuleBasedStateMachine):
    """One project and one learner. After each import the collection is held against what must be in it."""

    def __init__(self, folder: Path, count: Count) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory(dir=folder)
        self.count = count
        self.author = Author(Path(self._folder.name))
        self.learner = Learner(Path(self._folder.name) / "collection.anki2")
        self.notes: dict[str, Held] = {}
        self.looks: dict[str, Look] = {}
        self.sound = True
        decks: Any = self.learner.collection.decks
        config = decks.config_dict_for_deck_id(1)
        config["lapse"]["leechFails"] = 1_000  # a leech gets a tag from Anki itself
        decks.update_config(config)
        self.mine = self._deck(_MINE)
        count.steps.append(0)

    def teardown(self) -> None:
        """Every history ends with a release that is imported, by this learner and by a new one."""
        try:
            if self.sound and self.author.releases:
                self.author.release(after=60)
                self._import(len(self.author.releases) - 1, "all")
                self._new_learner()
        finally:
            self.learner.close()
            self._folder.cleanup()

    @contextmanager
    def _step(self) -> Iterator[None]:
        """Count a step; after one that failed there is nothing more to be held against anything."""
        self.count.steps[-1] += 1
        self.sound = False
        yield
        self.sound = True

    # What the author does.

    @initialize(kinds=st.lists(_KINDS, min_size=1, max_size=5), eases=_EASES)
    def begin(self, kinds: list[Any], eases: list[Any]) -> None:
        """A first release, its import, and a first day of learning."""
        with self._step():
            for number, kind in enumerate(kinds):
                self.author.add(kind, FILES[number % 2])
            self.author.release(after=1)
            self._import(0, "all")
            self._answer(ROOT, eases)

    @rule(kind=_KINDS, file=_FILES)
    def add(self, kind: Any, file: str) -> None:
        """The author writes a card."""
        with self._step():
            self.author.add(kind, file)

    @rule(which=_WHICH, part=_PARTS)
    def reword(self, which: int, part: Part) -> None:
        """The author changes one part of a card."""
        with self._step():
            self.author.reword(_one(self.author.cards, which), part)

    @rule(which=_WHICH, steps=st.integers(1, 4))
    def revert(self, which: int, steps: int) -> None:
        """The author puts a card back as it once was."""
        with self._step():
            self.author.revert(_one(self.author.cards, which), steps)

    @rule(which=_WHICH)
    def convert(self, which: int) -> None:
        """The author makes a cloze of a question, or the reverse."""
        with self._step():
            self.author.convert(_one(self.author.cards, which))

    @rule(which=_WHICH)
    def regap(self, which: int) -> None:
        """The author adds or drops a gap, or the other way round."""
        with self._step():
            self.author.regap(_one(self.author.cards, which))

    @precondition(lambda self: self.author.movable())
    @rule(which=_WHICH)
    def move(self, which: int) -> None:
        """The author moves a card to the other file."""
        with self._step():
            self.author.move(_one(self.author.movable(), which))

    @precondition(lambda self: self.author.movable())
    @rule(which=_WHICH)
    def withdraw(self, which: int) -> None:
        """The author deletes a card."""
        with self._step():
            self.author.withdraw(_one(self.author.movable(), which))

    @precondition(lambda self: self.author.withdrawn)
    @rule(which=_WHICH)
    def bring_back(self, which: int) -> None:
        """The author writes a deleted card again."""
        with self._step():
            self.author.bring_back(_one(self.author.withdrawn, which))

    @precondition(lambda self: self.author.movable())
    @rule(which=_WHICH)
    def rename(self, which: int) -> None:
        """The author gives a card another id."""
        with self._step():
            self.author.rename(_one(self.author.movable(), which))

    @rule()
    def restyle(self) -> None:
        """The program has a new look for its note types."""
        with self._step():
            self.author.restyle()

    @rule(after=_SECONDS, partly=st.booleans())
    def release(self, after: int, partly: bool) -> None:
        """A release of all decks, or of the one alone; perhaps nobody imports it."""
        with self._step():
            self.author.release(after=after, chosen=("part",) if partly else ())

    @rule(after=_SECONDS, which=_WHICH, part=_PARTS, deck=_DECKS)
    def reword_release_and_import(self, after: int, which: int, part: Part, deck: str) -> None:
        """What happens most often."""
        with self._step():
            self.author.reword(_one(self.author.cards, which), part)
            self.author.release(after=after)
            self._import(len(self.author.releases) - 1, deck)

    # What the learner does.

    @rule(back=st.sampled_from((0, 0, 0, 1, 2)), deck=_DECKS)
    def import_package(self, back: int, deck: str) -> None:
        """Mostly the last release, and at times an older one: others have been skipped."""
        with self._step():
            self._import(max(0, len(self.author.releases) - 1 - back), deck)

    @rule(eases=_EASES, deck=st.sampled_from((ROOT, ROOT, _MINE)))
    def answer(self, eases: list[Any], deck: str) -> None:
        """The learner answers what the scheduler shows in a deck."""
        with self._step():
            self._answer(deck, eases)

    @rule(eases=_EASES)
    def answer_later(self, eases: list[Any]) -> None:
        """All that was learned has become due in the meantime."""
        with self._step():
            collection = self.learner.collection
            collection.sched.set_due_date(collection.find_cards("-is:suspended"), "0")
            self._answer(ROOT, eases)

    @rule(which=_WHICH, field=st.integers(0, 2))
    def edit(self, which: int, field: int) -> None:
        """The learner writes into one of the first fields."""
        with self._step():
            guid = _one(self.notes, which)
            held = self.notes[guid]
            fields = list(held.fields)
            fields[field] = f"{fields[field]} My words of {self.author.now}."
            self._edited(guid, replace(held, fields=tuple(fields)))

    @rule(which=_WHICH)
    def tag(self, which: int) -> None:
        """The learner tags a note."""
        with self._step():
            guid = _one(self.notes, which)
            held = self.notes[guid]
            self._edited(guid, replace(held, tags=(*held.tags, f"mine{self.author.now}")))

    @rule(which=_WHICH, all_of_it=st.booleans())
    def move_to_own_deck(self, which: int, all_of_it: bool) -> None:
        """The learner moves one review card of a note, or all, into a deck of their own."""
        with self._step():
            guid = _one(self.notes, which)
            held = self.notes[guid]
            moved = sorted(held.cards)[: None if all_of_it else 1]
            self.learner.collection.set_deck(
                [card.id for card in self._note(guid).cards() if card.ord in moved], self.mine
            )
            self.notes[guid] = replace(held, cards=held.cards | dict.fromkeys(moved, _MINE))

    @rule(which=_WHICH)
    def suspend(self, which: int) -> None:
        """The learner suspends a note."""
        with self._step():
            cards = [card.id for card in self._note(_one(self.notes, which)).cards()]
            self.learner.collection.sched.suspend_cards(cards)

    @rule(which=_WHICH, colour=st.integers(1, 4))
    def flag(self, which: int, colour: int) -> None:
        """The learner flags a note."""
        with self._step():
            cards = [card.id for card in self._note(_one(self.notes, which)).cards()]
            self.learner.collection.set_user_flag_for_cards(colour, cards)

    @rule(kind=_KINDS)
    def restyle_own(self, kind: str) -> None:
        """The learner changes the CSS of one of our note types."""
        with self._step():
            look = self.looks.get(kind)
            if look is None:
                return
            models = self.learner.collection.models
            model = models.by_name(look.name)
            assert model is not None
            css = f"{look.css}\n/* my colours since {self.author.now} */"
            models.update_dict(model | {"css": css})
            self._stamp("notetypes", "mtime_secs", model["id"])
            self.learner.reopen()  # Anki's backend keeps note types too, and has not seen the other time
            self.looks[kind] = replace(look, css=css, since=next(self.author.events))

    # What must be so.

    def _import(self, number: int, deck: str) -> None:
        release = self.author.releases[number]
        if deck not in release.files:
            return
        expected = arrive(self.notes, self.looks, release, deck)
        before = self.learner.rows()

        log = self.learner.import_package(release.files[deck])

        after = self.learner.rows()
        self.count.imports += 1
        self.count.updates += len(log["updated"])
        assert log["new"] == sorted(expected.new)
        assert log["updated"] == sorted(expected.updated)
        assert log["conflicting"] == []
        assert after["revlog"] == before["revlog"], "reviews were lost"
        assert _by_id(after["cards"]).items() >= _by_id(before["cards"]).items(), "a review card was touched"
        assert len(after["notes"]) == len(expected.notes), "a note is there twice or missing"
        assert self.learner.notes() == {guid: held.seen() for guid, held in expected.notes.items()}
        known = set(expected.updated) | set(expected.new)
        kept = {row[0]: row for row in before["notes"] if row[1] not in known}
        assert _by_id(after["notes"]).items() >= kept.items(), "a note that did not change was touched"
        self._looks_are(expected.looks)
        self.notes, self.looks = expected.notes, expected.looks

    def _looks_are(self, looks: dict[str, Look]) -> None:
        """One note type for each kind, with the look that came last."""
        self.learner.reopen()  # Anki's Python layer keeps note types as it first read them
        models = self.learner.collection.models
        ours = [each.name for each in models.all_names_and_ids() if each.name.startswith("Cardwright")]
        assert sorted(ours) == sorted(look.name for look in looks.values())
        for look in looks.values():
            model = models.by_name(look.name)
            assert model is not None
            assert model["css"] == look.css

    def _new_learner(self) -> None:
        """Who begins now has the last release as it was built, and Anki finds nothing to mend in it."""
        fresh = Learner(Path(self._folder.name) / "fresh.anki2")
        try:
            release = self.author.releases[-1]
            fresh.import_package(release.files["all"])
            assert fresh.notes() == {guid: held.seen() for guid, held in arrive({}, {}, release, "all").notes.items()}
            before, notes = fresh.rows()["cards"], list(fresh.collection.find_notes(""))
            fresh.collection.after_note_updates(notes, mark_modified=False, generate_cards=True)
            assert fresh.rows()["cards"] == before, "Anki would make other review cards"
            assert list(fresh.collection.get_empty_cards().notes) == []
            assert fresh.collection.fix_integrity()[1]
        finally:
            fresh.close()

    def _answer(self, deck: str, eases: list[Any]) -> None:
        collection = self.learner.collection
        collection.decks.select(self._deck(deck))
        for ease in eases:
            card = collection.sched.getCard()
            if card is not None:
                collection.sched.answerCard(card, ease)
                self.count.answers += 1

    def _edited(self, guid: str, held: Held) -> None:
        """Store the learner's edit, a second after all that was, and let a second pass."""
        note = self._note(guid)
        note.fields = list(held.fields)
        note.tags = list(held.tags)
        self.learner.collection.update_note(note)
        self._stamp("notes", "mod", note.id)
        self.notes[guid] = replace(held, since=next(self.author.events), mod=self.author.now - 1)

    def _stamp(self, table: str, column: str, id: int) -> None:
        """Anki marks an edit with the machine's time; here it happens in the history's."""
        database = self.learner.collection.db
        assert database is not None
        database.execute(f"update {table} set {column} = ? where id = ?", self.author.now + 1, id)
        self.author.now += 2

    def _deck(self, name: str) -> Any:
        return self.learner.collection.decks.id(name)

    def _note(self, guid: str) -> Any:
        database = self.learner.collection.db
        assert database is not None
        return self.learner.collection.get_note(database.scalar("select id from notes where guid = ?", guid))


def _one(names: Any, which: int) -> str:
    """One of these, counted round."""
    known = sorted(names)
    return str(known[which % len(known)])


def _by_id(rows: list[Any]) -> dict[int, Any]:
    return {row[0]: row for row in rows}
