"""Bad card files and what is said of them: each case is a file, or a folder of files, with its messages beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from cardwright.cards.cardfile import CardFile, check_all, load
from cardwright.diagnostics import CODES, Diagnostic
from cardwright.files import read_text

BAD = Path(__file__).parents[1] / "data" / "cards" / "bad"
CASES = sorted(each.stem for each in BAD.iterdir() if each.is_dir() or each.suffix == ".yaml")


def rendered(diagnostics: list[Diagnostic]) -> str:
    """Diagnostics as lines, in the form a terminal shows them without the source."""
    lines: list[str] = []
    for each in diagnostics:
        lines += [f"{each.span}: {each.severity}[{each.code}]: {each.message}", f"  help: {each.help}"]
        lines += [f"  {other.span}: {other.note}" for other in each.related]
    return "".join(line + "\n" for line in lines)


def said_of(case: str) -> list[Diagnostic]:
    """All that is said of a case."""
    single = BAD / f"{case}.yaml"
    found: list[Diagnostic] = []
    read: list[CardFile] = []
    for path in [single] if single.exists() else sorted((BAD / case).iterdir()):
        file, problems = read_text(path, path.name)
        assert file is not None, problems
        cards, problems = load(file, path.stem)
        read.append(cards)
        found += problems
    return found + check_all(read)


@pytest.mark.parametrize("case", CASES)
def test_a_bad_card_file_gets_its_messages(case: str) -> None:
    """Every message has its place and the way out, and all of them come at once."""
    expected = (BAD / f"{case}.txt").read_text(encoding="utf-8")

    assert rendered(said_of(case)) == expected


@pytest.mark.parametrize("case", CASES)
def test_every_message_has_a_known_code_and_a_way_out(case: str) -> None:
    """No message leaves a person alone."""
    found = said_of(case)

    assert found
    assert all(each.code in CODES and each.help and each.span.line for each in found)
