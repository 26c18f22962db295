"""YAML in which every scalar is text and every node knows its place.

Built on the events of libyaml, as PyYAML passes them on, so that `no`, `22:30`, `1.10`
and `0755` mean themselves. Problems come back as diagnostics in plain words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from cardwright.diagnostics import Diagnostic, Related, Span, error
from cardwright.files import TextFile

__all__ = ["Mapping", "Node", "Scalar", "Sequence", "parse"]

# Deeper than any file of a project; a guard against files made to exhaust the reader.
DEEPEST = 24

_COMMENT_GLUED = re.compile(r"[ \t]+#(?=[^\s#!-])")


@dataclass(frozen=True, slots=True)
class Node:
    """A node: `line` and `column` count from 1, `start` and `end` are offsets into the text."""

    line: int
    column: int
    start: int
    end: int

    def span(self, path: str) -> Span:
        """The place as a diagnostic wants it; a node of several lines is marked by its first character."""
        return Span(path, self.line, self.column, 1)


@dataclass(frozen=True, slots=True)
class Scalar(Node):
    """A text. `style` is "" for plain, else the character YAML uses: ' " | or >."""

    value: str = ""
    style: str = ""

    def span(self, path: str) -> Span:
        """The text itself where it stands on one line."""
        width = self.end - self.start if self.style not in ("|", ">") else 1
        return Span(path, self.line, self.column, max(1, width))


@dataclass(frozen=True, slots=True)
class Sequence(Node):
    """A list."""

    items: tuple[Node, ...] = ()
    flow: bool = False


@dataclass(frozen=True, slots=True)
class Mapping(Node):
    """Keys in the order of the file; each key keeps its own node for its place."""

    entries: dict[str, Node] = field(default_factory=dict)
    keys: dict[str, Scalar] = field(default_factory=dict)
    flow: bool = False


@dataclass(slots=True)
class _Open:
    """A collection whose end has not come yet."""

    event: Any
    mapping: bool
    anchor: str
    children: list[Node] = field(default_factory=list)


def parse(file: TextFile) -> tuple[Node | None, list[Diagnostic]]:
    """Read a file's one YAML document; None where it is empty or cannot be read at all."""
    import yaml
    from yaml.cyaml import CParser  # type: ignore[attr-defined]  # the stubs do not know it

    found: list[Diagnostic] = []
    try:
        root = _build(CParser(file.text), file, found)
    except yaml.reader.ReaderError as problem:
        found.append(_unreadable_character(file, problem))
        return None, found
    except yaml.MarkedYAMLError as problem:
        found.append(_in_plain_words(file, problem))
        return None, found
    return root, found


def _build(parser: Any, file: TextFile, found: list[Diagnostic]) -> Node | None:
    """Turn events into nodes with a stack of our own, so that depth cannot exhaust Python's."""
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
            node = _scalar(event, file, found)
        elif kind == "AliasEvent":
            node = _aliased(event, anchors, file, found)
        elif kind in ("MappingStartEvent", "SequenceStartEvent"):
            if len(stack) >= DEEPEST:
                found.append(error("CW206", "nested too deeply", _span(file, event), "these files need no such depth"))
                return root
            stack.append(_Open(event, kind.startswith("Map"), event.anchor or ""))
            continue
        elif kind in ("MappingEndEvent", "SequenceEndEvent"):
            opened = stack.pop()
            node = _close(opened, event, file, found)
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


def _scalar(event: Any, file: TextFile, found: list[Diagnostic]) -> Scalar:
    start, end = event.start_mark, event.end_mark
    if event.tag:
        found.append(
            error(
                "CW204",
                f"YAML reads '{event.tag}' as a type and drops it from the text",
                _span(file, event),
                "put the value in single quotes",
            )
        )
    style = event.style or ""
    if not style:
        cut = _COMMENT_GLUED.match(file.text, end.index) if end.index else None
        if cut:
            rest = file.text[cut.end() - 1 :].split("\n", 1)[0]
            found.append(
                error(
                    "CW204",
                    f"YAML takes '{_shortened(rest)}' for a comment and drops it",
                    Span(file.path, end.line + 1, end.column + (cut.end() - 1 - end.index) + 1, max(1, len(rest))),
                    "put the whole value in single quotes, or a space after '#' if a comment is meant",
                )
            )
    return Scalar(start.line + 1, start.column + 1, start.index, end.index, event.value, style)


def _aliased(event: Any, anchors: dict[str, Node], file: TextFile, found: list[Diagnostic]) -> Node:
    node = anchors.get(event.anchor)
    if node is None:
        found.append(
            error(
                "CW204",
                f"YAML reads '*{event.anchor}' as a reference to '&{event.anchor}', which is nowhere above",
                _span(file, event),
                "put the value in single quotes if text is meant",
            )
        )
        start = event.start_mark
        return Scalar(start.line + 1, start.column + 1, start.index, event.end_mark.index, f"*{event.anchor}", "")
    return node


def _close(opened: _Open, end: Any, file: TextFile, found: list[Diagnostic]) -> Node:
    start = opened.event.start_mark
    stop = end.end_mark.index if opened.event.flow_style else _last(opened, start.index)
    place = (start.line + 1, start.column + 1, start.index, stop)
    if not opened.mapping:
        return Sequence(*place, items=tuple(opened.children), flow=bool(opened.event.flow_style))
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


def _unreadable_character(file: TextFile, problem: Any) -> Diagnostic:
    # libyaml counts the bytes of the UTF-8 it was given
    at = len(file.text.encode("utf-8", "replace")[: int(problem.position)].decode("utf-8", "ignore"))
    line = file.text.count("\n", 0, at) + 1
    column = at - (file.text.rfind("\n", 0, at) + 1) + 1
    return error(
        "CW201",
        f"a control character (U+{ord(file.text[at]):04X}) that YAML does not allow",
        Span(file.path, line, column),
        "delete it",
    )


# What libyaml says, and what it means to a person: (its words, character at the place, our words, the way out).
_QUOTE = "put the whole value in single quotes"
_MEANINGS: tuple[tuple[str, str, str, str], ...] = (
    ("found character that cannot start any token", "\t", "a tab where YAML wants spaces", "indent with spaces"),
    ("found a tab character", "", "a tab where YAML wants spaces", "indent with spaces"),
    ("found character that cannot start any token", "@`%", "a value cannot begin with this character", _QUOTE),
    ("found character that cannot start any token", "", "this character cannot stand here", _QUOTE),
    ("mapping values are not allowed", "", "': ' inside a value makes YAML see a second key", _QUOTE),
    ("block sequence entries are not allowed", "", "a value cannot begin with '- '", _QUOTE),
    ("did not find expected alphabetic or numeric", "", "YAML takes a leading '*' or '&' for a reference", _QUOTE),
    ("did not find expected comment or line break", "", "YAML takes a leading '>' or '|' for a block of text", _QUOTE),
    (
        "found unexpected end of stream",
        "",
        "a quote is opened and never closed",
        "close it, or double it ('') inside single quotes",
    ),
    ("found unexpected document indicator", "", "a quote is opened and never closed", "close it before this line"),
    ("did not find expected ',' or ']'", "", "YAML takes a leading '[' for a list that is never closed", _QUOTE),
    ("did not find expected ',' or '}'", "", "YAML takes a leading '{' for a mapping that is never closed", _QUOTE),
    ("could not find expected ':'", "", "this line is no 'key: value'", "indent it below its key, or give it a key"),
    (
        "did not find expected key",
        "",
        "this does not fit what stands before it",
        "check the indentation and the quotes around here",
    ),
    (
        "did not find expected '-' indicator",
        "",
        "this does not fit the list above it",
        "begin it with '- ' or indent it",
    ),
    (
        "found unknown escape character",
        "",
        "a backslash in double quotes starts an escape that YAML does not know",
        "use single quotes",
    ),
)


def _in_plain_words(file: TextFile, problem: Any) -> Diagnostic:
    mark = problem.problem_mark or problem.context_mark
    line, column = mark.line + 1, mark.column + 1
    lines = file.text.split("\n")
    if line > len(lines) or (line == len(lines) and not lines[-1] and problem.context_mark):
        mark = problem.context_mark or mark  # at the end of the file only the beginning helps
        line, column = mark.line + 1, mark.column + 1
    text = lines[line - 1] if line <= len(lines) else ""
    at = text[column - 1 : column]
    tab = text[: len(text) - len(text.lstrip())].find("\t")
    if tab >= 0:
        return error("CW202", "a tab where YAML wants spaces", Span(file.path, line, tab + 1), "indent with spaces")
    after_quote = re.match(r"""\s*(?:- )?[\w-]+:\s+(["']).*\1\s*$""", text[: column - 1])
    if after_quote and at:
        return error(
            "CW201",
            "text goes on after the closing quote",
            Span(file.path, line, column),
            f"{_QUOTE}, and double each single quote inside",
        )
    for words, characters, message, way_out in _MEANINGS:
        if words in problem.problem and (not characters or (at and at in characters)):
            code = "CW202" if "tab" in message else "CW201"
            return error(code, message, Span(file.path, line, column), way_out)
    return error("CW201", problem.problem, Span(file.path, line, column), "check the YAML around this place")
