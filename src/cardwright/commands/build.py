"""`cardwright build`: cards to packages and tables."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cardwright.commands import compiled, gather
from cardwright.commands.alone import alone
from cardwright.console import Outcome
from cardwright.diagnostics import Diagnostic, Span, error, failed, several
from cardwright.files import ChangedError, write_all
from cardwright.progress import steps
from cardwright.settings import Settings

if TYPE_CHECKING:
    from cardwright.decks import Build, Clock

__all__ = ["not_as_written", "rendered", "run"]


def run(folder: Path, chosen: Sequence[str], *, locked: bool, relock: bool, breaking: bool) -> Outcome:
    """Build the decks named (all where none is), the memory of releases first.

    `locked`: the memory must be up to date, and no clock is asked. `relock`: what cannot be read of it is made anew.
    `breaking`: note types may have another schema than learners know.
    """

    def work(settings: Settings) -> Outcome:
        found: list[Diagnostic] = []
        now = None if locked else _now(found, relock=relock)
        if failed(found):
            return Outcome(diagnostics=tuple(found), root=settings.root)
        gathered, problems = compiled.decks(settings, relock=relock)
        found.extend(problems)
        if failed(found):
            return Outcome(diagnostics=tuple(found), root=settings.root)
        found.extend(compiled.in_no_deck(settings, gathered) if not chosen else [])
        sources = compiled.source_lines(settings, gathered)
        build, problems = compiled.planned(settings, gathered, now, chosen, sources, breaking=breaking)
        found.extend(problems)
        found.extend(not_as_written(gathered, build) if locked and build else [])
        if build is None or failed(found):
            return Outcome(diagnostics=tuple(found), root=settings.root)
        return _write(settings, gathered, build, found, locked=locked)

    return alone(folder, work)


def _now(found: list[Diagnostic], *, relock: bool) -> Clock | None:
    """The clock of this build. A memory made anew takes the real time: learners may have any time before it."""
    from cardwright.decks import clock

    environ = {} if relock else os.environ
    now, problems = clock(environ, int(time.time() * 1000))
    found.extend(problems)
    return now


def not_as_written(gathered: compiled.Gathered, build: Build) -> list[Diagnostic]:
    """That a build would write the same memory with other bytes, as after a merge."""
    from cardwright.memory import released

    written = gathered.lock.text.replace("\r\n", "\n") if gathered.lock else ""
    if written == released.dump(build.released):
        return []
    message = "the lines of the memory of releases are not as a build writes them"
    way_out = "run 'cardwright build' without --locked, and commit the memory"
    return [error("CW552", message, Span(build.released.path), way_out)]


def _write(
    settings: Settings, gathered: compiled.Gathered, build: Build, found: list[Diagnostic], *, locked: bool
) -> Outcome:
    from cardwright.decks import after_import
    from cardwright.memory import released

    time.sleep(build.wait)
    folder = settings.folder("decks")
    lock = folder / compiled.RELEASED_LOCK
    # The memory is first: no package is out before its ids are remembered.
    files = {} if locked else {lock: released.dump(build.released).encode()}
    files |= {folder / name: data for name, data in rendered(build).items()}
    expected = {lock: gathered.lock.digest if gathered.lock else ""}
    try:
        write_all(files, expected)
    except ChangedError as changed:
        found.extend(gather.moved(settings, changed))
        return Outcome(diagnostics=tuple(found), root=settings.root)
    shown = [settings.shown(path) for path in files if path != lock]
    steps = after_import(build, [name for name in shown if name.endswith(".apkg")])
    return Outcome(_summary(build, shown), _as_data(build, shown), steps, tuple(found), root=settings.root)


def rendered(build: Build) -> dict[str, bytes]:
    """The packages and tables of a build by the names of their files."""
    from cardwright.decks import anki_text, csv_table, package

    exports = {"apkg": (".apkg", package), "csv": (".csv", csv_table), "anki-text": (".anki.txt", anki_text)}
    files: dict[str, bytes] = {}
    for deck in steps("packing", "deck", build.decks):
        for wanted in deck.exports:
            ending, render = exports[wanted]
            files[f"{deck.stem}{ending}"] = render(build, deck)
    return files


def _summary(build: Build, shown: Sequence[str]) -> str:
    counts = [
        f"{len(ids)} {word}"
        for ids, word in (
            (build.new, "new"),
            (build.changed, "changed"),
            (build.unchanged, "unchanged"),
            (build.returned, "back again"),
            (build.retired, "retired"),
        )
        if ids
    ]
    total = len(build.new) + len(build.changed) + len(build.unchanged) + len(build.returned)
    lines = [f"{several(total, 'card')}: {', '.join(counts)}"]
    for deck in build.decks:
        notes = build.notes[deck.stem]
        reviews = sum(len(note.ords) for note in notes)
        made = ", ".join(name for name in shown if Path(name).name.split(".")[0] == deck.stem)
        counted = f"{several(len(notes), 'note')}, {several(reviews, 'review card')}"
        lines.append(f"  {deck.name} ({deck.stem}): {counted} -> {made}")
    return "\n".join(lines)


def _as_data(build: Build, shown: Sequence[str]) -> dict[str, object]:
    from cardwright.decks import retired_search

    ever = {note.id for note in build.released.notes.values() if note.retired}
    return {
        "files": list(shown),
        "new": list(build.new),
        "changed": list(build.changed),
        "unchanged": len(build.unchanged),
        "returned": list(build.returned),
        "retired": list(build.retired),
        "retired_search": retired_search(build, build.retired),
        "ever_retired_search": retired_search(build, ever),
        "breaking": [each.name for each in build.breaking],
        "decks": {deck.stem: len(build.notes[deck.stem]) for deck in build.decks},
    }
