"""What became of each passage of a document: which cards, or why none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cardwright.model import Origin
from cardwright.rules.apply import Miss
from cardwright.rules.compete import Lost, Settled
from cardwright.rules.contexts import unit_text
from cardwright.rules.marked import plain
from cardwright.rules.passages import PASSAGES, Index, passage_of
from cardwright.rules.sentences import word_count
from cardwright.rules.tree import child

if TYPE_CHECKING:
    from bs4 import Tag

__all__ = ["Coverage", "Covered", "cover", "passages_of"]

# A passage of fewer words can hold no fact.
LEAST_WORDS = 3


@dataclass(frozen=True, slots=True)
class Covered:
    """A passage: its line, its text, the cards that came of it, or why there are none."""

    line: int
    text: str
    cards: tuple[Origin, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """All passages of a document in order, those that no rule may see among them."""

    document: str
    lines: tuple[Covered, ...]
    skipped: tuple[Covered, ...]

    @property
    def passages(self) -> int:
        """How many passages rules could see."""
        return len(self.lines)

    @property
    def taken(self) -> int:
        """How many of them are on cards."""
        return sum(1 for each in self.lines if each.cards)


def cover(
    index: Index,
    settled: Sequence[Settled],
    lost: Sequence[Lost],
    missed: Sequence[Miss],
) -> Coverage:
    """The coverage of one document."""
    name = index.info.name
    cards: dict[int, list[Origin]] = {}
    for each in settled:
        for candidate in each.everyone:
            if candidate.document == name:
                origin = Origin(name, candidate.rule.name, candidate.subject)
                for place in candidate.passages:
                    cards.setdefault(place, []).append(origin)
    reasons: dict[int, list[str]] = {}
    for miss in missed:
        for place in miss.passages:
            reasons.setdefault(place, []).append(f"{miss.rule}: {miss.why}")
    beaten: dict[int, list[str]] = {}
    for each_lost in lost:
        if each_lost.document == name:
            for place in each_lost.passages:
                beaten.setdefault(place, []).append(f"{each_lost.rule}: {each_lost.winner} took it")
    lines: list[Covered] = []
    for place, line, text in passages_of(index):
        made = tuple(dict.fromkeys(cards.get(place, ())))
        told = [] if made else [*reasons.get(place, ()), *beaten.get(place, ())]
        why = "" if made else "; ".join(dict.fromkeys(told)) or "no rule selects it"
        lines.append(Covered(line, text, made, why))
    skipped = tuple(
        Covered(each.line, each.text, (), f"aside: {each.why}" if each.why != "damaged" else "damaged")
        for each in index.skipped
    )
    return Coverage(name, tuple(lines), skipped)


def passages_of(index: Index) -> Iterator[tuple[int, int, str]]:
    """Each passage that can hold a fact: its place in the walk, its line, its text."""
    for place, element in enumerate(index.elements):
        if element.name not in PASSAGES and not (element.name == "span" and element.has_attr("data-label")):
            continue
        text = _text(index, element) if passage_of(element) is element else ""
        if word_count(text) >= LEAST_WORDS and not (element.name == "tr" and child(element, "td") is None):
            yield place, index.line(element), text


def _text(index: Index, element: Tag) -> str:
    said = plain(unit_text(index, element))
    summary = child(element, "summary") if element.name == "details" else None
    return f"{plain(index.text(summary))} {said}" if summary is not None else said
