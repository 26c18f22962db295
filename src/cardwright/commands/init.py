"""`cardwright init`: a new project that can be built at once."""

from __future__ import annotations

import re
import unicodedata
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from cardwright.console import Outcome
from cardwright.diagnostics import Span, error
from cardwright.files import write_all

__all__ = ["run"]

# Package data cannot begin with a dot everywhere, so this one is named here.
_RENAMED = {"gitignore": ".gitignore"}


def run(folder: Path) -> Outcome:
    """Lay the starter project into `folder`, made if need be, and extract its first cards."""
    from cardwright.commands import extract, schema

    folder = folder.absolute()
    schemas = {folder / schema.FOLDER / f"{name}.json": text.encode() for name, text in schema.texts().items()}
    files = dict(_starter(folder)) | schemas
    taken = sorted(path.relative_to(folder).as_posix() for path in files if path.exists())
    if (folder / "pyproject.toml").is_file() and b"tool.cardwright" in (folder / "pyproject.toml").read_bytes():
        taken.append("pyproject.toml")
    if taken:
        way_out = "choose an empty folder: cardwright init DIR"
        found = [
            error("CW006", "this is here already, and init overwrites nothing", Span(name), way_out) for name in taken
        ]
        return Outcome(diagnostics=tuple(found), root=folder)
    write_all(files)
    extracted = extract.run(folder, (), dry_run=False)
    if extracted.exit_code:
        return extracted
    lines = [f"made a project in {folder.name}/", *(f"  {path.relative_to(folder).as_posix()}" for path in files)]
    steps = (
        *((f"cd {folder.name}",) if folder != Path.cwd() else ()),
        "cardwright build      makes decks/*.apkg from the cards",
        "cardwright outline seeds/onboarding-handbook.md      shows what the rules see",
    )
    data = {"root": str(folder), "files": [path.relative_to(folder).as_posix() for path in files]}
    return Outcome("\n".join(lines), data, ("Next:", *(f"  {step}" for step in steps)), root=folder)


def _starter(folder: Path) -> list[tuple[Path, bytes]]:
    namespace = _namespace(folder.name)
    words = {"NAMESPACE": namespace, "DECKNAME": namespace.replace("-", " ").capitalize()}
    files = []
    for parts, data in _walk(resources.files("cardwright") / "starter", ()):
        name = "/".join(_RENAMED.get(part, part) for part in parts)
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
