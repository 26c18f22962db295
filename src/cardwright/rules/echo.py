"""What an answer tells that its question has not told already."""

from __future__ import annotations

import re
from functools import lru_cache

from cardwright.rules.marked import cut, plain
from cardwright.rules.sentences import spans, words

__all__ = ["is_echo", "without_echo"]

# Words of one stem share so many letters at their start.
_STEM = 5
# A text that shares so many words with the question, and adds fewer, only says it again.
LEAST = 2

# Words that tell nothing by themselves: little words, and those with which a sentence hedges or begins to speak.
_LITTLE = frozenset(
    re.findall(
        r"\w+",
        """
    a about also an and any are as asked aspect at be been being both but by can central company could critical
    crucial different do does each either especially essential etc every for from given had has have how if
    importance important in include includes including into involve involved involves is it its key like likely
    many may mean means might mix more most must not of often on one or other our out over part parts
    potentially quite role several should similar so some specific strong subsequent such than that the their
    them then there these they this those through to type typical typically unique up us used using usually
    various very vital was we well were what when where whether which while who whose will with within would you
    your
    """,
    )
)


def is_echo(front: str, text: str) -> bool:
    """Whether a text repeats words of the question and adds next to none: "It is absolutely critical." repeats none."""
    asked, said = _stems(front), _stems(text)
    return len(said & asked) >= LEAST and len(said - asked) < LEAST


def without_echo(front: str, text: str) -> str:
    """The text without first sentences that only say the question again, as long as one is left that says more."""
    found = spans(plain(text))
    at = 0
    while at + 1 < len(found) and _is_opening(front, plain(text)[slice(*found[at])]):
        at += 1
    if not at or is_echo(front, plain(text)[found[at][0] :]):
        return text
    return cut(text, found[at][0], len(plain(text)))


def _is_opening(front: str, sentence: str) -> bool:
    """Whether a sentence says the question again at least as much as it adds: the next one is what answers it."""
    asked, said = _stems(front), _stems(sentence)
    return len(said & asked) >= max(LEAST, len(said - asked))


@lru_cache(maxsize=1024)
def _stems(text: str) -> frozenset[str]:
    """How the words of a text begin that are not little; a question's are asked for with each sentence."""
    return frozenset([word[:_STEM] for word in words(plain(text).casefold()) if word not in _LITTLE])
