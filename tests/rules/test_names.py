"""Readable ids, and keys that outlast an extraction."""

import pytest

from cardwright.rules.names import LONGEST_ID, slug, subject_key


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Context, not Control", "context-not-control"),
        ("Skills & Tools", "skills-and-tools"),
        ("Crème brûlée", "creme-brulee"),
        ("The apprentice's own bench", "the-apprentices-own-bench"),
        ("How long does it take to varnish a lute in the winter?", "how-long-take-varnish-lute-winter"),
        ("ML", "ml-rule"),
    ],
)
def test_an_id_says_what_the_card_is_about(text: str, expected: str) -> None:
    """Small ASCII words with hyphens; little words go from long texts."""
    assert slug(text, "rule") == expected


def test_a_text_without_ascii_words_gets_an_id_of_its_own() -> None:
    """Two such texts get two ids, the same on every day."""
    assert slug("漢字", "rule") != slug("かな", "rule")
    assert slug("漢字", "rule") == slug("漢字", "rule")
    assert slug("漢字", "rule").startswith("rule-")


@pytest.mark.parametrize("text", ["word " * 40, "w" * 200, "漢" * 200])
def test_an_id_is_never_long(text: str) -> None:
    """It is cut between words where there are any."""
    assert 2 < len(slug(text, "r" * 60)) <= LONGEST_ID
    assert not slug(text, "r" * 60).endswith("-")


def test_a_subject_survives_case_marks_and_punctuation() -> None:
    """What a card is about is known again when its writing changes a little."""
    assert subject_key("Context, not Control:") == subject_key("context not  control") == "context not control"
