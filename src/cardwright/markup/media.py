"""Images of fields: which files a field shows, what a file is by its bytes, and its name in a package."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from cardwright.markup.cloze import cloze_to_html
from cardwright.markup.markdown import IMAGE, image_name, to_html
from cardwright.markup.regions import outside

__all__ = ["Picture", "Reference", "image_references", "image_type", "packed_names", "without_slugs"]

# How each type begins; `....` stands for the four bytes of a length.
_BEGINNINGS = (
    ("png", re.compile(rb"\x89PNG\r\n\x1a\n")),
    ("jpg", re.compile(rb"\xff\xd8\xff")),
    ("gif", re.compile(rb"GIF8[79]a")),
    ("webp", re.compile(rb"RIFF....WEBP", re.DOTALL)),
)
_LONGEST_SLUG = 60
_HASH = 16
_PACKED = re.compile(rf'(<img src=")[a-z0-9-]*-(?=[0-9a-f]{{{_HASH}}}\.(?:png|jpg|gif|webp)")')


@dataclass(frozen=True, slots=True)
class Picture:
    """A file that a field shows: its path below the project, and its bytes, which are of a known image type."""

    path: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Reference:
    """An image in a field: the file's name as written, and the offsets where it stands."""

    name: str
    start: int
    end: int


def image_references(text: str, *, cloze: bool = False) -> list[Reference]:
    """The files beside the card file that a field shows, each name once; none of code or of other sites."""
    if "![" not in text:
        return []
    names: dict[str, None] = {}
    (cloze_to_html if cloze else to_html)(text, lambda name: names.setdefault(name))
    if not names:
        return []
    places: dict[str, tuple[int, int]] = {}
    for match in IMAGE.finditer(outside(text)):
        places.setdefault(image_name(text[match.start(2) : match.end(2)]), match.span(2))
    return [Reference(name, *places.get(name, (0, len(text)))) for name in names]


def image_type(data: bytes) -> str:
    """png, jpg, gif or webp, by how the bytes begin; "" for all else.

    SVG is none of them: it is a document that may hold scripts and load files of other sites.
    """
    return next((name for name, beginning in _BEGINNINGS if beginning.match(data)), "")


def packed_names(pictures: Iterable[Picture]) -> dict[str, str]:
    """By path, the name under which Anki is to keep a picture: slug, digest of the bytes, type.

    Anki knows files by their names alone and keeps what it has under a name, as measured with its backend; so a
    changed picture has to have another name. Pictures of the same bytes have one name, after the first path.
    """
    slugs: dict[str, str] = {}
    names: dict[str, str] = {}
    for each in sorted(pictures, key=lambda picture: picture.path):
        digest = hashlib.sha256(each.data).hexdigest()[:_HASH]
        slug = slugs.setdefault(digest, _slug(each.path))
        names[each.path] = f"{slug}-{digest}.{image_type(each.data)}"
    return names


def without_slugs(rendered: str) -> str:
    """HTML with packed pictures named by their bytes alone: what a file is called is no content of a note."""
    return _PACKED.sub(r"\1", rendered)


def _slug(path: str) -> str:
    """The file's own name in small ASCII letters, digits and hyphens."""
    stem = path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:_LONGEST_SLUG].strip("-") or "picture"
