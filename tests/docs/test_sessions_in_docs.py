"""Sessions that the documentation shows are played, and say what the page says.

A page with ```console blocks is played from its top, in an empty folder. `$ ` stands before a command, the lines below it
are what the command prints, `...` for any lines. Before another block the last line tells what it is:

    Save this as `FILE`:    the file is written just so
    ... `FILE`:             with ```diff the file is edited so, else it holds these lines, in the same way with `...`
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from cardwright.cli import cli
from decks.learner import Learner

REPOSITORY = Path(__file__).parents[2]
TUTORIAL = REPOSITORY / "docs" / "tutorial.md"
PAGES = [page for page in sorted((REPOSITORY / "docs").rglob("*.md")) if "```console\n" in page.read_text("utf-8")]
BLOCK = re.compile(r"^(?P<before>\S[^\n]*\n\n)?```(?P<kind>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"(?P<save>Save this as )?`(?P<file>[^`\n]+)`:\s*$")


def play(page: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, Path]]:
    """Do all that a page says, in order; gives each command when it has run, with the folder."""
    here = folder
    for block in BLOCK.finditer(page.read_text("utf-8")):
        text, named = block["text"], NAMED.search(block["before"] or "")
        if block["kind"] == "console":
            for command, printed in _commands(text):
                if command[0] == "cd":
                    here = here / command[1]
                    continue
                monkeypatch.chdir(here)
                _holds(_run(command), printed, shlex.join(command))
                yield shlex.join(command), here
        elif named is None:
            continue
        elif named["save"]:
            (here / named["file"]).write_text(text, encoding="utf-8")
        elif block["kind"] == "diff":
            _edit(here / named["file"], text)
        else:
            _holds((here / named["file"]).read_text("utf-8"), f"...\n{text}...\n", named["file"])


def _commands(text: str) -> Iterator[tuple[list[str], str]]:
    for each in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        line, _, printed = each.partition("\n")
        yield shlex.split(line), printed


def _run(command: list[str]) -> str:
    """All that a command prints, as a terminal shows it."""
    assert command[0] == "cardwright", f"no test knows how to run: {shlex.join(command)}"
    return CliRunner().invoke(cli, command[1:], catch_exceptions=False).output


def _edit(file: Path, difference: str) -> None:
    """Put the lines with + in the place of those with -, where these and the lines around them stand once."""
    lines = difference.splitlines(keepends=True)
    before, after = ("".join(line[1:] for line in lines if line[0] in signs) for signs in (" -", " +"))
    text = file.read_text("utf-8")
    assert text.count(before) == 1, f"{file.name} has no such lines, or has them twice:\n{before}"
    file.write_text(text.replace(before, after), encoding="utf-8")


def _holds(said: str, expected: str, what: str) -> None:
    pattern = "".join(r"(?:.*\n)*?" if line == "...\n" else re.escape(line) for line in expected.splitlines(True))
    assert re.fullmatch(pattern, said), f"{what} says:\n{said}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_session_says_what_the_page_says(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every line that is printed there is printed, and no other."""
    assert [command for command, _ in play(page, tmp_path, monkeypatch)]


def test_the_decks_of_the_tutorial_arrive_in_anki(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first one, and the second over it; what the reader wrote is what is asked."""
    learner = Learner(tmp_path / "collection.anki2")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1777888000")
    counts: list[tuple[int, int]] = []
    for command, project in play(TUTORIAL, tmp_path, monkeypatch):
        if command == "cardwright build":
            log = learner.import_package(project / "decks/bread.apkg")
            counts.append((len(log["new"]), len(log["updated"])))
            monkeypatch.setenv("SOURCE_DATE_EPOCH", "1777974400")
    notes, sides = learner.notes(), learner.sides()
    learner.close()

    assert counts == [(11, 0), (2, 2)]
    assert {deck for note in notes.values() for _, deck in note[3]} == {"Bread::Notes"}
    assert len(sides) == 13
    water = next(note for note in notes.values() if note[1][0].startswith("How much water"))
    assert water[1][:2] == (
        "How much water goes into a bread dough, in baker's percentages?",
        "75 percent of the flour",
    )
