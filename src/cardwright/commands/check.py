"""`cardwright check`: everything read, everything that is wrong told at once."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

from cardwright.commands import compiled, gather, schema
from cardwright.commands.fix import fix as mend
from cardwright.console import Outcome
from cardwright.diagnostics import Diagnostic, Span, failed, several, warning
from cardwright.settings import Settings, find

if TYPE_CHECKING:
    from cardwright.cards import CardFile
    from cardwright.cards.lint import Limits
    from cardwright.model import DocumentInfo

__all__ = ["run"]


def run(folder: Path, *, strict: bool, fix: bool = False) -> Outcome:
    """Check rules with their examples, documents' descriptions, cards, decks and both memories.

    With `fix`, what can be mended in card files is mended first.
    """
    from cardwright.cards.lint import RULES, read_limits

    settings, found = find(folder)
    if settings is None:
        return Outcome(diagnostics=tuple(found), diagnostics_are_the_result=True)
    limits, problems = read_limits(settings.lint, [rule.name for rule in RULES])
    found.extend(problems)
    if fix and not problems:
        found.extend(mend(settings, limits))
    found.extend(_rules(settings))
    found.extend(schema.stale(settings))
    described, problems = gather.sources(settings.folder("seeds"), f"{settings.seeds}/sources.yaml")
    found.extend(problems)
    _, _, problems = gather.memory(settings)
    found.extend(problems)
    gathered, problems = compiled.decks(settings)
    found.extend(problems)
    found.extend(_places(settings, gathered.files))
    found.extend(compiled.in_no_deck(settings, gathered))
    found.extend(
        warning(
            "CW107",
            f"no document is called '{name}'",
            Span(f"{settings.seeds}/sources.yaml"),
            "correct the name or delete the entry",
        )
        for name in described
        if not (settings.folder("seeds") / name).is_file()
    )
    found.extend(_decks(settings, gathered, found) if failed(problems) else _build(settings, gathered))
    if not failed(found):
        found.extend(_lint(gathered.files, described, limits, found))
    text = "" if failed(found) else "\n".join([_cards(gathered.files), *_drafts(gathered.files), *_counts(found)])
    return Outcome(
        text, None, (), tuple(found), diagnostics_are_the_result=True, warnings_count=strict, root=settings.root
    )


def _cards(files: list[CardFile]) -> str:
    cards = sum(len(file.cards) for file in files)
    drafts = sum(card.draft for file in files for card in file.cards)
    waiting = f", of which {drafts} {'is a draft' if drafts == 1 else 'are drafts'}" if drafts else ""
    return f"{several(cards, 'card')} in {several(len(files), 'file')}{waiting}: no errors"


def _drafts(files: list[CardFile]) -> list[str]:
    """The first drafts, each on a line that editors make a link of; nothing of them is a warning."""
    drafts = [card for file in files for card in file.cards if card.draft]
    lines = [f"  draft: {card.span}: {card.id}" for card in drafts[:_NAMED]]
    more = len(drafts) - len(lines)
    return lines + ([f"  and {several(more, 'draft')} more: cardwright review --list drafts"] if more else [])


def _lint(
    files: list[CardFile], described: dict[str, DocumentInfo], limits: Limits, known: list[Diagnostic]
) -> list[Diagnostic]:
    """Whether cards are worth learning; nothing of it is an error. What is told of already is not told of again."""
    from cardwright.cards.lint import lint

    twins = {_places_of(each) for each in known if each.code in _TWINS}
    large = {(each.span.line, each.span.path) for each in known if each.code in _LARGE}
    return [
        each
        for each in lint(files, described, limits)
        if _places_of(each) not in twins and (each.span.line, each.span.path) not in large
    ]


def _places_of(diagnostic: Diagnostic) -> frozenset[Span]:
    return frozenset((diagnostic.span, *(each.span for each in diagnostic.related)))


# One question that stands twice, in a file and in a deck; a field that is far too large.
_TWINS = ("CW419", "CW527")
_LARGE = ("CW415", "CW708")
# So many drafts are named.
_NAMED = 5
# With so many findings one line with their number by rule helps more than the last of them.
_MANY = 10


def _counts(found: list[Diagnostic]) -> list[str]:
    """How often each rule of the linter found something, where that is much."""
    from cardwright.cards.lint import rule_counts

    counts = rule_counts(found)
    total = sum(number for _, number in counts)
    listed = ", ".join(f"{number} {name}" for name, number in counts)
    return [f"lint: {several(total, 'finding')}: {listed}"] if total >= _MANY else []


def _rules(settings: Settings) -> list[Diagnostic]:
    ruling, found = gather.ruling(settings)
    return found if failed(found) else [*found, *gather.examples(ruling)]


def _places(settings: Settings, files: list[CardFile]) -> list[Diagnostic]:
    """Sources that name a line which is not there, and documents which are not, these once for each card file."""
    lengths: dict[str, int] = {}
    found: list[Diagnostic] = []
    for file in files:
        missing: dict[str, list[tuple[str, Span]]] = {}
        sources = ((source, card.places.get("source", card.span)) for card in file.cards for source in card.sources)
        for source, place in sources:
            if source.document not in lengths:
                path = settings.folder("seeds") / source.document
                lengths[source.document] = _length(path) if path.is_file() else -1
            length = lengths[source.document]
            if length < 0:
                missing.setdefault(source.document, []).append((str(source), place))
            elif source.line > length:
                way_out = f"correct the place; documents are in {settings.seeds}/"
                message = f"source '{source}': the document has {several(length, 'line')}"
                found.append(warning("CW430", message, place, way_out))
        found += [_missing(settings, each) for each in missing.values()]
    return found


def _length(document: Path) -> int:
    """How many lines a document has, as its reader counts them."""
    return document.read_bytes().replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1


def _missing(settings: Settings, cards: list[tuple[str, Span]]) -> Diagnostic:
    """That a document is not there, told at the first card that names it."""
    source, place = cards[0]
    more = f"; this file names it {len(cards)} times" if len(cards) > 1 else ""
    way_out = "correct the place; if the document is gone for good, delete its cards, or keep them without a 'source'"
    return warning("CW430", f"source '{source}': there is no such document in {settings.seeds}/{more}", place, way_out)


def _decks(settings: Settings, gathered: compiled.Gathered, known: list[Diagnostic]) -> list[Diagnostic]:
    """What is wrong with decks whose card files are all in order, where others are not; of a title, what is new."""
    from cardwright.decks import check_decks

    sets = compiled.card_sets(gathered)
    broken = {Path(file.file.path).stem for file in gathered.files} - {each.stem for each in sets}
    decks = [deck for deck in gathered.decks if broken.isdisjoint(deck.cards)]
    found = check_decks(decks, sets, gathered.released, folder=settings.decks) if decks else []
    told = {each.span for each in known}
    return [each for each in found if each.code != _NO_CARDS and each.span not in told]


# Said of a deck without cards; with errors in card files that means nothing.
_NO_CARDS = "CW508"


def _build(settings: Settings, gathered: compiled.Gathered) -> list[Diagnostic]:
    """What a build would say, without building."""
    from cardwright.decks import clock

    if not gathered.decks:
        return []
    now, found = clock(os.environ, int(time.time() * 1000))
    if now is None:
        return found
    _, problems = compiled.planned(settings, gathered, now)
    return [*found, *problems]
