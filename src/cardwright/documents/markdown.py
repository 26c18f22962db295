"""Markdown -> blocks. Blocks come from markdown-it, which tells lines; what is inside them is read in place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cardwright.documents.blocks import Block
from cardwright.documents.inline import inline
from cardwright.documents.prose import Prose

if TYPE_CHECKING:
    from markdown_it.token import Token

__all__ = ["read_markdown_document"]

_CONTAINERS = {
    "bullet_list": "ul",
    "ordered_list": "ol",
    "list_item": "li",
    "table": "table",
    "tr": "tr",
    "blockquote": "blockquote",
}
_HOLDERS = {"paragraph": "p", "heading": "h", "th": "th", "td": "td"}


@dataclass(slots=True)
class _Reader:
    """The document's lines, and what is open while its tokens are read."""

    text: str
    starts: list[int]
    first_line: int
    stack: list[Block] = field(default_factory=lambda: [Block("section")])
    cell_line: int = -1
    cell_from: int = 0

    def offset(self, line: int) -> int:
        """Where a line of the body begins in the document."""
        line += self.first_line
        return self.starts[line] if line < len(self.starts) else len(self.text)


def read_markdown_document(text: str, body: int) -> list[Block]:
    """The blocks of a Markdown text whose front matter, if any, ends at offset `body`."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"maxNesting": 12}).enable("table")
    # The inline rules would give no places; the text inside blocks is read by `inline`.
    parser.disable(["inline", "reference"])
    starts = [0]
    while (newline := text.find("\n", starts[-1])) >= 0:
        starts.append(newline + 1)
    reader = _Reader(text, starts, text.count("\n", 0, body))
    _read_tokens(reader, parser.parse(text[body:]))
    root = reader.stack[0]
    for block in root.children:
        _cover(block)
    return root.children


def _read_tokens(reader: _Reader, tokens: Sequence[Token]) -> None:
    for token in tokens:
        name = token.type.removesuffix("_open").removesuffix("_close")
        if name in _CONTAINERS or name in _HOLDERS:
            if token.nesting == 1:
                _open(reader, token, name)
            else:
                _close(reader)
        elif token.type == "inline":
            _fill(reader, token)
        elif token.type in ("fence", "code_block"):
            _add_code(reader, token)
        elif token.type == "html_block" and token.map:
            _add_html(reader, token)


def _open(reader: _Reader, token: Token, name: str) -> None:
    tag = _CONTAINERS.get(name) or _HOLDERS[name]
    above = reader.stack[-1]
    start = reader.offset(token.map[0]) if token.map else above.start
    block = Block(tag, start=start, end=start)
    if name == "heading":
        block.level = int(token.tag[1])
    elif name == "list_item" and token.info.isdigit():
        block.level = min(int(token.info), 999)
    above.children.append(block)
    reader.stack.append(block)


def _close(reader: _Reader) -> None:
    block = reader.stack.pop()
    if block.tag == "li" and block.children and block.children[0].tag == "p":
        block.prose = block.children.pop(0).prose
    elif block.tag in ("p", "h") and not block.text:
        reader.stack[-1].children.remove(block)
    elif block.tag == "blockquote":
        # What is quoted reads as what is said.
        reader.stack[-1].children.remove(block)
        reader.stack[-1].children.extend(block.children)


def _fill(reader: _Reader, token: Token) -> None:
    """The text of the block that is open, with the place of each of its lines."""
    block = reader.stack[-1]
    if not token.map:
        return
    cell = block.tag in ("th", "td")
    parts: list[Prose] = []
    for number, content in enumerate(token.content.split("\n")):
        begin = reader.offset(token.map[0] + number)
        end = reader.offset(token.map[0] + number + 1)
        if cell and reader.cell_line == begin:
            begin = reader.cell_from
        # Lines are looked for from behind: what precedes them is quote marks and bullets.
        found = reader.text.find(content, begin, end) if cell else reader.text.rfind(content, begin, end)
        place = found if found >= 0 else begin
        if cell:
            reader.cell_line, reader.cell_from = reader.offset(token.map[0]), min(end, place + len(content))
        parts.append(Prose.of(content, place))
    raw = Prose.joined(parts, "\n")
    block.prose = inline(raw, tags=True).cut(0)
    if block.text:
        block.start, block.end = block.prose.span(0, len(block.text))


def _add_code(reader: _Reader, token: Token) -> None:
    if not token.map:
        return
    first, last = reader.offset(token.map[0]), reader.offset(token.map[1])
    fenced = token.type == "fence"
    start = reader.offset(token.map[0] + 1) if fenced else first
    place = reader.text.find(token.content.split("\n", 1)[0], start, last)
    prose = Prose.of(token.content.rstrip("\n"), place if place >= 0 else first)
    reader.stack[-1].children.append(Block("pre", prose, start=first, end=max(first, last - 1)))


def _add_html(reader: _Reader, token: Token) -> None:
    """A block of HTML inside Markdown is read as a page of its own."""
    from cardwright.documents.html import read_html_fragment

    assert token.map is not None
    first, last = reader.offset(token.map[0]), reader.offset(token.map[1])
    reader.stack[-1].children.extend(read_html_fragment(reader.text[first:last], first))


def _cover(block: Block) -> None:
    for child in block.children:
        _cover(child)
    if block.prose.chars and block.tag in ("li", "td", "th"):
        block.start, block.end = (
            min(block.start, block.prose.at(0)),
            max(block.end, block.prose.span(0, len(block.text))[1]),
        )
    block.cover()
