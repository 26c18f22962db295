"""Which card is known for which words.

What was once taken for a card is taken for it again: that is what makes extracting twice the same as once.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from cardwright.memory.extracted import Entry
from cardwright.model import CONTENT_FIELDS, Card, Origin, Proposal

__all__ = ["Known", "Words", "base_of", "fingerprint", "remembered", "words"]

# Everything a learner reads: front, back, cloze, extra.
Words = tuple[str, ...]


def words(said: Card | Proposal) -> Words:
    """What makes two cards the same card: everything a learner reads."""
    return said.front, said.back, said.cloze, said.extra


def base_of(entry: Entry) -> Words:
    """What the rules said when their words last went into a card."""
    return tuple(str(entry.fields.get(name, "")) for name in CONTENT_FIELDS)


def fingerprint(text: Words) -> str:
    """A short digest of the words of a card."""
    return hashlib.sha256("\0".join(text).encode("utf-8", "replace")).hexdigest()[:12]


class Known:
    """The cards that a memory knows, by words: those heard for them, those the rules said, those they say now."""

    def __init__(self, entries: Iterable[Entry], cards: Mapping[str, Card]) -> None:
        order = sorted(entries, key=lambda each: each.id)
        self._heard = {each: entry for entry in reversed(order) for each in entry.heard}
        self._bases: dict[Words, list[Entry]] = defaultdict(list)
        self._written: dict[Words, list[Entry]] = defaultdict(list)
        for entry in order:
            if not entry.heard:  # else the base may be made of parts that several proposals said
                self._bases[base_of(entry)].append(entry)
            if entry.id in cards:
                self._written[words(cards[entry.id])].append(entry)

    def remembered(self, text: Words, origins: Collection[Origin]) -> str:
        """The id of the card that the memory alone knows for these words; of several, one that shares an origin."""
        if one := self._heard.get(fingerprint(text)):
            return one.id
        return _nearest(self._bases.get(text, ()), origins)

    def find(self, text: Words, origins: Collection[Origin]) -> str:
        """The same, or the card that a person gave just these words."""
        return self.remembered(text, origins) or _nearest(self._written.get(text, ()), origins)


def _nearest(entries: Sequence[Entry], origins: Collection[Origin]) -> str:
    """The id of an entry, "" of none."""
    return min(((not set(each.origins).intersection(origins), each.id) for each in entries), default=(True, ""))[1]


def remembered(
    entries: Mapping[str, Entry],
    old: Mapping[str, Entry],
    taken: Mapping[str, Sequence[Proposal]],
    silent: Collection[str],
) -> dict[str, Entry]:
    """Entries that know the words of all proposals that were taken for them (`taken`, by card).

    Where all said the words that are the base of just that card, no digest is needed. Of cards that nobody spoke
    of, or that documents which were not read may speak of (`silent`), what was heard before stays.
    """
    after: dict[str, Entry] = {}
    for card_id, entry in entries.items():
        heard = {fingerprint(words(each)) for each in taken.get(card_id, ())}
        if card_id in old and (not heard or card_id in silent):
            heard |= {*old[card_id].heard} or {fingerprint(base_of(old[card_id]))}
        alone = heard == {fingerprint(base_of(entry))}
        after[card_id] = replace(entry, heard=() if alone else tuple(sorted(heard)))
    known = Known(after.values(), {})
    for card_id, group in taken.items():
        for text, origins in _united(group).items():
            if known.remembered(text, origins) != card_id:
                heard = {*after[card_id].heard, fingerprint(text)}
                after[card_id] = replace(after[card_id], heard=tuple(sorted(heard)))
    return after


def _united(group: Sequence[Proposal]) -> dict[Words, set[Origin]]:
    """Different words with the origins of all who say them."""
    united: dict[Words, set[Origin]] = defaultdict(set)
    for each in group:
        united[words(each)].update(each.origins)
    return united
