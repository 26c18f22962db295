"""What counts as a word: formulas, and scripts that put no spaces between words."""

from __future__ import annotations

import pytest

from lint_page import said

POWERS = {"x^2": "2x", "x^3": "3x^2", "x^4": "4x^3", "x^5": "5x^4", "x^6": "6x^5"}


def _codes(*cards: tuple[str, str], **more: object) -> list[str]:
    return [each.code for each in said([{"front": front, "back": back, **more} for front, back in cards])]


@pytest.mark.parametrize("mark", ["${}$", "\\({}\\)"], ids=["dollars", "brackets"])
def test_different_formulas_are_different_words(mark: str) -> None:
    """They tell questions apart; no answer stands in its question, and none is the same as another."""
    cards = [
        (f"What is the derivative of {mark.format(power)} in calculus?", mark.format(slope))
        for power, slope in POWERS.items()
    ]

    assert _codes(*cards) == []
    assert _codes(*cards, reverse=True) == []


def test_a_formula_is_the_same_word_however_it_is_delimited() -> None:
    """Two questions about one formula are twins, and its answer may stand in the question."""
    one, other = (f"What is the derivative of {each} in calculus?" for each in ("$x ^2$", "\\(x  ^2\\)"))

    assert _codes((one, "twice the base"), (other, "a straight line")) == ["CW871"]
    assert _codes(("What is the derivative of $e^x$ in calculus?", "$e^x$")) == ["CW834"]


def test_a_long_formula_is_one_word() -> None:
    """Whatever stands in it, a question that has it is no longer."""
    formula = "$" + " + ".join(f"x_{at}" for at in range(60)) + "$"

    assert _codes((f"What is the sum {formula} called in algebra?", f"A series, as {formula} is.")) == []


def test_a_message_shows_a_formula_as_a_word_that_can_be_read() -> None:
    """Inside, it is a word of many letters that mean nothing to anybody."""
    found = said([{"front": 'What does the guide say under "As a driver of $x^2$ trams"?', "back": "To brake early."}])

    assert [each.code for each in found] == ["CW818"]
    assert found[0].message.startswith("'As a driver of formula trams' leads in")
