"""Rules about what a cloze hides."""

from __future__ import annotations

from collections.abc import Iterator

from cardwright.cards.lint.found import Context, Found, most
from cardwright.cards.lint.text import Text, words_of

__all__ = ["cloze_overload", "long_gap", "trivial_cloze"]

# So many small words together may be a saying.
_PHRASE = 3


def cloze_overload(text: Text, context: Context) -> Iterator[Found]:
    """SM 4 and 5: with too much hidden, a sentence leaves nothing to recall it by. Of many words, `long_gap` tells."""
    if not text.gaps:
        return
    count, limit = len(text.gaps), context.limits.gap_count
    if count > limit:
        message = f"this cloze has {count} gaps, more than {most(limit)}"
        yield Found(text.card, "cloze", message, "make two sentences of it")
        return
    shown = len(text.asked_words)
    worst = max(len(words_of(each)) for _, each in text.gaps)
    rest = shown + sum(len(words_of(each)) for _, each in text.gaps) - worst
    share = worst / max(1, worst + rest)
    if share > context.limits.gap_share and rest and worst <= context.limits.gap_words:
        message = f"a gap hides {share:.0%} of this sentence, more than {most(context.limits.gap_share)}"
        yield Found(text.card, "cloze", message, "hide the word or the figure that one would ask for")


def long_gap(text: Text, context: Context) -> Iterator[Found]:
    """SM 4, rubric: what is hidden must be what one can say in a breath."""
    limit = context.limits.gap_words
    for number, hidden in text.gaps:
        if (count := len(words_of(hidden))) > limit:
            message = f"gap {number} hides {count} words, more than {most(limit)}"
            yield Found(text.card, "cloze", message, "hide less, or ask a question in place of the cloze")
            return


def trivial_cloze(text: Text, context: Context) -> Iterator[Found]:
    """AM effortful, SM 5: a small word is guessed from grammar, and a sentence all hidden from nothing."""
    for number, hidden in text.gaps:
        words = words_of(hidden)
        if not any(each.isalnum() for each in hidden) or (
            0 < len(words) < _PHRASE
            and all(each in context.words.stop and each not in context.words.verdicts for each in words)
        ):
            message = f"gap {number} hides '{hidden}', which is no answer to anything"
        elif len(text.gaps) == 1 and not text.asked_words:
            message = "the whole sentence is hidden"
        else:
            continue
        yield Found(text.card, "cloze", message, "hide the word that one would ask for")
        return
