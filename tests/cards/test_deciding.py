"""The decision about one card: every case, as data."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from cardwright.cards.decision import Choice, fate, of_card
from cardwright.memory.extracted import Said

TABLE: dict[str, dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[1] / "data" / "cards" / "decisions.yaml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", TABLE.values(), ids=list(TABLE))
@pytest.mark.parametrize("name", ["extra", "back"])
def test_a_field_is_decided_by_its_three_sides(name: str, case: dict[str, Any]) -> None:
    """What the card will say, and what will be remembered, for every combination."""
    base, says, stands, seen = (
        {name: case[side]} if case.get(side) else {} for side in ("base", "says", "stands", "seen")
    )

    verdict = of_card(base, says, stands, seen, choice=case.get("choice", ""))[name]

    now, then = case.get("now", case.get("stands", "")), case.get("then", case.get("base", ""))
    assert (verdict.outcome, verdict.stands, verdict.base) == (case["outcome"], now, then)
    assert verdict.seen == case.get("after")


def test_every_combination_has_a_case() -> None:
    """All ways in which three texts and a declined one can be alike are in the table."""

    def pattern(case: dict[str, Any]) -> tuple[int, ...]:
        values = [case.get(side, "") for side in ("base", "says", "stands")]
        return tuple(values.index(each) for each in values)

    shapes = {pattern(case) for case in TABLE.values()}
    assert shapes == {(0, 0, 0), (0, 0, 2), (0, 1, 0), (0, 1, 1), (0, 1, 2)}
    assert {case.get("choice", "") for case in TABLE.values()} == {"", "accept", "keep"}
    assert {case["outcome"] for case in TABLE.values()} == {
        "same",
        "kept",
        "declined",
        "updated",
        "adopted",
        "conflict",
    }


@pytest.mark.parametrize(
    ("known", "there", "proposed", "restored", "expected"),
    [
        (False, False, True, False, "new"),
        (False, True, True, False, "adopted"),
        (False, True, False, False, "by hand"),
        (False, False, False, False, "unknown"),
        (True, True, True, False, "merged"),
        (True, True, False, False, "stale"),
        (True, False, True, False, "deleted"),
        (True, False, False, False, "deleted"),
        (True, False, True, True, "restored"),
        (True, False, False, True, "restored"),
        (True, True, True, True, "merged"),
        (True, True, False, True, "stale"),
    ],
)
def test_a_card_has_a_fate(*, known: bool, there: bool, proposed: bool, restored: bool, expected: str) -> None:
    """What a card comes to depends on who knows it, where it is, and who proposes it."""
    assert fate(known=known, there=there, proposed=proposed, restored=restored) == expected


T = tuple[str, ...]


@pytest.mark.parametrize(
    ("base", "says", "stands", "declined", "expected", "seen"),
    [
        (("a",), ("a",), ("a", "mine"), (), ("a", "mine"), ()),
        (("a",), ("a", "b"), ("mine", "a"), (), ("mine", "a", "b"), ()),
        (("a", "b"), ("b",), ("a", "b", "mine"), (), ("b", "mine"), ()),
        (("a",), ("a",), (), (), (), ("a",)),
        ((), ("a",), (), ("a",), (), ("a",)),
        ((), ("a",), ("a",), ("a",), ("a",), ()),
        (("a", "b"), ("b", "a"), ("a", "b"), (), ("a", "b"), ()),
        ((), (), ("mine",), (), ("mine",), ()),
    ],
    ids=["own tag", "new tag", "tag gone", "taken away", "stays away", "added again", "order", "own tags only"],
)
def test_tags_come_and_go_one_by_one(base: T, says: T, stands: T, declined: T, expected: T, seen: T) -> None:
    """A tag by hand neither freezes the others nor is lost; one taken away by hand stays away."""
    verdict = of_card({"tags": base}, {"tags": says}, {"tags": stands}, {"tags": declined})["tags"]

    assert verdict.stands == expected
    assert (verdict.seen or ()) == seen
    assert set(verdict.base if isinstance(verdict.base, tuple) else ()) == set(says)


@pytest.mark.parametrize(
    ("base", "says", "stands", "silent", "expected"),
    [
        (("a.txt:4",), ("a.txt:9",), ("a.txt:4",), (), ("a.txt:9",)),
        (("a.txt:4",), ("a.txt:9",), ("mine.md:1", "a.txt:4"), (), ("mine.md:1", "a.txt:9")),
        (("a.txt:4",), ("a.txt:9",), ("a.txt:5",), (), ("a.txt:5",)),
        (("a.txt:4",), ("a.txt:9",), (), (), ()),
        (("a.txt:4", "b.txt:1"), ("a.txt:9",), ("a.txt:4", "b.txt:1"), ("b.txt",), ("a.txt:9", "b.txt:1")),
        (("a.txt:4", "b.txt:1"), ("a.txt:4",), ("a.txt:4", "b.txt:1"), (), ("a.txt:4",)),
        (("a.txt:4",), ("a.txt:4", "b.txt"), ("a.txt:4",), (), ("a.txt:4", "b.txt")),
        (("old.txt:4",), ("new.txt:4",), ("old.txt:4",), (), ("new.txt:4",)),
    ],
    ids=["line", "beside one's own", "corrected", "taken away", "silent", "one less", "one more", "renamed"],
)
def test_places_follow_their_document(base: T, says: T, stands: T, silent: T, expected: T) -> None:
    """Lines move in silence; a place that a person wrote or took away is left alone."""
    verdicts = of_card({"source": base}, {"source": says}, {"source": stands}, {}, silent=silent)

    assert verdicts["source"].stands == expected


BASIC: dict[str, Said] = {"front": "f", "back": "b"}
CLOZE: dict[str, Said] = {"cloze": "{{c1::x}}"}


@pytest.mark.parametrize(
    ("stands", "choice", "fixed", "outcomes", "card"),
    [
        (BASIC, "", False, {"updated"}, CLOZE),
        ({**BASIC, "back": "mine"}, "", False, {"conflict"}, {**BASIC, "back": "mine"}),
        ({**BASIC, "back": "mine"}, "accept", False, {"updated"}, CLOZE),
        ({**BASIC, "back": "mine"}, "keep", False, {"declined"}, {**BASIC, "back": "mine"}),
        (BASIC, "", True, {"conflict"}, BASIC),
        (BASIC, "accept", True, {"updated"}, CLOZE),
        (CLOZE, "", False, {"adopted"}, CLOZE),
    ],
    ids=["unedited", "edited", "accepted", "kept", "typed", "typed, accepted", "both did"],
)
def test_question_and_cloze_change_together(
    *, stands: dict[str, Said], choice: Choice, fixed: bool, outcomes: set[str], card: dict[str, Said]
) -> None:
    """Half a question and half a cloze are no card: all of it is taken, or none."""
    verdicts = of_card(BASIC, CLOZE, stands, {}, choice=choice, fixed=fixed)

    assert {verdicts[name].outcome for name in ("front", "back", "cloze")} == outcomes
    assert {name: each.stands for name, each in verdicts.items() if each.stands} == card


def test_a_card_that_a_person_made_a_cloze_stays_one() -> None:
    """The rules say as before; when they say something new, it is shown."""
    assert {each.outcome for each in of_card(BASIC, BASIC, CLOZE, {}).values()} == {"same", "kept"}
    assert of_card(BASIC, {**BASIC, "back": "new"}, CLOZE, {})["back"].outcome == "conflict"


@pytest.mark.parametrize(
    ("base", "says", "stands", "expected"),
    [
        (False, True, False, False),
        (True, True, False, False),
        (True, False, True, False),
        (False, False, True, True),
        (True, True, True, True),
    ],
)
@pytest.mark.parametrize("choice", ["", "accept", "keep"])
def test_no_card_becomes_a_draft_again(*, base: bool, says: bool, stands: bool, expected: bool, choice: Choice) -> None:
    """Learners may have it, and a person may have promoted it; a draft that the rules now vouch for is one no more."""
    verdict = of_card({"draft": base}, {"draft": says}, {"draft": stands}, {}, choice=choice)["draft"]

    assert verdict.stands is expected
    again = of_card({"draft": verdict.base}, {"draft": says}, {"draft": verdict.stands}, {})["draft"]
    assert (again.stands, again.base) == (verdict.stands, verdict.base)
