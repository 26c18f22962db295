"""How a new card is written in YAML: one plain style that people can read and go on writing in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cardwright.model import Card

__all__ = ["INDENT", "card_lines", "scalar", "texts"]

INDENT = 2

# What our reader, and any other, reads back as it stands: no indicator at the start, no ': ', no ' #'.
_PLAIN_START = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`]|-(?=[^\s-])")
_PLAIN_ENDS = re.compile(r":(?=\s|$)|\s#|[\t\n]")
_FLOW_ENDS = re.compile(r"[,\[\]{}?]")

# Text for us, but something else for an editor with YAML 1.1 or 1.2: truth values, nothing, numbers in all
# bases, sexagesimal times, dates. Wider than both, because a quote too many does no harm.
_NO_STRING = re.compile(
    r"""(?: y|n|yes|no|true|false|on|off|null|nan|~|=|<<
      | [-+]?[0-9][0-9_,:.]*(?:e[-+]?[0-9]*)?
      | [-+]?\.(?:[0-9][0-9_]*(?:e[-+]?[0-9]+)?|inf|nan)
      | [-+]?0(?:b[01_]+|o?[0-7_]+|x[0-9a-f_]+)
      | [0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:(?:t|\s+)[0-9].*)?
    )""",
    re.VERBOSE | re.IGNORECASE,
)


def scalar(text: str, column: int = 0, *, flow: bool = False) -> str:
    """A text as a YAML value: plain where that reads back as this text, else quoted, several lines as a block.

    `column` is how far the block's lines are indented. The text is in normal form.
    """
    if "\n" in text:
        indent = " " * column
        return "|-\n" + "\n".join(indent + line if line else "" for line in text.split("\n"))
    if _plain(text, flow):
        return text
    return "'" + text.replace("'", "''") + "'"


def texts(values: Sequence[str]) -> str:
    """Texts as a list in brackets on one line."""
    return "[" + ", ".join(scalar(each, flow=True) for each in values) + "]"


def card_lines(card: Card, column: int) -> list[str]:
    """A card as the lines of a list entry whose hyphen stands at `column` (from 0), without line ends."""
    inner = column + INDENT
    pairs = [("id", scalar(card.id))]
    pairs += [
        (key, scalar(value, inner + INDENT))
        for key, value in (("front", card.front), ("back", card.back), ("cloze", card.cloze), ("extra", card.extra))
        if value
    ]
    pairs += [(key, "true") for key, value in (("reverse", card.reverse), ("typed", card.typed)) if value]
    if card.tags:
        pairs.append(("tags", texts(card.tags)))
    if card.sources:
        written = [str(each) for each in card.sources]
        pairs.append(("source", scalar(written[0]) if len(written) == 1 else texts(written)))
    if card.draft:
        pairs.append(("draft", "true"))
    if card.allow:
        pairs.append(("allow", texts(card.allow)))
    if card.accept:
        pairs.append(("accept", texts(card.accept)))
    lines = [line for key, value in pairs for line in f"{' ' * inner}{key}: {value}".split("\n")]
    lines[0] = f"{' ' * column}- {lines[0].lstrip()}"
    return lines


def _plain(text: str, flow: bool) -> bool:
    if not _PLAIN_START.match(text) or _PLAIN_ENDS.search(text) or text != text.strip(" "):
        return False
    if flow and (_FLOW_ENDS.search(text) or text.startswith("-")):
        return False
    return not _NO_STRING.fullmatch(text)
