"""The documents that are scored: ten and twelve that rules were improved on, three times six kept aside, and the originals."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from corpus.scoring import Gold, load_gold
from story import run_in

__all__ = ["SETS", "gold_of", "proposals_of"]

REPOSITORY = Path(__file__).parents[2]
CORPUS = REPOSITORY / "tests/data/corpus"
SHARED = REPOSITORY.parent / "shared"
# The originals lie beside the repository where they are at hand; they are no part of it. For three there is gold
# beside them, for the other two we wrote down ourselves what a good deck must ask.
SETS = {
    "originals": (SHARED / "gold",),
    "originals, our gold": (CORPUS / "originals",),
    "ten": (CORPUS / "ten",),
    "twelve": (CORPUS / "twelve",),
    "six": (CORPUS / "six",),
    "six more": (CORPUS / "six-more",),
    "last six": (CORPUS / "last-six",),
    "fresh six": (CORPUS / "fresh-six",),
}


def gold_of(name: str) -> list[Gold]:
    """The gold of a set, empty where its documents are not at hand."""
    if name.startswith("originals") and not (SHARED / "seeds").is_dir():
        return []
    return [load_gold(path, [SHARED / "seeds"]) for folder in SETS[name] for path in sorted(folder.glob("*.yaml"))]


def proposals_of(golds: Sequence[Gold]) -> list[dict[str, Any]]:
    """What the shipped rules propose from the documents of a set."""
    folder = golds[0].document.parent
    documents = sorted(path for path in folder.iterdir() if path.suffix in (".txt", ".md", ".html"))
    said = run_in(REPOSITORY, "extract", "--dry-run", "--format", "json", *map(str, documents))
    assert said.code == 0, said.err
    return said.data  # type: ignore[no-any-return]
