"""What a card is called: the readable id it wishes for, and the key it is known by."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from cardwright.rules.marked import plain

__all__ = ["LONGEST_ID", "slug", "subject_key"]

LONGEST_ID = 48
SHORTEST_ID = 3
SUBJECT_WORDS = 8
_LITTLE = frozenset(
    re.findall(
        r"\w+",
        "a an and are as at be by do does for from in is it of on or that the this to was were will with you your",
    )
)


def slug(text: str, fallback: str) -> str:
    """An id from a text: small ASCII words with hyphens, at most 48 characters, cut between words.

    `fallback` begins the id of a text without any such word, told apart by a digest, and ends one that is too short.
    """
    ascii_text = unicodedata.normalize("NFKD", plain(text).replace("&", " and ")).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", ascii_text.lower().replace("'", ""))
    if len(words) > 5:
        words = [word for word in words if word not in _LITTLE] or words
    out = ""
    for word in words:
        longer = f"{out}-{word}" if out else word[:LONGEST_ID]
        if len(longer) > LONGEST_ID or out.count("-") >= 7:
            break
        out = longer
    if len(out) >= SHORTEST_ID:
        return out
    if out:
        return f"{out}-{fallback}"[:LONGEST_ID].rstrip("-")
    tag = hashlib.sha256(plain(text).encode("utf-8", "surrogatepass")).hexdigest()[:6]
    return f"{fallback[: LONGEST_ID - 7]}-{tag}"


def subject_key(text: str) -> str:
    """What a card is about, as one extraction remembers it for the next: small words, in any script."""
    words = re.findall(r"\w+", unicodedata.normalize("NFKC", plain(text)).casefold())
    return " ".join(words[:SUBJECT_WORDS])
