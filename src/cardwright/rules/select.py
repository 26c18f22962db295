"""Selectors: each distinct one runs once over a document, on the elements whose tag it can match."""

from __future__ import annotations

import warnings
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Any

from cardwright.rules.matching import Match, plain_match

if TYPE_CHECKING:
    from bs4 import Tag

    from cardwright.rules.passages import Index

__all__ = ["Selector", "compiled", "selected"]


@dataclass(frozen=True, slots=True)
class Selector:
    """A CSS selector ready to match; `tags` are those it can match, empty for any.

    `match` says of an element what the parser's own `matcher` says, only sooner.
    """

    source: str
    tags: tuple[str, ...]
    weight: int
    match: Match = field(compare=False, repr=False)
    matcher: Any = field(compare=False, repr=False)


def compiled(source: str) -> tuple[Selector | None, str, str]:
    """A selector, or what is wrong with it and the way out."""
    import soupsieve

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            matcher = soupsieve.compile(source)
    except (soupsieve.SelectorSyntaxError, NotImplementedError, ValueError, TypeError, RecursionError) as problem:
        return None, _reason(problem), _way_out(source, str(problem))
    except FutureWarning:
        return None, "':contains' is no CSS", "write ':-soup-contains(...)', or ask for words with 'match'"
    parsed: list[Any] = list(matcher.selectors)
    tagged: list[Any] = [getattr(each, "tag", False) for each in parsed]  # one that cannot match has no such thing
    if False in tagged:
        return (
            None,
            "it can never match",
            "a document has no pages, mouse or links to follow: take the pseudo-class away",
        )
    names = [each.name.lower() if each else "*" for each in tagged]
    tags = () if "*" in names else tuple(dict.fromkeys(names))
    match = plain_match(matcher.selectors) or matcher.match
    return Selector(source, tags, _weight(source), match, matcher), "", ""


def selected(
    index: Index, selector: Selector, kinds: Collection[str] = (), other_kinds: Collection[str] = ()
) -> Iterator[Tag]:
    """The elements a selector matches, in document order: of `kinds` of section where any are given, of no other kinds.

    Only elements that could match are tried, each once for all rules of one selector: the answers stay in the index.
    """
    known = index.matched.setdefault(selector.source, {})
    match, kind_of = selector.match, index.kind
    for element in _candidates(index, selector):
        place = id(element)
        if (kinds and kind_of[place] not in kinds) or (other_kinds and kind_of[place] in other_kinds):
            continue
        answer = known.get(place)
        if answer is None:
            answer = known[place] = match(element)
        if answer:
            yield element


def _candidates(index: Index, selector: Selector) -> list[Tag]:
    """The elements of a selector's tags, in document order; several tags are put in line once for all rules."""
    if not selector.tags:
        return index.elements
    if len(selector.tags) == 1:
        return index.by_tag.get(selector.tags[0], [])
    if selector.tags not in index.by_tags:
        lines = [index.by_tag[tag] for tag in selector.tags if tag in index.by_tag]
        index.by_tags[selector.tags] = sorted(chain.from_iterable(lines), key=lambda each: index.order[id(each)])
    return index.by_tags[selector.tags]


def _weight(source: str) -> int:
    """How much a selector asks for, to tell a special one from a general one."""
    return 1 + sum(source.count(character) for character in ".#[:>+~") - source.count("::")


def _reason(problem: Exception) -> str:
    text = str(problem).split("\n", 1)[0].strip() or type(problem).__name__
    return text.replace("postition", "position")


def _way_out(source: str, problem: str) -> str:
    if ":has(" in source and "complex" in problem:
        return (
            "inside :has(...) only one step is possible, as in li:has(> dfn); ask for the mark on the container, "
            "as in ul.terms, or select the inner element"
        )
    return "write it as CSS, for example 'li:has(> dfn)' or 'section[data-kind=faq] > p'"
