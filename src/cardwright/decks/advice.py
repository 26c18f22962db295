"""What to tell a person after a build: which file to import, what to leave as it is, what retired."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from cardwright.decks.plan import Build
from cardwright.memory.released import ReleasedNote
from cardwright.model import Kind

__all__ = ["after_import", "retired_search"]

# How many retired cards are named; the search has them all.
_NAMED = 20


def after_import(build: Build, packages: Sequence[str]) -> tuple[str, ...]:
    """Lines for people. `packages` are the .apkg files as they were written."""
    lines: list[str] = []
    if packages:
        lines.append(f"In Anki: File > Import, choose {' or '.join(packages)}")
        lines.extend(_breaking(build) if build.breaking else _USUAL)
        lines.append("  do not delete the old deck: the import brings it up to date and keeps your progress")
    if any("anki-text" in deck.exports for deck in build.decks):
        lines.append("The .anki.txt files hold the same notes, for who has imported a package before. Keep to one way:")
        lines.append("  what a text import changes counts as edited by you, and later packages pass over it")
    if build.retired:
        more = f" and {len(build.retired) - _NAMED} more" if len(build.retired) > _NAMED else ""
        lines.append(f"{len(build.retired)} cards are in no deck any more: {', '.join(build.retired[:_NAMED])}{more}")
        search = retired_search(build, build.retired)
        lines.append("  who has them finds them in Anki's browser with this search, and may suspend or delete them:")
        lines.append(f"  {search}")
    return tuple(lines)


_USUAL = ("  leave 'Update notes' at 'If newer', and leave out 'Import any learning progress'",)


def _breaking(build: Build) -> tuple[str, ...]:
    names = " and ".join(f"'{each.name}'" for each in build.breaking)
    return (
        f"  this is a breaking release: the fields or templates of {names} are others than learners have",
        "  once, for this import: tick 'Merge note types', and set 'Update notes' and 'Update note types' to 'Always'",
        "  leave out 'Import any learning progress'; Anki then asks for a one-way sync; reviews stay, a learner's own",
        "  edits of these notes do not; without these options Anki never updates the notes again",
        "  tell everybody who has the deck, and repeat it with later releases for those who skip this one",
    )


def retired_search(build: Build, ids: Collection[str]) -> str:
    """Anki's search for the retired notes of these cards; empty where none can be told from others.

    A note is searched under every id it was released with, since a new id is no new content: learners may have the old
    one in its field. A card that lives on as another kind is told by its note type; an id under which a learner may
    have a living note of the same kind finds nothing for sure, and is left out.
    """
    notes = build.released.notes.values()
    living: dict[str, set[str]] = {}
    for note in notes:
        if not note.retired:
            for each in _ids(note):
                living.setdefault(each, set()).add(note.kind)
    plain: set[str] = set()
    typed: dict[Kind, set[str]] = {}
    for note in (each for each in notes if each.retired and each.id in ids):
        for each in _ids(note):
            kinds = living.get(each, set())
            if not kinds:
                plain.add(each)
            elif note.kind not in kinds:
                typed.setdefault(note.kind, set()).add(each)
    terms = [_any_of(plain)] if plain else []
    terms += [f'({_any_of(typed[kind])} "note:{build.note_types[kind].name}")' for kind in sorted(typed)]
    return " or ".join(terms)


def _any_of(ids: Collection[str]) -> str:
    """A term for several ids; with one for each, Anki's database refuses a thousand of them."""
    return f'"Id:re:^({"|".join(sorted(ids))})$"' if len(ids) > 1 else f"Id:{next(iter(ids))}"


def _ids(note: ReleasedNote) -> tuple[str, ...]:
    return tuple(dict.fromkeys((note.id, *note.was)))
