"""Items of a list in YAML that come, go and change, in brackets or below each other."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence

from cardwright.cards.replace import replaced
from cardwright.cards.style import scalar
from cardwright.cards.words import normal
from cardwright.yamltext import Scalar
from cardwright.yamltext import Sequence as List

__all__ = ["list_edits"]

_NOISE = re.compile(r"#[^\r\n]*")
_Edit = tuple[int, int, str]


def list_edits(text: str, node: List, values: Sequence[str]) -> Iterator[_Edit]:
    """What makes a list hold these values: (start, end, new text) in the order of the file."""
    items = [each for each in node.items if isinstance(each, Scalar)]
    was = [normal(each.value) for each in items]
    for kind, start, end, first, last in difflib.SequenceMatcher(None, was, values, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        both = min(end - start, last - first)
        for item, value in zip(items[start:end], values[first : first + both], strict=False):
            yield _other(text, item, value, flow=node.flow)
        new = values[first + both : last]
        if new and node.flow:
            yield _into_brackets(text, node, items, start + both, new)
        elif new:
            yield _below(text, items, start + both, new)
        gone = range(start + both, end)
        if node.flow and gone:
            yield from _out_of_brackets(text, items, gone)
        elif gone:
            yield from (_line_out(text, items[at]) for at in gone)


def _other(text: str, item: Scalar, value: str, *, flow: bool) -> _Edit:
    new = replaced(text, item, value, item.column - 1, flow=flow)
    return item.start, item.end, new[item.start : len(new) - (len(text) - item.end)]


def _into_brackets(text: str, node: List, items: Sequence[Scalar], at: int, values: Sequence[str]) -> _Edit:
    written = ", ".join(scalar(each, flow=True) for each in values)
    if at:
        return items[at - 1].end, items[at - 1].end, f", {written}"
    if items:
        return items[0].start, items[0].start, f"{written}, "
    opened = text.index("[", node.start) + 1
    return opened, opened, written


def _below(text: str, items: Sequence[Scalar], at: int, values: Sequence[str]) -> _Edit:
    """New lines behind the one of the item before, or before the first."""
    near = items[at - 1] if at else items[0]
    begin = text.rfind("\n", 0, near.start) + 1
    dash = text.find("-", begin, near.start)
    indent = text[begin : dash if dash >= 0 else near.start]
    indent = indent if not indent.strip() else " " * len(indent)
    if not at:
        line_end = _line_end(text, near.start)
        return begin, begin, "".join(f"{indent}- {scalar(each)}{line_end}" for each in values)
    stop = text.find("\n", max(near.end - 1, near.start))
    line_end = _line_end(text, near.start)
    if stop < 0:
        return len(text), len(text), "".join(f"{line_end}{indent}- {scalar(each)}" for each in values)
    return stop + 1, stop + 1, "".join(f"{indent}- {scalar(each)}{line_end}" for each in values)


def _out_of_brackets(text: str, items: Sequence[Scalar], gone: range) -> Iterator[_Edit]:
    """Items and as many commas go; comments beside them stay."""
    last = gone.stop == len(items)
    start = items[gone.start - 1].end if last and gone.start else items[gone.start].start
    end = items[-1].end if last else items[gone.stop].start
    gaps = {at: text[items[at].end : items[at + 1].start] for at in range(len(items) - 1)}
    around = [gaps[at] for at in range(gone.start - 1 if last else gone.start, gone.stop) if at in gaps]
    if not any("#" in gap for gap in around):
        yield start, end, ""
        return
    for at in gone:
        yield items[at].start, items[at].end, ""
        beside = at - 1 if last else at
        if beside in gaps:
            comma = items[beside].end + _NOISE.sub(lambda found: " " * len(found[0]), gaps[beside]).index(",")
            yield comma, comma + 1, ""


def _line_out(text: str, item: Scalar) -> _Edit:
    """The line of an item goes; a comment on it stays."""
    begin = text.rfind("\n", 0, item.start) + 1
    stop = text.find("\n", max(item.end - 1, item.start))
    stop = len(text) if stop < 0 else stop
    if comment := _NOISE.search(text, item.end, stop):
        dash = text.find("-", begin, item.start)
        return max(dash, begin), comment.start(), ""
    return begin, min(stop + 1, len(text)), ""


def _line_end(text: str, at: int) -> str:
    """How the line before a place ends."""
    stop = text.rfind("\n", 0, at)
    return "\r\n" if stop > 0 and text[stop - 1] == "\r" else "\n"
