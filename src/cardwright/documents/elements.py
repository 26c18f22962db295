"""HTML -> a light tree of elements and text runs, each with its offset in the page.

Python's own parser tells events and places; unclosed paragraphs, items and cells are
closed here as browsers close them.
"""

from __future__ import annotations

import html
from dataclasses import dataclass, field
from html.parser import HTMLParser

from cardwright.documents.wording import word_set

__all__ = ["Element", "Run", "parse_elements"]

_VOID = word_set("area base br col embed hr img input link meta source track wbr")
_PARAGRAPH_ENDS = word_set(
    "address article aside blockquote details div dl fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr "
    "main menu nav ol p pre section table ul li dt dd tr td th tbody thead"
)
# An opening tag closes these, up to the element that may hold them.
_CLOSES = {
    "li": (("li",), ("ul", "ol", "menu")),
    "dt": (("dt", "dd"), ("dl",)),
    "dd": (("dt", "dd"), ("dl",)),
    "tr": (("tr", "td", "th"), ("table",)),
    "td": (("td", "th"), ("tr", "table")),
    "th": (("td", "th"), ("tr", "table")),
    "option": (("option",), ("select",)),
}
# HTML lets a page leave out the end tags of these.
_END_OPTIONAL = word_set("html head body p li dt dd tr td th thead tbody tfoot option colgroup caption")
# Elements below this depth are read as text of the ones above.
_DEEPEST = 96


@dataclass(frozen=True, slots=True)
class Run:
    """Text and the offset where it stood; a character reference is a run of its own."""

    chars: str
    start: int


@dataclass(slots=True)
class Element:
    """An element from offset `start` to `end`, with its children in order."""

    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    children: list[Element | Run] = field(default_factory=list)
    start: int = 0
    end: int = 0


def parse_elements(page: str) -> tuple[Element, bool]:
    """The page as one element, and whether it breaks off inside a tag or an element."""
    builder = _Builder(page)
    builder.feed(page)
    builder.close()
    builder.root.end = len(page)
    cut_off = builder.unfinished or any(each.tag not in _END_OPTIONAL for each in builder.stack[1:])
    for element in builder.stack:
        element.end = len(page)
    return builder.root, cut_off


class _Builder(HTMLParser):
    """Puts parser events into elements."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=False)
        self.line_starts = [0]
        while (newline := page.find("\n", self.line_starts[-1])) >= 0:
            self.line_starts.append(newline + 1)
        self.page = page
        self.root = Element("")
        self.stack = [self.root]
        self.open_tags: dict[str, int] = {}
        self.unfinished = False

    def _place(self) -> int:
        line, column = self.getpos()
        return self.line_starts[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        start = self._place()
        if tag in _PARAGRAPH_ENDS and self.open_tags.get("p"):
            self._close("p", start, ("table", "li", "td", "div", "section", "article"))
        if tag in _CLOSES:
            closed, limits = _CLOSES[tag]
            for each in closed:
                if self.open_tags.get(each):
                    self._close(each, start, limits)
        element = Element(tag, {name: value or "" for name, value in attrs}, [], start, start)
        self.stack[-1].children.append(element)
        if tag in _VOID:
            element.end = start + len(self.get_starttag_text() or "")
        elif len(self.stack) < _DEEPEST:
            self.stack.append(element)
            self.open_tags[tag] = self.open_tags.get(tag, 0) + 1

    def handle_endtag(self, tag: str) -> None:
        if self.open_tags.get(tag):
            place = self._place()
            end = self.page.find(">", place)
            self._close(tag, place, (), end + 1 if end >= 0 else len(self.page))

    def _close(self, tag: str, end: int, limits: tuple[str, ...], own_end: int = 0) -> None:
        """Close the innermost open `tag` and all in it, unless one of `limits` holds it off.

        What was left open in it ends at `end`, the element itself behind its end tag, if it has one.
        """
        for depth in range(len(self.stack) - 1, 0, -1):
            name = self.stack[depth].tag
            if name == tag:
                break
            if name in limits:
                return
        else:
            return
        for element in self.stack[depth:]:
            element.end = end
            self.open_tags[element.tag] -= 1
        self.stack[depth].end = own_end or end
        del self.stack[depth:]

    def handle_data(self, data: str) -> None:
        start = self._place()
        self.stack[-1].children.append(Run(data, start))
        self.stack[-1].end = start + len(data)

    def handle_entityref(self, name: str) -> None:
        self._reference(f"&{name}")

    def handle_charref(self, name: str) -> None:
        self._reference(f"&#{name}")

    def _reference(self, written: str) -> None:
        """A character reference; the parser does not say whether a semicolon closed it."""
        start = self._place()
        meant = html.unescape(written + ";")
        self.stack[-1].children.append(Run(meant if not meant.endswith(";") else written, start))

    def close(self) -> None:
        """Read to the end; what is left is a tag that was never finished."""
        rest = self.rawdata
        if rest.startswith("<") and len(rest) > 1:
            self.unfinished = True
            self.rawdata = ""
        super().close()
