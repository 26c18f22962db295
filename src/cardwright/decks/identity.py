"""What a thing is known by in Anki: guids, ids, and the digest of its content.

Everything here is made from the namespace and a name, once; released.lock holds the outcome and is
what counts from then on.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence

__all__ = ["births", "content_hash", "guid", "part_id", "settled_births", "stable_id", "word_digest"]

_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_GUID_LENGTH = 16
# Ids below 2^30 may be Anki's or add-ons' own; those of note types and decks in packages stay below 2^31.
_LOWEST, _HIGHEST = 1 << 30, 1 << 31
# Ids of genanki's note types, which learners may have from other decks.
_GENANKI = frozenset({1305534440, 1382232460, 1485830179, 1550428389, 1559383000})
# Milliseconds between two notes: room for the ids of their review cards.
_STEP = 10


def guid(namespace: str, kind: str, card: str, taken: Collection[str]) -> str:
    """A new note's guid: 16 letters and digits.

    Anki compares guids byte by byte and reads a leading `#` in its text format as a comment, so there is
    nothing in them but letters and digits.
    """
    for counter in range(len(taken) + 1):
        number = _number("note", namespace, kind, card, *([str(counter)] if counter else []))
        made = ""
        while len(made) < _GUID_LENGTH:
            number, digit = divmod(number, len(_LETTERS))
            made += _LETTERS[digit]
        if made not in taken:
            return made
    raise AssertionError("more guids than notes")


def stable_id(namespace: str, what: str, taken: Collection[int]) -> int:
    """The id of a note type or a deck: in [2^30, 2^31), none of Anki's or genanki's, none that is taken."""
    made = _LOWEST + _number("id", namespace, what) % (_HIGHEST - _LOWEST)
    while made in taken or made in _GENANKI:
        made = made + 1 if made + 1 < _HIGHEST else _LOWEST
    return made


def part_id(namespace: str, what: str, taken: Collection[int]) -> int:
    """The id of a field or a template: below 2^53, so that it survives JSON readers, and not taken."""
    made = _number("part", namespace, what) % (1 << 53)
    while made in taken or not made:
        made = (made + 1) % (1 << 53)
    return made


def content_hash(kind: str, fields: Mapping[str, str], tags: Sequence[str]) -> str:
    """The digest by which a note's content is known to have changed.

    `fields` holds HTML in NFC by field name; empty ones do not count, so that a spare field which is put to use changes
    no other note. Where a note came from and its card's id are no content: the caller leaves them out.
    """
    content = {"fields": {name: value for name, value in fields.items() if value}, "kind": kind, "tags": sorted(tags)}
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def word_digest(text: str) -> str:
    """A short digest of words: capitals, spaces and line breaks do not count."""
    words = " ".join(unicodedata.normalize("NFC", text).casefold().split())
    return hashlib.sha256(words.encode()).hexdigest()[:12]


def births(count: int, now: int, taken: Iterable[int]) -> list[int]:
    """Note ids for `count` new notes, ascending, in milliseconds: the latest free ones that are past.

    Review cards take their ids just above their note's, so a second is kept clear below `now`.
    """
    used = set(taken)
    found: list[int] = []
    candidate = (now - 1000) // _STEP * _STEP
    while len(found) < count:
        if candidate not in used:
            found.append(candidate)
        candidate -= _STEP
    return found[::-1]


def settled_births(born: Mapping[str, int], taken: Iterable[int]) -> dict[str, int]:
    """Note ids by guid with no two alike: after a merge of two branches, the greater guid moves to an earlier time.

    `taken` are ids of notes elsewhere, which are kept clear of where one moves.
    """
    used = {*taken, *born.values()}
    settled: dict[str, int] = {}
    seen: set[int] = set()
    for each in sorted(born):
        time = born[each]
        if time in seen:
            while time in used:
                time -= _STEP
            used.add(time)
        seen.add(time)
        settled[each] = time
    return settled


def _number(*parts: str) -> int:
    """A number from texts; each part's length is in it, so that ("ab", "c") is not ("a", "bc")."""
    text = "".join(f"{len(part)}:{part}" for part in parts)
    return int.from_bytes(hashlib.sha256(text.encode()).digest(), "big")
