"""The packages of the last release that a new one is compared with."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cardwright.diagnostics import Diagnostic, Span, error
from cardwright.settings import Settings

if TYPE_CHECKING:
    from cardwright.decks.shipped import Shipped

__all__ = ["packages"]


def packages(settings: Settings, paths: Sequence[Path]) -> tuple[dict[str, Shipped], list[Diagnostic]]:
    """The packages by the names of their files; a folder stands for all in it, and no name may stand for two."""
    from cardwright.decks import read_package

    read: dict[str, Shipped] = {}
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
                read[file.name] = package
    return read, found


def _two(settings: Settings, first: Path, second: Path) -> list[Diagnostic]:
    """The error that two files have one name; nothing where they are the same file."""
    if first.resolve() == second.resolve():
        return []
    message = f"another package has the same name: {settings.shown(first)}"
    return [error("CW574", message, Span(settings.shown(second)), "leave out the one that learners did not get last")]
