"""Questions that are nearly the same, found among many thousands without comparing each with each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

__all__ = ["Asked", "alike", "near_pairs"]


@dataclass(frozen=True, slots=True)
class Asked:
    """The words of a question.

    `all` of them; those that are `telling` of its subject; and those that `tell_apart` two questions by themselves,
    as numbers and names in bold do.
    """

    all: frozenset[str]
    telling: frozenset[str]
    tell_apart: frozenset[str] = frozenset()


def alike(one: Asked, other: Asked, likeness: float) -> bool:
    """Whether two questions are nearly the same.

    They share so much of their words (Jaccard), one of them has no telling word that the other lacks, and no number
    or name is in one alone: questions of one pattern about two subjects are none.
    """
    if one.tell_apart != other.tell_apart:
        return False
    if not (one.telling <= other.telling or other.telling <= one.telling):
        return False
    shared = len(one.all & other.all)
    return shared >= likeness * (len(one.all) + len(other.all) - shared)


def near_pairs(questions: Sequence[Asked], likeness: float) -> Iterator[tuple[int, int]]:
    """For each question the first one before it that is nearly the same: (that, this), in the order of the second.

    Exact, without comparing each with each: where one's telling words are all in the other, the rarest of them is too.
    So each question is kept under its rarest telling word, and looked for under each of its own; and each under all of
    its words, to be found by a smaller one that comes later. What tells them apart is part of the key, for it has to be
    the same: a pattern that is asked of a thousand names meets none of them.
    """
    counts = Counter(word for each in questions for word in each.telling)
    by_rarest: dict[tuple[str, frozenset[str]], list[int]] = defaultdict(list)
    by_word: dict[tuple[str, frozenset[str]], list[int]] = defaultdict(list)
    seen: dict[Asked, int] = {}
    for at, this in enumerate(questions):
        if (same := seen.get(this)) is not None:
            yield same, at
            continue
        seen[this] = at
        rarest = min(this.telling, key=lambda word: (counts[word], word), default="")
        keys = [(word, this.tell_apart) for word in (*this.telling, "")]  # what has no word is within any other
        candidates = {*by_word[rarest, this.tell_apart], *(one for key in keys for one in by_rarest.get(key, ()))}
        before = next((one for one in sorted(candidates) if alike(questions[one], this, likeness)), None)
        if before is not None:
            yield before, at
        by_rarest[rarest, this.tell_apart].append(at)
        for key in keys:
            by_word[key].append(at)
