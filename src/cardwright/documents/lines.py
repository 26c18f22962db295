"""The lines of a plain text: what each looks like by itself, and whether the text wraps them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from cardwright.documents.prose import Prose

__all__ = ["BULLETS", "Line", "Marker", "marker_of", "read_lines", "rule_character", "wrap_width"]

BULLETS = "-*+•–—·‣▪◦●○►➤✓✔➢"
_NUMBER = re.compile(r"\(?(\d{1,3})[.)]\s+(?=\S)")
_STEP = re.compile(
    r"(?:step|stage|round|phase|part|tip|rule|lesson|mistake|reason)\s(\d{1,2})\s?[:.–—-]\s+(?=\S)", re.IGNORECASE
)
_LETTER = re.compile(r"\(?([A-Za-z])[.)]\s+(?=\S)")
# An emoji or symbol before a heading, or what is left of one when its UTF-8 was read as Greek or Latin:
# its first byte is then one of these letters, the others are rarely letters of English.
_ORNAMENT = re.compile(
    rf"(?![{BULLETS}])(?:[πβðâ][^\sA-Za-z0-9\"']{{0,7}}|[\u2190-\u2bff\u3000-\u303f\ufe0f\U0001f000-\U0001faff]{{1,8}})"
    r"[\s\x80-\xa0]{1,4}(?:ο[^\sA-Za-z0-9]{0,4}[\s\x80-\xa0]{1,4})?(?=[A-Z0-9\"“'‘(])"
)
_WIDEST_WRAP = 132
_NARROWEST_WRAP = 30


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank: its text without outer space, and the offset where that begins.

    `ornament`: an emoji, or its remains, stood before the text. `gap`: blank lines came before.
    """

    chars: str
    start: int
    indent: int
    gap: bool
    ornament: bool

    @property
    def end(self) -> int:
        """The offset behind the text."""
        return self.start + len(self.chars)

    def prose(self, skip: int = 0) -> Prose:
        """The text from character `skip` on."""
        rest = self.chars[skip:]
        kept = rest.lstrip()
        return Prose.of(kept, self.start + skip + len(rest) - len(kept))


@dataclass(frozen=True, slots=True)
class Marker:
    """What makes a line an item: the kind of marker (its glyph, `1` or `a`), its number, its width."""

    kind: str
    number: int
    width: int


def read_lines(text: str) -> list[Line]:
    """All lines but the blank ones."""
    lines: list[Line] = []
    offset = 0
    gap = False
    for raw in text.split("\n"):
        stripped = raw.strip()
        if not stripped:
            gap = True
        else:
            lead = raw[: len(raw) - len(raw.lstrip())]
            start = offset + len(lead)
            found = _ORNAMENT.match(stripped)
            if found:
                start += found.end()
                stripped = stripped[found.end() :]
            lines.append(Line(stripped, start, len(lead.expandtabs(4)), gap, bool(found)))
            gap = False
        offset += len(raw) + 1
    return lines


def marker_of(line: Line) -> Marker | None:
    """The marker an item's line begins with. A letter counts as one only beside its neighbour; the caller looks."""
    chars = line.chars
    if chars[0] in BULLETS:
        if len(chars) == 1:
            return Marker("alone", 0, 1)
        if chars[1].isspace():
            return Marker(chars[0], 0, 2)
        # Only glyphs that mean nothing else may stand against their text.
        return Marker(chars[0], 0, 1) if chars[0] in "•‣▪◦●►➤✓✔➢" else None
    if number := _NUMBER.match(chars) or _STEP.match(chars):
        return Marker("1", int(number[1]), number.end())
    if letter := _LETTER.match(chars):
        return Marker("a", ord(letter[1].lower()) - ord("a") + 1, letter.end())
    return None


def rule_character(chars: str) -> str:
    """The character of a line that is nothing but a rule or an underline (`---`, `====`), else ""."""
    bare = chars.replace(" ", "")
    return bare[0] if len(bare) >= 3 and bare[0] in "-=*_~" and not bare.strip(bare[0]) else ""


def wrap_width(lines: Sequence[Line]) -> int:
    """The width at which the text wraps its lines, or 0 where each paragraph is one line.

    A text wraps where its long lines are of like width and many of them go on, in lower
    case, on the next line.
    """
    if len(lines) < 4:
        return 0
    widths = sorted(line.indent + len(line.chars) for line in lines)
    width = widths[min(len(widths) - 1, len(widths) * 19 // 20)]
    if not _NARROWEST_WRAP <= width <= _WIDEST_WRAP or widths[-1] > 3 * width:
        return 0
    goes_on = sum(
        1
        for line, following in pairwise(lines)
        if not following.gap
        and following.chars[0].islower()
        and line.chars[-1] not in ".!?:;"
        and line.indent + len(line.chars) > width * 0.6
    )
    return width if goes_on >= 2 and goes_on * 12 >= len(lines) else 0
