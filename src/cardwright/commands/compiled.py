"""What a build is made of, and what it would write: shared by building, checking, comparing and renaming."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cardwright.commands import gather
from cardwright.commands.pictures import read_pictures
from cardwright.commands.releases import RELEASED_LOCK, remembered
from cardwright.diagnostics import Diagnostic, warning
from cardwright.files import TextFile
from cardwright.settings import Settings

if TYPE_CHECKING:
    from cardwright.cards import CardFile
    from cardwright.decks import Build, Clock, DeckFile
    from cardwright.markup import Picture
    from cardwright.memory.released import Released
    from cardwright.model import CardSet, Source, SourceLine

__all__ = ["RELEASED_LOCK", "Gathered", "card_sets", "decks", "in_no_deck", "planned", "source_lines"]


@dataclass(frozen=True, slots=True)
class Gathered:
    """All that a build is made of.

    `lock` is the file of the memory, None before the first release; `pictures` are by their names in cards.
    """

    files: list[CardFile]
    decks: tuple[DeckFile, ...]
    released: Released
    lock: TextFile | None
    pictures: Mapping[str, Picture]


def decks(settings: Settings, *, relock: bool = False) -> tuple[Gathered, list[Diagnostic]]:
    """Card files and their pictures, deck files, and what learners have; with `relock` what can still be read of it."""
    from cardwright.decks import load_decks

    files, found = gather.card_files(settings)
    texts, problems = gather.yaml_files(settings, "decks")
    found.extend(problems)
    defined, problems = load_decks(texts)
    found.extend(problems)
    pictures, problems = read_pictures(settings, files)
    found.extend(problems)
    known, text, problems = remembered(settings, relock=relock)
    return Gathered(files, defined, known, text, pictures), found + problems


def planned(
    settings: Settings,
    gathered: Gathered,
    now: Clock | None,
    chosen: Sequence[str] = (),
    lines: Mapping[Source, SourceLine] | None = None,
    *,
    breaking: bool = False,
) -> tuple[Build | None, list[Diagnostic]]:
    """What a build at the time `now` would write, None: without any clock; the pure decision is in decks/.

    `lines` is what learners see of sources; it is no part of what makes a note a changed one.
    """
    from cardwright.decks import plan

    return plan(
        gathered.decks,
        card_sets(gathered),
        gathered.released,
        now,
        chosen=chosen,
        sources=lines,
        folder=settings.decks,
        breaking=breaking,
        pictures=gathered.pictures,
    )


def card_sets(gathered: Gathered) -> list[CardSet]:
    """The card files as decks take them in; one that could not be read so far as its title is left out."""
    from cardwright.model import CardSet

    sets: list[CardSet] = []
    for file in gathered.files:
        if file.root is None or "title" not in file.root.entries:
            continue
        title, was = (file.root.entries.get(key, file.root).span(file.file.path) for key in ("title", "was"))
        sets.append(CardSet(file.stem, file.title, file.tags, file.cards, title, file.was, was))
    return sets


def source_lines(settings: Settings, gathered: Gathered) -> dict[Source, SourceLine]:
    """What learners see of each source: the document's label and address, and the heading of the passage.

    A document that is gone or cannot be read any more leaves its sources with what its name tells.
    """
    from cardwright.documents import headings_at
    from cardwright.model import SourceLine

    wanted = {source for file in gathered.files for card in file.cards for source in card.sources}
    folder = settings.folder("seeds")
    paths = [folder / name for name in sorted({source.document for source in wanted}) if (folder / name).is_file()]
    words, _ = gather.vocabulary(settings)
    read, _ = gather.documents(settings, paths, words)
    by_name = {document.info.name: document for document in read}
    asked: dict[str, set[int]] = {name: set() for name in by_name}
    for source in wanted:
        if source.line and source.document in asked:
            asked[source.document].add(source.line)
    headings = {name: headings_at(by_name[name], each) for name, each in asked.items()}
    lines: dict[Source, SourceLine] = {}
    for source in wanted:
        document = by_name.get(source.document)
        if document is None:
            lines[source] = SourceLine(Path(source.document).stem)
            continue
        info = document.info
        label = "" if "label" in document.inferred else info.label
        heading = headings[info.name].get(source.line, "")
        lines[source] = SourceLine(label or info.title or Path(info.name).stem, heading, info.url)
    return lines


def in_no_deck(settings: Settings, gathered: Gathered) -> list[Diagnostic]:
    """Card files that no deck names: a person may wait for their cards in vain.

    Where a deck names a file that is not there, a name is misspelt and that is told instead.
    """
    named = {stem for deck in gathered.decks for stem in deck.cards}
    if named - {file.stem for file in gathered.files}:
        return []
    return [
        warning(
            "CW513",
            f"no deck names '{each.stem}', so its cards go into no package",
            each.place,
            f"add '{each.stem}' to 'cards' in a file of {settings.decks}/",
        )
        for each in card_sets(gathered)
        if gathered.decks and each.stem not in named and not all(card.draft for card in each.cards)
    ]
