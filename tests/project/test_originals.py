"""The real documents, where they are at hand: counts, ids, terms and places."""

from __future__ import annotations

from pathlib import Path

import pytest

from story import run_in

REPOSITORY = Path(__file__).parents[2]
SHARED = REPOSITORY.parent / "shared" / "seeds"
DOCUMENTS = sorted(SHARED.glob("*.txt"))

pytestmark = pytest.mark.skipif(not DOCUMENTS, reason="the original documents are not part of this repository")


@pytest.fixture(scope="module")
def proposals() -> list[dict[str, object]]:
    """What the shipped rules propose from the originals."""
    said = run_in(REPOSITORY, "extract", "--dry-run", "--format", "json", *map(str, DOCUMENTS))
    assert said.code == 0, said.err
    return said.data  # type: ignore[no-any-return]


def test_each_document_gives_a_good_number_of_cards(proposals: list[dict[str, object]]) -> None:
    """No document is passed over and none explodes."""
    made = [each for each in proposals if not each["draft"]]

    assert 250 <= len(made) <= 450
    for document, least in zip(DOCUMENTS, (140, 15, 10, 30, 50), strict=True):
        assert sum(document.name in str(each["source"]) for each in made) >= least, document.name


def test_ids_are_readable_and_unlike(proposals: list[dict[str, object]]) -> None:
    """Small letters, digits and hyphens, and a known term is its own id."""
    ids = [str(each["id"]) for each in proposals]

    assert {"ego-free-discussions", "informed-captain", "radical-candor", "cdc"} <= set(ids)
    assert all(each == each.lower() and each.isascii() and 2 < len(each) <= 80 for each in ids)


@pytest.mark.parametrize(
    ("front", "document", "line"),
    [("Ego-Free Discussions", 0, 290), ("Offer and Negotiation", 1, 20), ("Informed Captain", 4, 24)],
)
def test_a_term_knows_its_line(proposals: list[dict[str, object]], front: str, document: int, line: int) -> None:
    """The place is the line on which the term itself stands, also below a lone mark."""
    sources = [each["source"] for each in proposals if f"**{front}**" in str(each["front"])]

    assert [f"{DOCUMENTS[document].name}:{line}"] in sources
