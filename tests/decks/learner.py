"""A learner's collection, with Anki's real backend."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from anki import buildinfo, import_export_pb2
from anki.collection import Collection, ImportCsvRequest

__all__ = ["BACKEND", "KNOWS_SEVERAL_NUMBERS", "STAMPS_UPDATES", "Learner"]

# All that these tests know of older versions of Anki stands here.
BACKEND = tuple(int(part) for part in re.findall(r"\d+", buildinfo.version)[:3])
# Before 25.02 an update marks a note with the time of the import instead of the package's, and a later release
# counts as older. Learners there import with 'Update notes: Always', which overwrites what they edited.
STAMPS_UPDATES = BACKEND < (25, 2)
# Whether `{{c1,3::text}}` is a gap of two review cards; 25.09.2 makes none of it.
KNOWS_SEVERAL_NUMBERS = BACKEND >= (26,)

_ALWAYS = import_export_pb2.IMPORT_ANKI_PACKAGE_UPDATE_CONDITION_ALWAYS
_USUAL = {"update_notes": _ALWAYS} if STAMPS_UPDATES else {}

# From Again to Easy.
_BUTTONS: tuple[Any, ...] = (1, 2, 3, 4)
# What a learner has: every table that an import may touch. Collection-wide times are Anki's own.
_TABLES = ("notes", "cards", "revlog", "notetypes", "fields", "templates", "decks", "graves", "tags")


class Learner:
    """One collection: it imports as Anki's dialogs do when nothing was ticked, or as older versions need it."""

    def __init__(self, path: Path) -> None:
        self._path = str(path)
        self.collection = Collection(self._path)

    def reopen(self) -> None:
        """Close Anki and open it again."""
        self.collection.close()
        self.collection = Collection(self._path)

    def close(self) -> None:
        """Close the collection's file."""
        self.collection.close()

    def import_package(self, path: Path, **ticked: Any) -> dict[str, list[str]]:
        """Import a package; gives the guids that Anki's log names, by what it did with them.

        `ticked` are options that this learner changed in the dialog.
        """
        known = import_export_pb2.ImportAnkiPackageOptions.DESCRIPTOR.fields_by_name
        chosen = {name: value for name, value in (_USUAL | ticked).items() if name in known}
        options = import_export_pb2.ImportAnkiPackageOptions(**chosen)
        request = import_export_pb2.ImportAnkiPackageRequest(package_path=str(path), options=options)
        return self._logged(self.collection.import_anki_package(request).log)

    def import_text(self, path: Path) -> dict[str, list[str]]:
        """Import Anki's text format by the file's own header."""
        metadata = self.collection.get_csv_metadata(path=str(path), delimiter=None)
        return self._logged(self.collection.import_csv(ImportCsvRequest(path=str(path), metadata=metadata)).log)

    def answer(self, count: int, *, deck: str) -> None:
        """Answer this many review cards of a deck through the scheduler, with all four buttons in turn."""
        found = self.collection.decks.by_name(deck)
        assert found is not None, deck
        self.collection.decks.select(found["id"])
        for number in range(count):
            card = self.collection.sched.getCard()
            assert card is not None
            self.collection.sched.answerCard(card, _BUTTONS[number % 4])

    def history(self) -> tuple[list[Any], list[Any]]:
        """Every review card as the scheduler sees it, and the log of reviews."""
        rows = self.rows()
        return rows["cards"], rows["revlog"]

    def rows(self) -> dict[str, list[Any]]:
        """All rows of all tables, to be compared."""
        database = self.collection.db
        assert database is not None
        return {table: sorted(database.all(f"select * from {table}")) for table in _TABLES}

    def notes(self) -> dict[str, tuple[Any, ...]]:
        """By guid: note type, fields, tags, the decks and ordinals of its review cards."""
        found: dict[str, tuple[Any, ...]] = {}
        for number in self.collection.find_notes(""):
            note = self.collection.get_note(number)
            kind: Any = note.note_type()
            cards = [(card.ord, self.collection.decks.name(card.did)) for card in note.cards()]
            found[note.guid] = (kind["name"], tuple(note.fields), tuple(sorted(note.tags)), tuple(sorted(cards)))
        return found

    def sides(self) -> list[tuple[str, int, str, str]]:
        """Guid, ordinal, question and answer of every review card, as Anki renders them."""
        cards = [self.collection.get_card(number) for number in self.collection.find_cards("")]
        return [(card.note().guid, card.ord, card.question(), card.answer()) for card in cards]

    def _logged(self, log: Any) -> dict[str, list[str]]:
        named = {"new": log.new, "updated": log.updated, "duplicate": log.duplicate, "conflicting": log.conflicting}
        database = self.collection.db
        assert database is not None
        guids: dict[int, str] = {row[0]: row[1] for row in database.all("select id, guid from notes")}
        counted = {name: sorted(guids[each.id.nid] for each in entries) for name, entries in named.items()}
        others = ("first_field_match", "missing_notetype", "missing_deck", "empty_first_field")
        return counted | {name: ["?"] * len(getattr(log, name)) for name in others}
