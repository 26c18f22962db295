"""Times as inputs: a build asks no clock but the one it is given."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from cardwright.diagnostics import Diagnostic, Span, error

__all__ = ["PATIENCE", "Clock", "clock"]

# Seconds that a build waits for a modification time to come to pass; one that is further off is a mistake.
PATIENCE = 2
# No deck is older than Anki (2006-10-05); an earlier time is a machine without a clock.
_EARLIEST = 1_160_000_000
_EPOCH = "SOURCE_DATE_EPOCH"


@dataclass(frozen=True, slots=True)
class Clock:
    """`stamp` is what new and changed notes are marked with, `real` the time that no mark may pass; in milliseconds."""

    stamp: int
    real: int


def clock(environ: Mapping[str, str], real: int) -> tuple[Clock | None, list[Diagnostic]]:
    """The clock of a build: the machine's, or SOURCE_DATE_EPOCH for the marks. `real` is in milliseconds."""
    if real < _EARLIEST * 1000:
        way_out = "set the clock: notes that are marked with a time long past never reach a learner"
        return None, [error("CW550", "the clock of this machine is wrong", Span("."), way_out)]
    wanted = environ.get(_EPOCH, "")
    if not wanted:
        return Clock(real, real), []
    if not re.fullmatch(r"[0-9]{1,12}", wanted):
        message = f"{_EPOCH} is '{wanted}', which is no number of seconds"
        return None, [error("CW550", message, Span("."), "set it to whole seconds since 1970, or unset it")]
    stamp = int(wanted) * 1000
    if stamp > real:
        message = f"{_EPOCH} lies in the future: learners' own edits would be overwritten by every later import"
        return None, [error("CW550", message, Span("."), "set it to a time that has passed, or unset it")]
    if stamp < _EARLIEST * 1000:
        message = f"{_EPOCH} lies before there was Anki: what changed would never reach a learner"
        return None, [error("CW550", message, Span("."), "set it to the time of this release, or unset it")]
    return Clock(stamp, real), []
