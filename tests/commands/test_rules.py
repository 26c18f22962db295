"""Seeing what rules catch: in one document passage by passage, and over all documents."""

from __future__ import annotations

import pytest

from story import Story

RULES = """
    into: values
    rules:
      - name: meaning
        kind: values
        select: li:has(> dfn)
        front: 'What does **{dfn}** mean?'
        back: '{rest|short}'
        priority: 5
      - name: together
        kind: values
        select: ul.terms
        min: 4
        front: 'Which values are there?'
        back: '{items}'
    """
OTHERS = """
    into: others
    rules:
      - name: any-point
        select: li:has(> dfn)
        match: 'instrument'
        front: 'What does **{dfn}** mean?'
        back: '{rest|short}'
        priority: 9
    """
HANDBOOK = """
    # Handbook

    ## Values

    - Quiet benches: questions are written down before they are asked.
    - Second ear: somebody else listens to each instrument before it leaves.
    - Clean floor: what you spill is swept before the evening.

    Nobody has read this sentence in years.
    """


@pytest.fixture
def workshop(story: Story) -> Story:
    """A document of three values, and two files of rules that want them."""
    story.write("seeds/handbook.md", HANDBOOK)
    story.write("rules/values.yaml", RULES)
    story.write("rules/others.yaml", OTHERS)
    story.write("rules/vocabulary.yaml", "kinds:\n  values:\n    words: [values]\n")
    return story


def test_a_trial_tells_passage_by_passage_what_came_of_it(workshop: Story) -> None:
    """Cards, what was lost to which rule and why, and passages without a card."""
    said = workshop.run("rules", "try", "values", "seeds/handbook.md")

    assert said.code == 0
    assert "+ meaning: What does **Quiet benches** mean? → Questions are written down" in said.out
    assert "- meaning lost to any-point: " in said.out
    assert "9  Nobody has read this sentence in years.\n         no card" in said.out
    assert "2 rules: 2 cards, 1 lost to other rules; 1 of 4 passages without a card" in said.out


def test_a_trial_as_data(workshop: Story) -> None:
    """The same for programs, one entry a passage."""
    said = workshop.run("rules", "try", "rules/values.yaml", "seeds/handbook.md", "--format", "json")

    first, second, _, last = said.data
    assert [card["rule"] for card in first["cards"] if card["on_trial"]] == ["meaning"]
    assert [(card["rule"], card["on_trial"]) for card in second["cards"]] == [("any-point", False)]
    assert [(lost["rule"], lost["winner"]) for lost in second["lost"]] == [("meaning", "any-point")]
    assert last["cards"] == []


def test_a_trial_of_a_kind_that_no_section_has_says_so(workshop: Story) -> None:
    """The commonest reason why a rule gives nothing."""
    workshop.write("seeds/handbook.md", HANDBOOK.replace("Values", "Benches"))

    said = workshop.run("rules", "try", "values", "seeds/handbook.md")

    assert "~ meaning: the section is of kind none, the rule wants values" in said.out


def test_a_near_miss_is_a_rule_that_one_thing_only_kept_from_the_passage(workshop: Story) -> None:
    """It is told with that thing; a rule that two things keep away is no near miss."""
    workshop.write("rules/lists.yaml", """
        into: lists
        rules:
          - name: four
            select: ul.terms
            min: 4
            front: 'Which values are there?'
            back: '{items}'
          - name: four-tools
            kind: tools
            select: ul.terms
            min: 4
            front: 'Which tools are there?'
            back: '{items}'
        """)  # fmt: skip
    workshop.write("rules/vocabulary.yaml", "kinds:\n  tools:\n    words: [tools]\n")
    workshop.write("rules/values.yaml", RULES.replace("kind: values", "kind: tools"))

    said = workshop.run("rules", "try", "lists", "seeds/handbook.md")

    assert "~ four: fewer than 4 items" in said.out
    assert "four-tools" not in said.out


def test_a_trial_writes_nothing(workshop: Story) -> None:
    """No card file and no lock."""
    before = workshop.files()

    workshop.run("rules", "try", "values", "seeds/handbook.md")

    assert workshop.files() == before


def test_a_rule_file_that_is_not_there_is_told_with_those_that_are(workshop: Story) -> None:
    """The name as typed, and what would have been right."""
    said = workshop.run("rules", "try", "vaules", "seeds/handbook.md")

    assert said.code == 1
    assert "vaules: error[CW003]: there is no rule file 'vaules'" in said.err
    assert "others, values" in said.err


def test_a_broken_rule_is_told_and_nothing_tried(workshop: Story) -> None:
    """The same message as `check` gives."""
    workshop.write("rules/values.yaml", RULES.replace("{dfn}", "{dnf}"))

    said = workshop.run("rules", "try", "values", "seeds/handbook.md")

    assert said.code == 1
    assert said.out == ""
    assert "dnf" in said.err


def test_the_list_tells_what_each_rule_gave(workshop: Story) -> None:
    """Cards, documents, how often it lost, and where it stands; a rule that gives nothing stands out."""
    said = workshop.run("rules", "list")

    rows = [line.split() for line in said.out.splitlines()]
    assert rows[0] == ["rule", "cards", "documents", "lost", "place"]
    assert rows[1][:4] == ["any-point", "1", "1", "0"]
    assert rows[2] == ["meaning", "2", "1", "1", "rules/values.yaml:3:11"]
    assert rows[3][:2] == ["together", "0"]


def test_the_list_as_data_names_the_documents(workshop: Story) -> None:
    """For programs."""
    said = workshop.run("rules", "list", "--format", "json")

    assert {row["rule"]: row["documents"] for row in said.data} == {
        "any-point": ["handbook.md"],
        "meaning": ["handbook.md"],
        "together": [],
    }


def test_a_failing_example_is_told_with_the_trial(workshop: Story) -> None:
    """As a warning: what the rule makes of the document is told all the same."""
    workshop.write("rules/others.yaml", OTHERS.replace("priority: 9", "priority: 9\n        try: [Nobody comes.]"))

    said = workshop.run("rules", "try", "others", "seeds/handbook.md")

    assert said.code == 0
    assert "rules/others.yaml:9:11: warning[CW310]: rule 'any-point' makes no card of its 'try' example" in said.err
    assert "+ any-point: " in said.out


def test_a_short_fact_is_told_where_it_gave_a_card(workshop: Story) -> None:
    """Two words are no passage that would be missed, but a card may come of them."""
    workshop.write("seeds/handbook.md", "# Handbook\n\nOwner: Ines\nTown: Oberfeld\nTrade: luthiers\n")
    workshop.write("rules/facts.yaml", """
        into: facts
        rules:
          - name: fact
            select: dt
            front: 'Which {key|lower} is it?'
            back: '{value}'
        """)  # fmt: skip

    said = workshop.run("rules", "try", "facts", "seeds/handbook.md")

    assert "+ fact: Which town is it? → Oberfeld" in said.out


def test_a_document_named_without_its_folder_is_told_with_it(workshop: Story) -> None:
    """Cards and sources.yaml name documents by their names alone."""
    said = workshop.run("rules", "try", "values", "handbook.md")

    assert said.code == 1
    assert "did you mean seeds/handbook.md?" in said.err
