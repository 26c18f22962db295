"""A card taken out of its file, and not a byte of difference elsewhere."""

from __future__ import annotations

import re
from dataclasses import replace

from cardwright.cards.cardfile import CardFile, load
from cardwright.cards.insert import extents
from cardwright.diagnostics import Diagnostic, error, failed
from cardwright.yamltext import Mapping

__all__ = ["without_card"]

_BLANK_LINES_ABOVE = re.compile(r"(?:(?<=\n)[ \t]*\r?\n)+\Z")
_BLANK_BELOW = re.compile(r"[ \t]*(?:\r?\n|\Z)")
_COMMA_BEHIND = re.compile(r"\s*,[ \t]*")


def without_card(file: CardFile, card_id: str) -> tuple[str, list[Diagnostic]]:
    """The text of a card file without one of its cards, and without the comments inside it.

    Blank lines that would then be doubled go too. The text is read back: where it does not hold exactly the other
    cards, it is the old one and a diagnostic says so. The file is one without errors, and has the card.
    """
    at = next(number for number, card in enumerate(file.cards) if card.id == card_id)
    text, node = file.file.text, file.nodes[at]
    text = _out_of_brackets(text, node) if _in_brackets(file) else _lines_out(text, *extents(text, file)[at])
    again, problems = load(replace(file.file, text=text), file.stem)
    meant = replace(file, cards=(*file.cards[:at], *file.cards[at + 1 :]))
    if not failed(problems) and replace(again, file=file.file) == meant:
        return text, []
    message = f"the card '{card_id}' cannot be deleted without touching something else"
    return file.file.text, [error("CW423", message, file.cards[at].span, "delete its lines yourself")]


def _in_brackets(file: CardFile) -> bool:
    cards = file.root.entries.get("cards") if file.root else None
    return bool(getattr(cards, "flow", False))


def _lines_out(text: str, start: int, end: int) -> str:
    before, after = text[:start], text[end:]
    if _BLANK_BELOW.match(after) and (above := _BLANK_LINES_ABOVE.search(before)):
        before = before[: above.start()]
    return before + after


def _out_of_brackets(text: str, node: Mapping) -> str:
    """A card and one comma go."""
    behind = _COMMA_BEHIND.match(text, node.end)
    if behind:
        return text[: node.start] + text[behind.end() :]
    before = text[: node.start].rstrip()
    return (before[:-1] if before.endswith(",") else text[: node.start]) + text[node.end :]
