"""Documents and rules to proposals: every rule over every document, then one card for each question."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from cardwright.model import Document, DocumentInfo, Origin, Proposal
from cardwright.progress import steps
from cardwright.rules.apply import Miss, apply
from cardwright.rules.candidates import Candidate
from cardwright.rules.compete import Lost, Settled, agree, question, settle
from cardwright.rules.coverage import Coverage, cover
from cardwright.rules.glossary import Glossary, mentions
from cardwright.rules.names import LONGEST_ID, slug
from cardwright.rules.passages import Index, index
from cardwright.rules.rulefile import RuleBook

__all__ = ["Outcome", "of_document", "propose"]

_EMPHASISED = re.compile(r"\*\*(.+?)\*\*")
_ASKING = re.compile(
    r"(?:what|which|who|whom|whose|when|where|why|how|in|is|are|do|does|did|can|could|should|must|may|has|have|will|would|at|for|name)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the rules say of documents: proposals in document order, coverage by document, and cards that lost."""

    proposals: tuple[Proposal, ...]
    coverage: Mapping[str, Coverage]
    lost: tuple[Lost, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a proposal stands among all: documents by name, then the walk, then the rules' rank."""

    document: str
    at: tuple[int, int]
    rank: tuple[object, ...]


def propose(documents: Sequence[Document], book: RuleBook, glossary: Glossary | None = None) -> Outcome:
    """Run all rules over all documents. The order of documents and of rule files makes no difference."""
    indexes = [index(document) for document in sorted(documents, key=lambda each: each.info.name)]
    infos = {each.info.name: each.info for each in indexes}
    settled: list[Settled] = []
    lost: list[Lost] = []
    missed: dict[str, list[Miss]] = {}
    for each in steps("applying rules to", "document", indexes):
        won, beaten, missed[each.info.name] = of_document(each, book)
        settled.extend(won)
        lost.extend(beaten)
    cards = _across(settled, infos)
    placed = [(_place(card), _proposal(card, infos)) for card in cards]
    if glossary is not None:
        placed.extend(
            (_Place(each.document, (each.at, 1 << 30), (9, each.proposal.id)), each.proposal)
            for each in mentions(glossary, indexes)
        )
    placed.sort(key=lambda each: (each[0].document, each[0].at, each[0].rank, each[1].front, each[1].cloze))
    proposals = _with_own_ids([proposal for _, proposal in placed])
    coverage = {each.info.name: cover(each, settled, lost, missed[each.info.name]) for each in indexes}
    return Outcome(tuple(proposals), coverage, tuple(lost))


def of_document(document: Index, book: RuleBook) -> tuple[list[Settled], list[Lost], list[Miss]]:
    """All rules over one document: first those that compete, then, in their order, those that take what is left."""
    candidates: list[Candidate] = []
    missed: list[Miss] = []
    for rule in book.rules:
        if not rule.unclaimed:
            found, misses = apply(rule, document)
            candidates.extend(found)
            missed.extend(misses)
    taken: dict[int, list[tuple[int, int]]] = {}
    _take(taken, candidates)
    for rule in book.rules:
        if rule.unclaimed:
            found, misses = apply(rule, document, taken)
            candidates.extend(found)
            missed.extend(misses)
            _take(taken, found)
    won, lost = settle(candidates)
    return won, lost, missed


def _take(taken: dict[int, list[tuple[int, int]]], candidates: Sequence[Candidate]) -> None:
    for candidate in candidates:
        for place, start, end in candidate.claims:
            taken.setdefault(place, []).append((start, end))


def _across(settled: Sequence[Settled], infos: Mapping[str, DocumentInfo]) -> list[Settled]:
    """One card where documents agree on a question; where they do not, each card names its document."""
    by_question: dict[str, list[Settled]] = {}
    for each in settled:
        by_question.setdefault(question(each.candidate), []).append(each)
    cards: list[Settled] = []
    for same in by_question.values():
        merged: list[Settled] = []
        for each in sorted(same, key=lambda card: (card.candidate.rule.rank, card.candidate.document)):
            twin = next((place for place, other in enumerate(merged) if _same(other.candidate, each.candidate)), -1)
            if twin < 0:
                merged.append(each)
            else:
                merged[twin] = Settled(merged[twin].candidate, (*merged[twin].also, *each.everyone))
        if len(merged) > 1 and not merged[0].candidate.cloze:
            merged = [_naming(each, [infos[other.candidate.document] for other in merged], infos) for each in merged]
        cards.extend(merged)
    return cards


def _same(one: Candidate, other: Candidate) -> bool:
    if one.cloze or other.cloze:
        return one.cloze.casefold() == other.cloze.casefold()
    return agree(one.back, other.back)


def _naming(card: Settled, all_infos: Sequence[DocumentInfo], infos: Mapping[str, DocumentInfo]) -> Settled:
    """The card with its document named in the question."""
    info = infos[card.candidate.document]
    labels = [_label(each) for each in all_infos]
    label = _label(info) if labels.count(_label(info)) == 1 else PurePosixPath(info.name).name
    front = card.candidate.front
    if label.casefold() in front.casefold():
        return card
    if _ASKING.match(front):
        front = f"According to the {label.removeprefix('the ')}, {front[:1].lower()}{front[1:]}"
    else:
        front = f"{front} ({label})"
    return Settled(replace(card.candidate, front=front), card.also)


def _label(info: DocumentInfo) -> str:
    return info.label or info.title or PurePosixPath(info.name).stem


def _place(card: Settled) -> _Place:
    return _Place(card.candidate.document, (card.candidate.at, card.candidate.start), (1, card.candidate.rule.rank))


def _proposal(card: Settled, infos: Mapping[str, DocumentInfo]) -> Proposal:
    candidate, rule = card.candidate, card.candidate.rule
    origins = dict.fromkeys(Origin(each.document, each.rule.name, each.subject) for each in card.everyone)
    return Proposal(
        into=rule.into,
        id=candidate.id,
        origins=tuple(origins),
        sources=card.sources,
        front=candidate.front,
        back=candidate.back,
        cloze=candidate.cloze,
        extra=candidate.extra,
        tags=rule.tags,
        reverse=rule.reverse and not _tells_term(candidate.front, candidate.back),
        draft=rule.draft,
        label=_label(infos[candidate.document]),
    )


def _tells_term(front: str, back: str) -> bool:
    """Whether an answer, asked for its question, would hold what is emphasised there."""
    return any(each.casefold() in back.casefold() for each in _EMPHASISED.findall(front))


def _with_own_ids(proposals: Sequence[Proposal]) -> list[Proposal]:
    """Wished ids told apart by the rule, where two rules ask about one subject of one document."""
    wished: dict[tuple[str, str], str] = {}
    found: list[Proposal] = []
    for each in proposals:
        key = (each.origins[0].document, each.id)
        if wished.setdefault(key, each.rule) != each.rule:
            fresh = [word for word in each.rule.split("-") if word not in each.id.split("-")]
            room = (
                each.id[: LONGEST_ID - 1 - len("-".join(fresh))].rstrip("-") if len("-".join(fresh)) < 24 else each.id
            )
            each = replace(each, id=slug(f"{room} {' '.join(fresh)}", each.rule))
        found.append(each)
    return found
