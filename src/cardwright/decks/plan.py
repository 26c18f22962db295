"""What a build will write, decided without files and without a clock of its own."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from cardwright.decks.clock import PATIENCE, Clock
from cardwright.decks.deckfile import DeckFile, deck_path, takes
from cardwright.decks.identity import stable_id
from cardwright.decks.lines import Changes, Identity, next_lines
from cardwright.decks.notes import Content, as_note, compile_notes
from cardwright.decks.notetypes import NoteType, note_types
from cardwright.decks.paths import check_decks
from cardwright.decks.surprises import surprises
from cardwright.diagnostics import Diagnostic, Related, Span, did_you_mean, error, failed
from cardwright.memory.released import Released, ReleasedDeck
from cardwright.model import CardSet, Kind, Note, Source, SourceLine

__all__ = ["Build", "plan"]

# How many cards a message names before it only counts.
_NAMED = 20


@dataclass(frozen=True, slots=True)
class Build:
    """The outcome: `notes` of each deck that is built by the deck file's stem, in the order of learning.

    `released` is the memory to be written first. `new`, `changed`, `unchanged` and `returned` are card
    ids; `retired` are those of released cards that are in no deck from now on. The command waits `wait`
    seconds before it writes, so that no modification time lies in the future.
    """

    namespace: str
    decks: tuple[DeckFile, ...]
    notes: Mapping[str, tuple[Note, ...]] = field(hash=False)
    note_types: Mapping[Kind, NoteType] = field(hash=False)
    released: Released
    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    returned: tuple[str, ...] = ()
    retired: tuple[str, ...] = ()
    wait: int = 0


def plan(
    decks: Sequence[DeckFile],
    cards: Sequence[CardSet],
    released: Released,
    clock: Clock | None,
    *,
    chosen: Collection[str] = (),
    sources: Mapping[Source, SourceLine] | None = None,
    folder: str = "decks",
) -> tuple[Build | None, list[Diagnostic]]:
    """Decide a build; None where something stands against it.

    `decks` and `cards` are all of the project, `chosen` the stems of the deck files to build (none: all). Without a
    `clock` nothing may need one: that the memory would change is an error then.
    """
    found = check_decks(decks, cards, released, folder=folder)
    stems = [deck.stem for deck in decks]
    for each in sorted(set(chosen) - set(stems)):
        found.append(error("CW511", f"there is no deck '{each}'", Span(folder), did_you_mean(each, stems)))
    types, problems = note_types(released)
    found += problems
    if failed(found):
        return None, found
    built = tuple(deck for deck in decks if not chosen or deck.stem in chosen)
    files = {each.stem: each for each in cards}
    contents, problems = compile_notes(_built_cards(built, files), sources)
    found += problems
    if failed(found):
        return None, found
    wanted = _wanted(decks, files)
    parts = None if len(built) == len(decks) else {stem for deck in built for stem in deck.cards}
    now = clock.stamp if clock else 0
    changes = next_lines(released, contents, wanted, parts, now)
    types = {kind: each if each.mod else _restamped(each, released, now) for kind, each in types.items()}
    after = replace(
        released,
        notes=changes.notes,
        decks=_deck_lines(released, built, files),
        types={kind: each.released() for kind, each in types.items()},
    )
    found += surprises(changes, contents, released, after)
    found += _behind(changes, contents, released, after) if clock is None else []
    wait, problems = _wait(changes, types, contents, released, clock)
    found += problems
    if failed(found):
        return None, found
    return (
        Build(
            released.namespace,
            built,
            {deck.stem: _notes(deck, files, contents, changes) for deck in built},
            types,
            after,
            changes.new,
            changes.changed,
            changes.unchanged,
            changes.returned,
            tuple(each.id for each in changes.retired),
            wait,
        ),
        found,
    )


def _built_cards(decks: Sequence[DeckFile], files: Mapping[str, CardSet]) -> list[CardSet]:
    """The card files of these decks, each once, with the cards that one of them takes."""
    chosen: dict[str, list[DeckFile]] = {}
    for deck in decks:
        for stem in deck.cards:
            chosen.setdefault(stem, []).append(deck)
    return [
        replace(
            files[stem],
            cards=tuple(
                card for card in files[stem].cards if any(takes(deck, card, files[stem].tags) for deck in takers)
            ),
        )
        for stem, takers in chosen.items()
    ]


def _wanted(decks: Sequence[DeckFile], files: Mapping[str, CardSet]) -> set[Identity]:
    """Every card that is in any deck of the project."""
    return {(card.id, card.kind) for each in _built_cards(decks, files) for card in each.cards}


def _deck_lines(released: Released, built: Sequence[DeckFile], files: Mapping[str, CardSet]) -> dict[str, ReleasedDeck]:
    """The decks as remembered, and those that are built for the first time."""
    lines = dict(released.decks)
    for deck in built:
        for stem in deck.cards:
            known = lines.get(stem)
            taken = {each.id for each in lines.values()}
            number = known.id if known else stable_id(released.namespace, f"deck:{stem}", taken)
            lines[stem] = ReleasedDeck(stem, deck_path(deck, files[stem]), number)
    return lines


def _restamped(each: NoteType, released: Released, now: int) -> NoteType:
    known = released.types.get(each.kind)
    return replace(each, mod=max(now // 1000, known.mod + 1 if known else 0))


def _notes(
    deck: DeckFile, files: Mapping[str, CardSet], contents: Mapping[str, Content], changes: Changes
) -> tuple[Note, ...]:
    return tuple(
        as_note(contents[card.id], changes.lines[card.id], deck_path(deck, files[stem]))
        for stem in deck.cards
        for card in files[stem].cards
        if takes(deck, card, files[stem].tags)
    )


def _behind(changes: Changes, contents: Mapping[str, Content], released: Released, after: Released) -> list[Diagnostic]:
    """That the memory would change although nothing may be written into it."""
    if after == released:
        return []
    counts = {"new": changes.new, "changed": changes.changed, "returned": changes.returned}
    counts["retired"] = tuple(each.id for each in changes.retired)
    counts["moved"] = tuple(each.id for each in changes.moved)
    said = ", ".join(f"{len(ids)} {what}" for what, ids in counts.items() if ids) or "its other lines would change"
    touched = [contents[each] for each in dict.fromkeys((*changes.new, *changes.changed, *changes.returned))]
    related = [Related(each.card.span, each.card.id) for each in touched[:_NAMED]]
    gone = ", ".join(counts["retired"][:_NAMED])
    message = f"the memory of releases is behind the cards: {said}" + (f" ({gone})" if gone else "")
    way_out = "build without --locked, and commit the memory together with the cards"
    return [error("CW552", message, Span(released.path), way_out, related)]


def _wait(
    changes: Changes,
    types: Mapping[Kind, NoteType],
    contents: Mapping[str, Content],
    released: Released,
    clock: Clock | None,
) -> tuple[int, list[Diagnostic]]:
    """Seconds until every modification time has come, and those that are too far off to wait for."""
    if clock is None:
        return 0, []
    real = clock.real // 1000
    found: list[Diagnostic] = []
    late = [each for each in changes.lines.values() if each.mod > real + PATIENCE]
    if late or any(each.mod > real + PATIENCE for each in types.values()):
        related = [Related(contents[each.id].card.span, each.id) for each in late[:_NAMED] if each.id in contents]
        message = (
            "times in the memory of releases lie in the future; Anki would overwrite learners' own edits with them"
        )
        way_out = "set this machine's clock; where another machine's was wrong, bring back the lines it wrote with git"
        found.append(error("CW551", message, Span(released.path), way_out, related))
    last = max(*(each.mod for each in changes.lines.values()), *(each.mod for each in types.values()))
    return max(0, last - real), found
