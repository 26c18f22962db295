"""A project in memory, so that a test of decks reads as a story."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from cardwright.decks import Build, Clock, DeckFile, load_decks, package, plan
from cardwright.diagnostics import Diagnostic, Span
from cardwright.files import TextFile
from cardwright.memory.released import Released, dump, load
from cardwright.model import Card, CardSet, Source, SourceLine

__all__ = ["DATA", "NOW", "Shelf", "basic", "cloze"]

DATA = Path(__file__).parents[1] / "data" / "decks"
# A build's time in these tests, in seconds: 2026-05-04.
NOW = 1_777_888_000

SOURCES = {
    Source("handbook.txt", 12): SourceLine(
        "Pilot's handbook", "Tides & streams", "https://orla.example/handbook?a=1&b=2"
    ),
    Source("handbook.txt", 14): SourceLine(
        "Pilot's handbook", "Tides & streams", "https://orla.example/handbook?a=1&b=2"
    ),
    Source("handbook.txt", 40): SourceLine("Pilot's handbook", "Slack water"),
}


def basic(id: str, back: str = "An answer.", **more: Any) -> Card:
    """A card with a question that names it."""
    return Card(id, more.pop("file", "words"), front=more.pop("front", f"What is {id}?"), back=back, **more)


def cloze(id: str, text: str, **more: Any) -> Card:
    """A card with gaps."""
    return Card(id, more.pop("file", "words"), cloze=text, **more)


class Shelf:
    """Card files, deck files and the memory between builds."""

    def __init__(self, namespace: str = "orla-pilots") -> None:
        self.cards: dict[str, CardSet] = {}
        self.deck_files: dict[str, str] = {}
        self.released = Released(namespace)

    def put(
        self, *cards: Card, file: str = "words", title: str = "Words", tags: Sequence[str] = (), was: str = ""
    ) -> None:
        """Write a card file anew."""
        own = tuple(replace(card, file=file) for card in cards)
        self.cards[file] = CardSet(file, title, tuple(tags), own, Span(f"cards/{file}.yaml", 1, 8), was)

    def load(self, *stems: str) -> None:
        """Take card files from the tests' data."""
        for stem in stems:
            content = yaml.load((DATA / "cards" / f"{stem}.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)
            self.put(
                *(_card(each) for each in content["cards"]),
                file=stem,
                title=content["title"],
                tags=content.get("tags", ()),
            )

    def deck(self, stem: str, text: str) -> None:
        """Write a deck file."""
        self.deck_files[stem] = text

    def varied(self) -> None:
        """Both card files of the tests' data in a deck."""
        self.load("harbour-words", "harbour-code")
        self.deck(
            "pilots", "name: Orla pilots\ndescription: For the <first> month.\ncards: [harbour-words, harbour-code]"
        )

    def decks(self) -> tuple[DeckFile, ...]:
        """The deck files as they are read."""
        files = [TextFile(f"decks/{stem}.yaml", text, "") for stem, text in self.deck_files.items()]
        decks, problems = load_decks(files)
        assert not problems, problems
        return decks

    def plan(
        self, at: int = NOW, *, real: int = 0, chosen: Sequence[str] = (), breaking: bool = False
    ) -> tuple[Build | None, list[Diagnostic]]:
        """What a build at this second would do, and what stands against it. `at` 0: without a clock."""
        clock = Clock(at * 1000, (real or at) * 1000) if at else None
        cards = list(self.cards.values())
        return plan(self.decks(), cards, self.released, clock, chosen=chosen, sources=SOURCES, breaking=breaking)

    def build(self, at: int = NOW, *, chosen: Sequence[str] = (), breaking: bool = False) -> Build:
        """Build and remember, as a command does: the memory goes through its file."""
        build, problems = self.plan(at, chosen=chosen, breaking=breaking)
        assert build is not None, problems
        self.released, problems = load(
            TextFile("decks/released.lock", dump(build.released), ""), self.released.namespace
        )
        assert not problems, problems
        assert self.released == build.released
        return build

    def package(self, path: Path, at: int = NOW, *, deck: str = "") -> Path:
        """Build, and write one deck's package."""
        build = self.build(at)
        chosen = next(each for each in build.decks if not deck or each.stem == deck)
        path.write_bytes(package(build, chosen))
        return path


def _card(entry: dict[str, Any]) -> Card:
    sources = entry.get("source", [])
    places = [sources] if isinstance(sources, str) else sources
    return Card(
        entry["id"],
        "",
        front=entry.get("front", ""),
        back=entry.get("back", ""),
        cloze=entry.get("cloze", ""),
        extra=entry.get("extra", ""),
        tags=tuple(entry.get("tags", ())),
        sources=tuple(Source(name, int(line)) for name, _, line in (each.rpartition(":") for each in places)),
        reverse=entry.get("reverse") == "true",
        typed=entry.get("typed") == "true",
    )
