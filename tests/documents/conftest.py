"""The vocabulary and the reader that tests of documents share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cardwright.documents import Vocabulary, load_vocabulary, read
from cardwright.files import read_text
from cardwright.model import Document, DocumentInfo

CASES = Path(__file__).parent.parent / "data" / "documents"

Reader = Callable[..., Document]


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    """The small vocabulary of these tests."""
    file, found = read_text(CASES / "vocabulary.yaml", "vocabulary.yaml")
    assert file is not None
    assert not found
    loaded, found = load_vocabulary(file)
    assert not found
    return loaded


@pytest.fixture(scope="session")
def document(vocabulary: Vocabulary) -> Reader:
    """Read a text that must be readable: `document("...", name="a.md", company="...")`."""

    def make(text: str, name: str = "a.txt", **known: object) -> Document:
        made, _ = read(text.encode(), DocumentInfo(name, **known), vocabulary)  # type: ignore[arg-type]
        assert made is not None
        return made

    return make
