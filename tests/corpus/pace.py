"""How long all shipped rules take over documents: `python -m corpus.pace [RUNS]`, with `PYTHONPATH=tests`.

Beside it stands what BeautifulSoup takes to parse the semantic HTML that the documents became, in turns with it, for
machines differ and are busy. The documents are the originals where they are at hand, else those of the repository.
What is kept of a text for the next time is forgotten before each run, as if no document had been read before.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from time import process_time

from bs4 import BeautifulSoup

from cardwright.commands import gather
from cardwright.model import Document
from cardwright.rules import RuleBook
from cardwright.rules.passages import index
from cardwright.rules.propose import of_document
from cardwright.settings import find
from corpus.sets import REPOSITORY, SHARED


def timed(work: Callable[[], object]) -> float:
    """How many milliseconds of this process something takes; others on the machine do not count."""
    begun = process_time()
    work()
    return 1000 * (process_time() - begun)


def forget() -> None:
    """Empty all that rules keep of texts."""
    for name in [each for each in sys.modules if each.startswith("cardwright.rules")]:
        for value in vars(sys.modules[name]).values():
            if hasattr(value, "cache_clear"):
                value.cache_clear()


def _named_cards(document: Document, book: RuleBook) -> list[str]:
    """The cards of a document by the ids that they wish for, which are found only when they are asked for."""
    settled, _, _ = of_document(index(document), book)
    return [each.candidate.id for each in settled]


def main(runs: int) -> None:
    """Print the least of several runs, and how they compare."""
    settings, _ = find(REPOSITORY)
    assert settings is not None
    ruling, _ = gather.ruling(settings)
    folder = SHARED / "seeds" if (SHARED / "seeds").is_dir() else REPOSITORY / "seeds"
    paths = sorted(path for path in folder.iterdir() if path.suffix in (".txt", ".md", ".html"))
    documents, _ = gather.documents(settings, paths, ruling.vocabulary)
    pages = [str(document.tree) for document in documents]
    applied: list[float] = []
    parsed: list[float] = []
    for _ in range(runs):
        forget()
        applied.append(timed(lambda: [_named_cards(document, ruling.book) for document in documents]))
        parsed.append(timed(lambda: [BeautifulSoup(page, "html.parser") for page in pages]))
    ratio = min(applied) / min(parsed)
    print(f"{len(documents)} documents: rules {min(applied):.0f} ms, parsing {min(parsed):.0f} ms, {ratio:.1f} times")


main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
