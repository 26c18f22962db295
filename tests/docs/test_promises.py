"""docs/promises.md held against the tests that it names."""

from __future__ import annotations

import ast
import re
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
LIST = REPOSITORY / "docs" / "promises.md"
HOW_MANY = 30

_ROW = re.compile(r"^\| (\d+) \| (.+?) \| (.+?) \|$", re.MULTILINE)
_TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
_BEGINNING = re.compile(r"Invariants? (\d+(?:, \d+)*): \S")


def _promised() -> dict[int, set[tuple[str, str]]]:
    """The tests of each row by its number."""
    return {int(number): set(_TEST.findall(tests)) for number, _, tests in _ROW.findall(LIST.read_text("utf-8"))}


def _claimed() -> dict[tuple[str, str], set[int]]:
    """Each test by file and name, with the numbers that its docstring begins with."""
    claims: dict[tuple[str, str], set[int]] = {}
    for path in sorted((REPOSITORY / "tests").rglob("test_*.py")):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                match = _BEGINNING.match(ast.get_docstring(node) or "")
                numbers = {int(each) for each in match[1].split(", ")} if match else set()
                claims[path.relative_to(REPOSITORY).as_posix(), node.name] = numbers
    return claims


def test_every_invariant_is_listed_once_and_has_a_test() -> None:
    """Thirty rows in order, and in each row at least one test and nothing else."""
    rows = _ROW.findall(LIST.read_text("utf-8"))

    assert [int(number) for number, _, _ in rows] == list(range(1, HOW_MANY + 1))
    for number, _, tests in rows:
        assert _TEST.findall(tests), f"invariant {number} has no test"
        assert not _TEST.sub("", tests).replace("<br>", "").strip(), f"invariant {number} names more than tests"


def test_every_test_of_the_list_exists_and_claims_its_invariant() -> None:
    """A test that is named has a docstring that begins with the number of its row."""
    claims = _claimed()

    for number, tests in _promised().items():
        for test in sorted(tests):
            assert test in claims, f"invariant {number}: there is no {'::'.join(test)}"
            assert number in claims[test], f"{'::'.join(test)} does not begin with 'Invariant {number}:'"


def test_every_test_that_claims_an_invariant_is_listed() -> None:
    """Nobody has to look for the proof of a promise elsewhere than in the list."""
    promised = _promised()

    missing = [
        f"`{'::'.join(test)}` belongs into row {number}"
        for test, numbers in _claimed().items()
        for number in sorted(numbers)
        if test not in promised.get(number, set())
    ]
    assert missing == []
