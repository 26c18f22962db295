"""One rule over one document: the cards it would make, and why a passage it saw gave none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cardwright.rules.candidates import Candidate, Claim, cards_of
from cardwright.rules.marked import HIDDEN, cut, plain, wrap_span
from cardwright.rules.passages import Index
from cardwright.rules.patterns import Found
from cardwright.rules.rulefile import Rule
from cardwright.rules.select import selected
from cardwright.rules.template import Template
from cardwright.rules.unit import Unit
from cardwright.rules.units import units_of

__all__ = ["Miss", "apply"]

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
    tells: bool | None = None
    for (unit, about, claims), asked in units_of(rule, index):
        if taken is not None and _is_taken(claims, taken):
            continue
        caught = _caught(rule, unit, asked)
        if caught is None:
            continue
        if tells is None:  # asked of rules that find something, which are few
            tells = _tells(rule)
        start = claims[0][1] if claims else 0
        cards, why = cards_of(rule, index, caught, about, start, claims if tells else ())
        if why:
            missed.append(Miss(about, rule.name, why))
        found.extend(cards)
    return found, missed


def _is_for(rule: Rule, index: Index) -> bool:
    """Whether the document has what the rule wants of it."""
    if rule.kinds and not index.kinds.intersection(rule.kinds):
        return False
    if not rule.facts and not rule.having:
        return True
    return all(getattr(index.info, fact) for fact in rule.facts) and all(
        any(True for _ in selected(index, each)) for each in rule.having
    )


def _is_taken(claims: tuple[Claim, ...], taken: Mapping[int, list[tuple[int, int]]]) -> bool:
    return any(low < end and start < high for place, start, end in claims for low, high in taken.get(place, ()))


def _caught(rule: Rule, unit: Unit, found: Found | None) -> Unit | None:
    """The unit with what `match` caught in it, and has found already or is asked for; None where it is not the rule's.

    What `unless` meets has been left out already where the rule has no `match` and joins no sentences.
    """
    said = plain(unit.text)
    if (rule.match is not None or rule.join > 1) and any(each.search(said) for each in rule.unless):
        return None
    if rule.match is None:
        return unit
    found = found or rule.match.search(said)
    if found is None:
        return None
    groups: dict[str, str] = {}
    for name, number in zip(rule.match.groups, rule.match.numbers, strict=True):
        start, end = found.span(number)
        groups[name] = cut(unit.text, start, end).strip() if start >= 0 else ""
    text = _with_gaps(rule, unit.text, said, found)
    start, end = found.span()
    return unit._replace(
        text=text,
        sentence=text if unit.sentence else "",
        before=cut(unit.text, 0, start).strip(),
        after=cut(unit.text, end, len(said)).strip(),
        groups=groups,
    )


def _with_gaps(rule: Rule, text: str, said: str, found: Found) -> str:
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
    following: Found | None = found
    while hidden and len(spans) < MOST_GAPS and following is not None:
        spans += [span for number in hidden if (span := following.span(number))[0] < span[1]]
        at = max(following.span()[1], at + 1)
        following = rule.match.search(said, at)
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
