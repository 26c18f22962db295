"""Whether cards are worth learning: rules over their words, and what of it can be mended without a thought.

Nothing here is an error. The rules are in one table, and docs/lint.md shows each with a bad and a good card.
"""

from cardwright.cards.lint.fix import Fix, fixes
from cardwright.cards.lint.limits import Limits, limit_names, read_limits
from cardwright.cards.lint.rules import RULES, Finding, Rule, findings, lint, rule_counts

__all__ = [
    "RULES",
    "Finding",
    "Fix",
    "Limits",
    "Rule",
    "findings",
    "fixes",
    "limit_names",
    "lint",
    "read_limits",
    "rule_counts",
]
