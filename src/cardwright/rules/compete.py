"""Rules that want the same: who gets a passage, and which proposals are one card.

Within a document, on one passage: the same question, or answers that share more than
four fifths of their words, go to the rule that ranks first; other questions stand beside
each other. The same question at two places of one document becomes one card.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from cardwright.model import Source
from cardwright.rules.answers import LONGEST
from cardwright.rules.candidates import Candidate
from cardwright.rules.rulefile import Rule
from cardwright.rules.sentences import is_longer, words

__all__ = ["SAME", "Lost", "Settled", "agree", "likeness", "question", "settle"]

# Two answers on one passage that share more of their words than this say the same.
SAME = 0.8
# A cloze that holds more of an answer's words than this, or the other way round, repeats it.
HELD = 0.6
# An answer of more words holds more than one fact, and a cloze of one of them is worth having beside it.
BRIEF = 20
# Two answers to one question from different places agree from here on, if their numbers do.
AGREEING = 0.6

_GAP = re.compile(r"\{\{c\d+::(.*?)\}\}")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_NEGATION = frozenset(("no", "not", "never", "none", "neither", "nor", "without", "cannot"))


@dataclass(frozen=True, slots=True)
class Lost:
    """A card that another rule's card left no room for; `passages` are their places in the walk."""

    document: str
    line: int
    rule: str
    text: str
    winner: str
    why: str
    passages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Settled:
    """A card that won, with all that it stands for: more than one candidate where they agree."""

    candidate: Candidate
    also: tuple[Candidate, ...] = ()

    @property
    def everyone(self) -> tuple[Candidate, ...]:
        """The winner, then those it speaks for."""
        return (self.candidate, *self.also)

    @property
    def sources(self) -> tuple[Source, ...]:
        """The places, each once."""
        return tuple(dict.fromkeys(Source(each.document, each.line) for each in self.everyone))


@dataclass(frozen=True, slots=True)
class _Said:
    """A candidate with its question and the words of its answer, as they are compared."""

    candidate: Candidate
    asked: str
    words: set[str]


def settle(candidates: Iterable[Candidate]) -> tuple[list[Settled], list[Lost]]:
    """Let the candidates of one document compete; the order in which they come does not matter."""
    lost: list[Lost] = []
    standing: list[Candidate] = []
    on_passage: dict[int, list[_Said]] = {}
    for candidate in _ranked(candidates):
        said = _Said(candidate, question(candidate), _word_set(candidate.back or _GAP.sub(r"\1", candidate.cloze)))
        rival = _rival(said, on_passage)
        if rival is candidate.rule:
            continue
        if rival is not None:
            lost.append(_lost(candidate, rival, "it says the same of the same passage"))
            continue
        standing.append(candidate)
        for place in candidate.passages:
            on_passage.setdefault(place, []).append(said)
    return _one_card_a_question(_numbered(standing), lost), lost


def question(candidate: Candidate) -> str:
    """What a card asks, for telling whether another one asks the same; of a cloze, its whole text."""
    return _asked(candidate.front or _GAP.sub(r"\1", candidate.cloze))


@lru_cache(maxsize=2048)
def _asked(text: str) -> str:
    return " ".join(words(text.casefold()))


def likeness(one: str, other: str) -> float:
    """The share of words two texts have in common."""
    return _shared(_word_set(one), _word_set(other))


def agree(one: str, other: str) -> bool:
    """Whether two answers say the same: most words, all numbers, and the same side of a "not"."""
    first, second = _word_set(one), _word_set(other)
    if set(_NUMBER.findall(one)) != set(_NUMBER.findall(other)) or bool(first & _NEGATION) != bool(second & _NEGATION):
        return False
    return likeness(one, other) >= AGREEING


def _numbered(standing: Sequence[Candidate]) -> list[Candidate]:
    """Candidates whose subjects tell them apart: a rule's second card on one subject is #2."""
    counted: dict[tuple[str, str], int] = {}
    found: list[Candidate] = []
    # The order in which they win is kept among those that stand at one place.
    for candidate in sorted(standing, key=lambda each: (each.at, each.start)):
        key = (candidate.rule.name, candidate.subject)
        counted[key] = counted.get(key, 0) + 1
        found.append(replace(candidate, number=counted[key]) if counted[key] > 1 else candidate)
    return found


def _ranked(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Candidates in the order in which they win; what a rule's rank is, is asked once."""
    ranks: dict[int, tuple[object, ...]] = {}

    def rank(each: Candidate) -> tuple[object, ...]:
        known = ranks.get(id(each.rule))
        if known is None:
            known = ranks[id(each.rule)] = each.rule.rank
        return (known, each.at, each.start, each.front, each.cloze, each.back)

    return sorted(candidates, key=rank)


def _rival(said: _Said, on_passage: dict[int, list[_Said]]) -> Rule | None:
    """The rule that already says on one of its passages what the candidate would say.

    A rule is its own rival only where it would make the very same card a second time.
    """
    for place in said.candidate.passages:
        for other in on_passage.get(place, ()):
            if other.candidate.rule is said.candidate.rule:
                if other.asked == said.asked and other.candidate.back == said.candidate.back:
                    return said.candidate.rule
            elif other.asked == said.asked or _are_alike(other.words, said.words) or _repeats(said, other):
                return other.candidate.rule
    return None


def _repeats(said: _Said, other: _Said) -> bool:
    """Whether a cloze only says again what another card says: of the same sentence, or of this passage alone."""
    if not said.candidate.cloze or len(other.candidate.passages) > 1:
        return False
    if other.candidate.cloze:
        return any(
            place == where and low < end and start < high
            for place, low, high in said.candidate.claims
            for where, start, end in other.candidate.claims
        )
    hidden = _word_set(" ".join(_GAP.findall(said.candidate.cloze)))
    return len(other.words) <= BRIEF and len(other.words & hidden) > HELD * len(hidden)


def _one_card_a_question(standing: Sequence[Candidate], lost: list[Lost]) -> list[Settled]:
    """Candidates of one document that ask the same in one card, their answers joined while there is room."""
    by_question: dict[str, Settled] = {}
    for candidate in _ranked(standing):
        asked = question(candidate)
        known = by_question.get(asked)
        if known is None:
            by_question[asked] = Settled(candidate)
            continue
        joined = _joined(known.candidate, candidate)
        if joined is None:
            lost.append(
                _lost(candidate, known.candidate.rule, "the same question; both answers are too long for one card")
            )
            continue
        by_question[asked] = Settled(joined, (*known.also, candidate))
    return sorted(
        by_question.values(),
        key=lambda each: (each.candidate.at, each.candidate.start, each.candidate.rule.rank, each.candidate.front),
    )


def _joined(first: Candidate, second: Candidate) -> Candidate | None:
    """The first card with what the second adds to its answer; None where that is too much."""
    if first.cloze or agree(first.back, second.back) or _holds(first.back, second.back):
        return first
    one, two = first.back, second.back
    listed = [text.startswith("- ") for text in (one, two)]
    if all(listed):
        lines = list(dict.fromkeys([*one.split("\n"), *two.split("\n")]))
        back = "\n".join(lines) if len(lines) <= 7 else ""
    elif any(listed):
        back = ""
    elif one[-1:] in ".!?" or two[-1:] in ".!?":
        back = f"{one if one[-1:] in '.!?' else one + '.'} {two}"
    else:
        back = f"{one}; {two}"
    return replace(first, back=back) if back and not is_longer(back, LONGEST) else None


def _holds(whole: str, part: str) -> bool:
    return f" {' '.join(words(part.casefold()))} " in f" {' '.join(words(whole.casefold()))} "


def _are_alike(first: set[str], second: set[str]) -> bool:
    """Whether two answers say the same; one that is so much longer cannot, whatever is in it."""
    less, more = sorted((len(first), len(second)))
    return (not more or less / more > SAME) and _shared(first, second) > SAME


def _shared(first: set[str], second: set[str]) -> float:
    both = len(first & second)
    return both / (len(first) + len(second) - both) if first or second else 1.0


def _word_set(text: str) -> set[str]:
    return set(words(text.casefold()))


def _lost(candidate: Candidate, winner: Rule, why: str) -> Lost:
    text = candidate.front or candidate.cloze
    return Lost(candidate.document, candidate.line, candidate.rule.name, text, winner.name, why, candidate.passages)
