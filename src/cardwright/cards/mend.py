"""Ids for cards that have none, written into their file, and not a byte of difference elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from cardwright.cards.cardfile import CardFile, load
from cardwright.cards.ids import mint
from cardwright.diagnostics import Diagnostic, Span, error
from cardwright.model import Card
from cardwright.yamltext import Mapping, Node, Scalar

__all__ = ["with_ids"]

# Where YAML misread a file, its places are not sure enough to write there.
_UNSURE = ("CW201", "CW202", "CW204", "CW206")
_LINE_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class _Change:
    """A card that gets an id: the text between two offsets of its file becomes another."""

    card: Card
    start: int
    end: int
    text: str


def with_ids(file: CardFile, taken: set[str]) -> tuple[str, dict[Span, str], list[Diagnostic]]:
    """The file's text with an id for each card that asks something and has none, and the new ids by their place in it.

    The new ids join `taken`, the ids in small letters that no card may get. The text is read back: where it does
    not hold exactly the cards that were there, with these ids, the file stays as it is and a diagnostic says so.
    """
    changes = list(_changes(file, taken))
    problems = load(file.file, file.stem)[1] if changes else []
    if not changes or any(each.code in _UNSURE for each in problems):
        return file.file.text, {}, []
    text = file.file.text
    for each in sorted(changes, key=lambda each: each.start, reverse=True):
        text = text[: each.start] + each.text + text[each.end :]
    minted = {each.card.span: each.card.id for each in changes}
    meant = tuple(replace(card, id=minted.get(card.span, card.id)) for card in file.cards)
    again, still = load(replace(file.file, text=text), file.stem)
    same = replace(again, file=file.file) == replace(file, cards=meant)
    if same and [each.code for each in still] == [each.code for each in problems]:
        new = (card for card, old in zip(again.cards, file.cards, strict=True) if card.id != old.id)
        return text, {card.places["id"]: card.id for card in new}, []
    return file.file.text, {}, [_refused(each.card) for each in changes]


def _changes(file: CardFile, taken: set[str]) -> Iterator[_Change]:
    for card, node in zip(file.cards, file.nodes, strict=True):
        wish = card.front or card.cloze
        written = node.entries.get("id")
        if card.id or not wish or not isinstance(written, Scalar | None):
            continue
        new = mint(wish, "", taken)
        taken.add(new)
        yield _change(file.file.text, replace(card, id=new), node, written)


def _change(text: str, card: Card, node: Mapping, written: Scalar | None) -> _Change:
    """Where the id goes: in the place of an empty one, else before the card's first key."""
    if isinstance(written, Scalar):
        gap = " " if written.start == written.end and text[written.start - 1 : written.start] == ":" else ""
        return _Change(card, written.start, written.end, gap + card.id)
    first: Node = min(node.keys.values(), key=lambda each: each.start)
    if node.flow:
        return _Change(card, first.start, first.start, f"id: {card.id}, ")
    end = _LINE_END.search(text, first.start)
    line = f"id: {card.id}{end[0] if end else chr(10)}"
    return _Change(card, first.start, first.start, line + " " * (first.column - 1))


def _refused(card: Card) -> Diagnostic:
    message = "no id can be written here without changing something else"
    return error("CW422", message, card.span, f"write 'id: {card.id}' there yourself")
