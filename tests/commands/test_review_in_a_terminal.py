"""`cardwright review` in a real terminal: stopping anywhere is safe."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from story import Story

pty = pytest.importorskip("pty")

DRAFTS = "title: Own\ncards:\n" + "".join(
    f"  - id: {name}\n    front: What holds a {name}?\n    back: A button of horn.\n    draft: true\n"
    for name in ("strap", "string", "bridge")
)
PROMPT = "[q]uit: "
PATIENCE = 60


@dataclass(slots=True)
class Terminal:
    """A program in a pseudo-terminal: what it has printed, and keys for it."""

    process: subprocess.Popen[bytes]
    screen: int
    printed: str = field(default="")

    def until(self, end: str) -> str:
        """What the program prints up to this text."""
        while not self.printed.endswith(end):
            assert select.select([self.screen], [], [], PATIENCE)[0], self.printed
            self.printed += os.read(self.screen, 4096).decode().replace("\r\n", "\n")
        shown, self.printed = self.printed, ""
        return shown

    def stop(self, how: signal.Signals) -> int:
        """Stop it, and again where nothing came of it: what arrives just before it begins to wait for keys is not heard."""
        for _ in range(6):
            self.process.send_signal(how)
            try:
                return self.process.wait(PATIENCE / 6)
            except subprocess.TimeoutExpired:
                continue
        return self.process.wait(0)

    def type(self, keys: str) -> None:
        """Keys that a person presses."""
        os.write(self.screen, keys.encode())


def _hear_ctrl_c() -> None:
    """A test run in the background of a shell has it ignored, and so would all that it starts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.fixture
def terminal(story: Story) -> Iterator[Terminal]:
    """Three drafts, and the program that asks about the first."""
    story.write_bytes("cards/own.yaml", DRAFTS.encode())
    screen, inside = pty.openpty()
    words = [sys.executable, "-m", "cardwright", "-C", str(story.root), "review", "drafts"]
    environment = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
    with subprocess.Popen(
        words, stdin=inside, stdout=inside, stderr=inside, env=environment, preexec_fn=_hear_ctrl_c
    ) as process:
        os.close(inside)
        yield Terminal(process, screen)
        process.kill()
    os.close(screen)


def promoted(*names: str) -> str:
    """The file in which these cards are no drafts."""
    text = DRAFTS
    for name in names:
        head, card = text.split(f"  - id: {name}\n")
        text = f"{head}  - id: {name}\n" + card.replace("    draft: true\n", "", 1)
    return text


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_what_was_answered_is_written_when_a_person_stops(
    story: Story, terminal: Terminal, stop: signal.Signals
) -> None:
    """By Ctrl-C or by force; the next run goes on where this one was."""
    assert "\x1b[1m" in terminal.until(PROMPT)
    terminal.type("p\n")
    assert "2 of 3 · draft: string" in terminal.until(PROMPT)
    assert story.read("cards/own.yaml") == promoted("strap")

    code = terminal.stop(stop)

    assert code == (0 if stop == signal.SIGINT else -stop)
    assert story.read("cards/own.yaml") == promoted("strap")
    assert [each.name for each in sorted((story.root / "cards").iterdir())] == ["own.yaml"]
    assert "1 of 2 · draft: string" in story.run("review", answers="q\n").err


def test_a_file_that_changes_behind_the_question_is_not_written_over(story: Story, terminal: Terminal) -> None:
    """The answer is refused, and the card comes again as it is now."""
    terminal.until(PROMPT)
    changed = DRAFTS.replace("a strap?", "a wide strap?")
    Path(story.root / "cards/own.yaml").write_text(changed)
    terminal.type("p\n")

    shown = terminal.until(PROMPT)

    assert "CW004" in shown
    assert "What holds a wide strap?" in shown
    assert story.read("cards/own.yaml") == changed
    terminal.type("p\n")
    terminal.until(PROMPT)
    assert story.read("cards/own.yaml") == promoted("strap").replace("a strap?", "a wide strap?")
