"""The decision at the heart of extracting again: what becomes of one card, and of each of its fields.

Three sides are compared: what the rules said when their words last went into the card (the base), what
they say now, and what stands in the card. Everything here is pure.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from cardwright.memory.extracted import FIELDS, Said

__all__ = ["Choice", "Fate", "Verdict", "fate", "kind_changes", "of_card"]

Fate = Literal["new", "adopted", "by hand", "merged", "stale", "deleted", "restored", "unknown"]
Outcome = Literal["same", "kept", "declined", "updated", "adopted", "conflict"]
Choice = Literal["", "accept", "keep"]

# Question and answer, or a cloze: where the rules go over from one to the other, these change together or not at all.
_FORM = ("front", "back", "cloze", "reverse")
_Sides = tuple[Said, Said, Said]
_NOTHING: Mapping[str, Said] = {"tags": (), "source": (), "reverse": False, "draft": False}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of one field.

    outcome: same (nothing to do); kept (a person's words, and no news); declined (news that a person
    has read and not taken); updated; adopted (the card says already what the rules say now); conflict
    (a person's words stay, and there is news). `stands` is what the card is to say; `base` and `seen`
    are what the memory is to hold, `seen` None for nothing.
    """

    outcome: Outcome
    stands: Said
    base: Said
    seen: Said | None = None


def fate(*, known: bool, there: bool, proposed: bool, restored: bool = False) -> Fate:
    """What becomes of a card: whether the memory knows it, a card file holds it, a rule proposes it.

    An unknown card that is there and proposed is one whose words are just those of the proposal.
    """
    if there:
        if known:
            return "merged" if proposed else "stale"
        return "adopted" if proposed else "by hand"
    if known:
        return "restored" if restored else "deleted"
    return "new" if proposed else "unknown"


def of_card(
    base: Mapping[str, Said],
    says: Mapping[str, Said],
    stands: Mapping[str, Said],
    seen: Mapping[str, Said],
    *,
    choice: Choice = "",
    silent: Collection[str] = (),
    fixed: bool = False,
) -> dict[str, Verdict]:
    """Decide every field by itself; a field that a side does not have is empty there.

    `choice` is what a person decided about news. `silent` are documents that were not read, of whose
    places nothing is known. `fixed`: something else in the card hangs on its having question and answer.
    """
    sides: dict[str, _Sides] = {}
    for name in FIELDS:
        nothing = _NOTHING.get(name, "")
        sides[name] = base.get(name, nothing), says.get(name, nothing), stands.get(name, nothing)
    verdicts = {name: _text(*sides[name], seen.get(name), choice) for name in FIELDS if name not in ("tags", "source")}
    verdicts["draft"] = _draft(*sides["draft"])
    if kind_changes(says, stands):
        verdicts.update(_form(sides, seen, choice, fixed=fixed))
    was, now, there = map(_list, sides["tags"])
    verdicts["tags"] = _tags(was, now, there, _list(seen.get("tags", ())))
    was, now, there = map(_list, sides["source"])
    verdicts["source"] = _sources(was, now, there, silent)
    return {name: verdicts[name] for name in FIELDS}


def kind_changes(says: Mapping[str, Said], stands: Mapping[str, Said]) -> bool:
    """Whether the rules say a question where the card has a cloze, or the other way round."""
    return bool(says.get("cloze")) != bool(stands.get("cloze"))


def _text(base: Said, says: Said, stands: Said, seen: Said | None, choice: Choice) -> Verdict:
    """A text or a flag."""
    if says == stands:
        return Verdict("same" if says == base else "adopted", stands, says, None if seen == says else seen)
    if says == base:
        return Verdict("kept", stands, base, seen)
    if choice == "accept":
        return Verdict("updated", says, says)
    if says == seen:
        return Verdict("declined", stands, base, seen)
    if stands == base:
        return Verdict("updated", says, says, seen)
    if choice == "keep":
        return Verdict("declined", stands, base, says)
    return Verdict("conflict", stands, base, seen)


def _draft(base: Said, says: Said, stands: Said) -> Verdict:
    """Whether the card waits for a person: one that is in a deck never leaves it because a rule trusts itself less."""
    if says == stands:
        return Verdict("same" if says == base else "adopted", stands, says)
    if says or says == base:
        return Verdict("kept", stands, base)
    return Verdict("updated", says, says)


def _form(sides: Mapping[str, _Sides], seen: Mapping[str, Said], choice: Choice, *, fixed: bool) -> dict[str, Verdict]:
    """The fields that change together, because half a question and half a cloze are no card."""
    base, says, stands = ({name: sides[name][at] for name in _FORM} for at in range(3))
    news = [name for name in _FORM if says[name] != base[name]]
    if not news:
        return {name: Verdict("kept", stands[name], base[name], seen.get(name)) for name in _FORM}
    taken: dict[str, Verdict] = {
        name: Verdict("updated" if says[name] != stands[name] else "adopted", says[name], says[name]) for name in _FORM
    }
    if choice == "accept":
        return taken
    if all(name in seen and seen[name] == says[name] for name in news):
        return {name: Verdict("declined", stands[name], base[name], seen.get(name)) for name in _FORM}
    if stands == base and not fixed:
        return {name: replace(each, seen=seen.get(name)) for name, each in taken.items()}
    if choice == "keep":
        return {
            name: Verdict("declined", stands[name], base[name], says[name] if name in news else seen.get(name))
            for name in _FORM
        }
    shown = [name for name in news if says[name] != stands[name]]
    return {
        name: Verdict("conflict" if name in shown else "kept", stands[name], base[name], seen.get(name))
        for name in _FORM
    }


def _tags(base: tuple[str, ...], says: tuple[str, ...], stands: tuple[str, ...], declined: tuple[str, ...]) -> Verdict:
    """Tags come and go one by one. One that a person took away is remembered in `seen` and stays away."""
    away = {*declined, *(tag for tag in base if tag in says)} - set(stands)
    dropped = set(base) - set(says)
    left = [tag for tag in stands if tag not in dropped]
    merged = (*left, *(tag for tag in says if tag not in base and tag not in away and tag not in left))
    known = base if set(base) == set(says) else says
    seen = tuple(tag for tag in dict.fromkeys((*declined, *base)) if tag in away) or None
    if merged != stands:
        return Verdict("updated", merged, known, seen)
    return Verdict("same" if known == base else "adopted", stands, known, seen)


def _sources(base: tuple[str, ...], says: tuple[str, ...], stands: tuple[str, ...], silent: Collection[str]) -> Verdict:
    """Places follow their document where a person left them as they were, document by document."""
    says = (*(each for each in base if _document(each) in silent), *(e for e in says if _document(e) not in silent))
    known = base if set(base) == set(says) else tuple(dict.fromkeys(says))
    if base and not stands:
        return Verdict("kept", stands, known)
    meant: dict[str, list[str]] = {}
    for document in dict.fromkeys(map(_document, (*stands, *says))):
        was, now, there = ([each for each in side if _document(each) == document] for side in (base, says, stands))
        meant[document] = list(dict.fromkeys(now)) if set(there) == set(was) else there
        if set(meant[document]) == set(there):
            meant[document] = there
    merged: list[str] = []
    last = {_document(each): at for at, each in enumerate(stands)}
    for at, each in enumerate(stands):
        rest = meant[_document(each)]
        take = len(rest) if last[_document(each)] == at else 1
        merged += rest[:take]
        del rest[:take]
    merged += [each for rest in meant.values() for each in rest]
    if tuple(merged) != stands:
        return Verdict("updated", tuple(merged), known)
    return Verdict("same" if known == base else "adopted", stands, known)


def _document(place: str) -> str:
    name, colon, line = place.rpartition(":")
    return name if colon and line.isdigit() else place


def _list(said: Said) -> tuple[str, ...]:
    return said if isinstance(said, tuple) else ()
