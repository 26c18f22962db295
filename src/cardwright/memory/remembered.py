"""What learners have, as plain data: notes, decks and note types that were released."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cardwright.model import Kind

__all__ = ["Released", "ReleasedDeck", "ReleasedNote", "ReleasedType"]


@dataclass(frozen=True, slots=True)
class ReleasedNote:
    """A note that learners may have.

    `id` is its card's id and `was` the ids that card had before, oldest first. `file` is the stem of
    its card file at the last build. `hash` stands for the content that was given `mod`, in seconds;
    `born`, in milliseconds, is the note's id in packages. `words` holds short digests of the question
    and of the answer alone (of the sentence, for a cloze), by which a card with a new id is known
    again. `clozes` has a digest of the answer behind each cloze number, `reverse` says that a card
    asks the other way round too. `retired`: in no deck now.
    """

    guid: str
    id: str
    kind: Kind
    file: str
    hash: str
    mod: int
    born: int
    words: tuple[str, ...] = ()
    was: tuple[str, ...] = ()
    clozes: Mapping[str, str] = field(default_factory=dict, hash=False)
    reverse: bool = False
    retired: bool = False


@dataclass(frozen=True, slots=True)
class ReleasedDeck:
    """The deck path of a card file, remembered for good. `id` is for packages; Anki knows a deck by its name alone."""

    stem: str
    name: str
    id: int


@dataclass(frozen=True, slots=True)
class ReleasedType:
    """A note type: `hash` stands for its look (name, templates, CSS) that was given `mod`, in seconds.

    `fields` and `templates` are its schema: names and ids in their order.
    """

    kind: Kind
    id: int
    name: str
    hash: str
    mod: int
    fields: tuple[tuple[str, int], ...]
    templates: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Released:
    """The whole memory: notes by guid, decks by the stem of their card file, note types by kind."""

    namespace: str
    notes: Mapping[str, ReleasedNote] = field(default_factory=dict, hash=False)
    decks: Mapping[str, ReleasedDeck] = field(default_factory=dict, hash=False)
    types: Mapping[str, ReleasedType] = field(default_factory=dict, hash=False)
    path: str = field(default="decks/released.lock", compare=False)
