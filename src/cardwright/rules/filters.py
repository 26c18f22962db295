"""What `{name|filter}` does to a captured text: one plain function for each filter."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from functools import lru_cache
from types import MappingProxyType

from cardwright.rules.marked import cut, plain
from cardwright.rules.sentences import is_longer, spans, word_count

__all__ = ["FILTERS", "bare", "brief", "capital", "first", "lower", "plural", "short", "shortened"]

# `short` keeps up to so many words, and cuts a longer first sentence at a clause.
SHORT = 32
FULL = 50
# A question quotes no more words than these.
LABEL = 6
LEAST = 6
LONGEST_WORD = 40
# Behind a first sentence as short as this, another may follow.
BRIEF = 8
MORE = 8
# What an item of a list that is too long is cut to.
HEAD = 11
LEAST_HEAD = 3
LEAST_NAME = 4

_FILLER = re.compile(
    r"""(?:(?:specifically|basically|essentially|simply\ put|put\ simply|in\ short|in\ essence|in\ other\ words|in\ fact
        |in\ addition|additionally|moreover|furthermore|overall|ultimately|of\ course|(?:please\ )?note\ that
        |remember\ that|keep\ in\ mind\ that|however|therefore|thus|for\ example|for\ instance|that\ said|indeed
        |notably|importantly),?\s+
      |(?:this|it|that|which|these|those)\s+(?:is|are|was|were|means?|refers?\ to|describes?|stands?\ for|denotes?)\s+
        (?!why\b|because\b|how\b|when\b|where\b|\w+(?:ing|ed)\b)
      |(?:this|it|that|which)\s+(?:will|usually|typically|often)\s+(?:involves?|includes?|means?)\s+
      |be\ (?:prepared|ready|sure)\ to\s+(?=[a-z])|make\ sure\ to\s+
      |(?:refers?\ to|means|defined\ as|known\ as)\s+)""",
    re.VERBOSE | re.IGNORECASE,
)
# A leading article goes from a phrase this short; a longer text is likely a clause that needs it.
_PHRASE = 5
_ARTICLE = re.compile(r"(?:the|an?)\s+(?=\S)", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,2}[.)]\s+(?=\S)")
_TO = re.compile(r"to\s+(?=[a-z])", re.IGNORECASE)
# The end of a last word, and what the plural has there.
_PLURALS = (
    (re.compile(r"(?<=[b-df-hj-np-tv-z])y(?=[\ue000-\ue007]*$)"), "ies"),
    (re.compile(r"(ss|x|z|ch|sh)(?=[\ue000-\ue007]*$)"), r"\1es"),
    (re.compile(r"([a-rt-zA-RT-Z])(?=[\ue000-\ue007]*$)"), r"\1s"),
)
_COLON = re.compile(r"\s*:(?=[\ue000-\ue007]*$)")
_LETTERS = re.compile(r"[^\W_][\w'’&/+.-]*(?<![.-])")
_FIRST_LETTER = re.compile(r"[^\w]*(\w)(\w?)")
_WEAK_END = re.compile(
    r"(?:[\s,;:–—-]|\b(?:and|or|but|nor|so|yet|the|an?|of|to|in|on|at|for|from|with|by|as|that|which|who|than|into|your"
    r"|our|their|its|is|are|be|was|were|will|can|may|while|when|if|because|such|like|including|not)\b)+$",
    re.IGNORECASE,
)
# Where a clause may end: (the border, what must stand before it is whole by itself).
_CLAUSE = re.compile(
    r"""\s*;\s
      | \s+[–—]\s | —
      | ,\s+(?=(?:which|who|whom|whose|where|while|whereas|although|though|because|since|but|so|yet|rather\ than
               |instead\ of|including|such\ as|for\ example|e\.g\.|as\ well\ as|particularly|especially|even\ if
               |unless|with)\b)
      | ,\s+(?=(?:and|or)\s+(?:you|we|they|it|he|she|the|this|that|i)\b)
      | ,\s+(?=[a-z]+ing\b)
      | \s+(?=(?:because|whereas|although|unless|rather\ than)\b)
    """,
    re.VERBOSE,
)


# Where the part of an item that names it may end.
_HEAD_END = re.compile(
    r"""\s?\(|\s?[:;–—]\s|\s-\s
      | ,\s(?=(?:which|who|where|so|with|without|preferably|for\ instance|for\ example|such\ as|at\ least|including|not
          |no|also|whichever|or\ of|our|the|an?|and\ (?:you|we|they|it))\b)
      | \s(?=(?:so\ that|before|after|because|when|while|with\ tools|in\ order\ to|out\ of|such\ as)\b)
    """,
    re.VERBOSE,
)


_PHRASE_END = re.compile(
    r",?\s(?=(?:in|for|on|at|with|by|during|within|across|between|and of|and have|as well as|to)\s)"
)
# Behind these words a clause has begun that wants its verb.
_OPEN = re.compile(
    r"\b(?:which|that|who|where|whose|what|how|between|from|of|to|and|the|an?)(?:\s\w+)?$|\b(?:which|that|who|what)\b"
)


def first(text: str, _: Collection[str] = ()) -> str:
    """The first sentence."""
    found = spans(plain(text))
    return cut(text, *found[0]) if found else ""


def short(text: str, _: Collection[str] = ()) -> str:
    """The first sentence, cut at a clause where it is long; behind one of a few words the next as well.

    More sentences would be more facts, and "Nothing technical here." by itself is none.
    """
    opening = spans(plain(text))[:1]
    count = word_count(plain(text)[slice(*opening[0])]) if opening else 0
    if count > BRIEF:
        return shortened(text, min(SHORT, count))
    two = spans(plain(text))[:2]
    return shortened(cut(text, two[0][0], two[-1][1]), SHORT + MORE) if two else ""


def brief(text: str, _: Collection[str] = ()) -> str:
    """The text where it is a label of at most six words, else nothing: a question that quotes more is hard to read."""
    return text if not is_longer(plain(text), LABEL) else ""


def full(text: str, _: Collection[str] = ()) -> str:
    """The first sentences up to about fifty words: what a section says, in one answer."""
    return shortened(text, FULL)


def bare(text: str, _: Collection[str] = ()) -> str:
    """The text without a number or filler opening, a leading article or "to", and the last full stop."""
    for pattern in (_NUMBER, _FILLER, _FILLER, _ARTICLE, _TO):
        found = pattern.match(plain(text))
        count = word_count(plain(text)[found.end() :]) if found else 0
        if found and count and not (pattern is _ARTICLE and count > _PHRASE):
            text = cut(text, found.end(), len(plain(text)))
    said = plain(text)
    ended = said.rstrip(" .;:,–—-")
    if len(ended) < len(said) and not said.endswith("...") and len(spans(said)) < 2:
        text = cut(text, 0, len(ended))
    return text


def lower(text: str, names: Collection[str] = ()) -> str:
    """The text with a small first letter, or all of a title in small letters; names and acronyms stay."""
    said = plain(text)
    long_words = [word for word in _LETTERS.findall(said) if len(word) > 4]
    titled = len(_LETTERS.findall(said)) > 1 and all(word[0].isupper() for word in long_words)
    found = list(_LETTERS.finditer(text))
    for each in found if titled else found[:1]:
        if not _keeps_capital(each[0], names):
            small = "-".join(part[:1].lower() + part[1:] for part in each[0].split("-"))
            text = text[: each.start()] + small + text[each.end() :]
    return text


def _keeps_capital(word: str, names: Collection[str]) -> bool:
    if word in ("A", "I") or word.startswith(("I'", "I’")):
        return word != "A"
    parts = word.split("-")
    return word in names or any(
        len(each) == 1 or each[1:] != each[1:].lower() or any(c.isdigit() for c in each) for each in parts
    )


def plural(text: str, _: Collection[str] = ()) -> str:
    """The text with its last word in the plural, and no colon behind it; one that ends in s is so already."""
    said = _COLON.sub("", text)
    for ending, more in _PLURALS:
        if ending.search(said):
            return ending.sub(more, said)
    return said


def capital(text: str) -> str:
    """The text with a capital first letter; words such as iOS stay as they are."""
    if text[:1].isupper() and text[0].isalpha():
        return text
    found = _FIRST_LETTER.match(text)
    if not found or not found[1].islower() or found[2].isupper():
        return text
    at = found.start(1)
    return text[:at] + text[at].upper() + text[at + 1 :]


@lru_cache(maxsize=1024)
def shortened(text: str, most: int) -> str:
    """Whole sentences up to `most` words; a longer first sentence is cut at a clause, or stays whole."""
    said = plain(text)
    found = spans(said)
    if not found:
        return ""
    end = found[0][0]
    for start, stop in found:
        if end > found[0][0] and is_longer(said[found[0][0] : stop], most):
            break
        if end == found[0][0] and is_longer(said[start:stop], most):
            return cut(text, start, _clause_end(said, start, stop, most))
        end = stop
    return cut(text, found[0][0], end)


def headed(text: str) -> str:
    """The part of a long item that names it, up to about ten words: what stands before a bracket, colon or clause."""
    said = plain(text)
    if not is_longer(said, HEAD):
        return text
    shut = [(found.start(), found.end()) for found in re.finditer(r"\([^()]*\)", said)]
    ends = [found.start() for found in _HEAD_END.finditer(said)]
    fits = [at for at in ends if LEAST_HEAD <= word_count(said[:at]) <= HEAD and not any(a < at < b for a, b in shut)]
    whole = [at for at in fits if not _WEAK_END.search(said[max(0, at - LONGEST_WORD) : at])]
    return cut(text, 0, max(whole)) if whole else text


def named(text: str) -> str:
    """The first words of an item, up to a phrase that only says where, when, with or for what."""
    said = plain(text)
    ends = [found.start() for found in _PHRASE_END.finditer(said)]
    whole = [at for at in ends if word_count(said[:at]) >= LEAST_NAME and not _OPEN.search(said[:at])]
    return cut(text, 0, whole[0]) if whole else text


def _clause_end(said: str, start: int, stop: int, most: int) -> int:
    """The last border of a clause within `most` words, else the end of the sentence."""
    best = stop
    shut = [(found.start(), found.end()) for found in re.finditer(r"\([^()]*\)|\"[^\"]*\"|“[^“”]*”", said)]
    for found in _CLAUSE.finditer(said, start, stop):
        at = found.start()
        count = word_count(said[start:at])
        if count > most or at - start > most * LONGEST_WORD:
            break
        if (
            count < LEAST
            or any(low < at < high for low, high in shut)
            or _inside_list(said, start, at, found.end(), stop)
        ):
            continue
        if not _WEAK_END.search(said[max(start, at - LONGEST_WORD) : at]):
            best = at
    return best


def _inside_list(said: str, start: int, at: int, after: int, stop: int) -> bool:
    """Whether the comma at `at` parts two members of an enumeration rather than two clauses."""
    if said[at] != "," or not re.match(r"[a-z]+ing\b", said[after:stop]):
        return False
    before = said[max(start, said.rfind(",", start, at) + 1) : at]
    comma = said.find(",", after, stop)
    behind = said[after : comma if comma >= 0 else stop]
    return word_count(before) < 5 or word_count(behind) < 4


FILTERS: Mapping[str, Callable[[str, Collection[str]], str]] = MappingProxyType(
    {
        "first": first,
        "short": short,
        "full": full,
        "brief": brief,
        "bare": bare,
        "lower": lower,
        "plural": plural,
    }
)
