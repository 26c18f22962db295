"""From a place in a document back to what stands there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cardwright.model import Document

if TYPE_CHECKING:
    from bs4 import Tag

__all__ = ["heading_at"]


def heading_at(document: Document, line: int) -> str:
    """The heading that a line stands under, empty where it stands under none but the document's own."""
    best: Tag | None = None
    for element in document.tree.find_all(True, attrs={"data-line": str(line)}):
        if element.name != "section":
            best = element.find_parent("section")
            break
    if best is None:
        above = [each for each in document.tree.find_all("section") if int(str(each.get("data-line", "0"))) <= line]
        best = above[-1] if above else None
    if best is None or best is document.tree:
        return ""
    return str(best.get("data-heading", "")).rstrip(":")
