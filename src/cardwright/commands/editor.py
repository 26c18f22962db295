"""A person's own editor, opened at a line."""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path

__all__ = ["arguments", "edit"]

_FALLBACK = "notepad" if os.name == "nt" else "vi"
_VI = ("+{line}", "{file}")
_COLON = ("{file}:{line}",)
_CODE = ("--wait", "--goto", "{file}:{line}")
# How editors are told a line, by the name of the program, from their manuals; any other gets the file alone.
_LINES = {
    **dict.fromkeys(("vi", "vim", "nvim", "view", "gvim", "nano", "emacs", "emacsclient", "micro", "kak", "joe"), _VI),
    **dict.fromkeys(("code", "codium", "code-insiders"), _CODE),
    **dict.fromkeys(("hx", "helix", "subl", "zed"), _COLON),
}


def arguments(command: str, file: Path, line: int) -> list[str]:
    """What to run so that the editor `command`, which may have options, shows a line of a file."""
    words = shlex.split(command, posix=os.name != "nt")
    forms = _LINES.get(Path(words[0]).stem, ("{file}",))
    return [*words, *(form.format(file=file, line=max(line, 1)) for form in forms)]


def edit(file: Path, line: int) -> str:
    """Wait until a person has edited a file; gives what went wrong with the editor, "" for nothing.

    The editor is $VISUAL, else $EDITOR, as other programs have it.
    """
    command = os.environ.get("VISUAL", "").strip() or os.environ.get("EDITOR", "").strip() or _FALLBACK
    try:
        code = subprocess.run(arguments(command, file, line), check=False).returncode
    except (OSError, ValueError) as problem:
        return f"the editor '{command}' cannot be started: {getattr(problem, 'strerror', '') or problem}"
    return f"the editor '{command}' ended with code {code}" if code else ""
