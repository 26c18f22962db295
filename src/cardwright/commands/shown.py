"""A card as commands show it: its fields, and the passages that it came from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cardwright.model import CONTENT_FIELDS
from cardwright.settings import Settings

if TYPE_CHECKING:
    from cardwright.model import Card

__all__ = ["content", "field", "passages"]

_LONGEST = 300


def content(card: Card) -> list[str]:
    """The fields that a learner sees."""
    return [field(name, value) for name in CONTENT_FIELDS if (value := getattr(card, name))]


def field(name: str, value: object) -> str:
    """A field with its further lines indented below its name."""
    return f"  {name}: " + str(value).replace("\n", "\n    ")


def passages(settings: Settings, card: Card) -> list[str]:
    """The places that a card names as its sources, each with the line that stands there."""
    lines: list[str] = []
    for source in card.sources:
        lines.append(f"  {settings.seeds}/{source}")
        passage = _passage(settings, source.document, source.line)
        lines += [f"    | {passage}"] if passage else []
    return lines


def _passage(settings: Settings, document: str, line: int) -> str:
    """The line a source names, or the next one where that is the lone mark of an item."""
    file = settings.folder("seeds") / document
    if not line or not file.is_file() or not file.resolve().is_relative_to(settings.root):
        return ""
    lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    text = next((each.strip() for each in lines[line - 1 : line + 1] if each.strip(" \t-*•–")), "")
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
