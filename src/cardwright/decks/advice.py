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
    if any("anki-text" in deck.exports for deck in build.decks):
        lines.append("The .anki.txt files hold the same notes, for who has imported a package before. Keep to one way:")
        lines.append("  what a text import changes counts as edited by you, and later packages pass over it")
    if build.retired:
        search = _search(build)
        lines.append(f"{len(build.retired)} cards are in no deck any more; who has them can find them in Anki with:")
        lines.append(f"  {search}")
    return tuple(lines)


def _search(build: Build) -> str:
    """Anki's search for what retired; a note whose card lives on as another kind is told by its note type."""
    notes = build.released.notes.values()
    live = {each.id for each in notes if not each.retired}
    kinds = {each.id: each.kind for each in notes if each.retired}
    terms = (
        f'(Id:{card} "note:{build.note_types[kinds[card]].name}")' if card in live else f"Id:{card}"
        for card in build.retired
    )
    return " or ".join(terms)
