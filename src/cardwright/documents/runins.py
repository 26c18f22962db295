"""Headings that run in: bold words with a full stop that name a section, alone or before the text below them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from cardwright.documents.blocks import Block
from cardwright.documents.vocabulary import Vocabulary
from cardwright.documents.wording import word_count

__all__ = ["with_run_ins"]

_MOST_WORDS = 8
# How sure the vocabulary must be: "Who we are. We grow kelp" has a heading, "Candour. We say it" a term.
_SURE = 0.7
# Where so many are sure, and there are fewer headings of another form, those between them name sections too.
_HABIT = 3
_FEWEST_TERMS = 3


def with_run_ins(blocks: list[Block], vocabulary: Vocabulary) -> list[Block]:
    """The blocks, with paragraphs parted behind bold words that name a section; these lose their full stop."""
    ends = [_end_of_head(block) for block in blocks]
    sure = [
        end > 0 and vocabulary.kind_of(block.text[: end - 1])[1] >= _SURE
        for block, end in zip(blocks, ends, strict=True)
    ]
    others = sum(block.tag == "h" and block.level > 1 for block in blocks)
    habit = sum(sure) >= _HABIT and sum(end > 0 for end in ends) > others
    if habit:
        sure = [known or alone for known, alone in zip(sure, _standing_out(ends, sure), strict=True)]
    return [
        part
        for block, end, names in zip(blocks, ends, sure, strict=True)
        for part in (_parts(block, end) if names else (block,))
    ]


def _standing_out(ends: Sequence[int], sure: Sequence[bool]) -> Iterator[bool]:
    """Of each block whether it has a head that the vocabulary does not know, in no row of such: three are terms."""
    unknown = [end > 0 and not known for end, known in zip(ends, sure, strict=True)]
    for is_unknown, row in groupby(unknown):
        count = sum(1 for _ in row)
        yield from [is_unknown and count < _FEWEST_TERMS] * count


def _parts(block: Block, end: int) -> Iterator[Block]:
    rest = block.prose.cut(_end_of_bold(block))
    yield Block("p", block.prose.cut(0, end - 1), [], {}, block.start, block.end, 0, block.cues)
    if rest.chars:
        yield Block("p", rest, block.children, dict(block.attrs), block.start, block.end, 0, block.cues)


def _end_of_head(block: Block) -> int:
    """Where the full stop is behind the bold words with which a paragraph begins; 0 where it is no head."""
    head = block.text[: _end_of_bold(block) if block.tag == "p" else 0].rstrip()
    fits = head.endswith(".") and 1 <= word_count(head) <= _MOST_WORDS and "." not in head[:-1]
    return len(head) if fits else 0


def _end_of_bold(block: Block) -> int:
    """Where the bold words end with which a paragraph begins; 0 where it does not."""
    return next((mark.end for mark in block.prose.marked("strong") if mark.start == 0), 0)
