"""Many short texts searched at once: a pattern that is in none of them is asked once, not once for each."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from cardwright.rules.patterns import Pattern

__all__ = ["Lines"]


class Lines:
    """Texts without line breaks, one a line of a single text in UTF-8."""

    def __init__(self, texts: Sequence[str]) -> None:
        lines = [f"{text}\n".encode() for text in texts]
        self._texts = texts
        self._all = b"".join(lines)
        self._starts = [0, *accumulate(map(len, lines))]

    def matching(self, pattern: Pattern) -> Iterator[int]:
        """The numbers of the texts in which a pattern is found, in order.

        `^` and `$` are a line's ends to a pattern, so that what it finds in a text it finds in that line.
        """
        if pattern.alone:
            yield from (number for number, text in enumerate(self._texts) if pattern.search(text) is not None)
            return
        at = 0
        while at < len(self._texts):
            found = pattern.lines.search(self._all, self._starts[at])
            if found is None:
                return
            line = bisect_right(self._starts, found.start()) - 1
            if line < len(self._texts):
                yield line
            at = line + 1
