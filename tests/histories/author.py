"""The author's side of a history: card files that change, and releases at times that are given."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from cardwright.decks import package
from cardwright.decks.notetypes import FIELDS
from cardwright.memory.renaming import renamed_in_released
from cardwright.model import Card, Kind, Note, Source
from decks.shelf import SOURCES, Shelf, basic, cloze

__all__ = ["DECKS", "FILES", "ROOT", "Author", "Look", "Part", "Release"]

ROOT = "Orla pilots"
FILES = ("words", "terms")
# Two decks that share a file: learners may import either, or both.
DECKS = {"all": "cards: [words, terms]", "part": "cards: [terms]"}
# One card of each file is never withdrawn or moved, as a deck without cards is refused.
_KEPT = ("words-first", "terms-first")
# When the first history begins: 2024-01-15. All that happens in one lies before any clock this runs by.
_BEGINNING = 1_705_300_000

Part = Literal["question", "answer", "extra", "tags", "source"]


@dataclass(frozen=True, slots=True)
class Look:
    """A note type as it is released: its CSS, and the event in which that came."""

    name: str
    css: str
    since: int


@dataclass(frozen=True, slots=True)
class Release:
    """Packages and notes by deck file. `since` has the event of each guid's last change of content."""

    files: Mapping[str, Path]
    notes: Mapping[str, tuple[Note, ...]]
    since: Mapping[str, int]
    looks: Mapping[Kind, Look]


class Author:
    """One project over its life. Time, in seconds, goes on only by what is done; events are counted."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.now = _BEGINNING
        self.events = itertools.count(1)
        self.shelf = Shelf()
        self.cards: dict[str, Card] = {name: basic(name, file=name.removesuffix("-first")) for name in _KEPT}
        self.withdrawn: dict[str, Card] = {}
        self.releases: list[Release] = []
        self._texts: dict[str, list[Card]] = {name: [card] for name, card in self.cards.items()}
        self._numbers = itertools.count(1)
        self._look = 0
        self._released_look = 0
        self._looked = 0
        self._released: dict[str, Note] = {}
        self._since: dict[str, int] = {}
        self._guids: dict[tuple[str, Kind], str] = {}
        for stem, cards in DECKS.items():
            self.shelf.deck(stem, f"name: {ROOT}\ndescription: What pilots know.\n{cards}")

    def movable(self) -> list[str]:
        """Cards that may go to another file or away."""
        return sorted(set(self.cards) - set(_KEPT))

    def add(self, kind: Kind, file: str) -> str:
        """Write a new card; gives its id."""
        number = next(self._numbers)
        name = f"card-{number}"
        made = (
            basic(name, f"Answer {number}.", file=file)
            if kind == "basic"
            else cloze(
                name, f"Sentence {number} hides {{{{c1::one {number}}}}} and {{{{c2::two {number}}}}}.", file=file
            )
        )
        self._write(made)
        return name

    def reword(self, id: str, part: Part) -> None:
        """Change one part of a card as nobody has written it before."""
        card, number = self.cards[id], next(self._numbers)
        changes: dict[Part, Card] = {
            "question": replace(card, cloze=f"Since {number}: {card.cloze}")
            if card.cloze
            else replace(card, front=f"What is {id}, version {number}?"),
            "answer": replace(card, cloze=_with_answer(card.cloze, number))
            if card.cloze
            else replace(card, back=f"Answer {number}."),
            "extra": replace(card, extra=f"Note {number}."),
            "tags": replace(card, tags=(*card.tags[-1:], f"tag{number}")),
            "source": replace(card, sources=_other_source(card.sources)),
        }
        self._write(changes[part])

    def revert(self, id: str, steps: int) -> None:
        """Put the texts and tags of a card back as they once were."""
        past = self._texts[id]
        old = past[-1 - steps % len(past)]
        card = self.cards[id]
        self._write(replace(card, front=old.front, back=old.back, cloze=old.cloze, extra=old.extra, tags=old.tags))

    def convert(self, id: str) -> None:
        """Make a cloze of a question, or a question of a cloze: another note for those who have it."""
        card, number = self.cards[id], next(self._numbers)
        if card.cloze:
            self._write(replace(card, cloze="", front=f"What is {id}?", back=f"Answer {number}."))
        else:
            self._write(
                replace(card, front="", back="", reverse=False, cloze=f"{id} is {{{{c1::one thing of {number}}}}}.")
            )

    def regap(self, id: str) -> None:
        """Give a cloze a third gap, or take it out again; ask a question the other way round too, or no more."""
        card = self.cards[id]
        if not card.cloze:
            self._write(replace(card, reverse=not card.reverse))
        elif "{{c3::" in card.cloze:
            self._write(replace(card, cloze=card.cloze.replace(" {{c3::Third.}}", "")))
        else:
            self._write(replace(card, cloze=f"{card.cloze} {{{{c3::Third.}}}}"))

    def move(self, id: str) -> None:
        """Put a card into the other file."""
        card = self.cards[id]
        self._write(replace(card, file=FILES[1 - FILES.index(card.file)]))

    def withdraw(self, id: str) -> None:
        """Delete a card."""
        self.withdrawn[id] = self.cards.pop(id)

    def bring_back(self, id: str) -> None:
        """Write a deleted card again, under its id and as it was."""
        self.cards[id] = self.withdrawn.pop(id)

    def rename(self, id: str) -> str:
        """Give a card another id as `cardwright rename` does; gives the new one."""
        new = f"card-{next(self._numbers)}"
        self.shelf.released = renamed_in_released(self.shelf.released, id, new)
        self.cards[new] = replace(self.cards.pop(id), id=new)
        self._texts[new] = self._texts.pop(id)
        self._guids = {(new if card == id else card, kind): guid for (card, kind), guid in self._guids.items()}
        return new

    def restyle(self) -> None:
        """Ship another look of all note types, as a later version of the program may."""
        self._look += 1

    def release(self, *, after: int, chosen: tuple[str, ...] = ()) -> Release:
        """Build at `after` seconds from now, and hold the build against what was built before."""
        self.now += after
        for stem in FILES:
            own = sorted((card for card in self.cards.values() if card.file == stem), key=lambda card: card.id)
            self.shelf.put(*own, file=stem, title=stem.capitalize())
        if self._look != self._released_look:
            types = {kind: replace(each, hash="another") for kind, each in self.shelf.released.types.items()}
            self.shelf.released = replace(self.shelf.released, types=types)
        before = self.shelf.released.types
        build = self.shelf.build(self.now, chosen=chosen)
        self.now += build.wait
        event = next(self.events)
        if self._look != self._released_look:
            assert all(each.mod > before[kind].mod for kind, each in build.note_types.items() if before)
            self._looked = event
        else:
            assert all(each.mod == before[kind].mod for kind, each in build.note_types.items() if before)
        self._released_look = self._look
        styled = {kind: replace(each, css=f"{each.css}\n/* {self._look} */") for kind, each in build.note_types.items()}
        build = replace(build, note_types=styled)
        files: dict[str, Path] = {}
        for deck in build.decks:
            files[deck.stem] = self.folder / f"{deck.stem}{event}.apkg"
            files[deck.stem].write_bytes(package(build, deck))
        for note in {note.guid: note for notes in build.notes.values() for note in notes}.values():
            self._take_down(note, event)
        looks = {kind: Look(each.name, each.css, self._looked) for kind, each in styled.items()}
        self.releases.append(Release(files, build.notes, dict(self._since), looks))
        return self.releases[-1]

    def _take_down(self, note: Note, event: int) -> None:
        """One guid for one card for ever; a time that rises exactly when the content changes, and never ahead."""
        guid = self._guids.setdefault((note.card, note.kind), note.guid)
        assert guid == note.guid, f"{note.card} was {guid}"
        assert list(self._guids.values()).count(guid) == 1, f"{guid} of {note.card} is another card's"
        known = self._released.get(guid)
        if known is None or tuple(_content(known)) != tuple(_content(note)):
            assert known is None or note.mod > known.mod, f"the time of {note.card} did not rise"
            self._since[guid] = event
        else:
            assert note.mod == known.mod, f"the time of {note.card} rose without a change"
        assert 0 < note.mod <= self.now
        self._released[guid] = note

    def _write(self, card: Card) -> None:
        self.cards[card.id] = card
        self._texts.setdefault(card.id, []).append(card)


def _with_answer(text: str, number: int) -> str:
    """A cloze with another answer behind its first number."""
    before, _, rest = text.partition("{{c1::")
    return f"{before}{{{{c1::one {number}}}}}{rest.partition('}}')[2]}"


def _other_source(sources: tuple[Source, ...]) -> tuple[Source, ...]:
    known = sorted(SOURCES)
    return (known[(known.index(sources[0]) + 1) % len(known)],) if sources else (known[0],)


def _content(note: Note) -> Iterator[object]:
    """What a learner would miss; where a card came from and what it is called are no content."""
    yield note.tags
    for name, value in zip(FIELDS[note.kind], note.fields, strict=True):
        if name not in ("Source", "Id"):
            yield value
