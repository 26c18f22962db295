"""How alike two cards are, by the words they share."""

from __future__ import annotations

import re
from collections.abc import Collection

__all__ = ["ALIKE", "MARGIN", "NAMED_ALIKE", "STRANGE_ALIKE", "likeness"]

# From here on two texts say the same thing in other words; of one subject, less will do.
ALIKE = 0.6
NAMED_ALIKE = 0.3
# Where neither the subject nor the rule is the same, the words of a pattern must not be what is alike.
STRANGE_ALIKE = 0.8
# Two likenesses that are nearer than this say nothing about which of them is meant.
MARGIN = 0.1

_WORD = re.compile(r"\w+")
_GAP = re.compile(r"\{\{c[0-9,]+::|\}\}")
# Short words hold sentences together and say little of what a sentence is about.
_SHORT = 3
# Questions follow a pattern of their rule, so that the answer tells more.
_ANSWER = 0.6


def likeness(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """From 0 (nothing shared) to 1 (the same words) for two cards as (front, back, cloze, extra).

    It depends on the two alone: what else is in a project never changes it.
    """
    if bool(one[2]) != bool(other[2]):
        return _shared(_words(" ".join(one[:3])), _words(" ".join(other[:3])))
    if one[2]:
        return _shared(_words(one[2]), _words(other[2]))
    answers = _shared(_words(one[1]), _words(other[1]))
    return _ANSWER * answers + (1 - _ANSWER) * _shared(_words(one[0]), _words(other[0]))


def _words(text: str) -> frozenset[str]:
    found = _WORD.findall(_GAP.sub(" ", text).casefold())
    telling = frozenset(word for word in found if len(word) > _SHORT or not word.isascii() or word.isdigit())
    return telling or frozenset(found)


def _shared(one: Collection[str], other: Collection[str]) -> float:
    both = len(one) + len(other)
    return 2 * len(set(one).intersection(other)) / both if both else 0.0
