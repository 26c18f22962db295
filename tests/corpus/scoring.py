"""How much of what a good deck must ask is asked: cards held against gold facts.

A gold file lists facts of one document, and traps. A card asks a fact if question and answer together hold all its
expressions, the answer holds at least one, and the question alone does not hold all of them. Drafts do not count.
A card touches a trap if one of the trap's expressions is found in it, or if it shares two runs of six words with the
trap's lines that stand nowhere else in the document. A fact on which documents differ is attributed if a card that asks
it names the company, the role or the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

__all__ = ["PRIORITIES", "Gold", "Score", "load_gold", "score"]

PRIORITIES = ("must", "should", "could")
LONGEST_ANSWER = 600
RUN = 6

_GAP = re.compile(r"\{\{c\d+::(.*?)(?:::[^}]*)?\}\}", re.DOTALL)
_WORD = re.compile(r"[a-z0-9$%+]+")
_PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " ", "\u2011": "-", "…": "..."}
)
_Patterns = tuple[re.Pattern[str], ...]


@dataclass(frozen=True)
class _Item:
    id: str
    priority: str
    term: str
    expects: _Patterns
    attribute: _Patterns


@dataclass(frozen=True)
class _Trap:
    id: str
    match: _Patterns
    runs: frozenset[tuple[str, ...]]
    soft: bool


@dataclass(frozen=True)
class Gold:
    """The facts and traps of one document."""

    document: Path
    items: tuple[_Item, ...]
    traps: tuple[_Trap, ...]


@dataclass(frozen=True)
class _Said:
    """A card as a learner sees it: what is asked, what is answered, and both together."""

    front: str
    back: str
    whole: str


@dataclass
class Score:
    """Counts over some documents. `found` and `wanted` are by priority, `missed` are facts that no card asks."""

    cards: int = 0
    found: dict[str, int] = field(default_factory=lambda: dict.fromkeys(PRIORITIES, 0))
    wanted: dict[str, int] = field(default_factory=lambda: dict.fromkeys(PRIORITIES, 0))
    trapped: list[tuple[str, str]] = field(default_factory=list)
    attributed: int = 0
    attributable: int = 0
    missed: list[tuple[str, str, str]] = field(default_factory=list)

    def share(self, priority: str) -> float:
        """The share of facts that some card asks."""
        return self.found[priority] / max(1, self.wanted[priority])

    @property
    def trap_share(self) -> float:
        """The share of cards that touch a trap which matters."""
        return len({front for front, _ in self.trapped}) / max(1, self.cards)

    def add(self, other: Score) -> None:
        """Count another document in."""
        self.cards += other.cards
        for each in PRIORITIES:
            self.found[each] += other.found[each]
            self.wanted[each] += other.wanted[each]
        self.trapped += other.trapped
        self.attributed += other.attributed
        self.attributable += other.attributable
        self.missed += other.missed


def load_gold(path: Path, folders: Iterable[Path] = ()) -> Gold:
    """A gold file; its document lies beside it or in one of the folders."""
    data = yaml.safe_load(path.read_text("utf-8"))
    document = next(folder / data["doc"] for folder in (path.parent, *folders) if (folder / data["doc"]).exists())
    lines = document.read_text("utf-8").split("\n")
    items = tuple(
        _Item(
            each["id"],
            each["priority"],
            each["term"],
            _patterns(each["expects"]),
            _patterns(each.get("attribute") or ()),
        )
        for each in data["items"]
    )
    return Gold(document, items, tuple(_trap(each, lines) for each in data.get("traps") or ()))


def _trap(data: Mapping[str, Any], lines: Sequence[str]) -> _Trap:
    own: set[tuple[str, ...]] = set()
    if data.get("scope") != "fragment":
        low, high = data["lines"]
        own = _runs_of(lines[low - 1 : high]) - _runs_of([*lines[: low - 1], *lines[high:]])
    return _Trap(data["id"], _patterns(data.get("match") or ()), frozenset(own), data.get("severity") == "soft")


def _patterns(sources: Iterable[str]) -> _Patterns:
    return tuple(re.compile(each, re.IGNORECASE) for each in sources)


def _runs_of(lines: Iterable[str]) -> set[tuple[str, ...]]:
    return {run for line in lines for run in _runs(line)}


def _runs(text: str) -> set[tuple[str, ...]]:
    words = _WORD.findall(_norm(text).lower())
    return {tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}


def _norm(text: str) -> str:
    return " ".join(text.translate(_PLAIN).split())


def score(gold: Gold, proposals: Sequence[Mapping[str, Any]]) -> Score:
    """Hold the proposals of one document against its gold."""
    mine = [_said(each) for each in proposals if not each["draft"] and _is_from(each, gold.document.name)]
    result = Score(cards=len(mine))
    for item in gold.items:
        asking = [card for card in mine if _asks(card, item)]
        result.wanted[item.priority] += 1
        result.found[item.priority] += bool(asking)
        if not asking:
            result.missed.append((item.priority, item.id, item.term))
        elif item.attribute:
            result.attributable += 1
            result.attributed += any(each.search(card.whole) for each in item.attribute for card in asking)
    for trap in gold.traps:
        if not trap.soft:
            result.trapped += [(card.front, trap.id) for card in mine if _touches(card, trap)]
    return result


def _is_from(proposal: Mapping[str, Any], name: str) -> bool:
    return any(str(place).rpartition(":")[0] == name for place in proposal["source"])


def _said(proposal: Mapping[str, Any]) -> _Said:
    cloze, extra = str(proposal["cloze"] or ""), str(proposal["extra"] or "")
    front, back = str(proposal["front"] or ""), str(proposal["back"] or "")
    whole = front
    if cloze:
        front, whole = _GAP.sub("[...]", cloze), _GAP.sub(r"\1", cloze)
        back = "; ".join(_GAP.findall(cloze))
    back = f"{back} {extra}".strip()
    return _Said(_norm(front), _norm(back), _norm(f"{front} \n {back} \n {whole}"))


def _asks(card: _Said, item: _Item) -> bool:
    return (
        all(each.search(card.whole) for each in item.expects)
        and not all(each.search(card.front) for each in item.expects)
        and any(each.search(card.back) for each in item.expects)
        and len(card.back) <= LONGEST_ANSWER
    )


def _touches(card: _Said, trap: _Trap) -> bool:
    if any(each.search(text) for each in trap.match for text in (card.front, card.back)):
        return True
    return len(trap.runs & (_runs(card.front) | _runs(card.back))) >= 2
