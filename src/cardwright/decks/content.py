"""What a card says to Anki, before it is known which note that is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cardwright import markup
from cardwright.decks.identity import content_hash
from cardwright.decks.notetypes import FIELDS
from cardwright.model import Card, Kind

__all__ = ["Content"]

# What a note is known by, not what it says.
_NO_CONTENT = ("Source", "Id")


@dataclass(frozen=True, slots=True)
class Content:
    """What a card says to Anki, before it is known which note that is.

    `fields` are in the order of the note type, `ords` the review cards, `plain` the texts of the
    CSV (front, back, extra, source), `words` and `clozes` the digests that released.lock keeps, `media` the names of
    packed pictures.
    """

    card: Card
    kind: Kind
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    ords: tuple[int, ...]
    plain: tuple[str, str, str, str]
    words: tuple[str, ...]
    clozes: Mapping[str, str] = field(default_factory=dict, hash=False)
    media: tuple[str, ...] = ()

    @property
    def hash(self) -> str:
        """The digest of the content alone."""
        named = zip(FIELDS[self.kind], self.fields, strict=True)
        content = {name: markup.without_slugs(text) for name, text in named if name not in _NO_CONTENT}
        return content_hash(self.kind, content, self.tags)
