"""Reading and writing a project's files, whole or not at all.

Reads remember a digest, so that a file that changed under us is noticed. Writes go to
a temporary name beside the target and are renamed over it.
"""

from __future__ import annotations

import contextlib
import glob
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from cardwright.diagnostics import Diagnostic, Span, error

__all__ = ["ChangedError", "TextFile", "claim", "digest", "read_text", "replace_folder", "write_all"]

# Card, rule and deck files are written by people; one this large is a mistake.
LARGEST_YAML = 16 * 1024 * 1024
# What a file is called while it is written; git ignores it.
_UNFINISHED = ".unfinished"


@dataclass(frozen=True, slots=True)
class TextFile:
    """A file as it was read: `path` as shown to people, `text` without a byte order mark."""

    path: str
    text: str
    digest: str
    bom: bool = False


class ChangedError(Exception):
    """A file is no longer what it was when it was read; `paths` names them."""

    def __init__(self, paths: list[str]) -> None:
        super().__init__(", ".join(paths))
        self.paths = paths


def digest(data: bytes) -> str:
    """The fingerprint that the memory of a read holds."""
    return hashlib.sha256(data).hexdigest()


def read_text(file: Path, shown: str) -> tuple[TextFile | None, list[Diagnostic]]:
    """Read a UTF-8 file of the project. `shown` is its path as messages should print it."""
    if file.exists() and not file.is_file():
        return None, [error("CW003", "this is no file", Span(shown), "move what is there out of the way")]
    try:
        if file.stat().st_size > LARGEST_YAML:
            return None, [
                error(
                    "CW003",
                    f"the file is larger than {LARGEST_YAML >> 20} MiB",
                    Span(shown),
                    "split it into several files",
                )
            ]
        data = file.read_bytes()
    except OSError as problem:
        reason = (problem.strerror or str(problem)).lower()
        return None, [error("CW003", f"cannot be read: {reason}", Span(shown), "check its name and permissions")]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        column = problem.start - (data.rfind(b"\n", 0, problem.start) + 1) + 1
        return None, [
            error("CW003", "this is not UTF-8 text", Span(shown, line, column), "save the file as UTF-8 in your editor")
        ]
    bom = text.startswith("\ufeff")
    return TextFile(shown, text[1:] if bom else text, digest(data), bom), []


def write_all(files: Mapping[Path, bytes], expected: Mapping[Path, str] | None = None) -> list[Path]:
    """Write every file that would change, in the order given; return those written.

    All temporary files are complete on disk before the first one takes its name. A link
    stays a link: what it leads to is written.
    `expected` maps a path to the digest it had when it was read ("" for: not there).

    Raises:
        ChangedError: a file is not what it was; nothing has been written.
        OSError: the disk said no; no file is half written.

    """
    moved = [str(file) for file, was in (expected or {}).items() if _now(file) != was]
    if moved:
        raise ChangedError(moved)
    pending: list[tuple[Path, Path]] = []
    try:
        for named, data in files.items():
            file = named.resolve() if named.is_symlink() else named
            if file.exists() and file.read_bytes() == data:
                continue
            file.parent.mkdir(parents=True, exist_ok=True)
            _sweep(file)
            pending.append((_temporary(file, data), file))
        for temporary, file in pending:
            temporary.replace(file)
    finally:
        for temporary, _ in pending:
            temporary.unlink(missing_ok=True)
    return [file for _, file in pending]


def replace_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put a folder with just these files in the place of `folder`, which is there as it was or as it shall be.

    It is completed under another name beside it, and that name is then exchanged for the old one. A run that ends
    between the two renames leaves the old folder under its aside name; the next run first gives it its own one back.

    Raises:
        OSError: the disk said no; what was there is there still.

    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh, aside = (folder.with_name(f".{folder.name}.{what}{_UNFINISHED}") for what in ("new", "old"))
    if aside.exists() and not folder.exists():
        aside.rename(folder)
    for left in (fresh, aside):
        shutil.rmtree(left, ignore_errors=True)
    try:
        write_all({fresh / name: data for name, data in files.items()})
        if folder.exists():
            folder.rename(aside)
        try:
            fresh.rename(folder)
        except OSError:
            if aside.exists():
                aside.rename(folder)
            raise
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    shutil.rmtree(aside, ignore_errors=True)


@contextlib.contextmanager
def claim(folder: Path) -> Iterator[bool]:
    """Hold `folder` for one writing run; gives False where another run holds it.

    The claim is the operating system's, so it ends with the process, however that ends.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".claim").open("a+b") as handle:
        try:
            _take(handle.fileno())
        except OSError:
            yield False
            return
        yield True


def _take(descriptor: int) -> None:
    """Ask the operating system for the file, without waiting."""
    try:
        import fcntl
    except ImportError:  # Windows has no fcntl
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
    else:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _now(file: Path) -> str:
    try:
        return digest(file.read_bytes())
    except FileNotFoundError:
        return ""


def _sweep(file: Path) -> None:
    """Remove what a run that was killed left beside a file."""
    for left in file.parent.glob(f".{glob.escape(file.name)}.*{_UNFINISHED}"):
        left.unlink(missing_ok=True)


def _temporary(file: Path, data: bytes) -> Path:
    """Data under a temporary name in the folder of `file`, with that file's permissions."""
    mode = file.stat().st_mode & 0o777 if file.exists() else 0o666 & ~_umask()
    descriptor, name = tempfile.mkstemp(prefix=f".{file.name}.", suffix=_UNFINISHED, dir=file.parent)
    try:
        with os.fdopen(descriptor, "wb") as handle:
            handle.write(data)
            handle.flush()
            os.fsync(handle.fileno())
        Path(name).chmod(mode)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
