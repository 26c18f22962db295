"""Card files: reading them, writing new cards into them, and what extraction may do to them.

Importing this package costs the standard library alone; the YAML parser is imported with the first file.
"""

from cardwright.cards.cardfile import CARD, CARD_FILE, CardFile, check_all, load
from cardwright.cards.edit import Addition, FileHeader, add_cards
from cardwright.cards.fresh import Tie
from cardwright.cards.ids import ID, mint, slug
from cardwright.cards.losses import sudden_losses
from cardwright.cards.mend import with_ids
from cardwright.cards.merge import decide
from cardwright.cards.places import place_in
from cardwright.cards.plan import Conflict, Plan
from cardwright.cards.replace import replace_scalar, replace_scalars
from cardwright.cards.rewrite import change_cards
from cardwright.cards.style import scalar

__all__ = [
    "CARD",
    "CARD_FILE",
    "ID",
    "Addition",
    "CardFile",
    "Conflict",
    "FileHeader",
    "Plan",
    "Tie",
    "add_cards",
    "change_cards",
    "check_all",
    "decide",
    "load",
    "mint",
    "place_in",
    "replace_scalar",
    "replace_scalars",
    "scalar",
    "slug",
    "sudden_losses",
    "with_ids",
]
