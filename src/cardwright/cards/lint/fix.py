"""Better texts for fields of cards, where a rule's finding can be mended without a thought about the subject."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from cardwright.cards.lint.found import Context
from cardwright.cards.lint.limits import Limits
from cardwright.cards.lint.mending import single_spaces, with_question_mark, without_filler
from cardwright.cards.lint.question import no_question_mark
from cardwright.cards.lint.text import read_card
from cardwright.markup import block_kinds
from cardwright.model import CONTENT_FIELDS, Card

__all__ = ["FIXED", "Fix", "fixes"]


@dataclass(frozen=True, slots=True)
class Fix:
    """A better text for a field, and the rules that asked for it."""

    text: str
    rules: tuple[str, ...]


def fixes(card: Card, limits: Limits) -> dict[str, Fix]:
    """Better texts by field. A draft, and what a card allows, stays.

    The better texts need no fix themselves, and have the same blocks: no list, table or code comes of what was text.
    """
    texts: dict[str, str] = {key: getattr(card, key) for key in CONTENT_FIELDS}
    asked: dict[str, tuple[str, ...]] = {}
    for name, mend in () if card.draft else FIXED.items():
        if name in limits.off or name in card.allow:
            continue
        for key, text in mend(card, Context(limits)).items():
            if text != texts[key] and block_kinds(text) == block_kinds(texts[key]):
                texts[key], asked[key] = text, (*asked.get(key, ()), name)
        card = _with(card, texts)
    return {key: Fix(texts[key], names) for key, names in asked.items()}


def _with(card: Card, texts: dict[str, str]) -> Card:
    return replace(card, front=texts["front"], back=texts["back"], cloze=texts["cloze"], extra=texts["extra"])


def _filler(card: Card, context: Context) -> dict[str, str]:
    return {"back": without_filler(card.back, context.words)}


def _mark(card: Card, context: Context) -> dict[str, str]:
    wrong = card.front and any(no_question_mark(read_card(card, context.words), context))
    return {"front": with_question_mark(card.front, context.words)} if wrong else {}


def _spaces(card: Card, _: Context) -> dict[str, str]:
    return {key: single_spaces(getattr(card, key)) for key in CONTENT_FIELDS}


# The rules whose findings `check --fix` mends, in the order in which they are.
FIXED: dict[str, Callable[[Card, Context], dict[str, str]]] = {
    "double-space": _spaces,
    "filler-opening": _filler,
    "no-question-mark": _mark,
}
