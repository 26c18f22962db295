"""A new project."""

from __future__ import annotations

from pathlib import Path

from story import Story

REPOSITORY = Path(__file__).parents[2]


def test_a_new_project_builds_at_once(story: Story) -> None:
    """init, then build: a package is there and check has nothing to say."""
    story.delete("cardwright.toml")

    made = story.run("init", "violins")
    built = story.run("build", "-C", str(story.root / "violins"))
    checked = story.run("check", "--strict", "-C", str(story.root / "violins"))

    assert made.code == 0, made.err
    assert built.code == 0, built.err
    assert checked.code == 0, checked.err
    assert (story.root / "violins/decks/violins.apkg").is_file()
    assert 'namespace = "violins"' in story.read("violins/cardwright.toml")


def test_init_overwrites_nothing(story: Story) -> None:
    """In a folder that is a project already it stops and says which file is in the way."""
    before = story.files()

    said = story.run("init")

    assert said.code == 1
    assert "cardwright.toml: error[CW006]" in said.err
    assert story.files() == before


def test_the_starter_has_the_projects_own_vocabulary() -> None:
    """A new project reads documents as well as this one does."""
    starter = REPOSITORY / "src/cardwright/starter/rules/vocabulary.yaml"

    assert starter.read_bytes() == (REPOSITORY / "rules/vocabulary.yaml").read_bytes()
