"""Reading a project's files into plain data, with everything that is wrong in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from cardwright.commands.pictures import read_pictures
from cardwright.commands.releases import RELEASED_LOCK, remembered
from cardwright.diagnostics import Diagnostic, Span, error
from cardwright.files import TextFile, read_text
from cardwright.settings import Settings

if TYPE_CHECKING:
    from cardwright.cards import CardFile
    from cardwright.decks import Build, Clock, DeckFile
    from cardwright.documents import Vocabulary
    from cardwright.markup import Picture
    from cardwright.memory.extracted import Extracted
    from cardwright.memory.released import Released
    from cardwright.model import CardSet, Document, DocumentInfo, Source, SourceLine
    from cardwright.rules import Glossary, RuleBook

__all__ = [
    "EXTRACTED_LOCK",
    "RELEASED_LOCK",
    "Gathered",
    "Ruling",
    "card_files",
    "card_sets",
    "decks",
    "document_paths",
    "documents",
    "held",
    "memory",
    "moved",
    "planned",
    "ruling",
    "sample",
    "source_lines",
    "sources",
    "vocabulary",
    "yaml_files",
]

EXTRACTED_LOCK = "extracted.lock"

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


@dataclass(frozen=True, slots=True)
class Gathered:
    """All that a build is made of.

    `lock` is the file of the memory, None before the first release; `pictures` are by their names in cards.
    """

    files: list[CardFile]
    decks: tuple[DeckFile, ...]
    released: Released
    lock: TextFile | None
    pictures: Mapping[str, Picture]


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


def ruling(settings: Settings) -> tuple[Ruling, list[Diagnostic]]:
    """The vocabulary, the rules and the glossary of a project."""
    from cardwright.rules import load_glossary, load_rules

    words, found = vocabulary(settings)
    texts, problems = yaml_files(settings, "rules")
    found.extend(problems)
    by_name = {Path(file.path).name: file for file in texts}
    by_name.pop(_VOCABULARY, None)
    terms = by_name.pop(_GLOSSARY, None)
    book, problems = load_rules(list(by_name.values()), tuple(words.kinds))
    found.extend(problems)
    glossary, problems = load_glossary(terms) if terms else (None, [])
    found.extend(problems)
    return Ruling(words, book, glossary), found


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

    seeds = settings.folder("seeds") if settings else None
    known: dict[Path, dict[str, DocumentInfo]] = {}
    loaded: list[Document] = []
    found: list[Diagnostic] = []
    for path in paths:
        place = path.parent.resolve() / path.name  # a link keeps its own name
        inside = seeds is not None and place.is_relative_to(seeds)
        folder = seeds if inside and seeds else place.parent
        shown = settings.shown(place) if settings else str(path)
        if folder not in known:
            described = settings.shown(folder / _SOURCES) if settings else str(folder / _SOURCES)
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
            found.append(error("CW003", f"cannot be read: {reason}", Span(shown), "check its name and permissions"))
            continue
        info = replace(known[folder].get(name, DocumentInfo(name)), name=name)
        document, problems = read(data, info, vocabulary, shown=shown)
        found.extend(problems)
        if document is not None:
            loaded.append(document)
    return loaded, found


def _unreadable(path: Path, name: str, shown: str) -> Diagnostic | None:
    """Why a document cannot be taken, from its name and what it is alone."""
    if path.exists() and not path.is_file():
        return error("CW003", "this is no file", Span(shown), "name a document, or none to read all of them")
    if path.suffix.lower() not in _DOCUMENTS:
        way_out = f"use one of {', '.join(_DOCUMENTS)}"
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


def decks(settings: Settings, *, relock: bool = False) -> tuple[Gathered, list[Diagnostic]]:
    """Card files and their pictures, deck files, and what learners have; with `relock` what can still be read of it."""
    from cardwright.decks import load_decks

    files, found = card_files(settings)
    texts, problems = yaml_files(settings, "decks")
    found.extend(problems)
    defined, problems = load_decks(texts)
    found.extend(problems)
    pictures, problems = read_pictures(settings, files)
    found.extend(problems)
    known, text, problems = remembered(settings, relock=relock)
    return Gathered(files, defined, known, text, pictures), found + problems


def planned(
    settings: Settings,
    gathered: Gathered,
    now: Clock | None,
    chosen: Sequence[str] = (),
    lines: Mapping[Source, SourceLine] | None = None,
    *,
    breaking: bool = False,
) -> tuple[Build | None, list[Diagnostic]]:
    """What a build at the time `now` would write, None: without any clock; the pure decision is in decks/.

    `lines` is what learners see of sources; it is no part of what makes a note a changed one.
    """
    from cardwright.decks import plan

    return plan(
        gathered.decks,
        card_sets(gathered),
        gathered.released,
        now,
        chosen=chosen,
        sources=lines,
        folder=settings.decks,
        breaking=breaking,
        pictures=gathered.pictures,
    )


def card_sets(gathered: Gathered) -> list[CardSet]:
    """The card files as decks take them in; one that could not be read so far as its title is left out."""
    from cardwright.model import CardSet

    sets: list[CardSet] = []
    for file in gathered.files:
        if file.root is None or "title" not in file.root.entries:
            continue
        title, was = (file.root.entries.get(key, file.root).span(file.file.path) for key in ("title", "was"))
        sets.append(CardSet(file.stem, file.title, file.tags, file.cards, title, file.was, was))
    return sets


def source_lines(settings: Settings, gathered: Gathered) -> dict[Source, SourceLine]:
    """What learners see of each source: the document's label and address, and the heading of the passage.

    A document that is gone or cannot be read any more leaves its sources with what its name tells.
    """
    from cardwright.documents import heading_at
    from cardwright.model import SourceLine

    wanted = {source for file in gathered.files for card in file.cards for source in card.sources}
    folder = settings.folder("seeds")
    paths = [folder / name for name in sorted({source.document for source in wanted}) if (folder / name).is_file()]
    words, _ = vocabulary(settings)
    read, _ = documents(settings, paths, words)
    by_name = {document.info.name: document for document in read}
    lines: dict[Source, SourceLine] = {}
    for source in wanted:
        document = by_name.get(source.document)
        if document is None:
            lines[source] = SourceLine(Path(source.document).stem)
            continue
        info = document.info
        label = "" if "label" in document.inferred else info.label
        heading = heading_at(document, source.line) if source.line else ""
        lines[source] = SourceLine(label or info.title or Path(info.name).stem, heading, info.url)
    return lines


def sample(text: str, kind: str, vocabulary: Vocabulary) -> Document:
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


def moved(settings: Settings, path: str) -> Diagnostic:
    """A file changed between our reading and our writing."""
    way_out = "nothing was written; run the command again"
    return error("CW004", "the file changed while it was being worked on", Span(settings.shown(Path(path))), way_out)
