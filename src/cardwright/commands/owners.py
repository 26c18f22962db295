"""Which cards a passage belongs to: by what the rules said of it, and by the lines that cards name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cardwright.cards import CardFile, Plan
    from cardwright.model import Card, Origin
    from cardwright.preview import Fate, Link

__all__ = ["Owners", "asks", "owners_of"]

# Under this name rules/ proposes the terms of a glossary: a passage that mentions one may say something else.
_GLOSSARY = "glossary"


@dataclass(frozen=True, slots=True)
class Owners:
    """Which cards came from where: `by_origin` what rules said, `by_place` what cards name as their source.

    A place is a document's name and a line. Of the texts with a link the passage must still say one for the most part,
    where the line may be out of date; with none, the line is trusted.
    """

    by_origin: Mapping[Origin, Link] = field(default_factory=dict)
    by_place: Mapping[tuple[str, int], Sequence[tuple[Link, Sequence[str]]]] = field(default_factory=dict)


def owners_of(plan: Plan, files: Iterable[CardFile]) -> Owners:
    """Cards as an extraction would know them now, with those that it would add and those that a person deleted."""
    from cardwright.preview import Link

    cards = {card.id: card for file in files for card in file.cards}
    fresh = {each.card.id: each.card for additions in plan.additions.values() for each in additions}
    by_origin: dict[Origin, Link] = {}
    for entry in plan.memory.entries:
        if entry.id in cards:
            link = Link(entry.id, _fate(cards[entry.id]))
        elif entry.id in fresh:
            link = Link("", "proposed", asks(fresh[entry.id].front, fresh[entry.id].cloze))
        else:
            link = Link("", "deleted", asks(*(str(entry.fields.get(name, "")) for name in ("front", "cloze"))))
        by_origin |= dict.fromkeys(entry.origins, link)
    known = {entry.id: {origin.rule for origin in entry.origins} for entry in plan.memory.entries}
    by_place: dict[tuple[str, int], list[tuple[Link, tuple[str, ...]]]] = defaultdict(list)
    for card in cards.values():
        is_term = known.get(card.id) == {_GLOSSARY}
        link = Link(card.id, "mentioned" if is_term else _fate(card))
        doubtful = (card.front, card.back, card.cloze) if card.id in known and not is_term else ()
        for source in card.sources:
            by_place[source.document, source.line].append((link, doubtful))
    return Owners(by_origin, by_place)


def asks(front: str, cloze: str) -> str:
    """What a card asks, in plain text."""
    from cardwright.markup import cloze_blank, to_plain

    return cloze_blank(cloze) if cloze else to_plain(front, cloze=False)


def _fate(card: Card) -> Fate:
    return "draft" if card.draft else "card"
