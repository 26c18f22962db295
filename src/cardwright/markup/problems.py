"""What is wrong with the markup of a field, as values with offsets into its text."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from cardwright.diagnostics import Severity
from cardwright.markup.markdown import IMAGE, LINK_SCHEMES, image_name, is_remote, is_too_much
from cardwright.markup.regions import outside, regions

__all__ = ["Problem", "field_problems"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem of a field. `start` and `end` are offsets into its text, in characters."""

    code: str
    message: str
    help: str
    start: int
    end: int
    severity: Severity = "error"


# Anki drops these without a word, but for U+001F, with which a whole package fails to import.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]+")
# No characters: surrogates without their pair cannot be stored, the others stand for nothing in any text.
_NO_CHARACTER = re.compile("[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]+")
# Seen by nobody; joiners of letters and of emoji, and the soft hyphen, are not among them.
_UNSEEN = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]|\n[ \t]*\n")
_ISOLATE_END, _EMBEDDING_END = "\u2069", "\u202c"
_TEX_NEAR = re.compile(r"\\[A-Za-z]|[A-Za-z0-9)}]\^[A-Za-z0-9({\\]|_\{")
_CLOZE = re.compile(r"\{\{c[0-9,]+::")
_LINK = re.compile(r"(?<!!)\[[^\[\]\n]*\]\(([^()\s]+)")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")


def field_problems(text: str, *, cloze: bool = False) -> list[Problem]:
    """The problems of any field, in the order of their places; `cloze` says that the field may hold clozes."""
    return list(_problems(text, cloze))


# Asked when a card is read, and again when it becomes a note.
@functools.lru_cache(maxsize=1 << 16)
def _problems(text: str, cloze: bool) -> tuple[Problem, ...]:
    bare = outside(text)
    found = [*_characters(text), *_directions(text), *_unfinished_math(text, bare), *_links(bare), *_images(bare)]
    if not cloze:
        found += _stray_clozes(bare)
    if is_too_much(text):
        found.append(
            Problem(
                "CW708",
                "this field is too long, too deep or too full of brackets for Markdown, and shown as written",
                "make several cards of it",
                0,
                len(text),
                "warning",
            )
        )
    return tuple(sorted(found, key=lambda problem: (problem.start, problem.code)))


def _characters(text: str) -> Iterator[Problem]:
    for match in _CONTROL.finditer(text):
        code = f"U+{ord(match[0][0]):04X}"
        yield Problem("CW701", f"a control character ({code}) that Anki does not keep", "delete it", *match.span())
    for match in _NO_CHARACTER.finditer(text):
        code = f"U+{ord(match[0][0]):04X}"
        yield Problem(
            "CW702", f"{code} is half a character or none", "delete it, or paste the text again", *match.span()
        )


def _directions(text: str) -> Iterator[Problem]:
    """Marks of writing direction that nothing ends within their paragraph, or that end nothing; others nobody sees."""
    opened: list[re.Match[str]] = []
    unpaired: list[re.Match[str]] = []
    for match in _DIRECTION.finditer(text):
        mark = match[0]
        if mark[0] == "\n":
            unpaired += opened
            opened = []
        elif mark not in (_ISOLATE_END, _EMBEDDING_END):
            opened.append(match)
        elif opened and (opened[-1][0] >= "\u2066") == (mark == _ISOLATE_END):
            opened.pop()
        else:
            unpaired.append(match)
    opened = unpaired + opened
    if not opened and (unseen := _UNSEEN.search(text)):
        yield Problem(
            "CW709",
            f"U+{ord(unseen[0]):04X} cannot be seen, and makes a text that looks the same another one",
            "delete it, unless the writing needs it",
            *unseen.span(),
            "warning",
        )
    for match in opened:
        yield Problem(
            "CW703",
            f"U+{ord(match[0]):04X} turns the direction of the text and has no partner",
            "delete it; right-to-left text needs no such mark",
            *match.span(),
        )


def _unfinished_math(text: str, bare: str) -> Iterator[Problem]:
    """A delimiter that opens no formula although TeX follows on its line: one report a line."""
    at = 0
    for line in bare.split("\n"):
        written = text[at : at + len(line)]
        dollar = line.find("$")
        if dollar >= 0 and _TEX_NEAR.search(written, dollar):
            yield Problem(
                "CW704",
                "a '$' that begins no formula, with what looks like TeX behind it",
                "write $x^2$ on one line, with no space inside the dollar signs and no letter or digit beside them; "
                "pair the braces; write \\$ where money is meant",
                at + dollar,
                at + dollar + 1,
                "warning",
            )
        at += len(line) + 1
    seen = 0
    for region in regions(text):
        if region.start < seen or region.kind != "escape" or text[region.start + 1] != "(":
            continue
        end = text.find("\n", region.end)
        seen = end if end >= 0 else len(text)
        if _TEX_NEAR.search(text, region.end, seen):
            yield Problem(
                "CW704",
                "a '\\(' that begins no formula, with what looks like TeX behind it",
                "end the formula with \\) and pair its braces",
                region.start,
                region.end,
                "warning",
            )


def _stray_clozes(bare: str) -> Iterator[Problem]:
    for match in _CLOZE.finditer(bare):
        yield Problem(
            "CW705",
            f"'{match[0]}' hides nothing here: this is no cloze field",
            "write the text under the key 'cloze', or put it in backticks if it is meant as shown",
            *match.span(),
            "warning",
        )


def _links(bare: str) -> Iterator[Problem]:
    for match in _LINK.finditer(bare):
        address = match[1]
        if address.lower().startswith(LINK_SCHEMES):
            continue
        if scheme := _SCHEME.match(address):
            message, way_out = f"a link to '{scheme[0]}' is shown as written", "links go to http, https or mailto"
        elif re.match(r"\w[\w-]*(?:\.[\w-]+)+", address):
            message, way_out = f"'{address}' is no address, so the link is shown as written", "begin it with https://"
        else:
            continue
        yield Problem("CW706", message, way_out, *match.span(1), "warning")


def _images(bare: str) -> Iterator[Problem]:
    for match in IMAGE.finditer(bare):
        if is_remote(image_name(match[2])):
            yield Problem(
                "CW707",
                "an image from elsewhere is not shown",
                "save it beside the card file and write its name",
                *match.span(2),
            )
