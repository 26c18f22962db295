"""Headings by a class alone: what pages without heading tags call the name of a section, a card, a step or a value."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cardwright.documents.blocks import Block
from cardwright.documents.wording import word_count

__all__ = ["cues_of", "is_title", "level_of"]

_TITLED = "titled"
# Of "section-title" and "card__title" on one page the second stands below the first.
_OUTER = "outer"
_NAMED = re.compile(
    r"(?:^|\s)(?:(?P<outer>section|block|panel)|card|item|step|stage|value|principle|tile|benefit|faq)s?(?:__|--?|_)"
    r"(?:title|heading|headline|head|name|question)(?:\s|$)",
    re.IGNORECASE,
)
_MOST_WORDS = 10


def cues_of(classes: str) -> frozenset[str]:
    """The cues of a heading with these classes; empty where they do not say that it names something."""
    found = _NAMED.search(classes)
    return frozenset() if found is None else frozenset((_TITLED, _OUTER) if found["outer"] else (_TITLED,))


def is_title(text: str) -> bool:
    """Whether a text can be the name of something: a few words that are no sentence."""
    return 1 <= word_count(text) <= _MOST_WORDS and text[-1] not in ".;,:!"


def level_of(cues: frozenset[str], before: Sequence[Block]) -> int:
    """One below the last heading by tag, or by the class of a section where this is of something in one."""
    for block in reversed(before):
        if block.tag != "h" or (_TITLED in block.cues and _OUTER not in block.cues):
            continue
        beside = _OUTER in cues and _OUTER in block.cues
        return block.level if beside else min(block.level + 1, 6)
    return 2
