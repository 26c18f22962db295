"""A small project in a temporary folder, so that a test reads as a story."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent
from typing import Any

from click.testing import CliRunner

from cardwright.cli import cli

__all__ = ["Said", "Story", "run_in"]


@dataclass(frozen=True, slots=True)
class Said:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """The result of a command that was asked for JSON."""
        return json.loads(self.out)


def run_in(folder: Path, *words: str, answers: str = "") -> Said:
    """Run `cardwright WORDS` in a folder, with what a person types, line by line."""
    result = CliRunner().invoke(cli, ["-C", str(folder), *words], input=answers, catch_exceptions=False)
    return Said(result.exit_code, result.stdout, result.stderr)


class Story:
    """A project folder with a namespace, to be filled and to run commands in."""

    def __init__(self, root: Path, *, namespace: str = "story") -> None:
        self.root = root
        self.write("cardwright.toml", f'namespace = "{namespace}"\n')

    def write(self, name: str, text: str) -> Path:
        """Put a file into the project; the text may be indented as the test is."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text).lstrip("\n"), encoding="utf-8", newline="")
        return path

    def write_bytes(self, name: str, data: bytes) -> Path:
        """Put raw bytes into the project."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return path

    def read(self, name: str) -> str:
        """The text of a file of the project."""
        return (self.root / name).read_bytes().decode("utf-8")

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace words of a file, the first time that they stand there; they have to stand there."""
        text = self.read(name)
        assert old in text
        self.write_bytes(name, text.replace(old, new, 1).encode())

    def delete(self, name: str) -> None:
        """Remove a file."""
        (self.root / name).unlink()

    def files(self) -> dict[str, bytes]:
        """Every file of the project but the claim, for 'nothing was written'."""
        return {
            path.relative_to(self.root).as_posix(): path.read_bytes()
            for path in sorted(self.root.rglob("*"))
            if path.is_file() and path.name != ".claim"
        }

    def run(self, *words: str, answers: str = "") -> Said:
        """Run `cardwright WORDS` in the project; a person answers what is asked."""
        return run_in(self.root, *words, answers=answers)
