"""What learners have: decks/released.lock.

One line for each note ever released, under its guid; one for each card file that is a deck
("deck:STEM"); one for each note type ("note-type:KIND"). Nothing here is ever made up again from
names or words: what a line says is what Anki knows the thing by. Lines of notes that are in no deck
now stay, marked as retired, so that a guid is never given to another card.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, cast

from cardwright.diagnostics import Diagnostic, Related, Span, error
from cardwright.files import TextFile
from cardwright.memory.lines import Form, read_header, read_lines, write_lines
from cardwright.memory.merging import keep, one_deck, one_note, one_type
from cardwright.memory.remembered import Released, ReleasedDeck, ReleasedNote, ReleasedType
from cardwright.model import Kind

__all__ = ["Released", "ReleasedDeck", "ReleasedNote", "ReleasedType", "dump", "load"]

VERSION = 1
_KIND = "released"
_ANEW = "; what is lost for good is made anew by 'cardwright build --relock', which tells what that costs learners"
_FORM = Form(
    _KIND,
    VERSION,
    "the first line does not say that this is a memory of what was released",
    ("CW621", "bring the file back as it was: git restore {path}" + _ANEW),
    ("CW622", "use the version of Cardwright that wrote it"),
    ("CW623", "bring the line back as it was: git restore {path}" + _ANEW),
    (
        "CW624",
        "'cardwright build --relock' does this: keep the lines of both sides; where both have a line with the same "
        "'key', keep the one whose 'mod' is larger; delete the lines that begin with <<<<<<<, |||||||, ======= or "
        ">>>>>>>",
    ),
)
_GUID = re.compile(r"[A-Za-z0-9]{8,40}")
_DECK, _TYPE = "deck:", "note-type:"


def dump(released: Released) -> str:
    """The memory as the text of its file; equal memories give equal texts."""
    lines: list[dict[str, Any]] = [_note_line(note) for note in released.notes.values()]
    lines += [{"key": _DECK + deck.stem, "name": deck.name, "id": deck.id} for deck in released.decks.values()]
    for each in released.types.values():
        line: dict[str, Any] = {
            "key": _TYPE + each.kind,
            "id": each.id,
            "name": each.name,
            "hash": each.hash,
            "mod": each.mod,
        }
        lines.append(line | {"fields": each.fields, "templates": each.templates})
    return write_lines(_KIND, VERSION, lines, namespace=released.namespace)


def load(file: TextFile, namespace: str) -> tuple[Released, list[Diagnostic]]:
    """Read the memory of the project `namespace` back; lines may stand in any order."""
    entries, found = read_lines(file, _FORM)
    if not entries and found:
        return Released(namespace, path=file.path), found
    written = read_header(file).get("namespace")
    if written != namespace:
        message = f"this memory is of the project '{written}', and this project's namespace is '{namespace}'"
        way_out = f'set namespace = "{written}" again: with another one every learner would get every card twice'
        found.append(error("CW631", message, Span(file.path, 1, 1), way_out))
    notes: dict[str, tuple[ReleasedNote, int]] = {}
    decks: dict[str, tuple[ReleasedDeck, int]] = {}
    types: dict[str, tuple[ReleasedType, int]] = {}
    for number, entry in entries:
        key, place = entry.get("key"), Span(file.path, number, 1)
        read: ReleasedNote | ReleasedDeck | ReleasedType | str = "it has no 'key'"
        if isinstance(key, str):
            read = (_deck if key.startswith(_DECK) else _type if key.startswith(_TYPE) else _note)(entry)
        match read:
            case ReleasedDeck():
                keep(decks, read.stem, read, place, one_deck, found)
            case ReleasedType():
                keep(types, read.kind, read, place, one_type, found)
            case ReleasedNote():
                keep(notes, read.guid, read, place, one_note, found)
            case _:
                found.append(_FORM.fault(_FORM.damaged, f"a damaged line: {read}", place))
    found.extend(_twice(notes, file.path))
    return (
        Released(
            namespace,
            {guid: note for guid, (note, _) in notes.items()},
            {stem: deck for stem, (deck, _) in decks.items()},
            {kind: each for kind, (each, _) in types.items()},
            file.path,
        ),
        found,
    )


def _note_line(note: ReleasedNote) -> dict[str, Any]:
    """A note as its line; what is empty is left out."""
    line: dict[str, Any] = {"key": note.guid}
    for name in _NOTE_KEYS:
        value = getattr(note, name)
        if value or name not in _OPTIONAL:
            line[name] = value
    return line


# The keys of a note's line behind "key", in the order of a line.
_NOTE_KEYS = ("id", "was", "kind", "file", "hash", "words", "mod", "born", "clozes", "reverse", "retired")
_OPTIONAL = ("was", "words", "clozes", "reverse", "retired")
_DECK_KEYS = ("name", "id")
_TYPE_KEYS = ("id", "name", "hash", "mod", "fields", "templates")


def _note(entry: Mapping[str, Any]) -> ReleasedNote | str:
    if problem := _keys(entry, _NOTE_KEYS, _OPTIONAL):
        return problem
    if not _GUID.fullmatch(entry["key"]):
        return "its 'key' is no guid"
    if entry["kind"] not in ("basic", "cloze"):
        return "'kind' must be basic or cloze"
    clozes = entry.get("clozes", {})
    if not isinstance(clozes, dict) or not all(re.fullmatch(r"[1-9][0-9]{0,2}", each) for each in clozes):
        return "'clozes' must have an answer for each number"
    if not all(isinstance(each, str) for each in clozes.values()):
        return "'clozes' must hold texts"
    for name in ("was", "words"):
        if not isinstance(entry.get(name, []), list) or not all(isinstance(each, str) for each in entry.get(name, [])):
            return f"'{name}' must be a list of texts"
    return ReleasedNote(
        entry["key"],
        entry["id"],
        cast(Kind, entry["kind"]),
        entry["file"],
        entry["hash"],
        entry["mod"],
        entry["born"],
        tuple(entry.get("words", ())),
        tuple(entry.get("was", ())),
        clozes,
        entry.get("reverse", False),
        entry.get("retired", False),
    )


def _deck(entry: Mapping[str, Any]) -> ReleasedDeck | str:
    if problem := _keys(entry, _DECK_KEYS, ()):
        return problem
    return ReleasedDeck(entry["key"].removeprefix(_DECK), entry["name"], entry["id"])


def _type(entry: Mapping[str, Any]) -> ReleasedType | str:
    if problem := _keys(entry, _TYPE_KEYS, ()):
        return problem
    kind = entry["key"].removeprefix(_TYPE)
    if kind not in ("basic", "cloze"):
        return "a note type is basic or cloze"
    parts: list[tuple[tuple[str, int], ...]] = []
    for name in ("fields", "templates"):
        value = entry[name]
        if not isinstance(value, list) or not value or not all(_is_part(each) for each in value):
            return f"'{name}' must be a list of names with ids"
        parts.append(tuple((each[0], each[1]) for each in value))
    return ReleasedType(cast(Kind, kind), entry["id"], entry["name"], entry["hash"], entry["mod"], parts[0], parts[1])


def _is_part(value: object) -> bool:
    return isinstance(value, list) and len(value) == 2 and isinstance(value[0], str) and type(value[1]) is int


# What each key with a simple value must hold.
_TEXTS = ("id", "kind", "file", "hash", "name")
_NUMBERS = ("mod", "born")


def _keys(entry: Mapping[str, Any], known: tuple[str, ...], optional: tuple[str, ...]) -> str:
    """What is wrong with the keys and the simple values of a line; empty where nothing is."""
    for name in entry:
        if name != "key" and name not in known:
            return f"'{name}' is no key of it"
    for name in known:
        if name not in entry:
            if name not in optional:
                return f"it has no '{name}'"
            continue
        value = entry[name]
        number = name in _NUMBERS or (name == "id" and known is not _NOTE_KEYS)
        if number and (type(value) is not int or not 0 < value < 1 << 53):
            return f"'{name}' must be a whole number above 0"
        if not number and name in _TEXTS and (not isinstance(value, str) or not value):
            return f"'{name}' must be a text"
        if name in ("reverse", "retired") and value is not True:
            return f"'{name}' is true or not there"
    return ""


def _twice(notes: Mapping[str, tuple[ReleasedNote, int]], path: str) -> list[Diagnostic]:
    """Two notes that both claim to be the live one of a card."""
    found: list[Diagnostic] = []
    first: dict[tuple[str, str], int] = {}
    for note, number in sorted(notes.values(), key=lambda each: each[1]):
        if note.retired:
            continue
        there = first.setdefault((note.id, note.kind), number)
        if there != number:
            way_out = (
                "delete the line that no learner has had; where both were released, the one with the larger 'born'"
            )
            related = [Related(Span(path, there, 1), "the other line")]
            message = f"two lines say that they are the note of '{note.id}'"
            found.append(error("CW634", message, Span(path, number, 1), way_out, related))
    return found
