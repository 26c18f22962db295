"""YAML in which every scalar is text and every node knows its place.

Built on the events of libyaml, as PyYAML passes them on, so that `no`, `22:30`, `1.10`
and `0755` mean themselves. Problems come back as diagnostics in plain words, those of the
whole file at once: where it is plain what was meant, reading goes on as if that had been written.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from cardwright.diagnostics import Diagnostic, Related, Span, error
from cardwright.files import TextFile
from cardwright.yamlnodes import Mapping, Node, Scalar, Sequence
from cardwright.yamltraps import LINE_END, Mend, Trap, explained, mended, split_lines, write

__all__ = ["Mapping", "Node", "Scalar", "Sequence", "parse"]

# So many lines of a file are mended in thought to read on behind them.
MOST_MENDS = 50

# Deeper than any file of a project; a guard against files made to exhaust the reader.
DEEPEST = 24

_LINE_END = re.compile(LINE_END)
_COMMENT_GLUED = re.compile(r"[ \t]+#(?=[^\s#!-])")


@dataclass(slots=True)
class _Open:
    """A collection whose end has not come yet."""

    event: Any
    mapping: bool
    anchor: str
    children: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class _Reading:
    """One reading of a file: what was found, and the values that were cut, by the lines that they begin on."""

    file: TextFile
    found: list[Diagnostic] = field(default_factory=list)
    cut: dict[int, Trap] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)

    def mended(self, line: int, column: int) -> Mend | None:
        """The value at a place as it should be written."""
        self.lines = self.lines or split_lines(self.file.text)
        return mended(self.lines, line, column)


def parse(file: TextFile) -> tuple[Node | None, list[Diagnostic]]:
    """Read a file's one YAML document; None where it is empty or cannot be read at all.

    A node that comes with errors holds what was meant, as far as that is plain.
    """
    reading = _Reading(file)
    root, trap = _once(reading)
    if trap is None:
        return root, reading.found
    told: list[Diagnostic] = []
    mends: list[Mend] = []
    while trap is not None:
        # what YAML cut off a value may go on in the next line, and break there
        trap = next((cut for line, cut in reading.cut.items() if trap.line - 1 <= line <= trap.line), trap)
        known = any(each.first <= trap.line <= each.last for each in mends)
        if not known:
            told.append(_told(file, trap))
        if known or trap.mend is None or len(mends) == MOST_MENDS:
            root = None
            break
        mends.append(trap.mend)
        reading = _Reading(replace(reading.file, text=_with(reading.file.text, trap.mend)))
        root, trap = _once(reading)
    lines = {number for mend in mends for number in range(mend.first, mend.last + 1)}
    lines |= {each.span.line for each in told}
    told += [each for each in reading.found if each.span.line not in lines]
    return _moved(root, _Offsets.between(reading.file.text, file.text), {}), told


def _once(reading: _Reading) -> tuple[Node | None, Trap | None]:
    """Read to the end, or to the first thing that YAML cannot read."""
    import yaml
    from yaml.cyaml import CParser  # type: ignore[attr-defined]  # the stubs do not know it

    try:
        return _build(CParser(reading.file.text), reading), None
    except yaml.reader.ReaderError as problem:
        return None, _unreadable_character(reading.file, problem)
    except yaml.MarkedYAMLError as problem:
        marks: list[Any] = [each for each in (problem.problem_mark, problem.context_mark) if each is not None]
        at, context = ((each.line + 1, each.column + 1) for each in (marks[0], marks[-1]))
        return None, explained(split_lines(reading.file.text), problem.problem or "", at, context)


def _told(file: TextFile, trap: Trap) -> Diagnostic:
    return error(trap.code, trap.message, Span(file.path, trap.line, trap.column, trap.width), trap.help)


def _with(text: str, mend: Mend) -> str:
    """The text with lines mended; it keeps its number of lines."""
    ends = [0, *(each.end() for each in _LINE_END.finditer(text)), len(text)]
    stops = [each.start() for each in _LINE_END.finditer(text)] + [len(text)]
    emptied = "".join(text[stops[number - 1] : ends[number]] for number in range(mend.first, mend.last))
    return text[: ends[mend.first - 1]] + mend.text + emptied + text[stops[mend.last - 1] :]


@dataclass(frozen=True, slots=True)
class _Offsets:
    """From offsets in a mended text to those in the text as it is, line by line."""

    new: list[int]
    old: list[int]

    @classmethod
    def between(cls, new: str, old: str) -> _Offsets:
        return cls(*([0, *(each.end() for each in _LINE_END.finditer(text)), len(text) + 1] for text in (new, old)))

    def of(self, offset: int) -> int:
        """The offset in the text as it is; no further than its line."""
        line = bisect_right(self.new, offset) - 1
        return min(self.old[line] + offset - self.new[line], self.old[line + 1] - 1)


def _moved(node: Any, offsets: _Offsets, done: dict[int, Any]) -> Any:
    """A tree with the offsets of the text as it is; what an alias repeats stays one node."""
    if node is None or id(node) in done:
        return done.get(id(node))
    start, end = offsets.of(node.start), offsets.of(node.end)
    if isinstance(node, Mapping):
        entries = {key: _moved(value, offsets, done) for key, value in node.entries.items()}
        keys = {key: _moved(value, offsets, done) for key, value in node.keys.items()}
        moved: Node = replace(node, entries=entries, keys=keys, start=start, end=end)
    elif isinstance(node, Sequence):
        moved = replace(node, items=tuple(_moved(each, offsets, done) for each in node.items), start=start, end=end)
    else:
        moved = replace(node, start=start, end=end)
    done[id(node)] = moved
    return moved


def _build(parser: Any, reading: _Reading) -> Node | None:
    """Turn events into nodes with a stack of our own, so that depth cannot exhaust Python's."""
    file, found = reading.file, reading.found
    stack: list[_Open] = []
    anchors: dict[str, Node] = {}
    root: Node | None = None
    documents = 0
    for event, kind in _events(parser):
        if kind == "DocumentStartEvent":
            documents += 1
            if documents == 2:
                found.append(
                    error("CW206", "a second YAML document begins here", _span(file, event), "remove the line '---'")
                )
                return root
            continue
        node: Node | None = None
        if kind == "ScalarEvent":
            node = _scalar(event, reading)
        elif kind == "AliasEvent":
            node = _aliased(event, anchors, reading)
        elif kind in ("MappingStartEvent", "SequenceStartEvent"):
            if len(stack) >= DEEPEST:
                found.append(error("CW206", "nested too deeply", _span(file, event), "these files need no such depth"))
                return root
            if event.tag:
                found.append(
                    error("CW205", f"'{event.tag}' is no part of these files", _span(file, event), "delete it")
                )
            stack.append(_Open(event, kind.startswith("Map"), event.anchor or ""))
            continue
        elif kind in ("MappingEndEvent", "SequenceEndEvent"):
            opened = stack.pop()
            node = _close(opened, event, reading)
            event = opened.event
        else:
            continue
        if getattr(event, "anchor", None) and kind != "AliasEvent":
            anchors[event.anchor] = node
        if stack:
            stack[-1].children.append(node)
        else:
            root = node
    return root


def _events(parser: Any) -> Iterator[tuple[Any, str]]:
    while parser.check_event():
        event = parser.get_event()
        yield event, type(event).__name__


def _scalar(event: Any, reading: _Reading) -> Scalar:
    start, end, file = event.start_mark, event.end_mark, reading.file
    style, value = event.style or "", event.value
    place = (start.line + 1, start.column + 1)
    trap: Trap | None = None
    if event.tag:
        mend = reading.mended(*place) if not style else None
        sign = file.text[start.index : end.index].split(None, 1)[0]
        message = f"YAML reads '{sign}' as a type and drops it from the text"
        trap = Trap("CW204", message, *place, write(mend), mend, len(sign))
    elif not style and (cut := _COMMENT_GLUED.match(file.text, end.index)):
        mend = reading.mended(*place) if end.index > start.index else reading.mended(end.line + 1, end.column + 2)
        rest = _LINE_END.split(file.text[cut.end() - 1 : cut.end() + 1000], maxsplit=1)[0]
        message = f"YAML takes '{_shortened(rest)}' for a comment and drops it"
        way_out = write(mend) + "; or put a space after '#' if a comment is meant"
        column = end.column + 1 + cut.end() - 1 - end.index
        trap = Trap("CW204", message, end.line + 1, column, way_out, mend, max(1, len(rest.rstrip())))
    if trap is not None:
        reading.found.append(_told(file, trap))
        reading.cut[place[0]] = trap
        value = trap.mend.value if trap.mend else value
    return Scalar(*place, start.index, end.index, value, style)


def _aliased(event: Any, anchors: dict[str, Node], reading: _Reading) -> Node:
    node = anchors.get(event.anchor)
    start = event.start_mark
    place = (start.line + 1, start.column + 1)
    if node is not None:  # what the anchor holds, in the place of the alias
        here = replace(node, line=place[0], column=place[1], start=start.index, end=event.end_mark.index)
        return replace(here, style="") if isinstance(here, Scalar) else here
    way_out = write(reading.mended(*place))
    message = f"YAML reads '*{event.anchor}' as a reference to '&{event.anchor}', which is nowhere above"
    reading.found.append(error("CW204", message, _span(reading.file, event), way_out))
    return Scalar(*place, start.index, event.end_mark.index, f"*{event.anchor}", "")


def _close(opened: _Open, end: Any, reading: _Reading) -> Node:
    file, found = reading.file, reading.found
    start = opened.event.start_mark
    stop = end.end_mark.index if opened.event.flow_style else _last(opened, start.index)
    place = (start.line + 1, start.column + 1, start.index, stop)
    if not opened.mapping:
        return Sequence(*place, items=tuple(opened.children), flow=bool(opened.event.flow_style))
    if opened.event.flow_style and file.text.startswith("{{", start.index):
        return _gap(place, reading)
    entries: dict[str, Node] = {}
    keys: dict[str, Scalar] = {}
    for key, value in zip(opened.children[::2], opened.children[1::2], strict=True):
        if not isinstance(key, Scalar):
            found.append(
                error(
                    "CW206",
                    "a key must be a word",
                    key.span(file.path),
                    "put a text that begins with '{' or '[' in quotes",
                )
            )
            continue
        if key.value in entries:
            found.append(
                error(
                    "CW203",
                    f"'{key.value}' stands twice here, and YAML would silently keep one",
                    key.span(file.path),
                    "keep one of the two",
                    [Related(keys[key.value].span(file.path), "the first one")],
                )
            )
            continue
        entries[key.value] = value
        keys[key.value] = key
    return Mapping(*place, entries=entries, keys=keys, flow=bool(opened.event.flow_style))


def _gap(place: tuple[int, int, int, int], reading: _Reading) -> Scalar:
    """The text of a gap without quotes around it, which YAML reads as a mapping in a mapping."""
    line, column, start, end = place
    inside = Span(reading.file.path, line, column)
    reading.found = [each for each in reading.found if each.span.line != line or each.span < inside]
    mend = reading.mended(line, column)
    message = "a value cannot begin with '{{': YAML takes it for a mapping"
    reading.found.append(error("CW204", message, inside, write(mend)))
    return Scalar(*place, reading.file.text[start:end], "")


def _last(opened: _Open, start: int) -> int:
    """Where a block collection's text ends: libyaml's end mark lies behind trailing comments."""
    return max((child.end for child in opened.children), default=start)


def _span(file: TextFile, event: Any) -> Span:
    start, end = event.start_mark, event.end_mark
    width = end.index - start.index if end.line == start.line else 1
    return Span(file.path, start.line + 1, start.column + 1, max(1, width))


def _shortened(text: str) -> str:
    text = text.rstrip()
    return text if len(text) <= 30 else text[:29] + "…"


def _unreadable_character(file: TextFile, problem: Any) -> Trap:
    # libyaml counts the bytes of the UTF-8 it was given
    at = len(file.text.encode("utf-8", "replace")[: int(problem.position)].decode("utf-8", "ignore"))
    line = file.text.count("\n", 0, at) + 1
    column = at - (file.text.rfind("\n", 0, at) + 1) + 1
    message = f"a control character (U+{ord(file.text[at]):04X}) that YAML does not allow"
    return Trap("CW201", message, line, column, "delete it")
