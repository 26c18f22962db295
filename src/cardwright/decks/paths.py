"""Deck paths: names that Anki keeps as they are, one for each card file in the whole project.

Anki matches decks by their full name, whatever their case, and never moves a card that a learner has.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from cardwright import markup
from cardwright.decks.deckfile import DeckFile, deck_path, takes
from cardwright.decks.renames import renames
from cardwright.diagnostics import Diagnostic, Related, Span, did_you_mean, error
from cardwright.memory.released import Released
from cardwright.model import CardSet

__all__ = ["check_decks"]

# With a twelfth level an import fails as a whole, as measured with Anki's backend.
_LEVELS = 11
# A tag, a comment or an entity: {{Subdeck}} is put into the page unescaped (seen with Anki 26.9.3).
_HTML = re.compile(r"<[A-Za-z/!?][^\s<>]*>?|&(?:#\d+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);")
_NO_DECKS = "make a file in it, for example basics.yaml with 'name: ...' and 'cards: [...]'"


def check_decks(
    decks: Sequence[DeckFile], cards: Sequence[CardSet], released: Released, *, folder: str = "decks"
) -> list[Diagnostic]:
    """What is wrong with the decks of a project, seen together and beside what learners have."""
    if not decks:
        return [error("CW509", "there are no deck files here", Span(folder), _NO_DECKS)]
    files = {each.stem: each for each in cards}
    found = [problem for deck in decks for problem in _names(deck, files)]
    found += [problem for deck in decks for problem in _missing(deck, files)]
    if found:
        return found
    found += _shared(decks)
    found += _descriptions(decks)
    found += _one_path(decks, files)
    found += _twins(decks, files)
    found += renames(decks, list(_placed(decks, files)), released)
    found += [problem for deck in decks for problem in _empty(deck, files)]
    return found


def _names(deck: DeckFile, files: dict[str, CardSet]) -> Iterator[Diagnostic]:
    """Names that Anki would change, or that would make an import fail."""
    yield from _faults(deck.name, deck.span("name"), "deck name")
    if deck.name.isdecimal():
        message = f"'{deck.name}' is a number alone; Anki's text import takes numbers for ids of decks"
        yield error("CW501", message, deck.span("name"), f"add a word, such as 'Year {deck.name}'")
    if deck.name.split("::")[0].strip().casefold() == "default":
        message = "'Default' is the deck that every learner has already"
        yield error("CW501", message, deck.span("name"), "choose a name that tells what the deck is about")
    for stem in deck.cards:
        if stem in files and files[stem].title:
            title, place = unicodedata.normalize("NFC", files[stem].title), files[stem].place
            yield from _faults(title, place, "title")
            if len(f"{deck.name}::{title}".split("::")) > _LEVELS:
                message = f"'{deck.name}::{title}' has more than {_LEVELS} levels; Anki would refuse the whole package"
                yield error("CW501", message, deck.span("name"), "take out some '::'")


def _faults(name: str, place: Span, what: str) -> Iterator[Diagnostic]:
    if control := re.search(r"[\x00-\x1f\x7f\ud800-\udfff]", name):
        message = f"a {what} cannot hold U+{ord(control[0]):04X}; Anki would drop it"
        yield error("CW501", message, place, "write it on one line, without such characters")
        return
    for each in markup.field_problems(name):
        if each.code in ("CW701", "CW702", "CW703"):
            yield error("CW501", f"in this {what}: {each.message}", place, each.help)
    if tag := _HTML.search(name):
        message = f"a {what} cannot hold '{tag[0]}'; Anki puts it on every card as it stands, where it is HTML"
        yield error("CW501", message, place, "leave it out, or write it in words")
    if '"' in name:
        yield error("CW501", f"a {what} cannot hold '\"'; Anki would drop it", place, "write “ and ” in its place")
    levels = name.split("::")
    if not all(part.strip() for part in levels):
        message = f"a level of this {what} is empty; Anki would call it 'blank'"
        yield error("CW501", message, place, "write 'Deck', or 'Deck::Part' for a deck below it")
    elif any(part != part.strip() for part in levels):
        message = f"a level of '{name}' begins or ends with a space; Anki would take it away"
        yield error("CW501", message, place, f"write '{'::'.join(part.strip() for part in levels)}'")


def _missing(deck: DeckFile, files: dict[str, CardSet]) -> Iterator[Diagnostic]:
    for stem in deck.cards:
        if stem in files:
            continue
        bare = stem.rsplit("/", 1)[-1].removesuffix(".yaml").removesuffix(".yml")
        way_out = (
            f"write '{bare}'"
            if bare in files
            else did_you_mean(stem, sorted(files)) or "make it with 'cardwright extract', or write it"
        )
        yield error("CW502", f"there is no card file '{stem}'", deck.span(f"cards/{stem}"), way_out)


def _shared(decks: Sequence[DeckFile]) -> Iterator[Diagnostic]:
    """A card file in two decks of different names: one note would have to be in two places."""
    first: dict[str, DeckFile] = {}
    for deck in decks:
        for stem in deck.cards:
            other = first.setdefault(stem, deck)
            if other.name != deck.name:
                there = [Related(other.span("name"), f"'{other.name}', which has it too")]
                message = f"'{stem}' would be in two decks, '{other.name}' and '{deck.name}'"
                way_out = "give both deck files one name: their packages can be imported side by side"
                yield error("CW504", message, deck.span(f"cards/{stem}"), way_out, there)


def _descriptions(decks: Sequence[DeckFile]) -> Iterator[Diagnostic]:
    """Two descriptions of one deck: each import would put its own."""
    first: dict[str, DeckFile] = {}
    for deck in decks:
        other = first.setdefault(deck.name, deck)
        if other.description != deck.description:
            there = [Related(other.span("description"), "the other one")]
            message = f"another deck file is called '{deck.name}' too, and describes it otherwise"
            way_out = "write the same description in both: each import overwrites the one before"
            yield error("CW505", message, deck.span("description"), way_out, there)


def _one_path(decks: Sequence[DeckFile], files: dict[str, CardSet]) -> Iterator[Diagnostic]:
    first: dict[str, CardSet] = {}
    for path, cards in _paths(decks, files):
        other = first.setdefault(path, cards)
        if other.stem != cards.stem:
            there = [Related(other.place, f"the title of '{other.stem}'")]
            message = f"'{other.stem}' and '{cards.stem}' would be one deck, '{path}'"
            yield error("CW506", message, cards.place, "give one of them another title", there)


def _twins(decks: Sequence[DeckFile], files: dict[str, CardSet]) -> Iterator[Diagnostic]:
    """Paths, or decks above them, that differ in case alone: Anki takes them for one and renames the second."""
    first: dict[str, tuple[str, Span]] = {}
    named = [(deck.name, deck.span("name")) for deck in decks]
    named += [(path, cards.place) for path, cards in _paths(decks, files)]
    told: set[str] = set()
    for path, place in named:
        levels = path.split("::")
        for depth in range(1, len(levels) + 1):
            above = "::".join(levels[:depth])
            other, there = first.setdefault(above.casefold(), (above, place))
            if other != above and above not in told:
                told.add(above)
                message = f"'{above}' and '{other}' differ in case alone; Anki takes them for one deck"
                yield error("CW507", message, place, f"write '{other}'", [Related(there, "the other one")])


def _empty(deck: DeckFile, files: dict[str, CardSet]) -> Iterator[Diagnostic]:
    if any(takes(deck, card, files[stem].tags) for stem in deck.cards for card in files[stem].cards):
        return
    if deck.tags:
        wanted = ", ".join(deck.tags)
        known = {tag for stem in deck.cards for card in files[stem].cards for tag in (*files[stem].tags, *card.tags)}
        near = did_you_mean(deck.tags[0], sorted(known)) if len(deck.tags) == 1 else ""
        near = f"{near} Otherwise " if near.startswith("did you mean") else ""
        message, way_out = (
            f"no card has one of the tags {wanted}",
            f"{near}mend 'tags', or take the line out to have all cards",
        )
        yield error("CW508", message, deck.span("tags"), way_out)
        return
    drafts = sum(card.draft for stem in deck.cards for card in files[stem].cards)
    way_out = "add cards to its card files"
    if drafts:
        way_out = f"all {drafts} cards are drafts: read them and take 'draft: true' out"
    yield error("CW508", "no cards for this deck", deck.span("cards"), way_out)


def _paths(decks: Sequence[DeckFile], files: dict[str, CardSet]) -> Iterable[tuple[str, CardSet]]:
    return ((path, cards) for _, path, cards in _placed(decks, files))


def _placed(decks: Sequence[DeckFile], files: dict[str, CardSet]) -> Iterator[tuple[DeckFile, str, CardSet]]:
    """Each card file that is in a deck, once, with its path."""
    seen: set[str] = set()
    for deck in decks:
        for stem in deck.cards:
            if stem not in seen:
                seen.add(stem)
                yield deck, deck_path(deck, files[stem]), files[stem]
