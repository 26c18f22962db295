"""Which card a proposal belongs to: by its words, else by document, rule and subject, else by likeness."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from cardwright.cards.alike import by_likeness, nearness
from cardwright.cards.known import Known, Words, words
from cardwright.cards.words import normal
from cardwright.memory.extracted import Entry, Extracted
from cardwright.model import Card, Origin, Proposal

__all__ = ["Matched", "canonical", "match", "settled"]


@dataclass(slots=True)
class Matched:
    """Proposals by their number: the ids of the cards they belong to, and those that belong to none.

    `joined` holds, by card, origins that nobody was known by before; `ties` the proposals (of equal
    words) that may belong to any of several cards; `resolved` the cards that a person chose for one.
    All is in an order that does not depend on the order of the proposals.
    """

    ids: dict[int, str] = field(default_factory=dict)
    fresh: list[int] = field(default_factory=list)
    joined: dict[str, list[Origin]] = field(default_factory=dict)
    ties: list[tuple[list[int], list[str]]] = field(default_factory=list)
    resolved: list[str] = field(default_factory=list)


def settled(proposal: Proposal) -> Proposal:
    """A proposal with its words as the card will have them, so that equal ones are found equal."""
    return replace(
        proposal,
        front=normal(proposal.front),
        back=normal(proposal.back),
        cloze=normal(proposal.cloze),
        extra=normal(proposal.extra),
        tags=tuple(dict.fromkeys(normal(each) for each in proposal.tags)),
        sources=tuple(replace(each, document=normal(each.document)) for each in proposal.sources),
    )


def match(
    memory: Extracted,
    proposals: Sequence[Proposal],
    cards: Mapping[str, Card],
    *,
    gone: Collection[str] = (),
    chosen: Collection[str] = (),
    meant: Mapping[Words, str] | None = None,
) -> Matched:
    """Which known card each proposal belongs to.

    `cards` are those of all files by id. A card that a person deleted is known all the same. `gone` are
    documents that are no more: theirs may go on under another name. `chosen` are cards of which a person
    said that a proposal belongs to them, where several are alike. `meant` are words that will be those of a card.
    """
    order = sorted(range(len(proposals)), key=lambda at: canonical(proposals[at]))
    groups: dict[Words, list[int]] = defaultdict(list)
    for at in order:
        groups[words(proposals[at])].append(at)
    numbers = list(groups.values())
    units = [_united([proposals[at] for at in group]) for group in numbers]
    found = _of_units(memory, units, cards, gone, chosen, meant or {})
    return Matched(
        ids={at: card_id for unit, card_id in found.ids.items() for at in numbers[unit]},
        fresh=[at for unit in found.fresh for at in numbers[unit]],
        joined=found.joined,
        ties=[([at for unit in tied for at in numbers[unit]], candidates) for tied, candidates in found.ties],
        resolved=found.resolved,
    )


def canonical(proposal: Proposal) -> tuple[object, ...]:
    """An order of proposals that depends on nothing but what they say."""
    flags = (proposal.reverse, proposal.draft)
    places = (proposal.tags, proposal.sources, proposal.label)
    return tuple(sorted(proposal.origins)), words(proposal), proposal.into, proposal.id, *flags, *places


def _united(alike: Sequence[Proposal]) -> Proposal:
    """Proposals of the same words as one, which is known by the origins of all."""
    return replace(
        alike[0],
        origins=tuple(dict.fromkeys(origin for each in alike for origin in each.origins)),
        draft=all(each.draft for each in alike),
    )


def _of_units(
    memory: Extracted,
    units: Sequence[Proposal],
    cards: Mapping[str, Card],
    gone: Collection[str],
    chosen: Collection[str],
    meant: Mapping[Words, str],
) -> Matched:
    """The same for proposals that all have different words, in an order of their own."""
    matched = Matched()
    entries = {entry.id: entry for entry in sorted(memory.entries, key=lambda each: each.id)}
    by_words = Known(entries.values(), cards)
    for at, unit in enumerate(units):
        if card_id := by_words.find(words(unit), unit.origins) or meant.get(words(unit), ""):
            matched.ids[at] = card_id
    # a card that nobody knew before and that says just this is told apart from known ones, and adopted later
    foreign = {words(card) for card in cards.values()}
    rest = [at for at, unit in enumerate(units) if at not in matched.ids and words(unit) not in foreign]
    known: dict[Origin, list[Entry]] = defaultdict(list)
    for entry in entries.values():
        for origin in entry.origins:
            known[origin].append(entry)
    _by_origin(matched, units, rest, known, cards)
    for at, card_id in matched.ids.items():
        matched.joined.setdefault(card_id, []).extend(each for each in units[at].origins if each not in known)
    asking = {at: units[at] for at in rest if at not in matched.ids}
    silent = [entry for entry in entries.values() if entry.id not in set(matched.ids.values())]
    alike = by_likeness(asking, silent, cards, gone, chosen)
    for at, card_id in alike.ids.items():
        matched.ids[at] = card_id
        matched.joined.setdefault(card_id, []).extend(units[at].origins)
    matched.resolved = alike.resolved
    matched.ties = [([at], candidates) for at, candidates in alike.ties]
    waiting = {at for at, _ in alike.ties}
    matched.fresh = [at for at in range(len(units)) if at not in matched.ids and at not in waiting]
    return matched


def _by_origin(
    matched: Matched,
    units: Sequence[Proposal],
    rest: Sequence[int],
    known: Mapping[Origin, Sequence[Entry]],
    cards: Mapping[str, Card],
) -> None:
    """Give proposals their cards by document, rule and subject, the nearest pairs first.

    Each origin of a card is given once: a rule may give several cards for one subject, and a further one is
    new. A card that two rules or documents said together is taken by either, through an origin of its own;
    cards that nobody has taken yet come first.
    """
    used = {(origin, card_id) for at, card_id in matched.ids.items() for origin in units[at].origins}
    free = {(origin, entry.id) for group in known.values() for entry in group for origin in entry.origins} - used
    claimed = set(matched.ids.values())
    pairs = [
        ((-nearness(units[at], entry, cards.get(entry.id)), -shared, entry.id != units[at].id), at, entry.id)
        for at in rest
        for entry, shared in _shared(units[at], known)
    ]
    pairs.sort()
    for whole in (True, False):
        for _, at, card_id in pairs:
            shared = [(origin, card_id) for origin in units[at].origins if (origin, card_id) in free]
            if at not in matched.ids and shared and not (whole and card_id in claimed):
                matched.ids[at] = card_id
                free.difference_update(shared)
                claimed.add(card_id)


def _shared(proposal: Proposal, known: Mapping[Origin, Sequence[Entry]]) -> Iterable[tuple[Entry, int]]:
    """Known cards that share an origin, with how many they share."""
    shared = Counter(entry.id for origin in proposal.origins for entry in known.get(origin, ()))
    entries = {entry.id: entry for origin in proposal.origins for entry in known.get(origin, ())}
    return [(entries[each], shared[each]) for each in sorted(entries)]
