"""Sides of cards as the preview shows them, against Anki's own rendering."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cardwright.commands import compiled
from cardwright.decks import Build, Clock, compile_card, note_types, package, sides
from cardwright.model import Card
from cardwright.settings import find
from decks.learner import Learner
from decks.older import several_numbers
from decks.shelf import Shelf, basic, cloze

REPOSITORY = Path(__file__).parents[2]
# After every release that this repository remembers: 2030, in milliseconds.
LATER = 1_900_000_000_000

# Where rendering has something to decide: each is the text of a cloze.
CLOZES = {
    "marks in what is hidden": 'The {{c1::"<b>" & `x_y-z` é ü – 潮}} of {{c2::tide::the *hint*}}.',
    "a gap in a gap": "{{c1::outer {{c2::inner}} words}} and {{c2::more}}.",
    "gaps in a formula": r"\({{c1::x^2}} + {{c2::y_{1} }}\) and \[{{c1::\frac{a}{b} }}\]",
    "a formula in a gap": r"{{c1::\(x<y\)}} or {{c2::nothing}}",
    "a list with gaps": "- one {{c1::tide}}\n- two {{c2::tides::how many?}}",
    "numbers with room between": "{{c3::third}} and {{c12::twelfth}}",
    "two paragraphs": "{{c1::one}} two\n\n{{c1::three}} four",
}


def rendered(build: Build) -> dict[tuple[str, int], tuple[str, str]]:
    """Both sides of every review card of all decks, by guid and ordinal."""
    return {
        (note.guid, order): (side.front, side.back)
        for notes in build.notes.values()
        for note in notes
        for order, side in zip(note.ords, sides(note, build.note_types[note.kind], note.deck), strict=True)
    }


def shown(build: Build, anki: Learner, folder: Path) -> dict[tuple[str, int], tuple[str, str]]:
    """The same, as Anki renders them after the imports."""
    for deck in build.decks:
        file = folder / f"{deck.stem}.apkg"
        file.write_bytes(package(build, deck))
        anki.import_package(file)
    found: dict[tuple[str, int], tuple[str, str]] = {}
    for number in anki.collection.find_cards(""):
        card = anki.collection.get_card(number)
        output = card.render_output(reload=True)
        found[card.note().guid, card.ord] = (output.question_text, output.answer_text)
    return found


@several_numbers
def test_a_varied_deck_looks_as_in_anki(shelf: Shelf, learner: Callable[[], Learner], tmp_path: Path) -> None:
    """Questions, both directions, typed answers, gaps, code, math, sources: the same HTML on both sides."""
    shelf.varied()
    build = shelf.build()

    ours = rendered(build)

    assert len(ours) == 24
    assert ours == shown(build, learner(), tmp_path)


@pytest.mark.parametrize("case", CLOZES)
def test_gaps_look_as_in_anki(shelf: Shelf, learner: Callable[[], Learner], tmp_path: Path, case: str) -> None:
    """What is hidden, what is shown of other gaps, and what Anki takes out of formulas."""
    shelf.put(cloze("gap", CLOZES[case]), basic("bare", back="0", extra=" ", reverse=True, typed=True), title="A & B")
    shelf.deck("pilots", "name: Pilots\ncards: words")
    build = shelf.build()

    ours = rendered(build)

    assert any("data-cloze" in front or "[...]" in front for front, _ in ours.values())
    assert ours == shown(build, learner(), tmp_path)


WORDS = st.sampled_from(
    [
        "tide",
        "**ebb**",
        "`a}b`",
        r"\(x<y\)",
        r"\[\frac{1}{2}\]",
        "<b>",
        "é & ü",
        '"q"',
        "[x]",
        "a_b",
        "潮",
        "'",
        "\n\n- ",
    ]
)
HINTS = st.sampled_from(["", "", "hint", "*one* `two`", "a & b"])


def gap(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """A deletion around words and other deletions."""
    words = st.lists(inside, min_size=1, max_size=3).map(" ".join)
    return st.builds(
        lambda number, text, hint: f"{{{{c{number}::{text}{'::' + hint if hint else ''}}}}}",
        st.integers(1, 3),
        words,
        HINTS,
    )


CLOZE_TEXTS = st.lists(st.recursive(WORDS, lambda inner: st.one_of(WORDS, gap(inner)), max_leaves=6), max_size=6)


def test_any_gaps_look_as_in_anki(shelf: Shelf, learner: Callable[[], Learner], tmp_path: Path) -> None:
    """Whatever stands in a cloze and around it, if it can be a card at all."""
    shelf.put(cloze("gap", "{{c1::a}} {{c2::b}} {{c3::c}}"))
    shelf.deck("pilots", "name: Pilots\ncards: words")
    anki = learner()
    anki.import_package(shelf.package(tmp_path / "pilots.apkg"))
    look = note_types(shelf.released)[0]["cloze"]
    note = anki.collection.get_note(anki.collection.find_notes("")[0])
    seen = 0

    @settings(max_examples=80, deadline=None)
    @given(CLOZE_TEXTS)
    def same(parts: list[str]) -> None:
        nonlocal seen
        card = Card("gap", "words", cloze="{{c1::x}} " + " ".join(parts))
        content, _ = compile_card(card, (), {}, {})
        if content is None:
            return
        note.fields[0] = content.fields[0]
        anki.collection.update_note(note)
        shown = {each.ord: each.render_output(reload=True) for each in note.cards()}
        for order, side in zip(content.ords, sides(content, look, "Pilots::Words"), strict=True):
            seen += 1

            assert (side.front, side.back) == (shown[order].question_text, shown[order].answer_text)

    same()
    assert seen > 80


def test_this_projects_cards_look_as_in_anki(learner: Callable[[], Learner], tmp_path: Path) -> None:
    """Every side of every card of the decks that this repository holds."""
    project, _ = find(REPOSITORY)
    assert project is not None
    gathered, _ = compiled.decks(project)
    build, _ = compiled.planned(project, gathered, Clock(LATER, LATER))
    assert build is not None

    ours = rendered(build)

    assert len(ours) > 400
    assert ours == shown(build, learner(), tmp_path)
