"""How a line of text is worded: in Title Case, as a sentence, as a question, with a term in front."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = [
    "Split",
    "is_amount",
    "is_quoted",
    "is_title_case",
    "sentences",
    "split_term",
    "word_count",
    "word_set",
]


def word_set(words: str) -> frozenset[str]:
    """The words of a line as a set: long tables of words stay readable."""
    return frozenset(words.split())


_WORD = re.compile(r"[^\W_](?:[\w'’.&/+#-]*[\w+#])?")
_SMALL = word_set(
    "a an and as at be but by for from if in into is nor of off on onto or our over per the their than to up upon "
    "via vs with within without your you we it its are do does not without & re"
)
_OPENING_QUOTES = "\"“„«‘'"
_CLOSING_QUOTES = "\"”“»’'"
# A sentence ends at its full stop, or where the next one is glued to it ("teams.Technical").
_SENTENCE_END = re.compile(r"[.!?…]{1,3}[)\]\"”’']{0,3}(?=\s|$)|(?<=[a-z]{3}[.!?])(?=[A-Z][a-z]{2})")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\[\"“])(?:e\.g|i\.e|etc|vs|cf|approx|no|fig|mr|mrs|ms|dr|prof|st|inc|ltd|co|corp|jr|sr|dept|est|[a-z])\.$",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"\s\.{4,}\s|\s[–—]\s?|\s?—\s?|\s--?\s|\s=\s|:(?=\s|$)|[(\[]|[)\]]")
# "e.g." inside a head ends no sentence, nor does what stands in brackets.
_BRIEF = re.compile(r"\b(?:e\.g|i\.e|incl|etc)\.,?|\([^()]*\)", re.IGNORECASE)
_AMOUNT = re.compile(
    r"(?:[A-Z]{2,3}\s{0,2})?[$€£¥]\s?\d|https?://|www\.|\d[\d.,\s–-]{0,20}(?:USD|EUR|GBP|k\b|%|years?\b|\+)"
)
_LONGEST_TERM = 100
_MOST_TERM_WORDS = 8


@dataclass(frozen=True, slots=True)
class Split:
    """Where a term ends and where the text about it begins; `mark` is the separator."""

    end: int
    rest: int
    mark: str


def word_count(text: str) -> int:
    """How many words the text has."""
    return len(_WORD.findall(text))


def is_title_case(text: str) -> bool:
    """Whether all words that count begin with a capital or a digit; small words may be small, save the first."""
    words = _WORD.findall(text)
    if not words or not any(word[0].isupper() for word in words):
        return False
    if words[0][0].islower():
        return False
    # A single letter is a plural in brackets ("Location(s)") or a bullet's rest.
    return all(not word[0].islower() or len(word) == 1 or word.lower() in _SMALL or _is_cased(word) for word in words)


def _is_cased(word: str) -> bool:
    """Names that begin small by themselves: iOS, eBay, dbt's kin."""
    return any(char.isupper() for char in word[1:3])


def is_quoted(text: str) -> bool:
    """Whether the text is one quotation from its first to its last character."""
    if len(text) < 3 or text[0] not in _OPENING_QUOTES or text[-1] not in _CLOSING_QUOTES:
        return False
    return not any(char in '"“”„«»' for char in text[1:-1]) or (text[0] in '"“' and text.count('"') in (2, 4, 6))


def sentences(text: str) -> list[tuple[int, int]]:
    """From and to of each sentence, white space between them left out."""
    found: list[tuple[int, int]] = []
    start = 0
    for match in _SENTENCE_END.finditer(text):
        end = match.end()
        if text[match.start() : match.start() + 1] == "." and _ABBREVIATION.search(text, max(0, end - 12), end):
            continue
        if text[end : end + 2].strip()[:1].islower() and text[match.start() : end] == "…":
            continue
        found.append((start, end))
        start = end
        while start < len(text) and text[start].isspace():
            start += 1
    if start < len(text.rstrip()):
        found.append((start, len(text.rstrip())))
    return found


def split_term(text: str) -> Split | None:
    """Where the first separator parts the text into a head of at most eight words and a rest.

    Separators inside brackets do not count, nor do colons inside times, addresses and ratios.
    """
    depth = 0
    for match in _SEPARATOR.finditer(text, 0, _LONGEST_TERM + 20):
        mark = match[0].strip()
        if mark in ("(", "["):
            depth += 1
        elif mark in (")", "]"):
            depth = max(0, depth - 1)
        elif depth == 0:
            head = text[: match.start()].rstrip()
            if not head or len(head) > _LONGEST_TERM or word_count(head) > _MOST_TERM_WORDS + head.count("(") * 8:
                return None
            if any(char in ".!?;" for char in (head[-1],)) or ". " in _BRIEF.sub("", head):
                return None
            return Split(len(head), match.end(), mark)
    return None


def is_amount(text: str) -> bool:
    """Whether a value begins with money, an address, or a figure with its unit."""
    return _AMOUNT.match(text) is not None
