"""Cards that vanished all at once: more likely an accident than a decision."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from cardwright.cards.cardfile import CardFile
from cardwright.diagnostics import Diagnostic, Span, error, several
from cardwright.memory.extracted import Extracted

__all__ = ["sudden_losses"]

# One card in this many may go without a question; a single card always may.
_SHARE = 10
_NAMED = 5


def sudden_losses(memory: Extracted, files: Sequence[CardFile], folder: str) -> list[Diagnostic]:
    """That a card file is gone with its cards, or more than a tenth of all known cards; nothing else stops here.

    Cards that a person moved to another file are not gone. `folder` is where card files are.
    """
    there = {card.id for file in files for card in file.cards}
    known = [entry for entry in memory.entries if not entry.deleted]
    gone: dict[str, list[str]] = defaultdict(list)
    for entry in known:
        if entry.id not in there:
            gone[entry.file].append(entry.id)
    stems = {file.stem for file in files}
    way_out = (
        "bring them back, for example with 'git restore'; if they are meant to be gone, say so once: "
        "cardwright extract --confirm-deletions"
    )
    found = [
        error(
            "CW441",
            f"this card file is gone, and {several(len(gone[stem]), 'card')} with it: {_named(gone[stem])}",
            Span(f"{folder}/{stem}.yaml"),
            way_out,
        )
        for stem in sorted(gone.keys() - stems)
    ]
    lost = sum(map(len, gone.values()))
    if not found and lost > 1 and lost * _SHARE > len(known):
        for stem in sorted(gone):
            message = (
                f"{lost} of {len(known)} known cards are gone at once, {len(gone[stem])} of them from this file: "
                f"{_named(gone[stem])}"
            )
            found.append(error("CW442", message, Span(f"{folder}/{stem}.yaml"), way_out))
    return found


def _named(ids: Sequence[str]) -> str:
    more = f" and {len(ids) - _NAMED} more" if len(ids) > _NAMED else ""
    return ", ".join(sorted(ids)[:_NAMED]) + more
