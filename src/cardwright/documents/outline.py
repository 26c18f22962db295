"""A document's tree as indented lines, for people: what was made of it, and where."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cardwright.documents.wording import word_set
from cardwright.model import Document

if TYPE_CHECKING:
    from bs4 import Tag

__all__ = ["outline"]

_INLINE = word_set("dfn abbr q span strong em code")
_WIDEST = 72
_SHOWN = (("data-kind", "kind"), ("data-label", "label"), ("data-lead", "lead"), ("data-time", "time"))


def outline(document: Document) -> str:
    """One line an element: line number, indentation, mark, what it says; asides with their reason."""
    return "\n".join(_lines(document.tree, 0, "", "")) + "\n"


def _lines(tag: Tag, depth: int, kind: str, lead: str) -> Iterator[str]:
    own_kind, own_lead = str(tag.get("data-kind", "")), str(tag.get("data-lead", ""))
    words = "" if tag.name in ("section", "ul", "ol", "dl", "table", "details") else _words(tag)
    if tag.name == "section":
        words = str(tag.get("data-heading", ""))
    notes = [
        f"{name}={tag[key]}" for key, name in _SHOWN if tag.get(key) and _is_news(key, own_kind, kind, own_lead, lead)
    ]
    notes += ["damaged"] if tag.get("data-damaged") else []
    marks = _marks(tag)
    line = f"{tag['data-line']:>5}  {'  ' * depth}{_name(tag)}"
    line += f" [{'; '.join(notes)}]" if notes else ""
    line += f" {_cut(words)}" if words else ""
    yield line + (f"  <{'; '.join(marks)}>" if marks else "")
    for child in _blocks(tag):
        yield from _lines(child, depth + 1, own_kind, own_lead)


def _is_news(key: str, kind: str, kind_above: str, lead: str, lead_above: str) -> bool:
    """Kind and lead-in are shown where they begin."""
    return not (key == "data-kind" and kind == kind_above) and not (key == "data-lead" and lead == lead_above)


def _name(tag: Tag) -> str:
    return ".".join([tag.name, *(str(each) for each in tag.get("class") or ())])


def _blocks(tag: Tag) -> list[Tag]:
    return [child for child in tag.find_all(True, recursive=False) if not _is_inline(child)]


def _is_inline(tag: Tag) -> bool:
    if tag.name == "aside":
        return all(child.name in _INLINE for child in tag.find_all(True, recursive=False))
    return tag.name in _INLINE


def _words(tag: Tag) -> str:
    parts: list[str] = []
    for child in tag.children:
        name = getattr(child, "name", None)
        if name is None:
            parts.append(str(child))
        elif _is_inline(child):  # type: ignore[arg-type]  # only tags have names
            parts.append(child.get_text())
    return " ".join("".join(parts).split())


def _cut(words: str) -> str:
    return words if len(words) <= _WIDEST else words[: _WIDEST - 1].rstrip() + "…"


def _marks(tag: Tag) -> list[str]:
    """The marks inside a block's own text, those inside nested blocks left out."""
    found: list[str] = []
    stack = [child for child in tag.find_all(True, recursive=False) if _is_inline(child)]
    while stack:
        mark = stack.pop(0)
        if (mark.get("class") or [""])[0] == "member":
            continue
        found.append(_mark(mark))
        stack[:0] = mark.find_all(True, recursive=False)
    return found


def _mark(mark: Tag) -> str:
    classes = mark.get("class") or [""]
    if classes[0] == "list":
        return "list " + " / ".join(each.get_text() for each in mark.find_all("span", class_="member"))
    if mark.name == "abbr":
        return f"abbr {mark.get_text()} = {mark.get('title', '')}"
    if mark.get("data-label"):
        return f"label={mark['data-label']} {_short(mark)}"
    if mark.name == "aside":
        return f"aside.{classes[0]} {_short(mark)}"
    return f"{mark.name} {_short(mark)}"


def _short(mark: Tag) -> str:
    words = " ".join(mark.get_text().split())
    return words if len(words) <= 40 else words[:39].rstrip() + "…"
