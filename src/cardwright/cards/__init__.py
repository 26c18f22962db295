"""Card files: reading them, writing new cards into them, and what extraction may do to them.

Importing this package costs the standard library alone; the YAML parser is imported with the first file.
"""

from cardwright.cards.cardfile import CARD, CARD_FILE, CardFile, check_all, load
from cardwright.cards.edit import Addition, FileHeader, add_cards
from cardwright.cards.ids import mint, slug
from cardwright.cards.merge import Change, Plan, decide

__all__ = [
    "CARD",
    "CARD_FILE",
    "Addition",
    "CardFile",
    "Change",
    "FileHeader",
    "Plan",
    "add_cards",
    "check_all",
    "decide",
    "load",
    "mint",
    "slug",
]
