"""New cards: their words and ids, and the place of each one among its neighbours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from cardwright.cards.cardfile import CardFile
from cardwright.cards.decision import Verdict, of_card
from cardwright.cards.edit import Addition
from cardwright.cards.ids import mint
from cardwright.cards.known import words
from cardwright.cards.match import Matched
from cardwright.memory.extracted import Entry, Said, said_by, stands_in
from cardwright.model import Card, Origin, Proposal, Source

__all__ = ["Tie", "card_of", "decided", "merged", "placed", "settle_fresh", "united"]


@dataclass(frozen=True, slots=True)
class Tie:
    """A proposal that may belong to any of several cards, and the id it would have as a card of its own."""

    id: str
    text: str
    candidates: tuple[str, ...]


def settle_fresh(
    proposals: Sequence[Proposal],
    matched: Matched,
    cards: Mapping[str, Card],
    entries: dict[str, Entry],
    accept: Collection[str],
) -> tuple[list[str], dict[int, Card], list[Tie]]:
    """Give every new proposal a card: one that is there and says the same, else a new one.

    Returns the ids of adopted cards, new cards by the number of their proposal, and the ties; a tie whose
    own id is in `accept` becomes a new card.
    """
    there: dict[tuple[str, ...], list[Card]] = defaultdict(list)
    for card in cards.values():  # what a known card says is matched before
        there[words(card)].append(card)
    groups: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at in matched.fresh:
        groups[words(proposals[at])].append(at)
    taken = {each.casefold() for each in (*cards, *entries)}
    adopted: list[str] = []
    added: dict[int, Card] = {}
    ties: list[Tie] = []
    for text, group in groups.items():
        one, alike = proposals[group[0]], there[text]
        if alike:
            card = min(alike, key=lambda each: (each.file != one.into, each.id != one.id, each.file, each.id))
            adopted.append(card.id)
        else:
            card = added[group[0]] = card_of(merged([proposals[at] for at in group]), mint(one.id, one.label, taken))
        taken.add(card.id)
        _remember(proposals, matched, entries, group, card)
    for group, candidates in matched.ties:
        one = proposals[group[0]]
        own = mint(one.id, one.label, taken)
        taken.add(own)
        if own in accept:
            added[group[0]] = card_of(merged([proposals[at] for at in group]), own)
            _remember(proposals, matched, entries, group, added[group[0]])
        else:
            ties.append(Tie(own, one.front or one.cloze, tuple(candidates)))
    return adopted, added, ties


def _remember(
    proposals: Sequence[Proposal], matched: Matched, entries: dict[str, Entry], group: Sequence[int], card: Card
) -> None:
    origins = united((), (origin for at in group for origin in proposals[at].origins))
    said = said_by(merged([proposals[at] for at in group]))
    entry = Entry(card.id, card.file, origins, said)
    entries[card.id] = decided(entry, of_card(said, said, stands_in(card), {}))
    matched.ids.update(dict.fromkeys(group, card.id))


def decided(entry: Entry, verdicts: Mapping[str, Verdict]) -> Entry:
    """An entry with what its fields are to hold after a decision."""
    fields: dict[str, Said] = {name: each.base for name, each in verdicts.items() if each.base}
    seen: dict[str, Said] = {name: each.seen for name, each in verdicts.items() if each.seen is not None}
    return replace(entry, fields=fields, seen=seen)


def united(origins: Iterable[Origin], more: Iterable[Origin]) -> tuple[Origin, ...]:
    """Origins in their order, each once."""
    return tuple(sorted({*origins, *more}))


def merged(alike: Sequence[Proposal]) -> Proposal:
    """Proposals of the same words as one: with all their tags and places, a draft if all are drafts."""
    return replace(
        alike[0],
        tags=tuple(dict.fromkeys(tag for each in alike for tag in each.tags)),
        sources=tuple(dict.fromkeys(source for each in alike for source in each.sources)),
        draft=all(each.draft for each in alike),
    )


def card_of(proposal: Proposal, id: str) -> Card:
    """The card that a proposal becomes."""
    return Card(
        id=id,
        file=proposal.into,
        front=proposal.front,
        back=proposal.back,
        cloze=proposal.cloze,
        extra=proposal.extra,
        tags=proposal.tags,
        sources=proposal.sources,
        reverse=proposal.reverse,
        draft=proposal.draft,
    )


def placed(
    proposals: Sequence[Proposal], ids: Mapping[int, str], added: Mapping[int, Card], files: Sequence[CardFile]
) -> dict[str, tuple[Addition, ...]]:
    """New cards by file, each behind the card that its document has before it, or near the next one."""
    additions: dict[str, list[Addition]] = defaultdict(list)
    home = {card.id: card.file for file in files for card in file.cards}
    home |= {each.id: each.file for each in added.values()}
    order = sorted((at for at in ids if ids[at] in home), key=lambda at: (proposals[at].sources[:1], at))
    before: dict[tuple[str, str], str] = {}
    waiting: dict[tuple[str, str], list[Card]] = defaultdict(list)
    for at in order:
        card_id = ids[at]
        sources: tuple[Source, ...] = proposals[at].sources
        where = (home[card_id], sources[0].document if sources else "")
        if at not in added:
            for card in waiting.pop(where, ()):
                additions[where[0]].append(Addition(card, card_id))
        elif where in before:
            additions[where[0]].append(Addition(added[at], before[where]))
        else:
            waiting[where].append(added[at])
            continue
        before[where] = card_id
    for (stem, _), cards in sorted(waiting.items()):
        additions[stem] += [Addition(card) for card in cards]
    return {stem: tuple(additions[stem]) for stem in sorted(additions)}
