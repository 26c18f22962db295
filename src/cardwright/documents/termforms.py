"""How a line parts a term from what it means, besides by a colon or dash: emphasis, capitals, a time, a full stop."""

from __future__ import annotations

import re

from cardwright.documents.prose import Prose
from cardwright.documents.wording import Split, sentences, word_count, word_set

__all__ = ["TIME", "emphasised", "shouted", "stopped", "timed"]

_MOST_TERM_WORDS = 8
# What begins with one of these is a sentence or an answer, and names nothing.
_SAYS = word_set(
    "i you we they it he she this that these those there nobody everybody everyone yes no maybe don't don’t"
)
_UNIT = r"(?:min(?:ute)?s?|m|hours?|hrs?|h|(?:working |calendar )?days?|weeks?|months?)\b"
TIME = re.compile(
    r"\s*[(\[]((?:about |approx\.? |around |~ ?|up to )?"
    r"(?:\d{1,3}(?:[.,]\d)?(?: ?(?:[-–]|to) ?\d{1,3})?|half an?|a full|a half|one|two|three|an?) ?"
    rf"{_UNIT}[^()\[\]]{{0,30}})[)\]]\s*$",
    re.IGNORECASE,
)
# A name with its length in brackets, and behind a full stop what it is.
_TIMED = re.compile(rf"([A-Z][^.()]{{2,60}} \([^()]{{0,30}}\d[^()]{{0,12}}{_UNIT}[^()]{{0,40}}\))[.:]\s+(?=\S)")
_SHOUTED = re.compile(r"([A-Z][A-Z0-9'’\"“”&,-]*(?: [A-Z0-9\"“'’&][A-Z0-9'’\"“”&,-]*){1,9})[.:]\s+(?=[A-Z])")
_DIGIT = re.compile(r"\d")
_STOPPED = re.compile(r"([A-Z][\w&'’/-]*(?: [\w&'’/-]+){0,4})\.\s+(?=[A-Z0-9\"“])")
_EMPHASIS_END = re.compile(r"(?:\s\([^()]{1,40}\))?\s*(?::|\s[–—]|—|\s--?|\.)(?=\s|$)|\s*—\s*|\s*\n\s*")


def emphasised(prose: Prose) -> Split | None:
    """The split behind an emphasised beginning: "**Term**: text", "**Term:** text", "**Term.** text"."""
    text = prose.chars
    first = next(
        (each for each in prose.marks if each.start == 0 and each.tag in ("strong", "dfn", "em", "code")), None
    )
    if first is None or first.end >= len(text):
        return None
    head = text[: first.end].rstrip()
    if not 1 <= word_count(head) <= _MOST_TERM_WORDS:
        return None
    if head[-1] in ":.–—-":
        bare = head.rstrip(":.–—- ")
        return Split(len(bare), first.end, "strong") if bare and first.tag != "em" else None
    separator = _EMPHASIS_END.match(text, first.end)
    return Split(first.end, separator.end(), "strong") if separator else None


def shouted(text: str) -> Split | None:
    """The split behind a name in capitals: "SIGN YOUR WORK. Each bell carries ..."."""
    found = _SHOUTED.match(text)
    if found is None or _DIGIT.search(found[1]) or not 2 <= word_count(found[1]) <= _MOST_TERM_WORDS:
        return None
    return Split(found.end(1), found.end(), "strong")


def timed(text: str) -> Split | None:
    """The split behind a name and how long it takes, with a full stop: "Intake call (30 minutes). With ..."."""
    found = _TIMED.match(text)
    return Split(found.end(1), found.end(), "strong") if found else None


def stopped(text: str) -> Split | None:
    """The split behind a few words and a full stop: "Travel. We refund ...", a term where several lines are such."""
    found = _STOPPED.match(text)
    if found is None or sentences(text)[0][1] > found.end(1) + 1 or found[1].split()[0].lower() in _SAYS:
        return None
    return Split(found.end(1), found.end(), ".")
