"""Headings that end in a time: the steps of what stands above them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cardwright.documents.blocks import Block
from cardwright.documents.vocabulary import Vocabulary

__all__ = ["lower_timed"]

_TIMED = re.compile(
    r"\([^()]*\b(?:\d+|an?|one|two|three|four|five|six|ten)[ -]?(?:h|hrs?|min(?:ute)?s?|hours?|days?)\b[^()]*\)$",
    re.IGNORECASE,
)
# The kinds of a heading above them; that of a company or of benefits has no steps.
_HOLD_STEPS = ("", "stages", "steps")
_FEWEST = 2
_TOP, _DEEP = 1, 6


def lower_timed(blocks: Sequence[Block], vocabulary: Vocabulary) -> None:
    """Headings that end in a time, "Trial day (60 min)", are steps of what the heading above them names, if it can.

    What stands below them moves along.
    """
    headings = [block for block in blocks if block.tag == "h"]
    timed = [_TIMED.search(block.text) is not None for block in headings]
    if sum(timed) < _FEWEST:
        return
    above = lowered = 0
    holds_steps = False
    for block, is_timed in zip(headings, timed, strict=True):
        if is_timed and block.level == above > _TOP and holds_steps:
            lowered = block.level
            block.level += 1
        elif lowered and block.level > lowered:
            block.level = min(block.level + 1, _DEEP)
        else:
            lowered, above = 0, block.level
            holds_steps = not is_timed and vocabulary.kind_of(block.text)[0] in _HOLD_STEPS
