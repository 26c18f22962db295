"""A card taken out of its file, and not a byte of difference elsewhere."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cards.strategies import handwritten
from cardwright.cards.cardfile import CardFile, load
from cardwright.cards.remove import without_card
from cardwright.diagnostics import failed
from cardwright.files import TextFile


def read(text: str) -> CardFile:
    """A card file without errors."""
    file, problems = load(TextFile("cards/kiosk.yaml", text, ""), "kiosk")
    assert not failed(problems), (problems, text)
    return file


# (the file before, the file without the card `b`): ¶ stands for the line end, so that each is tried with both kinds
CASES = {
    "between others": (
        "title: T¶cards:¶  - id: a¶    front: A?¶    back: x¶  - id: b¶    front: B?¶    back: y¶"
        "  - id: c¶    front: C?¶    back: z¶",
        "title: T¶cards:¶  - id: a¶    front: A?¶    back: x¶  - id: c¶    front: C?¶    back: z¶",
    ),
    "the last one, between blank lines": (
        "title: T¶cards:¶  - id: a¶    front: A?¶    back: x¶¶  - id: b¶    front: B?¶    back: y¶¶",
        "title: T¶cards:¶  - id: a¶    front: A?¶    back: x¶¶",
    ),
    "the last one, without a line end": (
        "title: T¶cards:¶  - id: a¶    front: A?¶    back: x¶¶  - id: b¶    front: B?¶    back: y",
        "title: T¶cards:¶  - id: a¶    front: A?¶    back: x¶",
    ),
    "the only one": (
        "title: T¶cards:  # all¶  - id: b¶    front: B?¶    back: y¶# end¶",
        "title: T¶cards:  # all¶# end¶",
    ),
    "comments": (
        "title: T¶cards:¶  # of a¶  - id: a¶    front: A?¶    back: x¶¶  # above b¶  -  # one¶    id: b¶    # two¶"
        "    front: B?¶    back: |¶      y¶    # three¶  # four¶  - id: c¶    front: C?¶    back: z¶",
        "title: T¶cards:¶  # of a¶  - id: a¶    front: A?¶    back: x¶¶  # above b¶  # four¶"
        "  - id: c¶    front: C?¶    back: z¶",
    ),
    "brackets around the card": (
        "title: T¶cards:¶- {id: b, front: B?, back: y}¶- {id: a, front: A?, back: x}¶",
        "title: T¶cards:¶- {id: a, front: A?, back: x}¶",
    ),
    "brackets around all": (
        "title: T¶cards: [{id: a, front: A?, back: x}, {id: b, front: B?, back: y}]  # all¶",
        "title: T¶cards: [{id: a, front: A?, back: x}]  # all¶",
    ),
    "brackets around the only one": ("title: T¶cards: [{id: b, front: B?, back: y}]¶", "title: T¶cards: []¶"),
}


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["unix", "windows"])
@pytest.mark.parametrize("case", CASES)
def test_a_card_goes_with_its_lines(case: str, end: str) -> None:
    """What stands above it, below it and in other cards stays."""
    before, after = (text.replace("¶", end) for text in CASES[case])

    text, problems = without_card(read(before), "b")

    assert (text, problems) == (after, [])


def test_a_card_whose_words_another_one_shares_stays() -> None:
    """Without the anchor the alias would mean nothing, so the file is left as it is."""
    before = "title: T\ncards:\n- id: b\n  front: B?\n  back: &y yes\n- id: a\n  front: A?\n  back: *y\n"

    text, problems = without_card(read(before), "b")

    assert text == before
    assert [(each.code, str(each.span)) for each in problems] == [("CW423", "cards/kiosk.yaml:3:3")]


@settings(deadline=None)
@given(handwritten(), st.data())
def test_the_others_stay_whatever_the_file_looks_like(written: tuple[str, object], data: st.DataObject) -> None:
    """The rest is a part of what was there, and reads back as all the other cards."""
    file = read(written[0])
    if not file.cards:
        return
    gone = data.draw(st.sampled_from(file.cards))

    text, problems = without_card(file, gone.id)

    assert problems == []
    assert read(text).cards == tuple(card for card in file.cards if card != gone)
    start = next(at for at in range(len(text) + 1) if not file.file.text.startswith(text[: at + 1]) or at == len(text))
    assert file.file.text.endswith(text[start:])
    assert not Counter(text.splitlines()) - Counter(file.file.text.splitlines())
