"""What waits for a person to decide, and what an answer changes in a card file: pure decisions."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from cardwright.cards.cardfile import CardFile
from cardwright.cards.lint import Finding
from cardwright.cards.plan import Conflict, Plan
from cardwright.cards.remove import without_card
from cardwright.cards.rewrite import change_cards
from cardwright.diagnostics import Diagnostic, Span
from cardwright.model import Card

__all__ = ["CHANGES", "KINDS", "Item", "Kind", "to_review"]

Kind = Literal["conflicts", "stale", "drafts", "lint"]

# In the order in which they come: first what may change a card's words, last what only concerns those that stay.
KINDS: tuple[Kind, ...] = ("conflicts", "stale", "drafts", "lint")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to decide: a card, and why it is shown.

    `place` is where an editor should open; `news` are the fields of a conflict, `finding` what the linter says.
    """

    kind: Kind
    card: Card
    place: Span
    news: tuple[Conflict, ...] = ()
    finding: Finding | None = None

    @property
    def key(self) -> tuple[str, ...]:
        """What it is known by, however often the files are read anew."""
        return (self.kind, self.card.id, *((self.finding.rule, self.finding.key) if self.finding else ()))


def to_review(
    files: Sequence[CardFile], plan: Plan | None, findings: Sequence[Finding], kinds: Collection[Kind] = KINDS
) -> list[Item]:
    """All that waits, kind by kind and in the order of the files.

    `plan` is what an extraction would do now, None where nothing is known of the documents.
    """
    cards = [card for file in files for card in file.cards]
    news: dict[str, list[Conflict]] = {}
    for conflict in plan.conflicts if plan else ():
        news.setdefault(conflict.id, []).append(conflict)
    stale = frozenset(plan.stale if plan else ())
    items = [Item("conflicts", card, news[card.id][0].place, tuple(news[card.id])) for card in cards if card.id in news]
    items += [Item("stale", card, card.span) for card in cards if card.id in stale]
    items += [Item("drafts", card, card.span) for card in cards if card.draft]
    order = {card.id: at for at, card in enumerate(cards)}
    warned = [each for each in findings if each.told.severity == "warning"]  # an info asks for nothing
    items += [
        Item("lint", each.card, each.told.span, finding=each)
        for each in sorted(warned, key=lambda each: order[each.card.id])
    ]
    return [each for each in items if each.kind in kinds]


def _promoted(file: CardFile, item: Item) -> tuple[str, list[Diagnostic]]:
    return change_cards(file.file, file.stem, {item.card.id: {"draft": False}})


def _allowed(file: CardFile, item: Item) -> tuple[str, list[Diagnostic]]:
    assert item.finding is not None
    return change_cards(file.file, file.stem, {item.card.id: {"allow": (*item.card.allow, item.finding.rule)}})


def _deleted(file: CardFile, item: Item) -> tuple[str, list[Diagnostic]]:
    return without_card(file, item.card.id)


# What an answer that needs no memory of the documents makes of the card's file.
CHANGES: Mapping[str, Callable[[CardFile, Item], tuple[str, list[Diagnostic]]]] = {
    "promote": _promoted,
    "allow": _allowed,
    "delete": _deleted,
}
