"""`cardwright extract`: documents to card YAML."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cardwright.commands import gather
from cardwright.console import Outcome
from cardwright.diagnostics import Diagnostic, Span, error, failed
from cardwright.files import ChangedError, TextFile, claim, write_all
from cardwright.settings import Settings, find

if TYPE_CHECKING:
    from cardwright.cards import Plan
    from cardwright.model import Document, Proposal
    from cardwright.rules import Outcome as Proposals
    from cardwright.rules import RuleBook

__all__ = ["run"]


@dataclass(frozen=True, slots=True)
class _Written:
    """What a run would write: the text of each card file, and the memory last."""

    files: dict[Path, bytes]
    expected: dict[Path, str]
    before: dict[Path, str]


def run(folder: Path, documents: Sequence[Path], *, dry_run: bool) -> Outcome:
    """Propose cards from documents (all of the project's where none is named) and add the new ones."""
    settings, found = find(folder)
    if settings is None:
        return Outcome(diagnostics=tuple(found))
    named = [folder / each for each in documents]
    if dry_run:
        return _run(settings, named, dry_run=True)
    with claim(settings.root / ".cardwright") as held:
        if not held:
            return Outcome(diagnostics=(gather.held(),), root=settings.root)
        return _run(settings, named, dry_run=False)


def _run(settings: Settings, named: Sequence[Path], *, dry_run: bool) -> Outcome:
    from cardwright.rules import propose

    ruling, found = gather.ruling(settings)
    read, problems = gather.documents(settings, named or gather.document_paths(settings), ruling.vocabulary)
    found.extend(problems)
    if not named and not read and not failed(found):
        found.append(_nothing(settings))
    outside = [path for path in named if not path.resolve().is_relative_to(settings.folder("seeds").resolve())]
    if outside and not dry_run:
        found.extend(_elsewhere(settings, path) for path in outside)
    if failed(found):
        return Outcome(diagnostics=tuple(found), root=settings.root)
    outcome = propose(read, ruling.book, ruling.glossary)
    proposals = outcome.proposals
    if outside:
        text = f"{len(proposals)} cards proposed; the documents are not of this project, so nothing is written"
        return Outcome(text, [_as_data(each) for each in proposals], (), tuple(found), root=settings.root)
    plan, written, problems = _decide(settings, ruling.book, proposals, read)
    found.extend(problems)
    if plan is None or written is None or failed(found):
        return Outcome(diagnostics=tuple(found), root=settings.root)
    if not dry_run:
        try:
            write_all(written.files, written.expected)
        except ChangedError as changed:
            found.extend(gather.moved(settings, path) for path in changed.paths)
            return Outcome(diagnostics=tuple(found), root=settings.root)
    summary = _summary(plan, read, outcome, dry_run=dry_run)
    text = "\n".join([*_diff(settings, written), summary]) if dry_run else summary
    return Outcome(text, [_as_data(each) for each in proposals], _next_steps(plan), tuple(found), root=settings.root)


def _decide(
    settings: Settings, book: RuleBook, proposals: Sequence[Proposal], read: Sequence[Document]
) -> tuple[Plan | None, _Written | None, list[Diagnostic]]:
    """Compare with what is there; the pure decision is in cards/."""
    from cardwright.cards import FileHeader, add_cards, decide
    from cardwright.memory import extracted

    files, found = gather.card_files(settings)
    memory, lock, problems = gather.memory(settings)
    found.extend(problems)
    if failed(found):
        return None, None, found
    plan = decide(memory, proposals, files, [each.info.name for each in read])
    by_stem = {each.stem: each for each in files}
    written = _Written({}, {}, {})
    for stem, additions in plan.additions.items():
        known = by_stem[stem].file if stem in by_stem else None
        text, problems = add_cards(known, FileHeader(_title(stem), book.tags_of(stem), stem), additions)
        found.extend(problems)
        _keep(written, settings.folder("cards") / f"{stem}.yaml", known, text)
    _keep(written, settings.folder("cards") / gather.EXTRACTED_LOCK, lock, extracted.dump(plan.memory))
    return plan, written, found


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


def _summary(plan: Plan, read: Sequence[Document], outcome: Proposals, *, dry_run: bool) -> str:
    verb = "would be added" if dry_run else "added"
    lines = [f"{len(plan.added)} cards {verb}, {len(plan.kept)} known and kept"]
    told = (
        (plan.adopted, "were written by hand just so, and are known now"),
        (plan.edited, "edited by hand, kept as they are"),
        ({each.id for each in plan.changed}, "whose document says something else now, left as they are"),
        (plan.deleted, "deleted by hand, stay away"),
        (plan.stale, "no longer said by their document, left as they are"),
        (plan.drafts, "drafts, in no deck until their line 'draft: true' is deleted"),
    )
    lines += [f"{len(ids)} {words}" for ids, words in told if ids]
    for document in read:
        covered = outcome.coverage[document.info.name]
        share = f"{covered.taken} of {covered.passages} passages are on cards"
        inferred = f"; inferred: {', '.join(document.inferred)}" if document.inferred else ""
        lines.append(f"  {document.info.name}: {share}{inferred}")
    return "\n".join(lines)


def _next_steps(plan: Plan) -> tuple[str, ...]:
    if not plan.added:
        return ()
    return ("Read the new cards in cards/, mend or delete what you do not like, then run: cardwright build",)


def _as_data(proposal: Proposal) -> dict[str, object]:
    """A proposal in the form that scorers and other tools read."""
    return {
        "id": proposal.id,
        "into": proposal.into,
        "front": proposal.front,
        "back": proposal.back,
        "cloze": proposal.cloze,
        "extra": proposal.extra,
        "tags": list(proposal.tags),
        "draft": proposal.draft,
        "source": [str(each) for each in proposal.sources],
        "rule": proposal.rule,
    }


def _nothing(settings: Settings) -> Diagnostic:
    place = Span(settings.seeds)
    return error("CW003", "there are no documents here", place, "put .txt, .md or .html files into this folder")


def _elsewhere(settings: Settings, path: Path) -> Diagnostic:
    way_out = f"copy it into {settings.seeds}/, or only look with --dry-run"
    return error("CW003", "the document is not in this project", Span(str(path)), way_out)
