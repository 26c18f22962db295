"""Running text that knows where each of its characters stood, with marks laid over it.

Readers drop markup and join lines; a `Prose` keeps, for every character that is left,
its offset in the document. Annotators add marks; the tree is drawn from both at the end.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

__all__ = ["Mark", "Prose"]


@dataclass(frozen=True, slots=True)
class Mark:
    """An element to be put around characters start to end (excluded). Marks nest; of two that cross, one is dropped."""

    start: int
    end: int
    tag: str
    attrs: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class Prose:
    """Characters, the pieces of the document they came from, and marks.

    Piece number n begins at character `starts[n]` and stood at offset `places[n]`;
    inside a piece characters and offsets run in step.
    """

    chars: str = ""
    starts: list[int] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)

    @classmethod
    def of(cls, chars: str, place: int) -> Prose:
        """Text that stood in one piece."""
        return cls(chars, [0], [place]) if chars else cls()

    @classmethod
    def built(cls, pieces: Iterable[tuple[str, int]]) -> Prose:
        """Text from pieces of characters, each with the offset where it stood."""
        chars: list[str] = []
        starts: list[int] = []
        places: list[int] = []
        length = 0
        for piece, place in pieces:
            if not piece:
                continue
            if not starts or places[-1] + length - starts[-1] != place:
                starts.append(length)
                places.append(place)
            chars.append(piece)
            length += len(piece)
        return cls("".join(chars), starts, places)

    def at(self, index: int) -> int:
        """The offset in the document of the character `index`."""
        if not self.starts:
            return 0
        piece = max(0, bisect_right(self.starts, index) - 1)
        return self.places[piece] + index - self.starts[piece]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets from and to (excluded) of characters start to end (excluded)."""
        first = self.at(start)
        return first, max(first, self.at(end - 1) + 1 if end > start else first)

    def mark(self, start: int, end: int, tag: str, **attrs: str) -> None:
        """Put an element around characters; `class_` and `data_label` become class and data-label."""
        if start < end:
            named = tuple((name.rstrip("_").replace("_", "-"), value) for name, value in attrs.items())
            self.marks.append(Mark(start, end, tag, named))

    def cut(self, start: int, end: int | None = None) -> Prose:
        """The characters from start to end as a prose of its own, white space at both ends left out."""
        end = len(self.chars) if end is None else min(end, len(self.chars))
        while start < end and self.chars[start].isspace():
            start += 1
        while end > start and self.chars[end - 1].isspace():
            end -= 1
        if start >= end:
            return Prose()
        first = max(0, bisect_right(self.starts, start) - 1)
        last = bisect_right(self.starts, end - 1)
        starts = [max(0, each - start) for each in self.starts[first:last]]
        places = [self.at(max(start, each)) for each in self.starts[first:last]]
        marks = [
            Mark(max(0, each.start - start), min(end, each.end) - start, each.tag, each.attrs)
            for each in self.marks
            if each.start < end and each.end > start
        ]
        return Prose(self.chars[start:end], starts, places, marks)

    @classmethod
    def joined(cls, parts: Iterable[Prose], glue: str = " ") -> Prose:
        """Several proses as one, with `glue` between those that hold text."""
        whole = cls()
        chars: list[str] = []
        length = 0
        for part in parts:
            if not part.chars:
                continue
            if chars and glue:
                # The glue stands where the part before it ends.
                whole.places.append(whole.places[-1] + length - whole.starts[-1])
                whole.starts.append(length)
                chars.append(glue)
                length += len(glue)
            whole.starts.extend(each + length for each in part.starts)
            whole.places.extend(part.places)
            whole.marks.extend(Mark(m.start + length, m.end + length, m.tag, m.attrs) for m in part.marks)
            chars.append(part.chars)
            length += len(part.chars)
        whole.chars = "".join(chars)
        return whole

    def marked(self, tag: str) -> list[Mark]:
        """The marks of one tag, in order."""
        return sorted((each for each in self.marks if each.tag == tag), key=lambda each: (each.start, each.end))
