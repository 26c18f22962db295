"""A learner's collection, with Anki's real backend."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest, ImportCsvRequest

__all__ = ["Learner"]

# What a learner has: every table that an import may touch. Collection-wide times are Anki's own.
_TABLES = ("notes", "cards", "revlog", "notetypes", "fields", "templates", "decks", "graves", "tags")


class Learner:
    """One collection: it imports as Anki's dialogs do when nothing was ticked."""

    def __init__(self, path: Path) -> None:
        self.collection = Collection(str(path))

    def close(self) -> None:
        """Close the collection's file."""
        self.collection.close()

    def import_package(self, path: Path) -> dict[str, list[str]]:
        """Import a package; gives the guids that Anki's log names, by what it did with them."""
        request = ImportAnkiPackageRequest(package_path=str(path), options=ImportAnkiPackageOptions())
        return self._logged(self.collection.import_anki_package(request).log)

    def import_text(self, path: Path) -> dict[str, list[str]]:
        """Import Anki's text format by the file's own header."""
        metadata = self.collection.get_csv_metadata(path=str(path), delimiter=None)
        return self._logged(self.collection.import_csv(ImportCsvRequest(path=str(path), metadata=metadata)).log)

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
