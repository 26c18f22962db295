"""Random histories of releases, reviews and edits, held against the rules of the promise."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import Any, cast

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from histories.life import Count, History

# How many histories are lived through, and the most steps of one. The usual ones are the same every time; a number
# given in HISTORIES (`make torture`) makes that many new ones.
_USUAL, _STEPS = 200, 19
_WANTED = os.environ.get("HISTORIES", "")


def test_no_history_of_releases_hurts_a_learner(tmp_path: Path) -> None:
    """Invariants 3, 4, 8, 9, 14: random edits, releases, reviews and imports, against the rules told without Anki."""
    count = Count()
    chosen = settings(
        max_examples=int(_WANTED or _USUAL),
        stateful_step_count=_STEPS,
        derandomize=not _WANTED,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate, Phase.shrink],
        print_blob=True,
    )

    run_state_machine_as_test(cast(Any, lambda: History(tmp_path, count)), settings=chosen)

    long = [steps for steps in count.steps if steps >= 10]
    told = f"{len(count.steps)} histories, {len(long)} of 10 to 20 steps; {sum(count.steps)} steps in all"
    told += f": {count.imports} imports, {count.updates} updates, {count.answers} answers"
    logging.getLogger(__name__).info(told)
    assert len(long) >= (100 if not _WANTED else int(_WANTED) // 2), told
    assert count.imports >= 2 * len(long)
    assert count.updates >= len(long) / 2
    assert count.answers >= 4 * len(long)
