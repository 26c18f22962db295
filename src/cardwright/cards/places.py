"""Where a stretch of a card's text stands in its file."""

from __future__ import annotations

import re

from cardwright.cards.words import normal
from cardwright.diagnostics import Span
from cardwright.files import TextFile
from cardwright.yamltext import Scalar

__all__ = ["place_in"]

_ESCAPE = re.compile(r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|\r\n|.)", re.DOTALL)


def place_in(file: TextFile, node: Scalar, start: int, end: int) -> Span:
    """The place in the file of what stands between two offsets of a field's normal form.

    Text and file are read side by side: YAML's indentation, folded lines, doubled quotes and escapes are passed over.
    Where they cannot be brought together, the place is that of the whole value.
    """
    whole = node.span(file.path)
    value = node.value.replace("\r\n", "\n")
    text = normal(node.value)
    if text not in value:  # another form of accents moves all offsets
        return whole
    before = value.index(text)
    found = _offset(file.text, node, value, before + start)
    if found < 0:
        return whole
    line_end = re.compile(r"[\r\n]|\Z").search(file.text, found)
    last = line_end.start() if line_end else found
    stop = _offset(file.text, node, value, before + end - 1) if end > start else found
    line = file.text.count("\n", 0, found) + 1
    column = found - (file.text.rfind("\n", 0, found) + 1) + 1
    return Span(file.path, line, column, max(1, min(stop + 1, last) - found))


def _offset(source: str, node: Scalar, value: str, wanted: int) -> int:
    """Where a character of the value is spelt in the source; -1 where the two are not the same text."""
    at = node.start
    if node.style in ("|", ">"):
        at = source.find("\n", at, node.end) + 1
    elif node.style:
        at += 1
    for position, character in enumerate(value[: wanted + 1]):
        while at < node.end and source[at] != character and source[at] in " \t\r\n":
            at += 1
        length = _spelt(source, at, character, node.style)
        if at >= node.end or not length:
            return -1
        if position == wanted:
            return at
        at += length
    return -1


def _spelt(source: str, at: int, character: str, style: str) -> int:
    """How many characters of the source spell this one; 0 for: it is another one."""
    if style == "'" and source.startswith("''", at):
        return 2 if character == "'" else 0
    if style == '"' and (escape := _ESCAPE.match(source, at)):
        return escape.end() - at
    if source[at : at + 1] == character:
        return 1
    return 0
