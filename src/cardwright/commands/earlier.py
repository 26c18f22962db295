"""The packages of the last release that a new one is compared with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cardwright.diagnostics import Diagnostic, Span, error, warning
from cardwright.settings import Settings

if TYPE_CHECKING:
    from cardwright.decks import Build
    from cardwright.decks.shipped import Shipped

__all__ = ["Earlier", "packages", "successors", "unlike_their_names"]


@dataclass(frozen=True, slots=True)
class Earlier:
    """A package of the last release; `shown` is its path as messages print it."""

    shown: str
    package: Shipped


def packages(settings: Settings, paths: Sequence[Path]) -> tuple[dict[str, Earlier], list[Diagnostic]]:
    """The packages by the names of their files; a folder stands for all in it, and no name may stand for two."""
    from cardwright.decks import read_package

    read: dict[str, Earlier] = {}
    places: dict[str, Path] = {}
    found: list[Diagnostic] = []
    for path in paths:
        files = sorted(path.glob("*.apkg")) if path.is_dir() else [path]
        if not files:
            way_out = "name the folder with the .apkg files that learners got last, or one of these files"
            found.append(error("CW572", "there is no package here", Span(settings.shown(path)), way_out))
        for file in files:
            if file.name in places:
                found.extend(_two(settings, places[file.name], file))
                continue
            places[file.name] = file
            package, problems = read_package(file, settings.shown(file), settings.namespace)
            found.extend(problems)
            if package:
                read[file.name] = Earlier(settings.shown(file), package)
    return read, found


def _two(settings: Settings, first: Path, second: Path) -> list[Diagnostic]:
    """The error that two files have one name; nothing where they are the same file."""
    if first.resolve() == second.resolve():
        return []
    message = f"another package has the same name: {settings.shown(first)}"
    return [error("CW574", message, Span(settings.shown(second)), "leave out the one that learners did not get last")]


def successors(build: Build, before: Mapping[str, Earlier]) -> dict[str, str]:
    """Which earlier package, by its file's name, each package of a build takes the place of; none twice.

    A name counts where any note bears it out. A copy may be called anything, and a deck file may have another name by
    now: then the package that has most of the notes counts, and a name alone comes last.
    """
    pairs: list[tuple[int, int, str, str]] = []
    for deck in build.decks:
        now = {note.guid for note in build.notes[deck.stem]}
        for name, each in before.items():
            shared = len(now & each.package.notes.keys())
            called, most = name == f"{deck.stem}.apkg", 2 * shared > len(each.package.notes)
            if "apkg" in deck.exports and (called or most):
                pairs.append((0 if called and shared else 1 if most else 2, -shared, name, deck.stem))
    chosen: dict[str, str] = {}
    for _, _, name, stem in sorted(pairs):
        if stem not in chosen and name not in chosen.values():
            chosen[stem] = name
    return chosen


def unlike_their_names(build: Build, before: Mapping[str, Earlier], chosen: Mapping[str, str]) -> list[Diagnostic]:
    """What is told of packages that were not simply compared with what is called like them."""
    stems = {name: stem for stem, name in chosen.items()}
    made = ", ".join(f"{deck.stem}.apkg" for deck in build.decks if "apkg" in deck.exports)
    found: list[Diagnostic] = []
    for name, each in before.items():
        stem = stems.get(name)
        if stem is None:
            message = "nothing takes the place of this package, and the page tells learners that it is made no more"
            way_out = f"if it is one more copy, leave it out; if it has a successor, call it like that one: {made}"
            found.append(warning("CW575", message, Span(each.shown), way_out))
        elif name != f"{stem}.apkg":
            shared = sum(note.guid in each.package.notes for note in build.notes[stem])
            message = f"taken for an earlier {stem}.apkg, which has {shared} of its {len(each.package.notes)} notes"
            found.append(Diagnostic("CW575", message, Span(each.shown), "", "info"))
    return found
