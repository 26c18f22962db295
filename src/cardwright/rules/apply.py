"""One rule over one document: the cards it would make, and why a passage it saw gave none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cardwright.rules.candidates import Candidate, Claim, cards_of
from cardwright.rules.contexts import around, items_of, sentences_of, unit_text
from cardwright.rules.marked import HIDDEN, cut, plain, wrap_span
from cardwright.rules.passages import Index, passage_of, passages_in
from cardwright.rules.phrase import Template
from cardwright.rules.placeholders import value_of
from cardwright.rules.rulefile import Rule
from cardwright.rules.select import selected
from cardwright.rules.unit import CONTAINERS, INLINE, Unit

if TYPE_CHECKING:
    from bs4 import Tag

__all__ = ["WHOLE", "Miss", "apply", "is_near", "passages_about"]

WHOLE = 1 << 30
# More gaps in one sentence leave nothing to go by.
MOST_GAPS = 3

# Placeholders that say what a passage says; a card without any of them leaves the passage to others.
_TELLING = frozenset(
    (
        "text",
        "rest",
        "sentence",
        "alone",
        "before",
        "after",
        "items",
        "questions",
        "answer",
        "value",
        "row",
        "cell",
        "below",
    )
)


@dataclass(frozen=True, slots=True)
class Miss:
    """A passage that a rule selected and made no card of."""

    passages: tuple[int, ...]
    rule: str
    why: str


def apply(
    rule: Rule, index: Index, taken: Mapping[int, list[tuple[int, int]]] | None = None
) -> tuple[list[Candidate], list[Miss]]:
    """All cards of a rule in a document. `taken` holds what other rules took, for a rule that wants the rest."""
    found: list[Candidate] = []
    missed: list[Miss] = []
    if not _is_for(rule, index):
        return found, missed
    for element in selected(index, rule.select, rule.kinds):
        if not is_near(rule, index, element):
            continue
        for unit, about, claims in _units(rule, index, element):
            if taken is not None and _is_taken(claims, taken):
                continue
            caught = _caught(rule, unit)
            if caught is None:
                continue
            cards, why = cards_of(rule, index, caught)
            if why:
                missed.append(Miss(about, rule.name, why))
            start = claims[0][1] if claims else 0
            told = claims if _tells(rule) else ()
            found.extend(replace(card, passages=about, start=start, claims=told) for card in cards)
    return found, missed


def _is_for(rule: Rule, index: Index) -> bool:
    """Whether the document has what the rule wants of it."""
    if rule.kinds and not index.kinds.intersection(rule.kinds):
        return False
    return all(getattr(index.info, fact) for fact in rule.facts) and all(
        any(True for _ in selected(index, each)) for each in rule.having
    )


def is_near(rule: Rule, index: Index, element: Tag) -> bool:
    """Whether the nearest heading is one that the rule wants."""
    if rule.near is None and rule.far is None:
        return True
    heading = str(value_of("heading", index, Unit(element, "")))
    return (rule.near is None or bool(rule.near.search(heading))) and not (rule.far and rule.far.search(heading))


def passages_about(element: Tag) -> list[Tag]:
    """The passages that a card about an element is about."""
    return passages_in(element) if element.name in CONTAINERS else [passage_of(element)]


def _units(rule: Rule, index: Index, element: Tag) -> Iterator[tuple[Unit, tuple[int, ...], tuple[Claim, ...]]]:
    """The units of an element that the rule asks for, each with the passages it is about and its claims on them."""
    if rule.each == "passage":
        if rule.least and len(items_of(index, element)) < rule.least:
            return
        claimed = _sentence_of(index, element) if element.name in INLINE else _about(index, passages_about(element))
        yield Unit(element, unit_text(index, element)), *claimed
    elif rule.each == "sentence":
        for passage in passages_about(element) if element.name in CONTAINERS else [element]:
            yield from _sentences(rule, index, passage)
    else:
        parts = list(_parts(rule.each, index, element))
        if len(parts) >= rule.least:
            for part in parts:
                yield Unit(part, unit_text(index, part)), *_about(index, [passage_of(part)])


def _about(index: Index, passages: list[Tag]) -> tuple[tuple[int, ...], tuple[Claim, ...]]:
    places = tuple(index.order[id(each)] for each in passages if id(each) in index.order)
    return places, tuple((place, 0, WHOLE) for place in places)


def _sentence_of(index: Index, element: Tag) -> tuple[tuple[int, ...], tuple[Claim, ...]]:
    """What a card about a few words of a passage is about: the passage, of which it claims their sentence."""
    places, whole = _about(index, [passage_of(element)])
    if not places:
        return places, whole
    start = around(index, element)[1]
    held = [(low, high) for low, high, _ in sentences_of(index, passage_of(element)) if low <= start < high]
    return places, tuple((places[0], low, high) for low, high in held) or whole


def _sentences(rule: Rule, index: Index, element: Tag) -> Iterator[tuple[Unit, tuple[int, ...], tuple[Claim, ...]]]:
    """The sentences of an element that match; those of a passage claim no more than themselves."""
    if id(element) not in index.order:
        return
    said = plain(unit_text(index, element))
    if rule.match and not rule.match.anchored and not rule.match.search(said):
        return
    about, whole = _about(index, [passage_of(element)])
    is_passage = passage_of(element) is element
    found = sentences_of(index, element)
    for at, (start, end, text) in enumerate(found):
        if rule.match and not rule.match.search(said[start:end]):
            continue
        if rule.join > 1:
            end = found[min(at + rule.join, len(found)) - 1][1]
            text = cut(unit_text(index, element), start, end)
        yield Unit(element, text, sentence=text), about, ((about[0], start, end),) if is_passage and about else whole


def _parts(each: str, index: Index, element: Tag) -> Iterator[Tag]:
    """The items, members or rows of an element; one that is such a thing itself is its own only part."""
    if each == "member":
        members = [element] if "member" in (element.get("class") or ()) else element.find_all("span", class_="member")
        yield from (member for member in members if id(member) in index.order)
    elif element.name == {"item": "li", "row": "tr"}[each]:
        yield element
    else:
        yield from items_of(index, element)


def _is_taken(claims: tuple[Claim, ...], taken: Mapping[int, list[tuple[int, int]]]) -> bool:
    return any(low < end and start < high for place, start, end in claims for low, high in taken.get(place, ()))


def _caught(rule: Rule, unit: Unit) -> Unit | None:
    """The unit with what `match` caught in it; None where the text is not the rule's."""
    said = plain(unit.text)
    if any(each.search(said) for each in rule.unless):
        return None
    if rule.match is None:
        return unit
    found = rule.match.search(said)
    if found is None:
        return None
    groups: dict[str, str] = {}
    for name, number in zip(rule.match.groups, rule.match.numbers, strict=True):
        start, end = found.span(number)
        groups[name] = cut(unit.text, start, end).strip() if start >= 0 else ""
    text = _with_gaps(rule, unit.text, said)
    start, end = found.span()
    return replace(
        unit,
        text=text,
        sentence=text if unit.sentence else "",
        before=cut(unit.text, 0, start).strip(),
        after=cut(unit.text, end, len(said)).strip(),
        groups=groups,
    )


def _with_gaps(rule: Rule, text: str, said: str) -> str:
    """The text with every span that the hidden groups of `match` meet in it marked, up to three."""
    assert rule.match is not None
    if rule.cloze is None:
        return text
    hidden = [
        number
        for name, number in zip(rule.match.groups, rule.match.numbers, strict=True)
        if name in rule.hide and not _has_slot(rule.cloze, name)
    ]
    spans: list[tuple[int, int]] = []
    at = 0
    while hidden and len(spans) < MOST_GAPS and (found := rule.match.search(said, at)) is not None:
        spans += [span for number in hidden if (span := found.span(number))[0] < span[1]]
        at = max(found.end(), at + 1)
    for start, end in spans[:MOST_GAPS]:
        text = wrap_span(text, start, end, HIDDEN)
    return text


def _has_slot(template: Template, name: str) -> bool:
    return any(slot.name == name for slot in template.slots)


def _tells(rule: Rule) -> bool:
    """Whether the cards of a rule say what their passage says, rather than only name it."""
    groups = rule.match.groups if rule.match else ()
    texts = (rule.front, rule.back, rule.cloze)
    names = {slot.name.partition(".")[0] for text in texts if text for slot in text.slots}
    return bool(names & _TELLING or names.intersection(groups))
