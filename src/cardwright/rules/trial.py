"""Rules tried on a document: passage by passage, what they caught, what they lost, and what they nearly caught."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cardwright.model import Document
from cardwright.rules.candidates import Candidate
from cardwright.rules.compete import Lost
from cardwright.rules.contexts import items_of, unit_text
from cardwright.rules.coverage import passages_of
from cardwright.rules.marked import plain
from cardwright.rules.passages import Index, Skipped, index
from cardwright.rules.propose import of_document
from cardwright.rules.rulefile import Rule, RuleBook
from cardwright.rules.select import selected
from cardwright.rules.units import is_near, passages_about

if TYPE_CHECKING:
    from bs4 import Tag

__all__ = ["NearMiss", "Trial", "Tried", "try_rules"]


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A rule that selected a passage and stopped at one thing only."""

    rule: str
    why: str


@dataclass(frozen=True, slots=True)
class Tried:
    """A passage: its cards, those of the rules on trial that lost it to others, and near misses of these.

    `at` is where its element stands in the document's text, as the tree says it ("start:end").
    """

    line: int
    text: str
    cards: tuple[Candidate, ...] = ()
    lost: tuple[Lost, ...] = ()
    near: tuple[NearMiss, ...] = ()
    at: str = ""


@dataclass(frozen=True, slots=True)
class Trial:
    """All passages of a document in order, and those that no rule may see."""

    document: str
    passages: tuple[Tried, ...]
    skipped: tuple[Skipped, ...]


def try_rules(document: Document, book: RuleBook, wanted: Collection[str]) -> Trial:
    """Run a whole book over one document and tell of it as the rules named in `wanted` see it."""
    walked = index(document)
    settled, lost, missed = of_document(walked, book)
    cards: dict[int, list[Candidate]] = {}
    for each in settled:
        for candidate in each.everyone:
            for place in candidate.passages:
                cards.setdefault(place, []).append(candidate)
    beaten: dict[int, list[Lost]] = {}
    for one in lost:
        if one.rule in wanted:
            for place in one.passages:
                beaten.setdefault(place, []).append(one)
    near: dict[int, list[NearMiss]] = {}
    for miss in missed:
        if miss.rule in wanted:
            for place in miss.passages:
                near.setdefault(place, []).append(NearMiss(miss.rule, miss.why))
    for rule in book.rules:
        if rule.name in wanted:
            for place, why in _near_misses(rule, walked):
                near.setdefault(place, []).append(NearMiss(rule.name, why))
    passages: list[Tried] = []
    listed = {place: (line, text) for place, line, text in passages_of(walked)}
    for place in cards:  # of which some are too short to be missed where they give no card
        element = walked.elements[place]
        listed.setdefault(place, (walked.line(element), plain(unit_text(walked, element))))
    for place, (line, text) in sorted(listed.items()):
        done = {each.rule.name for each in cards.get(place, ())} | {each.rule for each in beaten.get(place, ())}
        left = tuple(each for each in dict.fromkeys(near.get(place, ())) if each.rule not in done)
        at = str(walked.elements[place].get("data-at", ""))
        passages.append(Tried(line, text, tuple(cards.get(place, ())), tuple(beaten.get(place, ())), left, at))
    return Trial(walked.info.name, tuple(passages), tuple(walked.skipped))


def _near_misses(rule: Rule, walked: Index) -> Iterator[tuple[int, str]]:
    """Places in the walk where one condition alone keeps the rule away, and which."""
    for element in selected(walked, rule.select):
        reasons = list(_reasons(rule, walked, element))
        if len(reasons) == 1:
            places = [walked.order[id(each)] for each in passages_about(element) if id(each) in walked.order]
            yield from ((place, reasons[0]) for place in places[:1])


def _reasons(rule: Rule, walked: Index, element: Tag) -> Iterator[str]:
    """Every condition of a rule that an element does not meet."""
    missing = [fact for fact in rule.facts if not getattr(walked.info, fact)]
    if missing:
        yield f"the document has no {missing[0]}"
    if any(not any(True for _ in selected(walked, each)) for each in rule.having):
        yield "the document lacks what `when` asks for"
    kind = walked.kind[id(element)]
    if rule.kinds and kind not in rule.kinds:
        yield f"the section is of kind {kind or 'none'}, the rule wants {' or '.join(rule.kinds)}"
    if kind in rule.other_kinds:
        yield f"the section is of kind {kind}"
    if not is_near(rule, walked, element):
        yield "the heading is not one the rule wants"
    if rule.least and len(items_of(walked, element)) < rule.least:
        yield f"fewer than {rule.least} items"
    said = plain(unit_text(walked, element))
    if rule.match and rule.each == "passage" and not rule.match.search(said):
        yield "the text does not match"
    for pattern in rule.unless:
        if rule.each == "passage" and pattern.search(said):
            yield f"`unless` meets the text: {pattern.source}"
