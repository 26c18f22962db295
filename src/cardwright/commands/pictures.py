"""The pictures that cards show: found beside the card files and read, or told why not."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from cardwright.diagnostics import Diagnostic, Span, error, warning
from cardwright.settings import Settings

if TYPE_CHECKING:
    from cardwright.cards import CardFile
    from cardwright.markup import Picture
    from cardwright.model import Card

__all__ = ["LARGE", "LARGEST", "read_pictures"]

# Bytes of one picture: what a phone loads slowly, and what no package should hold.
LARGE = 5 * 1024 * 1024
LARGEST = 100 * 1024 * 1024

_ENDINGS = (".png", ".jpg", ".jpeg", ".gif", ".webp")
_KNOWN = "png, jpg, gif or webp"


@dataclass(frozen=True, slots=True)
class _Shown:
    """An image in a field: the file's name as written, the card, and the place."""

    name: str
    card: Card
    place: Span


def read_pictures(settings: Settings, files: Iterable[CardFile]) -> tuple[dict[str, Picture], list[Diagnostic]]:
    """The pictures of all cards by their names there, and what is wrong with any of them, at each of its places.

    What is wrong with the picture of a draft is a warning: no deck has that card yet.
    """
    pictures: dict[str, Picture] = {}
    told: dict[str, Diagnostic | None] = {}
    found: list[Diagnostic] = []
    for each in _shown(files):
        if each.name not in told:
            picture, told[each.name] = _read(settings, each.name)
            if picture is not None:
                pictures[each.name] = picture
        if problem := told[each.name]:
            severity = "warning" if each.card.draft else problem.severity
            found.append(replace(problem, span=each.place, severity=severity))
    return pictures, found


def _shown(files: Iterable[CardFile]) -> Iterator[_Shown]:
    from cardwright.cards import place_in
    from cardwright.markup import image_references
    from cardwright.model import CONTENT_FIELDS
    from cardwright.yamltext import Scalar

    for file in files:
        for card, node in zip(file.cards, file.nodes, strict=True):
            for key in CONTENT_FIELDS:
                value = node.entries.get(key)
                if not isinstance(value, Scalar):
                    continue
                for each in image_references(getattr(card, key), cloze=key == "cloze"):
                    yield _Shown(each.name, card, place_in(file.file, value, each.start, each.end))


def _read(settings: Settings, name: str) -> tuple[Picture | None, Diagnostic | None]:
    """One picture, or why it cannot be had; the place is the caller's to set. A large one comes with a warning."""
    from cardwright.markup import Picture, image_type

    path, problem = _file(settings, name)
    if path is None:
        return None, problem
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= LARGEST else b""
    except OSError as failure:
        reason = (failure.strerror or str(failure)).lower()
        return None, _fault("CW003", f"'{name}' cannot be read: {reason}", "check its permissions")
    if size > LARGEST:
        message = f"'{name}' has {size >> 20} MiB; a picture may have {LARGEST >> 20}"
        return None, _fault("CW725", message, "save it smaller: a phone's screen has some 1200 pixels across")
    if not image_type(data):
        return None, _fault("CW724", f"'{name}' {_what(path, data)}", f"save it as {_KNOWN}")
    shown = settings.shown(path)
    if size > LARGE:
        message = f"'{name}' has {size / (1 << 20):.1f} MiB, which every learner has to load"
        way_out = "save it smaller: a phone's screen has some 1200 pixels across"
        return Picture(shown, data), warning("CW725", message, Span(""), way_out)
    return Picture(shown, data), None


def _what(path: Path, data: bytes) -> str:
    """Why bytes are no picture for a package."""
    if not data:
        return "is empty"
    if path.suffix.lower() in (".svg", ".svgz") or b"<svg" in data[:1000]:
        return "is an SVG, which may hold scripts and load files of other sites"
    if path.suffix.lower() in _ENDINGS:
        return f"is no picture inside, whatever its name says: it is not {_KNOWN}"
    return f"is not {_KNOWN}"


def _file(settings: Settings, name: str) -> tuple[Path | None, Diagnostic | None]:
    """The file that a name means, found as a system that minds capitals finds it, whatever this one does."""
    root = settings.root.resolve()
    if "\\" in name:
        return None, _fault("CW720", f"'{name}' has a backslash in it", f"write '{name.replace(chr(92), '/')}'")
    outside = _fault("CW721", f"'{name}' lies outside the project", "copy it beside the card file, into cards/pictures")
    if name.startswith(("/", "~")) or "\0" in name:
        return None, outside
    folder = settings.folder("cards").resolve()
    for part in name.split("/"):
        if part == "..":
            folder = folder.parent
        elif part not in ("", "."):
            there, problem = _entry(settings, folder, part, name)
            if there is None:
                return None, problem
            folder = there
        if not folder.resolve().is_relative_to(root):
            return None, outside
    path = folder.resolve()
    return (path, None) if path.is_file() else (None, _fault("CW720", f"'{name}' is a folder", "name a file in it"))


def _entry(settings: Settings, folder: Path, part: str, name: str) -> tuple[Path | None, Diagnostic | None]:
    """What a folder holds under one part of a name."""
    alike = [each for each in _names(folder) if _folded(each) == _folded(part)]
    if len(alike) > 1:
        several = " or ".join(f"'{each}'" for each in alike)
        message = f"'{name}' could be {several}, which are one file on many systems"
        return None, _fault("CW723", message, "give one of them another name")
    if alike and unicodedata.normalize("NFC", alike[0]) == part:
        return folder / alike[0], None
    if alike:
        right = unicodedata.normalize("NFC", alike[0])
        message = f"'{part}' in '{name}' is called '{right}'; many systems mind the difference"
        return None, _fault("CW722", message, f"write '{right}', or rename the file")
    return None, _fault("CW720", f"there is no picture '{name}'", _nearest(settings, name))


def _names(folder: Path) -> list[str]:
    try:
        return sorted(each.name for each in folder.iterdir())
    except OSError:
        return []


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _nearest(settings: Settings, name: str) -> str:
    """The picture that was meant, if it can be told."""
    cards = settings.folder("cards")
    known = sorted(
        unicodedata.normalize("NFC", path.relative_to(cards).as_posix())
        for path in cards.rglob("*")
        if path.suffix.lower() in _ENDINGS
    )
    plain = unquote(name)
    same = [each for each in known if each.rsplit("/", 1)[-1].casefold() == plain.rsplit("/", 1)[-1].casefold()]
    near = [plain] if plain in known else same or difflib.get_close_matches(name, known, n=1)
    if near:
        return f"did you mean '{near[0]}'?"
    return "save it there; names count from the folder of the card file"


def _fault(code: str, message: str, way_out: str) -> Diagnostic:
    return error(code, message, Span(""), way_out)
