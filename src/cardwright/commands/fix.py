"""`cardwright check --fix`: what can be mended in card files without a thought about their subject."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cardwright.commands import compiled, gather
from cardwright.commands.writes import write_cards
from cardwright.diagnostics import Diagnostic, failed
from cardwright.files import claim
from cardwright.settings import Settings

if TYPE_CHECKING:
    from cardwright.cards.lint import Limits

__all__ = ["fix"]


@dataclass(frozen=True, slots=True)
class _Written:
    """A value that was written: the card, the key, and what to say of it."""

    code: str
    card: str
    key: str
    message: str


def fix(settings: Settings, limits: Limits) -> list[Diagnostic]:
    """Write ids and better texts into card files, and tell which."""
    with claim(settings.root / ".cardwright") as held:
        if not held:
            return [gather.held()]
        ids, found = _ids(settings)
        texts, problems = _texts(settings, limits)
        return [*_told(settings, [*ids, *texts]), *found, *problems]


def _told(settings: Settings, written: list[_Written]) -> list[Diagnostic]:
    """What was written, at its place in the files as they are now: every change moves what stands below it."""
    if not written:
        return []
    files, _ = gather.card_files(settings)
    cards = {card.id: card for file in files for card in file.cards}
    return [
        Diagnostic(each.code, each.message, card.places.get(each.key, card.span), severity="info")
        for each in written
        if (card := cards.get(each.card))
    ]


def _ids(settings: Settings) -> tuple[list[_Written], list[Diagnostic]]:
    """Give an id to each card without one."""
    from cardwright.cards import with_ids

    gathered, _ = compiled.decks(settings)
    memory, _, _ = gather.memory(settings)
    taken = {card.id.lower() for file in gathered.files for card in file.cards}
    taken |= {each.id.lower() for each in memory.entries}
    taken |= {each.id.lower() for each in gathered.released.notes.values()}
    texts: dict[str, str] = {}
    written: list[_Written] = []
    found: list[Diagnostic] = []
    for file in gathered.files:
        text, minted, problems = with_ids(file, taken)
        if minted:
            texts[file.stem] = text
        found += problems
        written += [_Written("CW401", new, "id", f"this card had no id and got '{new}'") for new in minted.values()]
    failures = write_cards(settings, gathered.files, texts)
    return ([], failures) if failures else (written, found)


def _texts(settings: Settings, limits: Limits) -> tuple[list[_Written], list[Diagnostic]]:
    """Mend what rules of the linter find in files without errors, as an edit by hand would."""
    from cardwright.cards import change_cards
    from cardwright.cards.lint import fixes

    files, problems = gather.card_files(settings)
    if failed(problems):
        return [], []
    texts: dict[str, str] = {}
    written: list[_Written] = []
    found: list[Diagnostic] = []
    for file in files:
        better = {card.id: fixed for card in file.cards if (fixed := fixes(card, limits))}
        changes = {card: {key: each.text for key, each in fixed.items()} for card, fixed in better.items()}
        text, refused = change_cards(file.file, file.stem, changes) if changes else (file.file.text, [])
        found += refused
        if text == file.file.text:
            continue
        texts[file.stem] = text
        written += [
            _Written("CW803", card, key, f"'{key}' was mended ({', '.join(each.rules)})")
            for card, fixed in better.items()
            for key, each in fixed.items()
        ]
    failures = write_cards(settings, files, texts)
    return ([], failures) if failures else (written, found)
