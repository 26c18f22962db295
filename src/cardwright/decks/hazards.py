"""What Anki would drop, change or show blank: refused before it becomes a note."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from cardwright import markup
from cardwright.diagnostics import Diagnostic, Related, error
from cardwright.model import Card

__all__ = ["DROPPED", "in_fields", "in_texts", "shows", "twin_tags"]

# Controls but tab and line feed; with U+001F a whole package fails to import.
DROPPED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_LARGEST = 1 << 20


def in_texts(card: Card) -> list[Diagnostic]:
    """What markup has to say about the texts of a card."""
    found: list[Diagnostic] = []
    for key in ("front", "back", "cloze", "extra"):
        text: str = getattr(card, key)
        problems = list(markup.field_problems(text, cloze=key == "cloze")) if text else []
        problems += markup.cloze_problems(text) if text and key == "cloze" else []
        for each in problems:
            place = card.places.get(key, card.span)
            message = f"'{card.id}', {key}: {each.message}"
            found.append(Diagnostic(each.code, message, place, each.help, each.severity))
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
                found.append(error("CW526", message, place, f"write '{other}'", related))
    return found
