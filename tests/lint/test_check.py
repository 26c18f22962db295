"""What `cardwright check` does with the linter: severities, settings, `allow`, drafts, and mending in place."""

from __future__ import annotations

import re

import pytest

from story import Story

GOOD = "title: Trams\ncards:\n  - id: a\n    front: Where do the trams of Oberfeld sleep?\n    back: In the depot.\n"
LONG = GOOD.replace("In the depot.", "word " * 30)
CROWD = "title: Trams\ncards:\n" + "".join(
    f"  - {{id: s{at}, front: 'On which line is stop {at} of Oberfeld?', back: Bells}}\n" for at in range(5)
)
DECK = "name: Oberfeld\ncards: [trams]\n"


def _codes(text: str) -> list[str]:
    return re.findall(r"\[(CW\d+)\]", text)


def test_a_warning_stops_nothing_unless_asked(story: Story) -> None:
    """Exit 0, and 1 with --strict; a build neither stops nor speaks of it."""
    story.write("cards/trams.yaml", LONG)
    story.write("decks/trams.yaml", DECK)

    assert (story.run("check").code, story.run("check", "--strict").code) == (0, 1)
    assert _codes(story.run("check").err) == ["CW831"]
    built = story.run("build")
    assert (built.code, _codes(built.err)) == (0, [])


def test_an_info_never_counts_and_is_one_line(story: Story) -> None:
    """Neither the line meant nor a caret is shown."""
    story.write("cards/trams.yaml", CROWD)

    said = story.run("check", "--strict")

    assert said.code == 0
    assert said.err.count("\n") == 2
    assert said.err.startswith("cards/trams.yaml:3:")
    assert _codes(said.err) == ["CW873"]


@pytest.mark.parametrize("form", ["json", "github"])
def test_findings_are_diagnostics_like_others(story: Story, form: str) -> None:
    """With code, place and the name to allow it by."""
    story.write("cards/trams.yaml", LONG)

    said = story.run("check", "--format", form)

    assert "CW831" in said.out
    assert "(answer-too-long)" in said.out
    if form == "json":
        assert [(each["severity"], each["line"]) for each in said.data] == [("warning", 5)]
    else:
        assert said.out.startswith("::warning file=cards/trams.yaml,line=5,")


def test_many_findings_are_counted_by_rule(story: Story) -> None:
    """One line at the end says what there is most of."""
    cards = "".join(
        f"  - {{id: c{at}, front: 'Describe stop {at} of Oberfeld.', back: {'word ' * (30 if at < 4 else 3)}}}\n"
        for at in range(8)
    )
    story.write("cards/trams.yaml", f"title: Trams\ncards:\n{cards}")

    assert story.run("check").out.splitlines()[-1] == "lint: 12 findings: 8 vague-question, 4 answer-too-long"


def test_with_an_error_the_linter_waits(story: Story) -> None:
    """What cannot be read is not worth a word on its style."""
    story.write("cards/trams.yaml", LONG + "  - id: b\n    front: Why?\n")

    assert _codes(story.run("check").err) == ["CW407"]


def test_a_draft_is_not_linted(story: Story) -> None:
    """It waits for a person anyway; and it makes no other card a twin or one of a crowd."""
    story.write("cards/trams.yaml", LONG + "    draft: true\n    allow: yes-no-question\n")

    assert story.run("check").err == ""


def test_a_card_allows_a_rule(story: Story) -> None:
    """That rule is silent for it; one that is unknown or not needed is told of."""
    story.write("cards/trams.yaml", LONG + "    allow: [answer-too-long]\n")
    assert story.run("check").err == ""

    story.write("cards/trams.yaml", LONG + "    allow: [answer-to-long, trivia]\n")
    said = story.run("check")
    assert _codes(said.err) == ["CW831", "CW801", "CW802"]
    assert "did you mean 'answer-too-long'?" in said.err


SETTINGS = {
    "a higher threshold": ("answer-words = 40", []),
    "a lower one": ("answer-words = 20", ["CW831"]),
    "a rule that is off": ('off = ["answer-too-long"]', []),
    "an unknown rule": ('off = ["answer-to-long"]', ["CW002"]),
    "rules that are no list": ('off = "answer-too-long"', ["CW002"]),
    "an unknown key": ("answer-word = 40", ["CW002"]),
    "a text for a number": ('answer-words = "40"', ["CW002"]),
    "a truth for a number": ("answer-words = true", ["CW002"]),
    "nothing for a number": ("answer-words = 0", ["CW002"]),
    "a share beyond all": ("answer-share = 1.5", ["CW002"]),
    "a crowd of one": ("crowd = 1", ["CW002"]),
    "a crowd of two": ("crowd = 2", ["CW831"]),
}


@pytest.mark.parametrize("case", SETTINGS)
@pytest.mark.parametrize("file", ["cardwright.toml", "pyproject.toml"])
def test_thresholds_stand_in_the_settings(story: Story, case: str, file: str) -> None:
    """In either file; what cannot be meant is an error at its line, with what can."""
    line, codes = SETTINGS[case]
    story.delete("cardwright.toml")
    table = "" if file == "cardwright.toml" else "tool.cardwright."
    head = 'namespace = "story"' if not table else '[tool.cardwright]\nnamespace = "story"'
    story.write(file, f"{head}\n\n[{table}lint]\n{line}\n")
    story.write("cards/trams.yaml", LONG)

    said = story.run("check")

    assert _codes(said.err) == codes
    if codes == ["CW002"]:
        assert said.code == 1
        assert f"{file}:{5 if table else 4}:1: error[CW002]" in said.err
        assert "help: " in said.err


def test_the_least_that_a_threshold_takes_is_said(story: Story) -> None:
    """One card is no crowd."""
    story.write("cardwright.toml", 'namespace = "story"\n[lint]\ncrowd = 1\n')

    assert "'crowd' takes a whole number from 2 on" in story.run("check").err


def test_a_table_is_a_table(story: Story) -> None:
    """`lint = 3` is told of too."""
    story.write("cardwright.toml", 'namespace = "story"\nlint = 3\n')

    said = story.run("build")

    assert "cardwright.toml: error[CW002]: 'lint' is a table" in said.err


def test_a_wrong_threshold_stops_no_build(story: Story) -> None:
    """The linter alone reads them."""
    story.write("cardwright.toml", 'namespace = "story"\n[lint]\nanswer-words = "many"\n')
    story.write("cards/trams.yaml", GOOD)
    story.write("decks/trams.yaml", DECK)

    assert story.run("build").code == 0


def test_the_date_of_a_document_counts(story: Story) -> None:
    """A price is no news of unknown age where its document has a date."""
    story.write("seeds/fares.md", "# Fares\n\nA ticket is 3 euros.\n")
    story.write("cards/trams.yaml", GOOD.replace("In the depot.", "For €3.") + "    source: fares.md:3\n")
    assert _codes(story.run("check").err) == ["CW881"]

    story.write("seeds/sources.yaml", "fares.md:\n  date: 2026-03\n")
    assert story.run("check").err == ""


def test_words_of_title_and_tags_are_known(story: Story) -> None:
    """A question need not say what its deck is about."""
    card = "  - id: a\n    front: What is the notice period?\n    back: Three months.\n"
    story.write("cards/a.yaml", f"title: Law\ncards:\n{card}")
    assert _codes(story.run("check").err) == ["CW816"]

    for head in ("title: Periods of law", "title: Law\ntags: [notice]"):
        story.write("cards/a.yaml", f"{head}\ncards:\n{card}")
        assert story.run("check").err == "", head


TWINS = "title: {}\ncards:\n  - {{id: {}, front: {}, back: x}}\n"


def test_one_question_twice_is_told_once(story: Story) -> None:
    """In a file and in a deck that has a code of its own; in two decks the linter tells."""
    question = "Where do trams of Oberfeld sleep?"
    story.write("cards/a.yaml", TWINS.format("A", "a", question) + f"  - {{id: b, front: {question}, back: x}}\n")
    assert _codes(story.run("check").err) == ["CW419"]

    story.write("cards/a.yaml", TWINS.format("A", "a", question))
    story.write("cards/b.yaml", TWINS.format("B", "b", question))
    story.write("decks/one.yaml", "name: One\ncards: [a, b]\n")
    assert _codes(story.run("check").err) == ["CW527"]

    story.write("decks/one.yaml", "name: One\ncards: [a]\n")
    story.write("decks/two.yaml", "name: Two\ncards: [b]\n")
    assert _codes(story.run("check").err) == ["CW871"]


# (before, after): ¶ stands for the line end, so that each is tried with both kinds
MENDED = {
    "plain": ("back: This is a tram hall.  # why", "back: A tram hall.  # why"),
    "single quotes": ("back: 'This is Oma''s  hall: warm.'", "back: 'Oma''s hall: warm.'"),
    "double quotes": ('back: "This is\\u0020a  tram hall."', 'back: "A tram hall."'),
    "lines in double quotes": ('back: "Two tram  halls:\\n- b"', 'back: "Two tram halls:\\n- b"'),
    "a block": (
        "back: |  # why¶      Also, two  halls:¶      - `a  b`",
        "back: |  # why¶      Two halls:¶      - `a  b`",
    ),
    "folded": ("back: >-¶      This is¶      a tram hall.", "back: >-¶      A tram hall."),
    "what needs quotes now": ("back: This is [a] tram hall.", "back: '[A] tram hall.'"),
    "a front": ("back: x y¶    extra: a  b", "back: x y¶    extra: a b"),
}


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["unix", "windows"])
@pytest.mark.parametrize("case", MENDED)
def test_only_the_text_is_mended(story: Story, case: str, end: str) -> None:
    """In the style it was written in; a second run finds nothing."""
    head = "\ufefftitle: Trams # one¶cards:¶  - id: a¶    front: 'What is a depot of Oberfeld'¶    "
    before, after = (f"{head}{text}¶# two¶".replace("¶", end) for text in MENDED[case])
    after = after.replace("of Oberfeld'", "of Oberfeld?'")
    story.write_bytes("cards/a.yaml", before.encode())

    said = story.run("check", "--fix")

    assert story.read("cards/a.yaml") == after
    assert said.code == 0
    assert set(_codes(said.err)) <= {"CW803"}
    assert story.run("check", "--fix").err == ""
    assert story.read("cards/a.yaml") == after


def test_what_was_mended_is_told_where_it_stands_now(story: Story) -> None:
    """New ids and fewer lines of a text move what is below them."""
    story.write(
        "cards/a.yaml",
        """
        title: A
        cards:
          - front: What is a depot of Oberfeld
            back: >-
              This is
              a tram
              hall.
          - front: What is a tram of Oberfeld
            back: This is a train for streets.
        """,
    )

    said = story.run("check", "--fix", "--format", "json")

    lines = story.read("cards/a.yaml").split("\n")
    shown = [(each["code"], lines[each["line"] - 1][each["column"] - 1 :]) for each in said.data]
    assert shown == [
        ("CW401", "what-is-a-depot-of-oberfeld"),
        ("CW803", "What is a depot of Oberfeld?"),
        ("CW803", ">-"),
        ("CW401", "what-is-a-tram-of-oberfeld"),
        ("CW803", "What is a tram of Oberfeld?"),
        ("CW803", "A train for streets."),
    ]


def test_what_is_allowed_off_or_a_draft_is_not_mended(story: Story) -> None:
    """Whoever wants the words as they are keeps them."""
    card = GOOD.replace("In the depot.", "This is a tram depot.")
    for extra in ("    allow: filler-opening\n", "    draft: true\n"):
        story.write("cards/trams.yaml", card + extra)
        assert story.run("check", "--fix").err == "", extra
    story.write("cards/trams.yaml", card)
    story.write("cardwright.toml", 'namespace = "story"\n[lint]\noff = ["filler-opening"]\n')
    assert story.run("check", "--fix").err == ""
    assert story.read("cards/trams.yaml") == card


def test_ids_and_texts_are_mended_in_one_run(story: Story) -> None:
    """A card without an id is mended too."""
    story.write(
        "cards/a.yaml", "title: A\ncards:\n  - front: What is **sand** for\n    back: Also, for  grip on wet rails.\n"
    )

    said = story.run("check", "--fix")

    assert said.code == 0
    assert story.read("cards/a.yaml") == (
        "title: A\ncards:\n  - id: what-is-sand-for\n    front: What is **sand** for?\n    back: For grip on wet rails.\n"
    )
    assert _codes(said.err) == ["CW401", "CW803", "CW803"]


def test_to_extraction_a_mended_text_is_an_edit_by_hand(story: Story) -> None:
    """It keeps its words when the document is read again."""
    story.write("seeds/tram.md", "# Trams\n\n- Depot: This is where trams of Oberfeld sleep.\n")
    story.write(
        "rules/a.yaml",
        "into: x\nrules:\n  - {name: r, select: 'ul.terms > li', front: 'What is a **{dfn}**?', back: '{rest}'}\n",
    )
    assert story.run("extract").code == 0
    assert story.run("check", "--fix").code == 0
    mended = story.read("cards/x.yaml")

    assert "back: Where trams of Oberfeld sleep." in mended
    assert story.run("extract").code == 0
    assert story.read("cards/x.yaml") == mended


def test_a_text_that_something_else_shares_is_mended_alone(story: Story) -> None:
    """The other one gets the old text for its own."""
    text = "title: T\ncards:\n  - {id: a, front: What is a hall of Oberfeld?, back: &x This is one hall of trams., extra: *x}\n"
    story.write("cards/a.yaml", text)

    said = story.run("check", "--fix")

    assert said.code == 0
    assert story.read("cards/a.yaml") == text.replace("&x This is one hall of trams.", "One hall of trams.").replace(
        "*x", "This is one hall of trams."
    )
