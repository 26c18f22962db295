"""Decks that learners have under another name: refused until the deck or card file says so itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cardwright.decks.deckfile import DeckFile
from cardwright.diagnostics import Diagnostic, Related, Span, error
from cardwright.memory.released import Released
from cardwright.model import CardSet

__all__ = ["renames"]

# Texts that mean themselves in YAML, also in a list, without quotes.
_PLAIN = re.compile(r"[^\W\d_][\w ./()&+-]*(?<! )")


def renames(
    decks: Sequence[DeckFile],
    placed: Sequence[tuple[DeckFile, str, CardSet]],
    released: Released,
) -> Iterator[Diagnostic]:
    """Paths that are not those of released.lock, unless `was` accepts it; and a `was` that accepts nothing any more.

    Anki matches decks by name and never moves a card that a learner has. `placed` has each card file that is in a
    deck once, with its path. An old path is accepted if it is made of the names and titles, now and former, that the
    files give; deck files of one name speak for each other.
    """
    former: dict[str, list[str]] = {}
    for deck in decks:
        former.setdefault(deck.name, []).extend(deck.was)
    used: set[tuple[str, str]] = set()
    for deck, path, cards in placed:
        known = released.decks.get(cards.stem)
        if known is None or known.name == path:
            continue
        title = path.removeprefix(f"{deck.name}::")
        ways = {
            f"{name}::{part}": (name, part)
            for part in (title, *([cards.was] if cards.was else []))
            for name in (deck.name, *former[deck.name])
        }
        if known.name in ways:
            name, part = ways[known.name]
            used |= {(deck.name, name), (f"cards/{cards.stem}", part)}
        else:
            yield _refused(deck, path, cards, known.name, former[deck.name])
    yield from _spent(decks, [cards for _, _, cards in placed], used)


def _refused(deck: DeckFile, path: str, cards: CardSet, old: str, former: Sequence[str]) -> Diagnostic:
    """The error, with the lines that accept the new path and with those that bring the old one back."""
    title = path.removeprefix(f"{deck.name}::")
    names = [name for name in (deck.name, *former) if old.startswith(f"{name}::")]
    titles = [part for part in (title, cards.was) if part and old.endswith(f"::{part}")]
    if names:
        old_name, old_title = names[0], old.removeprefix(f"{names[0]}::")
    else:
        old_title = titles[0] if titles else old.rpartition("::")[2]
        old_name = old.removesuffix(f"::{old_title}")
    back: list[str] = []
    lines: list[str] = []
    other_name = old_name not in (deck.name, *former)
    if other_name:
        back.append(f"name: {_scalar(old_name)}")
        names = [_scalar(each) for each in (*former, old_name)]
        text = names[0] if len(names) == 1 else f"[{', '.join(names)}]"
        lines.append(f"was: {text}    below 'name' in {deck.span().path}")
    if old_title not in (title, cards.was):
        back.append(f"title: {_scalar(old_title)}")
        lines.append(f"was: {_scalar(old_title)}    below 'title' in {cards.place.path}")
    message = (
        f"learners have '{cards.stem}' as the deck '{old}', and it would now be '{path}': the cards they have stay in "
        "the old deck, and new ones come into the new deck"
    )
    way_out = (
        f"put the old name back ({'; '.join(back)}), or accept the new one with\n"
        + "".join(f"        {line}\n" for line in lines)
        + f"    Who renames the deck in Anki to '{path}' before the import has all cards in it."
    )
    place = deck.span("name") if other_name else cards.place
    related = [Related(cards.place, "the title")] if other_name and len(lines) > 1 else []
    return error("CW510", message, place, way_out, related)


def _spent(decks: Sequence[DeckFile], placed: Sequence[CardSet], used: set[tuple[str, str]]) -> Iterator[Diagnostic]:
    """Former names that no deck is known by any more."""
    for deck in decks:
        for name in deck.was:
            if (deck.name, name) not in used:
                yield _told(name, deck.span("was"))
    for cards in placed:
        if cards.was and (f"cards/{cards.stem}", cards.was) not in used:
            yield _told(cards.was, cards.was_place)


def _told(name: str, place: Span) -> Diagnostic:
    message = f"'was' with '{name}' accepts nothing: no deck in the memory of releases still has that name"
    return Diagnostic("CW512", message, place, "this 'was' can be deleted now", "info")


def _scalar(text: str) -> str:
    """A text as YAML takes it."""
    return text if _PLAIN.fullmatch(text) else "'" + text.replace("'", "''") + "'"
