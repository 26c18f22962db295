"""Patterns on the text of documents: RE2's dialect, so that none can hang a run."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Protocol

__all__ = ["Found", "Pattern", "compiled"]

# The ends of a text, whatever lines are in it, flags that make `^` and `$` such ends, and a byte of a character.
_WHOLE = re.compile(r"\\[AzC]|\(\?[a-zA-Z]*-[a-zA-Z]*m")
# Room in which RE2 keeps what it has learned of a pattern; with less it forgets all, again and again, where a pattern
# counts far ("[^:]{10,260}").
_ROOM = 16 << 20


class Found(Protocol):
    """What a pattern found in a text: where all of it and each group begin and end, -1 for a group not there."""

    def span(self, group: int = 0, /) -> tuple[int, int]:
        """Where a group stands, in characters of the text."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern ready to search; `numbers` are those of its named groups, in the order of `groups`.

    `lines` is what finds it in UTF-8 of many texts with a line for each, whose ends `^` and `$` then are; nothing it
    finds runs over a line's end. One that may speak of the ends of the whole text (`alone`) has to be asked of each
    text by itself.
    """

    source: str
    groups: tuple[str, ...]
    numbers: tuple[int, ...]
    alone: bool
    lines: Any = field(compare=False, repr=False)

    def search(self, text: str, at: int = 0) -> Found | None:
        """What is found in one text from a place on."""
        found: Found | None = (self.lines if "\n" not in text else _over_lines(self.source)).search(text, at)
        return found


def compiled(source: str) -> tuple[Pattern | None, str, str]:
    """A pattern, or what is wrong with it and the way out. Case is ignored unless `(?-i)` says otherwise."""
    import re2

    try:
        ready = _ready(source, never_nl=True)
    except (re2.error, UnicodeError) as problem:
        reason = problem.args[0] if problem.args else ""
        text = reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)
        text = text.replace("(?m)", "", 1)
        return None, text, _way_out(text)
    groups = tuple(sorted(ready.groupindex, key=lambda name: ready.groupindex[name]))
    return (
        Pattern(
            source,
            groups,
            tuple(ready.groupindex[name] for name in groups),
            _WHOLE.search(source) is not None,
            ready,
        ),
        "",
        "",
    )


def _ready(source: str, *, never_nl: bool) -> Any:
    import re2

    options = re2.Options()
    options.log_errors = False
    options.case_sensitive = False
    options.never_nl = never_nl
    options.max_mem = _ROOM
    return re2.compile(f"(?m){source}", options)


@lru_cache(maxsize=256)
def _over_lines(source: str) -> Any:
    """The same pattern for a text that has lines itself."""
    return _ready(source, never_nl=False)


def _way_out(reason: str) -> str:
    if re.search(r"\(\?<?[=!]", reason):
        return "RE2 has no lookaround: write the text itself, and use 'unless' for what must not be there"
    if re.search(r"escape sequence: \\[1-9gk]", reason):
        return "RE2 has no backreferences: name both parts, (?P<a>...) and (?P<b>...), or use two rules"
    if "escape sequence" in reason:
        return "RE2 does not know this escape; to mean the character itself, write it without the backslash"
    if "repetition" in reason or "too large" in reason:
        return "at most 1000 repetitions, and none of a group that repeats itself as often"
    return "see https://github.com/google/re2/wiki/Syntax"
