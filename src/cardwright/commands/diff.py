"""`cardwright diff`: what the next import will do to a learner."""

from __future__ import annotations

import dataclasses
import os
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cardwright.commands import compiled
from cardwright.console import Outcome
from cardwright.diagnostics import Diagnostic, Span, did_you_mean, error, failed
from cardwright.settings import Settings, find

if TYPE_CHECKING:
    from cardwright.decks import Build, Difference
    from cardwright.decks.difference import Change, Entry, Text

__all__ = ["run"]

# Titles of what an import replaces, by the kind of change.
_CHANGES = {
    "reworded": "Reworded",
    "answer": "Answer changed",
    "asked": "Asked in another way",
    "tags": "Tags changed",
    "again": "Changed and put back since then; written anew",
}
_COLOURS = {"-": "red", "+": "green"}
# A question in a list is cut here.
_WIDEST = 100


def run(folder: Path, package: Path, deck: str) -> Outcome:
    """Compare a package that learners have with what a build would make now; nothing is written."""
    settings, found = find(folder)
    if settings is None:
        return Outcome(diagnostics=tuple(found))
    build, found = _build(settings)
    stems, problems = _stems(settings, build, package, deck) if build else ([], [])
    found.extend(problems)
    if build is None or failed(found):
        return Outcome(diagnostics=tuple(found), root=settings.root)
    from cardwright.decks import compare, read_package

    file = folder / package
    old, problems = read_package(file, settings.shown(file), settings.namespace)
    found.extend(problems)
    if old is None:
        return Outcome(diagnostics=tuple(found), root=settings.root)
    difference = compare(old, build, stems)
    text = "\n".join(_told(difference, package.name, stems))
    return Outcome(text, _as_data(difference, stems), (), tuple(found), root=settings.root)


def _build(settings: Settings) -> tuple[Build | None, list[Diagnostic]]:
    """A build of the whole project: of one deck alone it is not known which cards are in no deck any more."""
    from cardwright.decks import clock

    now, found = clock(os.environ, int(time.time() * 1000))
    gathered, problems = compiled.decks(settings)
    found.extend(problems)
    if now is None or failed(found):
        return None, found
    build, problems = compiled.planned(settings, gathered, now, (), compiled.source_lines(settings, gathered))
    return build, [*found, *problems]


def _stems(settings: Settings, build: Build, package: Path, deck: str) -> tuple[Sequence[str], list[Diagnostic]]:
    """The deck to compare with: the one asked for, else the one that is called like the package, else all."""
    stems = [each.stem for each in build.decks]
    if not deck:
        return ([package.stem] if package.stem in stems else stems), []
    if deck in stems:
        return [deck], []
    return [], [error("CW511", f"there is no deck '{deck}'", Span(settings.decks), did_you_mean(deck, stems))]


def _told(difference: Difference, package: str, stems: Sequence[str]) -> Iterator[str]:
    """The difference for people: one section a class, the quiet ones left out."""
    counts = (
        f"{_notes(difference.arriving, 'new')}, {len(difference.changes)} updated, {difference.unchanged} unchanged"
    )
    yield f"Who has {package} and imports the next build of {', '.join(stems)}: {counts}"
    yield from _section("New", [_line(each, "+") for each in difference.new])
    for what, title in _CHANGES.items():
        changes = [each for each in difference.changes if each.what == what]
        yield from _section(title, [line for each in changes for line in _change(each)], len(changes))
    if difference.changes:
        yield ""
        yield "An update replaces the text and the tags of a note, also what a learner added to it before the build."
    yield from _section(
        "Moved to another deck; those who have them keep them where they are",
        [line for each in difference.moved for line in (_line(each.note), f"    {each.was} -> {each.note.deck}")],
        len(difference.moved),
    )
    yield from _section(
        "Note type changed: for Anki a new note; those who have the old one keep it, with its history",
        [f"{_line(each.note)} ({each.was} -> {each.now})" for each in difference.converted],
    )
    yield from _section("Retired; they stay in Anki", [_line(each, "-") for each in difference.retired])
    if difference.search:
        yield f"  found in Anki's browser with: {difference.search}"
    yield from _section("No longer in this package, but in another one", [_line(each) for each in difference.elsewhere])
    yield from _reviews(difference)
    yield from _section("Look changed (CSS or templates) of the note type", [f"  {each}" for each in difference.looks])
    schemas = [f"  {each}" for each in difference.schemas]
    yield from _section(
        "Fields or templates changed, so that Anki updates none of its notes; import with 'Merge note types', and set "
        "'Update notes' and 'Update note types' to 'Always'",
        schemas,
    )
    yield from _section(
        "Changed here, but Anki would not take it over: the learner's note type is another one, or the note is as late",
        [line for each in difference.held for line in _change(each)],
        len(difference.held),
    )


def _section(title: str, lines: Sequence[str], count: int = 0) -> Iterator[str]:
    if lines:
        yield ""
        yield f"{click.style(title, bold=True)}: {count or len(lines)}"
        yield from lines


def _reviews(difference: Difference) -> Iterator[str]:
    added = sum(len(each.added) for each in difference.reviews)
    emptied = sum(len(each.emptied) for each in difference.reviews)
    lines: list[str] = []
    for each in difference.reviews:
        words = [f"adds {_numbers(each.added)}"] if each.added else []
        words += [f"leaves {_numbers(each.emptied)} empty"] if each.emptied else []
        lines.append(f"{_line(each.note)}: {', '.join(words)}")
    if lines:
        yield from _section("Review cards of notes that are there", lines)
        yield f"  {added} added, {emptied} left empty" + (" (Tools > Empty Cards removes them)" if emptied else "")


def _numbers(numbers: Sequence[int]) -> str:
    return ", ".join(f"card {number}" for number in numbers)


def _line(note: Entry, mark: str = " ") -> str:
    asks = " ".join(note.asks.split())
    shortened = asks if len(asks) <= _WIDEST else asks[: _WIDEST - 1] + "…"
    line = f"  {mark} {note.card}  {shortened}" if mark.strip() else f"  {note.card}  {shortened}"
    return click.style(line, fg=_COLOURS.get(mark))


def _change(change: Change) -> Iterator[str]:
    """The card, and below it the lines that differ with the words that differ in them."""
    yield f"  {change.note.card}"
    for text in change.texts:
        yield from _lines(text)


def _lines(text: Text) -> Iterator[str]:
    from cardwright.decks.worddiff import line_difference

    for line in line_difference(text.old, text.new):
        if not line.text and (not text.old or not text.new):
            continue  # nothing was there before, or is there now
        colour = _COLOURS[line.mark]
        words = "".join(click.style(piece, fg=colour, underline=changed or None) for piece, changed in line.pieces)
        yield f"    {click.style(f'{line.mark} {text.part}:', fg=colour)} {words}"


def _notes(count: int, what: str) -> str:
    return f"{count} {what} note" if count == 1 else f"{count} {what} notes"


def _as_data(difference: Difference, stems: Sequence[str]) -> dict[str, object]:
    data = dataclasses.asdict(difference)
    counts = {
        "new": difference.arriving,
        "updated": len(difference.changes),
        "unchanged": difference.unchanged,
        "retired": len(difference.retired),
    }
    return {"decks": list(stems), "counts": counts, **{key: data[key] for key in data if key != "unchanged"}}
