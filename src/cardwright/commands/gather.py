"""Reading a project's files into plain data, with everything that is wrong in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from cardwright.diagnostics import Diagnostic, Span, error
from cardwright.files import TextFile, read_text
from cardwright.settings import Settings

if TYPE_CHECKING:
    from cardwright.cards import CardFile
    from cardwright.documents import Vocabulary
    from cardwright.model import Document, DocumentInfo
    from cardwright.rules import Glossary, RuleBook

__all__ = [
    "EXTRACTED_LOCK",
    "RELEASED_LOCK",
    "Ruling",
    "card_files",
    "document_paths",
    "documents",
    "held",
    "moved",
    "ruling",
    "sources",
    "yaml_files",
]

EXTRACTED_LOCK = "extracted.lock"
RELEASED_LOCK = "released.lock"

_DOCUMENTS = (".txt", ".md", ".markdown", ".html", ".htm")
_SOURCES = "sources.yaml"
# Files in rules/ that are no rule files.
_VOCABULARY, _GLOSSARY = "vocabulary.yaml", "glossary.yaml"


@dataclass(frozen=True, slots=True)
class Ruling:
    """All that a document is read by: words, rules and terms."""

    vocabulary: Vocabulary
    book: RuleBook
    glossary: Glossary | None


def yaml_files(settings: Settings, folder: str) -> tuple[list[TextFile], list[Diagnostic]]:
    """Every *.yaml of a folder, by name; no folder is the same as an empty one."""
    files: list[TextFile] = []
    found: list[Diagnostic] = []
    for path in sorted(settings.folder(folder).glob("*.yaml")):
        file, problems = read_text(path, settings.shown(path))
        found.extend(problems)
        if file is not None:
            files.append(file)
    return files, found


def card_files(settings: Settings) -> tuple[list[CardFile], list[Diagnostic]]:
    """Every card file, and what is wrong in each and between them."""
    from cardwright.cards import check_all, load

    texts, found = yaml_files(settings, "cards")
    loaded: list[CardFile] = []
    for file in texts:
        one, problems = load(file, Path(file.path).stem)
        found.extend(problems)
        loaded.append(one)
    found.extend(check_all(loaded))
    return loaded, found


def ruling(settings: Settings) -> tuple[Ruling, list[Diagnostic]]:
    """The vocabulary, the rules and the glossary of a project."""
    from cardwright.documents import Vocabulary, load_vocabulary
    from cardwright.rules import load_glossary, load_rules

    texts, found = yaml_files(settings, "rules")
    by_name = {Path(file.path).name: file for file in texts}
    words, terms = by_name.pop(_VOCABULARY, None), by_name.pop(_GLOSSARY, None)
    vocabulary, problems = load_vocabulary(words) if words else (Vocabulary(), [])
    found.extend(problems)
    book, problems = load_rules(list(by_name.values()))
    found.extend(problems)
    glossary, problems = load_glossary(terms) if terms else (None, [])
    found.extend(problems)
    return Ruling(vocabulary, book, glossary), found


def sources(folder: Path, shown: str) -> tuple[dict[str, DocumentInfo], list[Diagnostic]]:
    """What the sources.yaml in `folder` says of the documents there; nothing where there is none."""
    from cardwright.documents import load_sources

    file = folder / _SOURCES
    if not file.is_file():
        return {}, []
    text, found = read_text(file, shown)
    if text is None:
        return {}, found
    infos, problems = load_sources(text)
    return infos, found + problems


def document_paths(settings: Settings) -> list[Path]:
    """The documents of the project, in a fixed order."""
    folder = settings.folder("seeds")
    return sorted(path for path in folder.rglob("*") if path.suffix.lower() in _DOCUMENTS and path.is_file())


def documents(
    settings: Settings | None, paths: Iterable[Path], vocabulary: Vocabulary
) -> tuple[list[Document], list[Diagnostic]]:
    """Read documents; one that is broken does not hide what is wrong in the others.

    What is said of a document outside the project is looked for beside it.
    """
    from cardwright.documents import read
    from cardwright.model import DocumentInfo

    seeds = settings.folder("seeds").resolve() if settings else None
    known: dict[Path, dict[str, DocumentInfo]] = {}
    loaded: list[Document] = []
    found: list[Diagnostic] = []
    for path in paths:
        inside = seeds is not None and path.resolve().is_relative_to(seeds)
        folder = seeds if inside and seeds else path.resolve().parent
        shown = settings.shown(path) if settings else str(path)
        if folder not in known:
            described = settings.shown(folder / _SOURCES) if settings else str(folder / _SOURCES)
            known[folder], problems = sources(folder, described)
            found.extend(problems)
        name = path.resolve().relative_to(folder).as_posix()
        if path.suffix.lower() not in _DOCUMENTS:
            way_out = f"use one of {', '.join(_DOCUMENTS)}"
            found.append(error("CW003", f"no reader for '{path.suffix or path.name}' files", Span(shown), way_out))
            continue
        try:
            data = path.read_bytes()
        except OSError as problem:
            reason = (problem.strerror or str(problem)).lower()
            found.append(error("CW003", f"cannot be read: {reason}", Span(shown), "check its name and permissions"))
            continue
        info = replace(known[folder].get(name, DocumentInfo(name)), name=name)
        document, problems = read(data, info, vocabulary, shown=shown)
        found.extend(problems)
        if document is not None:
            loaded.append(document)
    return loaded, found


def held() -> Diagnostic:
    """Another run holds the project."""
    return error("CW005", "another run is writing this project", Span(".cardwright"), "wait until it has ended")


def moved(settings: Settings, path: str) -> Diagnostic:
    """A file changed between our reading and our writing."""
    way_out = "nothing was written; run the command again"
    return error("CW004", "the file changed while it was being worked on", Span(settings.shown(Path(path))), way_out)
