"""`cardwright rules`: what rules catch in a document, and what each one gives over all documents."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from cardwright.commands import gather
from cardwright.console import Outcome
from cardwright.diagnostics import Diagnostic, Span, error, failed, several
from cardwright.files import TextFile, read_text
from cardwright.settings import Settings, find

if TYPE_CHECKING:
    from cardwright.rules import Trial, Tried
    from cardwright.rules.rulefile import Rule

__all__ = ["overview", "trial"]

# What a line of the terminal shows of a passage or a card.
_SHOWN = 96
# More near misses of one passage say no more.
_MOST_NEAR = 3


def trial(folder: Path, rules: Path, document: Path) -> Outcome:
    """Run the rules of one file, among all others of the project, over one document."""
    from cardwright.rules import try_rules

    settings, found = find(folder)
    if settings is None:
        return Outcome(diagnostics=tuple(found))
    file, problems = _rule_file(settings, folder, rules)
    found.extend(problems)
    if file is None:
        return Outcome(diagnostics=tuple(found), root=settings.root)
    ruling, problems = gather.ruling(settings, file)
    found.extend(problems)
    documents, problems = gather.documents(settings, [folder / document], ruling.vocabulary)
    found.extend(problems)
    if failed(found) or not documents:
        return Outcome(diagnostics=tuple(found), root=settings.root)
    wanted = {rule.name for rule in ruling.book.rules if rule.file == file.path}
    found.extend(replace(each, severity="warning") for each in gather.examples(ruling) if each.span.path == file.path)
    tried = try_rules(documents[0], ruling.book, wanted)
    text = "\n".join([*_report(tried, wanted), _sum(tried, wanted)])
    return Outcome(text, [_as_data(each, wanted) for each in tried.passages], (), tuple(found), root=settings.root)


def _rule_file(settings: Settings, folder: Path, rules: Path) -> tuple[TextFile | None, list[Diagnostic]]:
    """The file a person names: a path, or the name of a file in rules/."""
    named = settings.folder("rules") / f"{rules.name.removesuffix('.yaml')}.yaml"
    path = folder / rules if (folder / rules).is_file() else named
    if not path.is_file():
        known = ", ".join(gather.rule_files(settings))
        return None, [error("CW003", f"there is no rule file '{rules}'", Span(str(rules)), f"known here: {known}")]
    return read_text(path, settings.shown(path))


def _report(tried: Trial, wanted: Iterable[str]) -> Iterator[str]:
    for each in tried.passages:
        yield f"{each.line:>5}  {_short(each.text)}"
        for card in each.cards:
            mark = "+" if card.rule.name in wanted else " "
            said = card.cloze or f"{card.front} → {card.back}"
            yield f"       {mark} {card.rule.name}: {_short(said)}"
        for lost in each.lost:
            yield f"       - {lost.rule} lost to {lost.winner}: {lost.why}"
        if not any(card.rule.name in wanted for card in each.cards):
            for near in each.near[:_MOST_NEAR]:
                yield f"       ~ {near.rule}: {near.why}"
        if not each.cards:
            yield "         no card"
    for skipped in tried.skipped:
        yield f"{skipped.line:>5}  {_short(skipped.text)}\n         passed over: {skipped.why}"


def _sum(tried: Trial, wanted: set[str]) -> str:
    cards = {
        (card.rule.name, card.subject) for each in tried.passages for card in each.cards if card.rule.name in wanted
    }
    lost = sum(len(each.lost) for each in tried.passages)
    bare = sum(not each.cards for each in tried.passages)
    rest = f"{bare} of {len(tried.passages)} passages without a card"
    return f"{several(len(wanted), 'rule')}: {several(len(cards), 'card')}, {lost} lost to other rules; {rest}"


def _as_data(each: Tried, wanted: set[str]) -> dict[str, object]:
    return {
        "line": each.line,
        "text": each.text,
        "cards": [
            {
                "rule": card.rule.name,
                "on_trial": card.rule.name in wanted,
                "front": card.front,
                "back": card.back,
                "cloze": card.cloze,
            }
            for card in each.cards
        ],
        "lost": [{"rule": lost.rule, "winner": lost.winner, "why": lost.why} for lost in each.lost],
        "near": [{"rule": near.rule, "why": near.why} for near in each.near],
    }


def overview(folder: Path) -> Outcome:
    """What each rule gives over all documents of the project."""
    from cardwright.rules import propose

    settings, found = find(folder)
    if settings is None:
        return Outcome(diagnostics=tuple(found))
    ruling, problems = gather.ruling(settings)
    found.extend(problems)
    documents, problems = gather.documents(settings, gather.document_paths(settings), ruling.vocabulary)
    found.extend(problems)
    if failed(found):
        return Outcome(diagnostics=tuple(found), root=settings.root)
    outcome = propose(documents, ruling.book, ruling.glossary)
    cards: Counter[str] = Counter()
    seen: dict[str, set[str]] = defaultdict(set)
    for proposal in outcome.proposals:
        for name in {origin.rule for origin in proposal.origins}:
            cards[name] += 1
        for origin in proposal.origins:
            seen[origin.rule].add(origin.document)
    lost = Counter(each.rule for each in outcome.lost)
    rules = sorted(ruling.book.rules, key=lambda each: (each.file, each.place))
    data = [_row(rule, cards[rule.name], seen[rule.name], lost[rule.name]) for rule in rules]
    return Outcome("\n".join(_table(data)), data, (), tuple(found), root=settings.root)


def _row(rule: Rule, cards: int, documents: set[str], lost: int) -> dict[str, object]:
    return {
        "rule": rule.name,
        "place": str(rule.span),
        "cards": cards,
        "drafts": rule.draft,
        "documents": sorted(documents),
        "lost": lost,
    }


def _table(rows: list[dict[str, object]]) -> Iterator[str]:
    width = max((len(str(row["rule"])) for row in rows), default=4)
    yield f"{'rule':<{width}}  cards  documents  lost  place"
    for row in rows:
        documents = row["documents"]
        assert isinstance(documents, list)
        note = "  (drafts)" if row["drafts"] else ""
        yield f"{row['rule']:<{width}}  {row['cards']:>5}  {len(documents):>9}  {row['lost']:>4}  {row['place']}{note}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"
