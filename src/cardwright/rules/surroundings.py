"""Placeholders for where a passage stands and what it says: its heading, topic, lead-in, and the sentence at hand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cardwright.rules.contexts import around, enumeration_of, sections_of, sentences_of, term_of, title_of
from cardwright.rules.filters import capital
from cardwright.rules.marked import cut, plain
from cardwright.rules.passages import Index, passage_of
from cardwright.rules.sentences import is_longer, spans
from cardwright.rules.tree import child, nearest
from cardwright.rules.unit import INLINE, Unit

if TYPE_CHECKING:
    from bs4 import Tag

__all__ = [
    "after_here",
    "alone_here",
    "before_here",
    "calm",
    "heading_here",
    "lead_here",
    "parent_here",
    "sentence_here",
    "summary_here",
    "text_here",
    "topic_here",
]

# Shorter words in capitals are acronyms.
_SHORTEST_SHOUT = 7
_BEHIND = re.compile(r"\s*[:–—-]\s+")
_POSSESSIVE = re.compile(r"(?:their|its|his|her)\b", re.IGNORECASE)
_TOGETHER = 48
# A sentence that begins so speaks of something said before it.
_BACK = re.compile(
    r"(?:it|they|this|that|these|those|he|she|his|her|its|their|them|such|both|neither|so|then|there|here|but|and|or|also|too"
    r"|instead|otherwise|the (?:first|second|third|fourth|last|latter|former|other|others|same|rest|next)|one of them"
    r"|each (?:of|one|is|has|counts|gets|takes)|all of (?:them|these|it)|some of (?:them|these)|most of (?:them|these)"
    r"|if (?:so|not)|after that|before that|apart from (?:this|that)|in the end"
    r"|however|therefore|that is why|for (?:this|that|these)|in (?:this|that|these|such)|at (?:this|that))\b",
    re.IGNORECASE,
)


def heading_here(index: Index, unit: Unit) -> str:
    """The nearest heading."""
    around = sections_of(index, unit.element)
    return calm(index, title_of(around[0])) if around else ""


def calm(index: Index, title: str) -> str:
    """A heading in capitals as prose would write it; names that the document writes with a capital keep theirs."""
    if not title.isupper() or len(title) < _SHORTEST_SHOUT:
        return title
    names = {name.lower(): name for name in index.names}
    words = [names.get(word.lower(), word.lower()) for word in title.split()]
    return capital(" ".join(words))


def topic_here(index: Index, unit: Unit) -> str:
    """What the passage is about: its term, the question it answers, else its heading; none below the title alone."""
    passage = passage_of(unit.element)
    item = nearest(passage, "li")
    named = (term_of(index, item) if item is not None else "") or summary_here(index, unit)
    if named:
        return named
    around = sections_of(index, unit.element)
    opening = bool(around) and around[0] is index.tree
    return "" if opening else heading_here(index, unit)


def parent_here(index: Index, unit: Unit) -> str:
    """The heading above the nearest one."""
    around = sections_of(index, unit.element)
    return calm(index, title_of(around[1])) if len(around) > 1 else ""


def lead_here(_: Index, unit: Unit) -> str:
    """What leads in to the list that the passage is, or is in."""
    here: Tag | None = unit.element
    while here is not None and not here.get("data-lead"):
        here = here.parent if here.name not in ("section", "ul", "ol") else None
    return plain(str(here.get("data-lead", ""))).strip().rstrip(":").rstrip() if here is not None else ""


def text_here(_: Index, unit: Unit) -> str:
    """What `match` looked at."""
    return unit.text


def sentence_here(index: Index, unit: Unit) -> str:
    """The sentence at hand, or the one around an inline element."""
    if unit.sentence:
        return unit.sentence
    whole, start, _ = around(index, unit.element)
    said = plain(whole)
    for low, high in spans(said):
        if low <= start < high:
            return cut(whole, low, high)
    return ""


def alone_here(index: Index, unit: Unit) -> str:
    """The sentence with the one before it where it begins with a word that points back; empty where there is none."""
    sentence = _without_term(index, unit, sentence_here(index, unit))
    if not _BACK.match(plain(sentence)):
        return capital(sentence)
    before = ""
    bare = _plain_sentence(sentence)
    for _, _, text in sentences_of(index, passage_of(unit.element)):
        if bare.startswith(_plain_sentence(text)):  # a long one is cut at its semicolons there
            break
        before = text
    else:
        return ""
    if not before or _BACK.match(plain(before)):
        return ""
    together = f"{capital(before)} {sentence}"
    # whose it is can be guessed, so that a possessive may stand alone where both together are too long
    long = is_longer(plain(together), _TOGETHER)
    return capital(sentence) if long and _POSSESSIVE.match(plain(sentence)) else together


def _without_term(index: Index, unit: Unit, sentence: str) -> str:
    """A sentence behind its term: "Prefetch: reads the next block early" without "Prefetch:", which the topic names."""
    item = nearest(passage_of(unit.element), "li")
    term = plain(term_of(index, item)) if item is not None else ""
    said = plain(sentence)
    found = _BEHIND.match(said, len(term)) if term and said.startswith(term) else None
    return cut(sentence, found.end(), len(said)) if found else sentence


def _plain_sentence(text: str) -> str:
    return plain(text).strip()


def before_here(index: Index, unit: Unit) -> str:
    """What stands before the match; of an inline element or enumeration, within its sentence."""
    if unit.before or unit.groups or unit.element.name not in INLINE:
        return unit.before
    whole, start, _ = around(index, enumeration_of(unit.element))
    low = max((low for low, _ in spans(plain(whole)) if low <= start), default=0)
    return _without_term(index, unit, cut(whole, low, start)).strip()


def after_here(index: Index, unit: Unit) -> str:
    """What stands behind the match; of an inline element or enumeration, within its sentence."""
    if unit.after or unit.groups or unit.element.name not in INLINE:
        return unit.after
    whole, _, end = around(index, enumeration_of(unit.element))
    high = min((high for _, high in spans(plain(whole)) if high >= end), default=end)
    return cut(whole, end, high).strip()


def summary_here(index: Index, unit: Unit) -> str:
    """The question that the passage answers."""
    details = nearest(unit.element, "details")
    found = child(details, "summary") if details is not None else None
    return plain(index.text(found)) if found is not None else ""
