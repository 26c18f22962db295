"""Documents to card YAML, and what extracting again leaves alone."""

from __future__ import annotations

import pytest

from story import Story

RULES = """
    into: values
    tags: [work]
    rules:
      - name: meaning
        select: li:has(> dfn)
        front: 'What does **{dfn}** mean[ at {company}]?'
        back: '{rest|short}'
    """
HANDBOOK = """
    # Values

    - Quiet benches: questions are written down before they are asked.
    - Second ear: somebody else listens to each instrument before it leaves.
    """


@pytest.fixture
def workshop(story: Story) -> Story:
    """A project with a document of two values and a rule for them."""
    story.write("seeds/handbook.md", HANDBOOK)
    story.write("rules/values.yaml", RULES)
    return story


def test_new_cards_are_written_with_id_and_place(workshop: Story) -> None:
    """Each value becomes a card that names the line it came from."""
    said = workshop.run("extract")

    assert said.code == 0
    assert "2 cards added" in said.out
    text = workshop.read("cards/values.yaml")
    assert text.startswith("# yaml-language-server: $schema=../schemas/cards.json\n")
    assert "title: Values\ntags: [work]\n" in text
    assert "  - id: quiet-benches\n    front: What does **Quiet benches** mean?\n" in text
    assert "    source: handbook.md:3\n" in text
    assert workshop.run("check").code == 0


def test_extracting_twice_changes_nothing(workshop: Story) -> None:
    """The second run writes the same bytes, or rather none."""
    workshop.run("extract")
    before = workshop.files()

    said = workshop.run("extract")

    assert said.code == 0
    assert "0 cards added, 2 known and kept" in said.out
    assert workshop.files() == before


def test_a_hand_edit_stays_and_new_cards_join(workshop: Story) -> None:
    """The document grows: the new card is added, the edited one keeps the person's words and comments."""
    workshop.run("extract")
    edited = workshop.read("cards/values.yaml").replace(
        "back: somebody else listens", "# ask Ines\n    back: A second person listens"
    )
    edited = edited.replace("back: Somebody else listens", "# ask Ines\n    back: A second person listens")
    workshop.write("cards/values.yaml", edited)
    workshop.write("seeds/handbook.md", HANDBOOK + "    - Clean floor: whoever spills sweeps.\n")

    said = workshop.run("extract")

    assert said.code == 0
    assert "1 card added" in said.out
    assert "1 edited by hand" in said.out
    text = workshop.read("cards/values.yaml")
    assert "# ask Ines\n    back: A second person listens" in text
    assert "id: clean-floor" in text


def test_a_deleted_card_stays_deleted(workshop: Story) -> None:
    """What a person removed does not come back, however often the rules propose it."""
    workshop.run("extract")
    text = workshop.read("cards/values.yaml")
    first = text.index("  - id: quiet-benches")
    workshop.write("cards/values.yaml", text[:first] + text[text.index("  - id: second-ear") :])

    for _ in range(2):
        said = workshop.run("extract")

        assert "1 deleted by hand" in said.out
        assert "quiet-benches" not in workshop.read("cards/values.yaml")


def test_a_dry_run_shows_the_patch_and_writes_nothing(workshop: Story) -> None:
    """The diff has the new card; the folder is as before."""
    before = workshop.files()

    said = workshop.run("extract", "--dry-run")

    assert said.code == 0
    assert "+++ cards/values.yaml" in said.out
    assert "+  - id: quiet-benches" in said.out
    assert workshop.files() == before


def test_a_dry_run_as_json_lists_the_proposals(workshop: Story) -> None:
    """One object a proposal, with the keys that other tools read."""
    said = workshop.run("extract", "--dry-run", "--format", "json")

    first = said.data[0]
    assert set(first) >= {"id", "front", "back", "cloze", "extra", "tags", "draft", "source", "rule"}
    assert first["id"] == "quiet-benches"
    assert first["source"] == ["handbook.md:3"]
    assert first["rule"] == "meaning"


def test_documents_outside_the_project_can_be_tried(workshop: Story, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A foreign document gives proposals on a dry run, described by the sources.yaml beside it, and is refused else."""
    away = tmp_path_factory.mktemp("away")
    (away / "other.md").write_text("# Values\n\n- Slow hands: nobody hurries a varnish.\n", encoding="utf-8")
    (away / "sources.yaml").write_text("other.md:\n  company: Fernwood\n", encoding="utf-8")

    tried = workshop.run("extract", "--dry-run", "--format", "json", str(away / "other.md"))
    refused = workshop.run("extract", str(away / "other.md"))

    assert [each["front"] for each in tried.data] == ["What does **Slow hands** mean at Fernwood?"]
    assert refused.code == 1
    assert "--dry-run" in refused.err


def test_an_interrupted_run_is_mended_by_the_next_one(workshop: Story) -> None:
    """The cards were written and the lock was not: the next run adopts them and adds nothing."""
    workshop.run("extract")
    cards = workshop.read("cards/values.yaml")
    lock = workshop.read("cards/extracted.lock")
    workshop.delete("cards/extracted.lock")

    said = workshop.run("extract")

    assert "0 cards added" in said.out
    assert workshop.read("cards/values.yaml") == cards
    assert workshop.read("cards/extracted.lock") == lock


def test_outline_prints_what_was_understood(workshop: Story) -> None:
    """The tree names the terms with their lines."""
    said = workshop.run("outline", "seeds/handbook.md")

    assert said.code == 0
    assert "Quiet benches" in said.out
    assert "dfn" in said.out


def test_why_tells_document_rule_and_passage(workshop: Story) -> None:
    """By id or by words of the card."""
    workshop.run("extract")

    for wanted in ("quiet-benches", "quiet written"):
        said = workshop.run("why", wanted)

        assert said.code == 0
        assert "rule meaning" in said.out
        assert "seeds/handbook.md:3" in said.out
        assert "questions are written down before they are asked" in said.out


def test_why_suggests_the_nearest_id(workshop: Story) -> None:
    """A mistyped id is an error with a suggestion."""
    workshop.run("extract")

    said = workshop.run("why", "quiet-bench")

    assert said.code == 1
    assert "did you mean 'quiet-benches'?" in said.err


def test_a_document_that_is_gone_is_told_of_once(workshop: Story) -> None:
    """Its cards stay, and both commands say what may be done with them."""
    workshop.run("extract")
    workshop.delete("seeds/handbook.md")
    workshop.write("seeds/other.md", "# Values\n\n- Clean floor: whoever spills, sweeps.\n")

    said, checked = workshop.run("extract"), workshop.run("check")

    assert "2 no longer said by the document and left alone: quiet-benches, second-ear" in said.out
    assert "Delete from cards/ what you do not want to learn any more" in said.out
    assert checked.err.count("CW430") == 1
    assert "source 'handbook.md:3': there is no such document in seeds/; this file names it 2 times" in checked.err


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_a_place_in_a_document_is_there_whatever_ends_its_lines(workshop: Story, end: bytes) -> None:
    """Old Macs ended lines with a carriage return alone."""
    workshop.write_bytes("seeds/handbook.md", workshop.read("seeds/handbook.md").encode().replace(b"\n", end))
    workshop.run("extract")

    assert "CW430" not in workshop.run("check").err


def test_a_document_of_few_cards_comes_with_the_command_that_tells_why(workshop: Story) -> None:
    """As long as there is news, or it gives none at all; a document that is on cards by half is left in peace."""
    plain = workshop.run("extract")
    workshop.write("seeds/diary.md", "# Diary\n\nIt rained all day, and nobody came to the shop.\n")

    poor = workshop.run("extract")

    assert "rules try" not in plain.out
    assert "cardwright rules try values seeds/diary.md" in poor.out
    assert workshop.run("rules", "try", "values", "seeds/diary.md").code == 0
