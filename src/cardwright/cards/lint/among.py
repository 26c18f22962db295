"""Rules that see all cards at once: what they confuse with each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from cardwright.cards.lint.found import Context, Found, most
from cardwright.cards.lint.join import Asked, near_pairs
from cardwright.cards.lint.text import Text, stem, telling, words_of
from cardwright.markup import FORMULA

__all__ = ["near_duplicate", "reversed_ambiguous", "same_answer_crowd"]

# Questions of fewer words are alike by chance.
_FEWEST = 3


def near_duplicate(texts: Sequence[Text], context: Context) -> Iterator[Found]:
    """SM 11: of two questions that sound the same, one gets the other's answer."""
    asking = [text for text in texts if not text.card.cloze and len(text.question_words) >= _FEWEST]
    questions = [_asked(text, context) for text in asking]
    for first, second in near_pairs(questions, context.limits.likeness):
        one, other = asking[first].card, asking[second].card
        message = f"this question is nearly that of '{one.id}'"
        yield Found(other, "front", message, "say in each what it asks beyond the other, or delete one", (one,))


def _asked(text: Text, context: Context) -> Asked:
    words = tuple(stem(each) for each in text.question_words)
    apart = {word for word in words if word in context.words.numbers or any(map(_is_apart, word))}
    apart |= {" ".join(words_of(each)) for each in (*text.bold, *text.quoted)}
    apart |= context.words.denying.intersection(text.question_words)
    return Asked(frozenset(words), frozenset(telling(words, context.words)), frozenset(apart))


def _is_apart(letter: str) -> bool:
    """Whether a word with it is a number, or stands for a formula."""
    return letter.isdigit() or letter == FORMULA


def same_answer_crowd(texts: Sequence[Text], context: Context) -> Iterator[Found]:
    """SM 11: an answer that fits many cards is given by habit."""
    crowds: dict[tuple[str, tuple[str, ...]], list[Text]] = defaultdict(list)
    for text in texts:
        if text.answer:
            crowds[text.card.file, text.answer_words].append(text)
    for (_, words), crowd in crowds.items():
        if words and len(crowd) >= context.limits.crowd:
            message = f"{len(crowd)} cards of this file have this answer, {most(context.limits.crowd)} or more"
            others = tuple(each.card for each in crowd[1:])
            yield Found(crowd[0].card, "back", message, "ask for the members together, or for what parts them", others)


def reversed_ambiguous(texts: Sequence[Text], _: Context) -> Iterator[Found]:
    """AM consistent: asked the other way round, the answer must lead back to one question."""
    answers: dict[tuple[str, ...], list[Text]] = defaultdict(list)
    for text in texts:
        answers[text.answer_words].append(text)
    for text in (each for each in texts if each.card.reverse):
        words = text.answer_words
        twin = next((each.card for each in answers[words] if each.card is not text.card), None)
        if twin and words:
            message = f"asked the other way round, this answer is also that of '{twin.id}'"
            yield Found(text.card, "back", message, "delete 'reverse', or say more in the answer", (twin,))
