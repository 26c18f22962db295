"""Where code, math and escapes stand in the source of a field, for messages that point there."""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from cardwright.markup.deletion import split_marks
from cardwright.markup.math import math_at

__all__ = ["FORMULA", "Region", "outside", "regions", "simplified", "without_false_marks"]

# A letter that begins no word of any language: the words that stand for formulas do.
FORMULA = "ƒ"

_NEXT = re.compile(
    r"^[ \t]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)*(?P<fence>`{3,}(?=[^`\n]*$)|~{3,})|(?P<ticks>`+)|(?P<escape>\\)|\$",
    re.MULTILINE,
)
_RUN = re.compile(r"`+")
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_LETTERS = str.maketrans("0123456789", "ghijklmnop")


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of a field that Markdown leaves alone, its delimiters included."""

    kind: Literal["code", "math", "escape"]
    start: int
    end: int


def regions(text: str) -> Iterator[Region]:
    """The code, math and escapes of a field, from its beginning to its end; they do not overlap."""
    runs: dict[int, list[int]] = {}
    for run in _RUN.finditer(text):
        runs.setdefault(len(run[0]), []).append(run.start())
    at = 0
    while match := _NEXT.search(text, at):
        start, at = match.start(), match.end()
        if match["fence"]:
            start = match.start("fence")
            at = _fence_end(text, match["fence"], at)
            yield Region("code", start, at)
        elif match["ticks"]:
            end = _code_end(text, at, runs[len(match[0])], len(match[0])) if len(match[0]) in runs else -1
            if end > 0:
                yield Region("code", start, end)
                at = end
        elif found := math_at(text, start, len(text)):
            yield Region("math", start, found.end)
            at = found.end
        elif match["escape"] and _PUNCTUATION.match(text, at):
            at += 1
            yield Region("escape", start, at)


def _fence_end(text: str, fence: str, at: int) -> int:
    closing = re.compile(rf"^[ \t]*{re.escape(fence[0])}{{{len(fence)},}}[ \t]*$", re.MULTILINE).search(text, at)
    return closing.end() if closing else len(text)


def _code_end(text: str, at: int, starts: list[int], length: int) -> int:
    """Behind the next run of as many backticks in the same paragraph; -1 where there is none."""
    where = bisect.bisect_left(starts, at)
    if where == len(starts) or _BLANK_LINE.search(text, at, starts[where]):
        return -1
    return starts[where] + length


def outside(text: str, fill: str = " ") -> str:
    """The text with all code, math and escapes as spaces, or as another character; offsets stay."""
    return _replaced(text, lambda _, found: fill * len(found))


def without_false_marks(text: str) -> str:
    """The text with those braces and colons of code and math as spaces that are no marks of Anki's; offsets stay."""
    return _replaced(text, _only_marks)


def simplified(text: str) -> str:
    """The text with each formula as one word, and without blocks of code: for counting and comparing words.

    A formula's word begins with `FORMULA`; its other letters spell its TeX, so that the same formula is the same word.
    """
    return _replaced(text, _in_a_word)


def _in_a_word(kind: str, found: str) -> str:
    if kind == "math":
        return _formula_word(found)
    return "" if kind == "code" and found.startswith(("```", "~~~")) and "\n" in found else found


def _formula_word(source: str) -> str:
    """Letters alone: a digit or a capital would be read as a figure or as a name."""
    found = math_at(source, 0, len(source))
    tex = " ".join((found.content if found else source).split())
    return FORMULA + tex.encode("utf-8", "surrogatepass").hex().translate(_LETTERS)


def _only_marks(kind: str, found: str) -> str:
    if kind == "escape":
        return found
    pieces = split_marks(found, tex=kind == "math")
    return "".join(part if mark else re.sub(r"[{}:]", " ", part) for mark, part in pieces)


def _replaced(text: str, replace: Callable[[str, str], str]) -> str:
    out: list[str] = []
    done = 0
    for region in regions(text):
        out += [text[done : region.start], replace(region.kind, text[region.start : region.end])]
        done = region.end
    return "".join([*out, text[done:]])
