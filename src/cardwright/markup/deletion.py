"""Anki's own grammar of cloze deletions, over text or HTML.

Every rule here was measured with the real backend: a deletion is `{{c1::answer::hint}}`; its number
may be a list (`c1,2`), whose members over 65535 are passed over; the first `::` in a deletion parts answer and hint;
a deletion that is never closed does not exist; beyond ten nested ones an opening mark is not seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

__all__ = [
    "DEEPEST",
    "OPENING",
    "Deletion",
    "cut_deletion",
    "deletions",
    "is_cut",
    "is_unclosed",
    "parse_deletions",
    "split_marks",
]

OPENING = re.compile(r"\{\{c([0-9,]+)::")
DEEPEST = 10
_LARGEST = 65535
_MARK = re.compile(r"\{\{c([0-9,]+)::|\}\}")
_BRACED = re.compile(r"\{\{c[0-9,]+::|[{}]|::")
_BRACED_TEX = re.compile(r"\\.|\{\{c[0-9,]+::|[{}]|::", re.DOTALL)


@dataclass(slots=True)
class Deletion:
    """One cloze deletion while its text is read.

    `start` and `end` are offsets of the whole, `hint_at` the offset of the hint in the same text.
    """

    numbers: tuple[int, ...]
    start: int
    end: int = 0
    parts: list[str | Deletion] = field(default_factory=list)
    hint: str = ""
    hint_at: int = -1

    @property
    def answer(self) -> str:
        """The text behind the deletion, that of nested ones included."""
        return "".join(each if isinstance(each, str) else each.answer for each in self.parts)


def parse_deletions(text: str) -> list[str | Deletion]:
    """The text as Anki sees it: stretches of text, and deletions with their nested ones in `parts`."""
    outside: list[str | Deletion] = []
    opened: list[Deletion] = []
    for start, end, numbers in _tokens(text):
        if numbers:
            if len(opened) < DEEPEST:
                opened.append(Deletion(numbers, start))
        elif numbers is None:
            _take_text(text[start:end], start, opened[-1] if opened else None, outside)
        elif opened:
            closed = opened.pop()
            closed.end = end
            (opened[-1].parts if opened else outside).append(closed)
        else:
            outside.append("}}")
    return outside


def _take_text(text: str, start: int, within: Deletion | None, outside: list[str | Deletion]) -> None:
    if within is None:
        outside.append(text)
        return
    answer, separator, hint = text.partition("::")
    if separator:
        within.hint = hint
        within.hint_at = start + len(answer) + 2
    within.parts.append(answer)


def _tokens(text: str) -> Iterator[tuple[int, int, tuple[int, ...] | None]]:
    """Start, end and meaning: numbers of an opening mark, () for a closing one, None for text."""
    done = 0
    for match in _MARK.finditer(text):
        numbers: tuple[int, ...] = ()
        if match[1] is not None:
            numbers = _numbers(match[1])
            if not numbers:
                continue
        if done < match.start():
            yield done, match.start(), None
        yield match.start(), match.end(), numbers
        done = match.end()
    if done < len(text):
        yield done, len(text), None


def _numbers(written: str) -> tuple[int, ...]:
    found = {int(each) for each in written.split(",") if each and len(each.lstrip("0")) <= len(str(_LARGEST))}
    return tuple(sorted(each for each in found if each <= _LARGEST))


def is_unclosed(text: str) -> bool:
    """Whether a deletion is opened and not closed, so that Anki would drop the text behind it."""
    depth = 0
    for _, _, numbers in _tokens(text):
        if numbers:
            depth = min(depth + 1, DEEPEST)
        elif numbers is not None:
            depth = max(depth - 1, 0)
    return depth > 0


def deletions(parts: Iterable[str | Deletion]) -> Iterator[Deletion]:
    """All deletions, each before those nested in it."""
    for each in parts:
        if isinstance(each, Deletion):
            yield each
            yield from deletions(each.parts)


_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)[^<>]*>")
_VOID = frozenset({"br", "img"})


def is_cut(parts: Iterable[str | Deletion]) -> bool:
    """Whether an HTML element begins in an answer or a hint and ends outside it, or the other way round."""
    return any(cut_deletion(each) for each in deletions(parts))


def cut_deletion(deletion: Deletion) -> bool:
    """The same for one deletion."""
    return not (_is_balanced(deletion.answer) and _is_balanced(deletion.hint))


def _is_balanced(rendered: str) -> bool:
    opened: list[str] = []
    for closing, name in _TAG.findall(rendered):
        if name in _VOID:
            continue
        if not closing:
            opened.append(name)
        elif not opened or opened.pop() != name:
            return False
    return not opened


def split_marks(content: str, *, tex: bool = False) -> list[tuple[bool, str]]:
    """Code or TeX parted into (is a mark of Anki's, text).

    Braces that pair up within the content are its own: `{{c1::` `x^{2}` `}}` closes after TeX's brace, and
    `}}` that closes no deletion opened in the content is no mark. `::` is a mark only within a deletion.
    """
    pieces, open_left = _split(content, tex=tex, count_braces=True)
    return _split(content, tex=tex, count_braces=False)[0] if open_left else pieces


def _split(content: str, *, tex: bool, count_braces: bool) -> tuple[list[tuple[bool, str]], bool]:
    pieces: list[tuple[bool, str]] = []
    stack: list[str] = []
    done = skip = 0
    for match in (_BRACED_TEX if tex else _BRACED).finditer(content):
        found, start = match[0], match.start()
        if start < skip:
            continue
        end = match.end()
        top = stack[-1] if stack else ""
        if found == "{" and count_braces:
            stack.append("{")
        elif found == "}" and top == "{":
            stack.pop()
        elif found.startswith("{{"):
            stack.append("c")
        elif found == "}" and top == "c" and content.startswith("}", end):
            stack.pop()
            end += 1
        elif not (found == "::" and top == "c"):
            continue
        if found.startswith(("{{", "::")) or end - start == 2:
            if done < start:
                pieces.append((False, content[done:start]))
            pieces.append((True, content[start:end]))
            done = end
        skip = end
    if done < len(content):
        pieces.append((False, content[done:]))
    return pieces, "c" in stack
