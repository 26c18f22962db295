"""What a person edited survives any history of documents, rules and extractions."""

from __future__ import annotations

import os
import random
import re

import pytest

from cards.editing import Desk

# `make torture` asks for more.
HISTORIES = int(os.environ.get("HISTORIES", "200"))
SHARES = 8


@pytest.mark.parametrize("share", range(SHARES))
def test_random_histories_lose_nothing(share: int) -> None:
    """Histories of 20 extractions: no word, tag, note or deletion of a person is lost, and twice is once."""
    for number in range(share, HISTORIES, SHARES):
        desk = Desk(random.Random(number))
        try:
            desk.live(20)
        except AssertionError as problem:
            raise AssertionError(f"history {number}: {problem}") from problem


# Ways in which people write a card; `{}` is its number.
STYLES = (
    "  - id: {id}\n    front: {front}\n    back: {back}\n    tags: [guide]\n    source: {source}\n",
    "  # about {id}\n  - back: >-\n      {back}\n    front: '{front}'   # the question\n    id: {id}\n\n    source: [{source}]\n    tags:\n    - guide # kept\n",
    '\n  -   id: "{id}"\n      # - id: no card\n      front: "{front}"\n      back: |\n        {back}\n\n      tags: [guide, ]\n      source:\n        - {source}\n',
    "  - {{id: {id}, front: '{front}', back: '{back}', tags: [guide], source: {source}}} # in braces\n",
)


def test_a_large_file_of_styles_goes_through_many_rounds() -> None:
    """500 cards, 20 rounds of changes in the document and by hand: lines that nobody touched stay byte for byte."""
    desk = Desk(random.Random(500))
    desk.documents["pilots.md"] = [(f"pilot {at}", desk.sentence().replace(": always", "")) for at in range(500)]
    desk.rules["pilots.md"] = "meaning"
    text = "# Our pilots\ntitle: Pilots # and boats\r\ncards:\n".replace("\r", "")
    for at, one in enumerate(desk.proposals(["pilots.md"])):
        values = {"id": one.id, "front": one.front, "back": one.back, "source": one.sources[0]}
        text += STYLES[at % len(STYLES)].format(**values)
    desk.texts["pilots"] = text.replace("\n", "\r\n").removesuffix("\r\n")
    desk.extract()
    assert desk.texts["pilots"] == text.replace("\n", "\r\n").removesuffix("\r\n")
    assert len(desk.memory.entries) == 500

    for _ in range(20):
        before = desk.texts["pilots"]
        reworded = desk.chance.sample(range(500), 5)
        for at in reworded:
            subject, _ = desk.documents["pilots.md"][at]
            desk.documents["pilots.md"][at] = subject, desk.sentence().replace(": always", "")
        for _ in range(3):
            desk.edit()
        edited = desk.texts["pilots"]
        changed = desk.extract()

        assert len(changed) <= len(reworded) + 1
        assert _outside(desk.texts["pilots"], changed) == _outside(edited, changed)
        assert _comments(desk.texts["pilots"]) == _comments(before)
        assert "\n" not in desk.texts["pilots"].replace("\r\n", "")


def _outside(text: str, ids: set[str]) -> list[str]:
    """The pieces of a file that hold other cards, byte for byte."""
    pieces = re.split(r"(?m)^(?=  - |  -   )", text)
    return [piece for piece in pieces if not any(re.search(rf"\bid: \"?{each}\b(?!-)", piece) for each in ids)]


def _comments(text: str) -> list[str]:
    return re.findall(r"# (?:about|the question|kept|- id|in braces|and boats|Our).*", text)
