"""Ids that people can read."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cardwright.cards.ids import ID, LONGEST, mint, slug


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("What does **Context, not Control** ask of a leader?", "what-does-context-not-control-ask-of-a-leader"),
        ("The process takes {{c1::six weeks::how long?}}.", "the-process-takes-six-weeks"),
        ("Don't say “maybe”", "dont-say-maybe"),
        ("Größe & Façade", "grosse-and-facade"),
        ("C++ or C#", "cpp-or-c-sharp"),
        ("  -- 50% --  ", "50-percent"),
        ("東京", ""),
        ("", ""),
    ],
    ids=str,
)
def test_words_become_an_id(text: str, id: str) -> None:
    """Small letters, digits and hyphens; accents and markup are gone."""
    assert slug(text) == id


def test_a_long_id_is_cut_between_words() -> None:
    """No half words, unless one word alone is too long."""
    assert (
        slug("seven words that are " + "long " * 20) == "seven-words-that-are-long-long-long-long-long-long-long-long"
    )
    assert slug("x" * 100) == "x" * LONGEST


@pytest.mark.parametrize(
    ("wish", "label", "taken", "id"),
    [
        ("process-length", "PM guide", set(), "process-length"),
        ("process-length", "PM guide", {"process-length"}, "process-length-pm-guide"),
        ("process-length", "PM guide", {"process-length", "process-length-pm-guide"}, "process-length-pm-guide-2"),
        ("process-length", "", {"process-length", "process-length-2"}, "process-length-3"),
        ("process-pm-guide", "PM guide", {"process-pm-guide"}, "process-pm-guide-2"),
        (
            "word " * 12,
            "PM guide",
            {"-".join(["word"] * 12)},
            "word-word-word-word-word-word-word-word-word-word-pm-guide",
        ),
        ("東京", "", set(), "card-3d3b8c5e"),
    ],
    ids=["free", "label", "number", "no label", "label twice", "long", "no letters"],
)
def test_a_clash_takes_the_label_then_a_number(wish: str, label: str, taken: set[str], id: str) -> None:
    """The first has the plain id; the next says which document it is from."""
    minted = mint(wish, label, taken)

    assert minted == id or (id.startswith("card-") and re.fullmatch(r"card-[0-9a-f]{8}", minted))


@settings(deadline=None)
@given(st.text(max_size=200), st.text(max_size=80), st.integers(1, 15))
def test_minted_ids_are_good_and_never_taken(wish: str, label: str, times: int) -> None:
    """Whatever is wished for, and however often."""
    taken: set[str] = set()
    for _ in range(times):
        minted = mint(wish, label, taken)
        assert re.fullmatch(ID, minted)
        assert len(minted) <= LONGEST
        assert minted not in taken
        taken.add(minted)
