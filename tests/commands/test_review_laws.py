"""What holds for every review, whatever the card file looks like and whatever is answered."""

from __future__ import annotations

import tempfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from cards.strategies import handwritten
from cardwright.cards.cardfile import load
from cardwright.diagnostics import failed
from cardwright.files import TextFile
from cardwright.model import Card
from story import Story

FILE = "cards/trams.yaml"
NOTES = ("# a note", "# deeper", "# note: [x", "# - id: no")


def project(folder: str, text: str) -> Story:
    """A project with one card file."""
    story = Story(Path(folder))
    story.write_bytes(FILE, text.encode())
    return story


def cards(story: Story) -> tuple[Card, ...]:
    """The cards of the file, which has no errors."""
    file, problems = load(TextFile(FILE, story.read(FILE), ""), "trams")
    assert not failed(problems), (problems, story.read(FILE))
    return file.cards


@settings(deadline=None, max_examples=40)
@given(handwritten(), st.lists(st.sampled_from(["p", "a", "d", "s", ""]), max_size=12))
def test_all_cards_that_are_not_deleted_stay_as_they_are(written: tuple[str, list[Card]], answers: list[str]) -> None:
    """But for what was answered; comments between and in them too."""
    with tempfile.TemporaryDirectory() as folder:
        story = project(folder, written[0])
        before = {card.id: card for card in cards(story)}
        said = story.run("review", "--format", "json", answers="".join(f"{each}\n" for each in [*answers, "q"]))
        done = {(each["card"], each["answer"]) for each in said.data["answers"]}
        after = cards(story)
        text = story.read(FILE)

    assert said.code == 0, said.err
    stay = [card for card in before.values() if (card.id, "delete") not in done]
    assert [card.id for card in after] == [card.id for card in stay]
    for card, was in zip(after, stay, strict=True):
        promoted, allowed = (card.id, "promote") in done, (card.id, "allow") in done
        assert card.draft == (was.draft and not promoted)
        assert (len(card.allow) > len(was.allow)) == allowed
        assert replace(card, draft=was.draft, allow=was.allow) == was
    if len(stay) == len(before):
        old, new = (
            Counter(each for note in NOTES for each in [note] * file.count(note)) for file in (written[0], text)
        )
        assert new == old
    assert done or text == written[0]


@settings(deadline=None, max_examples=20)
@given(handwritten(), st.lists(st.sampled_from(["p", "a", "d"]), max_size=6))
def test_it_makes_no_difference_where_one_stops(written: tuple[str, list[Card]], answers: list[str]) -> None:
    """One run with all answers, and a run for each of them, leave the same bytes."""
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as other:
        whole, parts = project(folder, written[0]), project(other, written[0])
        whole.run("review", answers="".join(f"{each}\n" for each in answers))
        for each in answers:
            parts.run("review", answers=f"{each}\n")

        assert parts.read(FILE) == whole.read(FILE)
