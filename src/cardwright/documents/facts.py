"""What is told line by line as a key, a colon, and a value."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

from cardwright.documents.blocks import Block, every, paragraph, replace_children
from cardwright.documents.page import Page
from cardwright.documents.vocabulary import Vocabulary
from cardwright.documents.wording import Split, is_amount, is_quoted, is_title_case, split_term, word_count

__all__ = ["mark_facts"]

_MOST_PLAIN_WORDS = 3
_MOST_KEY_WORDS = 5
_MOST_VALUE_WORDS = 12
_FEWEST_ROWS = 2
# A key that comes again and again ("With whom: ...") is one, however it is written.
_FEWEST_AGAIN = 2
_DIGIT = re.compile(r"\d")


def mark_facts(page: Page) -> None:
    """Make <dl> of lines that give a key and a short value, and of tables of two columns without heads."""
    replace_children(page.root, lambda blocks: [_from_table(block) or block for block in blocks])
    heads = Counter(head for block in every(page.root) if block.tag == "p" and (head := _head(block.text)))
    again = frozenset(head for head, count in heads.items() if count >= _FEWEST_AGAIN)

    def change(blocks: list[Block]) -> list[Block]:
        return _with_facts(blocks, page.vocabulary, again)

    replace_children(page.root, change)


def _from_table(block: Block) -> Block | None:
    """A table of keys and values as facts; None where it has heads, more columns, or no keys."""
    rows = [row for row in block.children if any(cell.text.strip() for cell in row.children)]
    keys = [row.children[0].text for row in rows if len(row.children) == 2]
    told = len(rows) >= _FEWEST_ROWS and len(set(keys)) == len(rows)
    if block.tag != "table" or not told or any(cell.tag == "th" for row in rows for cell in row.children[1:]):
        return None
    if not all(row.children[1].text for row in rows) or all(_is_bold(cell) for cell in rows[0].children):
        return None
    if not all(1 <= word_count(key) <= _MOST_KEY_WORDS for key in keys):
        return None
    facts = Block("dl", start=block.start, end=block.end)
    for row in rows:
        for cell, tag in zip(row.children, ("dt", "dd"), strict=True):
            facts.children.append(Block(tag, cell.prose, cell.children, {}, cell.start, cell.end))
    return facts


def _is_bold(cell: Block) -> bool:
    """Whether a cell is bold from end to end, as heads are that no `th` tells."""
    return any(mark.start == 0 and mark.end == len(cell.text) for mark in cell.prose.marked("strong"))


def _head(text: str) -> str:
    """The few words before a colon that begin a line."""
    split = split_term(text)
    told = split is not None and split.mark == ":" and word_count(text[: split.end]) <= _MOST_KEY_WORDS
    return text[: split.end].lower() if split is not None and told and text[split.rest :].strip() else ""


def _with_facts(blocks: list[Block], vocabulary: Vocabulary, again: Collection[str]) -> list[Block]:
    found: list[Block] = []
    index = 0
    while index < len(blocks):
        after = index
        while after < len(blocks) and _fact(blocks[after], vocabulary, again):
            after += 1
        run = blocks[index:after]
        if run and (_are_facts(run) or all(_head(block.text) in again for block in run)):
            rows = Block("dl", start=run[0].start, end=run[-1].end)
            for block in run:
                rows.children.extend(_row(block))
            found.append(rows)
        else:
            found.extend(run or blocks[index : index + 1])
        index = max(after, index + 1)
    return found


def _fact(block: Block, vocabulary: Vocabulary, again: Collection[str]) -> Split | None:
    """Where key and value part, if the paragraph is of that form; `again` are keys that the document repeats."""
    if block.tag != "p" or is_quoted(block.text):
        return None
    split = split_term(block.text)
    if split is None or split.mark != ":" or not block.text[split.rest :].strip():
        return None
    key = block.text[: split.end]
    if key.lower() in again and not vocabulary.is_label(key):
        return split
    if word_count(key) > _MOST_KEY_WORDS or vocabulary.is_label(key):
        return None
    value = block.text[split.rest :].strip()
    amount = is_amount(value) or (word_count(key) <= _MOST_PLAIN_WORDS and _is_short(value, 8) and _DIGIT.search(value))
    told = is_title_case(key) or (key[0].isupper() and amount)
    return split if told else None


def _are_facts(run: Sequence[Block]) -> bool:
    """Whether lines with keys are facts rather than terms with their meaning: half the values are short."""
    values = [block.text[_rest(block) :].strip() for block in run]
    if len(values) == 1:
        return is_amount(values[0]) or _is_short(values[0], _MOST_VALUE_WORDS)
    return sum(_is_short(value, _MOST_VALUE_WORDS) for value in values) * 2 >= len(values)


def _rest(block: Block) -> int:
    split = split_term(block.text)
    return split.rest if split else 0


def _is_short(value: str, most: int) -> bool:
    return word_count(value) <= most and value[-1] not in ".!?:"


def _row(block: Block) -> list[Block]:
    split = split_term(block.text)
    assert split is not None
    key, value = paragraph(block.prose.cut(0, split.end)), paragraph(block.prose.cut(split.rest))
    key.tag, value.tag = "dt", "dd"
    return [key, value]
