"""What git says of a project's files; it is only asked, and nothing depends on its being there."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

__all__ = ["SECONDS", "asked", "knows_of"]

# How long git is waited for.
SECONDS = 20
# Settings of a person that would run programs of theirs, or print more than was asked for.
_QUIET = ("-c", "core.fsmonitor=false", "-c", "log.showSignature=false", "--literal-pathspecs")


def knows_of(folder: Path) -> bool:
    """Whether a folder is in a repository, by what lies there."""
    return any((each / ".git").exists() for each in (folder, *folder.parents))


def asked(folder: Path, *words: str) -> tuple[str, str]:
    """What a reading command prints in a folder, and why it failed: "" where it did not."""
    # Variables of a hook that calls us would mislead it.
    environ = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | {"LC_ALL": "C"}
    command = ["git", "-C", str(folder), *_QUIET, *words]
    try:
        done = subprocess.run(command, env=environ, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return "", f"no answer within {SECONDS} seconds"
    except OSError as problem:
        return "", (problem.strerror or str(problem)).lower()
    if done.returncode:
        return "", _reason(done.stderr) or f"it ended with exit code {done.returncode}"
    return done.stdout.decode("utf-8", "replace").strip(), ""


def _reason(said: bytes) -> str:
    """The line that tells why; warnings may stand before it, and advice behind."""
    lines = said.decode("utf-8", "replace").splitlines()
    fatal = [line.removeprefix("fatal: ") for line in lines if line.startswith("fatal: ")]
    return (fatal or lines or [""])[0]
