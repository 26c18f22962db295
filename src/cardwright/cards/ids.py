"""Readable ids for cards: from words to letters, digits and hyphens, each one once."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Collection

__all__ = ["ID", "LONGEST", "mint", "slug"]

# What an id may look like. People may write longer ones than are minted.
ID = r"[a-z0-9][a-z0-9-]{0,79}"
LONGEST = 60

# Letters and signs that lose their meaning, or vanish, where Unicode takes accents off.
_SPELLED = str.maketrans(
    {
        "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i",
        "&": " and ", "%": " percent ", "'": "", "’": "",
    }
)  # fmt: skip
_CLOZE = re.compile(r"\{\{c\d+::(.*?)(?:::.*?)?\}\}", re.DOTALL)


def slug(text: str) -> str:
    """A text as an id of at most 60 characters, cut between words; "" where no letter or digit is left."""
    text = _CLOZE.sub(r"\1", text[:1000]).lower().replace("c++", "cpp").replace("c#", "c-sharp").translate(_SPELLED)
    plain = unicodedata.normalize("NFKD", text).lower()
    marks_off = "".join(each for each in plain if not unicodedata.combining(each))
    return _cut("-".join(re.findall(r"[a-z0-9]+", marks_off)), LONGEST)


def mint(wish: str, label: str, taken: Collection[str]) -> str:
    """An id that nobody has: the wish, else with the document's label behind it, else with a number.

    `taken` holds ids in small letters. The same wish, label and taken ids give the same id.
    """
    base = slug(wish) or f"card-{hashlib.sha256(wish.encode('utf-8', 'replace')).hexdigest()[:8]}"
    if base not in taken:
        return base
    suffix = slug(label)
    if suffix and not base.endswith(suffix):
        base = _joined(base, _cut(suffix, LONGEST // 2))
        if base not in taken:
            return base
    number = 2
    while (numbered := _joined(base, str(number))) in taken:
        number += 1
    return numbered


def _joined(base: str, suffix: str) -> str:
    return f"{_cut(base, LONGEST - len(suffix) - 1)}-{suffix}"


def _cut(words: str, length: int) -> str:
    """Words joined by hyphens, no longer than `length`; a single longer word is cut through."""
    if len(words) <= length:
        return words
    whole = words[: length + 1].rpartition("-")[0]
    return whole or words[:length]
