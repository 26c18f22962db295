"""Where new cards go in the text of a card file: between lines, at the indentation of their list."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping as Groups
from collections.abc import Sequence
from dataclasses import dataclass

from cardwright.cards.cardfile import CardFile
from cardwright.cards.style import INDENT, card_lines
from cardwright.model import Card
from cardwright.yamltext import Mapping, Scalar
from cardwright.yamltext import Sequence as List

__all__ = ["begun", "extents", "inserted"]


@dataclass(frozen=True, slots=True)
class _Lines:
    """A text by its lines: `starts` are their offsets; each line keeps its end."""

    lines: list[str]
    starts: list[int]

    @classmethod
    def of(cls, text: str) -> _Lines:
        lines = re.findall(r"[^\n]*\n|[^\n]+", text)
        starts, at = [], 0
        for line in lines:
            starts.append(at)
            at += len(line)
        return cls(lines, starts)

    def number(self, offset: int) -> int:
        """The line, from 0, that holds an offset."""
        return bisect_right(self.starts, offset) - 1


def inserted(text: str, old: CardFile, groups: Groups[int, Sequence[Card]]) -> str:
    """The text with groups of cards behind the cards they follow."""
    lines = _Lines.of(text)
    column, dashes, ends = _reach(lines, text, old)
    gaps = [lines.lines[end:dash] for end, dash in zip(ends, dashes[1:], strict=False)]
    spaced = sum(any(not line.strip() for line in gap) for gap in gaps) * 2 > len(gaps)
    pieces: list[str] = []
    done = 0
    for at in sorted(groups):
        pieces.append("".join(lines.lines[done : ends[at]]))
        done = ends[at]
        pieces.append(_written(groups[at], column, pieces[-1], spaced=spaced))
    return "".join(pieces) + "".join(lines.lines[done:])


def extents(text: str, old: CardFile) -> list[tuple[int, int]]:
    """Where the lines of each card begin and end, from its hyphen to the comments that are indented with it."""
    lines = _Lines.of(text)
    _, dashes, ends = _reach(lines, text, old)
    starts = [*lines.starts, len(text)]
    return [(starts[dash], starts[end]) for dash, end in zip(dashes, ends, strict=True)]


def _reach(lines: _Lines, text: str, old: CardFile) -> tuple[int, list[int], list[int]]:
    """The column (from 0) of the hyphens, the line of each, and the line behind each card."""
    dashes = [lines.number(_dash(text, node)) for node in old.nodes]
    first = lines.lines[dashes[0]]
    column = len(first) - len(first.lstrip(" "))
    stops = [*dashes[1:], len(lines.lines)]
    return column, dashes, [_end(lines, node, column, stop) for node, stop in zip(old.nodes, stops, strict=True)]


def _written(cards: Sequence[Card], column: int, before: str, *, spaced: bool) -> str:
    """Cards as lines that follow `before`, with its kind of line end, also where the last one is missing."""
    newline = _newline(before)
    lines = [line for card in cards for line in ([""] if spaced else []) + card_lines(card, column)]
    block = newline.join(lines)
    return block + newline if before.endswith("\n") or not before else newline + block


def _newline(text: str) -> str:
    """How the last line that has an end ends."""
    at = text.rfind("\n")
    return "\r\n" if at > 0 and text[at - 1] == "\r" else "\n"


def begun(text: str, old: CardFile, cards: Sequence[Card]) -> str:
    """The text with the first cards below `cards:`, which is not there, or with nothing or `[]` behind it."""
    root = old.root
    assert root is not None
    column = root.column - 1
    node = root.entries.get("cards")
    if node is None:
        lines = _Lines.of(text)
        line = max(lines.number(max(each.end - 1, each.start)) for each in root.entries.values())
        before, after = "".join(lines.lines[: line + 1]), "".join(lines.lines[line + 1 :])
        newline = _newline(before)
        before += ("" if before.endswith("\n") else newline) + " " * column + "cards:" + newline
        return before + _written(cards, column + INDENT, before, spaced=False) + after
    if isinstance(node, List) or (isinstance(node, Scalar) and node.style):
        opened = text.index("[", node.start) if isinstance(node, List) else node.end - 2
        rest = text[node.end :]
        text = (text[:opened].rstrip(" ") if re.match(r"[ \t]*(\r?\n|$)", rest) else text[:opened]) + rest
    lines = _Lines.of(text)
    line = lines.number(root.keys["cards"].start)
    before, after = "".join(lines.lines[: line + 1]), "".join(lines.lines[line + 1 :])
    return before + _written(cards, column + INDENT, before, spaced=False) + after


def _dash(text: str, node: Mapping) -> int:
    """The offset of the hyphen that begins a card; comments and an anchor may stand behind it."""
    at = node.start
    while at > 0:
        start = text.rfind("\n", 0, at) + 1
        if found := re.match(r"[ ]*-(?=[ \t\r\n]|$)", text[start:at]):
            return start + found.end() - 1
        at = start - 1
    return node.start


def _end(lines: _Lines, node: Mapping, column: int, stop: int) -> int:
    """The line behind a card: behind its last value and the comments that are indented with it."""
    last = _last_scalar(node)
    begin = lines.number(node.start)
    end = lines.number(max(node.end - 1, node.start)) + 1
    kept = last is not None and last.style in ("|", ">") and "+" in _header(lines, last)
    if not kept:
        while end > begin + 1 and not lines.lines[end - 1].strip():
            end -= 1
    for number in range(end, stop):  # an alias says where its anchor ends, so look at what is indented too
        line = lines.lines[number]
        indent = len(line) - len(line.lstrip(" "))
        if not line.strip():
            continue
        if indent <= column:
            break
        if not line.lstrip().startswith("#") or number == end:
            end = number + 1
    return end


def _header(lines: _Lines, block: Scalar) -> str:
    line = lines.number(block.start)
    return lines.lines[line][block.start - lines.starts[line] :].split("#")[0]


def _last_scalar(node: Mapping) -> Scalar | None:
    value = max(node.entries.values(), key=lambda each: each.end, default=None)
    while isinstance(value, List) and value.items:
        value = value.items[-1]
    return value if isinstance(value, Scalar) else None
