"""Documents in, marks out: each case is a file, its outline beside it."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_regressions.file_regression import FileRegressionFixture

from cardwright.documents import SUFFIXES, Vocabulary, outline, read
from cardwright.model import DocumentInfo

CASES = Path(__file__).parent.parent / "data" / "documents"
INPUTS = sorted(file for file in CASES.iterdir() if file.suffix in SUFFIXES)


@pytest.mark.parametrize("case", INPUTS, ids=lambda file: file.name)
def test_a_document_gets_the_marks_a_person_would_give(
    case: Path, vocabulary: Vocabulary, file_regression: FileRegressionFixture
) -> None:
    """The outline is the one beside the document; --regen-all writes it anew, for a person to read."""
    document, _ = read(case.read_bytes(), DocumentInfo(case.name), vocabulary)
    assert document is not None
    expected = CASES / f"{case.name}.outline"
    file_regression.check(outline(document), fullpath=expected, encoding="utf-8")


def test_every_outline_belongs_to_a_document() -> None:
    """An outline whose document is gone tests nothing."""
    assert {file.name.removesuffix(".outline") for file in CASES.glob("*.outline")} == {file.name for file in INPUTS}


@pytest.mark.parametrize("case", INPUTS, ids=lambda file: file.name)
def test_the_same_bytes_give_the_same_tree(case: Path, vocabulary: Vocabulary) -> None:
    """Nothing depends on what was read before."""
    first, _ = read(case.read_bytes(), DocumentInfo(case.name), vocabulary)
    second, _ = read(case.read_bytes(), DocumentInfo(case.name), vocabulary)
    assert first is not None
    assert second is not None
    assert str(first.tree) == str(second.tree)
