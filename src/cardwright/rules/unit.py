"""What a rule makes a card of: an element, or a sentence of it, with what its pattern caught."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from bs4 import Tag

__all__ = ["CONTAINERS", "INLINE", "Unit", "Value"]

# What a placeholder gives: marked text, or a list of marked texts.
Value = str | list[str]

# Elements that stand inside a sentence.
INLINE = ("span", "em", "strong", "q", "code", "abbr")
# Elements that hold passages and are none.
CONTAINERS = frozenset({"ul", "ol", "dl", "table", "section"})


_NOTHING: Mapping[str, str] = MappingProxyType({})


class Unit(NamedTuple):
    """One thing a rule may make a card of: an element, or one sentence of it.

    `text` is what `match` looked at, `sentence` the sentence at hand, `before` and `after`
    what stands around the match, `groups` what its named groups caught, `near` those of the pattern for the heading.
    """

    element: Tag
    text: str
    sentence: str = ""
    before: str = ""
    after: str = ""
    groups: Mapping[str, str] = _NOTHING
    near: Mapping[str, str] = _NOTHING
