"""Which card a proposal belongs to: by document, rule and subject, else by its words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from cardwright.cards.words import normal
from cardwright.memory.extracted import Entry, Extracted
from cardwright.model import CONTENT_FIELDS, Card, Origin, Proposal

__all__ = ["Matched", "match", "settled", "words"]


@dataclass(slots=True)
class Matched:
    """Proposals by their number: the ids of the cards they belong to, and those that belong to none.

    `joined` holds, by card, further origins that it is known by from now on. All is in an order that does not
    depend on the order of the proposals.
    """

    ids: dict[int, str] = field(default_factory=dict)
    fresh: list[int] = field(default_factory=list)
    joined: dict[str, list[Origin]] = field(default_factory=dict)

    def belongs(self, at: int, entry: Entry, origins: Iterable[Origin]) -> None:
        """Note that a proposal belongs to a known card, which is known by these origins from now on."""
        self.ids[at] = entry.id
        self.joined.setdefault(entry.id, []).extend(origins)


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

    `cards` are those of all files by id. A card that a person deleted is known all the same. A card with
    several origins may take a proposal for each of them. An origin with several cards, where a rule gives
    more than one for a subject, takes a proposal for each card; a further one is new, or found by its words.
    """
    matched = Matched()
    entries = sorted(memory.entries, key=lambda each: each.id)
    texts = {entry.id: _texts(entry, cards.get(entry.id)) for entry in entries}
    known: dict[Origin, list[Entry]] = defaultdict(list)
    for entry in entries:
        for origin in entry.origins:
            known[origin].append(entry)
    order = sorted(range(len(proposals)), key=lambda at: _canonical(proposals[at]))
    wanted = {at: _candidates(proposals[at], known) for at in order}
    free = {(origin, entry.id) for entry in entries for origin in entry.origins}
    claimed: set[str] = set()
    claims: tuple[Callable[[Proposal, Entry], bool], ...] = (
        lambda proposal, entry: words(proposal) in texts[entry.id],
        lambda proposal, entry: entry.id not in claimed,
        lambda proposal, entry: True,
    )
    for claim in claims:
        for at in (each for each in order if each not in matched.ids):
            proposal = proposals[at]
            for entry in wanted[at]:
                shared = [(origin, entry.id) for origin in proposal.origins if (origin, entry.id) in free]
                if shared and claim(proposal, entry):
                    matched.belongs(at, entry, (each for each in proposal.origins if each not in known))
                    free.difference_update(shared)
                    claimed.add(entry.id)
                    break
    said: dict[tuple[str, ...], Entry] = {}
    for entry in entries:
        for text in texts[entry.id]:
            said.setdefault(text, entry)
    for at in (each for each in order if each not in matched.ids):
        if same := said.get(words(proposals[at])):
            matched.belongs(at, same, proposals[at].origins)
        else:
            matched.fresh.append(at)
    return matched


def _texts(entry: Entry, card: Card | None) -> tuple[tuple[str, ...], ...]:
    """What a known card says: what the rules said, and what a person made of it."""
    base = tuple(str(entry.fields.get(key, "")) for key in CONTENT_FIELDS)
    return (base, words(card)) if card else (base,)


def _candidates(proposal: Proposal, known: Mapping[Origin, Sequence[Entry]]) -> list[Entry]:
    """Known cards that share an origin: first those that share most, then the one with the wished id."""
    shared = Counter(entry.id for origin in proposal.origins for entry in known.get(origin, ()))
    entries = {entry.id: entry for origin in proposal.origins for entry in known.get(origin, ())}
    return sorted(entries.values(), key=lambda each: (-shared[each.id], each.id != proposal.id, each.id))
