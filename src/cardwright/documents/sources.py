"""seeds/sources.yaml: what a curator says of each document."""

from __future__ import annotations

from cardwright.diagnostics import Diagnostic, error
from cardwright.files import TextFile
from cardwright.model import DocumentInfo
from cardwright.shape import Field, Shape, read

__all__ = ["ADDRESS", "DESCRIBED", "SOURCE_SHAPE", "load_sources"]

# A link that can stand below a card.
ADDRESS = r"https?://\S+"
SOURCE_SHAPE = Shape(
    "a document's entry",
    "What a document is; every key is optional.",
    (
        Field("title", "text", "the document's title"),
        Field("label", "text", "a few words that cards name the document by", example="PM interview guide"),
        Field("company", "text", "the company it is about"),
        Field("role", "text", "the role it is about"),
        Field("url", "text", "where it comes from", pattern=ADDRESS, example="https://example.com/guide"),
        Field("date", "text", "when it was published", example="2026-01-31"),
        Field("skip", "texts", "headings and line ranges to pass over", example="12-20"),
    ),
)
DESCRIBED = ("title", "label", "company", "role", "url", "date")


def load_sources(file: TextFile) -> tuple[dict[str, DocumentInfo], list[Diagnostic]]:
    """What sources.yaml says, by document name; what cannot be used is left out and told of."""
    from cardwright.yamltext import Mapping, Scalar, parse

    node, found = parse(file)
    if node is None or (isinstance(node, Scalar) and not node.value):
        return {}, found
    if not isinstance(node, Mapping):
        found.append(
            error(
                "CW206",
                "sources.yaml names documents",
                node.span(file.path),
                "write 'document.txt:' and its keys below",
            )
        )
        return {}, found
    infos: dict[str, DocumentInfo] = {}
    for name, entry in node.entries.items():
        if isinstance(entry, Scalar) and not entry.value:
            infos[name] = DocumentInfo(name)
            continue
        record, problems = read(entry, SOURCE_SHAPE, file.path)
        found.extend(problems)
        if record is not None:
            texts = {key: " ".join(record.text(key).split()) for key in DESCRIBED}
            infos[name] = DocumentInfo(name, **texts, skip=record.texts("skip"))
    return infos, found
