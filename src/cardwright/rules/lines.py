"""Many short texts searched at once: a pattern that is in none of them is asked once, not once for each."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from cardwright.rules.patterns import Found, Pattern

__all__ = ["Lines"]


@dataclass(frozen=True, slots=True)
class _FoundInLine:
    """What was found in one of the lines; `begin` is where it stands among all, in bytes as all places of `found`."""

    found: Found
    line: bytes
    begin: int

    def span(self, group: int = 0, /) -> tuple[int, int]:
        """Where a group stands, in characters of the line."""
        start, end = self.found.span(group)
        return (self._character(start), self._character(end)) if start >= 0 else (start, end)

    def _character(self, place: int) -> int:
        return len(self.line[: place - self.begin].decode())


class Lines:
    """Texts without line breaks, one a line of a single text in UTF-8."""

    def __init__(self, texts: Sequence[str]) -> None:
        lines = [f"{text}\n".encode() for text in texts]
        self._texts = texts
        self._all = b"".join(lines)
        self._starts = [0, *accumulate(map(len, lines))]

    def matching(self, pattern: Pattern) -> Iterator[tuple[int, Found]]:
        """The numbers of the texts in which a pattern is found, in order, and what is found there.

        `^` and `$` are a line's ends to a pattern, so that what it finds in a text it finds in that line.
        """
        if pattern.alone:
            for number, text in enumerate(self._texts):
                alone = pattern.search(text)
                if alone is not None:
                    yield number, alone
            return
        at = 0
        while at < len(self._texts):
            found = pattern.lines.search(self._all, self._starts[at])
            if found is None:
                return
            line = bisect_right(self._starts, found.span()[0]) - 1
            if line < len(self._texts):
                begin, end = self._starts[line : line + 2]
                yield line, _FoundInLine(found, self._all[begin:end], begin)
            at = line + 1
