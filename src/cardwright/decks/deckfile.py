"""Deck files: what each package holds, and what may not stand in one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from cardwright.diagnostics import Diagnostic, Related, Span, error
from cardwright.files import TextFile
from cardwright.model import Card, CardSet
from cardwright.shape import Field, Record, Shape, read
from cardwright.yamltext import parse

__all__ = ["DECK_FILE", "EXPORTS", "DeckFile", "deck_path", "load_decks", "takes"]

EXPORTS = ("apkg", "csv", "anki-text")

DECK_FILE = Shape(
    "a deck file",
    "One package for Anki: which card files it holds and what it is called.",
    (
        Field("name", "text", "the deck in Anki; '::' begins a deck below it", required=True, example="Harbour pilots"),
        Field("was", "texts", "a former name that is given up; deleted after the next release", example="Pilots"),
        Field("description", "text", "what a learner reads on the deck's page", example="What to know at the start."),
        Field(
            "cards",
            "texts",
            "card files without '.yaml', in the order of learning; each is a deck below `name`, called by its title",
            required=True,
            example="[harbour-words]",
        ),
        Field("tags", "texts", "take only cards with one of these tags", example="basics"),
        Field("exports", "texts", "the files to build; apkg and csv where it is not set", choices=EXPORTS),
    ),
)


@dataclass(frozen=True, slots=True)
class DeckFile:
    """A deck file: `cards` are stems of card files in order, `tags` a filter (empty: all cards).

    `was` are former names that its author gave up. `places` has the place of the file ("") and of each
    key, and of each card file as "cards/STEM".
    """

    stem: str
    name: str
    description: str = ""
    cards: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    exports: tuple[str, ...] = ("apkg", "csv")
    was: tuple[str, ...] = ()
    places: dict[str, Span] = field(default_factory=dict, compare=False, hash=False)

    def span(self, key: str = "") -> Span:
        """Where a key stands, or the file begins."""
        return self.places.get(key) or self.places.get("") or Span(f"decks/{self.stem}.yaml")


def deck_path(deck: DeckFile, cards: CardSet) -> str:
    """Where a card file's cards go in Anki."""
    return f"{deck.name}::{unicodedata.normalize('NFC', cards.title)}"


def takes(deck: DeckFile, card: Card, file_tags: Sequence[str]) -> bool:
    """Whether a deck takes a card of one of its files: no draft, and with one of the deck's tags or one below it."""
    if card.draft:
        return False
    if not deck.tags:
        return True
    have = [tag.casefold() for tag in (*card.tags, *file_tags)]
    wanted = [tag.casefold() for tag in deck.tags]
    return any(tag == each or tag.startswith(f"{each}::") for tag in have for each in wanted)


def load_decks(files: Sequence[TextFile]) -> tuple[tuple[DeckFile, ...], list[Diagnostic]]:
    """Read the deck files. One with a fault is left out; the others are read all the same."""
    decks: list[DeckFile] = []
    found: list[Diagnostic] = []
    for file in sorted(files, key=lambda each: each.path):
        node, problems = parse(file)
        if node is not None or not problems:
            record, more = read(node, DECK_FILE, file.path)
            problems += more
            if record is not None and not problems:
                deck, more = _deck(file, record)
                problems += more
                decks.append(deck)
        found.extend(problems)
    return tuple(decks), found


def _deck(file: TextFile, record: Record) -> tuple[DeckFile, list[Diagnostic]]:
    found: list[Diagnostic] = []
    places = {"": Span(file.path, 1, 1)} | {key: record.span(key) for key in record.node.entries}
    for position, stem in enumerate(record.texts("cards")):
        place = record.span("cards", position)
        first = places.setdefault(f"cards/{stem}", place)
        if first != place:
            there = [Related(first, "the first time")]
            found.append(error("CW503", f"'{stem}' is named twice", place, "delete one of the two", there))
    if dropped := re.search(r"[\x00-\x08\x0b-\x1f\x7f]", record.text("description")):
        message = f"the description holds U+{ord(dropped[0]):04X}, which Anki does not keep"
        found.append(error("CW523", message, record.span("description"), "delete it"))
    return (
        DeckFile(
            PurePosixPath(file.path).name.removesuffix(".yaml"),
            unicodedata.normalize("NFC", record.text("name")),
            unicodedata.normalize("NFC", record.text("description")),
            tuple(dict.fromkeys(record.texts("cards"))),
            tuple(unicodedata.normalize("NFC", tag) for tag in record.texts("tags")),
            tuple(dict.fromkeys(record.texts("exports"))) or ("apkg", "csv"),
            tuple(unicodedata.normalize("NFC", name) for name in record.texts("was")),
            places,
        ),
        found,
    )
