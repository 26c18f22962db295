"""Rules about a card as a whole."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from cardwright.cards.lint.found import Context, Found
from cardwright.cards.lint.mending import single_spaces
from cardwright.cards.lint.text import Text, has_phrase, words_of
from cardwright.markup import outside
from cardwright.model import CONTENT_FIELDS

__all__ = ["double_space", "no_source", "undated_volatile", "unfinished"]

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_BROKEN_OFF = re.compile(r"(?:[,;:(–—&]|\.\.\.|…)$")


def undated_volatile(text: Text, context: Context) -> Iterator[Found]:
    """SM 19: what changes must say as of when it is true; the date of its document counts."""
    card = text.card
    dated = any(_YEAR.search(getattr(card, key)) for key in CONTENT_FIELDS) or any(
        each.document in context.documents and context.documents[each.document].date for each in card.sources
    )
    if dated:
        return
    for key, said in text.statements:
        word = has_phrase(words_of(said), context.words.volatile)
        amount = _any(context.words.amounts, re.IGNORECASE).search(said)
        if what := word or (amount[0] if amount else ""):
            message = f"'{what}' changes with time, and nothing here says as of when it is true"
            yield Found(card, key, message, "add the year, or 'date' to its document in sources.yaml")
            return


@functools.cache
def _any(patterns: tuple[str, ...], flags: int = 0) -> re.Pattern[str]:
    return re.compile("|".join(patterns), flags)


def no_source(texts: Sequence[Text], _: Context) -> Iterator[Found]:
    """SM 18: a card without its source cannot be checked. Told where most cards of the file name theirs."""
    named, all_of = Counter[str](), Counter[str]()
    for text in texts:
        all_of[text.card.file] += 1
        named[text.card.file] += bool(text.card.sources)
    for text in texts:
        if not text.card.sources and 2 * named[text.card.file] > all_of[text.card.file]:
            message = "this card does not say where it comes from, as most others here do"
            yield Found(text.card, "", message, "add 'source:' with document and line")


def unfinished(text: Text, context: Context) -> Iterator[Found]:
    """Rubric: half a sentence, or a note to oneself, is no card yet."""
    card = text.card
    for key in CONTENT_FIELDS:
        marks, written = _any(context.words.unfinished), getattr(card, key)
        if marks.search(written) and (mark := marks.search(outside(written))):
            yield Found(card, key, f"'{mark[0]}' is left to do here", "write what is missing, or make the card a draft")
            return
    last = text.answer.split()[1:][-1:]
    broken = _BROKEN_OFF.findall(text.answer.rstrip()) or [each for each in last if each in context.words.hanging]
    if broken and not text.items:
        yield Found(card, "back", f"this answer breaks off at '{broken[0]}'", "end the sentence")


def double_space(text: Text, _: Context) -> Iterator[Found]:
    """AM consistent: two spaces between words are a slip."""
    for key in CONTENT_FIELDS:
        written = getattr(text.card, key)
        if "  " in written and single_spaces(written) != written:
            yield Found(text.card, key, "two spaces stand between words", "leave one")
            return
