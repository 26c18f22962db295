"""HTML -> blocks: the content of a page, without what surrounds it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from cardwright.documents.blocks import Block, aside, paragraph
from cardwright.documents.chrome import content_root, is_chrome, is_hidden
from cardwright.documents.classheadings import cues_of, is_title, level_of
from cardwright.documents.elements import Element, Run, parse_elements
from cardwright.documents.prose import Mark, Prose
from cardwright.documents.wording import word_set

__all__ = ["page_facts", "read_html_document", "read_html_fragment"]

_EMPHASIS = {"strong": "strong", "b": "strong", "em": "em", "i": "em", "code": "code", "kbd": "code", "dfn": "dfn"}
_BLOCKS = word_set(
    "address article aside blockquote body center dd div dl dt fieldset figcaption figure footer form header hr html "
    "li main menu nav ol p pre section table tbody td tfoot th thead tr ul details summary"
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_NO_TITLE = _BLOCKS | _HEADINGS.keys()
# Words with single spaces between them: what white space in a page amounts to.
_WORDS = re.compile(r"\S+(?: \S+)*|\s+")
_TITLE_PARTS = re.compile(r"\s+[|–—·»-]\s+")


@dataclass(slots=True)
class _Flow:
    """Blocks so far, and the running text that has not been ended by a block yet."""

    blocks: list[Block] = field(default_factory=list)
    pieces: list[tuple[str, int]] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    length: int = 0

    def write(self, chars: str, start: int) -> None:
        """Add text, with each run of white space as one space."""
        for match in _WORDS.finditer(chars):
            if not match[0].isspace():
                self.pieces.append((match[0], start + match.start()))
                self.length += len(match[0])
            elif self.pieces and not self.pieces[-1][0][-1].isspace():
                self.pieces.append((" ", start + match.start()))
                self.length += 1

    def ended(self) -> Prose:
        """The running text, which is then over."""
        prose = Prose.built(self.pieces)
        prose.marks = self.marks
        self.pieces, self.marks, self.length = [], [], 0
        return prose.cut(0)

    def end_paragraph(self) -> None:
        """Make a paragraph of the running text, if there is any."""
        prose = self.ended()
        if prose.chars:
            self.blocks.append(paragraph(prose))


def read_html_document(page: str) -> tuple[list[Block], dict[str, str], bool]:
    """The blocks of a page's content, what its head says, and whether the page breaks off."""
    root, cut_off = parse_elements(page)
    flow = _Flow()
    _read_children(content_root(root), flow)
    flow.end_paragraph()
    return flow.blocks, page_facts(root), cut_off


def read_html_fragment(fragment: str, offset: int) -> list[Block]:
    """The blocks of a piece of HTML that stands at `offset` of a document."""
    root, _ = parse_elements(fragment)
    _shift(root, offset)
    flow = _Flow()
    _read_children(root, flow)
    flow.end_paragraph()
    return flow.blocks


def page_facts(root: Element) -> dict[str, str]:
    """Title and date as the head of a page tells them."""
    facts: dict[str, str] = {}
    stack: list[Element] = [root]
    while stack:
        element = stack.pop()
        if element.tag == "title" and "title" not in facts:
            words = " ".join("".join(each.chars for each in element.children if isinstance(each, Run)).split())
            # The name of the site follows behind a bar or dash.
            facts["title"], *site = _TITLE_PARTS.split(words)
            facts["site"] = site[-1] if site else ""
        elif element.tag == "meta" and element.attrs.get("property", element.attrs.get("name", "")).endswith(
            ("published_time", "date")
        ):
            facts.setdefault("date", element.attrs.get("content", "")[:10])
        stack.extend(each for each in reversed(element.children) if isinstance(each, Element))
    return facts


def _read_children(element: Element, flow: _Flow) -> None:
    for child in element.children:
        if isinstance(child, Run):
            flow.write(child.chars, child.start)
        elif not is_hidden(child):
            _read_element(child, flow)


def _read_element(element: Element, flow: _Flow) -> None:
    tag = element.tag
    if is_chrome(element):
        flow.end_paragraph()
        inner = _flow_of(element.children)
        if inner:
            flow.blocks.append(aside("chrome", inner))
    elif tag in _HEADINGS:
        flow.end_paragraph()
        _add_heading(element, _prose_of(element), _HEADINGS[tag], flow)
    elif tag == "div" and (title := _title_of(element)):
        flow.end_paragraph()
        prose, cues = title
        _add_heading(element, prose, level_of(cues, flow.blocks), flow, cues)
    elif tag in ("ul", "ol", "menu"):
        flow.end_paragraph()
        _add(flow, _list(element))
    elif tag == "dl":
        flow.end_paragraph()
        _add(flow, _definitions(element))
    elif tag == "table":
        flow.end_paragraph()
        _read_table(element, flow)
    elif tag == "details":
        flow.end_paragraph()
        _add(flow, _details(element))
    elif tag == "pre":
        flow.end_paragraph()
        _add(flow, _preformatted(element))
    elif tag == "br":
        if flow.pieces:
            flow.pieces.append(("\n", element.start))
            flow.length += 1
    elif tag in _BLOCKS:
        flow.end_paragraph()
        _read_children(element, flow)
        flow.end_paragraph()
    else:
        _read_inline(element, flow)


def _add_heading(element: Element, prose: Prose, level: int, flow: _Flow, cues: frozenset[str] = frozenset()) -> None:
    if prose.chars:
        end = max(element.end, element.start)
        flow.blocks.append(Block("h", prose, start=element.start, end=end, level=level, cues=cues))


def _title_of(element: Element) -> tuple[Prose, frozenset[str]] | None:
    """Name and cues of one whose class says that it names something, and that holds nothing but the name; else None."""
    cues = cues_of(element.attrs.get("class", ""))
    if not cues or _holds(element, _NO_TITLE):
        return None
    prose = _prose_of(element)
    return (prose, cues) if is_title(prose.chars) else None


def _read_inline(element: Element, flow: _Flow) -> None:
    begun = flow.length
    _read_children(element, flow)
    # A block inside an inline element has ended the text the element began in.
    begun = min(begun, flow.length)
    if flow.length == begun:
        return
    if element.tag in _EMPHASIS:
        flow.marks.append(Mark(begun, flow.length, _EMPHASIS[element.tag]))
    elif element.tag == "abbr" and element.attrs.get("title"):
        flow.marks.append(Mark(begun, flow.length, "abbr", (("title", element.attrs["title"]),)))


def _add(flow: _Flow, block: Block) -> None:
    if block.children or block.text:
        flow.blocks.append(block)


def _flow_of(children: Sequence[Element | Run]) -> list[Block]:
    flow = _Flow()
    _read_children(Element("", children=list(children)), flow)
    flow.end_paragraph()
    return flow.blocks


def _prose_of(element: Element) -> Prose:
    """All text of an element as one line, its blocks joined."""
    blocks = _flow_of(element.children)
    return Prose.joined(_proses(blocks))


def _proses(blocks: Sequence[Block]) -> list[Prose]:
    found: list[Prose] = []
    for block in blocks:
        found.append(block.prose)
        found.extend(_proses(block.children))
    return found


def _list(element: Element) -> Block:
    block = Block("ol" if element.tag == "ol" else "ul", start=element.start, end=element.end)
    for child in element.children:
        if isinstance(child, Run) or is_hidden(child):
            continue
        inner = _flow_of([child] if child.tag != "li" else child.children)
        if not inner:
            continue
        item = Block("li", start=child.start, end=child.end, children=inner, level=len(block.children) + 1)
        if inner[0].tag in ("p", "h"):
            item.cues = frozenset({"named"}) if inner[0].tag == "h" else item.cues
            item.prose = inner.pop(0).prose
        block.children.append(item)
    return block


def _definitions(element: Element) -> Block:
    block = Block("dl", start=element.start, end=element.end)
    for child in element.children:
        if not isinstance(child, Element) or is_hidden(child):
            continue
        if child.tag == "div":
            block.children.extend(_definitions(child).children)
        elif child.tag in ("dt", "dd"):
            prose = _prose_of(child)
            if prose.chars:
                block.children.append(Block(child.tag, prose, start=child.start, end=child.end))
    return block


def _details(element: Element) -> Block:
    block = Block("details", start=element.start, end=element.end)
    for child in element.children:
        if isinstance(child, Element) and child.tag == "summary":
            block.children.append(Block("summary", _prose_of(child), start=child.start, end=child.end))
    others = [each for each in element.children if isinstance(each, Run) or each.tag != "summary"]
    block.children.extend(_flow_of(others))
    return block


def _preformatted(element: Element) -> Block:
    pieces: list[tuple[str, int]] = []
    stack: list[Element | Run] = [element]
    while stack:
        each = stack.pop()
        if isinstance(each, Run):
            pieces.append((each.chars, each.start))
        else:
            stack.extend(reversed(each.children))
    prose = Prose.built(pieces)
    return Block("pre", prose.cut(0), start=element.start, end=element.end)


def _read_table(element: Element, flow: _Flow) -> None:
    rows = _rows(element)
    widest = max((len([cell for cell in row.children if isinstance(cell, Element)]) for row in rows), default=0)
    if widest < 2 or element.attrs.get("role") == "presentation" or _holds(element, ("table",)):
        # A table for looks: what stands in it reads from top to bottom.
        for row in rows:
            _read_children(row, flow)
        flow.end_paragraph()
        return
    table = Block("table", start=element.start, end=element.end)
    for row in rows:
        cells = [
            Block(cell.tag, _prose_of(cell), start=cell.start, end=cell.end)
            for cell in row.children
            if isinstance(cell, Element) and cell.tag in ("td", "th")
        ]
        if cells:
            table.children.append(Block("tr", children=cells, start=row.start, end=row.end))
    _add(flow, table)


def _rows(element: Element) -> list[Element]:
    rows: list[Element] = []
    for child in element.children:
        if isinstance(child, Element):
            if child.tag == "tr":
                rows.append(child)
            elif child.tag in ("thead", "tbody", "tfoot"):
                rows.extend(_rows(child))
    return rows


def _holds(element: Element, tags: Collection[str]) -> bool:
    stack = [each for each in element.children if isinstance(each, Element)]
    while stack:
        each = stack.pop()
        if each.tag in tags:
            return True
        stack.extend(child for child in each.children if isinstance(child, Element))
    return False


def _shift(root: Element, offset: int) -> None:
    stack = [root]
    while stack:
        element = stack.pop()
        element.start += offset
        element.end += offset
        element.children = [
            Run(each.chars, each.start + offset) if isinstance(each, Run) else each for each in element.children
        ]
        stack.extend(each for each in element.children if isinstance(each, Element))
