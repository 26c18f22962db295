"""The project and the learner of the tests of decks."""

from decks.conftest import learner, shelf

__all__ = ["learner", "shelf"]
