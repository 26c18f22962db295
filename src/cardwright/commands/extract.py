"""`cardwright extract`: documents to card YAML."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from cardwright.commands import gather, told
from cardwright.commands.alone import alone
from cardwright.commands.choose import Choices, nothing_to_choose, resolve
from cardwright.console import Outcome
from cardwright.diagnostics import Diagnostic, Span, error, failed
from cardwright.files import ChangedError, TextFile, write_all
from cardwright.settings import Settings, find

if TYPE_CHECKING:
    from cardwright.cards import CardFile, Plan
    from cardwright.model import Card, Document, Proposal
    from cardwright.rules import RuleBook

__all__ = ["run"]


@dataclass(frozen=True, slots=True)
class _Wish:
    """What was asked for."""

    documents: list[Path]
    choices: Choices
    dry_run: bool
    confirmed: bool


@dataclass(frozen=True, slots=True)
class _Written:
    """What a run would write: the text of each card file, and the memory last."""

    files: dict[Path, bytes]
    expected: dict[Path, str]
    before: dict[Path, str]


def run(
    folder: Path, documents: Sequence[Path], *, dry_run: bool, choices: Choices | None = None, confirmed: bool = False
) -> Outcome:
    """Propose cards from documents (all of the project's where none is named) and bring the news to card files.

    `choices` are decisions of a person about news; `confirmed`: the cards that vanished are meant to be gone.
    """
    wish = _Wish([folder / each for each in documents], choices or Choices(), dry_run=dry_run, confirmed=confirmed)
    if not dry_run:
        return alone(folder, lambda settings: _run(settings, wish))
    settings, found = find(folder)
    return _run(settings, wish) if settings else Outcome(diagnostics=tuple(found))


def _run(settings: Settings, wish: _Wish) -> Outcome:
    from cardwright.rules import propose

    named = wish.documents
    ruling, found = gather.ruling(settings)
    read, problems = gather.documents(settings, named or gather.document_paths(settings), ruling.vocabulary)
    found.extend(problems)
    if not named and not read and not failed(found):
        found.append(_nothing(settings))
    outside = [path for path in named if not path.parent.resolve().is_relative_to(settings.folder("seeds"))]
    if outside and not wish.dry_run:
        found.extend(_elsewhere(settings, path) for path in outside)
    if failed(found):
        return Outcome(diagnostics=tuple(found), root=settings.root)
    outcome = propose(read, ruling.book, ruling.glossary)
    proposals = outcome.proposals
    if outside:
        text = f"{len(proposals)} cards proposed; the documents are not of this project, so nothing is written"
        return Outcome(text, told.proposals(proposals), (), tuple(found), root=settings.root)
    plan, written, problems = _decide(settings, ruling.book, proposals, read, wish)
    found.extend(problems)
    if plan is None or written is None or failed(found):
        return Outcome(diagnostics=tuple(found), root=settings.root)
    if not wish.dry_run:
        try:
            write_all(written.files, written.expected)
        except ChangedError as changed:
            found.extend(gather.moved(settings, changed))
            return Outcome(diagnostics=tuple(found), root=settings.root)
    text = told.summary(plan, read, outcome, dry_run=wish.dry_run)
    if wish.dry_run:
        text = "\n".join([*_diff(settings, written), text])
    data = told.proposals(proposals) if wish.dry_run else told.data(plan)
    steps = told.next_steps(plan, outcome, gather.rule_files(settings), settings.seeds)
    return Outcome(text, data, steps, tuple(found), root=settings.root)


def _decide(
    settings: Settings, book: RuleBook, proposals: Sequence[Proposal], read: Sequence[Document], wish: _Wish
) -> tuple[Plan | None, _Written | None, list[Diagnostic]]:
    """Compare with what is there; the pure decision is in cards/."""
    from cardwright.cards import FileHeader, add_cards, change_cards, decide, sudden_losses
    from cardwright.memory import extracted

    files, found = gather.card_files(settings)
    memory, lock, problems = gather.memory(settings)
    found.extend(problems)
    if failed(found):
        return None, None, found
    if not wish.confirmed:
        found.extend(sudden_losses(memory, files, settings.cards))
    documents = [each.info.name for each in read]
    seeds = settings.folder("seeds")
    present = [path.relative_to(seeds).as_posix() for path in gather.document_paths(settings)]
    plan = decide(memory, proposals, files, documents, present)
    if wish.choices:
        place = Span(settings.cards)
        chosen, problems = resolve(wish.choices, plan, memory, files, place)
        found.extend(problems)
        by_id = {"accept": chosen.accept, "keep": chosen.keep, "restore": chosen.restore}
        plan = decide(memory, proposals, files, documents, present, **by_id)
        found.extend(nothing_to_choose(chosen, plan, place))
    by_stem = {each.stem: each for each in files}
    written = _Written({}, {}, {})
    for stem in sorted(by_stem.keys() | plan.additions.keys()):
        changes = {card.id: plan.changes[card.id] for card in _cards(by_stem.get(stem)) if card.id in plan.changes}
        additions = plan.additions.get(stem, ())
        if not changes and not additions:
            continue
        known = by_stem[stem].file if stem in by_stem else None
        text, problems = change_cards(known, stem, changes) if known else ("", [])
        found.extend(problems)
        if additions:
            changed = replace(known, text=text) if known else None
            text, problems = add_cards(changed, FileHeader(_title(stem), book.tags_of(stem), stem), additions)
            found.extend(problems)
        _keep(written, settings.folder("cards") / f"{stem}.yaml", known, text)
    for each in by_stem.values():  # what was decided by is what must still be there
        written.expected[settings.folder("cards") / f"{each.stem}.yaml"] = each.file.digest
    _keep(written, settings.folder("cards") / gather.EXTRACTED_LOCK, lock, extracted.dump(plan.memory))
    return plan, written, found


def _cards(file: CardFile | None) -> tuple[Card, ...]:
    return file.cards if file else ()


def _keep(written: _Written, path: Path, before: TextFile | None, text: str) -> None:
    mark = "\ufeff" if before and before.bom else ""
    written.files[path] = (mark + text).encode()
    written.expected[path] = before.digest if before else ""
    written.before[path] = before.text if before else ""


def _diff(settings: Settings, written: _Written) -> list[str]:
    """What would change in card files, as a patch."""
    lines: list[str] = []
    for path, data in written.files.items():
        if path.suffix == ".yaml":
            old, new = written.before[path].splitlines(), data.decode().removeprefix("\ufeff").splitlines()
            name = settings.shown(path)
            lines.extend(difflib.unified_diff(old, new, name, name, lineterm=""))
    return lines


def _title(stem: str) -> str:
    """What a new card file is called until a person says otherwise."""
    return stem.replace("-", " ").capitalize()


def _nothing(settings: Settings) -> Diagnostic:
    place = Span(settings.seeds)
    return error("CW003", "there are no documents here", place, "put .txt, .md or .html files into this folder")


def _elsewhere(settings: Settings, path: Path) -> Diagnostic:
    way_out = f"copy it into {settings.seeds}/, or only look with --dry-run"
    return error("CW003", "the document is not in this project", Span(str(path)), way_out)
