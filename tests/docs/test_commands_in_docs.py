"""Every command that the documentation shows is run."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from cardwright.cli import cli

REPOSITORY = Path(__file__).parents[2]
PAGES = sorted([REPOSITORY / "README.md", REPOSITORY / "CONTRIBUTING.md", *(REPOSITORY / "docs").rglob("*.md")])
BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def commands(page: Path) -> list[str]:
    """The lines of a page's shell blocks, without prompts and comments."""
    lines = (
        line.strip().removeprefix("$ ")
        for block in BLOCK.findall(page.read_text("utf-8"))
        for line in block.split("\n")
    )
    return [line for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize("page", [page for page in PAGES if commands(page)], ids=lambda page: page.name)
def test_commands_run(page: Path, tmp_path: Path) -> None:
    """The commands of a page succeed one after the other in a copy of the project."""
    for name in ("seeds", "rules", "cards", "decks"):
        shutil.copytree(REPOSITORY / name, tmp_path / name)
    shutil.copy(REPOSITORY / "pyproject.toml", tmp_path)
    here = tmp_path
    for line in commands(page):
        words = shlex.split(line, comments=True)
        if words[0] == "cd":
            here = here / words[1]
        elif words[0] == "make":
            # The targets set up environments and run these very tests; that they exist is enough here.
            subprocess.run(["make", "--dry-run", *words[1:]], cwd=REPOSITORY, check=True, capture_output=True)
        else:
            assert words[0] == "cardwright", f"no test knows how to run: {line}"
            result = CliRunner().invoke(cli, ["-C", str(here), *words[1:]], catch_exceptions=False)

            assert result.exit_code == 0, f"{line}\n{result.output}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(REPOSITORY).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    """A link inside the repository names a file that is there."""
    prose = re.sub(r"^(`{3,}).*?^\1$", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    prose = re.sub(r"`[^`\n]*`", "", prose)
    targets = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", prose)

    assert [target for target in targets if not (page.parent / target).exists()] == []
