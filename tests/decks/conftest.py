"""A small varied project, and Anki's real backend to import it into."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from decks.learner import Learner
from decks.shelf import Shelf


@pytest.fixture
def shelf() -> Shelf:
    """A project of invented cards, nothing released yet."""
    return Shelf()


@pytest.fixture
def learner(tmp_path: Path) -> Iterator[Callable[[], Learner]]:
    """Opens fresh collections of Anki, as many as a test asks for."""
    opened: list[Learner] = []

    def open_one() -> Learner:
        opened.append(Learner(tmp_path / f"collection{len(opened)}.anki2"))
        return opened[-1]

    yield open_one
    for each in opened:
        each.close()
