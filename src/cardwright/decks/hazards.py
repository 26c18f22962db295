"""What Anki would drop, change or show blank: refused before it becomes a note."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from cardwright import markup
from cardwright.diagnostics import Diagnostic, Related, error, warning
from cardwright.model import Card

if TYPE_CHECKING:
    from cardwright.decks.content import Content

__all__ = ["DROPPED", "in_fields", "in_texts", "shows", "twin_questions", "twin_tags"]

# Controls but tab and line feed; with U+001F a whole package fails to import.
DROPPED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_LARGEST = 1 << 20


def in_texts(card: Card) -> list[Diagnostic]:
    """What in the markup of a card's texts Anki could not show; warnings are told where card files are read."""
    found: list[Diagnostic] = []
    for key in ("front", "back", "cloze", "extra"):
        text: str = getattr(card, key)
        problems = list(markup.field_problems(text, cloze=key == "cloze")) if text else []
        problems += markup.cloze_problems(text) if text and key == "cloze" else []
        for each in (problem for problem in problems if problem.severity == "error"):
            place = card.places.get(key, card.span)
            message = f"'{card.id}', {key}: {each.message}"
            found.append(error(each.code, message, place, each.help))
    return found


def shows(rendered: str) -> bool:
    """Whether a person sees anything: an image, or a character that is neither space nor mark of direction."""
    if "<img" in rendered:
        return True
    text = markup.html_text(rendered)
    return any(not each.isspace() and unicodedata.category(each) not in ("Cf", "Cc") for each in text)


def in_fields(card: Card, fields: Mapping[str, str]) -> Iterator[Diagnostic]:
    """What is wrong with fields as they would be stored."""
    for name, value in fields.items():
        if dropped := DROPPED.search(value):
            message = f"'{card.id}' has U+{ord(dropped[0]):04X} in its field {name}; Anki would drop it"
            yield error("CW523", message, card.span, "delete it: it may hide where two words meet")
        if len(value) > _LARGEST:
            message = f"'{card.id}' has more than {_LARGEST >> 20} MiB in its field {name}"
            yield error("CW524", message, card.span, "one card holds one fact: make several of it")


def twin_questions(contents: Iterable[Content]) -> list[Diagnostic]:
    """Notes that ask the same; Anki shows them to a learner as duplicates. Cards of one file are told of on reading."""
    first: dict[tuple[str, str], Card] = {}
    found: list[Diagnostic] = []
    for each in contents:
        asked = " ".join(markup.html_text(each.fields[0]).casefold().split())
        card = each.card
        other = first.setdefault((each.kind, asked), card)
        if other is card or (other.file == card.file and _same_words(other.front, card.front)):
            continue
        key = "cloze" if each.kind == "cloze" else "front"
        related = [Related(other.places.get(key, other.span), "the first one")]
        message = f"'{card.id}' asks what '{other.id}' asks already, in the same package"
        way_out = "say in each question what it asks beyond the other, or delete one"
        found.append(warning("CW527", message, card.places.get(key, card.span), way_out, related))
    return found


def _same_words(one: str, other: str) -> bool:
    return bool(one) and one.casefold().split() == other.casefold().split()


def twin_tags(tagged: Iterable[tuple[Card, tuple[str, ...]]]) -> list[Diagnostic]:
    """Tags, or levels of them, that differ in case alone: Anki keeps the spelling that it met first."""
    first: dict[str, tuple[str, Card]] = {}
    found: list[Diagnostic] = []
    told: set[str] = set()
    for card, tags in tagged:
        for tag in tags:
            levels = tag.split("::")
            for depth in range(1, len(levels) + 1):
                above = "::".join(levels[:depth])
                other, there = first.setdefault(above.casefold(), (above, card))
                if other == above or above in told:
                    continue
                told.add(above)
                related = [Related(there.places.get("tags", there.span), f"'{other}'")]
                message = f"the tags '{above}' and '{other}' differ in case alone; Anki takes them for one"
                place = card.places.get("tags", card.span)
                found.append(error("CW412", message, place, f"write '{other}'", related))
    return found
