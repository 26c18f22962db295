"""Which words of a text changed."""

from __future__ import annotations

import pytest

from cardwright.decks.worddiff import line_difference

# Old text, new text, the lines told: marks, and changed words between brackets.
CASES = {
    "the same": ("A bow.", "A bow.", []),
    "a word": ("The old bow.", "The new bow.", ["-The [old ]bow.", "+The [new ]bow."]),
    "a word more": ("The bow.", "The new bow.", ["-The bow.", "+The [new ]bow."]),
    "a full stop": ("The bow.", "The bow!", ["-The bow[.]", "+The bow[!]"]),
    "nothing before": ("", "The bow.", ["-", "+[The bow.]"]),
    "nothing left": ("The bow.", "", ["-[The bow.]", "+"]),
    "a line among others": ("one\ntwo\nthree", "one\n2\nthree", ["-[two]", "+[2]"]),
    "a line more": ("one\nthree", "one\ntwo\nthree", ["+[two]"]),
    "a line less": ("one\ntwo\nthree", "one\nthree", ["-[two]"]),
    "one line of two": ("one two", "one\ntwo", ["-[one ]two", "+[one]", "+two"]),
    "other scripts": ("Ein großer Bug", "Ein größerer Bug", ["-Ein [großer ]Bug", "+Ein [größerer ]Bug"]),
}


@pytest.mark.parametrize(("old", "new", "lines"), CASES.values(), ids=CASES)
def test_changed_words_are_marked(old: str, new: str, lines: list[str]) -> None:
    """Lines that are the same are left out, and words that are the same are not marked."""
    told = [
        line.mark + "".join(f"[{text}]" if changed else text for text, changed in line.pieces)
        for line in line_difference(old, new)
    ]

    assert told == lines


def test_a_very_long_text_is_changed_as_a_whole() -> None:
    """Comparing it word by word would take longer than anybody reads."""
    old, new = "a b " * 2000, "b a " * 2000

    assert [line.pieces for line in line_difference(old, new)] == [((old, True),), ((new, True),)]
