"""Blocks -> the document as nested sections in which everything that has a meaning is marked."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from cardwright.documents.acronyms import mark_acronyms
from cardwright.documents.asides import mark_asides, mark_damage, mark_skipped
from cardwright.documents.blocks import Block, every, paragraph
from cardwright.documents.enumerations import mark_enumerations
from cardwright.documents.facts import mark_facts
from cardwright.documents.headings import find_headings
from cardwright.documents.labels import mark_labels, mark_leads, mark_order
from cardwright.documents.lines import BULLETS
from cardwright.documents.numbered import gather_numbered, open_groups
from cardwright.documents.page import Page
from cardwright.documents.prose import Prose
from cardwright.documents.questions import mark_answers, mark_inner_questions, mark_questions
from cardwright.documents.runins import with_run_ins
from cardwright.documents.sections import nest_sections, tell_kinds
from cardwright.documents.terms import mark_terms
from cardwright.documents.vocabulary import Vocabulary
from cardwright.documents.wording import split_term

__all__ = ["ANNOTATORS", "annotate", "arrange"]

_ENTRY = re.compile(r"(?:Q|A|Question|Answer)\s{0,2}\d{0,3}\s{0,2}[:.)>]\s")
_NUMBERED = re.compile(r"\s*\(?(\d{1,2})[.):]?\s+(?=[A-Z“\"'])")
_ITEM = re.compile(rf"\s*[{re.escape(BULLETS)}]\s+(?=\S)")
_GLUED = re.compile(r"(?<=[a-z]{3}[.!?])(?=[A-Z][a-z]{2,}[\s,’'])")


def arrange(blocks: list[Block], vocabulary: Vocabulary, title: str, length: int) -> Block:
    """A reader's blocks as sections: lines parted, numbered lines gathered, headings found."""
    blocks = [part for block in blocks for part in _lines_of(block)]
    blocks = find_headings(gather_numbered(with_run_ins(blocks, vocabulary)), vocabulary)
    root = nest_sections(open_groups(blocks, vocabulary), title, length)
    tell_kinds(root, vocabulary)
    return root


def _lines_of(block: Block) -> list[Block]:
    """A paragraph that was written as lines, each an entry of its own, as several paragraphs."""
    if block.tag != "p" or "\n" not in block.text:
        return [block]
    lines = [part for part in re.finditer(r"[^\n]+", block.text) if part[0].strip()]
    numbers = [_NUMBERED.match(line[0]) for line in lines]
    if len(lines) > 1 and [each and int(each[1]) for each in numbers] == list(range(1, len(lines) + 1)):
        return [_steps(block, [line.start() + each.end() for line, each in zip(lines, numbers, strict=True) if each])]
    entries = sum(_ENTRY.match(line[0].strip()) is not None for line in lines)
    heads = sum(split_term(line[0].strip()) is not None for line in lines)
    items = sum(_ITEM.match(line[0]) is not None for line in lines)
    if not entries and not items and heads * 2 <= len(lines):
        return [block]
    parts: list[Block] = []
    for number, line in enumerate(lines):
        marker = _ITEM.match(line[0])
        prose = block.prose.cut(line.start() + (marker.end() if marker else 0), line.end())
        part = paragraph(prose, block.cues if number == 0 else frozenset())
        if not marker:
            parts.append(part)
            continue
        part.tag = "li"
        if parts and parts[-1].tag == "ul":
            parts[-1].children.append(part)
            parts[-1].cover()
        else:
            parts.append(Block("ul", children=[part], start=part.start, end=part.end))
    return parts


def _steps(block: Block, starts: list[int]) -> Block:
    """Lines that count from one as an ordered list."""
    ends = [*(block.text.rfind("\n", 0, start) for start in starts[1:]), len(block.text)]
    items = [paragraph(block.prose.cut(start, end)) for start, end in zip(starts, ends, strict=True)]
    for item in items:
        item.tag = "li"
    return Block("ol", children=items, start=items[0].start, end=items[-1].end)


def _part_glued_sentences(page: Page) -> None:
    """Put a blank between sentences that stand against each other ("teams.Technical")."""
    for block in every(page.root):
        if block.tag == "pre":
            continue
        places = [match.start() for match in _GLUED.finditer(block.text)]
        if places:
            bounds = [0, *places, len(block.text)]
            block.prose = Prose.joined(block.prose.cut(start, end) for start, end in pairwise(bounds))


# In this order: what is no content is told before anything is read into it, acronyms
# before the dash behind them is gone, terms before labels and lead-ins, and what stands inside a sentence last.
ANNOTATORS: tuple[Callable[[Page], None], ...] = (
    mark_skipped,
    mark_asides,
    _part_glued_sentences,
    mark_acronyms,
    mark_answers,
    mark_questions,
    mark_facts,
    mark_terms,
    mark_labels,
    mark_leads,
    mark_order,
    mark_damage,
    mark_inner_questions,
    mark_enumerations,
)


def annotate(page: Page) -> None:
    """Run every annotator over the page."""
    for mark in ANNOTATORS:
        mark(page)
