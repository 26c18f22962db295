"""The one place where a card becomes a note: its fields in HTML, its review cards, its words as plain text."""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from cardwright import markup
from cardwright.decks.content import Content
from cardwright.decks.hazards import DROPPED, in_fields, in_texts, shows, twin_tags
from cardwright.decks.identity import word_digest
from cardwright.decks.notetypes import FIELDS
from cardwright.diagnostics import Diagnostic, Related, error, failed
from cardwright.memory.released import ReleasedNote
from cardwright.model import Card, CardSet, Kind, Note, Source, SourceLine
from cardwright.progress import steps

__all__ = ["Content", "as_note", "compile_card", "compile_notes"]

_Image = Callable[[str], str | None]


def as_note(content: Content, known: ReleasedNote, deck: str) -> Note:
    """The note: content with the identity that released.lock has for it."""
    return Note(
        guid=known.guid,
        card=content.card.id,
        kind=content.kind,
        fields=content.fields,
        tags=content.tags,
        deck=deck,
        ords=content.ords,
        mod=known.mod,
        born=known.born,
        plain=content.plain,
        media=content.media,
    )


def compile_notes(
    cards: Sequence[CardSet],
    sources: Mapping[Source, SourceLine] | None = None,
    images: Mapping[str, str] | None = None,
) -> tuple[dict[str, Content], list[Diagnostic]]:
    """Contents by card id, of every card that is no draft, and what is wrong with any of them.

    `images` has the packed name of each picture, under the name by which cards speak of it.
    """
    contents: dict[str, Content] = {}
    found: list[Diagnostic] = []
    pairs = [(card, each.tags) for each in cards for card in each.cards if not card.draft]
    for card, tags in steps("compiling", "card", pairs):
        if (other := contents.get(card.id)) is not None:
            there = [Related(other.card.places.get("id", other.card.span), "the first one")]
            place, way_out = card.places.get("id", card.span), "give the newer one another id"
            found.append(error("CW403", f"two cards have the id '{card.id}'", place, way_out, there))
            continue
        content, problems = compile_card(card, tags, sources or {}, images or {})
        found.extend(problems)
        if content is not None:
            contents[card.id] = content
    found.extend(twin_tags((each.card, each.tags) for each in contents.values()))
    return contents, found


def compile_card(
    card: Card, file_tags: Sequence[str], sources: Mapping[Source, SourceLine], images: Mapping[str, str]
) -> tuple[Content | None, list[Diagnostic]]:
    """One card's content; None where Anki could not show it."""
    found = in_texts(card)
    if failed(found):
        return None, found
    shown: dict[str, None] = {}

    def image(name: str) -> str | None:
        packed = images.get(name)
        if packed:
            shown[packed] = None
        return packed

    content = (_cloze if card.kind == "cloze" else _basic)(card, _tags(card, file_tags), sources, image, found)
    content = replace(content, media=tuple(sorted(shown)))
    found.extend(in_fields(card, dict(zip(FIELDS[card.kind], content.fields, strict=True))))
    return (None if failed(found) else content), found


def _basic(
    card: Card, tags: tuple[str, ...], sources: Mapping[Source, SourceLine], image: _Image, found: list[Diagnostic]
) -> Content:
    front, back, extra = (markup.to_html(text, image) for text in (card.front, card.back, card.extra))
    for key, shown in (("front", front), ("back", back)):
        if not shows(shown):
            message = f"the {key} of '{card.id}' shows nothing; Anki would not make a card of it"
            found.append(error("CW520", message, card.places.get(key, card.span), f"write its text under '{key}'"))
    asks, answers, more = (markup.to_plain(text, cloze=False) for text in (card.front, card.back, card.extra))
    typed = " ".join(answers.split()) if card.typed else ""
    if card.typed and (not typed or not shows(_escaped(typed))):
        place = card.places.get("typed", card.span)
        found.append(error("CW522", "there is no text here to be typed", place, "delete 'typed', or answer in words"))
    values = {
        "Front": front,
        "Back": back,
        "Extra": extra,
        "Source": _source_html(card, sources),
        "Id": _escaped(card.id),
        "Reverse": "1" if card.reverse else "",
        "Typed": _escaped(typed),
    }
    return Content(
        card,
        "basic",
        _in_order("basic", values),
        tags,
        (0, 1) if card.reverse else (0,),
        (asks, answers, more, _source_plain(card, sources)),
        (word_digest(asks), word_digest(answers)),
    )


def _cloze(
    card: Card, tags: tuple[str, ...], sources: Mapping[Source, SourceLine], image: _Image, found: list[Diagnostic]
) -> Content:
    numbers = markup.cloze_numbers(card.cloze)
    answers = markup.cloze_answers(card.cloze)
    for key in ("reverse", "typed"):
        if getattr(card, key):
            place = card.places.get(key, card.span)
            found.append(error("CW417", f"a cloze cannot be '{key}'", place, f"delete '{key}: true'"))
    hidden = "; ".join(dict.fromkeys(answers.values()))
    values = {
        "Text": markup.cloze_to_html(card.cloze, image),
        "Extra": markup.to_html(card.extra, image),
        "Source": _source_html(card, sources),
        "Id": _escaped(card.id),
    }
    return Content(
        card,
        "cloze",
        _in_order("cloze", values),
        tags,
        tuple(number - 1 for number in numbers),
        (
            markup.cloze_blank(card.cloze),
            hidden,
            markup.to_plain(card.extra, cloze=False),
            _source_plain(card, sources),
        ),
        (word_digest(markup.to_plain(card.cloze)),),
        {str(number): word_digest(answer) for number, answer in sorted(answers.items())},
    )


def _in_order(kind: Kind, values: Mapping[str, str]) -> tuple[str, ...]:
    """Values as Anki stores them, in NFC, by the fields of the note type."""
    return tuple(unicodedata.normalize("NFC", values.get(name, "")) for name in FIELDS[kind])


def _tags(card: Card, file_tags: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted({unicodedata.normalize("NFC", tag) for tag in (*file_tags, *card.tags)}))


def _lines(card: Card, sources: Mapping[Source, SourceLine]) -> list[SourceLine]:
    """What learners see of a card's sources, each once; one that nobody knows is shown by its document's name."""
    known = (sources.get(each) or SourceLine(each.document) for each in card.sources)
    return list(dict.fromkeys(SourceLine(_one_line(each.label), _one_line(each.heading), each.url) for each in known))


def _one_line(text: str) -> str:
    """A document's own words, which nobody has checked for characters that Anki does not take."""
    return " ".join(DROPPED.sub(" ", text).split())


def _source_html(card: Card, sources: Mapping[Source, SourceLine]) -> str:
    shown: list[str] = []
    for each in _lines(card, sources):
        label = _escaped(each.label)
        if each.url.startswith(("https://", "http://")):
            label = f'<a href="{html.escape(each.url)}">{label}</a>'
        shown.append(f"{label} › {_escaped(each.heading)}" if each.heading else label)
    return "<br>".join(shown)


def _source_plain(card: Card, sources: Mapping[Source, SourceLine]) -> str:
    return "; ".join(f"{each.label} › {each.heading}" if each.heading else each.label for each in _lines(card, sources))


def _escaped(text: str) -> str:
    """Text that Anki shows as it is, `[sound:x]` too."""
    return html.escape(text, quote=False).replace("[", "&#91;")
