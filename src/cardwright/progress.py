"""How far long work has come: said by those who do it, heard where somebody looks on.

Work says it by the way, so that no function has to take a terminal along; without a listener nothing happens.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from contextvars import ContextVar
from typing import TypeVar

__all__ = ["Listener", "heard", "steps"]

_Item = TypeVar("_Item")

# Takes what is being done, the word for one thing it is done to, how many are done, and of how many.
Listener = Callable[[str, str, int, int], None]

_listener: ContextVar[Listener | None] = ContextVar("listener", default=None)


def steps(doing: str, thing: str, items: Sequence[_Item]) -> Iterator[_Item]:
    """The items, one after the other: `steps("reading", "document", paths)`."""
    listener = _listener.get()
    if listener is None:
        yield from items
        return
    for done, item in enumerate(items):
        listener(doing, thing, done, len(items))
        yield item
    listener(doing, thing, len(items), len(items))


@contextlib.contextmanager
def heard(listener: Listener) -> Iterator[None]:
    """Let somebody hear of the steps of all that is done inside."""
    before = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(before)
