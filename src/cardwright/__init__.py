"""Cardwright turns documents into Anki decks that are worth learning."""

__version__ = "0.1.0"
