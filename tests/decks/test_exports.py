"""Both text exports: what other readers and Anki itself get from them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from anki.collection import ImportCsvRequest

from cardwright.decks import Build, anki_text, csv_table, package
from cardwright.decks.tables import COLUMNS
from cardwright.model import Card
from decks.learner import Learner
from decks.shelf import NOW, Shelf, basic, cloze

# Answers that one reader or another takes for something else.
ODD = {
    "not-available": "NA",
    "nothing": "None",
    "null": "null",
    "not-a-number": "NaN",
    "true": "TRUE",
    "zeros": "007",
    "point": "1.10",
    "large": "12345678901234567890",
    "exponent": "1e5",
    "date": "2026-05-04",
    "time": "22:30",
    "lines": "one\ntwo\nthree",
    "quotes": 'a "b" \'c\' ""',
    "quote": '"',
    "semicolons": "a; b;c",
    "commas": "a, b,c",
    "tabs": "a\tb",
    "comment": "# is no comment",
    "comment-inside": "C# is #1",
    "header": "#separator:Tab",
    "tags": "tags:a b",
    "formula": "=1+1",
    "plus": "+1",
    "minus": "-1",
    "at": "@home",
    "apostrophe": "'a'",
    "guarded": "'=1+1",
    "guarded-twice": "''-1",
    "command": "=cmd|' /C calc'!A0",
    "html": "<b>a</b> & &amp; <br>",
    "braces": "{{c1::a}} {{Front}}",
    "sound": "[sound:a.mp3]",
    "backslash": "a\\b C:\\new",
    "right-to-left": "שלום, עולם",
    "emoji": "👩\u200d🚀",
    "separators": "a|b\u00a0c",
    "long": "word " * 4000 + "end",
}


def _cards() -> list[Card]:
    cards = [basic(name, text, extra=text, tags=("a", "b::c")) for name, text in ODD.items()]
    cards += [basic(f"{name}-asked", "yes", front=f"{text} ({name})", reverse=True) for name, text in ODD.items()]
    return [*cards, cloze("gaps", "=A {{c1::#b}} and a {{c2::c {{c3::d}}::hint}}\nin {{c1::lines}}", extra="NA")]


@pytest.fixture
def odd(shelf: Shelf) -> Build:
    """A deck of odd texts."""
    shelf.put(*_cards(), title="1; 2, #3", tags=["all"])
    shelf.deck("odd", "name: Orla\ncards: [words]\nexports: [apkg, csv, anki-text]")
    return shelf.build()


def _expected(build: Build) -> list[dict[str, str]]:
    """The notes as rows, before any guard."""
    return [
        dict(zip(COLUMNS, (note.card, *note.plain[:3], " ".join(note.tags), note.deck, note.plain[3]), strict=True))
        for note in build.notes["odd"]
    ]


def _unguarded(cell: str) -> str:
    """A cell without its guard: one apostrophe less before what a spreadsheet would run."""
    return cell[1:] if re.match(r"'+[=+\-@\t\r]", cell) else cell


def _text_file(build: Build, folder: Path) -> Path:
    file = folder / f"{len(list(folder.iterdir()))}.anki.txt"
    file.write_bytes(anki_text(build, build.decks[0]))
    return file


def _package_file(build: Build, folder: Path) -> Path:
    file = folder / f"{len(list(folder.iterdir()))}.apkg"
    file.write_bytes(package(build, build.decks[0]))
    return file


def test_the_table_is_exactly_the_notes(odd: Build) -> None:
    """Invariant 30: csv and pandas read the same rows, which are the notes; only the documented guard differs."""
    data = csv_table(odd, odd.decks[0])
    expected = _expected(odd)

    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")))
    frame: Any = pytest.importorskip("pandas").read_csv(io.BytesIO(data), dtype=str, keep_default_na=False)

    assert len(rows) == len(frame) == len(odd.notes["odd"]) == 2 * len(ODD) + 1
    assert tuple(frame.columns) == COLUMNS
    assert frame.to_dict("records") == rows
    assert [{key: _unguarded(cell) for key, cell in row.items()} for row in rows] == expected
    answers = {row["id"]: row["back"] for row in rows}
    assert {name: _unguarded(answers[name]) for name in ODD} == ODD


def test_no_cell_of_the_table_is_a_formula(odd: Build) -> None:
    """In every column; a text that has the apostrophe itself gets one more, so that none is lost."""
    rows = list(csv.reader(io.StringIO(csv_table(odd, odd.decks[0]).decode(), newline="")))

    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    answers = {row[0]: row[2] for row in rows}
    assert (answers["formula"], answers["guarded"], answers["guarded-twice"]) == ("'=1+1", "''=1+1", "'''-1")
    assert answers["apostrophe"] == "'a'"


def test_the_table_is_plain_csv(odd: Build) -> None:
    """RFC 4180: no mark at the beginning, CRLF, every cell quoted, as many cells in every row."""
    data = csv_table(odd, odd.decks[0])

    assert data.startswith(b'"id","front","back","extra","tags","deck","source"\r\n')
    assert data.endswith(b'"\r\n')
    rows = list(csv.reader(io.StringIO(data.decode("utf-8"), newline=""), strict=True))
    assert {len(row) for row in rows} == {len(COLUMNS)}
    assert re.fullmatch(r'(?:"(?:[^"]|"")*"(?:,|\r\n))+', data.decode("utf-8"))


def test_the_text_file_has_its_headers_first(odd: Build, learner: Callable[[], Learner], tmp_path: Path) -> None:
    """Anki reads every header, in UTF-8 without a mark; rows hold what the package holds, with no guard."""
    file = _text_file(odd, tmp_path)
    text = file.read_bytes().decode("utf-8")
    collection = learner().collection

    metadata = collection.get_csv_metadata(path=str(file), delimiter=None)

    lines = text.split("\n")
    assert [line.split(":")[0] for line in lines[:8]] == [
        "#separator",
        "#html",
        "#guid column",
        "#notetype column",
        "#deck column",
        "#tags column",
        "#if matches",
        "#columns",
    ]
    assert not text.startswith("\ufeff")
    assert "\r" not in text
    assert metadata.is_html
    assert (metadata.guid_column, metadata.notetype_column, metadata.deck_column) == (1, 2, 3)
    assert metadata.tags_column == len(metadata.column_labels)
    assert metadata.dupe_resolution == metadata.DupeResolution.UPDATE
    rows = list(csv.reader(io.StringIO("\n".join(lines[8:]), newline=""), strict=True))
    assert {len(row) for row in rows} == {metadata.tags_column}
    for row, note in zip(rows, odd.notes["odd"], strict=True):
        fields = (*note.fields, *[""] * (metadata.tags_column - 4 - len(note.fields)))
        assert tuple(row) == (note.guid, odd.note_types[note.kind].name, note.deck, *fields, " ".join(note.tags))
        assert re.fullmatch(r"[A-Za-z0-9]{16}", note.guid)


@pytest.mark.parametrize("remembered", ["UPDATE", "PRESERVE", "DUPLICATE"])
def test_text_and_package_are_the_same_notes(
    shelf: Shelf, odd: Build, learner: Callable[[], Learner], tmp_path: Path, remembered: str
) -> None:
    """Invariant 29: text over package updates nothing and package over text adds nothing, whatever Anki remembers."""
    text, packed = _text_file(odd, tmp_path), _package_file(odd, tmp_path)
    one, other = learner(), learner()
    count = len(odd.notes["odd"])
    for anki in (one, other):
        anki.import_package(packed)
        _remember(anki, remembered, tmp_path)
    before = one.rows()

    log = one.import_text(text)

    assert {name: len(guids) for name, guids in log.items() if guids} == {"duplicate": count}
    assert one.rows() == before
    other.collection.remove_notes(list(other.collection.find_notes("")))
    assert len(other.import_text(text)["new"]) == count
    _remember(other, remembered, tmp_path)
    other.import_package(packed)
    assert other.notes() == one.notes()

    cards = [card for card in _cards() if card.id != "zeros"]
    shelf.put(*cards, basic("zeros", "008", extra="007", tags=("a", "b::c")), title="1; 2, #3", tags=["all"])
    changed = shelf.build(NOW + 60)
    guid = next(note.guid for note in changed.notes["odd"] if note.card == "zeros")
    log = one.import_text(_text_file(changed, tmp_path))
    assert (log["updated"], len(log["duplicate"]), log["new"]) == ([guid], count - 1, [])
    assert one.notes()[guid][1][1] == "008"
    assert [row[3:] for row in one.rows()["cards"]] == [row[3:] for row in before["cards"]]


def _remember(anki: Learner, choice: str, folder: Path) -> None:
    """Let the learner import a file of their own with another choice for notes that match; Anki remembers it."""
    file = folder / "own.txt"
    file.write_text("#separator:Comma\nmy question,my answer\n", encoding="utf-8")
    metadata = anki.collection.get_csv_metadata(path=str(file), delimiter=None)
    metadata.dupe_resolution = metadata.DupeResolution.Value(choice)
    anki.collection.import_csv(ImportCsvRequest(path=str(file), metadata=metadata))
    anki.collection.remove_notes(list(anki.collection.find_notes("note:Basic")))
    assert anki.collection.get_csv_metadata(path=str(file), delimiter=None).dupe_resolution == metadata.dupe_resolution


def test_text_without_the_package_brings_nothing(odd: Build, learner: Callable[[], Learner], tmp_path: Path) -> None:
    """Where the note types are missing, Anki says so, and makes no Basic notes of the rows."""
    anki = learner()

    log = anki.import_text(_text_file(odd, tmp_path))

    assert {name: len(guids) for name, guids in log.items() if guids} == {"missing_notetype": len(odd.notes["odd"])}
    assert anki.notes() == {}


def test_a_text_import_leaves_reviews_and_decks_alone(
    shelf: Shelf, odd: Build, learner: Callable[[], Learner], tmp_path: Path
) -> None:
    """Answered and moved cards stay as they are when the text file rewords their notes."""
    anki = learner()
    anki.import_package(_package_file(odd, tmp_path))
    anki.answer(5, deck="Orla::1; 2, #3")
    own = anki.collection.decks.id("My own")
    assert own is not None
    anki.collection.set_deck(list(anki.collection.find_cards(""))[:7], own)
    before = anki.history()
    shelf.put(*(basic(name, f"{text} again") for name, text in ODD.items()), title="1; 2, #3", tags=["all"])
    changed = shelf.build(NOW + 60)

    log = anki.import_text(_text_file(changed, tmp_path))

    assert len(log["updated"]) == len(ODD)
    assert anki.history() == before
