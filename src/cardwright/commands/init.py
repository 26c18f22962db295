"""`cardwright init`: a new project that can be built at once."""

from __future__ import annotations

import re
import shlex
import unicodedata
from collections.abc import Collection
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from cardwright.commands import gather
from cardwright.console import Outcome
from cardwright.diagnostics import Span, error
from cardwright.files import write_all
from cardwright.settings import Settings

__all__ = ["run"]

# What is the example's alone, left out of a project that begins empty.
_EXAMPLE = ("seeds/",)
# Package data cannot begin with a dot everywhere, so this one is named here.
_IGNORE = ".gitignore"
_RENAMED = {"gitignore": _IGNORE}


def run(folder: Path, *, empty: bool) -> Outcome:
    """Lay the starter project into `folder`, made if need be, and extract first cards.

    `empty` leaves the example document out: the cards are of the documents that lie in seeds/ already, if any do.
    """
    from cardwright.commands import extract, schema

    folder = folder.resolve()
    schemas = {folder / schema.FOLDER / f"{name}.json": text.encode() for name, text in schema.texts().items()}
    files = dict(_starter(folder, empty=empty)) | schemas
    ignored = files.pop(folder / _IGNORE) if (folder / _IGNORE).exists() else b""
    if taken := _taken(folder, files):
        way_out = "choose an empty folder: cardwright init DIR"
        found = [
            error("CW006", "this is here already, and init overwrites nothing", Span(name), way_out) for name in taken
        ]
        return Outcome(diagnostics=tuple(found), root=folder)
    write_all(files)
    (folder / "seeds").mkdir(exist_ok=True)
    names = [path.relative_to(folder).as_posix() for path in files]
    lines = [f"made a project in {folder.name}/", *(f"  {name}" for name in names)]
    steps = [f"cd {shlex.quote(_from_here(folder))}"] if folder != Path.cwd() else []
    if ignored:
        steps.append(f"add to your {_IGNORE}, what it has not yet: {' '.join(ignored.decode().split())}")
    found = []
    if not empty or gather.document_paths(Settings(folder, _namespace(folder.name))):
        extracted = extract.run(folder, (), dry_run=False)
        found = list(extracted.diagnostics)
        lines += [extracted.text] if extracted.text else []
        made = _FROM_CARDS if empty else _FROM_EXAMPLE
        steps += ["mend what is told of, then: cardwright extract"] if extracted.exit_code else made
    else:
        steps += _FROM_NOTES
    data = {"root": str(folder), "files": names}
    return Outcome("\n".join(lines), data, ("Next:", *(f"  {step}" for step in steps)), tuple(found), root=folder)


def _taken(folder: Path, files: Collection[Path]) -> list[str]:
    """What stands in the way: of a project that is there already its settings alone, else every file."""
    settings = folder / "pyproject.toml"
    if settings.is_file() and b"tool.cardwright" in settings.read_bytes():
        return [settings.name]
    taken = sorted(path.relative_to(folder).as_posix() for path in files if path.exists())
    return ["cardwright.toml"] if "cardwright.toml" in taken else taken


_FROM_NOTES = (
    "put your .md, .txt or .html files into seeds/",
    "cardwright extract    makes cards of them, in cards/notes.yaml",
    "cardwright build      makes decks/*.apkg of the cards",
)
_FROM_CARDS = (
    "read cards/notes.yaml, mend or delete what you do not like",
    "cardwright build      makes decks/*.apkg of the cards",
)
_FROM_EXAMPLE = (
    "cardwright build      makes decks/*.apkg of the cards in cards/notes.yaml",
    "cardwright outline seeds/onboarding-handbook.md      shows what the rules see of the example",
    "cardwright init OTHER --empty      makes a project without the example, for documents of your own",
)


def _from_here(folder: Path) -> str:
    return str(folder.relative_to(Path.cwd()) if folder.is_relative_to(Path.cwd()) else folder)


def _starter(folder: Path, *, empty: bool) -> list[tuple[Path, bytes]]:
    namespace = _namespace(folder.name)
    words = {"NAMESPACE": namespace, "DECKNAME": namespace.replace("-", " ").capitalize()}
    files = []
    for parts, data in _walk(resources.files("cardwright") / "starter", ()):
        name = "/".join(_RENAMED.get(part, part) for part in parts)
        if empty and name.startswith(_EXAMPLE):
            continue
        text = data.decode("utf-8")
        for word, meaning in words.items():
            name, text = name.replace(word, meaning), text.replace(word, meaning)
        files.append((folder / name, text.encode()))
    return files


def _walk(folder: Traversable, above: tuple[str, ...]) -> list[tuple[tuple[str, ...], bytes]]:
    found: list[tuple[tuple[str, ...], bytes]] = []
    for entry in sorted(folder.iterdir(), key=lambda each: each.name):
        if entry.is_dir():
            found.extend(_walk(entry, (*above, entry.name)))
        else:
            found.append(((*above, entry.name), entry.read_bytes()))
    return found


def _namespace(name: str) -> str:
    """The folder's name in the letters a namespace may have."""
    ascii_only = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")[:40].strip("-")
    return slug if re.match(r"[a-z].", slug) else f"deck-{slug}".strip("-")[:40]
