"""`cardwright why`: where a card came from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cardwright.commands import gather, shown
from cardwright.console import Outcome
from cardwright.diagnostics import Diagnostic, Span, did_you_mean, error
from cardwright.settings import Settings, find

if TYPE_CHECKING:
    from cardwright.memory.extracted import Entry, Extracted
    from cardwright.model import Card

__all__ = ["run"]

# A word or two can be on very many cards; more than this helps nobody.
MOST = 5


def run(folder: Path, wanted: str) -> Outcome:
    """Tell of the card with this id, else of the cards that hold these words."""
    settings, found = find(folder)
    if settings is None:
        return Outcome(diagnostics=tuple(found))
    files, problems = gather.card_files(settings)
    memory, _, more = gather.memory(settings)
    found = [*found, *problems, *more]
    cards = [card for file in files for card in file.cards]
    known = {entry.id: entry for entry in memory.entries}
    chosen = _chosen(cards, wanted)
    if not chosen and wanted in known:
        return Outcome(_of_absent(known[wanted]), {"id": wanted, "deleted": True}, (), (), root=settings.root)
    if not chosen:
        found = [each for each in found if each.severity == "error"]
        return Outcome(diagnostics=(*found, _unknown(settings, cards, memory, wanted)), root=settings.root)
    first = chosen[:MOST]
    parts = [_story(settings, card, known.get(card.id)) for card in first]
    if len(chosen) > MOST:
        parts.append(f"… and {len(chosen) - MOST} more; ask with more of the words")
    data = [_as_data(card, known.get(card.id)) for card in first]
    return Outcome("\n\n".join(parts), data, (), (), root=settings.root)


def _chosen(cards: list[Card], wanted: str) -> list[Card]:
    exact = [card for card in cards if card.id == wanted]
    if exact:
        return exact
    words = wanted.casefold().split()
    return [card for card in cards if words and all(word in _text(card) for word in words)]


def _text(card: Card) -> str:
    return " ".join((card.front, card.back, card.cloze, card.extra)).casefold()


def _story(settings: Settings, card: Card, entry: Entry | None) -> str:
    lines = [f"{card.id}  ({card.span})"]
    lines += shown.content(card)
    if entry is None:
        lines.append("  written by hand: no rule has ever proposed it")
    else:
        lines += [f"  proposed by rule {each.rule} from {each.document} ({each.subject})" for each in entry.origins]
        lines += _edits(card, entry)
    lines += shown.passages(settings, card)
    return "\n".join(lines)


def _edits(card: Card, entry: Entry) -> list[str]:
    """Which fields a person changed, and what the rules had said there."""
    from cardwright.memory.extracted import stands_in

    now = stands_in(card)
    changed = [name for name in {**now, **entry.fields} if name != "source" and now.get(name) != entry.fields.get(name)]
    return [f"  {name} was edited by hand; the rule had said: {entry.fields.get(name, 'nothing')}" for name in changed]


def _of_absent(entry: Entry) -> str:
    lines = [f"{entry.id}  is in no card file: it was deleted by hand, and extraction leaves it deleted"]
    lines += [shown.field(name, value) for name, value in entry.fields.items() if isinstance(value, str)]
    lines += [f"  proposed by rule {each.rule} from {each.document} ({each.subject})" for each in entry.origins]
    return "\n".join(lines)


def _unknown(settings: Settings, cards: list[Card], memory: Extracted, wanted: str) -> Diagnostic:
    ids = sorted({card.id for card in cards} | {entry.id for entry in memory.entries})
    near = did_you_mean(wanted, ids) if len(ids) <= 12 or "did you mean" in did_you_mean(wanted, ids) else ""
    way_out = near or "give an id from cards/*.yaml, or words that stand on the card"
    return error("CW007", f"no card has the id or the words '{wanted}'", Span(settings.cards), way_out)


def _as_data(card: Card, entry: Entry | None) -> dict[str, object]:
    return {
        "id": card.id,
        "place": str(card.span),
        "front": card.front,
        "back": card.back,
        "cloze": card.cloze,
        "source": [str(each) for each in card.sources],
        "origins": [[each.document, each.rule, each.subject] for each in entry.origins] if entry else [],
        "edited": bool(entry and _edits(card, entry)),
    }
