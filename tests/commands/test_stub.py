"""Entries in sources.yaml for documents that have none."""

from __future__ import annotations

import pytest

from story import Story

POSTING = """
    Senior Luthier at Larkspur Instruments

    Company: Larkspur Instruments
    Job Title: Senior Luthier
    Location: Oberfeld

    ## Requirements

    - Patience
    - A steady hand
    """
KNOWN = """
    # Written by hand.
    old.md:
      label: old handbook   # as everybody calls it
    """


@pytest.fixture
def workshop(story: Story) -> Story:
    """Two documents, one of which is known."""
    story.write("seeds/old.md", "# Old\n\nNothing is opened here.")
    story.write("seeds/posting.txt", POSTING)
    story.write("seeds/sources.yaml", KNOWN)
    return story


def test_a_new_document_gets_an_entry_with_what_was_inferred(workshop: Story) -> None:
    """What could not be inferred stands there as a comment, to be filled in."""
    said = workshop.run("extract", "--stub")

    assert said.code == 0
    assert "seeds/sources.yaml: posting.txt" in said.out
    text = workshop.read("seeds/sources.yaml")
    entry = text[text.index("posting.txt:") :]
    assert "  company: Larkspur Instruments\n" in entry
    assert "  role: Senior Luthier\n" in entry
    assert "  # url:\n  # date:\n" in entry
    assert workshop.run("check").code == 0


def test_what_was_written_by_hand_stays_byte_for_byte(workshop: Story) -> None:
    """Comments and order included: the entry is appended."""
    before = workshop.read("seeds/sources.yaml")

    workshop.run("extract", "--stub")

    assert workshop.read("seeds/sources.yaml").startswith(before)


def test_a_second_stub_adds_nothing(workshop: Story) -> None:
    """Every document has its entry by then."""
    workshop.run("extract", "--stub")
    before = workshop.files()

    said = workshop.run("extract", "--stub")

    assert "every document has its entry" in said.out
    assert workshop.files() == before


def test_without_a_file_one_is_made(workshop: Story) -> None:
    """With a line that says what it is for."""
    workshop.delete("seeds/sources.yaml")

    workshop.run("extract", "--stub")

    text = workshop.read("seeds/sources.yaml")
    assert text.startswith("# What the documents here are")
    assert "\nold.md:\n" in text
    assert "\nposting.txt:\n" in text


def test_a_broken_sources_file_is_told_and_left(workshop: Story) -> None:
    """With an error nothing is written."""
    workshop.write("seeds/sources.yaml", "old.md: [label")
    before = workshop.files()

    said = workshop.run("extract", "--stub")

    assert said.code == 1
    assert "seeds/sources.yaml:" in said.err
    assert workshop.files() == before


def test_cards_are_the_same_with_the_stub_as_without(workshop: Story) -> None:
    """A stub writes down what is inferred anyway."""
    workshop.write("rules/any.yaml", """
        into: any
        rules:
          - name: asked
            select: ul
            front: 'What does {document} ask for[ at {company}][ of a {role}]?'
            back: '{items}'
        """)  # fmt: skip
    without = workshop.run("extract", "--dry-run", "--format", "json").data

    workshop.run("extract", "--stub")

    assert without
    assert workshop.run("extract", "--dry-run", "--format", "json").data == without


def test_a_document_named_twice_gets_one_entry(workshop: Story) -> None:
    """As a shell's pattern and a name may do."""
    said = workshop.run("extract", "--stub", "seeds/posting.txt", "seeds/posting.txt")

    assert said.code == 0
    assert workshop.read("seeds/sources.yaml").count("posting.txt:") == 1


@pytest.mark.parametrize("text", ["{}\n", "{old.md: {title: Old}}\n", "  old.md:\n    title: Old\n"])
def test_a_file_that_cannot_be_appended_to_is_told_with_what_to_write(workshop: Story, text: str) -> None:
    """Braces around all of it, or keys that are indented."""
    workshop.write_bytes("seeds/sources.yaml", text.encode())
    before = workshop.files()

    said = workshop.run("extract", "--stub")

    assert said.code == 1
    assert "seeds/sources.yaml: error[CW111]" in said.err
    assert workshop.files() == before
