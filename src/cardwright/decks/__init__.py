"""Decks: deck files, cards as notes, and the packages and tables that Anki and other tools import."""

from cardwright.decks.advice import after_import
from cardwright.decks.apkg import package
from cardwright.decks.clock import Clock, clock
from cardwright.decks.deckfile import DECK_FILE, DeckFile, load_decks
from cardwright.decks.notes import compile_notes
from cardwright.decks.paths import check_decks
from cardwright.decks.plan import Build, plan
from cardwright.decks.tables import anki_text, csv_table

__all__ = [
    "DECK_FILE",
    "Build",
    "Clock",
    "DeckFile",
    "after_import",
    "anki_text",
    "check_decks",
    "clock",
    "compile_notes",
    "csv_table",
    "load_decks",
    "package",
    "plan",
]
