"""The form that memory files share: a header line, then one compact JSON object a line, ordered by its key."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from cardwright.diagnostics import Diagnostic, Span, error
from cardwright.files import TextFile

__all__ = ["compact", "read_header", "read_lines", "write_lines"]

_MARKERS = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")


def read_header(file: TextFile) -> dict[str, Any]:
    """The first line as an object; empty where it is none."""
    header = _object(file.text.split("\n", 1)[0])
    return header if isinstance(header, dict) else {}


def read_lines(file: TextFile, kind: str, version: int) -> tuple[list[tuple[int, dict[str, Any]]], list[Diagnostic]]:
    """The objects below the header with their line numbers, and what is wrong with the file.

    Each object has a text under "key"; neither order nor repeated keys are judged here.
    """
    found: list[Diagnostic] = []
    header = read_header(file)
    if header.get("cardwright") != kind:
        message = f"the first line does not say that this is a memory of what was {kind}"
        found.append(error("CW621", message, _at(file, 1), f"bring the file back as it was: git restore {file.path}"))
        return [], found
    if header.get("version") != version or isinstance(header["version"], bool):
        message = f"this memory has version {header.get('version')}, and this Cardwright knows version {version}"
        return [], [error("CW622", message, _at(file, 1), "use the version of Cardwright that wrote it")]
    entries: list[tuple[int, dict[str, Any]]] = []
    conflict = 0
    for number, line in enumerate(file.text.split("\n")[1:], 2):
        text = line.rstrip("\r")
        if not text.strip():
            continue
        if text.startswith(_MARKERS):
            conflict = conflict or number
            continue
        entry = _object(text)
        if isinstance(entry, dict) and isinstance(entry.get("key"), str):
            entries.append((number, entry))
            continue
        what = entry if isinstance(entry, str) else "it is no JSON object with a 'key'"
        way_out = f"bring the line back as it was: git restore {file.path}"
        found.append(error("CW623", f"a damaged line: {what}", _at(file, number, len(text)), way_out))
    if conflict:
        way_out = (
            "keep the lines of both sides; where both have a line with the same 'key', keep the one whose 'mod' is "
            "larger; delete the lines that begin with <<<<<<<, |||||||, ======= or >>>>>>>"
        )
        found.append(error("CW624", "git could not merge here and left its markers", _at(file, conflict, 7), way_out))
    return entries, found


def write_lines(kind: str, version: int, entries: Iterable[Mapping[str, Any]], **header: str) -> str:
    """The text of a memory file; entries in any order, `header` holds what the first line says besides."""
    lines = [compact({"cardwright": kind, "version": version, **header})]
    lines.extend(compact(entry) for entry in sorted(entries, key=lambda each: str(each["key"])))
    return "\n".join(lines) + "\n"


def compact(value: object) -> str:
    """JSON in its shortest form, readable in any script."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _object(line: str) -> object:
    """What a line holds; a text says why it cannot be used."""
    try:
        value = json.loads(line, object_pairs_hook=_once, parse_constant=_no_number)
        if "\\u" in line:
            compact(value).encode()
    except UnicodeEncodeError:
        return "it holds half of a character (U+D800 to U+DFFF)"
    except (ValueError, RecursionError):
        return "it is no JSON object with each key once"
    return None if isinstance(value, str) else value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError("a key stands twice")
    return value


def _no_number(name: str) -> None:
    raise ValueError(name)


def _at(file: TextFile, line: int, width: int = 1) -> Span:
    return Span(file.path, line, 1, width)
