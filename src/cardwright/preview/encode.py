"""The page's data as JSON: short and in a fixed order, so that the same project gives the same bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from cardwright.preview.shown import (
    Block,
    Finding,
    Passage,
    Preview,
    ShownCard,
    ShownDocument,
)

__all__ = ["as_json", "for_script"]


def as_json(preview: Preview, media: Mapping[str, str], errors: tuple[Finding, ...] = ()) -> str:
    """All that the page's script reads. `media` are addresses of pictures, `errors` what stopped a newer preview."""
    return json.dumps(
        {
            "name": preview.name,
            "css": preview.css,
            "cards": [_card(each) for each in preview.cards],
            "documents": [_document(each) for each in preview.documents],
            "media": dict(media),
            "findings": [_finding(each) for each in preview.findings],
            "errors": [_finding(each) for each in errors],
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def for_script(text: str) -> str:
    """JSON that nothing in it can end: no `<` of a card reaches the parser of the page."""
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _told(**values: Any) -> dict[str, Any]:
    """What has something to say."""
    return {name: value for name, value in values.items() if value}


def _card(card: ShownCard) -> dict[str, Any]:
    return {
        "id": card.id,
        "place": card.place,
        "deck": card.deck,
        "reviews": [
            {"name": each.name, "asks": each.asks, "front": each.front, "back": each.back, **_told(typed=each.typed)}
            for each in card.reviews
        ],
        "answer": card.answer,
        **_told(
            extra=card.extra,
            tags=card.tags,
            documents=card.documents,
            rules=card.rules,
            draft=card.draft,
            conflict=card.conflict,
            stale=card.stale,
            findings=[_finding(each) for each in card.findings],
            passages=card.passages,
        ),
    }


def _document(document: ShownDocument) -> dict[str, Any]:
    return {
        "name": document.name,
        "title": document.title,
        "place": document.place,
        "blocks": [_block(each) for each in document.blocks],
        "passages": [_passage(each) for each in document.passages],
    }


def _block(block: Block) -> dict[str, Any]:
    return {
        "tag": block.tag,
        "line": block.line,
        "words": [[each.text, each.mark] if each.mark else [each.text] for each in block.words],
        **_told(
            passages=block.passages,
            level=block.level,
            number=block.number,
            aside=block.aside,
            share=block.share if block.share[1] else (),
        ),
    }


def _passage(passage: Passage) -> dict[str, Any]:
    return {
        "line": passage.line,
        "fate": passage.fate,
        **_told(
            links=[{"card": each.card, "fate": each.fate, **_told(text=each.text)} for each in passage.links],
            looked=[{"rule": each.rule, "how": each.how, **_told(why=each.why)} for each in passage.looked],
        ),
    }


def _finding(finding: Finding) -> dict[str, str]:
    return {
        "code": finding.code,
        "severity": finding.severity,
        "message": finding.message,
        "place": finding.place,
        **_told(help=finding.help, line=finding.line, rule=finding.rule),
    }
