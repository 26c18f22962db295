"""Whether files changed: told once for each change, when the disk has come to rest."""

from __future__ import annotations

import threading
from pathlib import Path

from cardwright.preview import State, changes, states


def told(*looks: str) -> list[int]:
    """After which look a change is told, where each look sees the state that a letter stands for; `a` is known."""
    stop = threading.Event()
    at = 0

    def look() -> State:
        nonlocal at
        at += 1
        if at == len(looks):
            stop.set()
        return frozenset({(looks[at - 1], 0, 0)})

    return [at for _ in changes(look, frozenset({("a", 0, 0)}), stop, pause=0)]


def test_a_change_is_told_once_it_is_over() -> None:
    """A file that is still being written is waited for; what goes back to what was known is no change."""
    assert told("a", "a", "a") == []
    assert told("a", "b", "b", "b", "b") == [3]
    assert told("b", "c", "d", "d") == [4]
    assert told("b", "b", "a", "a") == [2, 4]
    assert told("b", "a", "a") == []


def test_files_that_are_gone_are_left_out(tmp_path: Path) -> None:
    """A state has each file with its time and size."""
    there = tmp_path / "there"
    there.write_text("words")

    found = states([there, tmp_path / "gone"])

    assert found == {(str(there), there.stat().st_mtime_ns, 5)}
