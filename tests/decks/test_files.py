"""The files that are built: their bytes, and the tables that other tools read."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from genanki import apkg_schema

from cardwright.decks import after_import, anki_text, csv_table, package
from decks.shelf import NOW, Shelf, basic, cloze

_BUILD = """
import hashlib, sys
sys.path.insert(0, sys.argv[1])
from decks.shelf import Shelf
from cardwright.decks import anki_text, csv_table, package
shelf = Shelf()
shelf.varied()
if sys.argv[2] == "reversed":
    shelf.cards = dict(reversed(shelf.cards.items()))
build = shelf.build()
for render in (package, csv_table, anki_text):
    print(hashlib.sha256(render(build, build.decks[0])).hexdigest())
"""


def _table(shelf: Shelf) -> list[dict[str, str]]:
    build = shelf.build()
    return list(csv.DictReader(io.StringIO(csv_table(build, build.decks[0]).decode(), newline="")))


def test_same_source_gives_same_bytes(shelf: Shelf, tmp_path: Path) -> None:
    """Invariant 2: another folder, time zone, locale, hash seed and order of files: the same three files."""
    shelf.varied()
    build = shelf.build()
    here = [hashlib.sha256(render(build, build.decks[0])).hexdigest() for render in (package, csv_table, anki_text)]
    tests = str(Path(__file__).parents[1])
    for seed, zone, order in (("1", "Asia/Kathmandu", "reversed"), ("2", "UTC", "as they are")):
        environ = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C", "PYTHONUTF8": "1"}
        command = [sys.executable, "-c", _BUILD, tests, order]
        there = subprocess.run(command, cwd=tmp_path, env=environ, capture_output=True, text=True, check=True)
        assert there.stdout.split() == here


def test_a_later_build_of_the_same_cards_gives_the_same_bytes(shelf: Shelf) -> None:
    """Invariant 2: the memory is what counts, not the clock."""
    shelf.varied()
    first = shelf.build()

    later = shelf.build(NOW + 86_400)

    assert package(later, later.decks[0]) == package(first, first.decks[0])


def test_the_zip_has_no_trace_of_machine_or_day(shelf: Shelf, tmp_path: Path) -> None:
    """Members in order, from 1980, readable by all."""
    shelf.varied()

    with zipfile.ZipFile(shelf.package(tmp_path / "pilots.apkg")) as archive:
        members = archive.infolist()
        data = archive.read("collection.anki2")

    assert [member.filename for member in members] == ["collection.anki2", "media"]
    assert {(member.date_time, member.create_system, member.external_attr >> 16) for member in members} == {
        ((1980, 1, 1, 0, 0, 0), 3, 0o100644)
    }
    assert data[24:28] == data[92:96] == b"\x00\x00\x00\x01"


def test_rows_of_a_package(shelf: Shelf, tmp_path: Path) -> None:
    """Notes under the time they were born, cards just above, `due` as the place in the deck, Anki's schema."""
    shelf.put(basic("bow", reverse=True), cloze("mast", "A {{c3::mast}} <b>"), basic("42"))
    shelf.deck("ship", "name: Ship\ncards: [words]")
    with zipfile.ZipFile(shelf.package(tmp_path / "ship.apkg")) as archive:
        (tmp_path / "base").write_bytes(archive.read("collection.anki2"))
    base = sqlite3.connect(tmp_path / "base")

    notes = base.execute("select id, mod, sfld, csum from notes").fetchall()
    cards = base.execute("select id, nid, ord, due, mod from cards").fetchall()
    indexes = [name for (name,) in base.execute("select name from sqlite_master where type = 'index'")]
    base.close()

    born = [row[0] for row in notes]
    assert born == sorted(born)
    assert {row[1] for row in notes} == {NOW}
    first = "What is bow?"
    assert notes[0][2:] == (first, int(hashlib.sha1(first.encode()).hexdigest()[:8], 16))
    assert [(row[1] - born[0], row[2], row[3]) for row in cards] == [(0, 0, 1), (0, 1, 1), (10, 2, 2), (20, 0, 3)]
    assert [row[0] - row[1] for row in cards] == [0, 1, 2, 0]
    assert len(indexes) == apkg_schema.APKG_SCHEMA.count("CREATE INDEX")


def test_the_table_is_read_back_by_any_reader(shelf: Shelf) -> None:
    """Invariant 30: one row a card, every cell quoted, plain text."""
    shelf.varied()
    build = shelf.build()
    data = csv_table(build, build.decks[0])

    rows = _table(shelf)

    assert [row["id"] for row in rows] == [note.card for note in build.notes["pilots"]]
    assert data.startswith(b'"id","front","back","extra","tags","deck","source"\r\n"ebb",')
    assert rows[0] == {
        "id": "ebb",
        "front": "What is the ebb?",
        "back": "The tide running out of the harbour.",
        "extra": 'Pilots of Lindqvist Towing call it "the drain".',
        "tags": "harbour",
        "deck": "Orla pilots::Harbour words",
        "source": "Pilot's handbook › Tides & streams",
    }
    assert {row["id"]: row["back"] for row in rows}["money"] == "$170,000 to $220,000 a year, or 5 < x > 3 % more."


def test_the_table_shows_a_cloze_as_question_and_answer(shelf: Shelf) -> None:
    """Blanks under front, what they hide under back."""
    shelf.varied()

    row = next(row for row in _table(shelf) if row["id"] == "tide-times")

    assert row["front"] == "The tide turns every [...], so there are [...] high waters in [a time] and a bit."
    assert row["back"] == "six hours; half a day; two"


def test_only_the_table_is_guarded_against_formulas(shelf: Shelf) -> None:
    """Invariant 30: a spreadsheet must not run a card; Anki must not show an apostrophe."""
    shelf.varied()
    build = shelf.build()

    row = next(row for row in _table(shelf) if row["id"] == "formula-cell")

    assert (row["front"], row["back"], row["extra"]) == ("'=1+1 is what?", "'-2 of +4, @home", "'@note")
    assert b'"=1+1 is what?","-2 of +4, @home","@note"' in anki_text(build, build.decks[0])


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_a_formula_is_no_formula(shelf: Shelf, sign: str) -> None:
    """Each sign that spreadsheets know."""
    shelf.put(basic("x", f"{sign}SUM(A1)"))
    shelf.deck("ship", "name: Ship\ncards: [words]")

    assert _table(shelf)[0]["back"] == f"'{sign}SUM(A1)"


def test_a_person_is_told_what_to_import(shelf: Shelf) -> None:
    """The file, what to leave as it is, and how to find what is in no deck any more."""
    shelf.put(basic("bow"), basic("stern"), basic("keel"))
    shelf.deck("ship", "name: Ship\ncards: [words]")
    shelf.build()
    shelf.put(basic("bow"))

    told = "\n".join(after_import(shelf.build(NOW + 60), ["decks/ship.apkg"]))

    assert "File > Import, choose decks/ship.apkg" in told
    assert "'If newer'" in told
    assert '"Id:re:^(keel|stern)$"' in told
    assert after_import(shelf.build(NOW + 120), []) == ()
