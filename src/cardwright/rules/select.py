"""Selectors: each distinct one runs once over a document, on the elements whose tag it can match."""

from __future__ import annotations

import warnings
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bs4 import Tag

    from cardwright.rules.passages import Index

__all__ = ["Selector", "compiled", "selected"]


@dataclass(frozen=True, slots=True)
class Selector:
    """A CSS selector ready to match; `tags` are those it can match, empty for any."""

    source: str
    tags: tuple[str, ...]
    weight: int
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
    tagged = [getattr(each, "tag", False) for each in matcher.selectors]  # one that cannot match has no such thing
    if False in tagged:
        return (
            None,
            "it can never match",
            "a document has no pages, mouse or links to follow: take the pseudo-class away",
        )
    names = [each.name.lower() if each else "*" for each in tagged]
    tags = () if "*" in names else tuple(dict.fromkeys(names))
    return Selector(source, tags, _weight(source), matcher), "", ""


def selected(index: Index, selector: Selector) -> list[Tag]:
    """The elements a selector matches, in document order; the answer is kept in the index."""
    known = index.matched.get(selector.source)
    if known is None:
        if len(selector.tags) == 1:
            candidates = index.by_tag.get(selector.tags[0], [])
        elif selector.tags:
            candidates = [each for tag in selector.tags for each in index.by_tag.get(tag, [])]
            candidates.sort(key=lambda each: index.order[id(each)])
        else:
            candidates = index.elements
        match = selector.matcher.match
        known = index.matched[selector.source] = [each for each in candidates if match(each)]
    return known


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
