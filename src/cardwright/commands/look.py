"""All that the preview shows of a project, gathered from the wings."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cardwright.commands import check, compiled, gather
from cardwright.commands.faces import Face, faces, look_of
from cardwright.commands.owners import owners_of
from cardwright.commands.passages import shown_document
from cardwright.diagnostics import Diagnostic, Span, failed
from cardwright.files import read_text
from cardwright.settings import Settings

if TYPE_CHECKING:
    from cardwright.cards import CardFile, Plan
    from cardwright.model import Card, Document
    from cardwright.preview import Finding, Preview, ShownCard, ShownDocument
    from cardwright.rules import Trial

__all__ = ["findings", "look"]


@dataclass(frozen=True, slots=True)
class _Told:
    """What is told of cards, by their ids."""

    rules: Mapping[str, tuple[str, ...]]
    conflicts: Mapping[str, str]
    stale: Collection[str]
    findings: Mapping[str, tuple[Finding, ...]]
    passages: Mapping[str, Sequence[tuple[int, int]]]


def look(settings: Settings) -> tuple[Preview | None, list[Diagnostic]]:
    """The preview of a project and what `check` says of it; None where there are errors."""
    from cardwright.preview import Preview

    found = list(check.run(settings.root, strict=False).diagnostics)
    if failed(found):
        return None, found
    gathered, problems = compiled.decks(settings)
    plan, trials, read, more = _extraction(settings, gathered.files)
    if plan is None or failed([*problems, *more]):  # a document, or a file that changed since it was checked
        return None, [*problems, *more]
    found = list(dict.fromkeys([*found, *more]))
    owners = owners_of(plan, gathered.files)
    documents = tuple(
        shown_document(each, settings.shown(settings.folder("seeds") / each.info.name), trial, owners)
        for each, trial in zip(read, trials, strict=True)
    )
    of_cards, rest = _by_card(found, gathered.files)
    told = _Told(
        {entry.id: tuple(dict.fromkeys(each.rule for each in entry.origins)) for entry in plan.memory.entries},
        {each.id: f"{each.name}: {_said(each.says)}" for each in plan.conflicts},
        frozenset(plan.stale),
        {card: findings(settings, each) for card, each in of_cards.items()},
        _passages_by_card(documents),
    )
    shown_by = look_of(settings, gathered)
    return Preview(
        settings.namespace,
        shown_by.css,
        tuple(_card(each, told) for each in faces(gathered, shown_by)),
        documents,
        shown_by.media,
        findings(settings, rest),
    ), found


def _extraction(
    settings: Settings, files: Sequence[CardFile]
) -> tuple[Plan | None, list[Trial], list[Document], list[Diagnostic]]:
    """What an extraction would do now, and every document as all rules see it."""
    from cardwright.cards import decide
    from cardwright.rules import propose, try_rules

    ruling, found = gather.ruling(settings)
    read, problems = gather.documents(settings, gather.document_paths(settings), ruling.vocabulary)
    memory, _, more = gather.memory(settings)
    found = [*found, *problems, *more]
    if failed(found):
        return None, [], [], found
    proposals = propose(read, ruling.book, ruling.glossary).proposals
    names = [each.info.name for each in read]
    rules = {rule.name for rule in ruling.book.rules}
    trials = [try_rules(each, ruling.book, rules) for each in read]
    return decide(memory, proposals, files, names, names), trials, read, found


def _passages_by_card(documents: Sequence[ShownDocument]) -> dict[str, list[tuple[int, int]]]:
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for place, document in enumerate(documents):
        for number, passage in enumerate(document.passages):
            for link in passage.links:
                if link.card:
                    found[link.card].append((place, number))
    return found


def _card(face: Face, told: _Told) -> ShownCard:
    from cardwright.preview import ShownCard

    card = face.card
    return ShownCard(
        card.id,
        f"{card.span.path}:{card.span.line}",
        face.deck,
        face.reviews,
        face.answer,
        face.extra,
        face.tags,
        tuple(dict.fromkeys(each.document for each in card.sources)),
        told.rules.get(card.id, ()),
        card.draft,
        told.conflicts.get(card.id, ""),
        card.id in told.stale,
        told.findings.get(card.id, ()),
        tuple(told.passages.get(card.id, ())),
    )


def _said(value: object) -> str:
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def _by_card(
    found: Sequence[Diagnostic], files: Sequence[CardFile]
) -> tuple[dict[str, list[Diagnostic]], list[Diagnostic]]:
    """Diagnostics by the card they point into, and those that point elsewhere."""
    begins: dict[str, list[tuple[int, Card]]] = {
        file.file.path: sorted(((card.span.line, card) for card in file.cards), key=lambda each: each[0])
        for file in files
    }
    by_card: dict[str, list[Diagnostic]] = defaultdict(list)
    rest: list[Diagnostic] = []
    for each in found:
        cards = begins.get(each.span.path, [])
        at = bisect_right(cards, each.span.line, key=lambda begin: begin[0])
        if at and each.span.line:
            by_card[cards[at - 1][1].id].append(each)
        else:
            rest.append(each)
    return by_card, rest


def findings(settings: Settings, found: Iterable[Diagnostic]) -> tuple[Finding, ...]:
    """Diagnostics as the page shows them, each with the line that it is about."""
    from cardwright.cards.lint import RULES
    from cardwright.preview import Finding

    rules = {rule.code: rule.name for rule in RULES}
    lines: dict[str, list[str]] = {}
    shown: list[Finding] = []
    for each in found:
        span = each.span
        if span.line and span.path not in lines:
            lines[span.path] = _lines(settings, span)
        line = lines[span.path][span.line - 1] if span.line and span.line <= len(lines[span.path]) else ""
        text, rule = line.strip()[:_WIDEST], rules.get(each.code, "")
        shown.append(Finding(each.code, each.severity, each.message, str(span), each.help, text, rule))
    return tuple(shown)


# Characters of a line that are shown of it; a web page can be one line.
_WIDEST = 300


def _lines(settings: Settings, span: Span) -> list[str]:
    file, _ = read_text(settings.root / span.path, span.path)
    return file.text.splitlines() if file else []
