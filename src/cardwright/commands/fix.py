"""`cardwright check --fix`: what can be mended in card files without a thought about their subject."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cardwright.commands import compiled, gather
from cardwright.commands.writes import write_cards
from cardwright.diagnostics import Diagnostic, failed
from cardwright.files import claim
from cardwright.settings import Settings

if TYPE_CHECKING:
    from cardwright.cards.lint import Limits

__all__ = ["fix"]


def fix(settings: Settings, limits: Limits) -> list[Diagnostic]:
    """Write ids and better texts into card files, and tell which."""
    with claim(settings.root / ".cardwright") as held:
        if not held:
            return [gather.held()]
        return _ids(settings) + _texts(settings, limits)


def _ids(settings: Settings) -> list[Diagnostic]:
    """Give an id to each card without one."""
    from cardwright.cards import with_ids

    gathered, _ = compiled.decks(settings)
    memory, _, _ = gather.memory(settings)
    taken = {card.id.lower() for file in gathered.files for card in file.cards}
    taken |= {each.id.lower() for each in memory.entries}
    taken |= {each.id.lower() for each in gathered.released.notes.values()}
    written: dict[str, str] = {}
    found: list[Diagnostic] = []
    for file in gathered.files:
        text, minted, problems = with_ids(file, taken)
        if minted:
            written[file.stem] = text
        found += problems
        found += [
            Diagnostic("CW401", f"this card had no id and got '{new}'", place, severity="info")
            for place, new in minted.items()
        ]
    return write_cards(settings, gathered.files, written) or found


def _texts(settings: Settings, limits: Limits) -> list[Diagnostic]:
    """Mend what rules of the linter find in files without errors, as an edit by hand would."""
    from cardwright.cards import change_cards
    from cardwright.cards.lint import fixes

    files, problems = gather.card_files(settings)
    if failed(problems):
        return []
    written: dict[str, str] = {}
    found: list[Diagnostic] = []
    for file in files:
        better = {card.id: fixed for card in file.cards if (fixed := fixes(card, limits))}
        changes = {card: {key: each.text for key, each in fixed.items()} for card, fixed in better.items()}
        text, refused = change_cards(file.file, file.stem, changes) if changes else (file.file.text, [])
        found += refused
        if text == file.file.text:
            continue
        written[file.stem] = text
        found += [
            Diagnostic("CW803", f"'{key}' was mended ({', '.join(each.rules)})", card.places[key], severity="info")
            for card in file.cards
            for key, each in better.get(card.id, {}).items()
        ]
    return write_cards(settings, files, written) or found
