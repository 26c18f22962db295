"""Whether files changed, by asking the disk again and again: no library, and the same on every system."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

__all__ = ["State", "changes", "states"]

State = frozenset[tuple[str, int, int]]

# Seconds between two looks. An editor that writes a file in two steps is through in that time.
PAUSE = 0.3


def states(paths: Iterable[Path]) -> State:
    """Each file with its time and size; those that went away in between are left out."""
    found: set[tuple[str, int, int]] = set()
    for path in paths:
        try:
            stat = path.stat()
        except OSError:
            continue
        found.add((str(path), stat.st_mtime_ns, stat.st_size))
    return frozenset(found)


def changes(look: Callable[[], State], known: State, stop: threading.Event, pause: float = PAUSE) -> Iterator[None]:
    """Yields after each change from what is `known`, once two looks in a row see the same; ends when `stop` is set."""
    seen = known
    while not stop.wait(pause):
        now = look()
        if now != known and now == seen:
            known = now
            yield
        seen = now
