"""Documents on the page, in a real browser: what became of each passage, and the ways between passages and cards."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from preview.browser import PHONE

Open = Callable[..., Page]


@pytest.fixture
def documents(written: Path, opened: Open) -> Page:
    """The view of documents."""
    return opened(f"{written.as_uri()}#documents")


def test_a_document_is_read_in_its_own_order(documents: Page) -> None:
    """Headings, items, paragraphs and asides as they stand, each with a word on what became of it."""
    told = [
        " | ".join(each.split("\n")) for each in documents.locator("#reading .block, #reading h3").all_inner_texts()
    ]

    assert told == [
        "Words 1 of 5",
        "• | Offing what is seen of the sea from the shore. | proposed",
        "• | Slack water the short time in which the tide turns. | card",
        "• | Lee shore a shore onto which the wind blows. | draft",
        "• | Fairway the part of a channel that ships keep to. | deleted",
        "Nobody has read this sentence in years. | nothing",
        "Advert: buy our charts of all the coasts. | advert",
    ]
    expect(documents.locator("#reading .share")).to_have_text("1 of 5 passages on cards (20 %)")
    expect(documents.locator("#shelf")).to_contain_text("20 %")


def test_hovering_shows_the_card_and_a_click_goes_to_it(documents: Page) -> None:
    """The question beside the passage; then the card itself, and from there back to the passage."""
    block = documents.locator("#reading .block", has_text="Slack water")

    block.hover()
    expect(documents.locator("#panel")).to_contain_text("What is Slack water?")
    block.click()

    expect(documents.locator("#face")).to_contain_text("What is Slack water?")
    documents.get_by_role("link", name="handbook.md:6").click()
    expect(documents.locator("#reading .told")).to_contain_text("Slack water")


def test_a_tap_shows_the_story_first(written: Path, opened: Open) -> None:
    """With a finger the question comes up at the foot of the screen, and a second tap, on it, goes to the card."""
    page = opened(f"{written.as_uri()}#documents", viewport=PHONE, has_touch=True)

    page.locator("#reading .block", has_text="Slack water").tap()
    panel = page.locator("#panel")
    expect(panel).to_contain_text("What is Slack water?")
    box = panel.bounding_box()
    assert box
    assert box["y"] + box["height"] == PHONE["height"]
    panel.get_by_role("link", name="What is Slack water?").tap()

    expect(page.locator("#face")).to_contain_text("What is Slack water?")


def test_rules_that_looked_are_told(documents: Page) -> None:
    """Which rule caught a passage, and which came near one and what stopped it."""
    documents.locator("#reading .block", has_text="Slack water").hover()
    expect(documents.locator("#panel .looked")).to_contain_text("+ caught it: meaning")
    expect(documents.locator("#panel .looked")).to_contain_text("~ came near: channel: the text does not match")

    documents.locator("#reading .block", has_text="Fairway").hover()

    expect(documents.locator("#panel .links")).to_contain_text("deleted")
    expect(documents.locator("#panel .links")).to_contain_text("What do ships keep to in a channel?")
    expect(documents.locator("#panel .looked")).to_contain_text("`unless` meets the text")


def test_the_keyboard_reaches_every_passage(documents: Page) -> None:
    """Tab goes from word to word beside the passages and tells each story; escape ends it; enter goes to the card."""
    documents.locator("#shelf a").focus()
    documents.keyboard.press("Tab")
    expect(documents.locator("#panel")).to_contain_text("proposed")
    documents.keyboard.press("Tab")
    expect(documents.locator("#panel")).to_contain_text("What is Slack water?")

    documents.keyboard.press("Escape")
    expect(documents.locator("#panel")).to_contain_text("What became of it")
    documents.keyboard.press("Enter")

    expect(documents.locator("#face")).to_contain_text("What is Slack water?")


def test_the_legend_counts_each_shade(documents: Page) -> None:
    """With no passage chosen, the panel says what the shades mean and how many passages have each."""
    assert documents.locator("#panel .legend li").all_inner_texts() == [
        "on a card\n1",
        "on a draft\n1",
        "proposed\n1",
        "deleted by hand\n1",
        "nothing\n1",
        "advert: no rule sees it\n1",
    ]


def test_the_first_view_counts(written: Path, opened: Open) -> None:
    """Cards by topic and document and the lengths of answers, as tables with their bars; each leads to its cards."""
    page = opened(written.as_uri())
    topics = page.get_by_role("table", name="Cards by topic")

    rows = [each.split() for each in topics.get_by_role("row").all_inner_texts()]
    assert rows[1:] == [["Words", "3"], ["Signals", "6"], ["Loose", "1"]]
    assert page.get_by_role("table", name="Cards by document").get_by_role("row").count() == 3
    assert page.get_by_role("table", name="Words in the answer").locator("svg").count() == 6
    expect(page.locator(".figures")).to_contain_text("20 %")
    topics.get_by_role("link", name="Signals").click()
    expect(page.locator("#found")).to_contain_text("8 of 12")
