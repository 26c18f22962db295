"""Questions that are nearly the same are found as if each were compared with each."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cardwright.cards.lint.join import Asked, alike, near_pairs

# few words, so that many questions share most of theirs
SMALL = st.sampled_from(["what", "is", "the", "of"])
TELLING = st.sampled_from(["tram", "line", "stop", "bell", "depot", "sand"])
APART = st.sampled_from(["first", "second", "4"])


@st.composite
def asked(draw: st.DrawFn) -> Asked:
    """A question of small words, telling ones, and one that tells it apart."""
    small, telling = draw(st.frozensets(SMALL)), draw(st.frozensets(TELLING, max_size=4))
    apart = draw(st.frozensets(APART, max_size=1))
    return Asked(small | telling | apart, telling, apart)


@settings(deadline=None)
@given(st.lists(asked(), max_size=16), st.sampled_from([0.3, 0.5, 0.8, 1.0]))
def test_the_join_finds_what_comparing_all_finds(questions: list[Asked], likeness: float) -> None:
    """For each question the first one before it, and of twins the first twin."""
    expected = []
    for at, this in enumerate(questions):
        same = next((one for one in range(at) if questions[one] == this), None)
        near = next((one for one in range(at) if alike(questions[one], this, likeness)), None)
        if same is not None or near is not None:
            expected.append((near if same is None else same, at))

    assert list(near_pairs(questions, likeness)) == expected


@given(asked(), asked(), st.sampled_from([0.3, 0.8]))
def test_likeness_has_no_direction(one: Asked, other: Asked, likeness: float) -> None:
    """Which of two cards comes first does not decide whether they are alike."""
    assert alike(one, other, likeness) == alike(other, one, likeness)


class _Counted(frozenset[str]):
    """What tells a question apart, and how often it was compared with that of another one."""

    compared = 0

    def __ne__(self, other: object) -> bool:
        """The first that `alike` asks."""
        _Counted.compared += 1
        return not self == other


PATTERN = frozenset({"under", "which", "kind", "of", "tools", "does", "the", "guide", "list"})
FAMILIES = {
    "by a word": lambda at: Asked(PATTERN | {f"n{at}"}, frozenset({"kind", "tools", "guide", f"n{at}"}), _Counted()),
    "by a name in bold": lambda at: Asked(PATTERN, frozenset({"kind", "tools", "guide"}), _Counted({f"n{at}"})),
    "by nothing": lambda at: Asked(PATTERN | {"a" * at}, frozenset({"kind", "tools", "guide"}), _Counted()),
}


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_of_many_questions_is_no_work(family: str) -> None:
    """Thousands of questions of one pattern, told apart by something: each is compared with few others."""
    questions = [FAMILIES[family](at) for at in range(2_000)]
    _Counted.compared = 0

    pairs = list(near_pairs(questions, 0.8))

    assert bool(pairs) == (family == "by nothing")
    assert _Counted.compared <= 2 * len(questions)
