"""Cells of a table, and what stands behind a key: by column, by head, by place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cardwright.rules.marked import plain
from cardwright.rules.passages import Index
from cardwright.rules.tree import child, children, first_inside, is_tag, nearest

if TYPE_CHECKING:
    from bs4 import Tag

__all__ = ["cell_of", "cells_of", "column", "head_of", "heads_of", "values_of"]


def column(name: str) -> str:
    """A column's name as `{row.NAME}` writes it: small letters and digits, the rest underscores."""
    return re.sub(r"[\W_]+", "_", name.casefold()).strip("_")


def values_of(index: Index, key: Tag) -> str:
    """The text of each dd behind a dt, up to the next dt."""
    found = []
    for other in key.next_siblings:
        if not is_tag(other):
            continue
        if other.name == "dt":
            break
        if other.name == "dd" and id(other) in index.order:
            found.append(index.text(other))
    return "; ".join(text for text in found if text)


def cells_of(index: Index, row: Tag) -> list[Tag]:
    """The cells of a row that rules may see."""
    return [cell for cell in children(row, "td", "th") if id(cell) in index.order]


def head_of(index: Index, cell: Tag) -> str:
    """The head of the column a cell stands in."""
    row = nearest(cell, "tr")
    cells = cells_of(index, row) if row is not None else []
    place = next((at for at, each in enumerate(cells, 1) if each is cell), 0)
    return cell_of(index, cell, "column", str(place)) if place else ""


def heads_of(index: Index, table: Tag) -> list[str]:
    """The heads of a table's columns, none where its first row is no row of heads; the corner may be any empty cell."""
    first = first_inside(table, "tr")
    if first is None or first_inside(first, "th") is None:
        return []
    cells = [(cell.name, index.text(cell)) for cell in cells_of(index, first)]
    return [] if any(name == "td" and text for name, text in cells) else [text for _, text in cells]


def cell_of(index: Index, element: Tag, where: str, wanted: str) -> str:
    """A cell of the row, or the head of its column, by the column's name or its number from 1; of a table a head."""
    row = nearest(element, "tr")
    table = nearest(element, "table")
    if table is None or (element is not table and (row is None or child(row, "td") is None)):
        return ""
    heads = heads_of(index, table)
    if wanted.isdecimal():
        place = int(wanted) - 1
    else:
        place = next((at for at, head in enumerate(heads) if column(plain(head)) == column(wanted)), -1)
    if where == "column":
        return heads[place] if 0 <= place < len(heads) else ""
    if row is None:
        return ""
    cells = cells_of(index, row)
    return index.text(cells[place]) if 0 <= place < len(cells) else ""
