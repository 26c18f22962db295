"""The form that memory files share: a header line, then one compact JSON object a line, ordered by its key."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cardwright.diagnostics import Diagnostic, Span, error
from cardwright.files import TextFile

__all__ = ["Form", "compact", "read_header", "read_lines", "write_lines"]

_MARKERS = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")


@dataclass(frozen=True, slots=True)
class Form:
    """Which memory a file is, and what is said of its faults: pairs of a code and a way out.

    `{path}` in a way out stands for the file. `headless` is the message where the first line is another one.
    """

    kind: str
    version: int
    headless: str
    no_header: tuple[str, str]
    other_version: tuple[str, str]
    damaged: tuple[str, str]
    conflict: tuple[str, str]

    def fault(self, which: tuple[str, str], message: str, place: Span) -> Diagnostic:
        """One of its faults with the file's own path in the way out."""
        code, way_out = which
        return error(code, message, place, way_out.replace("{path}", place.path))


def read_header(file: TextFile) -> dict[str, Any]:
    """The first line as an object; empty where it is none."""
    header = _object(file.text.split("\n", 1)[0])
    return header if isinstance(header, dict) else {}


def read_lines(file: TextFile, form: Form) -> tuple[list[tuple[int, dict[str, Any]]], list[Diagnostic]]:
    """The objects below the header with their line numbers, and what is wrong with the file.

    Neither keys nor their order are judged here. A header that a merge put there again is passed over.
    """
    found: list[Diagnostic] = []
    header = read_header(file)
    version = header.get("version")
    if header.get("cardwright") != form.kind:
        return [], [form.fault(form.no_header, form.headless, _at(file, 1))]
    if type(version) is not int or version != form.version:
        message = f"this memory has version {version}, and this Cardwright knows version {form.version}"
        return [], [form.fault(form.other_version, message, _at(file, 1))]
    entries: list[tuple[int, dict[str, Any]]] = []
    conflict = 0
    lines = [line.rstrip("\r") for line in file.text.split("\n")]
    for number, line in enumerate(lines[1:], 2):
        if not line.strip() or line == lines[0]:
            continue
        if line.startswith(_MARKERS):
            conflict = conflict or number
            continue
        entry = _object(line)
        if isinstance(entry, dict):
            entries.append((number, entry))
            continue
        what = entry if isinstance(entry, str) else "it is no JSON object with each key once"
        found.append(form.fault(form.damaged, f"a damaged line: {what}", _at(file, number, len(line))))
    if conflict:
        message = "git could not merge here and left its markers"
        found.append(form.fault(form.conflict, message, _at(file, conflict, 7)))
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
        if "\\u" in line or not line.isascii():
            compact(value).encode()
    except UnicodeEncodeError:
        return "half of a character (U+D800 to U+DFFF)"
    except (ValueError, RecursionError):
        return None
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
