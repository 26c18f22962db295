"""Emphasis, code, links and escapes inside a line of Markdown.

Markdown documents use it, and plain text too, which is full of Markdown in practice.
Every repetition is bounded, so that no line takes more than linear time.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right

from cardwright.documents.prose import Mark, Prose

__all__ = ["inline"]

_HINT = re.compile(r"[*_`\\\[&<~]")
_TOKEN = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?P<ticks>`{1,3})(?P<code>[^`]{1,400})(?P=ticks)"
    r"|(?:\*\*(?=[^\s*])(?P<strong>(?:[^*]|\*(?!\*)){0,400}?[^\s*])\*\*)"
    r"|(?:(?<![A-Za-z0-9_])__(?=[^\s_])(?P<strong2>[^_]{0,400}?[^\s_])__(?![A-Za-z0-9_]))"
    r"|(?:\*(?=[^\s*])(?P<em>[^*]{0,400}?[^\s*])\*(?!\*))"
    r"|(?:(?<![A-Za-z0-9_])_(?=[^\s_])(?P<em2>[^_]{0,400}?[^\s_])_(?![A-Za-z0-9_]))"
    r"|!\[(?P<alt>[^\[\]]{0,300})\]\([^()\s]{0,600}(?:\s\"[^\"]{0,200}\")?\)"
    r"|\[(?P<link>[^\[\]]{1,400})\]\((?:[^()\s]|\([^()\s]{0,100}\)){0,600}?(?:\s\"[^\"]{0,200}\")?\)"
    r"|<(?P<auto>https?://[^\s<>]{1,600})>"
    r"|(?P<entity>&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)"
    r"|~~(?=[^\s~])(?P<struck>[^~]{0,400}?[^\s~])~~"  # taken back by who wrote it
    r"|(?P<tag></?[A-Za-z][^<>]{0,300}>|<!--(?:[^-]|-(?!->)){0,400}-->)"
)
_ELEMENTS = {"strong": "strong", "strong2": "strong", "em": "em", "em2": "em", "code": "code", "link": "", "alt": ""}
# Emphasis inside emphasis inside a link: no sentence needs more.
_DEEPEST = 4


def inline(raw: Prose, tags: bool = False) -> Prose:
    """The prose without its markup, marked with what that said. `tags`: HTML tags are markup too."""
    if not _HINT.search(raw.chars):
        return raw
    pieces: list[tuple[str, int]] = []
    marks: list[Mark] = []
    _scan(raw, 0, len(raw.chars), tags, pieces, marks, 0, 0)
    read = Prose.built(pieces)
    read.marks = marks
    return read


def _scan(
    raw: Prose,
    start: int,
    end: int,
    tags: bool,
    pieces: list[tuple[str, int]],
    marks: list[Mark],
    length: int,
    depth: int,
) -> int:
    """Append what stands from start to end; give the length of the text so far."""
    chars = raw.chars
    done = start

    def take(first: int, last: int) -> None:
        """Characters as they stand, piece by piece where the prose was joined from several."""
        nonlocal length
        while first < last:
            stop = _piece_end(raw, first, last)
            pieces.append((chars[first:stop], raw.at(first)))
            length += stop - first
            first = stop

    for match in _TOKEN.finditer(chars, start, end):
        kind = match.lastgroup or ""
        if kind == "tag" and not tags:
            continue
        take(done, match.start())
        done = match.end()
        if kind in _ELEMENTS:
            first, last = match.span(kind)
            begun = length
            if kind == "code" or depth >= _DEEPEST:
                take(first, last)
            else:
                length = _scan(raw, first, last, tags, pieces, marks, length, depth + 1)
            if _ELEMENTS[kind] and length > begun:
                marks.append(Mark(begun, length, _ELEMENTS[kind]))
            continue
        if kind in ("escaped", "auto"):
            take(*match.span(kind))
        elif kind == "entity":
            piece = html.unescape(match[0])
            pieces.append((piece, raw.at(match.start())))
            length += len(piece)
        elif match[0][:3].lower() == "<br":
            pieces.append(("\n", raw.at(match.start())))
            length += 1
    take(done, end)
    return length


def _piece_end(raw: Prose, first: int, last: int) -> int:
    """Where the piece that holds `first` ends, at most `last`."""
    following = bisect_right(raw.starts, first)
    return min(last, raw.starts[following]) if following < len(raw.starts) else last
