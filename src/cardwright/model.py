"""The plain data that passes between the wings: Document -> Proposal -> Card -> Note.

Everything here is frozen and knows nothing of files or formats, with one exception:
a document's tree is a BeautifulSoup tag, the one shape that rules can select in.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from cardwright.diagnostics import Span

if TYPE_CHECKING:
    from bs4 import Tag

__all__ = [
    "CONTENT_FIELDS",
    "Card",
    "CardSet",
    "Document",
    "DocumentInfo",
    "Kind",
    "Note",
    "Origin",
    "Proposal",
    "Source",
    "SourceLine",
]

Kind = Literal["basic", "cloze"]

# The text fields of a card that extraction proposes and people edit.
CONTENT_FIELDS = ("front", "back", "cloze", "extra")


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """A place in a source document, written `name.txt:34` in card YAML. Line 0: the whole document."""

    document: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.document}:{self.line}" if self.line else self.document


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """What sources.yaml, or inference, says of a document. Blank means unknown.

    `name` is the file's name below the documents folder, as sources write it.
    `skip` holds headings and line ranges (`12-20`) to pass over.
    """

    name: str
    title: str = ""
    label: str = ""
    company: str = ""
    role: str = ""
    url: str = ""
    date: str = ""
    skip: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A document as semantic HTML; the marks are listed in docs/documents.md.

    `tree` is the outermost <section>. Each element has data-line (from 1) and
    data-at ("start:end", character offsets into `text`).
    """

    info: DocumentInfo
    text: str
    tree: Tag
    inferred: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Origin:
    """What a proposal is known by from one extraction to the next."""

    document: str
    rule: str
    subject: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A card that rules suggest. `into` is the stem of its card file.

    Either front and back are set or cloze is. `id` is a readable wish; minting may add
    a suffix to it. `origins` holds more than one entry where rules or documents agree.
    """

    into: str
    id: str
    origins: tuple[Origin, ...]
    sources: tuple[Source, ...]
    front: str = ""
    back: str = ""
    cloze: str = ""
    extra: str = ""
    tags: tuple[str, ...] = ()
    reverse: bool = False
    draft: bool = False
    label: str = ""

    @property
    def rule(self) -> str:
        """The rule that came first for this card."""
        return self.origins[0].rule


@dataclass(frozen=True, slots=True)
class Card:
    """An entry of a card file, as a person sees it. `file` is the stem of that file.

    `places` tells where the card (key "") and each of its keys stand.
    """

    id: str
    file: str
    front: str = ""
    back: str = ""
    cloze: str = ""
    extra: str = ""
    tags: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    reverse: bool = False
    typed: bool = False
    draft: bool = False
    allow: tuple[str, ...] = ()
    accept: tuple[str, ...] = ()
    places: dict[str, Span] = field(default_factory=dict, compare=False, hash=False)

    @property
    def kind(self) -> Kind:
        """Which note type the card becomes."""
        return "cloze" if self.cloze else "basic"

    @property
    def span(self) -> Span:
        """Where the card begins."""
        return self.places.get("") or Span(f"cards/{self.file}.yaml")


@dataclass(frozen=True, slots=True)
class CardSet:
    """The cards of one card file, as decks take them in.

    `was` is a former title that its author gave up; the places are those of both titles.
    """

    stem: str
    title: str
    tags: tuple[str, ...] = ()
    cards: tuple[Card, ...] = ()
    place: Span = field(default_factory=lambda: Span(""), compare=False)
    was: str = ""
    was_place: Span = field(default_factory=lambda: Span(""), compare=False)


@dataclass(frozen=True, slots=True)
class SourceLine:
    """What learners see of a source: the document's label, the heading of the passage, and an address."""

    label: str
    heading: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A card compiled for Anki: fields are HTML, in the order in which new note types have them.

    `ords` are the review cards, counted as Anki counts them: template number, or cloze
    number less one. `mod` is in seconds, `born` in milliseconds (it becomes the note's id in a package);
    both come from released.lock. `plain` is the same content as text, for the CSV.
    """

    guid: str
    card: str
    kind: Kind
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    deck: str
    ords: tuple[int, ...]
    mod: int
    born: int
    plain: tuple[str, str, str, str] = ("", "", "", "")
    media: tuple[str, ...] = ()
