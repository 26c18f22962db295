"""`cardwright schema`: what editors know card, rule and deck files by."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from cardwright.console import Outcome
from cardwright.diagnostics import Diagnostic, Span, warning
from cardwright.files import write_all
from cardwright.settings import Settings, find

if TYPE_CHECKING:
    from cardwright.shape import Shape

__all__ = ["FOLDER", "NAMES", "run", "stale", "texts"]

NAMES = ("cards", "rules", "vocabulary", "glossary", "deck", "sources")
# Where the first line of card, rule and deck files tells editors to look.
FOLDER = "schemas"


def run(folder: Path, name: str | None) -> Outcome:
    """Print one schema; without a name, write all of them into the project."""
    if name:
        text = texts()[name]
        return Outcome(text.rstrip("\n"), json.loads(text))
    settings, found = find(folder)
    if settings is None:
        return Outcome(diagnostics=tuple(found))
    written = write_all({settings.root / FOLDER / f"{each}.json": text.encode() for each, text in texts().items()})
    shown = [settings.shown(path) for path in written]
    lines = [f"wrote {each}" for each in shown] or [f"{FOLDER}/ is up to date"]
    return Outcome("\n".join(lines), {"written": shown}, root=settings.root)


def texts() -> dict[str, str]:
    """Every schema by name, as its file holds it."""
    from cardwright.schema import draw

    drawn = {name: draw(shape, named=name == "sources") for name, shape in _shapes().items()}
    return {name: json.dumps(schema, ensure_ascii=False, indent=2) + "\n" for name, schema in drawn.items()}


def stale(settings: Settings) -> list[Diagnostic]:
    """Schemas in the project that are none of this version's; a project without any wants none."""
    folder = settings.root / FOLDER
    kept = {name: folder / f"{name}.json" for name in NAMES if (folder / f"{name}.json").is_file()}
    if not kept:
        return []
    now = texts()
    way_out = "run 'cardwright schema --write'"
    return [
        warning("CW008", "editors check by a schema that is not this version's", Span(settings.shown(path)), way_out)
        for name, path in kept.items()
        if path.read_bytes().replace(b"\r\n", b"\n") != now[name].encode()
    ]


def _shapes() -> Mapping[str, Shape]:
    from cardwright.cards import CARD_FILE
    from cardwright.decks import DECK_FILE
    from cardwright.documents import SOURCE_SHAPE, VOCABULARY_SHAPE
    from cardwright.rules import GLOSSARY_FILE, RULES_FILE

    shapes = (CARD_FILE, RULES_FILE, VOCABULARY_SHAPE, GLOSSARY_FILE, DECK_FILE, SOURCE_SHAPE)
    return dict(zip(NAMES, shapes, strict=True))
