"""Numbered lines with text between them: headings, named steps, or items of several paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from cardwright.documents.blocks import LISTS, Block, paragraph
from cardwright.documents.vocabulary import Vocabulary
from cardwright.documents.wording import is_title_case, split_term, word_count

__all__ = ["gather_numbered", "open_groups"]

_MOST_NAME_WORDS = 10
_GROUP_LEVEL = 4


def gather_numbered(blocks: list[Block]) -> list[Block]:
    """Join lists that text had parted ("1. ..." text "2. ..." text): names with one paragraph each, else headings."""
    found: list[Block] = []
    index = 0
    while index < len(blocks):
        chain = _chain(blocks, index)
        if len(chain) < 2:
            found.append(blocks[index])
            index += 1
            continue
        gathered, index = _gathered(blocks, chain)
        found.extend(gathered)
    return found


def _chain(blocks: Sequence[Block], index: int) -> list[int]:
    """Where the lists stand that go on counting, from the one at `index` on, with only plain blocks between them."""
    chain: list[int] = []
    if blocks[index].tag != "ol" or not blocks[index].children:
        return chain
    chain.append(index)
    number = blocks[index].children[-1].level
    for after in range(index + 1, len(blocks)):
        block = blocks[after]
        if block.tag == "ol" and block.children:
            if block.children[0].level != number + 1:
                break
            chain.append(after)
            number = block.children[-1].level
        elif block.tag == "h" or "emoji" in block.cues:
            break
    return chain


def _gathered(blocks: Sequence[Block], chain: Sequence[int]) -> tuple[list[Block], int]:
    between = [list(blocks[first + 1 : last]) for first, last in pairwise(chain)]
    longest = max(len(each) for each in between)
    tail: list[Block] = []
    for block in blocks[chain[-1] + 1 : chain[-1] + 1 + longest]:
        if block.tag != "p" or "emoji" in block.cues or block.text.endswith(":"):
            break
        tail.append(block)
    after = chain[-1] + 1 + len(tail)
    runs = list(zip((blocks[place] for place in chain), [*between, tail], strict=True))
    items = [item for ordered, _ in runs for item in ordered.children]
    if all(_is_name(item) for item in items) and not all(len(inside) <= 1 for _, inside in runs):
        return _as_headings(runs), after
    named = all(_is_name(item) for item in items)
    whole = Block("ol", start=blocks[chain[0]].start, end=blocks[after - 1].end)
    for ordered, inside in runs:
        ordered.children[-1].children.extend(inside)
        for item in ordered.children:
            item.cues |= {"named"} if named and item.children else set()
            item.cover()
        whole.children.extend(ordered.children)
    return [whole], after


def _as_headings(runs: Sequence[tuple[Block, list[Block]]]) -> list[Block]:
    found: list[Block] = []
    for ordered, inside in runs:
        for item in ordered.children:
            cues = frozenset({"numbered", *item.cues})
            found.append(Block("h", item.prose, start=item.start, end=item.end, level=3, cues=cues))
            found.extend(item.children)
        found.extend(inside)
    return found


def _is_name(item: Block) -> bool:
    text = item.text
    return 0 < word_count(text) <= _MOST_NAME_WORDS and text[-1] not in ".;:,!" and split_term(text) is None


def open_groups(blocks: list[Block], vocabulary: Vocabulary) -> list[Block]:
    """Items that are headings of what follows in their list ("- Leadership:" above its own items) become headings."""
    found: list[Block] = []
    for block in blocks:
        if block.tag in LISTS and block.children and _is_group(block, 0, vocabulary):
            found.extend(_opened(block, vocabulary))
        else:
            found.append(block)
    return found


def _is_group(block: Block, index: int, vocabulary: Vocabulary) -> bool:
    item = block.children[index]
    head = item.text.rstrip(": ")
    if not item.text.endswith(":") or not 1 <= word_count(head) <= 8 or not is_title_case(head):
        return False
    return (bool(item.children) or index + 1 < len(block.children)) and not vocabulary.is_label(head)


def _opened(block: Block, vocabulary: Vocabulary) -> list[Block]:
    found: list[Block] = []
    for index, item in enumerate(block.children):
        if _is_group(block, index, vocabulary):
            head = item.prose.cut(0, len(item.text.rstrip(": ")))
            line = paragraph(item.prose)
            found.append(Block("h", head, start=item.start, end=line.end, level=_GROUP_LEVEL, cues=item.cues))
            found.extend(item.children)
        elif found[-1].tag in LISTS:
            found[-1].children.append(item)
            found[-1].cover()
        else:
            found.append(Block(block.tag, children=[item], start=item.start, end=item.end))
    return found
