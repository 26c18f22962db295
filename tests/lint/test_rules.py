"""Each rule finds the bad cards beside it and leaves the good ones alone; the page shows just these."""

from __future__ import annotations

import pytest

from cardwright.cards.lint import RULES, Limits, Rule, fixes, limit_names
from cardwright.diagnostics import CODES
from lint_page import EXAMPLES, PAGE, as_cards, example, page, said

RULE = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)


@RULE
def test_a_bad_card_has_this_finding_and_no_other(rule: Rule) -> None:
    """One finding, with the rule's code and severity, its name to allow it by, and the way out."""
    for cards in example(rule.name).bad:
        found = said(cards)

        assert [(each.code, each.severity) for each in found] == [(rule.code, rule.severity)], cards
        assert found[0].message.endswith(f" ({rule.name})")
        assert found[0].help


@RULE
def test_a_good_card_has_no_finding_at_all(rule: Rule) -> None:
    """Neither of this rule nor of another one."""
    for cards in example(rule.name).good:
        assert said(cards) == [], cards


@RULE
def test_a_rule_can_be_allowed_on_any_of_its_cards(rule: Rule) -> None:
    """The finding goes, and nobody says that the line is not needed."""
    for cards in example(rule.name).bad:
        assert said([*cards[:-1], {**cards[-1], "allow": rule.name}]) == [], cards


@RULE
def test_only_slips_are_mended(rule: Rule) -> None:
    """What is written beside a bad card is what the linter makes of it; where nothing is, a person must think."""
    for cards in example(rule.name).bad:
        for spec, card in zip(cards, as_cards(cards), strict=True):
            assert {key: each.text for key, each in fixes(card, Limits()).items()} == spec.get("fixed", {})


@RULE
def test_a_mended_card_is_a_good_one(rule: Rule) -> None:
    """What was found is found no more."""
    for cards in example(rule.name).bad:
        if fixed := cards[0].get("fixed"):
            assert said([{**cards[0], **fixed}]) == []


def test_every_rule_has_its_examples() -> None:
    """And no examples of rules that are gone."""
    assert {path.stem for path in EXAMPLES.iterdir()} == {rule.name for rule in RULES}


def test_every_threshold_belongs_to_a_rule() -> None:
    """The page tells of each with the rule that asks for it."""
    named = [each for rule in RULES for each in example(rule.name).limits]

    assert sorted(named) == sorted(limit_names())


def test_a_share_is_that_of_one_gap() -> None:
    """Each number is a card of its own, on which the other gaps are shown; the page says so."""
    line = "In Oberfeld {{c1::four red trams}} cross {{c2::the old bridge}} daily."

    assert said([{"cloze": line}]) == []
    assert [each.code for each in said([{"cloze": line.replace("c2", "c1")}])] == ["CW851"]
    assert "one gap hides" in limit_names()["gap-share"][1]


def test_names_and_codes_are_given_once() -> None:
    """A code stands for one rule."""
    assert len({rule.name for rule in RULES}) == len({rule.code for rule in RULES}) == len(RULES)
    assert {rule.code for rule in RULES} <= CODES.keys()


def test_the_page_is_up_to_date() -> None:
    """`make schemas` was run after the last change of a rule or of an example."""
    assert PAGE.read_text(encoding="utf-8") == page()
