"""A run that writes: the project is found and claimed, so that no other run writes beside it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from cardwright.commands import gather
from cardwright.console import Outcome
from cardwright.files import claim
from cardwright.settings import Settings, find

__all__ = ["alone"]


def alone(folder: Path, work: Callable[[Settings], Outcome]) -> Outcome:
    """What `work` gives for the project of a folder; nothing is begun while another run holds the project (CW005)."""
    settings, found = find(folder)
    if settings is None:
        return Outcome(diagnostics=tuple(found))
    with claim(settings.root / ".cardwright") as held:
        return work(settings) if held else Outcome(diagnostics=(gather.held(),), root=settings.root)
