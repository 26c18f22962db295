"""What the shipped rules make of documents: card files and tables, byte for byte.

The goldens beside this file were read by a person. `pytest --force-regen` rewrites them and fails.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml
from pytest_regressions.file_regression import FileRegressionFixture

from story import Story

REPOSITORY = Path(__file__).parents[2]
FERRY = REPOSITORY / "tests/data/extraction/ferry-data-engineer.txt"
# Several files of rules may go into one file of cards.
TOPICS = sorted(
    {
        str(yaml.safe_load(path.read_text("utf-8"))["into"])
        for path in (REPOSITORY / "rules").glob("*.yaml")
        if path.stem not in ("vocabulary", "glossary")
    }
)


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> Story:
    """The project's documents and rules, without its cards: everything is extracted anew."""
    story = Story(tmp_path_factory.mktemp("extracted"), namespace="netflix-interview")
    for name in ("seeds", "rules", "decks"):
        ignored = shutil.ignore_patterns("*.apkg", "*.csv", "*.anki.txt", "*.lock")
        shutil.copytree(REPOSITORY / name, story.root / name, ignore=ignored)
    said = story.run("extract")
    assert said.code == 0, said.err
    return story


@pytest.mark.parametrize("topic", TOPICS)
def test_each_topic_is_extracted_as_before(
    extracted: Story, topic: str, file_regression: FileRegressionFixture
) -> None:
    """The card file of a topic, from the project's own five documents."""
    file_regression.check((extracted.root / f"cards/{topic}.yaml").read_bytes(), binary=True, extension=".yaml")


def test_the_table_of_all_topics_is_as_before(extracted: Story, file_regression: FileRegressionFixture) -> None:
    """The CSV of the deck of all topics."""
    said = extracted.run("build")

    assert said.code == 0, said.err
    file_regression.check((extracted.root / "decks/netflix-interview.csv").read_bytes(), binary=True, extension=".csv")


def test_a_document_of_another_company_gives_cards_without_a_new_rule(
    story: Story, file_regression: FileRegressionFixture
) -> None:
    """A posting that no rule was written for: values, requirements, benefits, pay, stages and mistakes all give cards."""
    shutil.copytree(REPOSITORY / "rules", story.root / "rules")
    (story.root / "seeds").mkdir()
    shutil.copy(FERRY, story.root / "seeds")

    said = story.run("extract")

    assert said.code == 0, said.err
    made = "".join(path.read_text("utf-8") for path in sorted((story.root / "cards").glob("*.yaml")))
    file_regression.check(made.encode(), binary=True, extension=".yaml")


def test_what_is_wrong_in_a_project_is_told_as_before(story: Story, file_regression: FileRegressionFixture) -> None:
    """Rendered diagnostics of a rule file, a card file, a deck and a description of documents, all in one run."""
    story.write("seeds/tea.md", "# Tea\n\n- Green: 70 degrees.\n")
    story.write("seeds/sources.yaml", "tea.md:\n  titel: Tea\ncoffee.md:\n  title: Coffee\n")
    story.write(
        "rules/tea.yaml", "into: tea\nrules:\n  - name: a\n    selct: li\n    front: 'What is {dnf}?'\n    back: x\n"
    )
    story.write("cards/tea.yaml", "title: Tea\ncards:\n  - id: green\n    front: How hot is it? #1\n    question: x\n")
    story.write("decks/tea.yaml", "name: Default\ncards: [tee]\n")

    said = story.run("check")

    assert said.code == 1
    file_regression.check(said.err.encode(), binary=True, extension=".txt")
