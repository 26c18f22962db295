"""The page as it is served: it follows every save, shows errors with their places, and keeps its place."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from preview.browser import shown_card
from preview.serving import served
from story import Story

Open = Callable[..., Page]


@pytest.fixture
def address(project: Story) -> Iterator[str]:
    """Where the harbour is served."""
    with served(project.root) as one:
        yield one


def test_the_page_follows_every_save(project: Story, address: str, opened: Open) -> None:
    """A card, a rule, a document and a deck file, each shown as soon as it is saved."""
    page = opened(f"{address}#cards?id=one-blast")

    project.edit("cards/signals.yaml", "What does one short blast mean?", "What does a short blast mean?")
    expect(page.locator("#face")).to_contain_text("What does a short blast mean?")
    project.edit("decks/pilots.yaml", "Orla pilots", "Pilots of Orla")
    expect(page.locator("#decks")).to_contain_text("Pilots of Orla")
    page.get_by_role("link", name="Documents").click()
    project.edit("seeds/handbook.md", "Nobody has read", "Everybody has read")
    expect(page.locator("#reading")).to_contain_text("Everybody has read")
    project.edit("rules/words.yaml", "unless: '^Fairway'", "unless: '^Offing'")
    expect(page.locator("#reading .is-proposed")).to_contain_text("Fairway")


def test_the_page_keeps_its_place(project: Story, address: str, opened: Open) -> None:
    """The card that is shown, its side, the filter and the words in the search stay when something else is saved."""
    page = opened(f"{address}#cards")
    page.locator("#tag").select_option("signals")
    page.locator("#search").fill("what")
    page.locator("#list .row", has_text="What is this?").click()
    page.keyboard.press(" ")
    before = shown_card(page)

    project.edit("cards/words.yaml", "title: Words", "title: Sea words")

    expect(page.locator("#decks")).to_contain_text("Sea words")
    assert shown_card(page) == before
    assert "A buoy." in before
    assert page.locator("#tag").input_value() == "signals"
    assert page.locator("#search").input_value() == "what"
    assert page.locator("#face img").evaluate("each => each.naturalWidth") == 8


def test_errors_are_shown_with_their_places(project: Story, address: str, opened: Open) -> None:
    """What is wrong stands above the last good page, with its line; once it is mended, it is gone."""
    page = opened(f"{address}#cards?id=lamp")

    project.edit("cards/signals.yaml", "back: The white one", "bakc: The white one")

    problems = page.get_by_role("alert")
    expect(problems).to_contain_text("cards/signals.yaml:11:5")
    expect(problems).to_contain_text("bakc: The white one")
    expect(problems).to_contain_text("did you mean 'back'?")
    expect(page.locator("#face")).to_contain_text("Which lamp shows astern?")
    project.edit("cards/signals.yaml", "bakc: The white one", "back: The bright one")
    expect(problems).to_have_count(0)
    page.keyboard.press(" ")
    expect(page.locator("#face")).to_contain_text("The bright one")


def test_a_project_that_begins_with_an_error_is_served(project: Story, opened: Open) -> None:
    """Even with nothing good to show yet, the page tells what to mend."""
    project.edit("cards/signals.yaml", "title: Signals", "tilte: Signals")
    with served(project.root) as address:
        page = opened(address)

        expect(page.get_by_role("alert")).to_contain_text("cards/signals.yaml:1:1")
        project.edit("cards/signals.yaml", "tilte: Signals", "title: Signals")
        expect(page.get_by_role("table", name="Cards by topic")).to_contain_text("Signals")


def test_a_mistake_of_the_program_ends_nothing(
    project: Story, address: str, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever a save brings to light is told above the last good page, and the next save is followed again."""

    def stumble(*_: object, **__: object) -> list[str]:
        raise RuntimeError("stumbled")

    monkeypatch.setattr(difflib, "get_close_matches", stumble)
    page = opened(f"{address}#cards?id=lamp")

    project.edit("cards/signals.yaml", "back: The white one", "bakc: The white one")

    problems = page.get_by_role("alert")
    expect(problems).to_contain_text("RuntimeError: stumbled")
    expect(page.locator("#face")).to_contain_text("Which lamp shows astern?")
    project.edit("cards/signals.yaml", "bakc: The white one", "back: The bright one")
    expect(problems).to_have_count(0)
