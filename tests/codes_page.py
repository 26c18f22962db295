"""Examples of every code, and the page that shows them: `python -m codes_page` writes it anew.

An example is a folder tests/data/codes/CWnnn: files laid over those of `base`, in `story.txt` what is done (else a
`cardwright check`), in `message.txt` what the last command then says.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest import mock

from cardwright.diagnostics import CODES
from cardwright.files import claim
from story import Said, run_in

__all__ = ["EXAMPLES", "PAGE", "main", "page", "said"]

EXAMPLES = Path(__file__).parent / "data" / "codes"
PAGE = Path(__file__).parents[1] / "docs" / "codes.md"

_GROUPS = {
    "0": "The project",
    "1": "Documents",
    "2": "YAML, whatever it is for",
    "3": "Rules and glossary",
    "4": "Cards",
    "5": "Decks and notes",
    "6": "Memory files",
    "7": "What stands in a field",
    "8": "Whether a card is worth learning",
}
_HEAD = """# Codes

Every message has a code, which keeps its meaning. For each there is an example here of what `cardwright` then says;
the files that make it are in `tests/data/codes/`. This page is written by `make schemas`.

"""


def said(code: str, root: Path) -> Said:
    """Play the example of a code in the empty folder `root`; what the last command said."""
    with contextlib.ExitStack() as around:
        shutil.copytree(EXAMPLES / "base", root, dirs_exist_ok=True)
        shutil.copytree(EXAMPLES / code, root, dirs_exist_ok=True)
        (root / "message.txt").unlink(missing_ok=True)
        story = root / "story.txt"
        lines = story.read_text(encoding="utf-8").splitlines() if story.is_file() else ["cardwright check"]
        story.unlink(missing_ok=True)
        # the time stands in memory files, and lines of these in messages
        around.enter_context(mock.patch.dict(os.environ, {"SOURCE_DATE_EPOCH": "1700000000"}))
        result = Said(0, "", "")
        for line in lines:
            word, _, rest = line.partition(" ")
            if word == "cardwright":
                result = run_in(root, *rest.split())
            else:
                _STEPS[word](root, rest, around)
    return result


def _remove(root: Path, rest: str, _: contextlib.ExitStack) -> None:
    """`remove PATH`."""
    (root / rest).unlink()


def _copy(root: Path, rest: str, _: contextlib.ExitStack) -> None:
    """`copy PATH PATH`."""
    here, there = rest.split()
    shutil.copy(root / here, root / there)


def _replace(root: Path, rest: str, __: contextlib.ExitStack) -> None:
    """`replace PATH /pattern/text/`; what the pattern meets must be there."""
    path, change = rest.split(" ", 1)
    _, pattern, text, _ = change.split("/")
    before = (root / path).read_text(encoding="utf-8")
    assert re.search(pattern, before), (path, pattern)
    (root / path).write_text(re.sub(pattern, text, before), encoding="utf-8", newline="")


def _repeat(root: Path, rest: str, _: contextlib.ExitStack) -> None:
    """`repeat PATH NUMBER TEXT` puts the text so many times in the place of @@."""
    path, number, text = rest.split(" ", 2)
    before = (root / path).read_text(encoding="utf-8")
    (root / path).write_text(before.replace("@@", text * int(number)), encoding="utf-8", newline="")


def _set(_: Path, rest: str, around: contextlib.ExitStack) -> None:
    """`set NAME=VALUE` in the environment."""
    name, value = rest.split("=")
    around.enter_context(mock.patch.dict(os.environ, {name: value}))


def _hold(root: Path, _: str, around: contextlib.ExitStack) -> None:
    """`hold`: another run has the project."""
    around.enter_context(claim(root / ".cardwright"))


def _meanwhile(root: Path, rest: str, around: contextlib.ExitStack) -> None:
    """`meanwhile PATH TEXT`: somebody adds a text to the file once it has been read."""
    path, text = rest.split(" ", 1)
    plain = Path.read_bytes
    waiting = [root / path]

    def read(self: Path) -> bytes:
        data = plain(self)
        if waiting and self.resolve() == waiting[0].resolve():
            waiting.pop().write_bytes(data + text.encode() + b"\n")
        return data

    around.enter_context(mock.patch.object(Path, "read_bytes", read))


def _zip(root: Path, rest: str, _: contextlib.ExitStack) -> None:
    """`zip PATH NAME MIB`: a package that holds one file of so many MiB of nothing."""
    import zipfile

    path, name, size = rest.split()
    with (
        zipfile.ZipFile(root / path, "w", zipfile.ZIP_DEFLATED) as package,
        package.open(name, "w", force_zip64=True) as inside,
    ):
        for _number in range(int(size)):
            inside.write(bytes(1 << 20))


def _grow(root: Path, rest: str, _: contextlib.ExitStack) -> None:
    """`grow PATH MIB` adds so many MiB of nothing."""
    path, size = rest.split()
    with (root / path).open("ab") as file:
        file.write(bytes(int(size) << 20))


def _git(root: Path, rest: str, _: contextlib.ExitStack) -> None:
    """`git WORDS` without anybody's own settings."""
    import subprocess

    quiet = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    quiet |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    subprocess.run(["git", *rest.split()], cwd=root, env=quiet, check=True, capture_output=True)


_STEPS: dict[str, Callable[[Path, str, contextlib.ExitStack], None]] = {
    "remove": _remove,
    "copy": _copy,
    "replace": _replace,
    "repeat": _repeat,
    "set": _set,
    "hold": _hold,
    "meanwhile": _meanwhile,
    "zip": _zip,
    "grow": _grow,
    "git": _git,
}


def page() -> str:
    """The page, from the table of codes and the examples' messages."""
    return _HEAD + "\n".join(_lines())


def _lines() -> Iterator[str]:
    for digit, title in _GROUPS.items():
        codes = {code: meaning for code, meaning in CODES.items() if code[2] == digit}
        if not codes:
            continue
        yield f"## {title}\n"
        yield "| code | stands for |\n| --- | --- |"
        yield from (f"| [{code}](#{code.lower()}) | {meaning} |" for code, meaning in codes.items())
        yield ""
        for code, meaning in codes.items():
            message = (EXAMPLES / code / "message.txt").read_text(encoding="utf-8").rstrip("\n")
            yield f"### {code}\n\n{meaning[:1].upper()}{meaning[1:]}.\n\n````text\n{message}\n````\n"


def main() -> None:
    """Write the messages of examples that have none yet, and the page."""
    for code in CODES:
        golden = EXAMPLES / code / "message.txt"
        if not golden.exists():
            with tempfile.TemporaryDirectory() as folder:
                golden.write_text(message(code, Path(folder) / "project"), encoding="utf-8", newline="")
    PAGE.write_text(page(), encoding="utf-8", newline="")


def message(code: str, root: Path) -> str:
    """What an example's last command said, without the place where it ran."""
    return said(code, root).err.replace(str(root.resolve()), "/home/me/project").replace(str(root), "/home/me/project")


if __name__ == "__main__":
    main()
