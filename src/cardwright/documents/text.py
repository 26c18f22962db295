"""Plain text -> blocks.

Text as it is scraped: bullets alone on their line, wrapped lines or none, Markdown here
and there. Which bare lines are headings is told later, for all formats alike.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from cardwright.documents.blocks import Block, paragraph
from cardwright.documents.inline import inline
from cardwright.documents.lines import Line, Marker, marker_of, read_lines, rule_character, wrap_width
from cardwright.documents.listing import Item, nest_items
from cardwright.documents.prose import Prose

__all__ = ["read_text_document"]

_FENCES = ("```", "~~~")
_UNDERLINE_LEVELS = {"=": 1, "-": 2, "~": 2}
# "== Heading ==", "--- part ---": the same marks before and behind.
_FRAMED = re.compile(r"(={2,6}|-{3,6}|~{2,6}|\*{3,6}|#{2,6})\s+(\S.{0,90}?)\s+\1")
_LONGEST_UNDERLINED = 120


def read_text_document(text: str) -> list[Block]:
    """The blocks of a plain text, in order."""
    lines = read_lines(text)
    width = wrap_width(lines)
    blocks: list[Block] = []
    index = 0
    while index < len(lines):
        for take in (_take_fence, _take_table, _take_underlined, _take_hash, _take_rule, _take_list, _take_paragraph):
            taken, index_after = take(lines, index, width)
            if index_after > index:
                blocks.extend(taken)
                index = index_after
                break
    return blocks


def _take_fence(lines: Sequence[Line], index: int, _: int) -> tuple[list[Block], int]:
    fence = lines[index].chars[:3]
    if fence not in _FENCES:
        return [], index
    after = index + 1
    while after < len(lines) and not lines[after].chars.startswith(fence):
        after += 1
    if after == len(lines):
        return [], index
    inside = lines[index + 1 : after]
    code = Prose.joined((line.prose() for line in inside), "\n")
    return [Block("pre", code, start=lines[index].start, end=lines[after].end)], after + 1


def _take_table(lines: Sequence[Line], index: int, _: int) -> tuple[list[Block], int]:
    after = index
    while after < len(lines) and _is_row(lines[after]) and (after == index or not lines[after].gap):
        after += 1
    rows = lines[index:after]
    if len(rows) < 2:
        return [], index
    ruled = _is_table_rule(rows[1])
    if not ruled and not all(row.chars.startswith("|") and row.chars.endswith("|") for row in rows):
        return [], index
    body = [_row(row, "th" if number == 0 else "td") for number, row in enumerate(rows) if not _is_table_rule(row)]
    return [Block("table", children=body, start=rows[0].start, end=rows[-1].end)], after


def _is_row(line: Line) -> bool:
    return line.chars.count("|") >= (2 if line.chars[0] == "|" else 1)


def _is_table_rule(line: Line) -> bool:
    cells = [cell.strip() for cell in line.chars.strip("|").split("|")]
    return all(cell and not cell.strip(":-") and "-" in cell for cell in cells)


def _row(line: Line, tag: str) -> Block:
    cells: list[Block] = []
    start = 1 if line.chars[0] == "|" else 0
    while start < len(line.chars):
        stop = line.chars.find("|", start)
        while stop > 0 and line.chars[stop - 1] == "\\":
            stop = line.chars.find("|", stop + 1)
        stop = len(line.chars) if stop < 0 else stop
        cell = inline(Prose.of(line.chars[start:stop], line.start + start)).cut(0)
        first, last = cell.span(0, len(cell.chars)) if cell.chars else (line.start + start, line.start + start)
        cells.append(Block(tag, cell, start=first, end=last))
        start = stop + 1
    return Block("tr", children=cells, start=line.start, end=line.end)


def _take_underlined(lines: Sequence[Line], index: int, _: int) -> tuple[list[Block], int]:
    line = lines[index]
    below = lines[index + 1] if index + 1 < len(lines) else None
    if below is None or below.gap or len(line.chars) > _LONGEST_UNDERLINED or marker_of(line):
        return [], index
    rule = rule_character(below.chars) if " " not in below.chars else ""
    if rule not in _UNDERLINE_LEVELS or rule_character(line.chars):
        return [], index
    return [_heading(line, 0, _UNDERLINE_LEVELS[rule])], index + 2


def _take_hash(lines: Sequence[Line], index: int, _: int) -> tuple[list[Block], int]:
    line = lines[index]
    framed = _FRAMED.fullmatch(line.chars)
    if framed:
        begin, end = framed.span(2)
        prose = inline(Prose.of(line.chars[begin:end], line.start + begin))
        level = 2 if framed[1][0] in "=#" else 3
        return [Block("h", prose, start=line.start, end=line.end, level=level, cues=_cues(line))], index + 1
    level = len(line.chars[:7]) - len(line.chars[:7].lstrip("#"))
    if not 1 <= level <= 6 or not line.chars[level : level + 1].isspace():
        return [], index
    return [_heading(line, level, level)], index + 1


def _heading(line: Line, skip: int, level: int) -> Block:
    prose = inline(line.prose(skip))
    if skip:
        prose = prose.cut(0, len(prose.chars.rstrip("#")))
    return Block("h", prose, start=line.start, end=line.end, level=level, cues=_cues(line))


def _take_rule(lines: Sequence[Line], index: int, _: int) -> tuple[list[Block], int]:
    return [], index + 1 if rule_character(lines[index].chars) else index


def _take_paragraph(lines: Sequence[Line], index: int, width: int) -> tuple[list[Block], int]:
    line = lines[index]
    skip = 1 if line.chars[0] == ">" else 0
    after = _goes_on_to(lines, index, width)
    parts = [
        line.prose(skip),
        *(each.prose(1 if skip and each.chars[0] == ">" else 0) for each in lines[index + 1 : after]),
    ]
    prose = inline(Prose.joined(parts))
    return ([paragraph(prose, _cues(line))] if prose.chars else []), after


def _goes_on_to(lines: Sequence[Line], index: int, width: int) -> int:
    """The first line that no longer belongs to the paragraph or item which begins at `index`.

    A line goes on where the next one's first word would not have fitted, or where the
    next one is in the middle of a sentence.
    """
    after = index + 1
    while width and after < len(lines):
        line, following = lines[after - 1], lines[after]
        if following.gap or following.ornament or marker_of(following) or following.chars[0] in "#|>`":
            break
        if rule_character(following.chars):
            break
        full = line.indent + len(line.chars) + 1 + len(following.chars.split(None, 1)[0]) > width
        open_ended = line.chars[-1] not in ".!?:;" and not following.chars[0].isupper()
        hanging = following.indent > lines[index].indent and marker_of(lines[index]) is not None
        if not (full or open_ended or hanging):
            break
        after += 1
    return after


def _take_list(lines: Sequence[Line], index: int, width: int) -> tuple[list[Block], int]:
    items: list[Item] = []
    while index < len(lines):
        item, after = _take_item(lines, index, width, items)
        if item is None and after == index:
            break
        if item is not None:
            items.append(item)
        index = after
    return nest_items(items), index


def _take_item(lines: Sequence[Line], index: int, width: int, before: list[Item]) -> tuple[Item | None, int]:
    """The item that begins here, and the line behind it; no item but a line further for a marker without a text."""
    line = lines[index]
    marker = marker_of(line)
    if marker is None or not _is_item(lines, index, marker, before) or rule_character(line.chars):
        return None, index
    if marker.kind == "alone":
        index += 1
        if index == len(lines) or lines[index].ornament or _is_marked(lines[index]):
            return None, index
        text_line, skip = lines[index], 0
    else:
        text_line, skip = line, marker.width
    after = _goes_on_to(lines, index, width)
    prose = inline(Prose.joined([text_line.prose(skip), *(each.prose() for each in lines[index + 1 : after])]))
    if not width:
        after = _hanging_lines(lines, after, line, prose)
        prose = inline(Prose.joined([text_line.prose(skip), *(each.prose() for each in lines[index + 1 : after])]))
    return Item(line.indent, marker, prose, line.start, _cues(line)), after


def _hanging_lines(lines: Sequence[Line], after: int, first: Line, prose: Prose) -> int:
    """Lines indented below an item whose sentence is not at its end go on with it."""
    while (
        after < len(lines)
        and not lines[after].gap
        and lines[after].indent > first.indent
        and marker_of(lines[after]) is None
        and prose.chars
        and lines[after].chars[0].islower()
    ):
        after += 1
    return after


def _is_marked(line: Line) -> bool:
    """Whether the line is an item itself; initials ("J. Smith") are no marker."""
    marker = marker_of(line)
    return marker is not None and marker.kind != "a"


def _is_item(lines: Sequence[Line], index: int, marker: Marker, before: list[Item]) -> bool:
    """Whether a marker is one: a letter needs its neighbour in the alphabet nearby ("J. Smith" has none)."""
    if marker.kind != "a":
        return True
    if any(item.marker.kind == "a" and item.marker.number == marker.number - 1 for item in before[-12:]):
        return True
    following = (marker_of(line) for line in lines[index + 1 : index + 8])
    return marker.number == 1 and any(each and each.kind == "a" and each.number == 2 for each in following)


def _cues(line: Line) -> frozenset[str]:
    return frozenset(name for name, holds in (("gap", line.gap), ("emoji", line.ornament)) if holds)
