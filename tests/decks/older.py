"""Marks of tests that ask more of Anki than its older versions can do; `make test-backends` runs with these."""

from __future__ import annotations

import pytest

from decks.learner import KNOWS_SEVERAL_NUMBERS, STAMPS_UPDATES

__all__ = ["keeps_times", "several_numbers"]

keeps_times = pytest.mark.skipif(
    STAMPS_UPDATES, reason="before Anki 25.02 an update is marked with the time of the import, so 'Always' is needed"
)
several_numbers = pytest.mark.skipif(
    not KNOWS_SEVERAL_NUMBERS, reason="Anki 25.09 and earlier know one number for each gap of a cloze"
)
