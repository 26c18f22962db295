"""What an extraction has to tell: counts, news that wait for a person, and the same as data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cardwright.cards import Conflict, Plan, Tie
    from cardwright.model import Document, Proposal
    from cardwright.rules import Outcome as Proposals

__all__ = ["data", "next_steps", "proposals", "sides", "summary"]

_NAMED = 10


def summary(plan: Plan, read: Sequence[Document], outcome: Proposals, *, dry_run: bool) -> str:
    """The result for people: what was done, what waits, and how much of each document is on cards."""
    verb = "would be added" if dry_run else "added"
    cards = "card" if len(plan.added) == 1 else "cards"
    lines = [f"{len(plan.added)} {cards} {verb}, {len(plan.kept)} known and kept"]
    told = (
        (plan.updated, "updated, as the document says something else now", False),
        (plan.restored, "brought back", False),
        (plan.adopted, "written by hand just so, and known now", False),
        (plan.edited, "edited by hand and left alone", False),
        ({each.id for each in plan.conflicts}, "edited by hand, with news from the document", False),
        (plan.deleted, "deleted by hand and not brought back", False),
        (plan.stale, "no longer said by the document and left alone", True),
        (plan.drafts, "waiting as a draft, in no deck until the line 'draft: true' is deleted", False),
        (plan.ties, "proposed that may mean one of several cards", False),
    )
    for each, words, named in told:
        if each:
            lines.append(f"{len(each)} {words}" + (f": {_named(sorted(map(str, each)))}" if named else ""))
    for conflict in plan.conflicts:
        lines += _conflict(conflict)
    for tie in plan.ties:
        lines += _tie(tie)
    for document in read:
        covered = outcome.coverage[document.info.name]
        share = f"{covered.taken} of {covered.passages} passages are on cards"
        told_of = ", ".join(f"{key} '{getattr(document.info, key)}'" for key in document.inferred)
        inferred = f"; inferred: {told_of}" if told_of else ""
        lines.append(f"  {document.info.name}: {share}{inferred}")
    return "\n".join(lines)


def _conflict(conflict: Conflict) -> list[str]:
    return [f"  conflict: {conflict.id} ({conflict.place}) {conflict.name}", *sides(conflict)]


def sides(conflict: Conflict) -> list[str]:
    """What a person wrote, what the document says now and what it said, each on a line of its own."""
    told = (("yours", conflict.stands), ("document now says", conflict.says), ("it said", conflict.was))
    return [f"    {who + ':':<18} {_shown(said)}" for who, said in told]


def _tie(tie: Tie) -> list[str]:
    return [
        f"  tie: {_shown(tie.text)}",
        f"    may be a new wording of {' or '.join(tie.candidates)}, or a card of its own: {tie.id}",
    ]


def _shown(said: object) -> str:
    if isinstance(said, tuple):
        said = ", ".join(said)
    text = str(said).lower() if isinstance(said, bool) else str(said)
    return text.replace("\n", "\n" + " " * 23) or "(nothing)"


def _named(names: Sequence[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more


def next_steps(plan: Plan, outcome: Proposals, rule_files: Sequence[str], seeds: str) -> tuple[str, ...]:
    """What a person may want to do now. `rule_files` are names, `seeds` is the documents' folder."""
    steps: list[str] = []
    if plan.conflicts:
        one = plan.conflicts[0].id
        steps.append(
            f"Take the document's words with: cardwright extract --accept {one}\n"
            f"or stay with yours, and hear no more of it: cardwright extract --keep {one}"
        )
    if plan.ties:
        tie = plan.ties[0]
        steps.append(f"Say which card is meant with: cardwright extract --accept {tie.candidates[0]} (or {tie.id})")
    if plan.stale:
        steps.append(
            "Delete from cards/ what you do not want to learn any more; what is not deleted stays in the decks.\n"
            "Decide about one after the other with: cardwright review stale"
        )
    if plan.drafts:
        steps.append("Read the drafts, and promote what is good, with: cardwright review drafts")
    poor = min(outcome.coverage.values(), key=lambda each: each.taken / max(each.passages, 1), default=None)
    if poor and poor.taken < poor.passages / 2 and rule_files and (plan.added or not poor.taken):
        tried = f"{rule_files[0]} {seeds}/{poor.document}"
        steps.append(f"See why passages gave no card with: cardwright rules try {tried}")
    if plan.added:
        steps.append("Read the new cards in cards/, mend or delete what you do not like, then run: cardwright build")
    return tuple(steps)


def data(plan: Plan) -> dict[str, object]:
    """The result for other tools: ids by what became of them, and what waits with all its texts."""
    return {
        "added": list(plan.added),
        "updated": list(plan.updated),
        "restored": list(plan.restored),
        "adopted": list(plan.adopted),
        "kept": list(plan.kept),
        "edited": list(plan.edited),
        "deleted": list(plan.deleted),
        "stale": list(plan.stale),
        "drafts": list(plan.drafts),
        "conflicts": [
            {
                "card": each.id,
                "path": each.place.path,
                "line": each.place.line,
                "column": each.place.column,
                "field": each.name,
                "yours": each.stands,
                "now": each.says,
                "before": each.was,
            }
            for each in plan.conflicts
        ],
        "ties": [{"card": each.id, "text": each.text, "candidates": list(each.candidates)} for each in plan.ties],
    }


def proposals(proposed: Sequence[Proposal]) -> list[dict[str, object]]:
    """Proposals in the form that scorers and other tools read."""
    return [
        {
            "id": each.id,
            "into": each.into,
            "front": each.front,
            "back": each.back,
            "cloze": each.cloze,
            "extra": each.extra,
            "tags": list(each.tags),
            "draft": each.draft,
            "source": [str(source) for source in each.sources],
            "rule": each.rule,
        }
        for each in proposed
    ]
