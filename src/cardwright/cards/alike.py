"""Cards that nobody speaks of any more, for proposals that are new otherwise: found by likeness."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from cardwright.cards.known import base_of, words
from cardwright.cards.likeness import ALIKE, MARGIN, NAMED_ALIKE, STRANGE_ALIKE, likeness
from cardwright.memory.extracted import Entry
from cardwright.model import Card, Proposal

__all__ = ["Alike", "by_likeness", "nearness"]

# How surely, which proposal, which card.
_Pair = tuple[float, int, str]


@dataclass(slots=True)
class Alike:
    """Proposals by their number with the cards they belong to.

    `ties`: a proposal and the cards it may belong to as well as to any other; `resolved`: cards that a person
    chose for one of those.
    """

    ids: dict[int, str] = field(default_factory=dict)
    ties: list[tuple[int, list[str]]] = field(default_factory=list)
    resolved: list[str] = field(default_factory=list)


def by_likeness(
    proposals: Mapping[int, Proposal],
    silent: Sequence[Entry],
    cards: Mapping[str, Card],
    gone: Collection[str],
    chosen: Collection[str],
) -> Alike:
    """Pair proposals with silent cards, the surest pairs first; what is too near to tell is a tie."""
    pairs: list[_Pair] = [
        (score, at, entry.id)
        for at, proposal in proposals.items()
        for entry in silent
        if (score := _score(proposal, entry, cards.get(entry.id), gone))
    ]
    pairs.sort(key=lambda each: (-each[0], each[1], each[2]))
    found = Alike()
    while pairs:
        top, at, card_id = pairs[0]
        near = [each for each in pairs if top - each[0] < MARGIN]
        rivals = {one for _, one, other in near if other == card_id}
        meant = [other for _, one, other in near if one in rivals]
        choice = next((other for _, one, other in near if one == at and other in chosen), "")
        if choice or (len(rivals) == 1 and len(meant) == 1):
            found.ids[at] = card_id = choice or card_id
            found.resolved += [choice] if choice else []
            pairs = [each for each in pairs if each[1] != at and each[2] != card_id]
            continue
        found.ties += [(one, [other for _, each, other in near if each == one]) for one in sorted(rivals)]
        pairs = [each for each in pairs if each[1] not in rivals and each[2] not in meant]
    return found


def nearness(proposal: Proposal, entry: Entry, card: Card | None) -> float:
    """How alike a proposal is to what the rules said of a card, or to what it says now."""
    text = words(proposal)
    base = likeness(text, base_of(entry))
    return max(base, likeness(text, words(card))) if card else base


def _score(proposal: Proposal, entry: Entry, card: Card | None, gone: Collection[str]) -> float:
    """How surely a silent card is the one proposed: above 1 where a name is shared too, 0 for not at all.

    Only its own document counts, or one that is no more and may have this new name.
    """
    if proposal.draft and not entry.fields.get("draft"):
        return 0.0  # a passage that no rule catches any more is no new wording of a card
    if bool(proposal.cloze) != bool(entry.fields.get("cloze")):
        return 0.0  # another note type is another note to Anki: the card would lose what its learners did
    documents = {origin.document for origin in proposal.origins}
    near = [each for each in entry.origins if each.document in documents or each.document in gone]
    if not near:
        return 0.0
    alike = nearness(proposal, entry, card)
    named = any(
        origin.subject == each.subject and (origin.document == each.document or origin.rule == each.rule)
        for each in near
        for origin in proposal.origins
    )
    if named and alike >= NAMED_ALIKE:
        return 1 + alike
    known = any(
        origin.subject == each.subject or origin.rule == each.rule for each in near for origin in proposal.origins
    )
    return alike if alike >= (ALIKE if known else STRANGE_ALIKE) else 0.0
