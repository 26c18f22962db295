"""Places in files, and what is wrong there.

Problems in a user's files are values: they are returned beside the result, gathered
from all files and shown together. Nothing in this module prints.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

__all__ = ["CODES", "Diagnostic", "Related", "Span", "did_you_mean", "error", "failed", "warning"]

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in a file.

    `line` and `column` count from 1, columns in characters; line 0 means the file as a
    whole. `width` is how many characters of that line are meant (the caret's length).
    """

    path: str
    line: int = 0
    column: int = 0
    width: int = 1

    def __str__(self) -> str:
        if not self.line:
            return self.path
        return f"{self.path}:{self.line}:{self.column or 1}"


@dataclass(frozen=True, slots=True)
class Related:
    """A second place that a diagnostic speaks of, with a word on what is there."""

    span: Span
    note: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem: what, where, and the way out."""

    code: str
    message: str
    span: Span
    help: str = ""
    severity: Severity = "error"
    related: tuple[Related, ...] = ()


# Every code and what it stands for. CW0 project, CW1 documents, CW2 YAML as such,
# CW3 rules, CW4 cards, CW5 decks and notes, CW6 memory files. A code keeps its meaning.
CODES: dict[str, str] = {
    "CW001": "no project here",
    "CW002": "settings that cannot be used",
    "CW003": "a file that cannot be read",
    "CW004": "a file that cannot be written",
    "CW005": "another run is writing this project",
    "CW006": "a file that init would overwrite",
    "CW101": "an empty document",
    "CW102": "a file that is no text",
    "CW103": "a document over the size limit",
    "CW104": "a document in another encoding than UTF-8",
    "CW105": "a web page that breaks off",
    "CW106": "a document of an unknown format",
    "CW107": "a skip that meets nothing",
    "CW108": "a pattern that cannot be used",
    "CW109": "heading words that two kinds claim",
    "CW110": "front matter that cannot be read",
    "CW201": "YAML that cannot be parsed",
    "CW202": "a tab where YAML wants spaces",
    "CW203": "a key that stands twice in one mapping",
    "CW204": "a value that YAML cuts or reads as something else",
    "CW205": "an alias, tag or merge that these files do not use",
    "CW206": "another shape than this key takes",
    "CW207": "an unknown key",
    "CW208": "a required key is missing",
    "CW209": "a value that is none of the known ones",
}


def error(code: str, message: str, span: Span, help: str = "", related: Iterable[Related] = ()) -> Diagnostic:
    """A diagnostic that stops the command before anything is written."""
    return Diagnostic(code, message, span, help, "error", tuple(related))


def warning(code: str, message: str, span: Span, help: str = "", related: Iterable[Related] = ()) -> Diagnostic:
    """A diagnostic that is shown and stops nothing."""
    return Diagnostic(code, message, span, help, "warning", tuple(related))


def failed(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any of them is an error."""
    return any(each.severity == "error" for each in diagnostics)


def did_you_mean(word: str, known: Sequence[str]) -> str:
    """A `help` sentence for an unknown word: the nearest known one, else all of them."""
    near = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    if near:
        return f"did you mean '{near[0]}'?"
    return "known here: " + ", ".join(sorted(known)) if known else ""
