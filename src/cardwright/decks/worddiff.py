"""What changed in a text, down to the word."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

__all__ = ["Line", "line_difference"]

# A word with the space behind it; spaces by themselves would be found equal everywhere.
_WORD = re.compile(r"\w+\s*|[^\w\s]\s*|\s+")
# Beyond this many words, or lines, comparing takes longer than anybody reads: the whole text counts as changed.
_MOST = 2000


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the old text (`mark` "-") or of the new one ("+"): its pieces, and whether each one is changed."""

    mark: str
    pieces: tuple[tuple[str, bool], ...]

    @property
    def text(self) -> str:
        """The line as it stands."""
        return "".join(text for text, _ in self.pieces)


def line_difference(old: str, new: str) -> list[Line]:
    """The lines that differ, old ones before the new ones in their place."""
    before, after = old.split("\n"), new.split("\n")
    found: list[Line] = []
    for tag, a, b, c, d in _opcodes(before, after):
        if tag != "equal":
            found.extend(_block("\n".join(before[a:b]), "\n".join(after[c:d]), old=b > a, new=d > c))
    return found


def _block(before: str, after: str, *, old: bool, new: bool) -> Iterator[Line]:
    """Lines in one place; `old` and `new` say whether there are any, as an empty text may be an empty line."""
    words, others = _WORD.findall(before), _WORD.findall(after)
    removed: list[tuple[str, bool]] = []
    added: list[tuple[str, bool]] = []
    for tag, a, b, c, d in _opcodes(words, others):
        removed.append(("".join(words[a:b]), tag != "equal"))
        added.append(("".join(others[c:d]), tag != "equal"))
    if old:
        yield from _lines("-", removed)
    if new:
        yield from _lines("+", added)


def _opcodes(old: Sequence[str], new: Sequence[str]) -> list[tuple[str, int, int, int, int]]:
    if max(len(old), len(new)) > _MOST:
        return [("equal" if old == new else "replace", 0, len(old), 0, len(new))]
    return list(difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes())


def _lines(mark: str, pieces: Sequence[tuple[str, bool]]) -> Iterator[Line]:
    """Pieces of a text of several lines as lines."""
    line: list[tuple[str, bool]] = []
    for text, changed in pieces:
        first, *more = text.split("\n")
        line.append((first, changed))
        for each in more:
            yield Line(mark, tuple(piece for piece in line if piece[0]))
            line = [(each, changed)]
    yield Line(mark, tuple(piece for piece in line if piece[0]))
