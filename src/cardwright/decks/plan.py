"""What a build will write, decided without files and without a clock of its own."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from cardwright.decks.clock import PATIENCE, Clock
from cardwright.decks.content import Content
from cardwright.decks.deckfile import DeckFile, deck_path, takes
from cardwright.decks.hazards import twin_questions
from cardwright.decks.identity import stable_id
from cardwright.decks.lines import Changes, Identity, next_lines
from cardwright.decks.notes import as_note, compile_notes
from cardwright.decks.notetypes import NoteType, note_types
from cardwright.decks.paths import check_decks
from cardwright.decks.surprises import surprises
from cardwright.diagnostics import Diagnostic, Related, Span, did_you_mean, error, failed
from cardwright.markup import Picture, packed_names
from cardwright.memory.released import Released, ReleasedDeck
from cardwright.model import CardSet, Kind, Note, Source, SourceLine

__all__ = ["Build", "plan"]

# How many cards a message names before it only counts.
_NAMED = 20


@dataclass(frozen=True, slots=True)
class Build:
    """The outcome: `notes` of each deck that is built by the deck file's stem, in the order of learning.

    `pictures` are files by their packed names. `released` is the memory to be written first. `new`, `changed`,
    `unchanged` and `returned` are card ids; `retired` are those of released cards that are in no deck from now on.
    The command waits `wait` seconds before it writes, so that no modification time lies in the future.
    """

    namespace: str
    decks: tuple[DeckFile, ...]
    notes: Mapping[str, tuple[Note, ...]] = field(hash=False)
    note_types: Mapping[Kind, NoteType] = field(hash=False)
    released: Released
    pictures: Mapping[str, bytes] = field(default_factory=dict, hash=False)
    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    returned: tuple[str, ...] = ()
    retired: tuple[str, ...] = ()
    wait: int = 0

    @property
    def breaking(self) -> tuple[NoteType, ...]:
        """Note types that learners have with another schema."""
        return tuple(each for each in self.note_types.values() if each.breaks and each.kind in self.kinds)

    @property
    def kinds(self) -> set[Kind]:
        """Which note types the packages hold."""
        return {note.kind for notes in self.notes.values() for note in notes}


def plan(
    decks: Sequence[DeckFile],
    cards: Sequence[CardSet],
    released: Released,
    clock: Clock | None,
    *,
    chosen: Collection[str] = (),
    sources: Mapping[Source, SourceLine] | None = None,
    folder: str = "decks",
    breaking: bool = False,
    pictures: Mapping[str, Picture] | None = None,
) -> tuple[Build | None, list[Diagnostic]]:
    """Decide a build; None where something stands against it.

    `decks` and `cards` are all of the project, `chosen` the stems of the deck files to build (none: all). Without a
    `clock` nothing may need one: that the memory would change is an error then. `breaking` declares a release with
    other note types than learners have. `pictures` are the files that cards show, by their names there.
    """
    found = check_decks(decks, cards, released, folder=folder)
    stems = [deck.stem for deck in decks]
    for each in sorted(set(chosen) - set(stems)):
        found.append(error("CW511", f"there is no deck '{each}'", Span(folder), did_you_mean(each, stems)))
    types, problems = note_types(released, breaking=breaking)
    found += problems
    if failed(found):
        return None, found
    built = tuple(deck for deck in decks if not chosen or deck.stem in chosen)
    files = {each.stem: each for each in cards}
    pictures = pictures or {}
    names = packed_names(pictures.values())
    images = {name: names[each.path] for name, each in pictures.items()}
    contents, problems = compile_notes(_built_cards(built, files), sources, images)
    found += problems
    found += _twins(built, files, contents)
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
            {names[each.path]: each.data for each in pictures.values()},
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


def _twins(
    decks: Sequence[DeckFile], files: Mapping[str, CardSet], contents: Mapping[str, Content]
) -> list[Diagnostic]:
    """Questions that are asked twice in a package; packages that share card files tell of them once."""
    found: dict[Span, Diagnostic] = {}
    for deck in decks:
        cards = [card.id for each in _built_cards([deck], files) for card in each.cards]
        for each in twin_questions(contents[name] for name in cards if name in contents):
            found.setdefault(each.span, each)
    return list(found.values())


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
    counts["decks"] = tuple(each.name for stem, each in after.decks.items() if released.decks.get(stem) != each)
    counts["note types"] = tuple(each.name for kind, each in after.types.items() if released.types.get(kind) != each)
    said = "; ".join(f"{len(ids)} {what}: {_named(ids)}" for what, ids in counts.items() if ids)
    touched = dict.fromkeys((*changes.new, *changes.changed, *changes.returned, *counts["moved"]))
    related = [Related(contents[each].card.span, each) for each in list(touched)[:_NAMED]]
    message = f"the memory of releases is behind the cards: {said or 'two notes have one id in packages'}"
    way_out = "run 'cardwright build' without --locked, and commit the memory together with the cards"
    return [error("CW552", message, Span(released.path), way_out, related)]


def _named(names: Sequence[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more


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
