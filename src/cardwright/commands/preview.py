"""`cardwright preview`: cards and documents as a page, in a file or served while a person edits."""

from __future__ import annotations

import os
import sys
import threading
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from cardwright.commands.look import findings, look
from cardwright.console import Outcome
from cardwright.diagnostics import Diagnostic, Span, error, several
from cardwright.files import write_all
from cardwright.settings import Settings, find

if TYPE_CHECKING:
    from cardwright.preview import Preview, Served, State

__all__ = ["run", "serve"]

# Where the page goes if nobody says where; git ignores the folder.
_PAGE = ".cardwright/preview.html"
_WATCHED = (("seeds", "**/*"), ("rules", "*.yaml"), ("cards", "**/*"), ("decks", "*.yaml"), ("decks", "*.lock"))


def run(folder: Path, output: Path | None, *, opened: bool) -> Outcome:
    """Write the page, and show it where `opened` and there is something to show it on."""
    from cardwright.preview import as_json, data_uris, page_of

    settings, found = find(folder)
    if settings is None:
        return Outcome(diagnostics=tuple(found))
    preview, problems = look(settings)
    if preview is None:
        return Outcome(diagnostics=tuple(problems), root=settings.root)
    path = folder / output if output else settings.root / _PAGE
    if refused := _refused(settings, path):
        return Outcome(diagnostics=(refused,), root=settings.root)
    page = page_of(preview.name, as_json(preview, data_uris(preview.media)))
    write_all({path: page.encode()})
    if opened and _has_screen():
        webbrowser.open(path.resolve().as_uri())
    shown = settings.shown(path)
    data = {"page": shown, "cards": len(preview.cards), "documents": len(preview.documents)}
    return Outcome(f"{_counted(preview)} -> {shown}", data, (), (), root=settings.root)


def _refused(settings: Settings, path: Path) -> Diagnostic | None:
    """Why the page cannot go there: what a person wrote would be lost, or the project would read it."""
    from cardwright.preview import is_page

    shown, way_out = Span(settings.shown(path)), "name another file with --output"
    for name in ("seeds", "rules", "cards", "decks"):
        if path.resolve().is_relative_to(settings.folder(name).resolve()):
            return error("CW009", f"a page cannot go into {getattr(settings, name)}/", shown, way_out)
    if path.exists() and not (path.is_file() and is_page(path.read_bytes())):
        return error("CW009", "this is there already, and is no page of a preview", shown, way_out)
    return None


def serve(folder: Path, *, opened: bool, tell: Callable[[str], None], stop: threading.Event | None = None) -> Outcome:
    """Serve the page on loopback until interrupted (or until `stop`), and bring it up to date with every save.

    `tell` takes the address, once, as soon as it can be asked for.
    """
    from cardwright.preview import Board, changes, server

    settings, found = find(folder)
    if settings is None:
        return Outcome(diagnostics=tuple(found))
    stop = stop or threading.Event()
    known = _state(settings)
    last, served = _served(settings, None)
    board = Board(served)
    listening = server(board)
    threading.Thread(target=listening.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{listening.server_address[1]}/"
    tell(address)
    if opened and _has_screen():
        webbrowser.open(address)
    try:
        for _ in changes(lambda: _state(find(settings.root)[0] or settings), known, stop):
            last, served = _served(settings, last)
            board.put(served)
    except KeyboardInterrupt:
        pass
    finally:
        board.close()
        listening.shutdown()
        listening.server_close()
    return Outcome(root=settings.root)


def _served(settings: Settings, last: Preview | None) -> tuple[Preview, Served]:
    """The project as it is now; with errors, what was good last, and the errors above it."""
    from cardwright.preview import Preview, Served, as_json, mark_of, page_of

    try:
        again, found = find(settings.root)
        preview, problems = look(again) if again else (None, found)
    except OSError as gone:  # a file went away while it was read; its folder is looked at again soon
        message = f"cannot be read: {(gone.strerror or str(gone)).lower()}"
        preview, problems = None, [error("CW003", message, Span(str(gone.filename or ".")), "save it again")]
    except Exception as problem:  # whatever it is, the person goes on writing, and the next save is looked at
        if os.environ.get("CARDWRIGHT_DEBUG"):
            raise
        message, way_out = f"{type(problem).__name__}: {problem}", "please report this; CARDWRIGHT_DEBUG=1 shows where"
        preview, problems = None, [error("internal", message, Span("."), way_out)]
    errors: list[Diagnostic] = [] if preview else [each for each in problems if each.severity == "error"]
    preview = preview or last or Preview(settings.namespace)
    media = {name: f"media/{name}" for name in preview.media}
    data = as_json(preview, media, findings(settings, errors))
    page = page_of(preview.name, data, live=True)
    return preview, Served(page.encode(), data.encode(), mark_of(data), preview.media)


def _state(settings: Settings) -> State:
    """What the files of the project look like from outside, those that commands write beside the decks left out."""
    from cardwright.preview import states

    files = [settings.root / "cardwright.toml", settings.root / "pyproject.toml"]
    for folder, pattern in _WATCHED:
        files.extend(path for path in settings.folder(folder).glob(pattern) if path.is_file())
    return states(files)


def _counted(preview: Preview) -> str:
    return f"{several(len(preview.cards), 'card')}, {several(len(preview.documents), 'document')}"


def _has_screen() -> bool:
    """Whether a browser has a screen to open a window on, and a person sits before it."""
    if not sys.stdout.isatty():
        return False
    return not sys.platform.startswith("linux") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
