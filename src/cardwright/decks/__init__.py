"""Decks: deck files, cards as notes, and the packages and tables that Anki and other tools import."""

from cardwright.decks.advice import after_import, retired_search
from cardwright.decks.apkg import package
from cardwright.decks.clock import Clock, clock
from cardwright.decks.deckfile import DECK_FILE, DeckFile, deck_path, load_decks, takes
from cardwright.decks.difference import Difference, compare
from cardwright.decks.news import Update, news
from cardwright.decks.notes import compile_card, compile_notes
from cardwright.decks.notetypes import NoteType, note_types
from cardwright.decks.paths import check_decks
from cardwright.decks.plan import Build, plan
from cardwright.decks.render import Side, sides
from cardwright.decks.shipped import read_package
from cardwright.decks.tables import anki_text, csv_table

__all__ = [
    "DECK_FILE",
    "Build",
    "Clock",
    "DeckFile",
    "Difference",
    "NoteType",
    "Side",
    "Update",
    "after_import",
    "anki_text",
    "check_decks",
    "clock",
    "compare",
    "compile_card",
    "compile_notes",
    "csv_table",
    "deck_path",
    "load_decks",
    "news",
    "note_types",
    "package",
    "plan",
    "read_package",
    "retired_search",
    "sides",
    "takes",
]
