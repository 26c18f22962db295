"""From places in a document back to what stands there."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from cardwright.model import Document

if TYPE_CHECKING:
    from bs4 import Tag

__all__ = ["headings_at"]


def headings_at(document: Document, lines: Collection[int]) -> dict[int, str]:
    """The heading that each line stands under, empty where it stands under none but the document's own.

    One walk through the document serves all lines.
    """
    wanted = set(lines)
    parents: dict[int, Tag | None] = {}
    sections: list[tuple[int, Tag]] = []
    for element in document.tree.find_all(True):
        line = int(str(element.get("data-line", "0")))
        if element.name == "section":
            sections.append((line, element))
        elif line in wanted and line not in parents and element.has_attr("data-line"):
            parents[line] = element.find_parent("section")
    found: dict[int, str] = {}
    for line in wanted:
        best = parents.get(line)
        if best is None:
            best = next((each for at, each in reversed(sections) if at <= line), None)
        found[line] = "" if best is None or best is document.tree else str(best.get("data-heading", "")).rstrip(":")
    return found
