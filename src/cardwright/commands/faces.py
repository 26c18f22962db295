"""Cards as the templates of their note types show them, drafts and cards in no deck included."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cardwright.commands import compiled
from cardwright.progress import steps
from cardwright.settings import Settings

if TYPE_CHECKING:
    from cardwright.decks import NoteType, Side
    from cardwright.model import Card, CardSet, Kind, Source, SourceLine
    from cardwright.preview import Review

__all__ = ["Face", "Look", "faces", "look_of"]

# Where cards stand that no deck takes.
NO_DECK = "In no deck"


@dataclass(frozen=True, slots=True)
class Look:
    """What all cards are shown by: note types, what learners see of sources, packed names of pictures."""

    types: Mapping[Kind, NoteType]
    lines: Mapping[Source, SourceLine]
    images: Mapping[str, str]
    media: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def css(self) -> str:
        """The style of cards, one for both note types."""
        return self.types["basic"].css


@dataclass(frozen=True, slots=True)
class Face:
    """A card with its deck, its review cards, and its texts without markup."""

    card: Card
    deck: str
    reviews: tuple[Review, ...]
    answer: str
    extra: str
    tags: tuple[str, ...]


def look_of(settings: Settings, gathered: compiled.Gathered) -> Look:
    """What the cards of a project are shown by; note types that learners do not have yet are those of a first build."""
    from cardwright.decks import note_types
    from cardwright.markup import packed_names

    types, _ = note_types(gathered.released)
    names = packed_names(gathered.pictures.values())
    return Look(
        types,
        compiled.source_lines(settings, gathered),
        {name: names[each.path] for name, each in gathered.pictures.items()},
        {names[each.path]: each.data for each in gathered.pictures.values()},
    )


def faces(gathered: compiled.Gathered, look: Look) -> Iterator[Face]:
    """Every card that Anki could show, in the order of learning; those of files that no deck names come last."""
    from cardwright.decks import compile_card, sides

    pairs = [(each, card) for each in _in_order(gathered) for card in each.cards]
    for each, card in steps("drawing", "card", pairs):
        content, _ = compile_card(card, each.tags, look.lines, look.images)
        if content is None:
            continue
        deck, look_type = _deck(gathered, each, card), look.types[card.kind]
        if card.kind == "cloze":
            asked = [_asks(side) for side in sides(content, look_type, "")]
        else:
            asked = [content.plain[order] for order in content.ords]
        made = sides(content, look_type, deck)
        reviews = tuple(_review(side, asks) for side, asks in zip(made, asked, strict=True))
        _, answer, extra, _ = content.plain
        yield Face(card, deck, reviews, answer, extra, content.tags)


def _review(side: Side, asks: str) -> Review:
    from cardwright.preview import Review, with_mathml

    return Review(side.name, asks, with_mathml(side.front), with_mathml(side.back), side.typed)


def _asks(side: Side) -> str:
    """What a cloze asks in plain text; rendered outside any deck, it is all that its front says."""
    from cardwright.markup import html_text

    return html_text(side.front).strip()


def _in_order(gathered: compiled.Gathered) -> list[CardSet]:
    sets = {each.stem: each for each in compiled.card_sets(gathered)}
    named = dict.fromkeys(stem for deck in gathered.decks for stem in deck.cards if stem in sets)
    return [sets[stem] for stem in (*named, *(stem for stem in sets if stem not in named))]


def _deck(gathered: compiled.Gathered, file: CardSet, card: Card) -> str:
    """Where a card goes in Anki; a draft is shown where it will go."""
    from cardwright.decks import deck_path, takes

    for deck in gathered.decks:
        if file.stem in deck.cards and (card.draft or takes(deck, card, file.tags)):
            return deck_path(deck, file)
    return f"{NO_DECK}::{file.title}"
