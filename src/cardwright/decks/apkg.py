"""A deck as an Anki package: same input, same bytes.

Anki's legacy format (a zip with collection.anki2, schema 11), which every version from 2.1 on imports.
The schema and the JSON of note types and decks are genanki's; rows, ids and the zip are made here, as
genanki takes the time of the build for ids and for members of the zip, and counts clozes otherwise than Anki.
"""

from __future__ import annotations

import contextlib
import hashlib
import html
import io
import json
import re
import sqlite3
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from cardwright.decks.deckfile import DeckFile
from cardwright.decks.identity import stable_id
from cardwright.decks.notetypes import NoteType
from cardwright.decks.plan import Build
from cardwright.model import Kind, Note

__all__ = ["package"]

_DATE = (1980, 1, 1, 0, 0, 0)
_LEVEL = 6
_UNIX = 3
# Bytes of the SQLite header that hold counters and the library's version; Anki does not look at them.
_COUNTERS = ((24, b"\x00\x00\x00\x01"), (92, b"\x00\x00\x00\x01"), (96, b"\x00\x2d\xf4\xc0"))
_SEPARATOR = "\x1f"
_TAG = re.compile(r"<[^>]*>")
_IMAGE = re.compile(r"<img[^>]+src=\"([^\"]+)\"[^>]*>")
_NOTE_ROW = f"INSERT INTO notes VALUES({','.join('?' * 11)})"
_CARD_ROW = f"INSERT INTO cards VALUES({','.join('?' * 18)})"


def package(build: Build, deck: DeckFile) -> bytes:
    """The bytes of the deck's .apkg: its notes, and the pictures that they show."""
    names = sorted({name for note in build.notes[deck.stem] for name in note.media})
    media = {str(number): name for number, name in enumerate(names)}
    members = {number: build.pictures[name] for number, name in media.items()}
    members |= {"collection.anki2": _collection(build, deck), "media": _json(media).encode()}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in sorted(members):
            member = zipfile.ZipInfo(name, _DATE)
            member.create_system = _UNIX
            member.external_attr = 0o100644 << 16
            # pictures are compressed already
            member.compress_type = zipfile.ZIP_STORED if name in media else zipfile.ZIP_DEFLATED
            archive.writestr(member, members[name], compresslevel=_LEVEL)
    return buffer.getvalue()


def _collection(build: Build, deck: DeckFile) -> bytes:
    from genanki.apkg_col import APKG_COL
    from genanki.apkg_schema import APKG_SCHEMA

    notes = build.notes[deck.stem]
    ids = _deck_ids(build, notes)
    types = {kind: build.note_types[kind] for kind in sorted({note.kind for note in notes})}
    tables, _, indexes = APKG_SCHEMA.partition("CREATE INDEX")
    with contextlib.closing(sqlite3.connect(":memory:")) as base:
        base.executescript(tables)
        base.executescript(APKG_COL)
        base.execute(
            "UPDATE col SET mod = ?, scm = ?, models = ?, decks = ?",
            (*_times(notes, types), _json(_models(types, min(ids.values()))), _json(_decks(base, deck, ids))),
        )
        base.executemany(_NOTE_ROW, _note_rows(notes, types))
        base.executemany(_CARD_ROW, _card_rows(notes, types, ids))
        base.executescript("CREATE INDEX" + indexes)
        base.commit()
        data = bytearray(base.serialize())
    for at, value in _COUNTERS:
        data[at : at + 4] = value
    return bytes(data)


def _times(notes: Sequence[Note], types: Mapping[Kind, NoteType]) -> tuple[int, int]:
    """When the collection was last changed, in milliseconds: no clock is asked, the latest note says it."""
    latest = max(*(each.mod for each in notes), *(each.mod for each in types.values())) * 1000
    return latest, latest


def _deck_ids(build: Build, notes: Sequence[Note]) -> dict[str, int]:
    """An id for each deck of the notes and each deck above it; Anki forgets them on import and goes by the name."""
    known = {each.name: each.id for each in build.released.decks.values()}
    ids: dict[str, int] = {}
    for path in dict.fromkeys(note.deck for note in notes):
        levels = path.split("::")
        for depth in range(1, len(levels) + 1):
            name = "::".join(levels[:depth])
            if name in ids:
                continue
            number = known.get(name)
            if number is None or number in ids.values():  # two of one id would collapse into one deck
                number = stable_id(build.namespace, f"deck-above:{name}", {*known.values(), *ids.values()})
            ids[name] = number
    return ids


def _decks(base: sqlite3.Connection, deck: DeckFile, ids: Mapping[str, int]) -> dict[str, Any]:
    """The decks of the package besides the default one that every collection has."""
    import genanki

    decks: dict[str, Any] = json.loads(base.execute("SELECT decks FROM col").fetchone()[0])
    for name, number in ids.items():
        text = html.escape(deck.description, quote=False).replace("\n", "<br>") if name == deck.name else ""
        decks[str(number)] = genanki.Deck(number, name, text).to_json()
    return decks


def _models(types: Mapping[Kind, NoteType], deck: int) -> dict[str, Any]:
    import genanki

    models: dict[str, Any] = {}
    for each in types.values():
        model = genanki.Model(
            each.id,
            each.name,
            fields=[{"name": name, "id": number} for name, number in each.fields],
            templates=[{"name": t.name, "id": t.id, "qfmt": t.front, "afmt": t.back} for t in each.templates],
            css=each.css,
            model_type=genanki.Model.CLOZE if each.kind == "cloze" else genanki.Model.FRONT_BACK,
        )
        models[str(each.id)] = model.to_json(each.mod, deck)
    return models


def _note_rows(notes: Sequence[Note], types: Mapping[Kind, NoteType]) -> Iterator[tuple[object, ...]]:
    for note in notes:
        arranged = types[note.kind].arranged(note.fields)
        first = _sort_text(arranged[0])
        checksum = int(hashlib.sha1(first.encode()).hexdigest()[:8], 16)
        tags = f" {' '.join(note.tags)} " if note.tags else ""
        fields = _SEPARATOR.join(arranged)
        yield note.born, note.guid, types[note.kind].id, note.mod, -1, tags, fields, first, checksum, 0, ""


def _card_rows(
    notes: Sequence[Note], types: Mapping[Kind, NoteType], ids: Mapping[str, int]
) -> Iterator[tuple[object, ...]]:
    """Review cards; `due` is the place of their note in the package, so that new cards come in the author's order."""
    taken: set[int] = set()
    for place, note in enumerate(notes, 1):
        for order in map(types[note.kind].ordinal, note.ords):
            number = note.born + order
            while number in taken:
                number += 1
            taken.add(number)
            yield number, note.born, ids[note.deck], order, note.mod, -1, 0, 0, place, 0, 0, 0, 0, 0, 0, 0, 0, ""


def _sort_text(value: str) -> str:
    """A field as Anki sorts and compares it: no tags but the names of images."""
    return html.unescape(_TAG.sub("", _IMAGE.sub(r" \1 ", value)))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
