"""What becomes of the lines of released.lock: which note a card is, and what time its content has."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from cardwright.decks.content import Content
from cardwright.decks.identity import births, guid, settled_births
from cardwright.memory.released import Released, ReleasedNote
from cardwright.model import Kind

__all__ = ["Changes", "Identity", "next_lines"]

# What a card is known by within a project: as basic and as cloze it is two notes.
Identity = tuple[str, Kind]


@dataclass(frozen=True, slots=True)
class Changes:
    """Lines before and after a build. `lines` are those of the cards that are built, by card id.

    `moved`, `retired` and `converted` hold lines as they were; the other names are card ids.
    """

    notes: Mapping[str, ReleasedNote]
    lines: Mapping[str, ReleasedNote]
    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    returned: tuple[str, ...] = ()
    retired: tuple[ReleasedNote, ...] = ()
    moved: tuple[ReleasedNote, ...] = ()
    converted: tuple[ReleasedNote, ...] = ()


def next_lines(
    released: Released,
    contents: Mapping[str, Content],
    wanted: Collection[Identity],
    files: Collection[str] | None,
    now: int,
) -> Changes:
    """The lines of the next release.

    `contents` are the cards that are built, by id. `wanted` is every card that is in any deck of the project: a note
    that is not retires, if its card file is among `files` (None: all files are built). `now` is in milliseconds.
    """
    known = _by_identity(released.notes.values())
    notes = dict(released.notes)
    lines: dict[str, ReleasedNote] = {}
    kinds: dict[str, list[str]] = {"new": [], "changed": [], "unchanged": [], "returned": []}
    fresh = [each for each in contents.values() if (each.card.id, each.kind) not in known]
    born = dict(
        zip(
            (each.card.id for each in fresh),
            births(len(fresh), now, (each.born for each in notes.values())),
            strict=True,
        )
    )
    moved: list[ReleasedNote] = []
    converted: list[ReleasedNote] = []
    for card, content in contents.items():
        old = known.get((card, content.kind))
        line = (
            _renewed(old, content, now // 1000) if old else _first(released.namespace, content, notes, now, born[card])
        )
        other = known.get((card, "basic" if content.kind == "cloze" else "cloze"))
        if (old is None or old.retired) and other and not other.retired:
            converted.append(other)
        if old is None:
            kinds["new"].append(card)
        else:
            same = old.hash == line.hash
            kinds["returned" if old.retired else "unchanged" if same else "changed"].append(card)
            moved.extend([old] if old.file != line.file else [])
        notes[line.guid] = lines[card] = line
    retired: list[ReleasedNote] = []
    for each in released.notes.values():
        if not each.retired and (each.id, each.kind) not in wanted and (files is None or each.file in files):
            retired.append(each)
            notes[each.guid] = replace(each, retired=True)
    settled = _settled(notes, lines)
    return Changes(
        notes=notes | {each.guid: each for each in settled.values()},
        lines=settled,
        new=tuple(kinds["new"]),
        changed=tuple(kinds["changed"]),
        unchanged=tuple(kinds["unchanged"]),
        returned=tuple(kinds["returned"]),
        retired=tuple(sorted(retired, key=lambda each: each.id)),
        moved=tuple(moved),
        converted=tuple(converted),
    )


def _by_identity(notes: Iterable[ReleasedNote]) -> dict[Identity, ReleasedNote]:
    """The line that stands for a card: the live one, else the one that retired with the latest content."""
    best = sorted(notes, key=lambda each: (not each.retired, each.mod, each.guid))
    return {(each.id, each.kind): each for each in best}


def _first(namespace: str, content: Content, taken: Collection[str], now: int, born: int) -> ReleasedNote:
    made = guid(namespace, content.kind, content.card.id, taken)
    line = ReleasedNote(made, content.card.id, content.kind, content.card.file, content.hash, now // 1000, born)
    return _described(line, content)


def _renewed(old: ReleasedNote, content: Content, now: int) -> ReleasedNote:
    """The same note. Its time rises with its content alone; a revert is a change like any other."""
    line = replace(old, file=content.card.file, retired=False)
    if old.hash == content.hash:
        return line
    return _described(replace(line, hash=content.hash, mod=max(now, old.mod + 1)), content)


def _described(line: ReleasedNote, content: Content) -> ReleasedNote:
    return replace(
        line, words=content.words, clozes=dict(content.clozes), reverse=content.kind == "basic" and 1 in content.ords
    )


def _settled(notes: Mapping[str, ReleasedNote], lines: Mapping[str, ReleasedNote]) -> dict[str, ReleasedNote]:
    """The lines that are built, with no two of them born at one time, as two branches of git may have left them."""
    guids = {each.guid for each in lines.values()}
    others = (each.born for each in notes.values() if each.guid not in guids)
    born = settled_births({each.guid: each.born for each in lines.values()}, others)
    return {
        card: each if each.born == born[each.guid] else replace(each, born=born[each.guid])
        for card, each in lines.items()
    }
