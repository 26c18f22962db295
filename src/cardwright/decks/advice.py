"""What to tell a person after a build: which file to import, and what to leave as it is."""

from __future__ import annotations

from collections.abc import Sequence

from cardwright.decks.plan import Build

__all__ = ["after_import"]


def after_import(build: Build, packages: Sequence[str]) -> tuple[str, ...]:
    """Lines for people. `packages` are the .apkg files as they were written."""
    lines: list[str] = []
    if packages:
        lines.append(f"In Anki: File > Import, choose {' or '.join(packages)}")
        lines.append("  leave 'Update notes' at 'If newer', and leave out 'Import any learning progress'")
        lines.append("  do not delete the old deck: the import brings it up to date and keeps your progress")
    if build.retired:
        search = " or ".join(f"Id:{each}" for each in build.retired)
        lines.append(f"{len(build.retired)} cards are in no deck any more; who has them can find them in Anki with:")
        lines.append(f"  {search}")
    return tuple(lines)
