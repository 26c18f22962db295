"""A new project."""

from __future__ import annotations

from pathlib import Path

import pytest

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
    assert said.err.startswith("cardwright.toml: error[CW006]")
    assert said.err.endswith("\n1 error\n")
    assert story.files() == before


def test_files_that_are_no_project_are_all_named(story: Story) -> None:
    """Each that would be overwritten; nothing is written."""
    story.delete("cardwright.toml")
    story.write("rules/notes.yaml", "mine")
    story.write("seeds/sources.yaml", "mine")
    before = story.files()

    said = story.run("init")

    assert said.err.count("error[CW006]") == 2
    assert story.files() == before


def test_a_gitignore_of_ones_own_stays(story: Story) -> None:
    """As in a repository that was made elsewhere; what belongs into it is printed."""
    story.delete("cardwright.toml")
    story.write(".gitignore", "*.bak\n")

    said = story.run("init")

    assert said.code == 0, said.err
    assert story.read(".gitignore") == "*.bak\n"
    assert "add to your .gitignore, what it has not yet: .cardwright/ decks/*.apkg" in said.out


def test_a_document_that_cannot_be_read_leaves_a_project(story: Story) -> None:
    """It is told of, and the project is there to mend it in."""
    story.delete("cardwright.toml")
    story.write_bytes("seeds/picture.txt", b"\x89PNG\x00\x00")

    said = story.run("init", "--empty")

    assert (said.code, "seeds/picture.txt:1:5: error[CW102]" in said.err) == (1, True)
    assert said.out.startswith("made a project in ")
    assert said.out.endswith("\n  mend what is told of, then: cardwright extract\n")


def test_an_empty_project_waits_for_documents(story: Story) -> None:
    """Nothing of the example is there; every command says what to do, and the first document gives cards."""
    story.delete("cardwright.toml")
    made = story.run("init", "violins", "--empty")
    project = Story(story.root / "violins", namespace="violins")
    said = project.run("extract"), project.run("build")

    project.write("seeds/glue.md", "# Glues\n\n- Hide glue: warmed before use.\n- Fish glue: used cold.\n")
    extracted, built = project.run("extract"), project.run("build")

    assert made.code == 0, made.err
    assert list((project.root / "seeds").iterdir()) == [project.root / "seeds/glue.md"]
    assert "put .txt, .md or .html files into this folder" in said[0].err
    assert "make it with 'cardwright extract', or write it" in said[1].err
    assert extracted.out.startswith("2 cards added")
    assert built.out.startswith("2 cards: 2 new")


def test_documents_that_are_there_become_cards_at_once(story: Story) -> None:
    """Notes may lie in seeds/ before the project is made around them."""
    story.delete("cardwright.toml")
    story.write("seeds/glue.md", "# Glues\n\n- Hide glue: warmed before use.\n- Fish glue: used cold.\n")

    made = story.run("init", "--empty")

    assert made.code == 0, made.err
    assert "2 cards added" in made.out
    assert "What does **Hide glue** mean (Glues)?" in story.read("cards/notes.yaml")


def test_the_way_into_the_new_folder_is_one_that_a_shell_takes(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    """Below the folder one is in, with blanks in its name."""
    story.delete("cardwright.toml")
    monkeypatch.chdir(story.root)

    made = story.run("init", "my decks/violins")

    assert "\n  cd 'my decks/violins'\n" in made.out


# Documents as people have them: what is in one, and what must be asked or hidden of it.
FORMS = {
    "a definition list": (
        "glue.html",
        "<h1>Glues</h1><dl><dt>Hide glue</dt><dd>A glue of skin and bone that is warmed before use.</dd>"
        "<dt>Fish glue</dt><dd>A glue of fish skin that is used cold.</dd>"
        "<dt>Size</dt><dd>A thin glue that closes the pores.</dd></dl>",
        "What does **Fish glue** mean (Glues)?",
    ),
    "facts": (
        "glue.html",
        "<h1>Glues</h1><h2>The pot</h2><dl><dt>Holds</dt><dd>2 litres</dd><dt>Kept at</dt><dd>60 °C</dd></dl>",
        "Glues, The pot: **Kept at**?",
    ),
    "a table": (
        "glue.md",
        "# Glues\n\n| Glue | Used |\n| --- | --- |\n| Fish glue | cold |\n",
        "Glues: **Fish glue** – Used?",
    ),
    "steps": (
        "glue.md",
        "# Gluing\n\n1. Warm it.\n2. Brush it on.\n3. Clamp it.\n",
        "What are the three steps of “Gluing”, in order?",
    ),
    "a list": (
        "glue.md",
        "# Glues\n\n## Stock\n\n- hide glue\n- fish glue\n- bone glue\n",
        "Which points stand under “Stock” (Glues)?",
    ),
    "what goes wrong": (
        "glue.md",
        "# Glues\n\n- A joint that opens in winter: the glue was too thin.\n",
        "back: The glue was too thin",
    ),
    "a question": ("glue.txt", "Glues\n\nQ: Is it warmed?\nA: Yes, before use.\n", "Is it warmed?"),
    "a question as heading": (
        "glue.md",
        "# Glues\n\n## Why is it warmed?\n\nIt is stiff when cold.\n",
        "Why is it warmed? (Glues)",
    ),
    "bold words": (
        "glue.md",
        "# Glues\n\nIt is brushed on **both sides** of a joint.\n",
        "brushed on {{c1::both sides}} of a joint",
    ),
    "a figure": ("glue.md", "# Glues\n\nThe pot is kept at 60 °C all day.\n", "kept at {{c1::60 °C}} all day"),
    "a definition": (
        "glue.md",
        "# Glues\n\nSize is a thin glue that closes the pores of the wood.\n",
        "Size is {{c1::a thin glue",
    ),
    "a reason": (
        "glue.md",
        "# Glues\n\nThe joint is warmed first, so that the glue does not gel.\n",
        "{{c1::so that the glue does not gel}}",
    ),
    "an acronym": (
        "glue.md",
        "# Glues\n\nToday many use Polyvinyl Acetate (PVA) in its place.\n",
        "What does **PVA** stand for (Glues)?",
    ),
}


@pytest.mark.parametrize(("name", "text", "asked"), FORMS.values(), ids=FORMS)
def test_the_starters_rules_know_the_forms_of_notes(story: Story, name: str, text: str, asked: str) -> None:
    """One fact in the form gives a card that says so."""
    story.delete("cardwright.toml")
    story.write(f"seeds/{name}", text)

    made = story.run("init", "--empty")

    assert made.code == 0, made.err
    assert asked in story.read("cards/notes.yaml")


def test_the_starter_has_the_projects_own_vocabulary() -> None:
    """A new project reads documents as well as this one does."""
    starter = REPOSITORY / "src/cardwright/starter/rules/vocabulary.yaml"

    assert starter.read_bytes() == (REPOSITORY / "rules/vocabulary.yaml").read_bytes()
