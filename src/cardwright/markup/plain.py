"""A field as plain text, and HTML as the text it shows."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from cardwright.markup.deletion import Deletion, is_cut, is_unclosed, parse_deletions, split_marks
from cardwright.markup.markdown import render, tokens_of

if TYPE_CHECKING:
    from markdown_it.token import Token

__all__ = ["html_text", "plain_parts", "to_plain", "without_joints"]

# A noncharacter beside braces and colons that are no marks of Anki's; it never leaves this package.
_JOINT = "\ufdd0"
_UNSEEN = re.compile(r"<!--(?:(?!<!--).)*?-->|<(script|style)\b(?:(?!<\1\b).)*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_IMAGE_TAG = re.compile(r"<img\b([^<>]*)>", re.IGNORECASE)
_ALT = re.compile(r"\b(?:alt|src)=\"([^\"]+)\"", re.IGNORECASE)
_LINE_TAG = re.compile(
    r"<(?:br|hr|/?(?:p|div|ul|ol|li|table|thead|tbody|tr|pre|h[1-6]|blockquote))\b[^<>]*>\n?", re.IGNORECASE
)
_CELL_TAG = re.compile(r"</t[dh]\s*>\s*", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z!][^<>]*>")


def to_plain(text: str, *, cloze: bool = True) -> str:
    """A field without its markup: math and code as written, list items as lines, images as alt, clozes as answers.

    Where the field may hold no `cloze`, deletions are shown as written, as Anki does; so is one that is never closed,
    for no text may get lost.
    """
    if not cloze or is_unclosed(text):
        return without_joints(_plain(text))
    return without_joints("".join(_answer(each) for each in plain_parts(text)))


def _answer(part: str | Deletion) -> str:
    return part if isinstance(part, str) else part.answer


def without_joints(text: str) -> str:
    """The text as it is shown."""
    return text.replace(_JOINT, "")


def plain_parts(text: str) -> list[str | Deletion]:
    """The field as plain text, parted where Anki sees deletions. Joints have to be taken out of what is shown.

    Markup that a deletion would cut apart is shown as written here too, as in the HTML.
    """
    if "{{c" not in text:
        return [_plain(text)]
    if is_cut(parse_deletions(render(text, None, cloze=True))):
        return parse_deletions(text)
    return parse_deletions(_plain(text))


def _plain(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace(_JOINT, "\ufffd")
    tokens = tokens_of(text)
    return text.strip("\n") if tokens is None else "\n".join(_blocks(tokens)).strip("\n")


def _blocks(tokens: Sequence[Token]) -> list[str]:
    """Lines of the blocks; an item of a list carries its mark on its first line, the others are indented to it."""
    lines: list[str] = []
    lists: list[int | None] = []  # the next number of each open list; None for bullets
    marks: list[str] = []  # for each open item, what its next line begins with
    row: list[str] | None = None
    for token in tokens:
        if token.type == "ordered_list_open":
            lists.append(int(token.attrs.get("start", 1)))
        elif token.type == "bullet_list_open":
            lists.append(None)
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            lists.pop()
        elif token.type == "list_item_open":
            number = lists[-1]
            marks.append("- " if number is None else f"{number}. ")
            lists[-1] = None if number is None else number + 1
        elif token.type == "list_item_close":
            marks.pop()
        elif token.type == "tr_open":
            row = []
        elif token.type == "tr_close":
            lines.append(_prefix(marks) + " | ".join(row or []))
            row = None
        elif token.type in _TEXT_OF:
            shown = _TEXT_OF[token.type](token)
            if row is not None:
                row.append(shown)
            else:
                lines += [_prefix(marks) + line for line in shown.split("\n")]
    return lines


def _prefix(marks: list[str]) -> str:
    prefix = "".join(marks)
    marks[:] = [" " * len(mark) for mark in marks]
    return prefix


def _inline(token: Token) -> str:
    shown: list[str] = []
    addresses: list[tuple[str, int]] = []
    for child in token.children or []:
        if child.type not in _TEXT_OF:  # a tag in the HTML, over which no mark of Anki's can reach
            shown.append(_JOINT)
        if child.type == "link_open":
            addresses.append((str(child.attrs["href"]), len(shown)))
        elif child.type == "link_close":
            address, start = addresses.pop()
            if without_joints("".join(shown[start:])) not in (address, address.removeprefix("mailto:")):
                shown.append(f" ({_kept_apart(address)})")
        elif child.type in _TEXT_OF:
            shown.append(_TEXT_OF[child.type](child))
    return "".join(shown)


def _kept_apart(text: str) -> str:
    return re.sub(r"[{}:]", rf"{_JOINT}\g<0>{_JOINT}", text)


def _apart_from_marks(text: str, *, tex: bool) -> str:
    return _JOINT + "".join(part if mark else _kept_apart(part) for mark, part in split_marks(text, tex=tex)) + _JOINT


_TEXT_OF: dict[str, Callable[[Token], str]] = {
    "inline": _inline,
    "text": lambda token: token.content,
    "softbreak": lambda _: "\n",
    "hardbreak": lambda _: "\n",
    "code_inline": lambda token: _apart_from_marks(token.content, tex=False),
    "fence": lambda token: _apart_from_marks(token.content.removesuffix("\n"), tex=False),
    "math": lambda token: _apart_from_marks(token.meta["source"], tex=True),
    "image": lambda token: f"{_JOINT}{_kept_apart(token.content or str(token.attrs['src']))}{_JOINT}",
}


def html_text(rendered: str) -> str:
    """What HTML shows: its text, line breaks and ends of blocks as new lines, images by their alt text or name."""
    text = _UNSEEN.sub("", rendered)
    text = _IMAGE_TAG.sub(lambda match: html.escape(" ".join(map(html.unescape, _ALT.findall(match[1])[-1:]))), text)
    text = _TAG.sub("", _LINE_TAG.sub("\n", _CELL_TAG.sub(" ", text)))
    lines = (line.strip() for line in html.unescape(text).split("\n"))
    return "\n".join(line for line in lines if line)
