"""Where YAML reads something else than a person wrote: said in plain words, with the line as it should be written.

Nothing here parses. A line that libyaml stumbled over is taken for `key: text`, and the text is put into single
quotes, in which YAML leaves everything as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["LINE_END", "Mend", "Trap", "explained", "mended", "quoted", "split_lines", "write"]

# What YAML takes for the end of a line.
LINE_END = "\r\n|[\n\r\x85\u2028\u2029]"

# A mended line longer than this is not shown: nobody would copy it.
LONGEST = 200
QUOTE = "put the whole value in single quotes, and double each single quote inside"

# `key: value`, `- value` or `- key: value`; a mapping's key is one word, or a file's name.
_ENTRY = re.compile(r"(?P<dashes>[ ]*(?:-[ ]+)*)(?P<key>[\w.-]+[ ]*:(?:[ \t]+|$))?(?P<value>.*)")
_BLOCK = re.compile(r"[|>][-+1-9]{0,2}[ \t]*(?:#.*)?$")
# An entry of a list in brackets; a gap of a cloze may stand in it.
_IN_BRACKETS = re.compile(r"(?:\{\{[^{}]*\}\}|[^,\]}])*")
_COMMENT = re.compile(r"[ \t]+#(?=[ \t]|$).*$")
_GLUED_KEY = re.compile(r"[ ]*(?:- +)*(?P<key>[a-z]+):(?=[^\s/])")


@dataclass(frozen=True, slots=True)
class Mend:
    """Lines `first` to `last` (from 1) as the one line `text`; `value` is what it then says."""

    first: int
    last: int
    text: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Trap:
    """What is wrong at a place (both from 1), the way out, and the lines mended where that is sure."""

    code: str
    message: str
    line: int
    column: int
    help: str
    mend: Mend | None = None
    width: int = 1


def split_lines(text: str) -> list[str]:
    """The lines of a text without their ends, counted as YAML counts them."""
    return re.split(LINE_END, text)


def quoted(value: str) -> str:
    """A text of one line in single quotes, as YAML reads them."""
    return "'" + value.replace("'", "''") + "'"


def write(mend: Mend | None, otherwise: str = QUOTE) -> str:
    """The way out: the mended line itself, or advice where there is none to show."""
    if mend is None or len(mend.text) > LONGEST:
        return otherwise
    return f"write: {mend.text.strip()}"


def mended(lines: Sequence[str], line: int, column: int = 0) -> Mend | None:
    """The value that stands on a line, with the lines it goes on over, in single quotes; None where there is none.

    Inside brackets only the entry at `column` (from 1) is quoted.
    """
    first = _beginning(lines, line)
    entry = _entry(lines, first)
    if entry is None:
        return None
    head, value = entry["dashes"] + (entry["key"] or ""), entry["value"]
    inside = first != line or len(head) < column - 1 <= len(head) + _shut(value)
    if value.startswith(("[", "{")) and inside:
        return _in_brackets(lines[first - 1], first, column - 1) if first == line else None
    last = _end(lines, first, entry)
    comment = _COMMENT.search(value) if value[:1] not in "'\"#" else None
    tail = comment[0] if comment and last == first else ""
    value = value[: len(value) - len(tail)]
    whole = " ".join([value.strip(), *(each.strip() for each in lines[first:last])])
    if not whole or any(ord(each) < 32 for each in whole.replace("\t", " ")):
        return None
    meant = _unwrapped(whole)
    return Mend(first, last, f"{head}{quoted(meant)}{tail}", meant)


def explained(lines: Sequence[str], words: str, at: tuple[int, int], context: tuple[int, int]) -> Trap:
    """What libyaml's `words` mean to a person. Both places are (line, column) from 1.

    `context` is where the construct began that libyaml was in.
    """
    line, column = context if "end of stream" in words or "did not find expected ',' or" in words else at
    if line > len(lines):
        line, column = context
    text = lines[line - 1] if line <= len(lines) else ""
    tab = text[: len(text) - len(text.lstrip())].find("\t")
    if tab >= 0:
        return Trap("CW202", "a tab where YAML wants spaces", line, tab + 1, "indent with spaces")
    for glued in (line, line - 1):
        if glued > 0 and (key := _GLUED_KEY.match(lines[glued - 1] if glued <= len(lines) else "")):
            spaced = f"{lines[glued - 1][: key.end()]} {lines[glued - 1][key.end() :]}"
            apart = Mend(glued, glued, spaced)
            message = f"a space is missing behind '{key['key']}:'"
            return Trap("CW201", message, glued, key.end(), write(apart, "write a space behind the colon"), apart)
    if (
        at[0] == context[0]
        and "did not find expected ',' or" in words
        and (trap := _behind_an_entry(lines, at, column))
    ):
        return trap
    if words in ("did not find expected key", "did not find expected '-' indicator") and (
        trap := _closed_too_early(lines, line, column)
    ):
        return trap
    for known, characters, message, way_out, sure in _MEANINGS:
        if known in words and (not characters or text[column - 1 : column] in tuple(characters)):
            mend = mended(lines, line, column) if way_out == QUOTE or way_out.endswith("%s") else None
            if way_out.endswith("%s"):
                way_out = way_out.replace("%s", write(mend, QUOTE))
            elif way_out == QUOTE:
                way_out = write(mend)
            return Trap(
                "CW202" if "tab" in message else "CW201", message, line, column, way_out, mend if sure else None
            )
    return Trap("CW201", words, line, column, "check the YAML around this place")


# What libyaml says, and what it means: (its words, characters at the place, our words, the way out, whether the
# mended line is surely what was meant). Where the way out is to quote, or ends in %s, the mended line is shown.
_MEANINGS: tuple[tuple[str, str, str, str, bool], ...] = (
    ("cannot start any token", "\t", "a tab where YAML wants spaces", "indent with spaces", False),
    ("found a tab character", "", "a tab where YAML wants spaces", "indent with spaces", False),
    ("cannot start any token", "@`%", "a value cannot begin with this character", QUOTE, True),
    ("cannot start any token", "", "this character cannot stand here", QUOTE, True),
    ("mapping values are not allowed", "", "': ' inside a value makes YAML see a second key", QUOTE, True),
    ("mapping keys are not allowed", "", "a value cannot begin with '? '", QUOTE, True),
    ("block sequence entries are not allowed", "", "a value cannot begin with '- '", QUOTE, True),
    ("expected alphabetic or numeric", "", "YAML takes a leading '*' or '&' for a reference", QUOTE, True),
    ("expected comment or line break", "", "YAML takes a leading '>' or '|' for a block of text", QUOTE, True),
    ("undefined tag handle", "", "YAML takes a leading '!' for a type", QUOTE, True),
    ("expected tag URI", "", "YAML takes a leading '!' for a type", QUOTE, True),
    ("expected whitespace or line break", "", "YAML takes a leading '!' for a type", QUOTE, True),
    ("did not find expected '!'", "", "YAML takes a leading '!' for a type", QUOTE, True),
    ("unexpected end of stream", "", "a quote is opened and never closed", "close it, or %s", True),
    ("unexpected document indicator", "", "a quote is opened and never closed", "close it before this line", False),
    (
        "did not find expected ',' or ']'",
        "",
        "a list is opened with '[' and never closed",
        "close it with ']'; if a text is meant, %s",
        False,
    ),
    (
        "did not find expected ',' or '}'",
        "",
        "YAML takes a leading '{' for a mapping, which is never closed",
        "close it with '}'; if a text is meant, %s",
        False,
    ),
    ("could not find expected ':'", "", "this line is no 'key: value'", "indent it, or give it a key", False),
    ("did not find expected node content", "", "a value cannot begin with this character", QUOTE, True),
    (
        "did not find expected key",
        "",
        "this does not fit what stands before it",
        "check the indentation and the quotes around here",
        False,
    ),
    (
        "did not find expected '-' indicator",
        "",
        "this does not fit the list above it",
        "begin it with '- ' or indent it",
        False,
    ),
    (
        "unknown escape character",
        "",
        "a backslash in double quotes starts an escape that YAML does not know",
        QUOTE,
        True,
    ),
)  # fmt: skip


def _closed_too_early(lines: Sequence[str], line: int, column: int) -> Trap | None:
    """Text behind a closing quote or bracket: the value began with one that was meant as text."""
    entry = _entry(lines, line)
    if entry is None or not entry["value"]:
        return None
    sign = entry["value"][0]
    begin = entry.start("value")
    if column - 1 <= begin or sign not in "'\"[{":
        return None
    mend = mended(lines, line)
    if sign in "'\"":
        return Trap("CW201", "text goes on after the closing quote", line, column, write(mend), mend)
    what = "a gap" if entry["value"].startswith("{{") else "a list" if sign == "[" else "a mapping"
    message = f"a value cannot begin with '{'{{' if what == 'a gap' else sign}': YAML takes it for "
    message += "a list" if sign == "[" else "a mapping"
    return Trap("CW204", message, line, begin + 1, write(mend), mend)


def _behind_an_entry(lines: Sequence[str], at: tuple[int, int], opened: int) -> Trap | None:
    """Text behind a quote or bracket that closed an entry in brackets; `opened` is the column of the outer one."""
    line, column = at
    begin = opened
    while (found := _IN_BRACKETS.match(lines[line - 1], begin)) and found.end() < column:
        begin = found.end() + 1
    if found is None or not found[0].strip() or found[0].strip()[0] not in "'\"[{":
        return None
    mend = _in_brackets(lines[line - 1], line, begin + len(found[0]) - len(found[0].lstrip()))
    return Trap("CW204", "text goes on after this entry was closed", line, column, write(mend), mend)


def _entry(lines: Sequence[str], line: int) -> re.Match[str] | None:
    """A line as an entry; None where it has neither a key nor a hyphen."""
    found = _ENTRY.match(lines[line - 1]) if 0 < line <= len(lines) else None
    return found if found and (found["key"] or "-" in found["dashes"]) else None


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip(" "))


def _beginning(lines: Sequence[str], line: int) -> int:
    """The line on which the value begins that `line` goes on with."""
    if not 0 < line <= len(lines):
        return line
    least = _indent(lines[line - 1])
    for number in range(line - 1, 0, -1):
        text = lines[number - 1]
        if not text.strip():
            continue
        entry = _entry(lines, number)
        if entry is not None and _column(entry) < least:
            goes_on = entry["value"] and not _BLOCK.match(entry["value"]) and not entry["value"].startswith("#")
            return number if goes_on else line
        if _indent(text) < least and entry is None:
            least = _indent(text)
        if _indent(text) < least:
            return line
    return line


def _column(entry: re.Match[str]) -> int:
    """How deep (from 0) lines must stand below to go on with this entry's value."""
    return len(entry["dashes"]) if entry["key"] else entry["dashes"].rindex("-")


def _end(lines: Sequence[str], first: int, entry: re.Match[str]) -> int:
    """The last line of a value: those below that are indented deeper than its key, up to a blank one."""
    last = first
    for text in lines[first:]:
        if not text.strip() or _indent(text) <= _column(entry):
            break
        last += 1
    return last


def _shut(value: str) -> int:
    """How far the bracket goes that a value begins with; to the end where it is never closed on its line."""
    depth = 0
    for at, sign in enumerate(value):
        depth += (sign in "[{") - (sign in "]}")
        if depth == 0:
            return at
    return len(value)


def _in_brackets(text: str, line: int, at: int) -> Mend | None:
    """One entry of a list in brackets, quoted."""
    found = _IN_BRACKETS.match(text, at)
    if found is None or not found[0].strip():
        return None
    meant = _unwrapped(found[0].strip())
    return Mend(line, line, f"{text[:at]}{quoted(meant)}{text[found.end() :]}", meant)


def _unwrapped(value: str) -> str:
    """A text without the quotes that a person put around all of it; those around a part of it stay."""
    sign = value[0]
    if sign in "'\"" and len(value) > 1 and value[-1] == sign:
        second = value.index(sign, 1)
        closes = second < len(value) - 1 and not value[second - 1].isspace() and not value[second + 1].isalnum()
        if not closes:
            return value[1:-1].replace("''", "'") if sign == "'" else value[1:-1].replace('\\"', '"')
    return value
