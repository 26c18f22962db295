"""Rules about what a card asks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cardwright.cards.lint.english import Words
from cardwright.cards.lint.found import Context, Found, most
from cardwright.cards.lint.text import Text, has_phrase, opens_with, shown, telling, words_of, written_words

__all__ = [
    "asks_for_list",
    "dangling_reference",
    "long_label",
    "missing_subject",
    "multiple_questions",
    "no_question_mark",
    "question_too_long",
    "trivia",
    "unnamed_we",
    "vague_question",
    "yes_no_question",
]

# A word with a capital inside a sentence, an acronym, a figure.
_NAME = re.compile(r"\b[A-Z][\w-]*[A-Z0-9][\w-]*\b|(?<=[\w,;)”\"] )[“\"(]?[A-Z][\w-]+|\d")
_BRACKETS = re.compile(r"\([^()]*\)")


def question_too_long(text: Text, context: Context) -> Iterator[Found]:
    """SM 12: a question is read a hundred times. A quotation that it asks about does not count."""
    count, limit = len(text.asked_words), context.limits.question_words
    if not text.card.cloze and count > limit:
        message = f"this question has {count} words, more than {most(limit)}"
        yield Found(text.card, "front", message, "leave out what the answer does not depend on")


def multiple_questions(text: Text, context: Context) -> Iterator[Found]:
    """AM focused: a card with two answers is forgotten by halves."""
    if text.card.cloze:
        return
    words = words_of(text.own)
    joined = [f"{link} {word}" for link in context.words.joined for word in sorted(context.words.asking)]
    second = has_phrase(words, joined)
    if text.own.count("?") > 1 or second:
        what = f"a second question begins with '{second}'" if second else "there is more than one question mark"
        yield Found(text.card, "front", f"this card asks several things: {what}", "make a card of each question")


def yes_no_question(text: Text, context: Context) -> Iterator[Found]:
    """AM effortful: yes and no are guessed."""
    if text.card.cloze:
        return
    words, said = text.asked_words, text.answer_words
    opens = bool(words) and words[0] in context.words.yes_no and not context.words.choice.intersection(words)
    if opens or (said and said[0] in context.words.verdicts and (len(said) == 1 or _parted(text.answer))):
        yield Found(text.card, "front", "this question is answered by yes or no", "ask what, why or how instead")


def _parted(answer: str) -> bool:
    """Whether a mark follows the first word: 'Yes, if ...', but not 'No bonuses are paid'."""
    return re.match(r"\W*\w+[,.;:!–—]", answer) is not None


def vague_question(text: Text, context: Context) -> Iterator[Found]:
    """AM precise: a question must tell a good answer from a bad one."""
    if text.card.cloze:
        return
    words, limit = text.asked_words, context.limits.question_least
    if phrase := opens_with(words, context.words.vague) or has_phrase(words, context.words.vague_within):
        message = f"'{phrase}' leaves open what an answer must hold"
    elif len(text.question_words) < limit and not text.special:
        message = f"a question of fewer than {most(limit)} words does not say what it wants to know"
    else:
        return
    yield Found(text.card, "front", message, "ask for the one thing that the answer says")


def dangling_reference(text: Text, context: Context) -> Iterator[Found]:
    """SM 16, AM precise: months later nothing stands before the card that it could point to."""
    word = has_phrase(text.asked_words, context.words.pointing_within)
    if word := word or _pointing(text, context.words):
        message = f"'{word}' points to something that this card does not show"
        yield Found(text.card, text.key, message, "name the thing itself")


def _pointing(text: Text, language: Words) -> str:
    """A word that stands for a noun and comes before any; "" for none. Acronyms are no such words."""
    words = written_words(text.asked)
    small = [each.casefold() for each in words]
    if text.card.cloze and (phrase := has_phrase(small[:4], language.pointing_back)):
        return phrase
    begin = len(opens_with(small, language.closed_of).split())
    for at, each in list(enumerate(small))[begin:]:
        if words[at].isupper() and len(each) > 1:
            return ""
        if each in language.pointing and not (each in language.empty and language.filling.intersection(small[at:])):
            return each
        if each in language.owning and not text.card.cloze:
            return each
        if each not in language.stop:
            return ""
    return ""


def missing_subject(text: Text, context: Context) -> Iterator[Found]:
    """SM 16: cards of many topics come mixed, and 'the process' is that of anybody."""
    words = words_of(_BRACKETS.sub(" ", text.asked))
    if text.card.cloze or text.special or text.bold or text.quoted or not context.words.the.intersection(words):
        return
    about = telling(words, context.words)
    known = context.files.get(text.card.file, frozenset())
    if 0 < len(about) <= 2 and not known.intersection(about) and not _NAME.search(text.asked):
        meant = " ".join(each for each in words if each not in context.words.stop)
        message = f"this question does not say whose '{meant}' it means"
        yield Found(text.card, "front", message, "name the company, product or topic that it belongs to")


def asks_for_list(text: Text, context: Context) -> Iterator[Found]:
    """SM 9, AM focused: who is to list things must know how many there are."""
    words = text.asked_words
    phrase = "" if text.card.cloze else opens_with(words, context.words.lists)
    listed = len(text.items) > 1 or text.listed > 2
    if phrase and listed and not any(each.isdigit() or each in context.words.numbers for each in words[:6]):
        message = f"'{phrase}' asks for a list and does not say of how many"
        yield Found(text.card, "front", message, "say how many there are, or ask for one of them at a time")


def long_label(text: Text, context: Context) -> Iterator[Found]:
    """Rubric: a heading or a lead-in of the document is no part of a question."""
    limit = context.limits.label_words
    labels = [each for each in text.bold if text.card.cloze or each not in text.own]
    behind = text.question.find("? ")
    for each in text.quoted:
        at = text.question.find(each)
        asking = context.words.quoting.intersection(words_of(text.question[:at])[-1:])
        if "?" in each or asking or 0 <= behind < at:
            continue  # a question that is asked about, or a specimen behind the question
        words = words_of(each)
        if opens_with(words, context.words.leading) or (len(words) > 2 and words[-1] in context.words.led_by):
            message = f"'{shown(each)}' leads in to a list of the document, and means nothing without it"
            yield Found(text.card, text.key, message, "ask for what the list holds, in words of your own")
            return
        labels.append(each)
    for each in labels:
        if len(words_of(each)) > limit:
            message = f"a label of {len(words_of(each))} words stands in this question, more than {most(limit)}"
            yield Found(text.card, text.key, message, "say in a few words what it is about")
            return


def trivia(text: Text, context: Context) -> Iterator[Found]:
    """Rubric: page furniture is not worth a place in anybody's memory."""
    phrase = "" if text.card.cloze else has_phrase(text.asked_words, context.words.trivia)
    if phrase:
        message = f"'{phrase}': this asks about the document, not about its subject"
        yield Found(text.card, "front", message, "delete the card, unless somebody needs to know it")


def no_question_mark(text: Text, context: Context) -> Iterator[Found]:
    """AM consistent: a sentence that asks ends as one."""
    words = text.asked_words
    near = words[1:6] if opens_with(words, context.words.closed_of) else words[1:2]
    asks = words and words[0] in context.words.asking and context.words.yes_no.intersection(near)
    if not text.card.cloze and asks and "?" not in text.question:
        yield Found(text.card, "front", "this question has no question mark", "end it with '?'")


def unnamed_we(text: Text, context: Context) -> Iterator[Found]:
    """SM 16, rubric: among cards of other companies nobody knows who 'we' are, unless the question names them."""
    named = _NAME.search(text.label or text.question)
    for key, said in text.statements:
        if named and (key == "back" or text.label):
            continue
        words = (each for each in written_words(said) if each.casefold() in context.words.ours)
        if word := next((each for each in words if not each.isupper()), ""):  # the US is no "us"
            yield Found(text.card, key, f"'{word}' does not say who is meant", "write the name")
            return
