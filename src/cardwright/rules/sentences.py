"""Cutting prose into sentences."""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["first_word", "is_longer", "sentences", "spans", "word_count", "words"]

# No sentence ends behind these ...
_NEVER = re.compile(
    r"(?:e\.g|i\.e|vs|cf|mr|mrs|ms|dr|prof|st|approx|ca|fig|dept|est|incl|esp|resp|gen|col|sen|rep|gov|messrs|viz|al)"
)
# ... behind these only where the next word begins one ...
_SELDOM = re.compile(
    r"(?:etc|inc|ltd|co|corp|jr|sr|bros|u\.s|u\.k|e\.u|u\.n|a\.m|p\.m|ph\.d|[bm]\.a|[bm]\.sc|d\.c|nos?|vol|pp|min|max|hrs?|sec"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)"
)
# ... and behind these where no number follows.
_NUMBERED = re.compile(r"(?:nos?|fig|vol|pp?|sec|ch|art|eq)")
_OPENERS = re.compile(
    r"(?:the|an?|this|that|these|those|its?|s?he|they|we|you|i|your|our|their|his|her|in|on|at|for|from|with|by|as|if|when"
    r"|while|where|after|before|since|because|although|though|however|also|but|and|so|yet|or|to|t?here|what|which|who|why"
    r"|how|is|are|was|were|do|does|did|can|could|should|would|will|may|might|must|not?|use|read|expect|focus|make|take|be"
    r"|most|many|some|all|each|every|both)"
)
_END = re.compile(
    r"""[.!?…]                              # each begins so, which makes the search quick
      (?: (?:(?<=[.!?])[.!?]{0,5}|(?<=…))["'”’»)\]]{0,4}(?=\s|$)
        | (?<=[a-z)]{3}[.!?])             # no blank behind it: "in teams.Later they"
          (?=(?:[A-Z][a-z]{2,}|A|I|It|He|We|In|On|At|If|An|As|To|By|No|Is|My|So|Do|Be)[\s,]))""",
    re.VERBOSE,
)
_WORD_BEFORE = re.compile(r"[^\s(\[\"“‘]*$")
_INITIAL = re.compile(r"(?:^|[\s(.])[A-Z]$")
_SHUT = re.compile(r"\"[^\"]{0,600}\"|“[^“”]{0,600}”|\([^()]{0,400}\)|\[[^\[\]]{0,400}\]")
_OPENS = re.compile(r"[\"“(\[]")
_WORD = re.compile(r"[^\W_]+(?:['’.,/&+-][^\W_]+)*")


def sentences(text: str) -> list[str]:
    """The sentences of a plain text, trimmed, in order."""
    return [text[start:end] for start, end in spans(text)]


@lru_cache(maxsize=4096)
def spans(text: str) -> tuple[tuple[int, int], ...]:
    """Where each sentence begins and ends, blanks around it left out; every text is cut once.

    A full stop inside quotes or brackets ends nothing unless the quote or bracket ends with it.
    """
    shut = [found.span() for found in _SHUT.finditer(text)] if _OPENS.search(text) else []
    found_spans: list[tuple[int, int]] = []
    begin = 0
    held = 0
    for found in _END.finditer(text):
        end = found.end()
        while held < len(shut) and shut[held][1] < end:
            held += 1
        if held < len(shut) and shut[held][0] < found.start() and end < shut[held][1]:
            continue
        if end < len(text) and not _ends(text, found.start(), end):
            continue
        _add(found_spans, text, begin, end)
        begin = end
    _add(found_spans, text, begin, len(text))
    return tuple(found_spans)


@lru_cache(maxsize=4096)
def words(text: str) -> tuple[str, ...]:
    """The words of a text, as a reader would count them; every text is counted once."""
    return tuple(_WORD.findall(text))


def word_count(text: str) -> int:
    """How many words a text has; mostly it is one that is compared in small letters too, and so is cut once."""
    return len(words(text.lower() if text.isascii() else text))


def is_longer(text: str, most: int) -> bool:
    """Whether a text has more words than `most`; one of few characters is not counted."""
    return len(text) > 2 * most and word_count(text) > most


def first_word(text: str) -> str:
    """The first word of a text, blank where it has none."""
    found = _WORD.search(text)
    return found[0] if found else ""


def _add(found: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    trimmed = piece.strip()
    if trimmed:
        start += len(piece) - len(piece.lstrip())
        found.append((start, start + len(trimmed)))


def _ends(text: str, mark: int, end: int) -> bool:
    """Whether the punctuation at `mark`, with closing quotes up to `end`, ends a sentence."""
    after = text[end : end + 40].lstrip()
    if not after:
        return True
    following = re.match(r"[^\w]*(\w*)", after)
    next_word = following[1] if following else ""
    small = after[:1].islower()
    if text[mark] in "!?":
        return not small
    if text[mark] == "…" or text.startswith("...", mark):
        return not small
    before = _WORD_BEFORE.search(text, max(0, mark - 40), mark)
    word = before[0].lower() if before else ""
    if _NEVER.fullmatch(word):
        return False
    if _NUMBERED.fullmatch(word) and next_word[:1].isdigit():
        return False
    if _SELDOM.fullmatch(word):
        return word == "no" or (not small and _OPENERS.fullmatch(next_word.lower()) is not None)
    if _INITIAL.search(text, max(0, mark - 3), mark):
        return not small and _OPENERS.fullmatch(next_word.lower()) is not None
    if small:
        # A sentence that begins with a small letter is a slip of the pen; believe it only behind a long word.
        return len(word) >= 5 and word.isalpha() and after[0].isalpha()
    return True
