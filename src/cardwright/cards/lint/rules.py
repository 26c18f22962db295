"""All rules of the linter in one table, and what they say of a project's cards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cardwright.cards.cardfile import CardFile
from cardwright.cards.lint import among, answer, gaps, question, whole
from cardwright.cards.lint.found import Check, Context, Found, OneCheck, each
from cardwright.cards.lint.limits import Limits
from cardwright.cards.lint.text import read_card, telling, words_of
from cardwright.diagnostics import CODES, Diagnostic, Related, Severity, did_you_mean, warning
from cardwright.model import Card, DocumentInfo

__all__ = ["RULES", "Finding", "Rule", "findings", "lint", "rule_counts"]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its name, as `allow` and `off` write it, its code, and what it rests on, as docs/lint.md explains."""

    name: str
    code: str
    severity: Severity
    basis: str
    check: Check

    @property
    def about(self) -> str:
        """What it finds."""
        return CODES[self.code]


def _one(code: str, check: OneCheck, basis: str, severity: Severity = "warning") -> Rule:
    """A rule that looks at one card; it is called as its function is."""
    return Rule(check.__name__.replace("_", "-"), code, severity, basis, each(check))


def _all(code: str, check: Check, basis: str, severity: Severity = "warning") -> Rule:
    """A rule that looks at all cards."""
    return Rule(check.__name__.replace("_", "-"), code, severity, basis, check)


RULES: tuple[Rule, ...] = (
    _one("CW811", question.question_too_long, "SM 12"),
    _one("CW812", question.multiple_questions, "AM focused"),
    _one("CW813", question.yes_no_question, "AM effortful"),
    _one("CW814", question.vague_question, "AM precise"),
    _one("CW815", question.dangling_reference, "SM 16, AM precise"),
    _one("CW816", question.missing_subject, "SM 16"),
    _one("CW817", question.asks_for_list, "SM 9, AM focused"),
    _one("CW818", question.long_label, "rubric"),
    _one("CW819", question.trivia, "rubric"),
    _one("CW820", question.no_question_mark, "AM consistent"),
    _one("CW821", question.unnamed_we, "SM 16, rubric"),
    _one("CW831", answer.answer_too_long, "SM 4, AM focused"),
    _one("CW832", answer.several_facts, "SM 4, rubric"),
    _one("CW833", answer.list_answer, "SM 9, SM 10"),
    _one("CW834", answer.answer_in_question, "AM effortful"),
    _one("CW835", answer.filler_opening, "SM 12, rubric"),
    _one("CW836", answer.thin_answer, "rubric"),
    _one("CW851", gaps.cloze_overload, "SM 4, SM 5"),
    _one("CW852", gaps.trivial_cloze, "AM effortful, SM 5"),
    _one("CW853", gaps.long_gap, "SM 4, rubric"),
    _all("CW871", among.near_duplicate, "SM 11"),
    _all("CW872", among.reversed_ambiguous, "AM consistent"),
    _all("CW873", among.same_answer_crowd, "SM 11", severity="info"),
    _one("CW881", whole.undated_volatile, "SM 19"),
    _all("CW882", whole.no_source, "SM 18", severity="info"),
    _one("CW883", whole.unfinished, "rubric"),
    _one("CW884", whole.double_space, "AM consistent", severity="info"),
)

_BY_NAME = {rule.name: rule for rule in RULES}
_BY_CODE = {rule.code: rule for rule in RULES}


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule says of a card that does not allow it: the field meant, the other cards that it speaks of."""

    card: Card
    rule: str
    key: str
    told: Diagnostic
    others: tuple[Card, ...] = ()


def lint(files: Sequence[CardFile], documents: Mapping[str, DocumentInfo], limits: Limits) -> list[Diagnostic]:
    """What the rules say of all cards but drafts, less what a card allows; and which `allow` is wrong or in vain.

    `documents` is what is known of the documents that cards name as their sources.
    """
    found, used = _found(files, documents, limits)
    return [each.told for each in found] + _allowed([card for file in files for card in file.cards], used, limits)


def findings(files: Sequence[CardFile], documents: Mapping[str, DocumentInfo], limits: Limits) -> list[Finding]:
    """The same for those who decide about each: what the rules say, with the cards."""
    return _found(files, documents, limits)[0]


def _found(
    files: Sequence[CardFile], documents: Mapping[str, DocumentInfo], limits: Limits
) -> tuple[list[Finding], set[tuple[int, str]]]:
    """What is found and not allowed, and which cards made use of which `allow`."""
    cards = [card for file in files for card in file.cards if not card.draft and (card.front or card.cloze)]
    context = Context(limits, files={file.stem: _about(file) for file in files}, documents=documents)
    texts = [read_card(card, context.words) for card in cards]
    found: list[Finding] = []
    used: set[tuple[int, str]] = set()
    for rule in RULES:
        if rule.name in limits.off:
            continue
        for one in rule.check(texts, context):
            allowing = [card for card in (one.card, *one.others) if rule.name in card.allow]
            used.update((id(card), rule.name) for card in allowing)
            if not allowing:
                found.append(Finding(one.card, rule.name, one.key, _told(rule, one), one.others))
    return found, used


def rule_counts(diagnostics: Iterable[Diagnostic]) -> list[tuple[str, int]]:
    """How often each rule found something, the most frequent first."""
    counts = Counter(_BY_CODE[each.code].name for each in diagnostics if each.code in _BY_CODE)
    return sorted(counts.items(), key=lambda one: (-one[1], one[0]))


def _about(file: CardFile) -> frozenset[str]:
    """The words of a file's title and tags, by their stems."""
    context = Context()
    return frozenset(telling(words_of(" ".join([file.title, *file.tags])), context.words))


def _told(rule: Rule, found: Found) -> Diagnostic:
    place = found.card.places.get(found.key, found.card.span)
    related = [Related(other.places.get(found.key, other.span), f"'{other.id}'") for other in found.others[:1]]
    return Diagnostic(rule.code, f"{found.message} ({rule.name})", place, found.help, rule.severity, tuple(related))


def _allowed(cards: Iterable[Card], used: set[tuple[int, str]], limits: Limits) -> list[Diagnostic]:
    found: list[Diagnostic] = []
    for card in cards:
        place = card.places.get("allow", card.span)
        for name in card.allow:
            if name not in _BY_NAME:
                message = f"'{name}' is no rule of the linter"
                found.append(warning("CW801", message, place, did_you_mean(name, sorted(_BY_NAME))))
            elif (id(card), name) not in used and name not in limits.off and not card.draft:
                message = f"'{name}' finds nothing in this card, so it need not be allowed"
                found.append(warning("CW802", message, place, "delete it"))
    return found
