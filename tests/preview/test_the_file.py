"""`cardwright preview` as a command: the file it writes, and when it writes none."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from preview.harbour import harbour
from story import Story


def data(page: str) -> Any:
    """What the page's script reads."""
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found
    return json.loads(found[1])


def test_the_page_is_one_file(story: Story) -> None:
    """It says where it is, holds its pictures, and names nothing outside but what links lead to."""
    harbour(story)

    said = story.run("preview", "--no-open")

    assert said.code == 0
    assert said.out == "10 cards, 1 document -> .cardwright/preview.html\n"
    page = story.read(".cardwright/preview.html")
    assert (
        re.findall(r"<(?:iframe|object|embed)\b|<(?:script|link|img)[^>]*(?:src|href)=\"(?!data:)|@import|url\(", page)
        == []
    )
    (picture,) = data(page)["media"].values()
    assert picture.startswith("data:image/png;base64,")


def test_the_same_project_gives_the_same_page(story: Story) -> None:
    """Byte for byte, wherever it is written to; the project itself is only read."""
    harbour(story)
    before = story.files()

    story.run("preview", "--no-open", "--output", "one.html")
    story.run("preview", "--no-open", "--output", "two.html")

    after = story.files()
    assert after.pop("one.html") == after.pop("two.html")
    assert after == before


def test_with_an_error_no_page_is_written(story: Story) -> None:
    """The errors are told as always."""
    harbour(story)
    story.write("cards/signals.yaml", "title: Signals\ncards:\n  - {id: a, front: Why?}\n")

    said = story.run("preview", "--no-open")

    assert said.code == 1
    assert "cards/signals.yaml:3:20: error[CW407]" in said.err
    assert ".cardwright/preview.html" not in story.files()


def test_an_empty_project_has_a_page(story: Story) -> None:
    """Nothing is wrong with having nothing yet."""
    said = story.run("preview", "--no-open", "--format", "json")

    assert said.data == {"page": ".cardwright/preview.html", "cards": 0, "documents": 0}


def test_serve_writes_no_file(story: Story) -> None:
    """Both at once is a mistake in usage."""
    assert story.run("preview", "--serve", "--output", "page.html").code == 2


def test_cards_that_a_deck_passes_over_are_shown_apart(story: Story) -> None:
    """A card without the deck's tag stands in no deck; a draft stands where it will go."""
    cards = "title: A\ncards:\n  - {id: a, front: A?, back: a, tags: [x]}\n  - {id: b, front: B?, back: b}\n"
    story.write("cards/a.yaml", cards + "  - {id: c, front: C?, back: c, draft: true}\n")
    story.write("decks/d.yaml", "name: D\ncards: a\ntags: x\n")

    story.run("preview", "--no-open", "--output", "page.html")

    decks = {each["id"]: each["deck"] for each in data(story.read("page.html"))["cards"]}
    assert decks == {"a": "D::A", "b": "In no deck::A", "c": "D::A"}


@pytest.mark.parametrize(
    "name", ["cards/signals.yaml", "notes.html", "seeds/page.html", "cards/page.html", "rules/x.html"]
)
def test_a_page_takes_the_place_of_nothing_else(story: Story, name: str) -> None:
    """What a person wrote stays, and nothing is put where the project reads."""
    harbour(story)
    story.write("notes.html", "<!doctype html>\n<p>mine</p>\n")
    before = story.files()

    said = story.run("preview", "--no-open", "--output", str(story.root / name))

    assert said.code == 1
    assert f"{name}: error[CW009]" in said.err
    assert story.files() == before


def test_a_page_takes_the_place_of_an_older_one(story: Story) -> None:
    """Of whatever state of the project."""
    story.run("preview", "--no-open", "--output", str(story.root / "page.html"))
    harbour(story)

    assert story.run("preview", "--no-open", "--output", str(story.root / "page.html")).code == 0
    assert len(data(story.read("page.html"))["cards"]) == 10
