"""The words of a field: their normal form, and what may not stand in them."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

__all__ = ["LARGE", "LARGEST", "Oddity", "blank", "normal", "oddity"]

# Bytes of UTF-8 in one field. Anki shows a megabyte, but neither a person nor a phone enjoys it.
LARGEST = 1024 * 1024
LARGE = 32 * 1024

# Tab and line feed are text. The line and paragraph separators and the noncharacters are shown by no
# editor, and YAML takes some of them for line ends.
_UNSHOWN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
# In a name these too: nobody could type it again.
_NOT_IN_NAMES = re.compile("[\t\n\u200b\u2060\ufeff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069\n]")
_EMBEDDINGS = "\u202a\u202b\u202d\u202e"
_ISOLATES = "\u2066\u2067\u2068"


class Oddity(NamedTuple):
    """A character that may not stand where it stands: its code, what it is, the way out."""

    code: str
    character: str
    message: str
    help: str


def normal(text: str) -> str:
    """A text as it is compared and learned: NFC, lines ended by a line feed, no blank edges."""
    text = text.replace("\r\n", "\n").strip(" \t\n")
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def blank(text: str) -> bool:
    """Whether nothing in the text can be seen."""
    return not any(not each.isspace() and unicodedata.category(each) != "Cf" for each in text)


def oddity(text: str, *, lines: bool = True) -> Oddity | None:
    """The first character that must not be in a text; with `lines` off, in a name of one line."""
    if found := _SURROGATE.search(text):
        return Oddity(
            "CW702" if lines else "CW414",
            found[0],
            f"half of a character (U+{ord(found[0]):04X}), which no file can hold",
            "write the character itself",
        )
    found = _UNSHOWN.search(text)
    if not found and not lines:
        found = _NOT_IN_NAMES.search(text)
    if found:
        kind = "a control" if unicodedata.category(found[0]) == "Cc" else "an invisible"
        name = {"\t": "a tab", "\n": "a line end"}.get(found[0], f"{kind} character (U+{ord(found[0]):04X})")
        return Oddity(
            "CW701" if lines else "CW414",
            found[0],
            f"{name} cannot stand here",
            "delete it, or put a space in its place",
        )
    if not text.isascii() and (turned := _unclosed(text)):
        return Oddity(
            "CW703" if lines else "CW416",
            turned,
            f"a mark that turns the direction of text (U+{ord(turned):04X}) has no partner in its line",
            "delete it; what follows would be shown in another order than it is written",
        )
    return None


def _unclosed(text: str) -> str:
    """The first direction mark without its partner; each line stands for itself, as in Unicode's rules."""
    opened: list[str] = []
    for found in _BIDI.finditer(text + "\n"):
        mark = found[0]
        if mark in _EMBEDDINGS or mark in _ISOLATES:
            opened.append(mark)
        elif mark == "\n":
            if opened:
                return opened[0]
        elif not opened or (opened[-1] in _ISOLATES) != (mark == "\u2069"):
            return opened[0] if opened else mark
        else:
            opened.pop()
    return ""
