"""How much of what a good deck asks the shipped rules find, and how their answers read."""

from __future__ import annotations

import re
import statistics

import pytest
import yaml

from corpus.scoring import Score, score
from corpus.sets import CORPUS, SETS, gold_of, proposals_of

FLOORS = yaml.safe_load((CORPUS / "floors.yaml").read_text("utf-8"))
NAMES = list(SETS)
# What looks cut, and stands so in its document.
WHOLE = {"something leaks, burns or is about to"}


def test_every_set_has_a_floor() -> None:
    """No set of documents is scored without one."""
    assert list(FLOORS) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_recall_and_traps_stay_on_the_right_side_of_the_floor(name: str) -> None:
    """Of the cards that are no drafts; what was measured is told when a floor is missed."""
    golds = gold_of(name)
    if not golds:
        pytest.skip("the originals are not at hand: they are no part of the repository")
    total, floor = Score(), FLOORS[name]
    proposals = proposals_of(golds)
    for gold in golds:
        total.add(score(gold, proposals))

    assert total.wanted["must"] >= 30
    assert total.share("must") >= floor["must"]
    assert total.share("should") >= floor["should"]
    assert total.trap_share <= floor["trapped"]
    assert total.attributed == total.attributable


@pytest.mark.parametrize("name", NAMES)
def test_answers_are_short_whole_and_asked_once(name: str) -> None:
    """Half of the answers have at most fifteen words, none has more than sixty, none is empty, no question comes twice."""
    golds = gold_of(name)
    if not golds:
        pytest.skip("the originals are not at hand: they are no part of the repository")
    cards = [card for card in proposals_of(golds) if not card["draft"]]
    answers = [card["back"] or " ".join(re.findall(r"\{\{c\d+::(.*?)\}\}", card["cloze"])) for card in cards]
    lengths = [len(re.findall(r"\w(?:[\w’'-]|[.,/&+](?=\w))*", answer)) for answer in answers]
    asked = [card["front"] or card["cloze"] for card in cards]

    assert min(lengths) >= 1
    assert statistics.median(lengths) <= 15
    assert max(lengths) <= 60
    assert len(set(asked)) == len(asked)
    cut = [answer for answer in answers if re.search(r"\b(?:and|or|the|of|to|with|a|an),?$", answer)]
    assert not set(cut) - WHOLE
