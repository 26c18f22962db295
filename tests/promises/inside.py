"""A package opened: the collection in it as rows, and with its note types changed."""

from __future__ import annotations

import contextlib
import json
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

__all__ = ["rows", "with_note_types"]

_MEMBER = "collection.anki2"


def rows(package: Path, query: str) -> list[Any]:
    """What a query finds in the collection of a package."""
    with zipfile.ZipFile(package) as archive, contextlib.closing(sqlite3.connect(":memory:")) as base:
        base.deserialize(archive.read(_MEMBER))
        return base.execute(query).fetchall()


def with_note_types(package: Path, copy: Path, change: Callable[[dict[str, Any]], None]) -> Path:
    """A copy of a package in which each note type, as Anki's JSON has it, has been changed."""
    with zipfile.ZipFile(package) as archive, contextlib.closing(sqlite3.connect(":memory:")) as base:
        base.deserialize(archive.read(_MEMBER))
        models = json.loads(base.execute("select models from col").fetchone()[0])
        for model in models.values():
            change(model)
        base.execute("update col set models = ?", (json.dumps(models),))
        base.commit()
        with zipfile.ZipFile(copy, "w") as other:
            for name in archive.namelist():
                other.writestr(name, base.serialize() if name == _MEMBER else archive.read(name))
    return copy
