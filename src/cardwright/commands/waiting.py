"""What waits for a person, read from the files, and answers written back into them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cardwright.commands import gather
from cardwright.commands.writes import write_cards
from cardwright.diagnostics import Diagnostic, failed
from cardwright.files import TextFile, claim
from cardwright.settings import Settings

if TYPE_CHECKING:
    from cardwright.cards import CardFile, Plan
    from cardwright.cards.lint import Limits
    from cardwright.cards.review import Item, Kind
    from cardwright.memory.extracted import Entry, Extracted
    from cardwright.model import DocumentInfo, Proposal

__all__ = ["Desk", "World", "read", "survey", "write"]


@dataclass(frozen=True, slots=True)
class World:
    """What stays as it is while a person answers: the wish, and what documents and settings say.

    `proposals` is None where the project has no documents, so that nothing is known of conflicts.
    """

    settings: Settings
    kinds: tuple[Kind, ...]
    limits: Limits
    described: dict[str, DocumentInfo]
    proposals: Sequence[Proposal] | None = None
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Desk:
    """The card files and the memory as they were last read, and what waits in them."""

    files: list[CardFile]
    memory: Extracted
    lock: TextFile | None
    items: list[Item]


def survey(settings: Settings, kinds: Sequence[str]) -> tuple[World | None, list[Diagnostic]]:
    """Read what answers do not change; documents only where their news are asked for."""
    from cardwright.cards.lint import RULES, read_limits
    from cardwright.cards.review import KINDS

    limits, found = read_limits(settings.lint, [rule.name for rule in RULES])
    described, problems = gather.sources(settings.folder("seeds"), f"{settings.seeds}/{gather.SOURCES}")
    found.extend(problems)
    world = World(settings, tuple(each for each in KINDS if each in kinds or not kinds), limits, described)
    paths = gather.document_paths(settings) if {"conflicts", "stale"} & set(world.kinds) else []
    if paths:
        from cardwright.rules import propose

        ruling, problems = gather.ruling(settings)
        read, more = gather.documents(settings, paths, ruling.vocabulary)
        found = [*found, *problems, *more]
        if not failed(found):
            proposals = propose(read, ruling.book, ruling.glossary).proposals
            world = replace(world, proposals=proposals, documents=tuple(each.info.name for each in read))
    errors = [each for each in found if each.severity == "error"]
    return (None if errors else world), errors


def read(world: World) -> tuple[Desk | None, list[Diagnostic]]:
    """Read what answers change, and find what waits; with errors they are told instead."""
    from cardwright.cards.lint import findings
    from cardwright.cards.review import to_review

    files, found = gather.card_files(world.settings)
    memory, lock, problems = gather.memory(world.settings)
    errors = [each for each in (*found, *problems) if each.severity == "error"]
    if errors:
        return None, errors
    desk = Desk(files, memory, lock, [])
    plan = None if world.proposals is None else _plan(world, desk)
    linted = findings(files, world.described, world.limits) if "lint" in world.kinds else []
    return replace(desk, items=to_review(files, plan, linted, world.kinds)), []


def _plan(world: World, desk: Desk, **choice: Sequence[str]) -> Plan:
    """What an extraction would do now."""
    from cardwright.cards import decide

    return decide(desk.memory, world.proposals or (), desk.files, world.documents, world.documents, **choice)


def write(world: World, desk: Desk, item: Item, answer: str) -> list[Diagnostic]:
    """Write what an answer changes: the card's file, then what is remembered of the card."""
    file = next(each for each in desk.files if each.stem == item.card.file)
    text, entry, problems = _answered(world, desk, file, item, answer)
    if problems:
        return problems
    memory = None
    if entry is not None:
        others = [each for each in desk.memory.entries if each.id != entry.id]
        memory = desk.lock, type(desk.memory).of([*others, entry])
    with claim(world.settings.root / ".cardwright") as held:
        if not held:
            return [gather.held()]
        return write_cards(world.settings, desk.files, {file.stem: text}, memory)


def _answered(
    world: World, desk: Desk, file: CardFile, item: Item, answer: str
) -> tuple[str, Entry | None, list[Diagnostic]]:
    """The text of the card's file, and what is to be remembered of the card where that is something else."""
    from cardwright.cards import change_cards
    from cardwright.cards.review import CHANGES

    known = _entry(desk.memory, item.card.id)
    if change := CHANGES.get(answer):
        text, problems = change(file, item)
        gone = replace(known, deleted=True, kept=False) if known and answer == "delete" else None
        return text, gone, problems
    plan = _plan(world, desk, **{answer: [item.card.id]})
    text, problems = change_cards(file.file, file.stem, {item.card.id: plan.changes.get(item.card.id, {})})
    return text, _entry(plan.memory, item.card.id), problems


def _entry(memory: Extracted, card_id: str) -> Entry | None:
    return next((each for each in memory.entries if each.id == card_id), None)
