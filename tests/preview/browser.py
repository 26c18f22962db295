"""A real browser for tests of the page, where this machine has one."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

from decks.screen import CHROMIUM

__all__ = ["DESKTOP", "FLAGS", "PHONE", "WHY_NOT", "asked", "launched", "shown_card"]

WHY_NOT = "no chromium on this machine: on Debian, 'apt-get install chromium' brings one"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
DESKTOP = ViewportSize(width=1280, height=800)
PHONE = ViewportSize(width=390, height=844)


@contextlib.contextmanager
def launched() -> Iterator[Browser]:
    """A headless browser. What a test expects of it may take its time on a machine that is busy."""
    expect.set_options(timeout=30_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


def shown_card(page: Page) -> str:
    """What a person reads on the card on the stage."""
    return page.locator("#face .card").inner_text()


def asked(page: Page) -> list[str]:
    """The questions of the rows of the list that are elements."""
    return page.locator("#list .asks").all_inner_texts()
