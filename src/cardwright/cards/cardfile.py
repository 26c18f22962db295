"""A card file: the keys it may have, and how it is read.

The tables below say what a card file may hold; they validate it, and a schema for editors can be
drawn from them. What is wrong with the words of a card is told by `faults`.
"""

from __future__ import annotations

from collections.abc import Sequence as Several
from dataclasses import dataclass, field

from cardwright.cards import faults
from cardwright.cards.ids import ID
from cardwright.cards.words import normal
from cardwright.diagnostics import Diagnostic, Related, Span, error, warning
from cardwright.files import TextFile
from cardwright.model import Card, Source
from cardwright.shape import Field, Record, Shape, Way, read
from cardwright.yamltext import Mapping, Node, Scalar, Sequence, parse

__all__ = ["CARD", "CARD_FILE", "CardFile", "check_all", "load"]

CARD = Shape(
    "a card",
    "One card: a question with its answer, or a sentence with gaps.",
    (
        Field(
            "id",
            "text",
            "its name in this project, never changed again",
            required=True,
            pattern=ID,
            example="context-not-control",
        ),
        Field("front", "text", "the question", example="What does **Context, not Control** ask of a leader?"),
        Field("back", "text", "the answer", example="Give the context, then let people decide."),
        Field("cloze", "text", "a sentence with gaps", example="The process takes {{c1::six weeks}}."),
        Field("extra", "text", "a note that is shown below the answer"),
        Field("tags", "texts", "tags of this card, besides those of the file", pattern=faults.TAG, example="culture"),
        Field(
            "source",
            "texts",
            "where it came from: document and line",
            pattern=faults.SOURCE,
            example="guide.txt:34",
        ),
        Field("reverse", "flag", "also ask the other way round, from the answer to the question"),
        Field("typed", "flag", "the learner types the answer"),
        Field("draft", "flag", "waits for a person; in no deck until the line is gone"),
        Field("allow", "texts", "lint rules that pass over this card"),
        Field(
            "accept",
            "texts",
            "cloze numbers whose answers changed places, as the author means it; deleted after the next release",
            pattern="c[1-9][0-9]{0,2}",
            example="c1",
        ),
    ),
    (
        Way(("front", "back"), ("cloze",)),
        Way(("cloze",), ("front", "back", "reverse", "typed")),
    ),
)

CARD_FILE = Shape(
    "a card file",
    "The cards of one topic; in Anki a deck of this title.",
    (
        Field("title", "text", "what its deck is called", required=True, example="Culture concepts"),
        Field("was", "text", "a former title that is given up; deleted after the next release", example="Our culture"),
        Field("tags", "texts", "tags of every card in this file", pattern=faults.TAG, example="culture"),
        Field("cards", "records", "the cards, each beginning with '- '", shape=CARD),
    ),
)


@dataclass(frozen=True, slots=True)
class CardFile:
    """A card file as it was read. All texts are in normal form; the file's own stay in `file`.

    `nodes` holds the YAML of each card, in step with `cards`, and `root` that of the whole file, for
    those who write in it. A card with a fault is here too, with what could be read of it.
    """

    stem: str
    title: str
    tags: tuple[str, ...]
    cards: tuple[Card, ...]
    file: TextFile
    root: Mapping | None = field(default=None, compare=False, repr=False)
    nodes: tuple[Mapping, ...] = field(default=(), compare=False, repr=False)
    was: str = ""


def load(file: TextFile, stem: str) -> tuple[CardFile, list[Diagnostic]]:
    """Read a card file, and tell of everything in it that cannot stay."""
    node, found = parse(file)
    if node is None and any(each.severity == "error" for each in found):
        return CardFile(stem, "", (), (), file), found
    record, problems = read(node, CARD_FILE, file.path)
    if record is None:
        return CardFile(stem, "", (), (), file), [*found, *problems]
    records = record.records("cards")
    found += faults.in_better_words(problems, [record, *records])
    found += faults.of_file(record)
    taken = {normal(each.text("id")).lower() for each in records} - {""}
    cards: list[Card] = []
    for each in records:
        card = _card(each, stem)
        cards.append(card)
        found += faults.of_card(card, each, file, taken)
    nodes = tuple(each.node for each in records)
    title, tags = normal(record.text("title")), faults.good_tags(record)
    found.sort(key=lambda each: each.span)
    return CardFile(stem, title, tags, tuple(cards), file, record.node, nodes, normal(record.text("was"))), found


def check_all(files: Several[CardFile]) -> list[Diagnostic]:
    """What no file can know alone: ids, titles and tags that clash over all files of the project."""
    return [*_no_ids(files), *_ids(files), *_titles(files), *_tags(files), *_fronts(files)]


def _card(record: Record, stem: str) -> Card:
    places = {key: _place(record, key, value) for key, value in record.node.entries.items()}
    places[""] = Span(record.path, record.node.line, record.node.column)
    written = record.node.entries.get("id")
    return Card(
        id=normal(written.value) if isinstance(written, Scalar) else "",
        file=stem,
        front=normal(record.text("front")),
        back=normal(record.text("back")),
        cloze=normal(record.text("cloze")),
        extra=normal(record.text("extra")),
        tags=faults.good_tags(record),
        sources=tuple(_source(each) for each in record.texts("source")),
        reverse=record.flag("reverse"),
        typed=record.flag("typed"),
        draft=record.flag("draft"),
        allow=record.texts("allow"),
        accept=record.texts("accept"),
        places=places,
    )


def _place(record: Record, key: str, value: Node) -> Span:
    return record.span(key) if isinstance(value, Scalar | Sequence) else value.span(record.path)


def _source(text: str) -> Source:
    """A source as it is written: the line is what follows the last colon."""
    name, colon, line = text.rpartition(":")
    return Source(normal(name), int(line)) if colon else Source(normal(text))


def _no_ids(files: Several[CardFile]) -> list[Diagnostic]:
    """Cards without an id; what is proposed is an id that no card of the project has."""
    taken = {card.id.casefold() for file in files for card in file.cards} - {""}
    return [
        faults.without_id(card, taken)
        for file in files
        for card, node in zip(file.cards, file.nodes, strict=True)
        if not card.id and isinstance(node.entries.get("id"), Scalar | None)
    ]


def _ids(files: Several[CardFile]) -> list[Diagnostic]:
    found: list[Diagnostic] = []
    first: dict[str, Card] = {}
    for card in (card for file in files for card in file.cards if card.id):
        other = first.setdefault(card.id.casefold(), card)
        if other is card:
            continue
        place, there = card.places.get("id", card.span), Related(other.places.get("id", other.span), "the first one")
        if other.id == card.id:
            message = f"two cards have the id '{card.id}'"
            way_out = "give the newer one another id; the older one keeps its learners' history"
        else:
            message, way_out = f"'{card.id}' and '{other.id}' differ only in case", "give the newer one another id"
        found.append(error("CW403", message, place, way_out, [there]))
    return found


def _titles(files: Several[CardFile]) -> list[Diagnostic]:
    """Anki knows decks by their path alone and takes capitals for small letters: one title would be one deck."""
    found: list[Diagnostic] = []
    first: dict[str, CardFile] = {}
    for file in files:
        other = first.setdefault("::".join(part.strip() for part in file.title.casefold().split("::")), file)
        if other is file or not file.title:
            continue
        place, there = (each.root.entries["title"].span(each.file.path) for each in (file, other) if each.root)
        message = f"two files have the title '{file.title}', and would be one deck in Anki"
        related = [Related(there, "the first one")]
        found.append(error("CW418", message, place, "change one title, or move the cards into one file", related))
    return found


def _tags(files: Several[CardFile]) -> list[Diagnostic]:
    """Anki takes tags that differ in case, or levels of them, for one, and shows the spelling it met first."""
    found: list[Diagnostic] = []
    first: dict[str, tuple[str, Span]] = {}
    told: set[str] = set()
    for tag, place in (each for file in files for each in _tag_places(file)):
        levels = tag.split("::")
        for above in ("::".join(levels[: depth + 1]) for depth in range(len(levels))):
            other, there = first.setdefault(above.casefold(), (above, place))
            if other == above or above in told:
                continue
            told.add(above)
            message = f"the tags '{above}' and '{other}' differ only in case, and are one tag in Anki"
            found.append(error("CW412", message, place, f"write '{other}'", [Related(there, "the first one")]))
    return found


def _tag_places(file: CardFile) -> list[tuple[str, Span]]:
    owners = [(file.tags, file.root)] + [
        (card.tags, node) for card, node in zip(file.cards, file.nodes, strict=True) if card.tags
    ]
    return [(tag, node.entries["tags"].span(file.file.path)) for tags, node in owners if node for tag in tags]


def _fronts(files: Several[CardFile]) -> list[Diagnostic]:
    """Two cards of a topic that ask the same are two answers to one question."""
    found: list[Diagnostic] = []
    for file in files:
        first: dict[str, Card] = {}
        for card in (card for card in file.cards if card.front):
            other = first.setdefault(" ".join(card.front.casefold().split()), card)
            if other is card:
                continue
            related = [Related(other.places.get("front", other.span), "the first one")]
            way_out = "say in each question what it asks beyond the other, or delete one"
            place = card.places.get("front", card.span)
            found.append(warning("CW419", "this question is asked twice in this file", place, way_out, related))
    return found
