"""`cardwright build`: cards to packages and tables."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cardwright.commands import gather
from cardwright.console import Outcome
from cardwright.diagnostics import failed
from cardwright.files import ChangedError, claim, write_all
from cardwright.settings import Settings, find

if TYPE_CHECKING:
    from cardwright.decks import Build

__all__ = ["run"]


def run(folder: Path, chosen: Sequence[str]) -> Outcome:
    """Build the decks named (all where none is), the memory of releases first."""
    settings, found = find(folder)
    if settings is None:
        return Outcome(diagnostics=tuple(found))
    with claim(settings.root / ".cardwright") as held:
        if not held:
            return Outcome(diagnostics=(gather.held(),), root=settings.root)
        return _run(settings, chosen)


def _run(settings: Settings, chosen: Sequence[str]) -> Outcome:
    from cardwright.decks import after_import, clock

    now, found = clock(os.environ, int(time.time() * 1000))
    gathered, problems = gather.decks(settings)
    found.extend(problems)
    if now is None or failed(found):
        return Outcome(diagnostics=tuple(found), root=settings.root)
    build, problems = gather.planned(settings, gathered, now, chosen, gather.source_lines(settings, gathered))
    found.extend(problems)
    if build is None or failed(found):
        return Outcome(diagnostics=tuple(found), root=settings.root)
    time.sleep(build.wait)
    files = _rendered(settings, build)
    lock = settings.folder("decks") / gather.RELEASED_LOCK
    expected = {lock: gathered.lock.digest if gathered.lock else ""}
    try:
        write_all(files, expected)
    except ChangedError as changed:
        found.extend(gather.moved(settings, path) for path in changed.paths)
        return Outcome(diagnostics=tuple(found), root=settings.root)
    shown = [settings.shown(path) for path in files if path != lock]
    steps = after_import(build, [name for name in shown if name.endswith(".apkg")])
    return Outcome(_summary(build, shown), _as_data(build, shown), steps, tuple(found), root=settings.root)


def _rendered(settings: Settings, build: Build) -> dict[Path, bytes]:
    """Every file of the build in the order of writing: no package is out before its ids are remembered."""
    from cardwright.decks import anki_text, csv_table, package
    from cardwright.memory import released

    exports = {"apkg": (".apkg", package), "csv": (".csv", csv_table), "anki-text": (".anki.txt", anki_text)}
    folder = settings.folder("decks")
    files = {folder / gather.RELEASED_LOCK: released.dump(build.released).encode()}
    for deck in build.decks:
        for wanted in deck.exports:
            ending, render = exports[wanted]
            data = render(build, deck)
            files[folder / f"{deck.stem}{ending}"] = data if isinstance(data, bytes) else data.encode()
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
    lines = [f"{len(build.new) + len(build.changed) + len(build.unchanged)} cards: {', '.join(counts)}"]
    for deck in build.decks:
        notes = build.notes[deck.stem]
        reviews = sum(len(note.ords) for note in notes)
        made = ", ".join(name for name in shown if Path(name).name.split(".")[0] == deck.stem)
        lines.append(f"  {deck.name} ({deck.stem}): {len(notes)} notes, {reviews} review cards -> {made}")
    return "\n".join(lines)


def _as_data(build: Build, shown: Sequence[str]) -> dict[str, object]:
    return {
        "files": list(shown),
        "new": list(build.new),
        "changed": list(build.changed),
        "unchanged": len(build.unchanged),
        "returned": list(build.returned),
        "retired": list(build.retired),
        "decks": {deck.stem: len(build.notes[deck.stem]) for deck in build.decks},
    }
