"""Documents as the preview shows them: what stands in each, and what became of every passage."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from cardwright.commands.owners import Owners, asks
from cardwright.commands.spans import holders

if TYPE_CHECKING:
    from cardwright.documents import Piece
    from cardwright.model import Document
    from cardwright.preview import Block, Link, Looked, Passage, ShownDocument
    from cardwright.rules import Trial, Tried

__all__ = ["shown_document"]

# More near misses of one passage say no more.
_MOST_NEAR = 6
# Pieces that are a passage of their own or none: the words of the one around them are not theirs.
_ALONE = frozenset({"li", "tr", "dt"})
_WORD = re.compile(r"\w{3,}")
_MOST_OF = 0.6


def shown_document(document: Document, place: str, trial: Trial, owners: Owners) -> ShownDocument:
    """A document with its passages, as all rules of the project see them. `place` is its path in the project."""
    from cardwright.documents import pieces
    from cardwright.preview import ShownDocument

    tried = [each for each in trial.passages if each.text]  # an item that is an aside through and through has none
    passages = _passages(document.info.name, tried, owners)
    blocks = _with_shares(_blocks(pieces(document), tried), passages)
    title = document.info.title or document.info.label or document.info.name
    return ShownDocument(document.info.name, title, place, blocks, passages)


def _passages(name: str, tried: Sequence[Tried], owners: Owners) -> tuple[Passage, ...]:
    from cardwright.model import Origin
    from cardwright.preview import Link, Passage

    links: list[dict[str, Link]] = []
    for each in tried:
        own: dict[str, Link] = {}
        for candidate in each.cards:
            origin = Origin(name, candidate.rule.name, candidate.subject)
            link = owners.by_origin.get(origin) or Link("", "proposed", asks(candidate.front, candidate.cloze))
            own.setdefault(link.card or link.text, link)
        links.append(own)
    linked = {card for own in links for card in own}
    for number, each in enumerate(tried):  # cards that no rule says: by the line that they name, once
        for link, said in owners.by_place.get((name, each.line), ()):
            if link.card not in linked and (not said or any(_says(each.text, text) for text in said)):
                linked.add(link.card)
                links[number][link.card] = link
    return tuple(Passage(each.line, tuple(own.values()), _looked(each)) for each, own in zip(tried, links, strict=True))


def _says(passage: str, said: str) -> bool:
    """Whether a passage holds most of the words of a text."""
    wanted = set(_WORD.findall(said.casefold()))
    return bool(wanted) and len(wanted & set(_WORD.findall(passage.casefold()))) >= _MOST_OF * len(wanted)


def _looked(tried: Tried) -> tuple[Looked, ...]:
    from cardwright.preview import Looked

    caught = [Looked(name, "caught") for name in dict.fromkeys(each.rule.name for each in tried.cards)]
    lost = [Looked(each.rule, "lost", f"{each.winner} has it: {each.why}") for each in tried.lost]
    near = [Looked(each.rule, "near", each.why) for each in tried.near[:_MOST_NEAR]]
    return tuple(dict.fromkeys([*caught, *lost, *near]))


def _blocks(found: Sequence[Piece], tried: Sequence[Tried]) -> list[Block]:
    """Pieces with the passages that their words belong to."""
    from cardwright.preview import Block, Words

    return [
        Block(
            piece.tag,
            piece.level,
            piece.line,
            tuple(Words(run.text, run.mark) for run in piece.runs),
            piece.number,
            numbers,
            piece.aside,
        )
        for piece, numbers in zip(found, _placed(found, tried), strict=True)
    ]


def _placed(found: Sequence[Piece], tried: Sequence[Tried]) -> list[tuple[int, ...]]:
    """For each piece the numbers of its passages: what is it, what holds it, or what is a part of it."""
    spans = [_span(each.at) for each in tried]
    exact: dict[tuple[int, int], list[int]] = {}
    for number, span in enumerate(spans):
        exact.setdefault(span, []).append(number)
    open_to = [(at, (piece.start, piece.end)) for at, piece in enumerate(found) if not _is_apart(piece)]
    inner = _within(open_to, spans)
    around = dict(zip((at for at, _ in open_to), holders([span for _, span in open_to], spans), strict=True))
    placed: list[tuple[int, ...]] = [()] * len(found)
    key: list[int] = []  # the passages of a fact's key, which are those of its value
    for at, span in open_to:
        piece = found[at]
        own = exact.get(span, [])
        if piece.tag == "dt":
            key = own
        if not own and piece.tag == "dd":
            own = key
        elif not own and piece.tag not in _ALONE and (holder := around[at]) is not None:
            own = [holder]
        placed[at] = tuple(dict.fromkeys((*own, *inner.get(at, ()))))
    return placed


def _is_apart(piece: Piece) -> bool:
    """Whether a piece belongs to no passage, whatever stands around it."""
    return bool(piece.aside) or piece.tag == "lead" or _is_heading(piece)


def _span(at: str) -> tuple[int, int]:
    start, _, end = at.partition(":")
    return int(start or -1), int(end or -1)


def _within(open_to: Sequence[tuple[int, tuple[int, int]]], spans: Sequence[tuple[int, int]]) -> dict[int, list[int]]:
    """Passages that are a part of a piece, as a label with what follows it, by the piece's number."""
    whole = {span for _, span in open_to}
    parts = [number for number, span in enumerate(spans) if span not in whole]
    inner: dict[int, list[int]] = {}
    holding = holders([spans[number] for number in parts], [span for _, span in open_to])
    for number, holder in zip(parts, holding, strict=True):
        if holder is not None:
            inner.setdefault(open_to[holder][0], []).append(number)
    return inner


def _is_heading(piece: Piece | Block) -> bool:
    return len(piece.tag) == 2 and piece.tag[0] == "h" and piece.tag[1].isdigit()


def _with_shares(blocks: Sequence[Block], passages: Sequence[Passage]) -> tuple[Block, ...]:
    """Headings with how many of the passages below them are on cards, and how many there are."""
    below: list[tuple[Block, set[int], int]] = []
    counted: dict[int, tuple[int, int]] = {}

    def close(level: int) -> None:
        while below and below[-1][0].level >= level:
            _, numbers, at = below.pop()
            counted[at] = (sum(passages[each].fate == "card" for each in numbers), len(numbers))

    for at, block in enumerate(blocks):
        if _is_heading(block) and not block.aside:
            close(block.level)
            below.append((block, set(), at))
        for _, numbers, _ in below:
            numbers.update(block.passages)
    close(0)
    return tuple(replace(block, share=counted[at]) if at in counted else block for at, block in enumerate(blocks))
