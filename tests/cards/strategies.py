"""Words, cards and card files as people and rules might write them, for laws that must hold for all of them."""

from __future__ import annotations

from hypothesis import strategies as st

from cardwright.cards.ids import ID
from cardwright.cards.words import blank, normal, oddity
from cardwright.model import Card, Source

# Where YAML, Markdown and Anki have meanings of their own.
_PIECES = (
    *"-?:,[]{}#&*!|>'\"%@`~=<.+_$\\/0123456789aézß—“”\u00a0\u200b😀",
    *(" ", "  ", "\n", "\n\n", "\t", ": ", " #", "- ", "{{", "}}", "::", "---", "...", "no", "null", "true", "<<", "~"),
    *("1.10", "22:30", "0755", "2024-01-01", "1e3", "0x1f", ".inf", "y", "key: value", "# note", "\n  - id: x", "\r\n"),
)


def _acceptable(text: str) -> bool:
    return not blank(text) and oddity(text) is None


WORDS = (
    st.one_of(st.lists(st.sampled_from(_PIECES), min_size=1, max_size=8).map("".join), st.text(min_size=1, max_size=20))
    .map(normal)
    .filter(_acceptable)
)
IDS = st.from_regex(ID, fullmatch=True).filter(str.isascii)
TAGS = (
    st.from_regex(r"[a-zé0-9.+_-]{1,6}(::[a-z0-9]{1,3})?", fullmatch=True)
    .map(normal)
    .filter(lambda tag: tag not in ("marked", "leech"))
)
SOURCES = st.builds(
    Source,
    st.sampled_from(
        ["network.txt", "old map.html", "a,b [2].md", "12", "no", "deep/er.txt", "#1.txt", "ü.txt", "-.md"]
    ),
    st.integers(0, 9_999_999),
)


@st.composite
def cards(draw: st.DrawFn, stem: str = "trams") -> Card:
    """Any card that may stand in a card file."""
    asked = draw(st.booleans())
    gap = f"{{{{c1::{draw(st.sampled_from(['six weeks', 'no', '1']))}}}}}"
    return Card(
        id=draw(IDS),
        file=stem,
        front=draw(WORDS) if asked else "",
        back=draw(WORDS) if asked else "",
        cloze="" if asked else normal(f"{draw(WORDS)} {gap} {draw(WORDS)}"),
        extra=draw(st.just("") | WORDS),
        tags=tuple(dict.fromkeys(draw(st.lists(TAGS, max_size=3)))),
        sources=tuple(draw(st.lists(SOURCES, max_size=3))),
        reverse=asked and draw(st.booleans()),
        typed=asked and draw(st.booleans()),
        draft=draw(st.booleans()),
        allow=tuple(draw(st.lists(st.sampled_from(["short-answer", "yes-no"]), max_size=2, unique=True))),
    )


def several_cards(max_size: int = 4) -> st.SearchStrategy[list[Card]]:
    """Cards with different ids."""
    return st.lists(cards(), max_size=max_size, unique_by=lambda card: card.id)
