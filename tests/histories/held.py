"""What a learner must have, told from events alone: the rules of the promise, without Anki.

An import adds what is not there. It overwrites a note, tags included, where the author's last change of it
came after the last word on it in this collection, be that an import or the learner's own edit. It adds review
cards that are missing, into the deck that the package names, and never touches one that is there.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from cardwright.model import Note
from decks.learner import STAMPS_UPDATES
from histories.author import Look, Release

__all__ = ["Expected", "Held", "arrive"]


@dataclass(frozen=True, slots=True)
class Held:
    """A note of a learner. `cards` has the deck of each review card by its ordinal, `since` the last word's event.

    `mod` is the stored time, for versions of Anki where that counts alone; 0 stands for the machine's own clock.
    """

    note_type: str
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    cards: dict[int, str]
    since: int
    mod: int

    def seen(self) -> tuple[object, ...]:
        """The note as the learner's collection shows it."""
        return self.note_type, self.fields, tuple(sorted(self.tags)), tuple(sorted(self.cards.items()))


@dataclass(frozen=True, slots=True)
class Expected:
    """What an import must do: the guids that are new and updated, and all notes and looks after it."""

    new: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    notes: dict[str, Held] = field(default_factory=dict)
    looks: dict[str, Look] = field(default_factory=dict)


def arrive(notes: dict[str, Held], looks: dict[str, Look], release: Release, deck: str) -> Expected:
    """What a learner with these notes has after the import of one package."""
    expected = Expected(notes=dict(notes), looks=dict(looks))
    for note in release.notes[deck]:
        look = release.looks[note.kind]
        there = looks.get(note.kind)
        if there is None or look.since > there.since:
            expected.looks[note.kind] = look
        held = notes.get(note.guid)
        since = release.since[note.guid]
        if held is None:
            cards = dict.fromkeys(note.ords, note.deck)
            expected.notes[note.guid] = Held(look.name, note.fields, note.tags, cards, since, note.mod)
            expected.new.append(note.guid)
            continue
        cards = dict.fromkeys(note.ords, note.deck) | held.cards
        if _comes_later(held, note, since):
            mod = 0 if STAMPS_UPDATES else note.mod
            expected.notes[note.guid] = Held(look.name, note.fields, note.tags, cards, since, mod)
            expected.updated.append(note.guid)
        else:
            expected.notes[note.guid] = replace(held, cards=cards)
    return expected


def _comes_later(held: Held, note: Note, since: int) -> bool:
    """Before Anki 25.02 learners import with 'Always': whatever has another time is overwritten."""
    return held.mod != note.mod if STAMPS_UPDATES else since > held.since
