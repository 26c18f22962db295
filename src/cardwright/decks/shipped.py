"""A package that learners have, read back as plain data.

It may come from anywhere, so nothing in it is trusted: sizes, types and the database's own schema are checked, and
a query that goes on too long is cut off.
"""

from __future__ import annotations

import contextlib
import json
import re
import sqlite3
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from cardwright.diagnostics import Diagnostic, Span, error
from cardwright.model import Kind

__all__ = ["Shipped", "ShippedNote", "ShippedType", "printable", "read_package"]

# Bytes of a package, and of the collection in it once unpacked. Our own with 20 000 cards has a tenth of that.
LARGEST_PACKAGE = 1 << 30
LARGEST_COLLECTION = 1 << 27
# Steps of SQLite's machine, in thousands; reading a row takes some twenty.
_STEPS = 200_000

_OUR_TYPE = re.compile(r"Cardwright (basic|cloze) \(([a-z][a-z0-9-]{1,39})\)")
_DATABASE = b"SQLite format 3\0"
_SEPARATOR = "\x1f"
_TABLES = {"col", "notes", "cards"}
# What a terminal would act on, or could not print; no text of a package of ours has it.
_UNSHOWN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_NOT_OURS = "give the .apkg that 'cardwright build' wrote and that learners imported"


@dataclass(frozen=True, slots=True)
class ShippedNote:
    """A note: `fields` by their names, `ords` its review cards, `deck` where they go. `mod` is in seconds."""

    guid: str
    kind: Kind
    fields: Mapping[str, str] = field(hash=False)
    tags: tuple[str, ...]
    deck: str
    ords: tuple[int, ...]
    mod: int

    @property
    def card(self) -> str:
        """The id of its card at that time."""
        return self.fields.get("Id", "")


@dataclass(frozen=True, slots=True)
class ShippedType:
    """A note type: `look` is its CSS and the texts of its templates, `schema` the ids of fields and of templates."""

    kind: Kind
    id: int
    name: str
    look: tuple[str, ...]
    schema: tuple[tuple[int, ...], tuple[int, ...]]
    mod: int


@dataclass(frozen=True, slots=True)
class Shipped:
    """What a package holds: notes by guid, in its order, and the note types they are of."""

    notes: Mapping[str, ShippedNote] = field(hash=False)
    types: Mapping[Kind, ShippedType] = field(hash=False)


class _UnusableError(Exception):
    """Why a package cannot be used; a code, a sentence, the way out."""


def read_package(file: Path, shown: str, namespace: str) -> tuple[Shipped | None, list[Diagnostic]]:
    """A package that this project's `cardwright build` made; None where it is another one, or none at all."""
    try:
        return _shipped(_collection(file), namespace), []
    except _UnusableError as problem:
        code, message, way_out = problem.args
        return None, [error(code, message, Span(shown), way_out)]
    except OSError as problem:
        reason = (problem.strerror or str(problem)).lower()
        return None, [error("CW003", f"cannot be read: {reason}", Span(shown), "check its name and permissions")]


def _damaged(what: str) -> _UnusableError:
    return _UnusableError("CW560", f"this package cannot be read: {what}", f"get it anew; {_NOT_OURS}")


def _foreign(what: str) -> _UnusableError:
    return _UnusableError("CW561", f"this package was not built by Cardwright: {what}", _NOT_OURS)


def _too_large(limit: int) -> _UnusableError:
    return _UnusableError("CW562", f"this package holds more than {limit >> 20} MiB", _NOT_OURS)


def _collection(file: Path) -> bytes:
    """The database in the package, unpacked no further than to the limit."""
    if file.stat().st_size > LARGEST_PACKAGE:
        raise _too_large(LARGEST_PACKAGE)
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
            if other := [name for name in names if name in ("collection.anki21", "collection.anki21b")]:
                raise _foreign(f"it has '{other[0]}', as Anki's own exports have")
            if "collection.anki2" not in names:
                raise _foreign("it has no collection.anki2")
            entry = archive.getinfo("collection.anki2")
            if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise _foreign("it is compressed in another way")
            if entry.file_size > LARGEST_COLLECTION:
                raise _too_large(LARGEST_COLLECTION)
            with archive.open("collection.anki2") as member:
                data = member.read(LARGEST_COLLECTION + 1)  # what the entry says of its size need not be true
    except zipfile.BadZipFile as problem:
        raise _damaged("it is no zip archive, or one that breaks off") from problem
    except (zlib.error, EOFError, RuntimeError, NotImplementedError, ValueError, OverflowError) as problem:
        raise _damaged("its archive is damaged") from problem
    if len(data) > LARGEST_COLLECTION:
        raise _too_large(LARGEST_COLLECTION)
    return data


def _shipped(data: bytes, namespace: str) -> Shipped:
    if not data.startswith(_DATABASE):
        raise _damaged("its database is none")
    try:
        with contextlib.closing(sqlite3.connect(":memory:")) as base:
            base.deserialize(data)
            return _read(base, namespace)
    except (sqlite3.Error, sqlite3.Warning, OverflowError) as problem:
        raise _damaged("its database is damaged") from problem
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as problem:
        raise _damaged("something else stands in it than Cardwright writes") from problem


def _read(base: sqlite3.Connection, namespace: str) -> Shipped:
    steps = 0

    def on_step() -> int:
        nonlocal steps
        steps += 1
        return int(steps > _STEPS)

    base.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LARGEST_COLLECTION)
    base.set_progress_handler(on_step, 1000)
    base.execute("PRAGMA trusted_schema = OFF")
    tables = {name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not tables >= _TABLES:
        raise _foreign("its database is no collection of Anki")
    ((version, models, decks),) = base.execute("SELECT ver, models, decks FROM col").fetchall()
    if version != 11:
        raise _foreign(f"its collection has version {version}")
    types, names = _types(json.loads(models), namespace)
    paths = {int(number): printable(deck["name"]) for number, deck in json.loads(decks).items()}
    cards: dict[int, list[tuple[int, int]]] = {}
    for note, order, deck in base.execute("SELECT nid, ord, did FROM cards ORDER BY nid, ord"):
        cards.setdefault(note, []).append((_whole(order), deck))
    notes: dict[str, ShippedNote] = {}
    for number, guid, model, mod, tags, fields in base.execute("SELECT id, guid, mid, mod, tags, flds FROM notes"):
        if model not in types:
            raise _foreign("it has notes of a note type that is not Cardwright's")
        if guid in notes or number not in cards:
            raise _damaged("a note is in it twice" if guid in notes else "it has notes without review cards")
        notes[_text(guid)] = ShippedNote(
            guid,
            types[model].kind,
            dict(zip(names[model], _text(fields).split(_SEPARATOR), strict=True)),
            tuple(sorted(_text(tags).split())),
            paths[cards[number][0][1]],
            tuple(dict.fromkeys(order for order, _ in cards[number])),
            _whole(mod),
        )
    return Shipped(notes, {each.kind: each for each in sorted(types.values(), key=lambda each: each.kind)})


def _types(models: Mapping[str, Any], namespace: str) -> tuple[dict[int, ShippedType], dict[int, list[str]]]:
    """The note types of this project by their ids, and the names of their fields."""
    types: dict[int, ShippedType] = {}
    names: dict[int, list[str]] = {}
    others: set[str] = set()
    for key, model in models.items():
        ours = _OUR_TYPE.fullmatch(model["name"])
        if not ours:
            continue
        if ours[2] != namespace:
            others.add(ours[2])
            continue
        fields, templates = model["flds"], model["tmpls"]
        look = [model["css"], *(text for each in templates for text in (each["name"], each["qfmt"], each["afmt"]))]
        types[int(key)] = ShippedType(
            cast(Kind, ours[1]),
            int(key),
            ours[0],
            tuple(look),
            (tuple(each["id"] for each in fields), tuple(each["id"] for each in templates)),
            _whole(model["mod"]),
        )
        names[int(key)] = [each["name"] for each in fields]
    if others and not types:
        message = f"this package is of the project '{min(others)}', and this project is '{namespace}'"
        raise _UnusableError("CW563", message, "run the command in the project that built it")
    if not types:
        raise _foreign("none of its note types is Cardwright's")
    if len({each.kind for each in types.values()}) < len(types):
        raise _damaged("it has two note types of one kind")
    return types, names


def _whole(value: object) -> int:
    if type(value) is not int:
        raise ValueError("not a whole number")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("not a text")
    return value


def printable(text: str) -> str:
    """A text of a package as a terminal may show it."""
    return _UNSHOWN.sub("\ufffd", text)
