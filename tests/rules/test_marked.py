"""Emphasis that survives cutting, and text that Markdown leaves alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cardwright.markup import to_plain
from cardwright.rules.marked import CODE, EMPHASIS, STRONG, cut, cuts, markdown, plain, wrap, wrap_span

TEXTS = {
    "nothing to escape": ("Plain words, 5 < 6 & more.", "Plain words, 5 < 6 & more."),
    "asterisks": ("a *b* c", r"a \*b\* c"),
    "a lone asterisk": ("2 * 3", "2 * 3"),
    "underscores": ("_a_ but snake_case", r"\_a\_ but snake_case"),
    "backticks": ("a `b` c", r"a \`b\` c"),
    "money": ("$170,000 to $220,000 or $5 and $6", "$170,000 to $220,000 or $5 and $6"),
    "a dollar sign that is no money": ("the $x$ of it", r"the \$x\$ of it"),
    "a link": ("see [this](that)", r"see \[this](that)"),
    "brackets": ("see [this] and that", "see [this] and that"),
    "a backslash": (r"a \* b", r"a \\\* b"),
    "a numbered line": ("1. May", r"1\. May"),
    "a bullet": ("- May", r"\- May"),
}


@pytest.mark.parametrize(("text", "expected"), TEXTS.values(), ids=TEXTS)
def test_only_what_markdown_would_take_for_markup_is_escaped(text: str, expected: str) -> None:
    """Everything else stays as a person would write it."""
    assert markdown(text) == expected


@given(st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), max_size=60))
def test_captured_text_shows_what_the_document_said(text: str) -> None:
    """Whatever the characters are, the field renders to them."""
    text = " ".join(plain(text).split())

    assert to_plain(markdown(text)) == text


def test_emphasis_is_written_as_markdown() -> None:
    """Strong, emphasis and code keep their marks; blanks stay outside of them."""
    text = f"a {wrap('bold ', STRONG)}b {wrap('soft', EMPHASIS)} {wrap('x_y', CODE)}"

    assert markdown(text) == "a **bold** b *soft* `x_y`"


def test_emphasis_is_cut_with_its_text() -> None:
    """A cut inside emphasis closes it, and opens it again in the other piece."""
    text = f"we {wrap('move fast', STRONG)} here"

    assert [markdown(cut(text, 0, 5)), markdown(cut(text, 5, 17))] == ["we **mo**", "**ve fast** here"]
    assert cuts(text, [(0, 5), (5, 17)]) == [cut(text, 0, 5), cut(text, 5, 17)]


def test_emphasis_that_markdown_cannot_write_is_dropped() -> None:
    """A mark that ends in punctuation glued to a word would show its asterisks."""
    assert markdown(f"{wrap('Term:', STRONG)}text") == "Term:text"


def test_a_mark_is_put_around_plain_characters() -> None:
    """Positions count what a reader sees, whatever marks stand before them."""
    text = wrap_span(f"{wrap('ab', EMPHASIS)} cd ef", 3, 5, STRONG)

    assert markdown(text) == "*ab* **cd** ef"
