"""What axe finds on the page: nothing, in any view, by day and by night, on desktop and phone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from preview.browser import DESKTOP, PHONE

Open = Callable[..., Page]

VIEWS = {
    "overview": "#overview",
    "question": "#cards?id=lamp",
    "answer": "#cards?id=speed",
    "draft": "#cards?id=lee-shore",
    "no card": "#cards?q=nothing-has-this",
    "document": "#documents",
    "passage": "#documents?name=handbook.md&passage=1",
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", ["desktop", "phone"])
@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_nothing(written: Path, opened: Open, view: str, screen: str, scheme: str) -> None:
    """Roles, names, contrast and order are as they should be."""
    page = opened(
        f"{written.as_uri()}{VIEWS[view]}",
        viewport=DESKTOP if screen == "desktop" else PHONE,
        color_scheme=scheme,
        reduced_motion="reduce",
        bypass_csp=True,  # axe brings its own script
    )
    if view == "answer":
        page.keyboard.press(" ")

    assert found(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_list_of_keys(written: Path, opened: Open, scheme: str) -> None:
    """The dialog of keys, which opens and closes by keyboard."""
    page = opened(f"{written.as_uri()}#cards", color_scheme=scheme, bypass_csp=True)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()

    assert found(page) == []
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_the_first_stop_skips_to_the_content(written: Path, opened: Open) -> None:
    """Tab comes first to the way past the head of the page, then to the views in their order."""
    page = opened(written.as_uri())
    stops: list[Any] = []
    for _ in range(6):
        page.keyboard.press("Tab")
        stops.append(page.evaluate("document.activeElement.textContent.trim().split(/\\s+/)[0]"))

    assert stops == ["Skip", "Overview", "Cards", "Documents", "Night", "Keys"]


def found(page: Page) -> list[str]:
    """Violations, each with what it is about."""
    results: Any = Axe().run(page)
    return [
        f"{each['id']}: {node['html'][:160]} {node['failureSummary']}"
        for each in results.response["violations"]
        for node in each["nodes"]
    ]
