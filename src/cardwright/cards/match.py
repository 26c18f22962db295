"""Which card a proposal belongs to: by document, rule and subject, else by its words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from cardwright.cards.words import normal
from cardwright.memory.extracted import Entry, Extracted
from cardwright.model import CONTENT_FIELDS, Card, Origin, Proposal

__all__ = ["Matched", "match", "settled", "words"]


@dataclass(slots=True)
class Matched:
    """Proposals by their number: the ids of the cards they belong to, and those that belong to none.

    `joined` holds, by card, origins that nobody was known by before. All is in an order that does not
    depend on the order of the proposals.
    """

    ids: dict[int, str] = field(default_factory=dict)
    fresh: list[int] = field(default_factory=list)
    joined: dict[str, list[Origin]] = field(default_factory=dict)


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


def words(said: Card | Proposal) -> tuple[str, ...]:
    """What makes two cards the same card: everything a learner reads."""
    return said.front, said.back, said.cloze, said.extra


def _canonical(proposal: Proposal) -> tuple[object, ...]:
    """An order of proposals that depends on nothing but what they say."""
    flags = (proposal.reverse, proposal.draft)
    places = (proposal.tags, proposal.sources, proposal.label)
    return tuple(sorted(proposal.origins)), words(proposal), proposal.into, proposal.id, *flags, *places


def match(memory: Extracted, proposals: Sequence[Proposal], cards: Mapping[str, Card]) -> Matched:
    """Which known card each proposal belongs to: by origin and words, by origin, by words.

    `cards` are those of all files by id. A card that a person deleted is known all the same.
    """
    matched = Matched()
    entries = sorted(memory.entries, key=lambda each: each.id)
    texts = {entry.id: _texts(entry, cards.get(entry.id)) for entry in entries}
    said: dict[tuple[str, ...], Entry] = {}
    known: dict[Origin, list[Entry]] = defaultdict(list)
    for entry in entries:
        for text in texts[entry.id]:
            said.setdefault(text, entry)
        for origin in entry.origins:
            known[origin].append(entry)
    order = sorted(range(len(proposals)), key=lambda at: _canonical(proposals[at]))
    new = _new([proposals[at] for at in order], known, texts, said)
    matched.fresh = [at for at, is_new in zip(order, new, strict=True) if is_new]
    rest = [at for at, is_new in zip(order, new, strict=True) if not is_new]
    wanted = {at: _candidates(proposals[at], known) for at in rest}
    free = {(origin, entry.id) for entry in entries for origin in entry.origins}
    claimed: set[str] = set()
    for choice in ("the same words", "nobody's yet", "any"):
        for at in (each for each in rest if each not in matched.ids):
            proposal = proposals[at]
            for entry in wanted[at]:
                shared = [(origin, entry.id) for origin in proposal.origins if (origin, entry.id) in free]
                other_words = choice == "the same words" and words(proposal) not in texts[entry.id]
                if not shared or other_words or (choice == "nobody's yet" and entry.id in claimed):
                    continue
                matched.ids[at] = entry.id
                free.difference_update(shared)
                claimed.add(entry.id)
                break
    for at in (each for each in rest if each not in matched.ids):
        matched.ids[at] = (said.get(words(proposals[at])) or wanted[at][0]).id
    for at, card_id in matched.ids.items():
        matched.joined.setdefault(card_id, []).extend(each for each in proposals[at].origins if each not in known)
    return matched


def _new(
    proposals: Sequence[Proposal],
    known: Mapping[Origin, Sequence[Entry]],
    texts: Mapping[str, Sequence[tuple[str, ...]]],
    said: Mapping[tuple[str, ...], Entry],
) -> list[bool]:
    """Whether each proposal is new: no card says it, and none of its origins has a card left for it.

    A rule may give several cards for one subject. Of their origin, those cards are left whose words no
    proposal says any more; unsaid proposals take them in order, and a further one is new. This counts
    words and cards only, so that a second run, in which the new ones are known, finds nothing new.
    """
    spoken: dict[Origin, set[tuple[str, ...]]] = defaultdict(set)
    ranks: dict[Origin, dict[tuple[str, ...], int]] = defaultdict(dict)
    for each in proposals:
        text = words(each)
        for origin in (origin for origin in each.origins if origin in known):
            spoken[origin].add(text)
            if text not in said:
                ranks[origin].setdefault(text, len(ranks[origin]))
    left = {origin: sum(spoken[origin].isdisjoint(texts[entry.id]) for entry in known[origin]) for origin in spoken}
    return [
        words(each) not in said
        and all(ranks[origin][words(each)] >= left[origin] for origin in each.origins if origin in known)
        for each in proposals
    ]


def _texts(entry: Entry, card: Card | None) -> tuple[tuple[str, ...], ...]:
    """What a known card says: what the rules said, and what a person made of it."""
    base = tuple(str(entry.fields.get(key, "")) for key in CONTENT_FIELDS)
    return (base, words(card)) if card else (base,)


def _candidates(proposal: Proposal, known: Mapping[Origin, Sequence[Entry]]) -> list[Entry]:
    """Known cards that share an origin: first those that share most, then the one with the wished id."""
    shared = Counter(entry.id for origin in proposal.origins for entry in known.get(origin, ()))
    entries = {entry.id: entry for origin in proposal.origins for entry in known.get(origin, ())}
    return sorted(entries.values(), key=lambda each: (-shared[each.id], each.id != proposal.id, each.id))
