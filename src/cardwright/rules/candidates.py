"""The cards that a rule would make of one unit: question and answer, or a sentence with gaps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from cardwright.rules.answers import GAP, Answer, answers, damaged, gaps
from cardwright.rules.echo import is_echo
from cardwright.rules.names import slug, subject_key
from cardwright.rules.passages import Index
from cardwright.rules.phrase import fill
from cardwright.rules.placeholders import value_of
from cardwright.rules.rulefile import Rule
from cardwright.rules.tree import classes_of, nearest
from cardwright.rules.unit import CONTAINERS, Unit, Value

__all__ = ["Candidate", "Claim", "cards_of"]

# A claim on a passage: its place in the walk, and which characters of its text.
Claim = tuple[int, int, int]


@dataclass(frozen=True)
class Candidate:
    """A card that a rule would make of one place in a document, before rules compete.

    `passages` are the places in the walk of the passages it is about, `claims` what it
    takes from rules that see only what is left over. `at` is the element's place in the walk,
    `start` where in its text a sentence begins. `part` counts the cards of a long answer, and is 0 where one holds
    all; `number` counts the rule's cards on one subject.

    What it is called is found when it is asked for: of one that loses, nobody asks.
    """

    rule: Rule
    document: str
    line: int
    at: int
    start: int
    passages: tuple[int, ...]
    claims: tuple[Claim, ...]
    index: Index = field(compare=False, repr=False)
    unit: Unit = field(compare=False, repr=False)
    part: int = 0
    number: int = 1
    front: str = ""
    back: str = ""
    cloze: str = ""
    extra: str = ""

    @cached_property
    def subject(self) -> str:
        """What the card is about, by which the next extraction knows it again."""
        part = f" part {self.part}" if self.part else ""
        number = f" #{self.number}" if self.number > 1 else ""
        return f"{subject_key(self._about)}{part}{number}"

    @cached_property
    def id(self) -> str:
        """The id that the card wishes for."""
        wish = fill(self.rule.id, self._value, self.index.names).text if self.rule.id else ""
        wanted = slug(wish or self._about, self.rule.name)
        return f"{wanted[:41]}-part-{self.part}" if self.part else wanted

    @cached_property
    def _about(self) -> str:
        return _subject(self.rule, self.index, self.unit)

    def _value(self, name: str) -> Value:
        return value_of(name, self.index, self.unit)


def cards_of(
    rule: Rule, index: Index, unit: Unit, passages: tuple[int, ...], start: int, claims: tuple[Claim, ...]
) -> tuple[list[Candidate], str]:
    """The cards of one unit, more than one where a long answer is split; or why there is none.

    `passages`, `start` and `claims` are what each of them is about and takes.
    """

    def value(name: str) -> Value:
        return value_of(name, index, unit)

    made, why = _cloze(rule, index, value) if rule.cloze else _basic(rule, index, value)
    if why:
        return [], why
    extra = fill(rule.extra, value, index.names).text if rule.extra else ""
    found: list[Candidate] = []
    for number, (front, answer, cloze) in enumerate(made, 1):
        if damaged("\n".join((front, answer, cloze, extra))):
            return [], "characters of the document are damaged"
        found.append(
            Candidate(
                rule=rule,
                document=index.info.name,
                line=index.line(unit.element),
                at=index.order[id(unit.element)],
                start=start,
                passages=passages,
                claims=claims,
                index=index,
                unit=unit,
                part=number if len(made) > 1 else 0,
                front=front,
                back=answer,
                cloze=cloze,
                extra=extra,
            )
        )
    return found, ""


def _basic(rule: Rule, index: Index, value: Callable[[str], Value]) -> tuple[list[tuple[str, str, str]], str]:
    assert rule.front is not None
    assert rule.back is not None
    front = fill(rule.front, value, index.names)
    if front.missing:
        return [], f"{{{front.missing}}} is empty"
    made: Answer = answers(rule, value, index.names, front.text)
    if made.why:
        return [], made.why
    count = len(made.parts)
    if count == 1:
        return [(front.text, made.parts[0], "")], ""
    return [(f"{front.text} (part {at} of {count})", part, "") for at, part in enumerate(made.parts, 1)], ""


def _cloze(rule: Rule, index: Index, value: Callable[[str], Value]) -> tuple[list[tuple[str, str, str]], str]:
    assert rule.cloze is not None
    filled = fill(rule.cloze, value, index.names, hide=rule.hide)
    if filled.missing:
        return [], f"{{{filled.missing}}} is empty"
    text, why = gaps(filled.text)
    if not why and _is_given_away(str(value("heading")), filled.text):
        why = "the heading says what is hidden"
    return ([], why) if why else ([("", "", text)], "")


def _is_given_away(heading: str, text: str) -> bool:
    """Whether all gaps hold next to nothing that their heading, or the rest of the sentence, has not."""
    hidden = [each[1] for each in GAP.finditer(text)]
    open_ = f"{heading} {GAP.sub(' ', text)}"
    return all(is_echo(open_, each) for each in hidden)


def _subject(rule: Rule, index: Index, unit: Unit) -> str:
    """What a card is about, in the document's words: its term, question or key, else its first words."""
    element = unit.element
    if rule.each == "sentence":
        return unit.text
    if element.name == "abbr" or "member" in classes_of(element):
        return index.text(element)
    if element.name in CONTAINERS:
        names = ("heading",) if element.name == "section" else ("heading", "lead")
        found = " ".join(str(value_of(name, index, unit)) for name in names).strip()
        return found or unit.text
    bare = unit._replace(groups={}, near={}) if unit.groups or unit.near else unit
    for name in ("q", "dfn", "summary", "key"):
        found = str(value_of(name, index, bare))
        if found and (name != "q" or nearest(element, "li") is not None or element.name == "q"):
            return found
    return unit.text
