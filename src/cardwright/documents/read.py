"""A document's bytes -> its tree: decode, read by format, arrange, mark, grow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from cardwright.diagnostics import Diagnostic, Span, error, warning
from cardwright.documents.annotate import annotate, arrange
from cardwright.documents.blocks import Block
from cardwright.documents.decode import decode
from cardwright.documents.metadata import infer
from cardwright.documents.page import Page
from cardwright.documents.tree import grow_tree
from cardwright.documents.vocabulary import Vocabulary
from cardwright.model import Document, DocumentInfo

__all__ = ["SUFFIXES", "read"]


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a reader makes of a text: blocks, what the document's head says, and what was wrong."""

    blocks: list[Block]
    facts: dict[str, str] = field(default_factory=dict)
    problems: list[Diagnostic] = field(default_factory=list)


def read(
    data: bytes, info: DocumentInfo, vocabulary: Vocabulary, *, shown: str = ""
) -> tuple[Document | None, list[Diagnostic]]:
    """The document as semantic HTML, read by the suffix of its name; None where it cannot be read.

    shown: the path that diagnostics name, the document's name where it is left out.
    """
    shown = shown or info.name
    reader = _READERS.get(PurePosixPath(info.name).suffix.lower())
    if reader is None:
        known = ", ".join(SUFFIXES)
        return None, [error("CW106", "the document's format is not known", Span(shown), f"name it with one of {known}")]
    text, found = decode(data, shown)
    if text is None:
        return None, found
    reading = reader(text, shown)
    found.extend(reading.problems)
    root = arrange(reading.blocks, vocabulary, info.title, len(text))
    page = Page(root, text, info, vocabulary, shown)
    annotate(page)
    found.extend(page.problems)
    full, inferred = infer(info, root, reading.facts)
    root.attrs["data-heading"] = root.attrs["data-heading"] or full.title
    return Document(full, text, grow_tree(root, text), inferred), found


def _read_text(text: str, _: str) -> _Reading:
    from cardwright.documents.text import read_text_document

    return _Reading(read_text_document(text))


def _read_markdown(text: str, shown: str) -> _Reading:
    from cardwright.documents.frontmatter import read_front_matter
    from cardwright.documents.markdown import read_markdown_document

    facts, body, problems = read_front_matter(text, shown)
    return _Reading(read_markdown_document(text, body), facts, problems)


def _read_html(text: str, shown: str) -> _Reading:
    from cardwright.documents.html import read_html_document

    blocks, facts, cut_off = read_html_document(text)
    problems = []
    if cut_off:
        last = text.count("\n") + 1
        problems.append(
            warning(
                "CW105",
                "the page breaks off; it was read as far as it goes",
                Span(shown, last, max(1, len(text) - text.rfind("\n") - 1)),
                "save the page again if something is missing",
            )
        )
    return _Reading(blocks, facts, problems)


_READERS: dict[str, Callable[[str, str], _Reading]] = {
    ".txt": _read_text,
    ".md": _read_markdown,
    ".markdown": _read_markdown,
    ".html": _read_html,
    ".htm": _read_html,
}
SUFFIXES = tuple(_READERS)
