"""Every code has an example that produces it, with its message beside it, and stands on the page of codes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cardwright.diagnostics import CODES
from codes_page import EXAMPLES, PAGE, message, page
from story import run_in

CODE = re.compile(r"^(?:\S.*: )?(?:error|warning|info)\[(CW\d{3})\]: ", re.MULTILINE)


@pytest.mark.parametrize("code", CODES)
def test_a_code_has_an_example_that_produces_it(code: str, tmp_path: Path) -> None:
    """The example gives this code and no other, with place, message and the way out as they are shown."""
    said = message(code, tmp_path / "project")

    assert set(CODE.findall(said)) == {code}
    assert "Traceback" not in said
    assert said == (EXAMPLES / code / "message.txt").read_text(encoding="utf-8")


def test_there_are_no_examples_of_other_codes() -> None:
    """A code that is gone takes its example with it."""
    assert {path.name for path in EXAMPLES.iterdir()} == {*CODES, "base"}


def test_the_examples_begin_from_a_project_in_order(tmp_path: Path) -> None:
    """What an example says comes from its own files alone."""
    import shutil

    shutil.copytree(EXAMPLES / "base", tmp_path, dirs_exist_ok=True)

    for command in ("check", "extract", "build"):
        said = run_in(tmp_path, command)
        assert (said.code, said.err) == (0, ""), command


def test_every_code_in_the_program_is_in_the_table() -> None:
    """No message carries a code without a meaning."""
    sources = (Path(__file__).parents[2] / "src" / "cardwright").rglob("*.py")
    used = {code for path in sources for code in re.findall(r"CW\d{3}", path.read_text(encoding="utf-8"))}

    assert used == set(CODES)


def test_the_page_is_up_to_date() -> None:
    """`make schemas` was run after the last change of a code or of an example."""
    assert PAGE.read_text(encoding="utf-8") == page()
