"""Acronyms where they are spelled out, in either order, their initials checked."""

from __future__ import annotations

import re

from cardwright.documents.blocks import every
from cardwright.documents.page import Page, visible
from cardwright.documents.wording import word_set

__all__ = ["mark_acronyms", "spells_out"]

_SHORT = r"[A-Z][A-Za-z0-9&/.-]{0,8}[A-Z0-9]s?|[A-Z]{2}s?"
# An acronym in brackets, behind what it stands for.
_BEHIND = re.compile(rf"\(({_SHORT})(?=[),;])")
# An acronym before what it stands for, which is in brackets or behind a dash.
_BEFORE = re.compile(
    rf"(?<![\w-])({_SHORT})(?:\s?\(|\s[-–—]\s|,?\sor\s|,\sshort for\s)([A-Za-z][A-Za-z0-9 ,&'’/-]{{2,100}})"
)
_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9'’.]*|&")
_SMALL = word_set("a an and as at by for from in into of on or per the to up via with &")
_MOST_LETTERS = 8
_FAR_BEHIND = 130


def mark_acronyms(page: Page) -> None:
    """Mark each acronym that stands beside its expansion with what it stands for."""
    for block in every(page.root):
        if not block.text or block.tag == "pre":
            continue
        text = visible(block.prose)
        for match in _BEHIND.finditer(text):
            begin = max(0, match.start() - _FAR_BEHIND)
            title = _before(text[begin : match.start()], match[1])
            if title:
                block.prose.mark(match.start(1), match.end(1), "abbr", title=title)
        for match in _BEFORE.finditer(text):
            title = _after(match[2], match[1])
            if title:
                block.prose.mark(match.start(1), match.end(1), "abbr", title=title)


def _before(text: str, short: str) -> str:
    """The words at the end of the text that the acronym stands for."""
    words = list(_WORD.finditer(_clause(text)))
    offset = len(text) - len(_clause(text))
    if not words or text[offset + words[-1].end() :].strip(" \"”'’"):
        return ""
    for count in range(1, min(len(words), _MOST_LETTERS + 4) + 1):
        first = words[-count]
        if first[0].lower() not in _SMALL and spells_out([each[0] for each in words[-count:]], short):
            return " ".join(text[offset + first.start() : offset + words[-1].end()].split())
    return ""


def _clause(text: str) -> str:
    """What stands behind the last full stop or bracket: an expansion does not reach over it."""
    return re.split(r"[.;:!?](?=\s)|[()\[\]]", text)[-1]


def _after(text: str, short: str) -> str:
    """The words at the beginning of the text that the acronym stands for."""
    words = list(_WORD.finditer(text))
    for count in range(min(len(words), _MOST_LETTERS + 4), 0, -1):
        if words[count - 1][0].lower() not in _SMALL and spells_out([each[0] for each in words[:count]], short):
            return " ".join(text[: words[count - 1].end()].split())
    return ""


def spells_out(words: list[str], short: str) -> bool:
    """Whether the words' initials make the acronym.

    Small words may be passed over, a plural s does not count, and a word may give more
    letters than its first ("Hypertext Markup Language" for HTML).
    """
    letters = re.sub(r"[^A-Za-z0-9]", "", short[:-1] if short.endswith("s") and short[:-1].isupper() else short).lower()
    parts = [part for word in words for part in re.split(r"[-/]", word.lower()) if part and part != "&"]
    if len(letters) < 2 or not parts or sum(part not in _SMALL for part in parts) > len(letters):
        return False
    if sum(part not in _SMALL for part in parts) < 2:
        return False
    return _spells(parts, letters)


def _spells(parts: list[str], letters: str) -> bool:
    """Each part gives its initial and perhaps more letters, in order; small parts may give none."""
    reached = {0}
    for part in parts:
        following: set[int] = set(reached) if part in _SMALL else set()
        for begin in reached:
            end, at = begin, 0
            while end < len(letters) and (at := part.find(letters[end], at)) >= 0 and not (end == begin and at):
                end, at = end + 1, at + 1
                following.add(end)
        reached = following
        if not reached:
            return False
    return len(letters) in reached
