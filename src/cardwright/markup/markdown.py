"""A field's Markdown to the HTML that Anki stores.

Off, because they surprise on cards and the text then shows as written: headings (`#`, underlined), rules (`---`),
quotes (`>`), indented code, raw HTML, entities, bare addresses, link definitions, smart quotes.
"""

from __future__ import annotations

import functools
import html
import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from cardwright.markup.code import code_html, fence_html
from cardwright.markup.math import block_math, inline_math, math_html

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

__all__ = [
    "IMAGE",
    "LINK_SCHEMES",
    "block_kinds",
    "image_name",
    "is_remote",
    "is_too_much",
    "plain_html",
    "render",
    "to_html",
    "tokens_of",
]

LINK_SCHEMES = ("http:", "https:", "mailto:")
# Beyond these a field is shown as escaped text: the parser's time grows with the square of some marks.
LONGEST = 50_000
MOST_BRACKETS = 2_000
MOST_LINES = 5_000
DEEPEST = 40

IMAGE = re.compile(r"!\[([^\[\]\n]*)\]\(((?:[^()\n]|\([^()\n]*\))*)\)")
_IMAGE_TITLE = re.compile(r"[ \t]\"[^\"]*\"$")
# Whatever can mean anything to the parser. A field without it is escaped and no more.
_MARKUP = re.compile(r"[*_`$\\|]|\]\(|~~~|\n[ \t]*\n|^[ \t]*(?:[-+]|\d{1,9}[.)])[ \t]", re.MULTILINE)
_MAY_NEST = re.compile(r"[-+*_\[|]|[0-9][.)]")
# `[sound:..]`, `[anki:..]` and `[latex]`, `[$]`, `[$$]` mean media to Anki wherever they stand.
_MEDIA_WORDS = re.compile(r"\[(?=sound:|anki:|latex\]|\$)", re.IGNORECASE)
# A backslash that Markdown left as text, before a bracket: Anki would typeset what follows.
_FALSE_MATH = re.compile(r"\\(?=[()\[\]])")
# Not a character, by Unicode's own word: no text has one, so this package may use it inside.
_NONCHARACTERS = re.compile("[\ufdd0-\ufdef]")

Image = Callable[[str], str | None]


def to_html(text: str, image: Image | None = None) -> str:
    """A field as HTML for Anki. `image` gives the packed name of an image beside the file, or None for its alt text.

    One paragraph has no `<p>` around it; a new line is `<br>`. `{{` and `}}` stay as they are: Anki does not look for
    fields or clozes in the fields of a basic note.
    """
    return render(text, image, cloze=False)


def render(text: str, image: Image | None, *, cloze: bool) -> str:
    """The same for basic and for cloze fields; in the latter, code and math are kept apart from Anki's marks."""
    env: dict[str, Any] = {"image": image, "cloze": cloze}
    tokens = tokens_of(text)
    if tokens is None:
        return plain_html(text)
    if [each.type for each in tokens] == ["paragraph_open", "inline", "paragraph_close"]:
        tokens = tokens[1:2]
    elif len(tokens) == 1:
        tokens[0].block = False
    parser = _parser()
    return _without_media(parser.renderer.render(tokens, parser.options, env).strip("\n"))


def plain_html(text: str) -> str:
    """Text as HTML that shows exactly it, lines kept."""
    return _without_media(html.escape(_settled(text).strip("\n"), quote=False).replace("\n", "<br>"))


def tokens_of(text: str) -> list[Token] | None:
    """The parser's tokens for a field; None where it has no markup or too much, and is shown as written."""
    text = _settled(text)
    if _MARKUP.search(text) is None or _is_too_long(text):
        return None
    tokens = _parsed(text)
    # The parser passes over what is nested deeper than it goes, and no text may get lost.
    return None if any(each.level >= DEEPEST - 1 for each in tokens) else list(tokens)


def block_kinds(text: str) -> tuple[str, ...]:
    """What the blocks of a field are, in their order and nesting: paragraphs, lists, tables, code, formulas."""
    tokens = tokens_of(text)
    kinds = ("paragraph_open", "inline", "paragraph_close") if tokens is None else (each.type for each in tokens)
    return tuple(kinds)


# A field is looked at for problems, as HTML and as plain text, one after the other: one parse serves all three.
@functools.lru_cache(maxsize=8)
def _parsed(text: str) -> tuple[Token, ...]:
    return tuple(_parser().parse(text))


def is_too_much(text: str) -> bool:
    """Whether the text has markup, but so much of it that it is shown as written."""
    if _MARKUP.search(text) is None:
        return False
    # nothing is nested so deep without as many marks; most fields need no parser to know it
    if len(_MAY_NEST.findall(text)) < DEEPEST // 2 and not _is_too_long(text):
        return False
    return tokens_of(text) is None


def _is_too_long(text: str) -> bool:
    return len(text) > LONGEST or text.count("[") > MOST_BRACKETS or text.count("\n") > MOST_LINES


def _settled(text: str) -> str:
    return _NONCHARACTERS.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def _without_media(rendered: str) -> str:
    return _MEDIA_WORDS.sub("&#91;", rendered)


@functools.cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import list_block
    from markdown_it.rules_inline.emphasis import tokenize

    parser = MarkdownIt("zero", {"maxNesting": DEEPEST})
    parser.enable(["fence", "list", "table", "escape", "newline", "backticks", "emphasis", "link"])
    parser.validateLink = _is_known_link  # type: ignore[method-assign, assignment]
    parser.inline.ruler.before("escape", "math", inline_math)
    parser.inline.ruler.before("link", "image_beside", _image)
    parser.inline.ruler.at("emphasis", functools.partial(_emphasis, tokenize))
    interrupts = ["paragraph", "reference", "blockquote"]
    parser.block.ruler.before("fence", "math_block", block_math, {"alt": [*interrupts, "list"]})
    parser.block.ruler.at("list", functools.partial(_list, list_block), {"alt": interrupts})
    parser.core.ruler.after("inline", "empty_links", _empty_links)
    for name, rule in _RULES.items():
        parser.add_render_rule(name, rule)
    return parser


def _is_known_link(address: str) -> bool:
    return address.lower().startswith(LINK_SCHEMES)


def _empty_links(state: StateCore) -> None:
    """A link to nowhere is text."""
    for line in state.tokens:
        nowhere = False
        for token in line.children or []:
            if token.type == "link_open":
                nowhere = not token.attrs.get("href")
            if nowhere and token.type in ("link_open", "link_close"):
                token.content = "[" if token.type == "link_open" else "]()"
                token.type, token.nesting = "text", 0


def image_name(target: str) -> str:
    """The file's name in the round brackets of an image: `a b.png`, `<a b.png>`, `a.png "title"`."""
    name = _IMAGE_TITLE.sub("", target.strip()).strip()
    return name[1:-1].strip() if name.startswith("<") and name.endswith(">") else name


def _image(state: StateInline, silent: bool) -> bool:
    """`![alt](name.png)`; spaces in the name are fine."""
    if state.src[state.pos] != "!":
        return False
    match = IMAGE.match(state.src, state.pos, state.posMax)
    name = image_name(match[2]) if match else ""
    if not match or not name:
        return False
    if not silent:
        token = state.push("image", "img", 0)
        token.content = match[1].strip()
        token.attrs = {"src": name}
    state.pos = match.end()
    return True


def _emphasis(tokenize: Callable[[StateInline, bool], bool], state: StateInline, silent: bool) -> bool:
    """Emphasis as in CommonMark, but an asterisk between two letters or digits opens none: `2*3*4` stays."""
    start, known = state.pos, len(state.delimiters)
    if not tokenize(state, silent):
        return False
    around = state.src[start - 1 : start] + state.src[state.pos : state.pos + 1]
    if len(around) == 2 and around.isascii() and around.isalnum():
        for delimiter in state.delimiters[known:]:
            delimiter.open = False
    return True


def _list(
    parse: Callable[[StateBlock, int, int, bool], bool], state: StateBlock, start: int, end: int, silent: bool
) -> bool:
    """A list, unless its first item is empty: a lone `-` is an answer, `- - -` a line."""
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    if not line.lstrip("-+*0123456789.) \t"):
        return False
    return parse(state, start, end, silent)


# What each token becomes; the rest is the parser's own plain tags.


def _text(_: object, tokens: Sequence[Token], at: int, *__: object) -> str:
    return _FALSE_MATH.sub(r"<span>\\</span>", html.escape(tokens[at].content, quote=False))


def _line_break(*_: object) -> str:
    return "<br>"


def _code_span(_: object, tokens: Sequence[Token], at: int, __: object, env: Any) -> str:
    return code_html(tokens[at].content, cloze=env["cloze"])


def _fence(_: object, tokens: Sequence[Token], at: int, __: object, env: Any) -> str:
    words = tokens[at].info.split()
    return fence_html(tokens[at].content.removesuffix("\n"), words[0] if words else "", cloze=env["cloze"])


def _math(_: object, tokens: Sequence[Token], at: int, __: object, env: Any) -> str:
    token = tokens[at]
    shown = math_html(token.content, display=token.meta["display"], cloze=env["cloze"])
    return f"<p>{shown}</p>\n" if token.block else shown


def _picture(_: object, tokens: Sequence[Token], at: int, __: object, env: Any) -> str:
    token = tokens[at]
    alt = html.escape(token.content).replace("{", "&#123;").replace("}", "&#125;").replace("::", ":&#58;")
    source = str(token.attrs["src"])
    packed = env["image"](source) if env["image"] and not is_remote(source) else None
    if packed:
        return f'<img src="{html.escape(packed)}" alt="{alt}">'
    shown = alt or ("" if is_remote(source) else html.escape(source))
    return f"<span>{shown}</span>" if env["cloze"] else shown


def is_remote(source: str) -> bool:
    """Whether an image's name is an address rather than a file."""
    return re.match(r"[ \t]*(?:[a-zA-Z][a-zA-Z0-9+.-]*:|//|\\\\)", source) is not None


def _link_open(_: object, tokens: Sequence[Token], at: int, *__: object) -> str:
    address = html.escape(str(tokens[at].attrs["href"])).replace("{", "%7B").replace("}", "%7D").replace("::", ":%3A")
    return f'<a href="{address}">'


_RULES: dict[str, Callable[..., str]] = {
    "text": _text,
    "softbreak": _line_break,
    "hardbreak": _line_break,
    "code_inline": _code_span,
    "fence": _fence,
    "math": _math,
    "image": _picture,
    "link_open": _link_open,
}
