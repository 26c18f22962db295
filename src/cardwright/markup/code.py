"""Code in fields, coloured by classes that start with `hl-`; no scripts, no styles inline."""

from __future__ import annotations

import html
import itertools
from collections.abc import Iterator, Mapping
from typing import Any

from cardwright.markup.deletion import split_marks

__all__ = ["LONGEST_COLOURED", "code_html", "fence_html"]

# Characters of code beyond which it is shown without colours: lexers are regular expressions and may be slow.
LONGEST_COLOURED = 20_000


def code_html(code: str, *, cloze: bool) -> str:
    """A code span."""
    pieces = split_marks(code) if cloze else [(False, code)]
    return "<code>" + "".join(part if mark else _escaped(part, cloze) for mark, part in pieces) + "</code>"


def fence_html(code: str, language: str, *, cloze: bool) -> str:
    """A block of code; an unknown language is shown plain.

    In a cloze field Anki's marks are taken out, the rest coloured as one piece of code, and the marks put
    back between the coloured words.
    """
    pieces = split_marks(code) if cloze else [(False, code)]
    clean = "".join(part for mark, part in pieces if not mark)
    words = _coloured(clean, language)
    out: list[str] = []
    name, word = "", ""
    for mark, part in pieces:
        if mark:
            out.append(part)
            continue
        wanted = len(part)
        while wanted:
            if not word:
                name, word = next(words)
            out.append(_span(name, word[:wanted], cloze))
            taken = min(len(word), wanted)
            word, wanted = word[taken:], wanted - taken
    return '<pre class="hl-code"><code>' + "".join(out) + "</code></pre>\n"


def _coloured(code: str, language: str) -> Iterator[tuple[str, str]]:
    """Class names and texts whose concatenation is the code."""
    if not language or len(code) > LONGEST_COLOURED:
        yield "", code
        return
    from pygments.lexers import get_lexer_by_name
    from pygments.token import STANDARD_TYPES
    from pygments.util import ClassNotFound

    try:
        lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        yield "", code
        return
    words = list(lexer.get_tokens(code))
    if "".join(text for _, text in words) != code:
        yield "", code
        return
    named = ((_class_of(kind, STANDARD_TYPES), text) for kind, text in words)
    for name, run in itertools.groupby(named, key=lambda each: each[0]):
        yield name, "".join(text for _, text in run)


def _class_of(kind: Any, names: Mapping[Any, str]) -> str:
    """Pygments' short name for a kind of word; a lexer's own kinds go by their parent, white space has none."""
    while kind not in names:
        kind = kind.parent
    return "" if names[kind] == "w" else names[kind]


def _span(name: str, text: str, cloze: bool) -> str:
    shown = _escaped(text, cloze)
    return f'<span class="hl-{name}">{shown}</span>' if name and text else shown


def _escaped(text: str, cloze: bool) -> str:
    escaped = html.escape(text, quote=False)
    # Anki looks for its marks before it decodes entities, so these show as written and mean nothing to it.
    return escaped.replace("}", "&#125;").replace("::", ":&#58;") if cloze else escaped
