"""What an extraction has to tell: counts, news that wait for a person, and the same as data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cardwright.cards import Conflict, Plan, Tie
    from cardwright.model import Document, Proposal
    from cardwright.rules import Outcome as Proposals

__all__ = ["data", "next_steps", "proposals", "summary"]

_NAMED = 10


def summary(plan: Plan, read: Sequence[Document], outcome: Proposals, *, dry_run: bool) -> str:
    """The result for people: what was done, what waits, and how much of each document is on cards."""
    verb = "would be added" if dry_run else "added"
    cards = "card" if len(plan.added) == 1 else "cards"
    lines = [f"{len(plan.added)} {cards} {verb}, {len(plan.kept)} known and kept"]
    told = (
        (plan.updated, "updated, as their document says something else now", False),
        (plan.restored, "brought back", False),
        (plan.adopted, "were written by hand just so, and are known now", False),
        (plan.edited, "edited by hand, kept as they are", False),
        ({each.id for each in plan.conflicts}, "edited by hand, of which their document has news", False),
        (plan.deleted, "deleted by hand, stay away", False),
        (plan.stale, "no longer said by their document, left as they are", True),
        (plan.drafts, "drafts, in no deck until their line 'draft: true' is deleted", False),
        (plan.ties, "proposed, of which several cards may be meant", False),
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
        told_of = ", ".join(f"{key} “{getattr(document.info, key)}”" for key in document.inferred)
        inferred = f"; inferred: {told_of}" if told_of else ""
        lines.append(f"  {document.info.name}: {share}{inferred}")
    return "\n".join(lines)


def _conflict(conflict: Conflict) -> list[str]:
    sides = (
        ("yours", conflict.stands),
        ("document now says", conflict.says),
        ("it said", conflict.was),
    )
    lines = [f"  conflict: {conflict.id} ({conflict.place}) {conflict.name}"]
    lines += [f"    {who + ':':<18} {_shown(said)}" for who, said in sides]
    return lines


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


def next_steps(plan: Plan) -> tuple[str, ...]:
    """What a person may want to do now."""
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
