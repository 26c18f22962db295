"""Another id for a card, written in its place."""

from __future__ import annotations

from dataclasses import replace

from cardwright.cards.cardfile import CardFile, load
from cardwright.cards.replace import replace_scalar
from cardwright.diagnostics import Diagnostic, Span, error, failed
from cardwright.yamltext import Scalar

__all__ = ["with_id"]


def with_id(file: CardFile, old: str, new: str) -> tuple[str, list[Diagnostic]]:
    """The text of a card file in which the card `old` is called `new`, and every other byte is as it was.

    With an error the text is the old one. The file is one without errors, and has the card.
    """
    at = next(number for number, card in enumerate(file.cards) if card.id == old)
    node = file.nodes[at].entries["id"]
    assert isinstance(node, Scalar)
    text = replace_scalar(file.file, node, new)
    cards = (*file.cards[:at], replace(file.cards[at], id=new), *file.cards[at + 1 :])
    again, problems = load(replace(file.file, text=text), file.stem)
    if not failed(problems) and replace(again, file=file.file) == replace(file, cards=cards):
        return text, []
    place = file.cards[at].places.get("id", Span(file.file.path))
    way_out = f"write 'id: {new}' there yourself, then run the command again: it brings the memories up to date"
    message = "the id cannot be replaced here without changing something else"
    return file.file.text, [error("CW422", message, place, way_out)]
