"""Rules about what a card answers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cardwright.cards.lint.found import Context, Found, most
from cardwright.cards.lint.mending import filler_of
from cardwright.cards.lint.text import Text, opens_with, telling

__all__ = ["answer_in_question", "answer_too_long", "filler_opening", "list_answer", "several_facts", "thin_answer"]

_NAMES = re.compile(r"\b(?:[A-Z][\w&/+-]*|\d[\w.,%+-]*)")


def answer_too_long(text: Text, context: Context) -> Iterator[Found]:
    """SM 4, AM focused: what cannot be said in a breath is several cards. A list has more room."""
    limits, count = context.limits, len(text.answer_words)
    limit = limits.list_words if text.items else limits.answer_words
    if count > limit:
        message = f"this {'list' if text.items else 'answer'} has {count} words, more than {most(limit)}"
        way_out = "keep the one fact that is asked; make cards of the others, or use 'extra'"
        if text.items:
            way_out = "say each item in a word or two, or part the list"
        yield Found(text.card, "back", message, way_out)


def several_facts(text: Text, context: Context) -> Iterator[Found]:
    """SM 4, rubric: a paragraph in the answer is several facts; of a longer one, `answer_too_long` tells."""
    count, limit = len(text.sentences), context.limits.answer_sentences
    if count > limit and len(text.answer_words) <= context.limits.answer_words:
        message = f"this answer has {count} sentences, more than {most(limit)}"
        yield Found(text.card, "back", message, "make a card of each fact")


def list_answer(text: Text, context: Context) -> Iterator[Found]:
    """SM 9 and 10: long lists are the hardest to keep."""
    count, limit = text.listed, context.limits.list_items
    if count > limit:
        message = f"this answer lists {count} things, more than {most(limit)}"
        yield Found(text.card, "back", message, "part it into groups, or ask for single items by what they are for")


def answer_in_question(text: Text, context: Context) -> Iterator[Found]:
    """AM effortful: an answer that only says the question again asks for nothing."""
    asked, said = text.question_words, set(telling(text.answer_words, context.words))
    if text.card.cloze or not said or context.words.choice.intersection(asked):
        return
    share = len(said.intersection(telling(asked, context.words))) / len(said)
    if share >= context.limits.answer_share:
        message = f"{share:.0%} of the answer's words stand in the question"
        yield Found(text.card, "back", message, "ask without them, or answer with what they mean")


def filler_opening(text: Text, context: Context) -> Iterator[Found]:
    """SM 12: words that open an answer and say nothing are read a hundred times."""
    if filler := filler_of(text.card.back, context.words):
        message = f"this answer opens with '{filler.strip()}', which says nothing"
        yield Found(text.card, "back", message, "leave it out")


def thin_answer(text: Text, context: Context) -> Iterator[Found]:
    """Rubric: why and how are not answered in a word; who, when and how many are."""
    words, language = text.asked_words, context.words
    if text.items or not text.answer or not words or opens_with(words, language.closed_of):
        return
    if words[0] not in language.explaining:
        return
    count, limit = len(telling(text.answer_words, context.words)), context.limits.answer_least
    if (
        count < limit
        and len(text.answer_words) < 2 * limit
        and not _NAMES.search(text.answer.partition(" ")[2])
        and not _named(text.answer)
    ):
        message = f"an answer to '{words[0]}' with fewer than {most(limit)} words that mean something"
        yield Found(text.card, "back", message, "say the reason or the way so that it can be understood alone")


def _named(answer: str) -> bool:
    """Whether the answer is one name, number or acronym."""
    return " " not in answer.strip() and bool(re.search(r"\d|[A-Z]{2}", answer))
