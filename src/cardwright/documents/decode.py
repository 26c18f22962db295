"""Bytes of a document -> its text, with newlines normalised.

All offsets that documents carry count characters of the text made here.
"""

from __future__ import annotations

import codecs

from cardwright.diagnostics import Diagnostic, Span, error, warning

__all__ = ["LARGEST_DOCUMENT", "decode"]

LARGEST_DOCUMENT = 10 * 1024 * 1024

# Longer marks first: the mark of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Enough to tell an encoding by; the detection is slow on megabytes.
_SAMPLE = 64 * 1024
_CONTROLS = bytes(range(32)).translate(None, b"\t\n\f\r\x1b") + b"\x7f"


def decode(data: bytes, shown: str) -> tuple[str | None, list[Diagnostic]]:
    """The text of a document without byte order mark, lines ending in a single newline; None where there is none."""
    if len(data) > LARGEST_DOCUMENT:
        size = f"the document has {len(data) / 1048576:.1f} MiB; the limit is {LARGEST_DOCUMENT >> 20} MiB"
        return None, [error("CW103", size, Span(shown), "split it into several documents")]
    text, found = _decoded(data, shown)
    if text is None:
        return None, found
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        found.append(
            error("CW101", "the document is empty", Span(shown), "put its text into the file, or delete the file")
        )
        return None, found
    return text, found


def _decoded(data: bytes, shown: str) -> tuple[str | None, list[Diagnostic]]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _in_encoding(data, encoding, shown)
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if b"\0" in data or controls * 10 > len(data):
        first = next(index for index, byte in enumerate(data) if byte in _CONTROLS)
        line = data.count(b"\n", 0, first) + 1
        column = first - data.rfind(b"\n", 0, first)
        message = f"this is no text: byte {data[first]:#04x} stands here"
        return None, [error("CW102", message, Span(shown, line, column), "save the document as .txt, .md or .html")]
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError as problem:
        return _in_encoding(data, _likely_encoding(data, problem.start), shown)


def _in_encoding(data: bytes, encoding: str, shown: str) -> tuple[str | None, list[Diagnostic]]:
    name = codecs.lookup(encoding).name.upper()
    text = data.decode(encoding, errors="replace")
    broken = text.count("\ufffd")
    if broken * 20 > len(text) or "\0" in text:
        message = f"this is no text: it can be read neither as UTF-8 nor as {name}"
        return None, [error("CW102", message, Span(shown), "save the document as UTF-8 text")]
    message = f"the document is not UTF-8; it was read as {name}"
    if broken:
        message += f", and {broken} characters could not be read"
    help_ = "save it as UTF-8; where letters look wrong in the outline, the encoding was guessed wrong"
    return text, [warning("CW104", message, Span(shown), help_)]


def _likely_encoding(data: bytes, first_bad: int) -> str:
    """The encoding told by the bytes around the first one that is not UTF-8; CP1252 where nothing tells."""
    from charset_normalizer import from_bytes

    begin = max(0, first_bad - _SAMPLE // 2)
    sample = data[begin : begin + _SAMPLE]
    best = from_bytes(sample).best()
    if best is None or best.encoding in ("ascii", "utf_8"):
        return "cp1252"
    return best.encoding
