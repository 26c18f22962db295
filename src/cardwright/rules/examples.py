"""The examples in rule files, run as tests: what must give a card, and what must give none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from cardwright.diagnostics import Diagnostic, error
from cardwright.model import Document, DocumentInfo
from cardwright.rules.apply import apply
from cardwright.rules.candidates import Candidate
from cardwright.rules.passages import index
from cardwright.rules.rulefile import Example, Rule, RuleBook

__all__ = ["SAMPLE", "check_examples"]

# What an example's document is called, so that rules which name company and role can be tried.
SAMPLE = DocumentInfo(
    name="example.txt",
    title="Example guide",
    label="example guide",
    company="Example Works",
    role="Sample Maker",
    url="https://example.org/guide",
    date="2020-01-01",
)


def check_examples(book: RuleBook, read: Callable[[str, str], Document]) -> list[Diagnostic]:
    """Run each rule alone over each of its examples.

    `read` turns a text into a document whose outermost section has the kind that comes second ("" for none).
    """
    return [
        diagnostic
        for rule in sorted(book.rules, key=lambda each: each.span)
        for example in rule.examples
        if (diagnostic := _check(rule, example, read)) is not None
    ]


def _check(rule: Rule, example: Example, read: Callable[[str, str], Document]) -> Diagnostic | None:
    document = read(example.text, rule.kinds[0] if rule.kinds else "")
    found, missed = apply(rule, index(replace(document, info=SAMPLE)))
    if example.wanted and not found:
        reasons = "; ".join(dict.fromkeys(each.why for each in missed))
        way_out = f"a passage was selected, but {reasons}" if reasons else "nothing in it is selected and matched"
        return error("CW310", f"rule '{rule.name}' makes no card of its 'try' example", example.span, way_out)
    if not example.wanted and found:
        message = f"rule '{rule.name}' makes a card of its 'not' example"
        return error("CW311", message, example.span, f"it would read: {_shown(found[0])}")
    return None


def _shown(candidate: Candidate) -> str:
    text = candidate.cloze or f"{candidate.front} / {candidate.back}"
    return " ".join(text.split())
