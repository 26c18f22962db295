"""The harbour's page in a real browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from decks.learner import Learner
from decks.screen import CHROMIUM
from preview.browser import DESKTOP, WHY_NOT, launched
from preview.harbour import harbour
from story import Story


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One browser for all tests of a file."""
    if not CHROMIUM:
        pytest.skip(WHY_NOT)
    with launched() as one:
        yield one


@pytest.fixture
def learner(tmp_path: Path) -> Iterator[Learner]:
    """A collection of Anki."""
    one = Learner(tmp_path / "collection.anki2")
    yield one
    one.close()


@pytest.fixture
def project(story: Story) -> Story:
    """The harbour project, before any preview."""
    return harbour(story)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The harbour's page as a file."""
    story = harbour(Story(tmp_path_factory.mktemp("harbour")))
    said = story.run("preview", "--no-open", "--output", "page.html")
    assert said.code == 0, said.err
    return story.root / "page.html"


@pytest.fixture
def opened(browser: Any) -> Iterator[Callable[..., Any]]:
    """Opens pages; a page that asks for anything but itself, or whose script stumbles, fails the test.

    `refusals`: its policy may have had something to refuse, and said so.
    """
    contexts: list[Any] = []
    problems: list[str] = []

    def open_page(address: str, *, refusals: bool = False, **options: Any) -> Any:
        context = browser.new_context(**({"viewport": DESKTOP, "color_scheme": "light"} | options))
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on("pageerror", lambda error: problems.append(f"script: {error}"))
        page.on("console", lambda message: problems.append(message.text) if is_problem(message, refusals) else None)
        page.on("dialog", lambda dialog: problems.append(f"dialog: {dialog.message}"))
        begin = address.split("#")[0]
        page.on(
            "request",
            lambda request: None if request.url.startswith((begin, "data:")) else problems.append(request.url),
        )
        page.goto(address)
        return page

    yield open_page
    for each in contexts:
        each.close()

    assert problems == []


def is_problem(message: Any, refusals: bool) -> bool:
    """Whether a message of the browser tells of a mistake of the page."""
    return message.type == "error" and not (refusals and "Content Security Policy" in message.text)
