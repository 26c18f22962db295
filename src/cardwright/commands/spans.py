"""Which span of a text stands in which: each one's smallest holder, found in one walk along the text."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["holders"]


def holders(inner: Sequence[tuple[int, int]], outer: Sequence[tuple[int, int]]) -> list[int | None]:
    """For each span of `inner` the number of the smallest of `outer` that it is a part of, of equals the first.

    The work is that of sorting both, and of a look at those that are open where a span begins: in a document
    as many as it is deep, however long it is.
    """
    coming = sorted(range(len(outer)), key=lambda at: outer[at][0], reverse=True)
    begun: list[int] = []
    found: list[int | None] = [None] * len(inner)
    for asked in sorted(range(len(inner)), key=lambda at: inner[at][0]):
        start, end = inner[asked]
        while coming and outer[coming[-1]][0] <= start:
            begun.append(coming.pop())
        begun = [at for at in begun if outer[at][1] >= start]
        around = [at for at in begun if outer[at][1] >= end]
        found[asked] = min(around, key=lambda at: (outer[at][1] - outer[at][0], at), default=None)
    return found
