"""Reading a project's files into plain data, with everything that is wrong in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from cardwright.diagnostics import Diagnostic, Span, error
from cardwright.files import ChangedError, TextFile, read_text
from cardwright.progress import steps
from cardwright.settings import Settings

if TYPE_CHECKING:
    from cardwright.cards import CardFile
    from cardwright.documents import Vocabulary
    from cardwright.memory.extracted import Extracted
    from cardwright.model import Document, DocumentInfo
    from cardwright.rules import Glossary, RuleBook

__all__ = [
    "EXTRACTED_LOCK",
    "Ruling",
    "card_files",
    "document_paths",
    "documents",
    "examples",
    "held",
    "memory",
    "moved",
    "rule_files",
    "ruling",
    "sources",
    "vocabulary",
    "yaml_files",
]

EXTRACTED_LOCK = "extracted.lock"

SOURCES = "sources.yaml"
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
    for file in steps("reading", "card file", texts):
        one, problems = load(file, Path(file.path).stem)
        found.extend(problems)
        loaded.append(one)
    found.extend(check_all(loaded))
    return loaded, found


def vocabulary(settings: Settings) -> tuple[Vocabulary, list[Diagnostic]]:
    """The words a project's documents are understood by; without the file nothing is known."""
    from cardwright.documents import Vocabulary, load_vocabulary

    path = settings.folder("rules") / _VOCABULARY
    if not path.is_file():
        return Vocabulary(), []
    file, found = read_text(path, settings.shown(path))
    if file is None:
        return Vocabulary(), found
    words, problems = load_vocabulary(file)
    return words, found + problems


def ruling(settings: Settings, extra: TextFile | None = None) -> tuple[Ruling, list[Diagnostic]]:
    """The vocabulary, the rules and the glossary of a project; `extra` is one more rule file, or in place of one."""
    from cardwright.rules import load_glossary, load_rules

    words, found = vocabulary(settings)
    texts, problems = yaml_files(settings, "rules")
    found.extend(problems)
    by_name = {Path(file.path).name: file for file in texts}
    by_name.pop(_VOCABULARY, None)
    terms = by_name.pop(_GLOSSARY, None)
    if extra is not None:
        by_name[Path(extra.path).name] = extra
    book, problems = load_rules(list(by_name.values()), tuple(words.kinds))
    found.extend(problems)
    glossary, problems = load_glossary(terms) if terms else (None, [])
    found.extend(problems)
    return Ruling(words, book, glossary), found


def rule_files(settings: Settings) -> list[str]:
    """The names of the rule files of a project, without their ending."""
    others = (_VOCABULARY, _GLOSSARY)
    return sorted(each.stem for each in settings.folder("rules").glob("*.yaml") if each.name not in others)


def sources(folder: Path, shown: str) -> tuple[dict[str, DocumentInfo], list[Diagnostic]]:
    """What the sources.yaml in `folder` says of the documents there; nothing where there is none."""
    from cardwright.documents import load_sources

    file = folder / SOURCES
    if not file.is_file():
        return {}, []
    text, found = read_text(file, shown)
    if text is None:
        return {}, found
    infos, problems = load_sources(text)
    return infos, found + problems


def document_paths(settings: Settings) -> list[Path]:
    """The documents of the project, in a fixed order."""
    from cardwright.documents import SUFFIXES

    folder = settings.folder("seeds")
    return sorted(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES and path.is_file())


def documents(
    settings: Settings | None, paths: Iterable[Path], vocabulary: Vocabulary
) -> tuple[list[Document], list[Diagnostic]]:
    """Read documents; one that is broken does not hide what is wrong in the others.

    What is said of a document outside the project is looked for beside it.
    """
    from cardwright.documents import read
    from cardwright.model import DocumentInfo

    seeds = settings.folder("seeds") if settings else None
    known: dict[Path, dict[str, DocumentInfo]] = {}
    loaded: list[Document] = []
    found: list[Diagnostic] = []
    for path in steps("reading", "document", list(paths)):
        place = path.parent.resolve() / path.name  # a link keeps its own name
        inside = seeds is not None and place.is_relative_to(seeds)
        folder = seeds if inside and seeds else place.parent
        shown = settings.shown(place) if settings else str(path)
        if folder not in known:
            described = settings.shown(folder / SOURCES) if settings else str(folder / SOURCES)
            known[folder], problems = sources(folder, described)
            found.extend(problems)
        name = place.relative_to(folder).as_posix()
        problem = _unreadable(path, name, shown)
        if problem:
            found.append(problem)
            continue
        try:
            data = path.read_bytes()
        except OSError as refused:
            reason = (refused.strerror or str(refused)).lower()
            near = seeds is not None and (seeds / path.name).is_file()
            way_out = (
                f"did you mean {settings.seeds}/{path.name}?" if near and settings else "check its name and permissions"
            )
            found.append(error("CW003", f"cannot be read: {reason}", Span(shown), way_out))
            continue
        info = replace(known[folder].get(name, DocumentInfo(name)), name=name)
        document, problems = read(data, info, vocabulary, shown=shown)
        found.extend(problems)
        if document is not None:
            loaded.append(document)
    return loaded, found


def _unreadable(path: Path, name: str, shown: str) -> Diagnostic | None:
    """Why a document cannot be taken, from its name and what it is alone."""
    from cardwright.documents import SUFFIXES

    if path.exists() and not path.is_file():
        return error("CW003", "this is no file", Span(shown), "name a document, or none to read all of them")
    if path.suffix.lower() not in SUFFIXES:
        way_out = f"use one of {', '.join(SUFFIXES)}"
        return error("CW106", f"no reader for '{path.suffix or path.name}' files", Span(shown), way_out)
    if ":" in name or not name.isprintable():
        message = "a document's name cannot hold ':' or a control character, because cards name it as their source"
        return error("CW003", message, Span(shown.encode("unicode_escape").decode()), "rename the file")
    return None


def memory(settings: Settings) -> tuple[Extracted, TextFile | None, list[Diagnostic]]:
    """What the rules said before, and the file that says so; nothing where there was no extraction yet."""
    from cardwright.memory import extracted

    lock = settings.folder("cards") / EXTRACTED_LOCK
    if not lock.is_file():
        return extracted.Extracted(), None, []
    text, found = read_text(lock, settings.shown(lock))
    if text is None:
        return extracted.Extracted(), None, found
    known, problems = extracted.load(text)
    return known, text, found + problems


def examples(ruling: Ruling) -> list[Diagnostic]:
    """What is wrong with the examples of rules: CW310 and CW311."""
    from cardwright.rules import check_examples

    return check_examples(ruling.book, lambda text, kind: _sample(text, kind, ruling.vocabulary))


def _sample(text: str, kind: str, vocabulary: Vocabulary) -> Document:
    """An example of a rule file as a document, below a heading that gives it its kind."""
    from cardwright.documents import read
    from cardwright.model import DocumentInfo

    words = vocabulary.kinds.get(kind, ())
    heading = f"# Example\n\n## {words[0].capitalize()}\n\n" if words else ""
    document, problems = read(f"{heading}{text}\n".encode(), DocumentInfo("example.md"), vocabulary)
    if document is None:
        raise ValueError(f"an example that is no document: {problems[0].message}")
    return document


def held() -> Diagnostic:
    """Another run holds the project."""
    return error("CW005", "another run is writing this project", Span(".cardwright"), "wait until it has ended")


def moved(settings: Settings, changed: ChangedError) -> list[Diagnostic]:
    """Files changed between our reading and our writing."""
    message, way_out = "the file changed while it was being worked on", "nothing was written; run the command again"
    return [error("CW004", message, Span(settings.shown(Path(path))), way_out) for path in changed.paths]
