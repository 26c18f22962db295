"""Take the pictures of the README from the page over this project's own decks: `make screenshots`."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Literal

from playwright.sync_api import Page, ViewportSize

from cardwright.commands import preview
from preview.browser import launched

REPOSITORY = Path(__file__).parents[2]
IMAGES = REPOSITORY / "docs" / "images"
CARD = "context-not-control"
WIDE = ViewportSize(width=1500, height=900)
SCREEN = ViewportSize(width=1110, height=640)
NARROW = ViewportSize(width=390, height=640)


def main() -> None:
    """Cards by day and by night, the view of cards, a document, and a phone."""
    with tempfile.TemporaryDirectory() as folder, launched() as browser:
        file = Path(folder) / "page.html"
        outcome = preview.run(REPOSITORY, file, opened=False)
        assert not outcome.exit_code, outcome.diagnostics
        schemes: tuple[tuple[Literal["light", "dark"], str], ...] = (("light", "day"), ("dark", "night"))
        for scheme, name in schemes:
            page = browser.new_page(viewport=WIDE, color_scheme=scheme)
            card(page, file)
            page.locator("#frame").screenshot(path=IMAGES / f"card-{name}.png")
            page.close()
        page = browser.new_page(viewport=SCREEN, color_scheme="light")
        card(page, file)
        page.screenshot(path=IMAGES / "preview-cards.png")
        page.goto(f"{file.as_uri()}#documents?name=pm-interview-guide.txt&passage=14")
        page.wait_for_function("scrollY > 0")
        page.screenshot(path=IMAGES / "preview-document.png")
        page.close()
        page = browser.new_page(viewport=NARROW, color_scheme="dark")
        card(page, file)
        page.screenshot(path=IMAGES / "preview-phone.png")


def card(page: Page, file: Path) -> None:
    """Show one card, turned."""
    page.goto(f"{file.as_uri()}#cards?id={CARD}")
    page.keyboard.press(" ")


if __name__ == "__main__":
    main()
