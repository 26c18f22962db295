"""What the rules last said for each card, and what a person did about it: cards/extracted.lock.

The first line names the format. Each further line is one card as compact JSON, ordered by a digest
of its id, so that neighbours are unrelated and two branches rarely touch the same place. A card's
line stays when its card is deleted by hand: that is how extraction knows to leave it deleted.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from cardwright.diagnostics import Diagnostic, Related, Span, error
from cardwright.files import TextFile
from cardwright.memory.lines import Form, compact, read_lines, write_lines
from cardwright.model import Card, Origin, Proposal

__all__ = ["FIELDS", "Entry", "Extracted", "Said", "dump", "load", "said_by", "stands_in"]

# A value of one field: a text, a list of texts, or a flag that is set.
Said = str | tuple[str, ...] | bool

# Every field that rules speak for, in the order of a line. Each one is compared and merged by itself.
FIELDS = ("front", "back", "cloze", "extra", "reverse", "tags", "source", "draft")

_LISTS = ("tags", "source")
_FLAGS = ("reverse", "draft")
_KEYS = ("key", "id", "file", "from", "fields", "deleted", "kept", "seen", "heard")
_MARKS = ("deleted", "kept")
_REQUIRED = ("id", "file", "from", "fields")
_FORMAT = "extracted"
_VERSION = 1
_FORM = Form(
    _FORMAT,
    _VERSION,
    "this is no memory of an extraction: its first line is not the one Cardwright writes",
    (
        "CW601",
        "bring the file back ('git restore {path}'), or make the first line "
        + compact({"cardwright": _FORMAT, "version": _VERSION}),
    ),
    ("CW601", "use the version of Cardwright that wrote it"),
    (
        "CW603",
        "bring it back as it was ('git restore {path}'), or delete the line: "
        "its card is then kept as one that a person wrote",
    ),
    (
        "CW602",
        "keep the lines of both sides, in any order, and delete all that begin with <<<<<<<, |||||||, ======= or "
        ">>>>>>>",
    ),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of one card.

    `file` is the stem of the card file it was last seen in. `origins` are the document, rule and
    subject of each proposal that belongs to it. `fields` is what the rules said when their words last
    went into the card: the base of a comparison with what they say now and what the card says; a
    field that is not there was not said. `deleted`: a person removed the card. `kept`: no document says it
    any more, and a person has read that and keeps it. `seen` holds, by field, what the rules said later and
    a person has read and declined. `heard` are digests of other words that
    proposals said when they were last taken for this card, so that they are taken for it again.
    """

    id: str
    file: str
    origins: tuple[Origin, ...]
    fields: Mapping[str, Said] = field(hash=False)
    deleted: bool = False
    seen: Mapping[str, Said] = field(default_factory=dict, hash=False)
    heard: tuple[str, ...] = ()
    kept: bool = False

    @property
    def key(self) -> str:
        """What lines are ordered by: 16 hexadecimal digits that depend on the id alone."""
        return hashlib.sha256(self.id.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Extracted:
    """The whole memory, in the order of its file."""

    entries: tuple[Entry, ...] = ()

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Extracted:
        """Entries in any order, put in the order of the file."""
        return cls(tuple(sorted(entries, key=lambda each: (each.key, each.id))))


def said_by(proposal: Proposal) -> dict[str, Said]:
    """What a proposal says, field by field."""
    return _set_ones(
        proposal.front,
        proposal.back,
        proposal.cloze,
        proposal.extra,
        proposal.reverse,
        proposal.tags,
        tuple(str(each) for each in proposal.sources),
        proposal.draft,
    )


def stands_in(card: Card) -> dict[str, Said]:
    """What a card says, field by field, comparable with what a proposal says."""
    sources = tuple(str(each) for each in card.sources)
    return _set_ones(card.front, card.back, card.cloze, card.extra, card.reverse, card.tags, sources, card.draft)


def dump(memory: Extracted) -> str:
    """The memory as the text of its file; equal memories give equal texts."""
    lines: list[dict[str, Any]] = []
    for entry in Extracted.of(memory.entries).entries:
        line: dict[str, Any] = {
            "key": entry.key,
            "id": entry.id,
            "file": entry.file,
            "from": [[each.document, each.rule, each.subject] for each in entry.origins],
            "fields": _in_order(entry.fields),
        }
        line |= {mark: True for mark in _MARKS if getattr(entry, mark)}
        if entry.seen:
            line["seen"] = _in_order(entry.seen)
        if entry.heard:
            line["heard"] = list(entry.heard)
        lines.append(line)
    return write_lines(_FORMAT, _VERSION, lines)


def load(file: TextFile) -> tuple[Extracted, list[Diagnostic]]:
    """Read the memory back. Lines may stand in any order; a line twice counts once."""
    lines, found = read_lines(file, _FORM)
    entries: dict[str, tuple[Entry, int]] = {}
    for number, line in lines:
        entry = _entry(line)
        span = Span(file.path, number, 1)
        if isinstance(entry, str):
            found.append(_FORM.fault(_FORM.damaged, f"a damaged line: {entry}", span))
        elif entry.id not in entries:
            entries[entry.id] = (entry, number)
        elif entries[entry.id][0] != entry:
            first = Span(file.path, entries[entry.id][1], 1)
            found.append(
                error(
                    "CW604",
                    f"two lines speak of '{entry.id}' and do not agree",
                    span,
                    "delete one of the two; the next extraction brings the one that stays up to date",
                    [Related(first, "the other line")],
                )
            )
    return Extracted.of(entry for entry, _ in entries.values()), found


def _entry(value: Mapping[str, Any]) -> Entry | str:
    """A line as an entry, or what is wrong with it."""
    if unknown := [key for key in value if key not in _KEYS]:
        return f"'{unknown[0]}' is no key of it"
    if missing := [key for key in _REQUIRED if key not in value]:
        return f"it has no '{missing[0]}'"
    if not (_text(value["id"]) and _text(value["file"])):
        return "'id' and 'file' must be texts"
    origins = value["from"]
    if not isinstance(origins, list) or not all(
        isinstance(each, list) and len(each) == 3 and all(isinstance(part, str) for part in each) for each in origins
    ):
        return "'from' must hold lists of document, rule and subject"
    if wrong := [mark for mark in _MARKS if type(value.get(mark, True)) is not bool]:
        return f"'{wrong[0]}' must be true or false"
    heard = value.get("heard", [])
    if not isinstance(heard, list) or not all(isinstance(each, str) for each in heard):
        return "'heard' must be a list of texts"
    fields, seen = _fields(value["fields"]), _fields(value.get("seen", {}))
    if fields is None or seen is None:
        return f"'{'seen' if seen is None else 'fields'}' holds something that is no field of a card"
    return Entry(
        value["id"],
        value["file"],
        tuple(Origin(*each) for each in origins),
        fields,
        value.get("deleted", False),
        seen,
        tuple(heard),
        value.get("kept", False),
    )


def _fields(value: object) -> dict[str, Said] | None:
    """Fields as they are kept; None where one is unknown or has another type than it must."""
    if not isinstance(value, dict):
        return None
    read: dict[str, Said] = {}
    for name, said in value.items():
        if name in _LISTS and isinstance(said, list) and all(isinstance(each, str) for each in said):
            read[name] = tuple(said)
        elif (name in _FLAGS and isinstance(said, bool)) or (
            name in FIELDS and name not in _LISTS and name not in _FLAGS and isinstance(said, str)
        ):
            read[name] = said
        else:
            return None
    return read


def _text(value: object) -> bool:
    return isinstance(value, str) and bool(value)


def _set_ones(*values: Said) -> dict[str, Said]:
    return {name: value for name, value in zip(FIELDS, values, strict=True) if value}


def _in_order(fields: Mapping[str, Said]) -> dict[str, Said]:
    return {name: fields[name] for name in FIELDS if name in fields}
