"""`cardwright outline`: what was understood of a document."""

from __future__ import annotations

from pathlib import Path

from cardwright.commands import gather
from cardwright.console import Outcome
from cardwright.settings import find

__all__ = ["run"]


def run(folder: Path, document: Path) -> Outcome:
    """Print one document's tree, by the vocabulary of the project around `folder`."""
    from cardwright.documents import outline

    settings, found = find(folder)
    if settings is None:
        return Outcome(diagnostics=tuple(found))
    words, problems = gather.vocabulary(settings)
    found.extend(problems)
    documents, problems = gather.documents(settings, [folder / document], words)
    found.extend(problems)
    text = "\n".join(outline(each) for each in documents)
    data = [{"document": each.info.name, "html": str(each.tree)} for each in documents]
    return Outcome(text=text, data=data, diagnostics=tuple(found), root=settings.root)
