"""What can be mended without a thought about the subject: filler before an answer, spaces, a question mark.

Each function takes a field's text as it is written, with its markup, and gives the better one; mending that again
changes nothing.
"""

from __future__ import annotations

import functools
import re

from cardwright.cards.lint.english import Words
from cardwright.cards.lint.text import telling, words_of
from cardwright.markup import outside

__all__ = ["filler_of", "single_spaces", "with_question_mark", "without_filler"]

_SPACES = re.compile(r"(?<=\S)  +(?=\S)")
# What Markdown may begin a line with, and spaces behind it have a meaning.
_LINE_MARKS = " >-+*0123456789.)"
_CLAUSE_END = re.compile(r"[.!?:;]\s")
# So many words that tell something can do without the verb before them.
_ALONE = 2
_CLOSING = "*_”\"’')]"
# "U.S.", "a.m.", "Ph.D."; and what ends neither a question nor an abbreviation for sure, a lone capital among it.
_DOTTED = re.compile(r"\b(?:[^\W\d_]{1,2}\.){2,}$")
_OTHER_END = re.compile(r"(?:[!:;,…–—-]|\.\.|(?<!\S)[A-Z]\.)$")
_MARKS = "*_“\"‘'(["


def filler_of(text: str, words: Words) -> str:
    """The filler that a text opens with, as it is written; "" for none, or where what follows says nothing alone."""
    found = _filler(words).match(text)
    return found[0] if found and _weight(text[found.end() :], words) else ""


def without_filler(text: str, words: Words) -> str:
    """The text without the filler before it; what follows begins with a capital, if it is a word of small letters.

    Where a single word that tells something follows, nothing is changed: it may need the verb ("It means business.").
    """
    filler = filler_of(text, words)
    rest = text[len(filler) :]
    if not filler or _weight(rest, words) < _ALONE:
        return text
    at = len(rest) - len(rest.lstrip(_MARKS))
    if re.match(r"[a-z][a-z'’-]*(?![\w/]|\.\w)", rest[at:]) and filler[:1].isupper():
        rest = f"{rest[:at]}{rest[at].upper()}{rest[at + 1 :]}"
    return rest


def _weight(text: str, words: Words) -> int:
    """How many words that tell something stand in the first clause."""
    return len(telling(words_of(_CLAUSE_END.split(text, maxsplit=1)[0]), words))


def single_spaces(text: str) -> str:
    """One space between words; code, math, tables and the beginnings and ends of lines stay as they are."""
    bare = outside(text, "x")
    out = text
    for found in reversed(list(_SPACES.finditer(bare))):
        line = bare[bare.rfind("\n", 0, found.start()) + 1 : found.start()]
        if "|" not in line and line.lstrip(_LINE_MARKS):
            out = f"{out[: found.start()]} {out[found.end() :]}"
    return out


def with_question_mark(text: str, words: Words) -> str:
    """The text with a question mark at its end, in the place of a full stop.

    The point of an abbreviation stays before it. Of several lines, and of an end that may mean something else (three
    points, a colon, "plan B."), nothing is changed.
    """
    if "?" in text or "\n" in text or not text:
        return text
    end = text.rstrip()
    said = end.rstrip(_CLOSING)
    if _is_shortened(said, words):
        return f"{end}?"
    if _OTHER_END.search(said) or (said != end and said.endswith(".")):
        return text
    return f"{end.removesuffix('.')}?"


def _is_shortened(text: str, words: Words) -> bool:
    """Whether the last point is that of an abbreviation."""
    known = any(found.end() == len(text) for found in re.finditer(words.shortened, f"{text} "))
    return _DOTTED.search(text) is not None or (known and not _OTHER_END.search(text))


@functools.cache
def _filler(words: Words) -> re.Pattern[str]:
    fillers, clauses = (
        "|".join(re.escape(each).replace(r"\ ", r"\s+") for each in sorted(phrases, key=len, reverse=True))
        for phrases in (words.fillers, words.filler_clauses)
    )
    on = "|".join(rf"(?<=\b{re.escape(verb)})\s+{re.escape(word)}\b" for verb, word in words.going_on)
    return re.compile(rf"(?:(?:{fillers}),\s+|(?:{clauses})(?!{on})\s+)+(?=\S)", re.IGNORECASE)
