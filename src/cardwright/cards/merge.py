"""What extracting again does to the cards of a project: a pure decision over plain data.

Nothing here reads or writes files. What a person wrote stays; what a person deleted stays away.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from cardwright.cards.cardfile import CardFile
from cardwright.cards.decision import Choice, Verdict, fate, kind_changes, of_card
from cardwright.cards.edit import Addition
from cardwright.cards.fresh import card_of, decided, placed, settle_fresh, united
from cardwright.cards.known import Words, base_of, remembered, words
from cardwright.cards.match import Matched, canonical, match, settled
from cardwright.cards.plan import Conflict, Plan
from cardwright.cards.says import again, news, speaker
from cardwright.memory.extracted import FIELDS, Entry, Extracted, Said, said_by, stands_in
from cardwright.model import CONTENT_FIELDS, Card, Proposal

__all__ = ["decide"]


@dataclass(frozen=True, slots=True)
class _Scope:
    """Which documents were read, and which are no more; of all others nothing is known."""

    documents: frozenset[str]
    gone: frozenset[str]
    whole: bool

    def silent(self, entry: Entry) -> frozenset[str]:
        """Documents that may say this card and were not read."""
        return frozenset(each.document for each in entry.origins) - self.documents - self.gone

    def speaks_of(self, entry: Entry) -> bool:
        """Whether anything is to be told of a card."""
        heard = self.documents | self.gone if self.whole else self.documents
        return any(each.document in heard for each in entry.origins)


@dataclass(slots=True)
class _Work:
    """What is decided so far: the memory to be, who speaks of each card, what they say, and what becomes of it."""

    cards: Mapping[str, Card]
    choices: Mapping[str, Choice]
    entries: dict[str, Entry] = field(default_factory=dict)
    says: dict[str, Mapping[str, Said]] = field(default_factory=dict)
    verdicts: dict[str, Mapping[str, Verdict]] = field(default_factory=dict)
    back: dict[str, Card] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    speakers: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))


def decide(
    memory: Extracted,
    proposals: Sequence[Proposal],
    files: Sequence[CardFile],
    documents: Collection[str] | None = None,
    present: Collection[str] | None = None,
    *,
    accept: Collection[str] = (),
    keep: Collection[str] = (),
    restore: Collection[str] = (),
) -> Plan:
    """Decide what one extraction does, from what the rules said before and say now, and the cards.

    `files` are all card files of the project, read without errors: a card that is in none of them
    counts as deleted. `documents` are those extracted this time (by default, those the proposals
    name), `present` all that the project has; of others nothing is said. `accept`, `keep` and `restore`
    are ids for which a person decided. Ids do not depend on the order of proposals; the places of new
    cards follow their lines in the document, then that order.
    """
    proposals = [settled(each) for each in proposals]
    scope = _scope(memory, proposals, documents, present)
    cards = {card.id: card for file in files for card in file.cards if card.id}
    choices: dict[str, Choice] = {**dict.fromkeys(keep, "keep"), **dict.fromkeys(accept, "accept")}
    matched, work = _weighed(memory, proposals, scope, cards, choices, restore)
    speakers = work.speakers
    adopted, fresh, ties = settle_fresh(proposals, matched, cards, work.entries, accept)
    work.entries = _remembered(memory, proposals, matched.ids, work.entries, scope)
    new = dict(fresh)
    for card in (each for each in work.back.values() if speakers[each.id]):
        new[min(speakers[card.id], key=lambda at: (proposals[at].sources[:1], at))] = card
    additions = placed(proposals, matched.ids, new, files)
    for card in (each for each in work.back.values() if not speakers[each.id]):
        additions[card.file] = (*additions.get(card.file, ()), Addition(card))
    used = {*work.used, *work.back, *(card.id for card in fresh.values())}
    plan = Plan(
        additions=dict(sorted(additions.items())),
        memory=Extracted.of(work.entries.values()),
        changes=_changes(work),
        added=tuple(sorted(card.id for card in fresh.values())),
        restored=tuple(sorted(work.back)),
        adopted=tuple(sorted(adopted)),
        conflicts=tuple(_conflicts(memory, work, scope)),
        ties=tuple(ties),
        idle=tuple(sorted({*accept, *keep, *restore} - used)),
    )
    silent = {each for each in work.entries if each not in plan.adopted and not speakers[each]}
    return _told(plan, memory, work, scope, silent)


def _scope(
    memory: Extracted,
    proposals: Sequence[Proposal],
    documents: Collection[str] | None,
    present: Collection[str] | None,
) -> _Scope:
    named = frozenset(origin.document for each in proposals for origin in each.origins)
    heard = named if documents is None else frozenset(documents)
    known = frozenset(origin.document for entry in memory.entries for origin in entry.origins)
    there = known | heard if present is None else frozenset(present) | heard
    return _Scope(heard, known - there, whole=present is not None and there == heard)


def _weighed(
    memory: Extracted,
    proposals: Sequence[Proposal],
    scope: _Scope,
    cards: Mapping[str, Card],
    choices: Mapping[str, Choice],
    restore: Collection[str],
) -> tuple[Matched, _Work]:
    """Which card each proposal belongs to, and what becomes of the known cards.

    News may give a card just the words of a proposal that had no card. All is then weighed again, with that one
    taken for the card too, because that is what the next run would find.
    """
    meant: dict[Words, str] = {}
    while True:
        matched = match(memory, proposals, cards, gone=scope.gone, chosen=choices, meant=meant)
        work = _Work(cards, choices, used=set(matched.resolved))
        for at in sorted(matched.ids, key=lambda each: canonical(proposals[each])):
            work.speakers[matched.ids[at]].append(at)
        for old in memory.entries:
            entry = replace(old, origins=united(old.origins, matched.joined.get(old.id, ())))
            group = [proposals[at] for at in work.speakers[old.id]]
            work.entries[old.id] = _brought_up(work, entry, group, scope, restored=old.id in restore)
        after = {_side(verdicts, "stands"): card_id for card_id, verdicts in sorted(work.verdicts.items())}
        homeless = [*matched.fresh, *(at for group, _ in matched.ties for at in group)]
        late = {text: after[text] for at in homeless if (text := words(proposals[at])) in after}
        if not late.keys() - meant.keys():
            return matched, work
        meant = {**{words(proposals[at]): card_id for at, card_id in matched.ids.items()}, **late}


def _brought_up(work: _Work, entry: Entry, group: Sequence[Proposal], scope: _Scope, *, restored: bool) -> Entry:
    """What the memory is to hold of a card that it knows; what becomes of the card goes into `work`."""
    card = work.cards.get(entry.id)
    match fate(known=True, there=card is not None, proposed=bool(group), restored=restored):
        case "merged":
            assert card is not None
            entry = replace(entry, deleted=False, kept=False, file=card.file)
            plain = verdicts = _verdicts(work, entry, group, card, "", scope)
            if choice := work.choices.get(entry.id):
                verdicts = _verdicts(work, entry, group, card, choice, scope)
                work.used |= {entry.id} if verdicts != plain else set()
            work.verdicts[entry.id] = verdicts
            return decided(entry, verdicts)
        case "stale":
            assert card is not None
            keeps = work.choices.get(entry.id) == "keep" and not entry.kept and not scope.silent(entry)
            work.used |= {entry.id} if keeps else set()
            return replace(entry, deleted=False, kept=entry.kept or keeps, file=card.file)
        case "restored":
            one = again(entry, group)
            work.back[entry.id] = card_of(one, entry.id)
            return replace(entry, deleted=False, kept=False, fields=said_by(one), seen={})
        case _:
            return replace(entry, deleted=True, kept=False)


def _verdicts(
    work: _Work, entry: Entry, group: Sequence[Proposal], card: Card, choice: Choice, scope: _Scope
) -> dict[str, Verdict]:
    """What becomes of each field; what the rules say goes into `work`.

    Whose words count depends on what was said before and on what the card says, and both may move. So that
    the same proposals move nothing the next time, those speak whose words still count afterwards.
    """
    silent = scope.silent(entry)
    one = speaker(group, base_of(entry), words(card))
    for _ in group:
        says = work.says[entry.id] = news(entry, group, one, silent=bool(silent))
        verdicts = of_card(
            entry.fields, says, stands_in(card), entry.seen, choice=choice, silent=silent, fixed=card.typed
        )
        following = speaker(group, _side(verdicts, "base"), _side(verdicts, "stands"))
        if words(following) == words(one):
            break
        one = following
    return verdicts


def _side(verdicts: Mapping[str, Verdict], side: Literal["base", "stands"]) -> Words:
    return tuple(str(getattr(verdicts[name], side)) for name in CONTENT_FIELDS)


def _remembered(
    memory: Extracted,
    proposals: Sequence[Proposal],
    ids: Mapping[int, str],
    entries: Mapping[str, Entry],
    scope: _Scope,
) -> dict[str, Entry]:
    """Entries that know every proposal that was taken for them, so that it is taken for them again."""
    taken: dict[str, list[Proposal]] = defaultdict(list)
    for at, card_id in ids.items():
        taken[card_id].append(proposals[at])
    silent = {each.id for each in entries.values() if scope.silent(each)}
    return remembered(entries, {each.id: each for each in memory.entries}, taken, silent)


def _changes(work: _Work) -> dict[str, Mapping[str, Said]]:
    """The fields that are to be written anew."""
    changes: dict[str, Mapping[str, Said]] = {}
    for card_id, verdicts in sorted(work.verdicts.items()):
        fields = {name: each.stands for name, each in verdicts.items() if each.outcome == "updated"}
        card = work.cards[card_id]
        if "cloze" in fields and card.typed and kind_changes(work.says[card_id], stands_in(card)):
            fields["typed"] = False
        if fields:
            changes[card_id] = fields
    return changes


def _conflicts(memory: Extracted, work: _Work, scope: _Scope) -> Iterator[Conflict]:
    old = {entry.id: entry for entry in memory.entries}
    for card_id, verdicts in sorted(work.verdicts.items()):
        card, entry = work.cards[card_id], old[card_id]
        for name, verdict in verdicts.items():
            if verdict.outcome == "conflict" and scope.speaks_of(work.entries[card_id]):
                was = entry.seen.get(name, entry.fields.get(name, ""))
                says = work.says[card_id].get(name, "")
                yield Conflict(card_id, name, verdict.stands, says, was, card.places.get(name, card.span))


def _told(plan: Plan, memory: Extracted, work: _Work, scope: _Scope, stale: Collection[str]) -> Plan:
    """The plan, with what is worth telling of the documents that were extracted."""
    was = {entry.id: entry for entry in memory.entries}
    spoken = [work.entries[each] for each in sorted(work.entries) if scope.speaks_of(work.entries[each])]
    kept = [each for each in spoken if each.id in was and each.id in work.cards]
    told = {each.id for each in kept}
    new = {each.card.id: each.card for group in plan.additions.values() for each in group}
    waiting = {name: card.draft for name, card in {**work.cards, **new}.items()}
    waiting |= {name: bool(fields["draft"]) for name, fields in plan.changes.items() if "draft" in fields}
    return replace(
        plan,
        updated=tuple(name for name, fields in plan.changes.items() if fields.keys() - {"source"} and name in told),
        kept=tuple(each.id for each in kept),
        edited=tuple(each.id for each in kept if _edited(each, work)),
        deleted=tuple(each.id for each in spoken if each.deleted),
        gone=tuple(each.id for each in spoken if each.deleted and not was[each.id].deleted),
        stale=tuple(each.id for each in kept if each.id in stale and not each.kept and not scope.silent(each)),
        drafts=tuple(each.id for each in spoken if waiting.get(each.id)),
    )


def _edited(entry: Entry, work: _Work) -> bool:
    """Whether a person changed a field. Lines move when a document grows, which says nothing of the card."""
    stands = stands_in(work.cards[entry.id])
    stands |= {name: each.stands for name, each in work.verdicts.get(entry.id, {}).items()}
    return any(_bare(entry.fields.get(name)) != _bare(stands.get(name)) for name in FIELDS if name != "source")


def _bare(said: Said | None) -> object:
    """A value as it is compared: nothing is nothing, and tags have no order."""
    return frozenset(said) if isinstance(said, tuple) and said else said or None
