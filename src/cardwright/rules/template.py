"""The texts of a rule, taken apart: what is written there, and the placeholders and optional parts between."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Group", "Problem", "Slot", "Template", "parse"]

_TOKEN = re.compile(r"\{[^{}\[\]]*\}|[{}\[\]]|[^{}\[\]]+")


@dataclass(frozen=True, slots=True)
class Slot:
    """A placeholder with its filters, in the order in which they apply; `key` is how it is written."""

    name: str
    filters: tuple[str, ...]
    key: str


@dataclass(frozen=True, slots=True)
class Group:
    """A part in brackets, which vanishes where one of its placeholders is empty."""

    parts: tuple[str | Slot, ...]
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """A text of a rule, taken apart: all its placeholders, and those without which there is no text.

    `spare` are the others, which stand in groups; `whole` are the parts where there is no group, and so always stay.
    """

    source: str
    parts: tuple[str | Slot | Group, ...]
    slots: tuple[Slot, ...]
    needed: tuple[Slot, ...]
    spare: tuple[Slot, ...]
    whole: tuple[str | Slot, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a template: the offending piece, where it begins, a message and the way out."""

    token: str
    at: int
    message: str
    help: str


def parse(source: str) -> tuple[Template, list[Problem]]:
    """Take a template apart; names of placeholders and filters are the caller's to check."""
    parts: list[str | Slot | Group] = []
    inner: list[str | Slot] | None = None
    opened = 0
    problems: list[Problem] = []
    for found in _TOKEN.finditer(source):
        token, at = found[0], found.start()
        if token == "[":
            if inner is not None:
                problems.append(Problem("[", at, "'[' inside '[...]'", "close the first one; groups do not nest"))
                continue
            inner, opened = [], at
        elif token == "]":
            if inner is None:
                problems.append(Problem("]", at, "']' without '['", "write '[' where the optional part begins"))
                continue
            group = Group(tuple(inner), tuple(each for each in inner if isinstance(each, Slot)))
            if not group.slots:
                message = "'[...]' without a placeholder can never be empty"
                problems.append(Problem("[", opened, message, "take the brackets away, or put a {placeholder} inside"))
            parts.append(group)
            inner = None
        elif token in ("{", "}"):
            other = "a '}' that closes it" if token == "{" else "a '{' that opens it"
            message = f"'{token}' without {other}"
            problems.append(Problem(token, at, message, "braces hold one placeholder, as in {dfn} or {rest|short}"))
        else:
            piece = _slot(token, at, problems) if token.startswith("{") else token
            (parts if inner is None else inner).append(piece)
    if inner is not None:
        problems.append(Problem("[", opened, "'[' without a ']' that closes it", "write ']' behind the optional part"))
        parts.extend(inner)
    needed = tuple(part for part in parts if isinstance(part, Slot))
    spare = tuple(slot for part in parts if isinstance(part, Group) for slot in part.slots)
    slots = [
        slot
        for part in parts
        for slot in (part.slots if isinstance(part, Group) else (part,))
        if isinstance(slot, Slot)
    ]
    ungrouped = tuple(part for part in parts if not isinstance(part, Group))
    whole = ungrouped if len(ungrouped) == len(parts) else ()
    return Template(source, tuple(parts), tuple(slots), needed, spare, whole), problems


def _slot(token: str, at: int, problems: list[Problem]) -> Slot:
    name, *filters = (piece.strip() for piece in token[1:-1].split("|"))
    if not name:
        problems.append(Problem(token, at, "an empty placeholder", "write its name between the braces"))
    return Slot(name, tuple(filters), "|".join((name, *filters)))
