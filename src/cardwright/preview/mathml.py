r"""Formulas of cards for a page that has no network: TeX in `\(..\)` and `\[..\]` becomes MathML.

Anki typesets them with MathJax. Every browser of today draws MathML, and looks close enough to proof-read.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

__all__ = ["with_mathml"]

# MathJax, too, leaves code alone; tags are passed over whole.
_PIECES = re.compile(r"(<pre\b.*?</pre>|<code\b.*?</code>|<[^<>]*>)|\\\((.*?)\\\)|\\\[(.*?)\\\]", re.DOTALL)
# The attributes that MathML is laid out by; a link or a handler that TeX asks for is no matter of layout.
_LAYOUT = re.compile(
    r"display|stretchy|mathvariant|fence|form|separator|accent|accentunder|minsize|maxsize|lspace|rspace|width|height"
    r"|depth|linethickness|displaystyle|scriptlevel|columnalign|rowspacing|columnspacing|columnlines|rowlines|frame"
    r"|mathsize|movablelimits|notation|symmetric|voffset"
)
# A colour that the page can show as it is: a name, or what stands behind #.
_COLOUR = re.compile(r"[A-Za-z]{3,20}|#[0-9A-Fa-f]{3}|#[0-9A-Fa-f]{6}")


def with_mathml(shown: str) -> str:
    """HTML of a card with its formulas as MathML; what cannot be read as TeX stays as written, marked as code."""
    if "\\(" not in shown and "\\[" not in shown:
        return shown
    return _PIECES.sub(_drawn, shown)


def _drawn(match: re.Match[str]) -> str:
    if match[1] is not None:
        return match[1]
    from xml.etree.ElementTree import tostring

    from latex2mathml.converter import convert_to_element

    display = match[3] is not None
    tex = html.unescape(match[3] if display else match[2])
    try:
        made = convert_to_element(tex, display="block" if display else "inline")
    except Exception:  # noqa: BLE001  # the library has an error of its own for each mistake, and no common one
        return f'<code class="tex">{match[0]}</code>'
    _settled(made)
    return tostring(made, encoding="unicode")


def _settled(element: Element) -> None:
    """The library writes characters as references and leaves the rest unescaped; from here on they are text."""
    for each in element.iter():
        each.text = html.unescape(each.text) if each.text else each.text
        for name, value in list(each.attrib.items()):
            if not (_LAYOUT.fullmatch(name) or name == "xmlns" or (name == "mathcolor" and _COLOUR.fullmatch(value))):
                del each.attrib[name]
