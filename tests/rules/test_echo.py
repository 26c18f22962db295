"""What an answer adds to its question."""

from __future__ import annotations

import pytest

from cardwright.rules.echo import is_echo, without_echo

STAGE = "What happens in the **Glue and Varnish Talks** stage of the Larkspur interviews?"


@pytest.mark.parametrize(
    ("text", "echo"),
    [
        ("The talks will likely be about glue and varnish.", True),
        ("A mix of various glue and varnish talks.", True),
        ("You warm a joint and say why.", False),
        ("It is absolutely crucial.", False),
        ("Glue", False),
    ],
)
def test_an_answer_that_only_says_its_question_again_is_told(text: str, echo: bool) -> None:
    """It repeats words of the question and adds next to none; an answer that repeats nothing may be as short as it likes."""
    assert is_echo(STAGE, text) is echo


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (
            "The talks will likely be about glue and varnish. You warm a joint and say why.",
            "You warm a joint and say why.",
        ),
        ("You warm a joint and say why. The talks are about glue and varnish.",) * 2,
        ("The talks will likely be about glue and varnish.",) * 2,
        ("",) * 2,
    ],
)
def test_sentences_that_say_the_question_again_are_left_out_before_others(text: str, left: str) -> None:
    """But never all of an answer."""
    assert without_echo(STAGE, text) == left
