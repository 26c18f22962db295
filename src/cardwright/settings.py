"""Where a project is and how its folders are called.

A project is a folder with `cardwright.toml`, or with `[tool.cardwright]` in its pyproject.toml.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from cardwright.diagnostics import Diagnostic, Span, did_you_mean, error

__all__ = ["Setting", "Settings", "find"]

NAMESPACE = re.compile(r"[a-z][a-z0-9-]{1,39}")
_FOLDERS = ("seeds", "rules", "cards", "decks")


@dataclass(frozen=True, slots=True)
class Setting:
    """One key of a table that another module reads: its value as TOML has it, and its place."""

    name: str
    value: object
    span: Span


@dataclass(frozen=True, slots=True)
class Settings:
    """A project's folder, its namespace, and the names of its folders below it.

    `namespace` is what Anki ids are made from; it never changes once a deck is out. `lint` holds the keys of the
    table of that name, which the linter understands.
    """

    root: Path
    namespace: str
    seeds: str = "seeds"
    rules: str = "rules"
    cards: str = "cards"
    decks: str = "decks"
    lint: tuple[Setting, ...] = ()

    def folder(self, name: str) -> Path:
        """The folder that plays the part of seeds, rules, cards or decks."""
        return self.root / str(getattr(self, name))

    def shown(self, file: Path) -> str:
        """A path as messages print it: relative to the project where it lies inside."""
        try:
            return (file.parent.resolve() / file.name).relative_to(self.root).as_posix()
        except ValueError:
            return str(file)


def find(start: Path) -> tuple[Settings | None, list[Diagnostic]]:
    """The project that holds `start`: the nearest folder upwards with settings."""
    start = start.resolve()
    for folder in (start, *start.parents):
        own = folder / "cardwright.toml"
        if own.is_file():
            return _load(folder, own, ())
        shared = folder / "pyproject.toml"
        if shared.is_file() and _has_table(shared):
            return _load(folder, shared, ("tool", "cardwright"))
    return None, [
        error(
            "CW001",
            "no project here: neither this folder nor one above it has a cardwright.toml",
            Span(str(start)),
            "run 'cardwright init' to make one, or name its folder with -C DIR",
        )
    ]


def _has_table(file: Path) -> bool:
    """Whether a pyproject.toml has settings of ours; one that cannot be read is ours where it seems to mean to."""
    data = file.read_bytes()
    if b"cardwright" not in data:
        return False
    try:
        tool = tomllib.loads(data.decode()).get("tool")
    except (UnicodeDecodeError, tomllib.TOMLDecodeError):
        return b"[tool.cardwright" in data
    return isinstance(tool, dict) and "cardwright" in tool


def _load(root: Path, file: Path, table: tuple[str, ...]) -> tuple[Settings | None, list[Diagnostic]]:
    shown = file.name
    try:
        text = file.read_text(encoding="utf-8")
        values: Any = tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        place = re.search(r"at line (\d+), column (\d+)", str(problem))
        span = Span(shown, int(place[1]), int(place[2])) if place else Span(shown)
        return None, [error("CW002", f"not readable as TOML: {problem}", span, "mend the line, or make the file anew")]
    for key in table:
        values = values.get(key, {})
    if not isinstance(values, dict):
        way_out = f"write [{'.'.join(table)}] and its keys below"
        return None, [error("CW002", f"'{'.'.join(table)}' is a table", Span(shown), way_out)]
    linted = values.pop("lint", {})
    settings, found = _checked(root, shown, values)
    if not isinstance(linted, dict):
        message = "'lint' is a table"
        return None, [
            *found,
            error("CW002", message, Span(shown), f"write [{'.'.join((*table, 'lint'))}] and its keys below"),
        ]
    if settings is None:
        return None, found
    return replace(settings, lint=tuple(_placed(linted, text, shown))), found


def _placed(values: Mapping[str, object], text: str, shown: str) -> Iterator[Setting]:
    """The keys of the lint table with their places; where a key is not on a line of its own, that of the file."""
    lines = text.splitlines()
    header = next((at for at, line in enumerate(lines) if re.match(r"\s*\[(?:tool\.cardwright\.)?lint\]", line)), 0)
    for key, value in values.items():
        own = re.compile(rf"\s*(?P<key>(?:lint\.)?[\"']?{re.escape(key)}[\"']?)\s*=")
        found = next(((at, each) for at in range(header, len(lines)) if (each := own.match(lines[at]))), None)
        span = Span(shown, found[0] + 1, found[1].start("key") + 1, len(found[1]["key"])) if found else Span(shown)
        yield Setting(key, value, span)


def _checked(root: Path, shown: str, values: dict[str, Any]) -> tuple[Settings | None, list[Diagnostic]]:
    found: list[Diagnostic] = []
    known = ("namespace", "lint", *_FOLDERS)
    for key, value in values.items():
        if key not in known:
            found.append(error("CW002", f"'{key}' is no setting", Span(shown), did_you_mean(key, known)))
        elif not isinstance(value, str):
            found.append(error("CW002", f"'{key}' takes a text", Span(shown), f'write {key} = "..."'))
    namespace = values.get("namespace")
    if namespace is None:
        found.append(
            error(
                "CW002", "no namespace is set", Span(shown), 'add namespace = "my-project"; it is never changed again'
            )
        )
    elif isinstance(namespace, str) and not NAMESPACE.fullmatch(namespace):
        found.append(
            error(
                "CW002",
                f"'{namespace}' cannot be a namespace",
                Span(shown),
                "use 2 to 40 small letters, digits and hyphens, a letter first",
            )
        )
    for key in _FOLDERS:
        value = values.get(key, key)
        if isinstance(value, str) and not (root / value).resolve().is_relative_to(root):
            found.append(error("CW002", f"'{key}' leads out of the project", Span(shown), "name a folder inside it"))
    if found:
        return None, found
    return Settings(root=root, **values), []
