"""Lines that a merge of two branches left under one key of released.lock."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from cardwright.diagnostics import Diagnostic, Related, Span, error, warning

if TYPE_CHECKING:
    from cardwright.memory.remembered import ReleasedDeck, ReleasedNote, ReleasedType

__all__ = ["keep", "one_deck", "one_note", "one_type", "settle"]

# The hash of nothing: content that is compared with it has changed.
_VOID = "-"
_Entry = TypeVar("_Entry")
_Timed = TypeVar("_Timed", "ReleasedNote", "ReleasedType")


def one_note(one: ReleasedNote, other: ReleasedNote) -> ReleasedNote | None:
    """The note that two lines speak of."""
    if one.kind != other.kind:
        return None
    late, early = _in_time(one, other)
    return replace(late, was=tuple(dict.fromkeys((*early.was, *late.was))), born=min(late.born, early.born))


def one_type(one: ReleasedType, other: ReleasedType) -> ReleasedType | None:
    """The note type that two lines speak of; None where their schemas differ."""
    if (one.id, one.fields, one.templates) != (other.id, other.fields, other.templates):
        return None
    return _in_time(one, other)[0]


def one_deck(one: ReleasedDeck, other: ReleasedDeck) -> ReleasedDeck | None:
    """The deck that two lines speak of; None where they have different names for it."""
    return min(one, other, key=lambda each: each.id) if one.name == other.name else None


def keep(
    kept: dict[str, tuple[_Entry, int]],
    key: str,
    entry: _Entry,
    place: Span,
    merge: Callable[[_Entry, _Entry], _Entry | None],
    found: list[Diagnostic],
) -> None:
    """Put the entry of a line under its key, with the line's number."""
    if key not in kept:
        kept[key] = (entry, place.line)
        return
    first, there = kept[key]
    if first == entry:
        return
    both = [Related(Span(place.path, there, 1), "the other line")]
    one = merge(first, entry)
    if one is None:
        way_out = "delete one of the two lines: the one that no learner has had"
        found.append(error("CW633", f"two lines have the key '{key}' and cannot both be true", place, way_out, both))
        return
    message = f"a merge left two lines with the key '{key}'; the later one counts"
    found.append(warning("CW632", message, place, "the next build writes one line; nothing is lost", both))
    kept[key] = (one, place.line)


def settle(notes: Mapping[str, ReleasedNote]) -> dict[str, ReleasedNote]:
    """Notes of which no two claim to be one card: the one that changed last is, the others count as retired."""
    live: dict[tuple[str, str], ReleasedNote] = {}
    settled = dict(notes)
    for each in sorted(notes.values(), key=lambda each: (each.mod, each.guid)):
        if each.retired:
            continue
        if (other := live.get((each.id, each.kind))) is not None:
            settled[other.guid] = replace(other, retired=True)
        live[each.id, each.kind] = each
    return settled


def _in_time(one: _Timed, other: _Timed) -> tuple[_Timed, _Timed]:
    """The later and the earlier of two, whichever came first.

    Where both have one time and differ in content, the hash is voided: the next build then gives a
    later time, and the learners of both branches get what stands in the files.
    """
    late, early = sorted((one, other), key=lambda each: (each.mod, repr(each)), reverse=True)
    if late.mod == early.mod and late.hash != early.hash:
        late = replace(late, hash=_VOID)
    return late, early
