"""Which card a proposal belongs to: by document, rule and subject, else by its words, else by likeness."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from cardwright.cards.likeness import ALIKE, MARGIN, NAMED_ALIKE, likeness
from cardwright.cards.words import normal
from cardwright.memory.extracted import Entry, Extracted
from cardwright.model import CONTENT_FIELDS, Card, Origin, Proposal

__all__ = ["Matched", "canonical", "fingerprint", "match", "settled", "words"]

_Words = tuple[str, ...]


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


def words(said: Card | Proposal) -> _Words:
    """What makes two cards the same card: everything a learner reads."""
    return said.front, said.back, said.cloze, said.extra


def match(
    memory: Extracted,
    proposals: Sequence[Proposal],
    cards: Mapping[str, Card],
    *,
    gone: Collection[str] = (),
    chosen: Collection[str] = (),
) -> Matched:
    """Which known card each proposal belongs to: by origin and words, by origin, by words, by likeness.

    `cards` are those of all files by id. A card that a person deleted is known all the same. `gone` are
    documents that are no more: theirs may go on under another name. `chosen` are cards of which a person
    said that a proposal belongs to them, where several are alike.
    """
    order = sorted(range(len(proposals)), key=lambda at: canonical(proposals[at]))
    groups: dict[_Words, list[int]] = defaultdict(list)
    for at in order:
        groups[words(proposals[at])].append(at)
    numbers = list(groups.values())
    units = [_united([proposals[at] for at in group]) for group in numbers]
    found = _of_units(memory, units, cards, gone, chosen)
    return Matched(
        ids={at: card_id for unit, card_id in found.ids.items() for at in numbers[unit]},
        fresh=[at for unit in found.fresh for at in numbers[unit]],
        joined=found.joined,
        ties=[([at for unit in tied for at in numbers[unit]], candidates) for tied, candidates in found.ties],
        resolved=found.resolved,
    )


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
) -> Matched:
    """The same for proposals that all have different words, in an order of their own."""
    matched = Matched()
    entries = sorted(memory.entries, key=lambda each: each.id)
    texts, said = _texts(entries, units, cards)
    known: dict[Origin, list[Entry]] = defaultdict(list)
    for entry in entries:
        for origin in entry.origins:
            known[origin].append(entry)
    # what a card says that nobody knew before is new to the memory, and that card's own
    written = {words(card) for card in cards.values()} - said.keys()
    _assign(matched, units, [at for at, unit in enumerate(units) if words(unit) not in written], known, texts, said)
    fresh = [at for at in range(len(units)) if at not in matched.ids]
    for at, card_id in matched.ids.items():
        matched.joined.setdefault(card_id, []).extend(each for each in units[at].origins if each not in known)
    _by_likeness(matched, units, fresh, written, entries, texts, gone, chosen)
    return matched


def fingerprint(text: _Words) -> str:
    """A short digest of the words of a card."""
    return hashlib.sha256("\0".join(text).encode("utf-8", "replace")).hexdigest()[:12]


def canonical(proposal: Proposal) -> tuple[object, ...]:
    """An order of proposals that depends on nothing but what they say."""
    flags = (proposal.reverse, proposal.draft)
    places = (proposal.tags, proposal.sources, proposal.label)
    return tuple(sorted(proposal.origins)), words(proposal), proposal.into, proposal.id, *flags, *places


def _texts(
    entries: Sequence[Entry], units: Sequence[Proposal], cards: Mapping[str, Card]
) -> tuple[dict[str, tuple[_Words, ...]], dict[_Words, Entry]]:
    """What each known card is known to say, and which one says what.

    That is what the rules said, and what was taken for it besides; then what a person made of it, unless
    another card is known for just that.
    """
    heard = {each: entry for entry in reversed(entries) for each in entry.heard}
    texts: dict[str, tuple[_Words, ...]] = {entry.id: () for entry in entries}
    said: dict[_Words, Entry] = {}
    for text in map(words, units):
        if one := heard.get(fingerprint(text)):
            said[text] = one
            texts[one.id] += (text,)
    bases = {entry.id: tuple(str(entry.fields.get(key, "")) for key in CONTENT_FIELDS) for entry in entries}
    for entry in sorted(entries, key=lambda each: (bool(each.heard), each.id)):
        said.setdefault(bases[entry.id], entry)
    for entry in entries:
        base = bases[entry.id]
        # a base to which several proposals gave their part is nobody's words
        if said[base] is entry or (bases[said[base].id] == base and not entry.heard):
            texts[entry.id] += (base,)
        text = words(cards[entry.id]) if entry.id in cards else base
        if said.setdefault(text, entry) is entry or not texts[entry.id]:
            texts[entry.id] += (text,)
    return texts, said


def _assign(
    matched: Matched,
    proposals: Sequence[Proposal],
    rest: Sequence[int],
    known: Mapping[Origin, Sequence[Entry]],
    texts: Mapping[str, Sequence[_Words]],
    said: Mapping[_Words, Entry],
) -> None:
    """Give proposals their cards by words and by origin, the nearest pairs first.

    Each origin of a card is given once: a rule may give several cards for one subject, and a further one is
    new. A card that two rules or documents said together is taken by either, through an origin of its own.
    """
    free = {(origin, entry.id) for group in known.values() for entry in group for origin in entry.origins}
    claimed: set[str] = set()
    pairs = [
        ((-_likeness(words(proposals[at]), texts[entry.id]), -shared, entry.id != proposals[at].id), at, entry)
        for at in rest
        for entry, shared in _shared(proposals[at], known)
    ]
    rank = {at: number for number, at in enumerate(rest)}
    pairs.sort(key=lambda each: (each[0], rank[each[1]], each[2].id))
    for choice in ("the same words", "nobody's yet", "any"):
        for _, at, entry in pairs:
            shared = [(origin, entry.id) for origin in proposals[at].origins if (origin, entry.id) in free]
            other_words = choice == "the same words" and words(proposals[at]) not in texts[entry.id]
            taken = choice == "nobody's yet" and entry.id in claimed
            if at not in matched.ids and shared and not other_words and not taken:
                matched.ids[at] = entry.id
                free.difference_update(shared)
                claimed.add(entry.id)
        for at in (each for each in rest if each not in matched.ids and words(proposals[each]) in said):
            matched.ids[at] = said[words(proposals[at])].id
            claimed.add(matched.ids[at])


def _shared(proposal: Proposal, known: Mapping[Origin, Sequence[Entry]]) -> Iterable[tuple[Entry, int]]:
    """Known cards that share an origin, with how many they share."""
    shared = Counter(entry.id for origin in proposal.origins for entry in known.get(origin, ()))
    entries = {entry.id: entry for origin in proposal.origins for entry in known.get(origin, ())}
    return [(entries[each], shared[each]) for each in sorted(entries)]


def _by_likeness(
    matched: Matched,
    proposals: Sequence[Proposal],
    fresh: Sequence[int],
    written: Collection[_Words],
    entries: Sequence[Entry],
    texts: Mapping[str, Sequence[_Words]],
    gone: Collection[str],
    chosen: Collection[str],
) -> None:
    """Find cards that no proposal speaks of any more for proposals that are new otherwise."""
    asking = [at for at in fresh if words(proposals[at]) not in written]
    silent = [entry for entry in entries if entry.id not in set(matched.ids.values())]
    pairs = [
        (score, at, entry.id)
        for at in asking
        for entry in silent
        if (score := _score(proposals[at], entry, texts[entry.id], gone))
    ]
    pairs.sort(key=lambda each: (-each[0], each[1], each[2]))
    while pairs:
        top, at, card_id = pairs[0]
        near = [each for each in pairs if top - each[0] < MARGIN]
        rivals = {one for _, one, other in near if other == card_id}
        meant = [other for _, one, other in near if one in rivals]
        choice = next((other for _, one, other in near if one == at and other in chosen), "")
        if choice or (len(rivals) == 1 and len(meant) == 1):
            card_id = choice or card_id
            matched.resolved += [choice] if choice else []
            matched.ids[at] = card_id
            matched.joined.setdefault(card_id, []).extend(proposals[at].origins)
            pairs = [each for each in pairs if each[1] != at and each[2] != card_id]
            continue
        for one in sorted(rivals):
            matched.ties.append(([one], [other for _, each, other in near if each == one]))
        pairs = [each for each in pairs if each[1] not in rivals and each[2] not in meant]
    waiting = {at for group, _ in matched.ties for at in group}
    matched.fresh = [at for at in fresh if at not in matched.ids and at not in waiting]


def _score(proposal: Proposal, entry: Entry, texts: Sequence[_Words], gone: Collection[str]) -> float:
    """How surely a silent card is the one proposed: above 1 where a name is shared too, 0 for not at all.

    Only its own document counts, or one that is no more and may have this new name.
    """
    if proposal.draft and not entry.fields.get("draft"):
        return 0.0  # a passage that no rule catches any more is no new wording of a card
    documents = {origin.document for origin in proposal.origins}
    near = [each for each in entry.origins if each.document in documents or each.document in gone]
    if not near:
        return 0.0
    alike = _likeness(words(proposal), texts)
    named = any(
        origin.subject == each.subject and (origin.document == each.document or origin.rule == each.rule)
        for each in near
        for origin in proposal.origins
    )
    if named and alike >= NAMED_ALIKE:
        return 1 + alike
    return alike if alike >= ALIKE else 0.0


def _likeness(text: _Words, texts: Iterable[_Words]) -> float:
    return max(likeness(text, each) for each in texts)
