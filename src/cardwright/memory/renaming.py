"""Another id for a card in both memories: what is known of the old one is known of the new one."""

from __future__ import annotations

from dataclasses import replace

from cardwright.memory.extracted import Entry, Extracted
from cardwright.memory.released import Released, ReleasedNote
from cardwright.model import Origin

__all__ = ["renamed_in_extracted", "renamed_in_released"]


def renamed_in_extracted(memory: Extracted, old: str, new: str) -> Extracted:
    """The card `old` called `new`, and known as one that is there.

    Where an extraction has already met the card under its new id, both entries become one: what the rules
    said last is the newer entry's, and the places it comes from are those of both.
    """
    mine = {entry.id: entry for entry in memory.entries if entry.id in (old, new)}
    if old not in mine:
        return memory
    entry = replace(mine[old], id=new, deleted=False)
    if new in mine:
        entry = replace(mine[new], origins=_once(mine[new], mine[old]))
    return Extracted.of([*(each for each in memory.entries if each.id not in mine), entry])


def renamed_in_released(released: Released, old: str, new: str) -> Released:
    """Every note of the card `old` as one of `new`; guid, times and content stay.

    A note that was released as `new` takes the id `old` instead, so that no id leads to two notes.
    """
    other = {old: new, new: old}
    notes = {
        guid: _with_id(note, other[note.id]) if note.id in other else note for guid, note in released.notes.items()
    }
    return replace(released, notes=notes)


def _with_id(note: ReleasedNote, id: str) -> ReleasedNote:
    was = (*(each for each in note.was if each not in (id, note.id)), note.id)
    return replace(note, id=id, was=was)


def _once(*entries: Entry) -> tuple[Origin, ...]:
    return tuple(dict.fromkeys(origin for entry in entries for origin in entry.origins))
