"""Words, cards and card files as people and rules might write them, for laws that must hold for all of them."""

from __future__ import annotations

import json
import re

from hypothesis import strategies as st

from cardwright.cards.ids import ID
from cardwright.cards.style import scalar
from cardwright.cards.words import blank, normal, oddity
from cardwright.model import Card, Source

# Where YAML, Markdown and Anki have meanings of their own.
_PIECES = (
    *"-?:,[]{}#&*!|>'\"%@`~=<.+_$\\/0123456789aézß—“”\u00a0\u200b😀",
    *(" ", "  ", "\n", "\n\n", "\t", ": ", " #", "- ", "{{", "}}", "::", "---", "...", "no", "null", "true", "<<", "~"),
    *("1.10", "22:30", "0755", "2024-01-01", "1e3", "0x1f", ".inf", "y", "key: value", "# note", "\n  - id: x", "\r\n"),
)


# What looks like a gap and is none is an error of its own.
_GAP_LIKE = re.compile(r"\{\{.*::", re.DOTALL)
# What begins a block of code, which would cut a gap behind it: an error of its own too.
_FENCE = re.compile(r"~~~|```")


def _acceptable(text: str) -> bool:
    return not blank(text) and oddity(text) is None and not _GAP_LIKE.search(text)


WORDS = (
    st.one_of(st.lists(st.sampled_from(_PIECES), min_size=1, max_size=8).map("".join), st.text(min_size=1, max_size=20))
    .map(normal)
    .filter(_acceptable)
)
_BEFORE_GAP = WORDS.filter(lambda text: not _FENCE.search(text))
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
        cloze="" if asked else normal(f"{draw(_BEFORE_GAP)} {gap} {draw(WORDS)}"),
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


# What people put between lines: comments, blank lines, things that look like cards.
_BETWEEN = st.sampled_from(["", "", "", "# a note\n", "\n", "   # deeper\n", "\n# note: [x\n\n", "# - id: no\n"])
_BEHIND = st.sampled_from(["", "", "", "  # why: [this]", "   "])


@st.composite
def handwritten(draw: st.DrawFn, max_size: int = 4) -> tuple[str, list[Card]]:
    """A card file as people write one: any order of keys, any style of values, notes everywhere."""
    there = draw(several_cards(max_size))
    column = draw(st.sampled_from([0, 2, 4]))
    text = draw(_BETWEEN) + f"title: T{draw(_BEHIND)}\ntags: city\n" + draw(_BETWEEN) + "cards:" + draw(_BEHIND) + "\n"
    for card in there:
        text += draw(_BETWEEN) + _card_by_hand(draw, card, column)
    text += draw(_BETWEEN)
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    text = text.replace("\n", newline)
    return (text if draw(st.booleans()) else text.removesuffix(newline)), there


def _card_by_hand(draw: st.DrawFn, card: Card, column: int) -> str:
    inner = " " * (column + 2)
    pairs = [(key, _by_hand(draw, value, inner)) for key, value in _texts_of(card)]
    pairs += [(key, "true") for key in ("reverse", "typed", "draft") if getattr(card, key)]
    lists = (("tags", card.tags), ("source", tuple(map(str, card.sources))), ("allow", card.allow))
    pairs += [(key, _list_by_hand(draw, values, inner)) for key, values in lists if values]
    lines = "".join(
        draw(_BETWEEN if at else st.just(""))
        + f"{inner}{key}: {value}{draw(_BEHIND) if _takes_comment(value) else ''}\n"
        for at, (key, value) in enumerate(draw(st.permutations(pairs)))
    )
    return f"{' ' * column}- {lines.lstrip(' ')}"


def _texts_of(card: Card) -> list[tuple[str, str]]:
    named = [(key, getattr(card, key)) for key in ("id", "front", "back", "cloze", "extra")]
    return [(key, value) for key, value in named if value]


def _takes_comment(value: str) -> bool:
    return not value.startswith(("|", ">", "\n"))


def _by_hand(draw: st.DrawFn, value: str, inner: str) -> str:
    """A text in any style that holds it."""
    quoted = json.dumps(value, ensure_ascii=False)
    styles = [re.sub("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]", lambda each: f"\\u{ord(each[0]):04X}", quoted)]
    if "\t" not in value and value.isprintable():
        styles.append("'" + value.replace("'", "''") + "'")
        styles.append(scalar(value))
        styles.append(">-\n" + f"{inner}  " + value if not value.startswith((" ", "#")) else styles[0])
    if all(line.isprintable() for line in value.split("\n")):
        header = draw(st.sampled_from(["|", "|-", "|+", "|  # a block"]))
        lines = "\n".join(f"{inner}  {line}" if line else "" for line in value.split("\n"))
        styles.append(f"{header}\n{lines}" + ("\n" if header == "|+" else ""))
    return draw(st.sampled_from(styles))


def _list_by_hand(draw: st.DrawFn, values: tuple[str, ...], inner: str) -> str:
    """A list in brackets, below its key, or as a single text."""
    styles = ["[" + ", ".join(scalar(each, flow=True) for each in values) + "]"]
    styles.append(
        f"[{draw(st.sampled_from(['', ' ']))}" + f",\n{inner}  ".join(scalar(e, flow=True) for e in values) + " ]"
    )
    styles.append("".join(f"\n{inner}  - {scalar(each)}{draw(_BEHIND)}" for each in values))
    styles.append("".join(f"\n{inner}- {scalar(each)}" for each in values))
    if len(values) == 1:
        styles.append(scalar(values[0]))
    return draw(st.sampled_from(styles))


@st.composite
def other_values(draw: st.DrawFn, card: Card) -> dict[str, str | tuple[str, ...] | bool]:
    """Other values for some fields of a card, as rules might bring them."""
    places = st.lists(SOURCES, max_size=3).map(lambda several: tuple(dict.fromkeys(map(str, several))))
    offers: dict[str, st.SearchStrategy[str | tuple[str, ...] | bool]] = {
        "extra": st.just("") | WORDS,
        "tags": st.lists(TAGS, max_size=3).map(lambda several: tuple(dict.fromkeys(several))),
        "source": places,
        "draft": st.booleans(),
    }
    if card.cloze:
        offers["cloze"] = WORDS.map(lambda words: normal(f"{words} {{{{c1::x}}}}"))
    else:
        offers |= {"front": WORDS, "back": WORDS, "reverse": st.booleans()}
    names = draw(st.lists(st.sampled_from(sorted(offers)), max_size=4, unique=True))
    return {name: draw(offers[name]) for name in names}
