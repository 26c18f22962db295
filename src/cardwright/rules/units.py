"""What a rule may take from a document: passages, their sentences, or the items of a list, each with its claims.

Rules that select the same and cut it alike share what was found, and each pattern is searched in all of it at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from cardwright.rules.candidates import Claim
from cardwright.rules.contexts import around, items_of, sentences_of, unit_text
from cardwright.rules.lines import Lines
from cardwright.rules.marked import cut, plain
from cardwright.rules.passages import Index, passage_of, passages_in
from cardwright.rules.patterns import Found, Pattern
from cardwright.rules.placeholders import value_of
from cardwright.rules.rulefile import Rule
from cardwright.rules.select import selected
from cardwright.rules.tree import classes_of, inside
from cardwright.rules.unit import CONTAINERS, INLINE, Unit

if TYPE_CHECKING:
    from bs4 import Tag

__all__ = ["WHOLE", "Taken", "is_near", "passages_about", "units_of"]

WHOLE = 1 << 30

# A unit, the passages it is about as places in the walk, and what it claims of them.
Taken = tuple[Unit, tuple[int, ...], tuple[Claim, ...]]
# A unit with what its rule's `match` found in it, where that was asked before the unit was made.
Asked = tuple[Taken, Found | None]


class _Piece(NamedTuple):
    """An element, or one sentence of it: its number among the element's. `owner` is what the selector matched."""

    owner: Tag
    element: Tag
    sentence: int = -1
    text: str = ""


class _Pieces:
    """All that rules of one selector, kind and `each` may take; their texts are gathered once a pattern asks."""

    def __init__(self, index: Index, pieces: Sequence[_Piece]) -> None:
        self.pieces = pieces
        self._index = index
        self._lines: Lines | None = None

    def for_rule(self, rule: Rule) -> Iterator[tuple[_Piece, Found | None]]:
        """The pieces that a rule's `match` is found in, and what it finds; all where it has none.

        Without a `match` it is `unless` that is asked of all pieces at once.
        """
        if rule.match is not None:
            return ((self.pieces[at], found) for at, found in self._texts().matching(rule.match))
        unwanted: set[int] = set()
        if self.pieces and rule.join == 1:
            unwanted.update(at for each in rule.unless for at, _ in self._texts().matching(each))
        return ((each, None) for at, each in enumerate(self.pieces) if at not in unwanted)

    def _texts(self) -> Lines:
        if self._lines is None:
            self._lines = Lines([_said(self._index, each) for each in self.pieces])
        return self._lines


def units_of(rule: Rule, index: Index) -> Iterator[Asked]:
    """The units of a document that a rule asks for and whose text its `match` meets, in document order."""
    key = (rule.select.source, rule.kinds, rule.other_kinds, rule.each)
    found = index.pieces.get(key)
    if not isinstance(found, _Pieces):
        found = index.pieces[key] = _Pieces(index, list(_pieces(rule, index)))
    for piece, caught in found.for_rule(rule):
        if is_near(rule, index, piece.owner) and _has_enough(rule, index, piece.owner):
            taken = _taken(rule, index, piece)
            if rule.near is not None and rule.near.groups:
                taken = taken[0]._replace(near=_caught_near(rule.near, index, piece.owner)), *taken[1:]
            # Sentences taken together are another text than the first of them, in which `match` was found.
            yield taken, caught if rule.join == 1 else None


def is_near(rule: Rule, index: Index, element: Tag) -> bool:
    """Whether the nearest heading is one that the rule wants."""
    if rule.near is None and rule.far is None:
        return True
    heading = _heading(index, element)
    return (rule.near is None or _meets(rule.near, index, heading)) and not (
        rule.far is not None and _meets(rule.far, index, heading)
    )


def _meets(pattern: Pattern, index: Index, heading: str) -> bool:
    """Whether a heading is met by a pattern; many elements stand below one heading."""
    key = (pattern.source, heading)
    known = index.headings.get(key)
    if known is None:
        known = index.headings[key] = pattern.search(heading) is not None
    return known


def _caught_near(near: Pattern, index: Index, element: Tag) -> dict[str, str]:
    """What the named groups of a rule's `near` catch in the nearest heading."""
    heading = _heading(index, element)
    found = near.search(heading)
    spans = [found.span(number) if found else (0, 0) for number in near.numbers]
    return {
        name: heading[max(start, 0) : max(end, 0)].strip()
        for name, (start, end) in zip(near.groups, spans, strict=True)
    }


def _heading(index: Index, element: Tag) -> str:
    known = index.values.get(("heading", id(element)))
    return str(value_of("heading", index, Unit(element, "")) if known is None else known)


def passages_about(element: Tag) -> list[Tag]:
    """The passages that a card about an element is about."""
    return passages_in(element) if element.name in CONTAINERS else [passage_of(element)]


def _pieces(rule: Rule, index: Index) -> Iterator[_Piece]:
    for owner in selected(index, rule.select, rule.kinds, rule.other_kinds):
        if rule.each == "passage":
            yield _Piece(owner, owner)
        elif rule.each == "sentence":
            for passage in passages_about(owner) if owner.name in CONTAINERS else [owner]:
                if id(passage) in index.order:
                    for at, (_, _, text) in enumerate(sentences_of(index, passage)):
                        yield _Piece(owner, passage, at, text)
        else:
            yield from (_Piece(owner, part) for part in _parts(rule.each, index, owner))


def _said(index: Index, piece: _Piece) -> str:
    return plain(piece.text if piece.sentence >= 0 else unit_text(index, piece.element))


def _has_enough(rule: Rule, index: Index, owner: Tag) -> bool:
    """Whether an element has as many items as the rule wants."""
    if not rule.least or rule.each == "sentence":
        return True
    parts = items_of(index, owner) if rule.each == "passage" else list(_parts(rule.each, index, owner))
    return len(parts) >= rule.least


def _taken(rule: Rule, index: Index, piece: _Piece) -> Taken:
    element = piece.element
    if piece.sentence >= 0:
        return _sentence(rule, index, piece)
    text = unit_text(index, element)
    if rule.each != "passage":
        return Unit(element, text), *_about(index, element)
    claimed = _sentence_of(index, element) if element.name in INLINE else _about(index, element)
    return Unit(element, text), *claimed


def _sentence(rule: Rule, index: Index, piece: _Piece) -> Taken:
    """A sentence, with those behind it where the rule joins some; of a passage it claims no more than itself."""
    element = piece.element
    about, whole = _about(index, element)
    found = sentences_of(index, element)
    start, end, text = found[piece.sentence]
    if rule.join > 1:
        end = found[min(piece.sentence + rule.join, len(found)) - 1][1]
        text = cut(unit_text(index, element), start, end)
    is_passage = about == (index.order[id(element)],)
    return Unit(element, text, sentence=text), about, ((about[0], start, end),) if is_passage else whole


def _about(index: Index, element: Tag) -> tuple[tuple[int, ...], tuple[Claim, ...]]:
    """The places of the passages that a card about an element is about, and the claim to the whole of each."""
    known = index.about.get(id(element))
    if known is None:
        places = tuple(index.order[id(each)] for each in passages_about(element) if id(each) in index.order)
        known = index.about[id(element)] = places, tuple((place, 0, WHOLE) for place in places)
    return known


def _sentence_of(index: Index, element: Tag) -> tuple[tuple[int, ...], tuple[Claim, ...]]:
    """What a card about a few words of a passage is about: the passage, of which it claims their sentence."""
    places, whole = _about(index, element)
    if not places:
        return places, whole
    start = around(index, element)[1]
    held = [(low, high) for low, high, _ in sentences_of(index, passage_of(element)) if low <= start < high]
    return places, tuple((places[0], low, high) for low, high in held) or whole


def _parts(each: str, index: Index, element: Tag) -> Iterator[Tag]:
    """The items, members or rows of an element; one that is such a thing itself is its own only part."""
    if each == "member":
        members = [element] if "member" in classes_of(element) else inside(element, "span", "member")
        yield from (member for member in members if id(member) in index.order)
    elif element.name == {"item": "li", "row": "tr"}[each]:
        yield element
    else:
        yield from items_of(index, element)
