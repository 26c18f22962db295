"""Cloze fields: their HTML, their numbers, answers and blanks, as Anki itself reads them.

Everything here is read off the rendered field with Anki's grammar, so it cannot differ from what Anki will see.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from cardwright.markup.deletion import Deletion, deletions, is_cut, parse_deletions
from cardwright.markup.markdown import plain_html, render
from cardwright.markup.plain import plain_parts, without_joints

__all__ = ["cloze_answers", "cloze_blank", "cloze_numbers", "cloze_to_html"]

_BLANK = "[...]"
# A hint stands in brackets of Anki's: `[sound:x.mp3]` would be played.
_MEDIA_HINT = re.compile(r"\s*/?(?:sound:|anki:|latex|\$)", re.IGNORECASE)


def cloze_to_html(text: str, image: Callable[[str], str | None] | None = None) -> str:
    """A cloze field as HTML for Anki, its `{{c1::answer::hint}}` kept and what is in them rendered.

    Where markup begins inside a deletion and ends outside, the field is shown as written, without markup:
    Anki would cut the HTML apart.
    """
    rendered = render(text, image, cloze=True)
    parts = parse_deletions(rendered)
    if is_cut(parts):
        rendered = plain_html(text)
        parts = parse_deletions(rendered)
    return _with_safe_hints(rendered, parts)


def _with_safe_hints(rendered: str, parts: list[str | Deletion]) -> str:
    at = {each.hint_at for each in deletions(parts) if _MEDIA_HINT.match(each.hint)}
    for start in sorted(at, reverse=True):
        while rendered[start].isspace():
            start += 1
        rendered = f"{rendered[:start]}&#{ord(rendered[start])};{rendered[start + 1 :]}"
    return rendered


def cloze_numbers(text: str) -> tuple[int, ...]:
    """The numbers for which Anki makes review cards, ascending. 0 is none of them."""
    found = deletions(parse_deletions(cloze_to_html(text)))
    return tuple(sorted({number for each in found for number in each.numbers if number}))


def cloze_answers(text: str) -> dict[int, str]:
    """For each number what it hides, as plain text, several joined by `; `; by ascending number."""
    answers: dict[int, list[str]] = {}
    for each in deletions(plain_parts(text)):
        for number in each.numbers:
            answers.setdefault(number, []).append(without_joints(each.answer).strip())
    return {number: "; ".join(answers[number]) for number in sorted(answers) if number}


def cloze_blank(text: str) -> str:
    """The field as plain text with every deletion blank: `[...]`, or its hint in brackets."""
    shown = [each if isinstance(each, str) else f"[{each.hint}]" if each.hint else _BLANK for each in plain_parts(text)]
    return without_joints("".join(shown))
