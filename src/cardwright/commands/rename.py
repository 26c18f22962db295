"""`cardwright rename`: another id for a card, and the same history."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cardwright.commands import compiled, gather
from cardwright.commands.alone import alone
from cardwright.console import Outcome
from cardwright.diagnostics import Diagnostic, Related, Span, did_you_mean, error, failed
from cardwright.files import ChangedError, TextFile, write_all
from cardwright.settings import Settings

if TYPE_CHECKING:
    from cardwright.cards import CardFile
    from cardwright.memory.extracted import Extracted
    from cardwright.memory.released import Released, ReleasedNote
    from cardwright.model import Card

__all__ = ["run"]


@dataclass(frozen=True, slots=True)
class _Known:
    """All that ids stand in: card files and both memories, with the files these were read from."""

    files: Sequence[CardFile]
    extracted: Extracted
    released: Released
    extracted_lock: TextFile | None
    released_lock: TextFile | None

    def card(self, id: str) -> Card | None:
        """The card that has this id now."""
        return next((card for file in self.files for card in file.cards if card.id == id), None)

    def notes(self, id: str) -> list[ReleasedNote]:
        """The notes that were released under this id: as basic, as cloze, or none."""
        return [note for note in self.released.notes.values() if note.id == id]

    def extracts(self, id: str) -> bool:
        """Whether the rules have proposed a card of this id."""
        return any(entry.id == id for entry in self.extracted.entries)


def run(folder: Path, old: str, new: str) -> Outcome:
    """Give the card `old` the id `new`; where a person has done so already, bring the memories up to date."""
    return alone(folder, lambda settings: _run(settings, old, new))


def _run(settings: Settings, old: str, new: str) -> Outcome:
    gathered, found = compiled.decks(settings)
    extracted, lock, problems = gather.memory(settings)
    found = [each for each in (*found, *problems) if each.severity == "error"]
    known = _Known(gathered.files, extracted, gathered.released, lock, gathered.lock)
    if not found:
        found = _refusals(settings, known, old, new)
    if found:
        return Outcome(diagnostics=tuple(found), root=settings.root)
    written, expected, found = _rendered(settings, known, old, new)
    if failed(found):
        return Outcome(diagnostics=tuple(found), root=settings.root)
    try:
        changed = write_all(written, expected)
    except ChangedError as problem:
        moved = tuple(gather.moved(settings, problem))
        return Outcome(diagnostics=moved, root=settings.root)
    shown = [settings.shown(path) for path in changed]
    data = {"old": old, "new": new, "files": shown}
    if not shown:
        return Outcome(f"'{old}' is called '{new}' already", data, root=settings.root)
    steps: tuple[str, ...] = ()
    if known.notes(old):
        steps = (f"Learners keep what they know of it. In Anki its field Id stays '{old}' until the card changes.",)
    return Outcome(f"{old} -> {new}: {', '.join(shown)}", data, steps, root=settings.root)


def _rendered(
    settings: Settings, known: _Known, old: str, new: str
) -> tuple[dict[Path, bytes], dict[Path, str], list[Diagnostic]]:
    """The files in the order of writing, with what each one was: the card first, so that a run can be resumed."""
    from cardwright.cards.rename import with_id
    from cardwright.memory import extracted, released
    from cardwright.memory.renaming import renamed_in_extracted, renamed_in_released

    written: dict[Path, bytes] = {}
    expected: dict[Path, str] = {}
    found: list[Diagnostic] = []
    if known.card(old) is None and _settled(known, old, new):
        return written, expected, found
    if (card := known.card(old)) is not None:
        file = next(each for each in known.files if each.stem == card.file)
        text, found = with_id(file, old, new)
        path = settings.folder("cards") / f"{file.stem}.yaml"
        written[path] = (("\ufeff" if file.file.bom else "") + text).encode()
        expected[path] = file.file.digest
    if known.extracted_lock is not None and known.extracts(old):
        path = settings.folder("cards") / gather.EXTRACTED_LOCK
        written[path] = extracted.dump(renamed_in_extracted(known.extracted, old, new)).encode()
        expected[path] = known.extracted_lock.digest
    if known.released_lock is not None and known.notes(old):
        path = settings.folder("decks") / compiled.RELEASED_LOCK
        written[path] = released.dump(renamed_in_released(known.released, old, new)).encode()
        expected[path] = known.released_lock.digest
    return written, expected, found


def _refusals(settings: Settings, known: _Known, old: str, new: str) -> list[Diagnostic]:
    """Why this cannot be done; one reason is enough."""
    from cardwright.cards import ID, slug

    place = Span(settings.cards)
    if not re.fullmatch(ID, new):
        like = f", such as '{slug(new)}'" if slug(new) else ""
        way_out = f"use small letters, digits and hyphens, at most 80, no hyphen first{like}"
        return [error("CW402", f"'{new}' cannot be an id", place, way_out)]
    if old == new:
        return [error("CW440", f"both ids are '{old}'", place, "give the new id second: cardwright rename OLD NEW")]
    before, after = known.card(old), known.card(new)
    if before is not None and after is not None:
        there = [Related(before.places.get("id", before.span), f"the card '{old}'")]
        message, way_out = f"another card is called '{new}'", "choose an id that no card has"
        return [error("CW440", message, after.places.get("id", after.span), way_out, there)]
    if before is not None:
        return _taken(settings, known, before, new)
    if after is None or not (known.notes(old) or known.extracts(old) or _settled(known, old, new)):
        return [_unknown(settings, known, old)]
    return _begun_anew(settings, known, after, old)


def _taken(settings: Settings, known: _Known, card: Card, new: str) -> list[Diagnostic]:
    """That the new id belongs to a card which is gone, and which would come back under it."""
    place = card.places.get("id", card.span)
    way_out = f"choose another id; if this is that very card, write 'id: {new}' there yourself"
    if known.notes(new):
        message = f"'{new}' was released as another card, and learners have its note: this card would take its place"
        return [error("CW440", message, place, way_out, [Related(_lock(settings, "decks"), f"the note of '{new}'")])]
    if known.extracts(new):
        message = f"'{new}' is a card that was deleted by hand, and extraction keeps it away under this id"
        return [error("CW440", message, place, way_out, [Related(_lock(settings, "cards"), f"the card '{new}'")])]
    return []


def _begun_anew(settings: Settings, known: _Known, card: Card, old: str) -> list[Diagnostic]:
    """That a card which was given its new id by hand has already been released under it, as a note of its own.

    A build right after the change does so, and that can be mended: the same question, the one note retired, the
    other one younger. With another question they are two cards, and a learner's history of the new one would be lost.
    """
    new = known.notes(card.id)
    if not new or not known.notes(old) or _settled(known, old, card.id):
        return []
    by_kind = {note.kind: note for note in known.notes(old)}
    twins = (by_kind.get(note.kind) for note in new)
    if all(
        twin and twin.retired and twin.words[:1] == note.words[:1] and twin.born < note.born
        for note, twin in zip(new, twins, strict=True)
    ):
        return []
    message = (
        f"'{card.id}' has been released as a card of its own; the history of '{old}' cannot become its history too"
    )
    way_out = f"to have the old history back, write 'id: {old}' there; otherwise there is nothing to do"
    there = [Related(_lock(settings, "decks"), f"the notes of '{old}' and '{card.id}'")]
    return [error("CW440", message, card.places.get("id", card.span), way_out, there)]


def _settled(known: _Known, old: str, new: str) -> bool:
    """Whether the memory of releases, the last file to be written, knows the card by its new id already."""
    return any(old in note.was for note in known.notes(new))


def _unknown(settings: Settings, known: _Known, old: str) -> Diagnostic:
    near = did_you_mean(old, sorted(card.id for file in known.files for card in file.cards))
    gone = known.notes(old) or known.extracts(old)
    message = f"no card has the id '{old}'" + (" any more" if gone else "")
    way_out = near if near.startswith("did you mean") else "give an id from cards/*.yaml"
    return error("CW007", message, Span(settings.cards), way_out)


def _lock(settings: Settings, folder: str) -> Span:
    name = gather.EXTRACTED_LOCK if folder == "cards" else compiled.RELEASED_LOCK
    return Span(settings.shown(settings.folder(folder) / name))
