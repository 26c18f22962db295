"""Another text for one value of a YAML file, and not a byte of difference elsewhere.

The value keeps the style it was written in where the new text can stand in it. Whoever writes the outcome
reads it back before and compares it with what was meant; an alias of YAML, for one, shows only then.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from collections.abc import Sequence as Several

from cardwright.cards.style import INDENT, scalar
from cardwright.files import TextFile
from cardwright.yamltext import Mapping, Node, Scalar, Sequence, parse

__all__ = ["on_one_line", "replace_scalar", "replace_scalars", "replaced"]

# An anchor is part of a node for libyaml; comments and line ends may stand behind it.
_ANCHOR = re.compile(r"&[^\s,\[\]{}]+(?:[ \t]*(?:#[^\n]*)?\r?\n)*[ \t]*")
_HEADER = re.compile(r"([|>])([-+1-9]*)([^\r\n]*)(\r?\n|$)")
_LINE = re.compile(r"[^\n]*(?:\n|$)")
# What stands between a value and the end of its line where a block may begin instead.
_COMMENT = re.compile(r"[ \t]*(?:#[^\r\n]*|)(?=\r?\n|$)")
# Characters that no reader sees, or that YAML takes for line ends: only escapes hold them.
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_NOT_QUOTABLE = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def replace_scalar(file: TextFile, node: Scalar, text: str) -> str:
    """The file's text with another value for a scalar of it; `text` is in normal form (no blank edges).

    Plain, single or double quotes and blocks stay what they are; where the text cannot stand so, it is put
    into single quotes, and several lines into a block (in brackets, and where several lines were written so, into
    double quotes with escapes).
    """
    return replace_scalars(file, [(node, text)])


def replace_scalars(file: TextFile, changes: Several[tuple[Scalar, str]]) -> str:
    """Several values at once; the nodes are different ones of this file."""
    root, _ = parse(file)
    around = dict(_surroundings(root)) if root is not None else {}
    text = file.text
    for node, value in sorted(changes, key=lambda each: each[0].start, reverse=True):
        column, flow = around.get(node.start, (0, False))
        text = replaced(text, node, value, column, flow=flow)
    return text


def _surroundings(root: Node) -> Iterator[tuple[int, tuple[int, bool]]]:
    """For the start of each scalar: the column (from 0) of the collection around it, and whether brackets are."""
    waiting: list[tuple[Node, int, bool]] = [(root, 0, False)]
    while waiting:
        node, column, flow = waiting.pop()
        if isinstance(node, Scalar):
            yield node.start, (column, flow)
        elif isinstance(node, (Mapping, Sequence)):
            inside = node.entries.values() if isinstance(node, Mapping) else node.items
            waiting += ((each, node.column - 1, flow or node.flow) for each in inside)


def replaced(text: str, node: Scalar, value: str, column: int, *, flow: bool) -> str:
    """The text with another value for a scalar; `column` (from 0) is that of the collection around it."""
    anchor = _ANCHOR.match(text, node.start, node.end)
    start = anchor.end() if anchor else node.start
    if node.style in ("|", ">"):
        return _in_block(text, start, node, value, column)
    before, after = text[:start], text[node.end :]
    if start == node.end and before[-1:].strip():
        before += " "  # there was no value, so nothing parts its place from the key or the anchor
    # whoever wrote several lines with escapes wants them so
    escaped = node.style == '"' and "\n" in node.value and "\n" not in text[start : node.end]
    if "\n" in value and not flow and not escaped and (rest := _COMMENT.match(after)) and _fits_block(value):
        line_end = "\r\n" if after[rest.end() :].startswith("\r\n") or "\r\n" in text[:start] else "\n"
        return f"{before}|-{rest[0]}{_lines(value, ' ' * (column + INDENT), line_end)}{after[rest.end() :]}"
    return before + on_one_line(value, node.style, flow=flow) + after


def on_one_line(value: str, style: str, *, flow: bool) -> str:
    """A value without a block; several lines become escapes in double quotes."""
    if style == '"' or _NOT_QUOTABLE.search(value):
        escaped = json.dumps(value, ensure_ascii=False)
        return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04X}", escaped)
    if style == "'" or not value:
        return "'" + value.replace("'", "''") + "'"
    return scalar(value, flow=flow)


def _in_block(text: str, start: int, node: Scalar, value: str, column: int) -> str:
    """The text with other lines in a block; its header keeps its chomping and its comment."""
    header = _HEADER.match(text, start)
    assert header is not None
    lines = [each for each in _LINE.finditer(text, header.end(), node.end) if each[0].strip(" \t\r\n")]
    # only lines with text are written anew: those that are blank below them stay
    end = lines[-1].start() + len(lines[-1][0].rstrip("\r\n")) if lines else header.end() - len(header[4])
    if not value or not _fits_block(value):
        return text[:start] + on_one_line(value, "", flow=False) + header[3] + text[end:]
    indent = min(len(each[0]) - len(each[0].lstrip(" ")) for each in lines) if lines else column + INDENT
    style = "|" if "\n" in value else header[1]
    chomping = "".join(sign for sign in header[2] if sign in "-+")
    line_end = header[4] or "\n"
    return f"{text[:start]}{style}{chomping}{header[3]}{_lines(value, ' ' * indent, line_end)}{text[end:]}"


def _lines(value: str, indent: str, line_end: str) -> str:
    """The lines of a block, each behind a line end."""
    return "".join(line_end + (indent + line if line else "") for line in value.split("\n"))


def _fits_block(value: str) -> bool:
    """Whether a block holds the text as it is; escapes are for quotes."""
    return not any(_NOT_QUOTABLE.search(line) for line in value.split("\n"))
