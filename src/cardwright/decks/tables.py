"""A deck as text: a table for people and programs, and Anki's own text format."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from cardwright.decks.deckfile import DeckFile
from cardwright.decks.notetypes import FIELDS, NoteType
from cardwright.decks.plan import Build
from cardwright.model import Note

__all__ = ["COLUMNS", "anki_text", "csv_table"]

COLUMNS = ("id", "front", "back", "extra", "tags", "deck", "source")
# Spreadsheets take a cell that begins so for a formula. One that begins so behind apostrophes gets one more, so that
# taking one away gives back every text.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")


def csv_table(build: Build, deck: DeckFile) -> bytes:
    """The deck as CSV by RFC 4180: a header row, lines that end in CRLF, every cell quoted, UTF-8 without a mark.

    Texts are plain. A cloze shows its blanks under `front` and what they hide under `back`. A cell that a
    spreadsheet would take for a formula has an apostrophe before it.
    """
    rows = (
        (note.card, *note.plain[:3], " ".join(note.tags), note.deck, note.plain[3]) for note in build.notes[deck.stem]
    )
    guarded = (tuple(f"'{cell}" if _FORMULA.match(cell) else cell for cell in row) for row in rows)
    return _written([COLUMNS, *guarded], "\r\n").encode()


def anki_text(build: Build, deck: DeckFile) -> bytes:
    """The deck in Anki's text format, the same notes as in the package.

    It needs the note types, so a package must have been imported before. Header lines come first and
    unquoted; every cell is quoted, as Anki takes an unquoted `#` for a comment. Fields stand in the order of the
    note type; a cloze has fewer of them and leaves the last columns empty.
    """
    widest = max(len(fields) for fields in FIELDS.values())
    names = [f"field {number}" for number in range(1, widest + 1)]
    header = (
        "#separator:Comma",
        "#html:true",
        "#guid column:1",
        "#notetype column:2",
        "#deck column:3",
        f"#tags column:{4 + widest}",
        "#if matches:update current",
        f"#columns:{','.join(['guid', 'notetype', 'deck', *names, 'tags'])}",
    )
    rows = (_row(note, build.note_types[note.kind], widest) for note in build.notes[deck.stem])
    return ("\n".join(header) + "\n" + _written(rows, "\n")).encode()


def _row(note: Note, note_type: NoteType, widest: int) -> Sequence[str]:
    padding = [""] * (widest - len(note.fields))
    return [note.guid, note_type.name, note.deck, *note_type.arranged(note.fields), *padding, " ".join(note.tags)]


def _written(rows: Iterable[Sequence[str]], ending: str) -> str:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator=ending).writerows(rows)
    return buffer.getvalue()
