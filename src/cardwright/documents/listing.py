"""Items one below the other -> nested lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cardwright.documents.blocks import Block
from cardwright.documents.lines import Marker
from cardwright.documents.prose import Prose

__all__ = ["Item", "nest_items"]

_ORDERED = ("1", "a")
_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class Item:
    """An item as it was found: how far it was indented, its marker, its text, where the marker stood."""

    indent: int
    marker: Marker
    prose: Prose
    start: int
    cues: frozenset[str]


@dataclass(slots=True)
class _Level:
    """A list that is still open: its indent, the markers seen in it, and the block."""

    indent: int
    markers: set[str]
    block: Block


def nest_items(items: Sequence[Item]) -> list[Block]:
    """The lists that items make: deeper where they are indented, or where the marker changes below an item.

    A marker alone on its line is the outer kind: items whose text stands beside the marker nest below it.
    """
    lists: list[Block] = []
    stack: list[_Level] = []
    for item in items:
        kind = item.marker.kind
        while stack and _closes(stack, item):
            stack.pop()
        if not stack or _opens(stack[-1], item):
            opened = Block("ol" if kind in _ORDERED else "ul", start=item.start, end=item.start, cues=item.cues)
            if stack and stack[-1].block.children and len(stack) < _DEEPEST and not _stands_beside(stack[-1], item):
                stack[-1].block.children[-1].children.append(opened)
            else:
                stack.clear()
                lists.append(opened)
            stack.append(_Level(item.indent, {kind}, opened))
        stack[-1].markers.add(kind)
        stack[-1].block.children.append(_item_block(item))
    for block in lists:
        _cover(block)
    return lists


def _closes(stack: list[_Level], item: Item) -> bool:
    """Whether the innermost list ends before this item."""
    top = stack[-1]
    if item.indent < top.indent - 1:
        return True
    if item.indent > top.indent + 1 or item.marker.kind in top.markers:
        return False
    return any(item.marker.kind in level.markers and abs(level.indent - item.indent) <= 1 for level in stack[:-1])


def _opens(top: _Level, item: Item) -> bool:
    """Whether this item begins a list of its own, below the last item or beside it."""
    if item.indent > top.indent + 1:
        return True
    kind = item.marker.kind
    return kind not in top.markers and not (kind == "alone" and top.block.tag == "ul")


def _stands_beside(top: _Level, item: Item) -> bool:
    """Numbers that follow bullets at their own indent begin a new list, not one below the last bullet."""
    same = item.indent <= top.indent + 1
    return same and item.marker.kind in _ORDERED and top.block.tag == "ul" and "alone" not in top.markers


def _item_block(item: Item) -> Block:
    first, end = item.prose.span(0, len(item.prose.chars))
    # A marker alone on its line is no place to look at; the text below it is.
    start = first if item.marker.kind == "alone" else item.start
    return Block("li", item.prose, start=start, end=max(start + 1, end), level=item.marker.number, cues=item.cues)


def _cover(block: Block) -> None:
    for child in block.children:
        _cover(child)
    block.cover()
