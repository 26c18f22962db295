"""Headings that run in: bold words with a full stop that name a section, alone or before the text below them."""

from __future__ import annotations

from collections.abc import Iterator

from cardwright.documents.blocks import Block
from cardwright.documents.vocabulary import Vocabulary
from cardwright.documents.wording import word_count

__all__ = ["with_run_ins"]

_MOST_WORDS = 8
# How sure the vocabulary must be: "Who we are. We grow kelp" has a heading, "Candour. We say it" a term.
_SURE = 0.7


def with_run_ins(blocks: list[Block], vocabulary: Vocabulary) -> list[Block]:
    """The blocks, with paragraphs parted behind bold words that name a section; these lose their full stop."""
    return [part for block in blocks for part in _parts(block, vocabulary)]


def _parts(block: Block, vocabulary: Vocabulary) -> Iterator[Block]:
    end = _end_of_bold(block) if block.tag == "p" else 0
    head = block.text[:end].rstrip()
    if not head.endswith(".") or not 1 <= word_count(head) <= _MOST_WORDS or "." in head[:-1]:
        yield block
        return
    if vocabulary.kind_of(head[:-1])[1] < _SURE:
        yield block
        return
    rest = block.prose.cut(end)
    yield Block("p", block.prose.cut(0, len(head) - 1), [], {}, block.start, block.end, 0, block.cues)
    if rest.chars:
        yield Block("p", rest, block.children, dict(block.attrs), block.start, block.end, 0, block.cues)


def _end_of_bold(block: Block) -> int:
    """Where the bold words end with which a paragraph begins; 0 where it does not."""
    return next((mark.end for mark in block.prose.marked("strong") if mark.start == 0), 0)
