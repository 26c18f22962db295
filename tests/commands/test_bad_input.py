"""Bad input of every kind: a message with place and mend, exit 1, nothing written, the other files' errors too."""

from __future__ import annotations

import pytest

from story import Story

GOOD_CARD = """
    title: Tea
    cards:
      - id: green
        front: At what heat is green tea brewed?
        back: At 70 to 80 degrees.
    """

# (the file, its text, the code, the line and column meant, a part of the help)
BAD_FILES = {
    "rule with an unknown key": (
        "rules/tea.yaml",
        "into: tea\nrules:\n  - name: a\n    selct: li\n    front: '{text}?'\n    back: '{text}'\n",
        "CW207",
        ":4:5:",
        "did you mean 'select'?",
    ),
    "rule with an unknown placeholder": (
        "rules/tea.yaml",
        "into: tea\nrules:\n  - name: a\n    select: li\n    front: 'What is {dnf}?'\n    back: '{rest}'\n",
        "CW3",
        ":5:",
        "dfn",
    ),
    "rule with a selector that does not compile": (
        "rules/tea.yaml",
        "into: tea\nrules:\n  - name: a\n    select: 'li:has(> '\n    front: 'What is {dfn}?'\n    back: '{rest}'\n",
        "CW3",
        ":4:",
        "",
    ),
    "rule with a pattern that does not compile": (
        "rules/tea.yaml",
        "into: tea\nrules:\n  - name: a\n    select: li\n    match: '(?P<x>'\n    front: 'What is {dfn}?'\n    back: '{rest}'\n",
        "CW3",
        ":5:",
        "",
    ),
    "card file with a repeated key": (
        "cards/bad.yaml",
        "title: Bad\ncards:\n  - id: a\n    front: One?\n    front: Two?\n    back: B\n",
        "CW203",
        ":5:5:",
        "keep one",
    ),
    "card without a back": (
        "cards/bad.yaml",
        "title: Bad\ncards:\n  - id: a\n    front: One?\n",
        "CW4",
        ":4:12:",
        "back",
    ),
    "card file with a tab": ("cards/bad.yaml", "title: Bad\ncards:\n\t- id: a\n", "CW202", ":3:1:", "spaces"),
    "duplicate id in two files": (
        "cards/bad.yaml",
        "title: Bad\ncards:\n  - id: green\n    front: One?\n    back: B\n",
        "CW4",
        ":3:",
        "",
    ),
    "card file of the wrong shape": ("cards/bad.yaml", "- one\n- two\n", "CW206", ":1:1:", "title"),
    "two card files of one path": (
        "cards/bad.yaml",
        "title: tea\ncards:\n  - id: b\n    front: One?\n    back: B\n",
        "CW418",
        ":1:",
        "title",
    ),
    "deck that names a missing file": ("decks/bad.yaml", "name: Bad\ncards: [gren-tea]\n", "CW5", ":2:", ""),
}


# Which commands read the files of a folder.
READERS = {"rules": ("check", "extract"), "cards": ("check", "build", "extract"), "decks": ("check", "build")}
CONCERNED = [(case, command) for case, row in BAD_FILES.items() for command in READERS[row[0].split("/")[0]]]


@pytest.fixture
def tea(story: Story) -> Story:
    """A project that builds."""
    story.write("cards/tea.yaml", GOOD_CARD)
    story.write("decks/tea.yaml", "name: Tea house\ncards: [tea]\n")
    story.write("seeds/tea.md", "# Tea\n\n- Green: 70 degrees.\n")
    return story


@pytest.mark.parametrize(("case", "command"), CONCERNED)
def test_a_bad_file_stops_the_command_with_place_and_mend(tea: Story, case: str, command: str) -> None:
    """The message has path, line, code and help, and not a byte is written."""
    name, text, code, place, way_out = BAD_FILES[case]
    tea.write(name, text)
    before = tea.files()

    said = tea.run(command)

    assert said.code == 1
    assert f"{name}{place}" in said.err
    assert f"error[{code}" in said.err
    assert way_out in said.err
    assert "Traceback" not in said.err + said.out
    assert tea.files() == before


def test_all_files_errors_are_shown_at_once(tea: Story) -> None:
    """A bad rule file, two bad card files and a bad deck are all told of in one run of check."""
    tea.write("rules/a.yaml", "into: tea\nrules: [\n")
    tea.write("cards/b.yaml", "title: B\ncards:\n  - id: b\n    front: One?\n")
    tea.write("cards/c.yaml", "title: C\ncards:\n  - id: c\n    back: One.\n")
    tea.write("decks/d.yaml", "name: D\ncards: [nothing]\n")

    said = tea.run("check")

    assert said.code == 1
    for name in ("rules/a.yaml", "cards/b.yaml", "cards/c.yaml", "decks/d.yaml"):
        assert f"{name}:" in said.err


BAD_DOCUMENTS = {
    "empty": ("seeds/bad.txt", b"", 1, "CW1", "empty"),
    "binary": ("seeds/bad.txt", bytes(range(256)) * 20, 1, "CW1", ""),
    "over the size limit": ("seeds/bad.txt", b"word " * (3 << 20), 1, "CW1", "split"),
    "cut off in the middle": (
        "seeds/bad.html",
        b"<html><body><h1>Tea</h1><p>Green tea is <b>bre",
        0,
        "warning[CW1",
        "",
    ),
    "another encoding": (
        "seeds/bad.txt",
        "Thé vert\n\nLe thé préféré à Genève, à 80 degrés.\n".encode("cp1252") * 5,
        0,
        "warning[CW1",
        "",
    ),
}


@pytest.mark.parametrize("case", BAD_DOCUMENTS)
def test_a_document_that_reads_badly_is_told_of(tea: Story, case: str) -> None:
    """What cannot be read stops the run; what can be read in part is read, with a warning."""
    name, data, code, words, way_out = BAD_DOCUMENTS[case]
    tea.write_bytes(name, data)
    before = tea.files()

    said = tea.run("extract")

    assert said.code == code
    assert f"{name}:" in said.err or f"{name}: " in said.err
    assert words in said.err
    assert way_out in said.err
    assert "Traceback" not in said.err + said.out
    if code:
        assert tea.files() == before


def test_one_line_of_five_megabytes_is_read(tea: Story) -> None:
    """A document without a single line break neither hangs nor breaks the run."""
    tea.write_bytes("seeds/long.txt", b"Green tea is brewed at 70 degrees. " * 150_000)

    said = tea.run("extract", "--dry-run", "seeds/long.txt")

    assert said.code == 0
    assert "Traceback" not in said.err + said.out


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("tool = 3 # tool.cardwright\n", "CW001"),
        ('[project]\nname = "tool.cardwright"\n', "CW001"),
        ("[[tool.cardwright]]\nnamespace = 'a-b'\n", "CW002"),
        ("[tool]\ncardwright = 3\n", "CW002"),
        ("[tool.cardwright]\nnamespace = \n", "CW002"),
        ("[tool.cardwright]\nnamespace = 'a-b'\n", ""),
    ],
)
def test_a_pyproject_is_a_project_where_it_has_the_table(story: Story, text: str, code: str) -> None:
    """A mere mention is none, and what is there instead of a table is told of."""
    story.delete("cardwright.toml")
    story.write("pyproject.toml", text)

    said = story.run("check")

    assert (f"error[{code}]" in said.err) if code else said.code == 0


@pytest.mark.parametrize(
    "words", [("extract",), ("check",), ("build",), ("outline", "x.txt"), ("why", "x")], ids=" ".join
)
def test_without_a_project_each_command_says_how_to_make_one(story: Story, words: tuple[str, ...]) -> None:
    """No settings file up to the root of the disk: exit 1 and the way out."""
    story.delete("cardwright.toml")

    said = story.run(*words)

    assert said.code == 1
    assert "error[CW001]" in said.err
    assert "cardwright init" in said.err
