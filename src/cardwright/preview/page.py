"""The page as one HTML file: its markup, style and script are files of this package, joined here with the data."""

from __future__ import annotations

import base64
import hashlib
import html
from collections.abc import Mapping
from importlib import resources
from string import Template

from cardwright.preview.encode import for_script

__all__ = ["data_uris", "is_page", "mark_of", "media_type", "page_of"]

# The script in the order in which its parts build on each other.
_SCRIPTS = (
    "base.js",
    "filter.js",
    "list.js",
    "typed.js",
    "stage.js",
    "cards.js",
    "documents.js",
    "overview.js",
    "problems.js",
    "main.js",
)
_STYLES = ("page.css", "cards.css", "documents.css")
_TYPES = {"png": "image/png", "jpg": "image/jpeg", "gif": "image/gif", "webp": "image/webp"}


def page_of(name: str, data: str, *, live: bool = False) -> str:
    """The whole page around data in JSON. A `live` one asks its server for news; any other is complete in itself.

    The policy in its head lets nothing run or load but what is written here, whatever a card says.
    """
    style = "\n".join(_file(each) for each in _STYLES)
    script = "(() => {\n'use strict';\n" + "\n".join(_file(each) for each in _SCRIPTS) + "\n})();\n"
    policy = (
        "default-src 'none'",
        f"script-src {_hash(script)}",
        f"style-src {_hash(style)}",
        "style-src-attr 'unsafe-inline'",  # how tables of cards align their columns
        "img-src 'self' data:" if live else "img-src data:",
        *(("connect-src 'self'",) if live else ()),
        "base-uri 'none'",
        "form-action 'none'",
    )
    return Template(_file("page.html")).substitute(
        name=html.escape(name),
        policy="; ".join(policy),
        live=mark_of(data) if live else "",
        style=style,
        script=script,
        data=for_script(data),
    )


def is_page(data: bytes) -> bool:
    """Whether a file is a page of a preview, by the way all of them begin."""
    return data.startswith(_file("page.html").split("$")[0].encode())


def mark_of(data: str) -> str:
    """What a page knows its data by."""
    return hashlib.sha256(data.encode()).hexdigest()[:16]


def data_uris(media: Mapping[str, bytes]) -> dict[str, str]:
    """Pictures as addresses that hold them."""
    return {name: f"data:{media_type(name)};base64,{base64.b64encode(data).decode()}" for name, data in media.items()}


def media_type(name: str) -> str:
    """The type of a picture by its packed name, whose ending is made from its bytes."""
    return _TYPES[name.rsplit(".", 1)[-1]]


def _file(name: str) -> str:
    return (resources.files("cardwright.preview") / "assets" / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
