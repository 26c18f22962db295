"""What rules are asked with, and what they answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from cardwright.cards.lint.english import ENGLISH, Words
from cardwright.cards.lint.limits import Limits
from cardwright.cards.lint.text import Text
from cardwright.model import Card, DocumentInfo

__all__ = ["Check", "Context", "Found", "OneCheck", "each", "most"]


@dataclass(frozen=True, slots=True)
class Context:
    """What is around a card: thresholds and the words of its language.

    `files` holds the words of a file's title and tags by its stem, `documents` what is known of documents by name.
    """

    limits: Limits = field(default_factory=Limits)
    words: Words = ENGLISH
    files: Mapping[str, frozenset[str]] = field(default_factory=dict)
    documents: Mapping[str, DocumentInfo] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Found:
    """One finding: the card, the key of the field meant, what is wrong, the way out, and further cards it speaks of."""

    card: Card
    key: str
    message: str
    help: str
    others: tuple[Card, ...] = ()


class Check(Protocol):
    """A rule as a plain function over all cards, called as the rule is."""

    __name__: str

    def __call__(self, texts: Sequence[Text], context: Context, /) -> Iterator[Found]:
        """What the rule finds."""


class OneCheck(Protocol):
    """A rule as a plain function over one card, called as the rule is."""

    __name__: str

    def __call__(self, text: Text, context: Context, /) -> Iterator[Found]:
        """What the rule finds."""


def each(rule: OneCheck) -> Check:
    """A rule that looks at one card, for all of them."""

    def check(texts: Sequence[Text], context: Context) -> Iterator[Found]:
        for text in texts:
            yield from rule(text, context)

    return check


def most(limit: float) -> str:
    """A threshold as messages write it."""
    return f"{limit:g}" if isinstance(limit, int) else f"{limit:.0%}"
