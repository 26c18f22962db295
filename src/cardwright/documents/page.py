"""What annotators work on: a document's blocks and what is known about them."""

from __future__ import annotations

from dataclasses import dataclass, field

from cardwright.diagnostics import Diagnostic
from cardwright.documents.blocks import Block
from cardwright.documents.prose import Prose
from cardwright.documents.vocabulary import Vocabulary
from cardwright.model import DocumentInfo

__all__ = ["Page", "visible"]


@dataclass(slots=True)
class Page:
    """A document while its meaning is marked; `problems` gathers what is found wrong on the way."""

    root: Block
    text: str
    info: DocumentInfo
    vocabulary: Vocabulary
    shown: str
    problems: list[Diagnostic] = field(default_factory=list)


def visible(prose: Prose) -> str:
    """The characters, with blanks in place of what is no content or code, so that places stay."""
    chars = prose.chars
    parts: list[str] = []
    done = 0
    for mark in sorted(prose.marks, key=lambda each: each.start):
        if mark.tag in ("aside", "code") and mark.end > done:
            start = max(done, mark.start)
            parts += (chars[done:start], " " * (mark.end - start))
            done = mark.end
    return "".join((*parts, chars[done:]))
