"""A CSS selector, as soupsieve has read it, as one plain function of an element.

soupsieve asks each element about namespaces, pages and forms, of which the tree of a document has none, and takes
several times as long. What is left for such a tree is what stands here: tags, classes, attributes, places among
neighbours, and what is around, before and inside. A selector that asks for more is left to soupsieve.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from cardwright.rules.tree import is_tag

if TYPE_CHECKING:
    from bs4 import Tag

__all__ = ["Match", "plain_match"]

Match = Callable[["Tag"], bool]


class _UnknownError(Exception):
    """A selector that asks for something else."""


def plain_match(selectors: Any) -> Match | None:
    """Whether an element is matched by one of parsed selectors; None where a tree and its attributes do not tell."""
    try:
        return _any(selectors)
    except _UnknownError:
        return None


def _any(selectors: Any) -> Match:
    """Alternatives; of `:not(...)`, that none of them matches. What can never match has been read as null."""
    if selectors.is_html or not len(selectors):
        raise _UnknownError
    alternatives = [(_name(each), _all(each)) for each in selectors if hasattr(each, "tag")]
    negated: bool = selectors.is_not
    if len(alternatives) == 1 and not negated:
        return _called(*alternatives[0])
    if all(name for name, _ in alternatives):
        return _by_name(alternatives, negated=negated)
    matches = [_called(*each) for each in alternatives]

    def match(element: Tag) -> bool:
        for each in matches:
            if each(element):
                return not negated
        return negated

    return match


def _by_name(alternatives: Sequence[tuple[str, Match | None]], *, negated: bool) -> Match:
    """Alternatives that all name a tag: only those of an element's own are asked, and a tag alone asks nothing more."""
    by_name: dict[str, list[Match]] = {}
    whole = {name for name, others in alternatives if others is None}
    for name, others in alternatives:
        if others is not None:
            by_name.setdefault(name, []).append(others)

    def match(element: Tag) -> bool:
        name = element.name
        if name in whole:
            return not negated
        for each in by_name.get(name, ()):
            if each(element):
                return not negated
        return negated

    return match


def _name(selector: Any) -> str:
    """The tag that an alternative asks for, blank for any."""
    tag = selector.tag
    if tag is None:
        return ""
    if tag.prefix not in (None, "*"):
        raise _UnknownError
    name: str = tag.name.lower()
    return "" if name == "*" else name


def _called(name: str, others: Match | None) -> Match:
    """A tag with all else that is asked for."""
    if others is None:
        return (lambda element: element.name == name) if name else (lambda _: True)
    return (lambda element: element.name == name and others(element)) if name else others


def _all(selector: Any) -> Match | None:
    """All that one alternative asks for but its tag, what is quickly told first; None for nothing more."""
    if selector.flags or selector.contains or selector.lang or selector.ids:
        raise _UnknownError
    checks: list[Match] = []
    checks += [_with_class(name) for name in selector.classes]
    checks += [_with_attribute(each.attribute.lower(), each.pattern) for each in selector.attributes]
    checks += [_nth(each) for each in selector.nth]
    checks += [_any(each) for each in selector.selectors]
    if len(selector.relation):
        checks.append(_related(selector.relation))
    return _both(checks) if checks else None


def _both(checks: Sequence[Match]) -> Match:
    """All of some checks, as pairs of pairs: to go through a list would cost as much as they do."""
    if len(checks) == 1:
        return checks[0]
    one, others = checks[0], _both(checks[1:])
    return lambda element: one(element) and others(element)


def _with_class(name: str) -> Match:
    return lambda element: name in element.attrs.get("class", ())


def _with_attribute(name: str, pattern: Any) -> Match:
    if pattern is None:
        return lambda element: name in element.attrs

    def match(element: Tag) -> bool:
        value = element.attrs.get(name)
        if value is None:
            return False
        return pattern.match(value if isinstance(value, str) else " ".join(value)) is not None

    return match


def _nth(asked: Any) -> Match:
    """`:nth-child(...)` and its like: every `step`-th from `start` on, of those that count."""
    counts = _any(asked.selectors) if len(asked.selectors) else None
    step: int = asked.a
    start: int = asked.b
    of_type, last = asked.of_type, asked.last

    def match(element: Tag) -> bool:
        if counts is not None and not counts(element):
            return False
        others = _before(element) if not last else _behind(element)
        alike = (each for each in others if not of_type or each.name == element.name)
        place = 1 + sum(1 for each in alike if counts is None or counts(each))
        return place == start if not step else (place - start) % step == 0 and (place - start) // step >= 0

    return match


def _related(relation: Any) -> Match:
    """What must be around an element or before it, and with `:has(...)` in it or behind it."""
    if not hasattr(relation[0], "tag"):
        return lambda _: False
    wanted = _any(relation)
    kind = relation[0].rel_type
    if kind == ">":
        return lambda element: element.parent is not None and wanted(element.parent)
    if kind == ":>":
        return lambda element: _holds(element, wanted)
    look = _LOOKS.get(kind)
    if look is None:
        raise _UnknownError

    def match(element: Tag) -> bool:
        for each in look(element):  # noqa: SIM110  # a generator would cost as much as the looks
            if wanted(each):
                return True
        return False

    return match


def _holds(element: Tag, wanted: Match) -> bool:
    """Whether one of the elements directly inside is wanted; most selectors ask this, and make no list for it."""
    for each in element.contents:  # noqa: SIM110  # as above
        if not isinstance(each, str) and wanted(each):  # type: ignore[arg-type]  # all else is text
            return True
    return False


def _around(element: Tag) -> Iterator[Tag]:
    here = element.parent
    while here is not None:
        yield here
        here = here.parent


def _within(element: Tag) -> Iterator[Tag]:
    for each in _children(element):
        yield each
        yield from _within(each)


def _children(element: Tag) -> list[Tag]:
    return [each for each in element.contents if is_tag(each)]


def _neighbours(element: Tag) -> tuple[Sequence[Tag], int]:
    line = _children(element.parent) if element.parent is not None else [element]
    return line, next(at for at, each in enumerate(line) if each is element)


def _before(element: Tag) -> Sequence[Tag]:
    line, at = _neighbours(element)
    return line[:at]


def _behind(element: Tag) -> Sequence[Tag]:
    line, at = _neighbours(element)
    return line[at + 1 :]


_LOOKS: dict[str, Callable[[Tag], Iterable[Tag]]] = {
    " ": _around,
    "~": _before,
    "+": lambda element: _before(element)[-1:],
    ": ": _within,
    ":~": _behind,
    ":+": lambda element: _behind(element)[:1],
}
