"""The seams of a filled template: single blanks, no doubled punctuation or little word, a capital at the start."""

from __future__ import annotations

import re
from functools import lru_cache

from cardwright.rules.filters import capital
from cardwright.rules.marked import HIDDEN

__all__ = ["fitting"]

_FITS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\(\s*\)|\[\s*\]|“\s*”"), ""),
    (re.compile(r"[ \t\u00a0]+"), " "),
    (re.compile(r"^\s*[:;,]\s*"), ""),
    (re.compile(r" *\n *"), "\n"),
    (re.compile(r" +([,.;:!?])(?=[\s*\"”)]|$)"), r"\1"),
    (re.compile(rf"((?:^|\s)[\"“(]|\() +(?={HIDDEN[0]})"), r"\1"),
    (re.compile(rf"(?<={HIDDEN[1]}) +(?=[\"”)](?:\W|$))"), ""),
    (re.compile(r"([?!])\.(?!\.)"), r"\1"),
    (re.compile(r"([?!.])([\"”’*)]{1,3})\1(?!\1)"), r"\1\2"),
    (re.compile(r"([?!])([\"”’]{1,3})\.(?!\.)"), r"\1\2"),
    (re.compile(r"\?{2,}"), "?"),
    (re.compile(r"(?<!\.)\.\.(?!\.)"), "."),
    (re.compile(r"[,;:]([.?!])(?=[\s\"”]|$)"), r"\1"),
    (re.compile(r"([,;:]),(?=\s)"), r"\1"),
    (re.compile(r"\b(the|an?|of|at|in) \1\b", re.IGNORECASE), r"\1"),
)

_SHORT = ("the", "a", "an", "of", "at", "in")
# Nothing in the table applies to a text without any of these, but for one that begins with a stop. All begin with
# one of a few characters, which is what makes the search quick, and all but two go on with one of a few others, which
# no blank between two words does; which ones they were is asked behind them.
_SUSPECT = re.compile(
    r"""[ \t\n\u00a0.?!,;:(“\[]
      (?: (?=[\s,.;:!?*"”’)\]\ue000-\ue007])
          (?: (?<=[ \n])[\s,.;:!?] | (?<=[.?!,;:])[*"”’)]{0,3}[.?!,;]
            | (?<=[(“\[])\s*[)”\]] | (?<=[\ue000-\ue007]\ )["”)] | (?<=["“(]\ )[\ue000-\ue007])
        | (?<=[\t\u00a0]))""",
    re.VERBOSE,
)
_DOUBLED = re.compile(" (?:" + "|".join(rf"{word}\b(?<=\b{word} {word})" for word in _SHORT) + ")", re.IGNORECASE)
_STOPS = (":", ";", ",")


@lru_cache(maxsize=1024)
def fitting(text: str) -> str:
    """A text as grammar wants it: single blanks, no doubled punctuation, a capital at the start."""
    if _SUSPECT.search(text) or _DOUBLED.search(text) or text.lstrip()[:1] in _STOPS:
        for pattern, replacement in _FITS:
            text = pattern.sub(replacement, text)
    return capital(text.strip())
