"""`cardwright review`: what waits for a person, one by one, and every answer written at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from cardwright import console, dialogue
from cardwright.commands import editor, shown, told
from cardwright.commands.waiting import Desk, World, read, survey, write
from cardwright.console import Outcome
from cardwright.diagnostics import Diagnostic, Span, several
from cardwright.settings import find

if TYPE_CHECKING:
    from cardwright.cards.review import Item
    from cardwright.model import Card

__all__ = ["run"]

_EDIT, _DELETE, _SKIP, _QUIT = "edit", "delete", "skip", "quit"
# What can be answered, by what waits.
_ANSWERS: dict[str, tuple[str, ...]] = {
    "conflicts": ("accept the document's words", "keep yours", _EDIT, _DELETE, _SKIP, _QUIT),
    "stale": ("keep the card", _EDIT, _DELETE, _SKIP, _QUIT),
    "drafts": ("promote", _EDIT, _DELETE, _SKIP, _QUIT),
    "lint": ("allow", _EDIT, _DELETE, _SKIP, _QUIT),
}
_AGAIN = "read again"
_DONE = {
    "accept": "accepted",
    "keep": "kept",
    "promote": "promoted",
    "allow": "allowed",
    _EDIT: "edited",
    _DELETE: "deleted",
    _SKIP: "skipped",
}
_NAMES = {"conflicts": "conflict", "stale": "stale card", "drafts": "draft", "lint": "finding of the linter"}
_NOBODY = "review asks what to do, and nobody answers here: run it in a terminal, or look with --list"


@dataclass(slots=True)
class _Record:
    """What was asked and answered, what was shown, and what shall not be shown again in this run."""

    answers: list[tuple[Item, str]] = field(default_factory=list)
    seen: set[tuple[str, ...]] = field(default_factory=set)
    passed: set[tuple[str, ...]] = field(default_factory=set)
    asked: bool = False


def run(folder: Path, kinds: Sequence[str], *, listed: bool) -> Outcome:
    """Walk through what waits, of these kinds or of all; with `listed` only list it."""
    settings, found = find(folder)
    if settings is None:
        return Outcome(diagnostics=tuple(found))
    world, problems = survey(settings, kinds)
    desk, more = read(world) if world else (None, [])
    if world is None or desk is None:
        return Outcome(diagnostics=(*problems, *more), root=settings.root)
    if listed:
        text = "\n".join(map(_line, desk.items)) or _nothing(desk)
        return Outcome(text, [_as_data(each) for each in desk.items], root=settings.root)
    return _walk(world, desk)


def _walk(world: World, start: Desk) -> Outcome:
    """Show one thing after the other until nothing waits or the person stops."""
    record = _Record()
    desk: Desk | None = start
    problems: list[Diagnostic] = []
    while desk is not None and (item := _next(desk, record)) is not None:
        record.seen.add(item.key)
        _show(world, desk, item, record)
        needed = "" if record.asked else _NOBODY
        answer = dialogue.choose(_ANSWERS[item.kind], otherwise=_SKIP, last=_QUIT, needed=needed)
        record.asked = True
        if answer == _QUIT:
            break
        if answer == _SKIP:
            record.passed.add(item.key)
            record.answers.append((item, answer))
            continue
        if answer == _EDIT:
            _edit(world, item.place)
        else:
            refused = write(world, desk, item, answer)
            console.tell(refused, world.settings.root)
            if not refused:
                record.answers.append((item, answer))
        before = {each.stem: each.file.digest for each in desk.files}
        desk, problems = _read_mended(world)
        if answer == _EDIT and desk and before != {each.stem: each.file.digest for each in desk.files}:
            record.answers.append((item, answer))
    return _told(world, desk, record, problems)


def _next(desk: Desk, record: _Record) -> Item | None:
    return next((each for each in desk.items if each.key not in record.passed), None)


def _read_mended(world: World) -> tuple[Desk | None, list[Diagnostic]]:
    """Read anew; what is broken now is shown until it is mended, or the person stops."""
    while True:
        desk, problems = read(world)
        if desk is not None:
            return desk, []
        console.tell(problems, world.settings.root)
        answer = dialogue.choose((_EDIT, _AGAIN, _QUIT), otherwise=_AGAIN, last=_QUIT)
        if answer == _QUIT:
            return None, problems
        if answer == _EDIT:
            _edit(world, problems[0].span)


def _edit(world: World, place: Span) -> None:
    """Wait for the person's editor, and tell what went wrong with it."""
    if wrong := editor.edit(world.settings.root / place.path, place.line):
        dialogue.say(wrong)


def _show(world: World, desk: Desk, item: Item, record: _Record) -> None:
    """The card, where it comes from, and what is the matter."""
    waiting = {each.key for each in desk.items} | record.seen
    count = f"{len(record.seen)} of {len(waiting)}"
    title = f"\n{count} · {_NAMES[item.kind]}: {item.card.id} ({item.place})"
    lines = [*shown.content(item.card), *shown.passages(world.settings, item.card), *_matter(item)]
    dialogue.say("\n".join(lines), title=title)


def _matter(item: Item) -> list[str]:
    if item.finding is not None:
        told_of = item.finding.told
        others = [line for each in item.finding.others[:1] for line in _other(each)]
        return [f"! {told_of.message}", *others, *([f"  help: {told_of.help}"] if told_of.help else [])]
    if item.kind == "conflicts":
        lines = ["! you edited this card, and the document says something else now"]
        return lines + [line for each in item.news for line in (f"  {each.name}", *told.sides(each))]
    if item.kind == "stale":
        return ["! documents and rules give no such card any more"]
    return ["! a draft: in no deck until it is promoted"]


def _other(card: Card) -> list[str]:
    return [f"  the other card is {card.id} ({card.span})", *(f"  {line}" for line in shown.content(card))]


def _told(world: World, desk: Desk | None, record: _Record, problems: list[Diagnostic]) -> Outcome:
    """What was done, and how much still waits."""
    counts = Counter(answer for _, answer in record.answers)
    done = ", ".join(f"{counts[answer]} {word}" for answer, word in _DONE.items() if counts[answer])
    left = len(desk.items) if desk else 0
    text = "; ".join(filter(None, [done, f"{left} left to review" if left else ""]))
    if desk is not None and not text:
        text = _nothing(desk)
    changed = counts.keys() - {_SKIP}
    steps = ("Bring the decks up to date with: cardwright build",) if changed and not problems else ()
    data = {
        "answers": [{"card": each.card.id, "kind": each.kind, "answer": answer} for each, answer in record.answers],
        "left": [_as_data(each) for each in desk.items] if desk else [],
    }
    return Outcome(text, data, steps, tuple(problems), root=world.settings.root)


def _nothing(desk: Desk) -> str:
    return f"{several(sum(len(file.cards) for file in desk.files), 'card')}: nothing to review"


def _about(item: Item) -> str:
    """What is the matter, on one line."""
    if item.finding is not None:
        return item.finding.told.message
    if item.news:
        return f"the document has news of {', '.join(each.name for each in item.news)}"
    return " ".join((item.card.front or item.card.cloze).split())


def _line(item: Item) -> str:
    return f"{item.place}: {_NAMES[item.kind]}: {item.card.id}: {_about(item)}"


def _as_data(item: Item) -> dict[str, object]:
    place: Span = item.place
    rule = item.finding.rule if item.finding else ""
    return {
        "kind": item.kind,
        "card": item.card.id,
        "path": place.path,
        "line": place.line,
        "column": place.column,
        "rule": rule,
        "about": _about(item),
    }
