"""What readers hand to the annotator: blocks of prose, as plain as HTML's own.

Tags are HTML's, save two: `h` is a heading that has a level and no section yet, and a
`section` holds its heading as its first child. A block has prose, children, or both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from cardwright.documents.prose import Prose

__all__ = ["LISTS", "Block", "aside", "every", "paragraph", "replace_children", "sequences"]

LISTS = ("ul", "ol")


@dataclass(slots=True)
class Block:
    """A block from offset `start` to `end` (excluded).

    level: of a heading, 1 to 6; of a numbered item, its number. cues: what the reader saw
    that the prose no longer shows: `gap` (a blank line before), `emoji` (one stood before
    the text), `named` (an item that is a name, what it means below it), `titled` (a heading
    by its class alone) and `outer` (one of a section), `quoted`, `numbered`.
    """

    tag: str
    prose: Prose = field(default_factory=Prose)
    children: list[Block] = field(default_factory=list)
    attrs: dict[str, str] = field(default_factory=dict)
    start: int = 0
    end: int = 0
    level: int = 0
    cues: frozenset[str] = frozenset()

    @property
    def text(self) -> str:
        """The block's own characters, without those of its children."""
        return self.prose.chars

    def has_class(self, name: str) -> bool:
        """Whether the block is marked so."""
        return name in self.attrs.get("class", "").split()

    def add_class(self, name: str) -> None:
        """Mark the block, once."""
        if not self.has_class(name):
            self.attrs["class"] = f"{self.attrs.get('class', '')} {name}".strip()

    def cover(self) -> None:
        """Stretch the block over its children."""
        if self.children:
            self.start = min(self.start, *(each.start for each in self.children))
            self.end = max(self.end, *(each.end for each in self.children))


def paragraph(prose: Prose, cues: frozenset[str] = frozenset()) -> Block:
    """A paragraph that spans its prose."""
    start, end = prose.span(0, len(prose.chars))
    return Block("p", prose, start=start, end=end, cues=cues)


def aside(reason: str, blocks: list[Block]) -> Block:
    """Blocks that are no content, and why."""
    return Block("aside", children=blocks, attrs={"class": reason}, start=blocks[0].start, end=blocks[-1].end)


def every(root: Block, *, asides: bool = False) -> Iterator[Block]:
    """The block and all below it, in document order; asides and what is in them are left out if not wished for."""
    stack = [root]
    while stack:
        block = stack.pop()
        if block.tag == "aside" and not asides:
            continue
        yield block
        stack.extend(reversed(block.children))


def sequences(root: Block) -> Iterator[Block]:
    """Every block that holds a run of others: sections, items, quotations."""
    return (block for block in every(root) if block.children and block.tag not in (*LISTS, "table", "tr", "dl"))


def replace_children(root: Block, change: Callable[[list[Block]], list[Block]]) -> None:
    """Let `change` rewrite the run of blocks in each section, item and quotation."""
    for block in list(sequences(root)):
        block.children = change(block.children)
