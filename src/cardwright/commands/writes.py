"""Card files written whole or not at all, and only over what was read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cardwright.commands import gather
from cardwright.diagnostics import Diagnostic
from cardwright.files import ChangedError, TextFile, write_all
from cardwright.settings import Settings

if TYPE_CHECKING:
    from cardwright.cards import CardFile
    from cardwright.memory.extracted import Extracted

__all__ = ["write_cards"]


def write_cards(
    settings: Settings,
    files: Sequence[CardFile],
    texts: Mapping[str, str],
    memory: tuple[TextFile | None, Extracted] | None = None,
) -> list[Diagnostic]:
    """Write new texts of card files, by their stems; gives what kept them from being written.

    `memory` is what extracted.lock shall hold, with the file that it was read from. It is written last.
    """
    written: dict[Path, bytes] = {}
    expected: dict[Path, str] = {}
    for file in files:
        if file.stem in texts:
            path = settings.folder("cards") / f"{file.stem}.yaml"
            written[path] = _bytes(file.file, texts[file.stem])
            expected[path] = file.file.digest
    if memory is not None:
        from cardwright.memory import extracted

        lock, known = memory
        path = settings.folder("cards") / gather.EXTRACTED_LOCK
        written[path] = _bytes(lock, extracted.dump(known))
        expected[path] = lock.digest if lock else ""
    try:
        write_all(written, expected)
    except ChangedError as changed:
        return gather.moved(settings, changed)
    return []


def _bytes(before: TextFile | None, text: str) -> bytes:
    return (("\ufeff" if before and before.bom else "") + text).encode()
