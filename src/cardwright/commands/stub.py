"""`cardwright extract --stub`: entries in sources.yaml for documents that have none, with what could be inferred."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from cardwright.commands import gather
from cardwright.commands.alone import alone
from cardwright.console import Outcome
from cardwright.diagnostics import Diagnostic, Span, error, failed
from cardwright.files import ChangedError, TextFile, read_text, write_all
from cardwright.settings import Settings

if TYPE_CHECKING:
    from cardwright.model import Document

__all__ = ["run"]

_OPENING = "# What the documents here are; every key is optional. `label` is how cards name the document.\n"


def run(folder: Path, documents: Sequence[Path]) -> Outcome:
    """Write an entry for each document that has none; what could not be inferred stands there as a comment."""
    return alone(folder, lambda settings: _run(settings, [folder / each for each in documents]))


def _run(settings: Settings, named: Sequence[Path]) -> Outcome:
    from cardwright.documents import load_sources

    words, found = gather.vocabulary(settings)
    read, problems = gather.documents(settings, list(dict.fromkeys(named)) or gather.document_paths(settings), words)
    found.extend(problems)
    path = settings.folder("seeds") / gather.SOURCES
    file: TextFile | None = None
    if path.is_file():
        file, problems = read_text(path, settings.shown(path))
        found.extend(problems)
    if failed(found):
        return Outcome(diagnostics=tuple(found), root=settings.root)
    known, _ = load_sources(file) if file else ({}, [])
    inside = [each for each in read if (settings.folder("seeds") / each.info.name).is_file()]
    fresh = [each for each in inside if each.info.name not in known]
    if not fresh:
        return Outcome("every document has its entry in sources.yaml", [], (), tuple(found), root=settings.root)
    text = _appended(file.text if file else _OPENING, fresh)
    after, problems = load_sources(replace(file, text=text) if file else TextFile(settings.shown(path), text, ""))
    meant = {**known, **{each.info.name: each.info for each in fresh}}
    if failed(problems) or after != meant:
        found.append(_not_appendable(settings.shown(path), fresh))
        return Outcome(diagnostics=tuple(found), root=settings.root)
    mark = "\ufeff" if file and file.bom else ""
    try:
        write_all({path: (mark + text).encode()}, {path: file.digest if file else ""})
    except ChangedError as changed:
        found.extend(gather.moved(settings, changed))
        return Outcome(diagnostics=tuple(found), root=settings.root)
    shown = settings.shown(path)
    told = "\n".join(f"{shown}: {each.info.name}" for each in fresh)
    steps = (f"look {shown} over: what is missing or wrong there is missing or wrong on cards", "cardwright extract")
    return Outcome(told, [each.info.name for each in fresh], steps, tuple(found), root=settings.root)


def _appended(text: str, fresh: Sequence[Document]) -> str:
    """The text of the file with entries behind all that is there, its own line ends kept."""
    end = "\r\n" if "\r\n" in text else "\n"
    if text and not text.endswith(("\n", "\r")):
        text += end
    return text + "".join(line + end for each in fresh for line in _entry(each))


def _entry(document: Document) -> list[str]:
    from cardwright.cards import scalar
    from cardwright.documents import DESCRIBED

    info = document.info
    lines = [f"{scalar(info.name)}:"]
    for key in DESCRIBED:
        value = getattr(info, key)
        lines.append(f"  {key}: {scalar(value)}" if value else f"  # {key}:")
    return lines


def _not_appendable(shown: str, fresh: Sequence[Document]) -> Diagnostic:
    """That the file is written in a way that nothing can be put behind it, or would say something else with it."""
    names = ", ".join(f"'{each.info.name}:'" for each in fresh)
    way_out = f"write every name at the start of a line, without braces around all; or write {names} by hand"
    return error("CW111", "new entries cannot be written behind what stands here", Span(shown), way_out)
