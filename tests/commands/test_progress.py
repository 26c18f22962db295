"""Long work shows how far it is, on a terminal alone."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

from cardwright.progress import heard, steps
from story import Story

pty = pytest.importorskip("pty", reason="no pseudo-terminals on this system")


def on_a_terminal(story: Story, *words: str) -> str:
    """What a command writes to a terminal that its messages go to."""
    upper, lower = pty.openpty()
    command = [sys.executable, "-m", "cardwright", "-C", str(story.root), *words]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=lower) as run:
        os.close(lower)
        told = b""
        try:
            while piece := os.read(upper, 4096):
                told += piece
        except OSError:  # how Linux says that the other end is closed
            pass
        os.close(upper)
    assert run.returncode == 0, told
    return told.decode()


@pytest.fixture
def project(story: Story) -> Story:
    """Two documents and their rules, extracted; one card of them is in a deck."""
    for name in ("one", "two"):
        story.write(f"seeds/{name}.md", f"# {name}\n\n- Depot {name}: where trams sleep.\n")
    rule = "{name: r, select: 'ul.terms > li', front: 'What is a {dfn}?', back: '{rest}'}"
    story.write("rules/trams.yaml", f"into: trams\nrules:\n  - {rule}\n")
    story.write("decks/trams.yaml", "name: Trams\ncards: trams\n")
    assert story.run("extract").code == 0
    return story


STEPS = {
    ("extract",): ["reading documents: 0 of 2", "applying rules to documents: 2 of 2"],
    ("check",): ["reading card files: 1 of 1", "compiling cards: 2 of 2"],
    ("build",): ["compiling cards: 2 of 2", "packing decks: 1 of 1"],
    ("preview", "--no-open"): ["drawing cards: 2 of 2"],
}


@pytest.mark.parametrize("words", STEPS, ids=" ".join)
def test_steps_are_shown_on_a_terminal(project: Story, words: tuple[str, ...]) -> None:
    """Each step in place of the one before; at the end one line with counts and the time."""
    told = on_a_terminal(project, *words)

    for step in STEPS[words]:
        assert re.search(rf"\r\x1b\[K\[[#.]{{20}}\] {step}", told)
    last = told.rstrip().split("\r\x1b[K")[-1]
    assert last.split(" s: ")[0].replace(".", "").isdigit()
    assert last.endswith("2 cards") or "document" in last or "deck" in last


@pytest.mark.parametrize("words", STEPS, ids=" ".join)
def test_quiet_shows_nothing_of_it(project: Story, words: tuple[str, ...]) -> None:
    """Nor does a command that takes no time, nor one that prints for another program."""
    assert on_a_terminal(project, *words, "--quiet") == ""
    assert "reading" not in on_a_terminal(project, *words, "--format", "json")
    assert on_a_terminal(project, "why", "depot-one") == ""


@pytest.mark.parametrize("words", STEPS, ids=" ".join)
def test_without_a_terminal_there_is_nothing_of_it(project: Story, words: tuple[str, ...]) -> None:
    """Files and other programs get messages alone."""
    command = [sys.executable, "-m", "cardwright", "-C", str(project.root), *words]

    assert subprocess.run(command, capture_output=True, check=True).stderr == b""


def test_steps_are_the_items() -> None:
    """With a listener and without, what is gone through is the same; a listener hears of each one and of the end."""
    told: list[tuple[str, str, int, int]] = []

    with heard(lambda *step: told.append(step)):
        inside = list(steps("reading", "file", "ab"))

    assert inside == list(steps("reading", "file", "ab")) == ["a", "b"]
    assert told == [("reading", "file", 0, 2), ("reading", "file", 1, 2), ("reading", "file", 2, 2)]
