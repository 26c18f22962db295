"""Which card a person means who decides about news: an id, or words of the card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cardwright.diagnostics import Diagnostic, Span, did_you_mean, error, warning

if TYPE_CHECKING:
    from cardwright.cards import CardFile, Plan
    from cardwright.memory.extracted import Entry, Extracted

__all__ = ["Choices", "nothing_to_choose", "resolve"]

_NAMED = 5


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person decided: cards that take the rules' words, that keep their own, that come back."""

    accept: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    restore: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.accept or self.keep or self.restore)


def resolve(
    choices: Choices, plan: Plan, memory: Extracted, files: Sequence[CardFile], place: Span
) -> tuple[Choices, list[Diagnostic]]:
    """The same choices by id; `plan` is what would be without them."""
    there = {card.id: _joined(card.front, card.back, card.cloze, card.extra) for f in files for card in f.cards}
    open_ids = {each.id for each in plan.conflicts} | {each for tie in plan.ties for each in tie.candidates}
    waiting = {each: there[each] for each in sorted(open_ids) if each in there}
    waiting |= {tie.id: tie.text.casefold() for tie in plan.ties}
    keepable = waiting | {each: there[each] for each in plan.stale}
    away = {entry.id: _said(entry) for entry in memory.entries if entry.id not in there}
    found: list[Diagnostic] = []

    def ids(wanted: Sequence[str], option: str, pool: Mapping[str, str], others: Mapping[str, str]) -> tuple[str, ...]:
        chosen: list[str] = []
        for each in wanted:
            one = _find(each, option, pool, others, place)
            found.extend([one] if isinstance(one, Diagnostic) else [])
            chosen.extend([one] if isinstance(one, str) else [])
        return tuple(dict.fromkeys(chosen))

    accept = ids(choices.accept, "--accept", waiting, there)
    keep = ids(choices.keep, "--keep", keepable, there)
    restore = ids(choices.restore, "--restore", away, there)
    found.extend(
        error("CW444", f"'{each}' cannot be both accepted and kept", place, "choose one of the two options")
        for each in accept
        if each in keep
    )
    return Choices(accept, keep, restore), found


def _find(
    wanted: str, option: str, pool: Mapping[str, str], others: Mapping[str, str], place: Span
) -> str | Diagnostic:
    """An id as it is, else the one card of the pool that holds all the words."""
    if wanted in pool or wanted in others:
        return wanted
    words = wanted.casefold().split()
    holding = [each for each, text in pool.items() if words and all(word in text for word in words)]
    if len(holding) == 1:
        return holding[0]
    if holding:
        named = ", ".join(holding[:_NAMED]) + (f" and {len(holding) - _NAMED} more" if len(holding) > _NAMED else "")
        return error(
            "CW443", f"'{wanted}' may be several cards: {named}", place, f"write one id: {option} {holding[0]}"
        )
    near = did_you_mean(wanted, sorted({*pool, *others}))
    known = "cards that wait for this: " + ", ".join(sorted(pool)[:_NAMED]) if pool else "no card waits for this"
    way_out = near if near.startswith("did you mean") else known
    return error("CW007", f"no card has the id or the words '{wanted}'", place, way_out)


def nothing_to_choose(choices: Choices, plan: Plan, place: Span) -> list[Diagnostic]:
    """Choices that changed nothing, each with the reason."""
    reasons = (
        (choices.accept, "--accept", "has no news that wait", "the documents read now say what they said before"),
        (choices.keep, "--keep", "has no news that wait", "the documents read now say what they said before"),
        (choices.restore, "--restore", "was not deleted", "it is in a card file, or was never there"),
    )
    return [
        warning("CW444", f"{option} {each}: this card {what}", place, f"nothing to do: {why}")
        for ids, option, what, why in reasons
        for each in ids
        if each in plan.idle
    ]


def _joined(*texts: str) -> str:
    return " ".join(texts).casefold()


def _said(entry: Entry) -> str:
    return _joined(*(said for said in entry.fields.values() if isinstance(said, str)))
