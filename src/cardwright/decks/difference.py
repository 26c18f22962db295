"""What an import of the next package will do to a learner who has an earlier one.

As measured with Anki's backend, with the options as it offers them: notes are matched by guid alone. One that is there
already is replaced, fields and tags, if the package's modification time is later; its review cards stay where they
are, none goes away, and missing ones are added even if the note itself is not replaced. Note types take over
a new look under the same condition, but a note whose type has other fields or templates is never replaced.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal

from cardwright import markup
from cardwright.decks.advice import retired_search
from cardwright.decks.notetypes import FIELDS, NoteType
from cardwright.decks.plan import Build
from cardwright.decks.shipped import Shipped, ShippedNote, ShippedType, printable
from cardwright.model import Kind, Note

__all__ = ["Change", "Conversion", "Difference", "Entry", "Move", "Review", "Text", "compare"]

What = Literal["reworded", "answer", "asked", "tags", "again"]

# What the fields are called here, and what kind of change it is when one of them differs: the first that does counts.
_PARTS: dict[str, tuple[str, What]] = {
    "Front": ("question", "reworded"),
    "Back": ("answer", "answer"),
    "Text": ("text", "answer"),
    "Extra": ("extra", "answer"),
    "Reverse": ("reverse", "asked"),
    "Typed": ("typed", "asked"),
    "Spare1": ("spare 1", "asked"),
    "Spare2": ("spare 2", "asked"),
    "Spare3": ("spare 3", "asked"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A note as people know it: its card's id, what it asks (the sentence, for a cloze), and its deck."""

    card: str
    asks: str
    deck: str


@dataclass(frozen=True, slots=True)
class Text:
    """A part of a note before and after, as it is shown; as HTML where only markup differs."""

    part: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Change:
    """A note whose content the package would replace; nothing differs in one that was changed and put back."""

    note: Entry
    what: What
    texts: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """A note whose review cards go to another deck, for learners who do not have them yet."""

    note: Entry
    was: str


@dataclass(frozen=True, slots=True)
class Conversion:
    """A card that was one kind of note and is another one now: for Anki a new note."""

    note: Entry
    was: Kind
    now: Kind


@dataclass(frozen=True, slots=True)
class Review:
    """Review cards that a note has more, or that would show nothing any more; counted from 1."""

    note: Entry
    added: tuple[int, ...]
    emptied: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """All that an import does. `new`, `converted`, `changes` and `unchanged` are every note of the package, each once.

    `held` are changes that Anki would not take over: the learner's note is as late, or its note type another one.
    `retired` notes are in no deck any more, `elsewhere` ones come with other packages now; a learner keeps both.
    `looks` and `schemas` are the names of note types with another look, and with other fields or templates.
    """

    new: tuple[Entry, ...]
    changes: tuple[Change, ...]
    held: tuple[Change, ...]
    converted: tuple[Conversion, ...]
    moved: tuple[Move, ...]
    reviews: tuple[Review, ...]
    retired: tuple[Entry, ...]
    elsewhere: tuple[Entry, ...]
    looks: tuple[str, ...]
    schemas: tuple[str, ...]
    unchanged: int
    search: str

    @property
    def arriving(self) -> int:
        """How many notes Anki will count as new."""
        return len(self.new) + len(self.converted)


def compare(old: Shipped, build: Build, stems: Collection[str]) -> Difference:
    """What importing the packages `stems` of a build does to who has `old`. The build is one of the whole project."""
    now = {note.guid: note for stem in build.notes if stem in stems for note in build.notes[stem]}
    both = [(old.notes[guid], note) for guid, note in now.items() if guid in old.notes]
    gone = [note for guid, note in old.notes.items() if guid not in now]
    fresh = [note for guid, note in now.items() if guid not in old.notes]
    frozen = {kind for kind, each in old.types.items() if _other_schema(each, build.note_types[kind])}
    changes = [(_change(was, note), note.mod > was.mod and note.kind not in frozen) for was, note in both]
    converted = dict(_conversions(gone, fresh, build))
    kept = {each.guid for each in converted.values()}
    ids = {each.guid: line.id for each in gone if (line := build.released.notes.get(each.guid)) and line.retired}
    live = {guid for guid, line in build.released.notes.items() if not line.retired}
    return Difference(
        new=tuple(_entry(note) for note in fresh if note.guid not in converted),
        changes=tuple(change for change, arrives in changes if arrives),
        held=tuple(change for change, arrives in changes if not arrives and change.what != "again"),
        converted=tuple(
            Conversion(_entry(note), converted[note.guid].kind, note.kind) for note in fresh if note.guid in converted
        ),
        moved=tuple(Move(_entry(note), was.deck) for was, note in both if was.deck.casefold() != note.deck.casefold()),
        reviews=tuple(_reviews(both, frozen)),
        retired=tuple(_old_entry(each) for each in gone if each.guid not in live and each.guid not in kept),
        elsewhere=tuple(_old_entry(each) for each in gone if each.guid in live),
        looks=tuple(
            each.name
            for kind, each in old.types.items()
            if kind not in frozen and _new_look(each, build.note_types[kind])
        ),
        schemas=tuple(each.name for kind, each in old.types.items() if kind in frozen),
        unchanged=sum(not arrives and change.what == "again" for change, arrives in changes),
        search=retired_search(build, set(ids.values())),
    )


def _entry(note: Note) -> Entry:
    return Entry(note.card, _plain(note.fields[0]), note.deck)


def _old_entry(note: ShippedNote) -> Entry:
    first = note.fields.get(FIELDS[note.kind][0], "")
    return Entry(printable(note.card), _plain(first), note.deck)


def _change(was: ShippedNote, note: Note) -> Change:
    """What differs between two forms of a note, of which a field that one of them does not have is empty."""
    fields = dict(zip(FIELDS[note.kind], note.fields, strict=True))
    differing = [name for name in _PARTS if _content(was.fields.get(name, "")) != _content(fields.get(name, ""))]
    if "Typed" in differing and was.fields.get("Typed") and fields["Typed"]:
        differing.remove("Typed")  # what is typed is the answer, which is shown already
    texts = [_text(_PARTS[name][0], was.fields.get(name, ""), fields.get(name, "")) for name in differing]
    what: What = _PARTS[differing[0]][1] if differing else "again"
    if set(was.tags) != set(note.tags):
        texts.append(Text("tags", printable(" ".join(was.tags)), " ".join(sorted(note.tags))))
        what = what if differing else "tags"
    return Change(_entry(note), what, tuple(texts))


def _text(part: str, old: str, new: str) -> Text:
    if part == "reverse":
        return Text(part, "yes" if old else "", "yes" if new else "")
    shown = Text(part, _plain(old), _plain(new))
    return shown if shown.old != shown.new else Text(part, printable(old), printable(new))


def _content(html: str) -> str:
    """A field as its digest sees it."""
    return markup.without_slugs(html)


def _plain(html: str) -> str:
    return printable(markup.html_text(html)).strip()


def _conversions(gone: list[ShippedNote], fresh: list[Note], build: Build) -> Iterator[tuple[str, ShippedNote]]:
    """New notes of cards that were another kind of note, by guid."""
    lines = build.released.notes
    by_card: dict[str, ShippedNote] = {}
    for each in gone:
        line = lines.get(each.guid)
        if line is None or line.retired:
            by_card[line.id if line else each.card] = each
    for note in fresh:
        before = by_card.get(note.card)
        if before is not None and before.kind != note.kind:
            yield note.guid, before


def _reviews(both: list[tuple[ShippedNote, Note]], frozen: Collection[Kind]) -> Iterator[Review]:
    """Review cards come whether or not the note is replaced; they become empty only if it is."""
    for was, note in both:
        if note.kind in frozen:
            continue
        added = tuple(each + 1 for each in note.ords if each not in was.ords)
        emptied = tuple(each + 1 for each in was.ords if each not in note.ords) if note.mod > was.mod else ()
        if added or emptied:
            yield Review(_entry(note), added, emptied)


def _other_schema(was: ShippedType, now: NoteType) -> bool:
    schema = tuple(number for _, number in now.fields), tuple(each.id for each in now.templates)
    return (was.id, was.schema) != (now.id, schema)


def _new_look(was: ShippedType, now: NoteType) -> bool:
    look = (now.css, *(text for each in now.templates for text in (each.name, each.front, each.back)))
    return now.mod > was.mod and (was.name, was.look) != (now.name, look)
