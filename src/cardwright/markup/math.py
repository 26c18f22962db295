r"""Math in fields: `$..$`, `$$..$$`, `\(..\)` and `\[..\]`, kept from every other rule of Markdown.

Money is no math: see `math_at`. Anki typesets what stands in `\(..\)` and `\[..\]`.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cardwright.markup.deletion import split_marks

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline

__all__ = ["Math", "block_math", "inline_math", "math_at", "math_html"]

_CLOSING = {"$": "$", "$$": "$$", "\\(": "\\)", "\\[": "\\]"}
# The next thing that can end a formula, or that shows that none began: an escape counts as one thing.
_NEXT_DOLLAR = re.compile(r"(?:\\[^\n]|[^$\\\n])*\$")
_NEXT_DOUBLE = re.compile(r"(?:\\.|[^$\\\n]|\$(?!\$)|\n(?![ \t]*\n))*\$\$", re.DOTALL)
_NEXT_BRACKET = re.compile(r"(?:\\[^()\[\]]|[^\\\n]|\n(?![ \t]*\n))*\\[()\[\]]")
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Math:
    """A formula in a text: its opening delimiter, its TeX, and the offset behind its end."""

    opening: str
    content: str
    end: int

    @property
    def display(self) -> bool:
        """Whether it stands on a line of its own."""
        return self.opening in ("$$", "\\[")

    @property
    def source(self) -> str:
        """The formula as it was written."""
        return self.opening + self.content + _CLOSING[self.opening]


def math_at(text: str, at: int, end: int) -> Math | None:
    """The formula that begins at offset `at` and ends before `end`, or None.

    `$..$` is one line, with no space inside its delimiters, no letter or digit before the opening
    and after the closing one; the first dollar sign after the opening one must be the closing one. So
    `$170,000 to $220,000`, `$5 and $6` and `US$5` stay text. Braces of a formula pair up.
    """
    opening = text[at : at + 2]
    if opening == "$$":
        return _delimited(text, at, end, opening, _NEXT_DOUBLE)
    if opening in ("\\(", "\\["):
        return _delimited(text, at, end, opening, _NEXT_BRACKET)
    if opening[:1] != "$" or (at and text[at - 1].isalnum()):
        return None
    found = _delimited(text, at, end, "$", _NEXT_DOLLAR)
    if found is None or found.content[:1].isspace() or found.content[-1:].isspace():
        return None
    follower = text[found.end : min(found.end + 1, end)]
    return None if follower.isalnum() or follower == "$" else found


def _delimited(text: str, at: int, end: int, opening: str, up_to_closing: re.Pattern[str]) -> Math | None:
    start = at + len(opening)
    match = up_to_closing.match(text, start, end)
    closing = _CLOSING[opening]
    if match is None or not match[0].endswith(closing):
        return None
    content = match[0][: -len(closing)]
    return Math(opening, content, match.end()) if content.strip() and _is_safe(content) else None


def _is_safe(content: str) -> bool:
    """Whether braces pair up and nothing inside would end the formula early in Anki; `[$]..[/$]` is none either."""
    if content.startswith("]"):
        return False
    depth = 0
    for match in _BRACE.finditer(content):
        if match[0] == "{":
            depth += 1
        elif match[0] == "}":
            depth -= 1
            if depth < 0:
                return False
        elif match[0] in ("\\(", "\\)", "\\[", "\\]"):
            return False
    return depth == 0


def math_html(content: str, *, display: bool, cloze: bool) -> str:
    """TeX between Anki's delimiters, escaped.

    In a cloze field a space parts closing braces and double colons, which are Anki's own marks there;
    TeX does not mind it.
    """
    if cloze:
        pieces = split_marks(content, tex=True)
        followers = [part for _, part in pieces[1:]] + [""]
        content = "".join(
            part if mark else _parted(part, follower) for (mark, part), follower in zip(pieces, followers, strict=True)
        )
    content = html.escape(content, quote=False)
    return f"\\[{content}\\]" if display else f"\\({content}\\)"


def _parted(tex: str, follower: str) -> str:
    parted = re.sub(r"\}(?=\})", "} ", tex).replace("::", ": :")
    return parted + " " if parted.endswith("}") and follower == "}}" else parted


def inline_math(state: StateInline, silent: bool) -> bool:
    """The rule for math in a line of Markdown."""
    if state.src[state.pos] not in "$\\":
        return False
    found = math_at(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        token = state.push("math", "", 0)
        token.content, token.markup = found.content, found.opening
        token.meta = {"display": found.display, "source": found.source}
    state.pos = found.end
    return True


def block_math(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    r"""The rule for `$$` or `\[` that opens a line: what follows up to the closing one is no list and no table."""
    at = state.bMarks[start] + state.tShift[start]
    if state.src[at : at + 2] not in ("$$", "\\["):
        return False
    found = math_at(state.src, at, state.eMarks[end - 1])
    if found is None:
        return False
    last = start
    while state.eMarks[last] < found.end:
        last += 1
        if last >= end or state.sCount[last] < state.blkIndent:
            return False
    if state.src[found.end : state.eMarks[last]].strip():
        return False
    if silent:
        return True
    token = state.push("math", "", 0)
    token.block = True
    token.content, token.markup, token.map = found.content, found.opening, [start, last + 1]
    token.meta = {"display": True, "source": found.source}
    state.line = last + 1
    return True
