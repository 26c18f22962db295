"""What the page shows, as plain data that knows nothing of files, rules or note types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

__all__ = [
    "Block",
    "Fate",
    "Finding",
    "Link",
    "Looked",
    "Passage",
    "Preview",
    "Review",
    "ShownCard",
    "ShownDocument",
    "Words",
]

# What became of a passage, the best first: a card, a card that waits, one that extraction would add, one that a
# person deleted. `mentioned` is a card about a term that stands there; it takes nothing of the passage.
Fate = Literal["card", "draft", "proposed", "deleted", "mentioned"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong, or could be better, at a place written `path:line:column`; `line` is what stands there.

    `rule` is the linter's name for it, where the linter says it.
    """

    code: str
    severity: str
    message: str
    place: str
    help: str = ""
    line: str = ""
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """A review card: the HTML of its sides, what is asked in plain text, and the answer to be typed, if any."""

    name: str
    asks: str
    front: str
    back: str
    typed: str = ""


@dataclass(frozen=True, slots=True)
class ShownCard:
    """A card with its review cards. `deck` is its path in Anki, `answer` plain text, `extra` more to search in.

    `conflict` tells what the document says by now where a person's words stand; `stale`: no document says it any
    more. `passages` are pairs of a document's number and a passage's.
    """

    id: str
    place: str
    deck: str
    reviews: tuple[Review, ...]
    answer: str = ""
    extra: str = ""
    tags: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    draft: bool = False
    conflict: str = ""
    stale: bool = False
    findings: tuple[Finding, ...] = ()
    passages: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Looked:
    """A rule that looked at a passage: it caught it, lost it to another rule, or stopped near it."""

    rule: str
    how: Literal["caught", "lost", "near"]
    why: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A card that came of a passage; `text` is what it asks, for cards that are in no file."""

    card: str
    fate: Fate
    text: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage with the cards that came of it and the rules that looked at it."""

    line: int
    links: tuple[Link, ...] = ()
    looked: tuple[Looked, ...] = ()

    @property
    def fate(self) -> Fate | Literal["nothing"]:
        """What became of it, all in all."""
        fates = {each.fate for each in self.links}
        order: tuple[Fate, ...] = ("card", "draft", "proposed", "deleted")
        return next((each for each in order if each in fates), "nothing")


@dataclass(frozen=True, slots=True)
class Words:
    """Words with one mark: strong, em, code, cell, or `aside:` and its reason."""

    text: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """What stands in a document by itself; `passages` are the numbers of those it belongs to.

    `tag`, `level` and `number` are as documents have them; `share` of a heading is how many passages below it are on
    cards, and how many there are.
    """

    tag: str
    level: int
    line: int
    words: tuple[Words, ...]
    number: int = 0
    passages: tuple[int, ...] = ()
    aside: str = ""
    share: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class ShownDocument:
    """A document in its own order. `place` is its path in the project."""

    name: str
    title: str
    place: str
    blocks: tuple[Block, ...]
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """All that the page shows of a project.

    `css` is that of the note types, `media` the pictures of cards by the names that their HTML uses, `findings` what
    belongs to no card.
    """

    name: str
    css: str = ""
    cards: tuple[ShownCard, ...] = ()
    documents: tuple[ShownDocument, ...] = ()
    media: Mapping[str, bytes] = field(default_factory=dict, hash=False)
    findings: tuple[Finding, ...] = ()
