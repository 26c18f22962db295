"""`cardwright preview --serve`, run for as long as a test needs it."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from pathlib import Path
from queue import Queue

from cardwright.commands import preview

__all__ = ["served"]


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a project's page."""
    told: Queue[str] = Queue()
    stop = threading.Event()
    options = {"opened": False, "tell": told.put, "stop": stop}
    run = threading.Thread(target=preview.serve, args=(folder,), kwargs=options)
    run.start()
    try:
        yield told.get(timeout=60)
    finally:
        stop.set()
        run.join(60)
