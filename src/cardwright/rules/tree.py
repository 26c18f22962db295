"""From one element to others: around it, before it, in it.

BeautifulSoup's own search makes a filter of each question first, which takes longer than to look.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeGuard

if TYPE_CHECKING:
    from bs4 import Tag
    from bs4.element import PageElement

__all__ = ["before", "child", "children", "classes_of", "first_inside", "inside", "is_tag", "nearest"]


def is_tag(node: PageElement) -> TypeGuard[Tag]:
    """Whether a node is an element; whatever else a tree holds is text."""
    return not isinstance(node, str)


def classes_of(element: Tag) -> tuple[str, ...]:
    """The classes of an element."""
    return tuple(element.attrs.get("class") or ())


def nearest(element: Tag, *names: str) -> Tag | None:
    """The element itself or the nearest one around it with one of these tag names."""
    here: Tag | None = element
    while here is not None and here.name not in names:
        here = here.parent
    return here


def child(element: Tag, *names: str) -> Tag | None:
    """The first element directly inside one that has one of these tag names."""
    for each in element.contents:
        if is_tag(each) and each.name in names:
            return each
    return None


def children(element: Tag, *names: str) -> list[Tag]:
    """All elements directly inside one that have one of these tag names."""
    return [each for each in element.contents if is_tag(each) and each.name in names]


def inside(element: Tag, name: str, with_class: str = "") -> Iterator[Tag]:
    """All elements inside one, however deep, that have a tag name, and a class where one is asked for; in order."""
    stack = list(reversed(element.contents))
    while stack:
        each = stack.pop()
        if is_tag(each):
            if each.name == name and (not with_class or with_class in classes_of(each)):
                yield each
            stack.extend(reversed(each.contents))


def first_inside(element: Tag, name: str, with_class: str = "") -> Tag | None:
    """The first of them."""
    return next(inside(element, name, with_class), None)


def before(element: Tag, name: str) -> Tag | None:
    """The nearest element before one, beside it, that has a tag name."""
    for other in element.previous_siblings:
        if is_tag(other) and other.name == name:
            return other
    return None
