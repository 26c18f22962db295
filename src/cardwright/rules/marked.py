"""Text of a document with its emphasis, cut freely, and turned into Markdown at the end.

A marked text is a `str` in which private characters stand for where emphasis begins and
ends. All positions count plain characters, so that a pattern's spans can cut it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import islice

__all__ = ["CODE", "EMPHASIS", "HIDDEN", "STRONG", "cut", "cuts", "markdown", "plain", "wrap", "wrap_span"]

# Each mark is a pair: where it begins and where it ends.
STRONG = ("\ue000", "\ue001")
EMPHASIS = ("\ue002", "\ue003")
CODE = ("\ue004", "\ue005")
HIDDEN = ("\ue006", "\ue007")

_WRITTEN = {STRONG: ("**", "**"), EMPHASIS: ("*", "*"), CODE: ("`", "`"), HIDDEN: HIDDEN}
_BEGINS = {mark[0]: mark for mark in _WRITTEN}
_ENDS = {mark[1]: mark for mark in _WRITTEN}
_MARK = re.compile("[\ue000-\ue007]")
_PIECES = re.compile("([\ue000-\ue007])")
_NO_MARKS = dict.fromkeys(range(0xE000, 0xE008))

# Characters that a card's Markdown would take for its own, and only there. Headings, quotes, raw HTML and
# entities mean nothing in a card's fields.
_SPECIAL = re.compile(
    r"""\\(?=[!-/:-@\[-`{-~])          # a backslash before punctuation
      | (?<!\s)\*|\*(?!\s)|`
      | (?<![^\W_])_ | _(?![^\W_])     # an underscore, unless inside a word
      | \[(?=[^\]]{0,400}\]\()               # what could be a link or an image
      | \$(?![0-9\s]|$)                # a dollar sign that is no money
      | (?<=\S)\$(?![0-9])
    """,
    re.VERBOSE,
)
# Without one of these nothing above is found, and to look for one of a few characters is quick.
_SUSPECT = re.compile(r"[\\*`_\[$]")
_BLOCK = re.compile(r"(?P<lead>\d{1,9})(?=[.)](?:\s|$))|(?=[-+*](?:\s|$)|~~~)")

Run = tuple[tuple[str, str], int, int]


def plain(text: str) -> str:
    """The text alone, without marks."""
    return text if text.isascii() else _plain(text)


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    """The same for a text that could hold a mark; each is looked through once."""
    # Marks are private characters, which are no printable ones.
    return text if text.isprintable() or not _MARK.search(text) else text.translate(_NO_MARKS)


def wrap(text: str, mark: tuple[str, str]) -> str:
    """The text with a mark around it; blanks at its ends stay outside."""
    inner = text.strip()
    if not inner:
        return text
    begin = text.index(inner)
    return f"{text[:begin]}{mark[0]}{inner}{mark[1]}{text[begin + len(inner) :]}"


def wrap_span(text: str, start: int, end: int, mark: tuple[str, str]) -> str:
    """The text with a mark around the plain characters from `start` to `end`."""
    said, runs = _read(text)
    return _write(said, [*runs, (mark, start, end)])


def cut(text: str, start: int, end: int) -> str:
    """Characters `start` to `end`, counted in plain text; marks are cut with them."""
    return cuts(text, [(start, end)])[0]


def cuts(text: str, spans: Sequence[tuple[int, int]]) -> list[str]:
    """Several cuts of one text; the spans stand in order and do not overlap."""
    if text.isascii() or not _MARK.search(text):
        return [text[start:end] for start, end in spans]
    said, runs = _read(text)
    runs.sort(key=_outer_first)
    found = []
    done = 0
    for start, end in spans:
        while done < len(runs) and runs[done][2] <= start:
            done += 1
        clipped = []
        for mark, low, high in islice(runs, done, None):
            if low >= end:
                break
            clipped.append((mark, max(low, start) - start, min(high, end) - start))
        found.append(_write(said[start:end], clipped))
    return found


@lru_cache(maxsize=1024)
def markdown(text: str, *, opening: bool = True) -> str:
    """Markdown that renders to what the document said; HIDDEN marks stay in it.

    `opening` says that a line begins here, where "1." or "#" would mean something.
    """
    if text.isascii() or not _MARK.search(text):
        return _escaped(text, opening)
    said, runs = _read(text)
    kept: list[Run] = []
    for run in sorted(runs, key=_outer_first):
        mark, start, end = _trimmed(said, run)
        if start < end and (mark == HIDDEN or _can_be_written(said, start, end)):
            crosses = any(low < start < high < end for _, low, high in kept)
            doubled = any(other == mark and low <= start and end <= high for other, low, high in kept)
            if not crosses and not doubled:
                kept.append((mark, start, end))
    out: list[str] = []
    at = 0
    for position, written, verbatim in _edges(kept):
        piece = said[at:position]
        out.append(piece.replace("`", "'") if verbatim else _escaped(piece, opening and at == 0))
        out.append(written)
        at = position
    out.append(_escaped(said[at:], opening and at == 0))
    return "".join(out)


def _read(text: str) -> tuple[str, list[Run]]:
    """The plain text, and each mark with the span it covers."""
    said: list[str] = []
    opened: list[tuple[tuple[str, str], int]] = []
    runs: list[Run] = []
    at = 0
    for piece in _PIECES.split(text):
        if piece in _BEGINS:
            opened.append((_BEGINS[piece], at))
        elif piece in _ENDS:
            for index in range(len(opened) - 1, -1, -1):
                if opened[index][0] == _ENDS[piece]:
                    runs.append((*opened.pop(index), at))
                    break
        else:
            said.append(piece)
            at += len(piece)
    return "".join(said), runs


def _write(said: str, runs: Iterable[Run]) -> str:
    out: list[str] = []
    at = 0
    for position, mark in _turns([run for run in runs if run[1] < run[2]]):
        out += (said[at:position], mark)
        at = position
    return "".join([*out, said[at:]])


def _turns(runs: list[Run]) -> list[tuple[int, str]]:
    """Begin and end marks in the order in which they stand, properly nested at one position."""
    turns = []
    for number, (mark, start, end) in enumerate(runs):
        turns.append(((start, 1, -end, number), mark[0]))
        turns.append(((end, 0, -start, -number), mark[1]))
    turns.sort(key=lambda turn: turn[0])
    return [(place[0], mark) for place, mark in turns]


def _edges(runs: list[Run]) -> list[tuple[int, str, bool]]:
    """Where Markdown's own characters go: (position, characters, whether the text before it is code)."""
    edges = []
    codes = 0
    for position, mark in _turns(runs):
        pair = _BEGINS.get(mark)
        verbatim = codes > 0
        if pair:
            codes += pair == CODE
            edges.append((position, _WRITTEN[pair][0], verbatim))
        else:
            pair = _ENDS[mark]
            codes -= pair == CODE
            edges.append((position, _WRITTEN[pair][1], verbatim))
    return edges


def _outer_first(run: Run) -> tuple[int, int]:
    return (run[1], -run[2])


def _trimmed(said: str, run: Run) -> Run:
    mark, start, end = run
    piece = said[start:end]
    return mark, start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def _can_be_written(said: str, start: int, end: int) -> bool:
    """Whether Markdown would see emphasis here: inside a word it does not, next to punctuation."""
    before, after = said[start - 1 : start], said[end : end + 1]
    opens = said[start].isalnum() or not before.isalnum()
    closes = said[end - 1].isalnum() or not after.isalnum()
    return opens and closes


def _escaped(text: str, opening: bool) -> str:
    """Plain text with a backslash before each character that Markdown would take for markup."""
    if _SUSPECT.search(text):
        text = _SPECIAL.sub(lambda found: "\\" + found[0], text)
    block = _BLOCK.match(text) if opening else None
    if block:
        lead = block["lead"] or ""
        text = f"{lead}\\{text[len(lead) :]}"
    return text
