"""Every key and every placeholder of a rule, with a document it is for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cardwright.files import TextFile
from cardwright.model import Document, Proposal
from cardwright.rules import RuleBook, propose
from cardwright.yamltext import Mapping, Scalar, Sequence, parse

CASES_FILE = Path(__file__).parents[1] / "data" / "rules" / "keys.yaml"


def _cases() -> list[dict[str, object]]:
    node, problems = parse(TextFile("keys.yaml", CASES_FILE.read_text(encoding="utf-8"), ""))
    assert problems == []
    assert isinstance(node, Sequence)
    return [_plain(item) for item in node.items]  # type: ignore[misc]


def _plain(node: object) -> object:
    if isinstance(node, Mapping):
        return {key: _plain(value) for key, value in node.entries.items()}
    if isinstance(node, Sequence):
        return [_plain(item) for item in node.items]
    assert isinstance(node, Scalar)
    return node.value


def _said(proposal: Proposal) -> str:
    parts = [proposal.cloze] if proposal.cloze else [proposal.front, proposal.back]
    return " / ".join([*parts, *([f"({proposal.extra})"] if proposal.extra else [])])


@pytest.mark.parametrize("case", _cases(), ids=lambda case: case["what"])
def test_a_rule_makes_these_cards(
    case: dict[str, object], document: Callable[[str], Document], book: Callable[..., RuleBook]
) -> None:
    """The rule, the document and the cards stand beside each other in the data file."""
    made = propose([document(str(case["html"]))], book(f"name: rule\n{case['rule']}"))

    assert [_said(each) for each in made.proposals] == case["cards"]
