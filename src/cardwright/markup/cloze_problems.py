"""What is wrong with the deletions of a cloze field."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from cardwright.markup.cloze import cloze_numbers
from cardwright.markup.deletion import DEEPEST, OPENING, Deletion, cut_deletion, deletions, parse_deletions
from cardwright.markup.markdown import render
from cardwright.markup.plain import html_text
from cardwright.markup.problems import Problem
from cardwright.markup.regions import without_false_marks

__all__ = ["HIGHEST", "cloze_problems"]

# Anki makes no further review cards above 500; one less leaves room for the way it counts.
HIGHEST = 499
# What people write for a deletion and Anki does not take for one.
_ALMOST = re.compile(r"\{\{[ \t]*(?:[cC][ \t]*[0-9][0-9, ]*[ \t]*:{1,2}|[0-9][0-9, ]*[ \t]*::)")
_MARK = re.compile(r"\{\{c[0-9,]+::|\}\}")


def cloze_problems(text: str) -> list[Problem]:
    """The problems of a field as a cloze, in the order of their places; those of any field are not among them."""
    return list(_problems(text))


# Asked when a card is read, and again when it becomes a note.
@functools.lru_cache(maxsize=1 << 16)
def _problems(text: str) -> tuple[Problem, ...]:
    marked = without_false_marks(text)
    parts = parse_deletions(marked)
    found = [*_marks(marked), *_deletions(marked, parts)]
    found += _rendered(text, marked, parts)
    if not found and not cloze_numbers(text):
        found.append(
            Problem(
                "CW710",
                "this cloze hides nothing",
                "put what to recall in {{c1::...}}, or write front and back",
                0,
                len(text),
            )
        )
    return tuple(sorted(found, key=lambda problem: (problem.start, problem.code)))


def _marks(marked: str) -> Iterator[Problem]:
    """Openings that nothing closes, that stand too deep, or that Anki does not know."""
    opened: list[re.Match[str]] = []
    for match in _MARK.finditer(marked):
        if match[0] != "}}":
            opened.append(match)
            if len(opened) == DEEPEST + 1:
                yield Problem(
                    "CW717", f"Anki sees no more than {DEEPEST} deletions in one another", "nest fewer", *match.span()
                )
        elif opened:
            opened.pop()
    for match in opened:
        yield Problem(
            "CW714",
            f"'{match[0]}' is never closed, and Anki drops the text behind it",
            "close the deletion with }}",
            *match.span(),
        )
    for match in _ALMOST.finditer(marked):
        if not OPENING.match(marked, match.start()):
            yield Problem(
                "CW714", f"'{match[0]}' begins no deletion", "write {{c1::...}}, with no spaces", *match.span()
            )


def _deletions(marked: str, parts: list[str | Deletion]) -> Iterator[Problem]:
    for match in OPENING.finditer(marked):
        numbers = [each for each in match[1].split(",") if each]
        if not numbers or any(len(each) > 9 or int(each) > HIGHEST for each in numbers):
            yield Problem("CW712", f"numbers of deletions go from 1 to {HIGHEST}", "number them from 1", *match.span(1))
        elif any(int(each) == 0 for each in numbers):
            yield Problem("CW711", "Anki makes no review card for number 0", "number deletions from 1", *match.span(1))
    for each in deletions(parts):
        if _ends_early(each):
            yield Problem(
                "CW715",
                "'}}' ends the deletion here, although a brace is open in it",
                "write '} }' inside a deletion, or put the formula in $..$ and code in backticks",
                each.end - 2,
                each.end,
            )


def _ends_early(deletion: Deletion) -> bool:
    """Whether a brace of the deletion's own text is still open at its end; a lone `{` may be what it hides."""
    own = "".join(part for part in deletion.parts if isinstance(part, str)) + deletion.hint
    return own.count("{") > own.count("}") and own.strip("{ ") != ""


def _rendered(text: str, marked: str, parts: list[str | Deletion]) -> Iterator[Problem]:
    """What only the rendered field tells: empty answers, and deletions that Markdown cuts or hides."""
    rendered = list(deletions(parse_deletions(render(text, None, cloze=True))))
    written = list(deletions(parts))
    same = [each.numbers for each in rendered] == [each.numbers for each in written]
    places = [(each.start, each.end) if same else (0, len(text)) for each in (written if same else rendered)]
    for (start, end), each in zip(places, rendered, strict=True):
        if not html_text(each.answer):
            yield Problem("CW713", "a deletion that hides nothing", "write the answer in it", start, end)
        elif cut_deletion(each):
            yield Problem(
                "CW716",
                "emphasis, code or a list begins inside this deletion and ends outside, or the other way round; "
                "the field is shown as written",
                "let a deletion hold whole words of emphasis, and give each list item a deletion of its own",
                start,
                end,
            )
            return
    if not same and _MARK.search(marked):
        yield Problem(
            "CW716",
            "Markdown hides or changes the marks of a deletion here",
            "look for backticks, dollar signs or backslashes without their partner, and for deletions in alt texts",
            0,
            len(text),
        )
