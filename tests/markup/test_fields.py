"""Fields as HTML and as plain text: the cases are in tests/data/markup, a title, the field, what it becomes."""

import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cardwright.markup import cloze_blank, cloze_to_html, html_text, to_html, to_plain

DATA = Path(__file__).parents[1] / "data" / "markup"
PACKED = {"map.png": "map-0a1b.png", "my plan.png": "my-plan-2c3d.png", "map (1).png": "map-1-4e5f.png"}
RENDERERS: dict[str, Callable[[str], str]] = {
    "html": lambda text: to_html(text, PACKED.get),
    "plain": to_plain,
    "cloze": lambda text: cloze_to_html(text, PACKED.get),
    "blank": cloze_blank,
}


def cases(name: str) -> list[object]:
    """The cases of one file: a title, then the field and what it becomes between lines of one dot."""
    parts = re.split(r"^\.\n", (DATA / f"{name}.txt").read_text(encoding="utf-8"), flags=re.MULTILINE)
    titles, fields, expected = parts[0:-1:3], parts[1::3], parts[2::3]
    return [
        pytest.param(RENDERERS[name], field[:-1], wanted[:-1], id=f"{name}: {title.strip()}")
        for title, field, wanted in zip(titles, fields, expected, strict=True)
    ]


@pytest.mark.parametrize(("render", "field", "wanted"), [each for name in RENDERERS for each in cases(name)])
def test_a_field_becomes(render: Callable[[str], str], field: str, wanted: str) -> None:
    """Each case renders to exactly what stands below it."""
    assert render(field) == wanted


class Balance(HTMLParser):
    """Reads HTML and notes every element, attribute and closing tag out of order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.opened: list[str] = []
        self.faults: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        self.attributes += [(tag, name, value or "") for name, value in attrs] or [(tag, "", "")]
        if tag not in ("br", "img"):
            self.opened.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """An element ends."""
        if not self.opened or self.opened.pop() != tag:
            self.faults.append(f"</{tag}>")

    def handle_comment(self, data: str) -> None:
        """No field has comments."""
        self.faults.append(data)


TAGS = {"p", "br", "em", "strong", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td"} | {
    "code",
    "pre",
    "span",
    "a",
    "img",
}
ATTRIBUTES = {"", "href", "src", "alt", "class", "start", "style"}


def faults(rendered: str) -> list[str]:
    """What must never be in a field: unbalanced tags, unknown elements or attributes, addresses that load or run."""
    reader = Balance()
    reader.feed(rendered)
    reader.close()
    found = reader.faults + reader.opened
    for tag, name, value in reader.attributes:
        known = tag in TAGS and name in ATTRIBUTES
        known &= name != "href" or value.startswith(("http:", "https:", "mailto:"))
        known &= name != "src" or value == "packed.png"
        known &= name != "style" or value.startswith("text-align:")
        if not known:
            found.append(f"{tag} {name}={value}")
    if re.search(r"\[(?:sound:|anki:|latex\]|\$)", rendered, re.IGNORECASE):
        found.append("media")
    return found


def packed(_: str) -> str:
    """Any image, once packed."""
    return "packed.png"


WORDS = r"""* ** _ __ ` `` ``` ~~~ $ $$ \ \( \) \[ \] [ ] ( ) ![ ]( < > </p> <b> <!-- & &lt; { } {{ }} {{c1:: :: {{c2::
| - + 1. 2) # > --- === a b c1 ab 12 é ש 🚀 x^{2} \frac{a}{b} https://example.org javascript:alert(1) onerror=
![a](a.png) [sound:x] [latex] [$] [/$] a.png //x/y.png data:x " ' python sh"""
LINES = ["\n", "\n\n", "\n- ", "\n1. ", "\n| a | b |\n|---|---|\n| ", "\n```python\n", "\n```\n"]
PIECES = st.sampled_from([*WORDS.split(), *LINES, " ", "  ", "\t"])
MESSY = st.lists(PIECES, max_size=30).map("".join)


@settings(max_examples=600, deadline=None)
@given(MESSY)
def test_no_field_yields_unbalanced_or_dangerous_html(text: str) -> None:
    """Invariant 23: whatever a person writes, the HTML is balanced, of known elements, and loads or runs nothing."""
    assert faults(to_html(text, packed)) == []
    assert faults(cloze_to_html(text, packed)) == []


PLAIN = st.text(
    alphabet=st.characters(exclude_categories=["Cs", "Cc", "Cn"], exclude_characters="*_`$\\|[]~\u2028\u2029")
    | st.sampled_from("\n<>&\"'#={};.,:!?() ")
)


def folded(text: str) -> str:
    """The text with white space folded as a browser does."""
    return " ".join(text.split())


@settings(max_examples=400, deadline=None)
@given(PLAIN.filter(lambda text: not re.search(r"^\s*(?:[-+]|\d+[.)])\s", text, re.MULTILINE)))
def test_text_without_markup_is_shown_exactly_as_written(text: str) -> None:
    """Invariant 22: what a learner sees is what was written, white space folded."""
    assert folded(html_text(to_html(text))) == folded(text)
    assert folded(to_plain(text)) == folded(text)


@pytest.mark.parametrize(
    "text",
    [
        "List<String>",
        "a < b && b > c",
        "[sound:x.mp3]",
        "{{c1::x}} and {{Front}}",
        "$170,000 to $220,000",
        "between $5 and $6, $1.5M–$2M, ($7)",
        "מה ההבדל בין א לב?",
        "سؤال (a < b)؟",
        "👩‍🚀🏳️‍🌈 é é",
        "C:\\Users\\anna",
        "snake_case_name and __x",
        "5 * 3 * 2, 2*3*4",
        "# of users > 5",
        "AT&T &amp; <br>",
        "---",
        "100% -- maybe...",
    ],
)
def test_odd_text_is_shown_exactly_as_written(text: str) -> None:
    """Text that other tools eat arrives on the card."""
    assert html_text(to_html(text)) == text


@settings(max_examples=300, deadline=None)
@given(MESSY)
def test_letters_are_never_lost(text: str) -> None:
    """No letter of a field vanishes from its plain text, but for the addresses and names markup is made of."""
    letters = re.findall(r"[éש🚀]", text)
    for shown in (html_text(to_html(text, packed)), to_plain(text)):
        assert len(re.findall(r"[éש🚀]", shown)) <= len(letters)
        if not re.search(r"```|~~~|\]\(|::|\|", text):
            assert re.findall(r"[éש🚀]", shown) == letters


def test_html_text_reads_what_a_browser_shows() -> None:
    """Tags, comments, styles and scripts are no text; breaks and blocks end lines; an image counts."""
    page = (
        '<style>p {}</style><p>a<br>b</p><!-- c --><script>d()</script><ul><li>e</li></ul><img src="f.png" alt="">&lt;'
    )

    assert html_text(page) == "a\nb\ne\nf.png<"
    assert html_text("<p><br></p> &#32;<span></span>") == ""
