"""What extracting again may do to the cards: add what is new, and leave alone what people have touched.

A pure decision over plain data. Nothing here reads or writes files, changes a card that is there, or
brings one back that a person deleted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from cardwright.cards.cardfile import CardFile
from cardwright.cards.edit import Addition
from cardwright.cards.ids import mint
from cardwright.cards.match import Matched, match, settled, words
from cardwright.memory.extracted import FIELDS, Entry, Extracted, Said, said_by, stands_in
from cardwright.model import Card, Origin, Proposal, Source

__all__ = ["Change", "Plan", "decide"]


@dataclass(frozen=True, slots=True)
class Change:
    """A field for which the rules say something else than what went into the card.

    `was`: what they said then; `says`: what they say now; `stands`: what the card says.
    """

    id: str
    field: str
    was: Said
    says: Said
    stands: Said


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be written, and what is to be told, of the documents that were extracted.

    additions: new cards by the stem of their file. memory: what extracted.lock will hold. The rest
    are ids in order: added; adopted (a card that was there already says just this); kept (known and
    there); edited (kept, and changed by hand); deleted (known and removed by hand), of which gone are
    new since the last extraction; stale (no document says it any more); drafts (wait for a person).
    `changed` is news from the documents for cards that are kept; it is shown and not imposed.
    """

    additions: Mapping[str, tuple[Addition, ...]]
    memory: Extracted
    added: tuple[str, ...] = ()
    adopted: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    edited: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()
    drafts: tuple[str, ...] = ()
    changed: tuple[Change, ...] = ()


def decide(
    memory: Extracted,
    proposals: Sequence[Proposal],
    files: Sequence[CardFile],
    documents: Collection[str] | None = None,
) -> Plan:
    """Decide what one extraction adds, from what the rules said before and say now, and the cards.

    `files` are all card files of the project, read without errors: a card that is in none of them
    counts as deleted. `documents` are those extracted this time (by default, those the proposals
    name); of others nothing is said. Ids do not depend on the order of proposals; the places of new
    cards follow their lines in the document, then that order.
    """
    proposals = [settled(each) for each in proposals]
    if documents is None:
        documents = {origin.document for each in proposals for origin in each.origins}
    cards = {card.id: card for file in files for card in file.cards if card.id}
    matched = match(memory, proposals, cards)
    entries = {
        entry.id: _brought_up(entry, cards.get(entry.id), matched.joined.get(entry.id, ())) for entry in memory.entries
    }
    adopted, added = _settle_fresh(proposals, matched, cards, entries)
    additions = _placed(proposals, matched, added, files)
    return _told(memory, proposals, matched, cards, entries, additions, adopted, documents)


def _brought_up(entry: Entry, card: Card | None, joined: Iterable[Origin]) -> Entry:
    """An entry with what the files say of its card, and with origins that joined it."""
    origins = _united(entry.origins, joined)
    if card is None:
        return replace(entry, origins=origins, deleted=True)
    return replace(entry, origins=origins, deleted=False, file=card.file)


def _united(origins: Iterable[Origin], more: Iterable[Origin]) -> tuple[Origin, ...]:
    return tuple(sorted({*origins, *more}))


def _settle_fresh(
    proposals: Sequence[Proposal], matched: Matched, cards: Mapping[str, Card], entries: dict[str, Entry]
) -> tuple[list[str], dict[int, Card]]:
    """Give every new proposal a card: one that is there and says the same, else a new one.

    Returns the ids of adopted cards, and new cards by the number of their proposal.
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
    for text, group in groups.items():
        one = proposals[group[0]]
        alike = there[text]
        if alike:
            card = min(alike, key=lambda each: (each.file != one.into, each.id != one.id, each.file, each.id))
            adopted.append(card.id)
        else:
            card = _new_card(one, mint(one.id, one.label, taken), [proposals[at] for at in group])
            added[group[0]] = card
        taken.add(card.id)
        origins = _united((), (origin for at in group for origin in proposals[at].origins))
        said = said_by(replace(one, sources=_sources(proposals[at] for at in group)))
        entries[card.id] = Entry(card.id, card.file, origins, said)
        matched.ids.update(dict.fromkeys(group, card.id))
    return adopted, added


def _new_card(proposal: Proposal, id: str, group: Sequence[Proposal]) -> Card:
    return Card(
        id=id,
        file=proposal.into,
        front=proposal.front,
        back=proposal.back,
        cloze=proposal.cloze,
        extra=proposal.extra,
        tags=proposal.tags,
        sources=_sources(group),
        reverse=proposal.reverse,
        draft=proposal.draft,
    )


def _sources(group: Iterable[Proposal]) -> tuple[Source, ...]:
    return tuple(dict.fromkeys(source for each in group for source in each.sources))


def _placed(
    proposals: Sequence[Proposal], matched: Matched, added: Mapping[int, Card], files: Sequence[CardFile]
) -> dict[str, tuple[Addition, ...]]:
    """New cards by file, each behind the card that its document has before it, or near the next one."""
    additions: dict[str, list[Addition]] = defaultdict(list)
    home = {card.id: card.file for file in files for card in file.cards} | {
        each.id: each.file for each in added.values()
    }
    order = sorted(range(len(proposals)), key=lambda at: (proposals[at].sources[:1], at))
    before: dict[tuple[str, str], str] = {}
    waiting: dict[tuple[str, str], list[Card]] = defaultdict(list)
    for at in order:
        card_id = matched.ids[at]
        if card_id not in home:
            continue
        document = proposals[at].sources[0].document if proposals[at].sources else ""
        where = (home[card_id], document)
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


def _told(
    memory: Extracted,
    proposals: Sequence[Proposal],
    matched: Matched,
    cards: Mapping[str, Card],
    entries: Mapping[str, Entry],
    additions: Mapping[str, tuple[Addition, ...]],
    adopted: Sequence[str],
    documents: Collection[str],
) -> Plan:
    """The plan, with what is worth telling of the documents that were extracted."""
    was = {entry.id: entry for entry in memory.entries}
    proposed = {origin for each in proposals for origin in each.origins}
    new = {each.card.id: each.card for group in additions.values() for each in group}
    said: dict[str, Mapping[str, Said]] = {}
    for at, card_id in matched.ids.items():
        said.setdefault(card_id, said_by(proposals[at]))
    spoken = [entries[each] for each in sorted(entries) if _of_documents(entries[each], documents)]
    kept = [each for each in spoken if each.id in was and each.id in cards]
    heard = [each for each in kept if all(origin.document in documents for origin in each.origins)]
    return Plan(
        additions=additions,
        memory=Extracted.of(entries.values()),
        added=tuple(sorted(new)),
        adopted=tuple(sorted(adopted)),
        kept=tuple(each.id for each in kept),
        edited=tuple(each.id for each in kept if _differing(each.fields, stands_in(cards[each.id]))),
        deleted=tuple(each.id for each in spoken if each.deleted),
        gone=tuple(each.id for each in spoken if each.deleted and not was[each.id].deleted),
        stale=tuple(each.id for each in heard if proposed.isdisjoint(each.origins)),
        drafts=tuple(each.id for each in spoken if (card := cards.get(each.id) or new.get(each.id)) and card.draft),
        changed=tuple(
            change for each in kept if each.id in said for change in _news(each, said[each.id], cards[each.id])
        ),
    )


def _of_documents(entry: Entry, documents: Collection[str]) -> bool:
    return any(origin.document in documents for origin in entry.origins)


def _news(entry: Entry, said: Mapping[str, Said], card: Card) -> Iterator[Change]:
    """What the rules say otherwise than before, unless a person has read and declined just this."""
    stands = stands_in(card)
    for name in _differing(entry.fields, said):
        if entry.seen.get(name) != said.get(name, ""):
            yield Change(entry.id, name, entry.fields.get(name, ""), said.get(name, ""), stands.get(name, ""))


def _differing(one: Mapping[str, Said], other: Mapping[str, Said]) -> list[str]:
    """Fields in which two differ. Lines move when a document grows, which says nothing of the card."""
    return [name for name in FIELDS if name != "source" and one.get(name) != other.get(name)]
