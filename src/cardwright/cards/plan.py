"""What one extraction is to write and to tell: plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cardwright.cards.edit import Addition
from cardwright.cards.fresh import Tie
from cardwright.diagnostics import Span
from cardwright.memory.extracted import Extracted, Said

__all__ = ["Conflict", "Plan"]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that a person edited and for which the rules say something else than before.

    `stands`: what the card says; `says`: what the rules say now; `was`: what they said before.
    """

    id: str
    name: str
    stands: Said
    says: Said
    was: Said
    place: Span = field(default_factory=lambda: Span(""), compare=False)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be written, and what is to be told, of the documents that were extracted.

    additions: new cards by the stem of their file; changes: fields to be written anew, by card. memory:
    what extracted.lock will hold. The rest are ids in order: added; restored; updated; adopted (a card
    that was there already says just this); kept (known and there); edited (kept, and changed by hand);
    deleted (known and removed by hand), of which gone are new since the last extraction; stale (no
    document says it any more, and nobody has said that it stays); drafts (wait for a person); idle
    (chosen, with nothing to choose).
    """

    additions: Mapping[str, tuple[Addition, ...]]
    memory: Extracted
    changes: Mapping[str, Mapping[str, Said]] = field(default_factory=dict)
    added: tuple[str, ...] = ()
    restored: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    adopted: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    edited: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()
    drafts: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    ties: tuple[Tie, ...] = ()
    idle: tuple[str, ...] = ()
