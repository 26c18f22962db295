"""What an author should know before a release: changes that cost learners their history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cardwright.decks.lines import Changes
from cardwright.decks.notes import Content
from cardwright.diagnostics import Diagnostic, error, warning
from cardwright.memory.released import Released

__all__ = ["surprises"]


def surprises(
    changes: Changes, contents: Mapping[str, Content], before: Released, after: Released
) -> Iterator[Diagnostic]:
    """One function for each kind of surprise."""
    yield from _converted(changes, contents)
    yield from _exchanged(changes, contents, before)
    yield from _reworded_ids(changes, contents)
    yield from _moved(changes, contents, before, after)


def _converted(changes: Changes, contents: Mapping[str, Content]) -> Iterator[Diagnostic]:
    for old in changes.converted:
        card = contents[old.id].card
        place = card.places.get(card.kind if card.kind == "cloze" else "front", card.span)
        message = f"'{old.id}' was released as {old.kind} and is {card.kind} now: learners get it as a new note"
        way_out = f"nothing to do if that is meant; the {old.kind} note stays with those who have it, and is retired"
        yield warning("CW540", message, place, way_out)


def _exchanged(changes: Changes, contents: Mapping[str, Content], before: Released) -> Iterator[Diagnostic]:
    """A cloze number whose answer was another number's: the one's history would become the other's."""
    for card in (*changes.changed, *changes.returned):
        old = before.notes[changes.lines[card].guid].clozes
        new = contents[card].clozes
        moves = [
            (number, now)
            for number, answer in old.items()
            if new.get(number) != answer
            for now, other in new.items()
            if other == answer and old.get(now) != answer
        ]
        if not moves:
            continue
        told = ", ".join(f"c{one} is c{other} now" for one, other in moves)
        place = contents[card].card.places.get("cloze", contents[card].card.span)
        message = f"cloze numbers of '{card}' moved to other answers ({told}): learners' histories would change places"
        yield error("CW541", message, place, "give each answer the number that it had, and new answers new numbers")


def _reworded_ids(changes: Changes, contents: Mapping[str, Content]) -> Iterator[Diagnostic]:
    """A card that vanished while a new one says the same: most likely its id was changed by hand."""
    gone = {each.words: each for each in changes.retired if each.words}
    for card in changes.new:
        old = gone.get(contents[card].words)
        if old is None or old.id == card:
            continue
        place = contents[card].card.places.get("id", contents[card].card.span)
        message = f"'{old.id}' is gone, and the new card '{card}' has its words: learners would begin it anew"
        yield warning("CW542", message, place, f"write 'id: {old.id}' to keep their history")


def _moved(
    changes: Changes, contents: Mapping[str, Content], before: Released, after: Released
) -> Iterator[Diagnostic]:
    for old in changes.moved:
        card = contents[old.id].card
        here, there = after.decks.get(card.file), before.decks.get(old.file)
        if here is None or there is None or here.name == there.name:
            continue
        message = f"'{old.id}' moved to '{here.name}': those who have it keep it in '{there.name}'"
        yield warning("CW543", message, card.span, "nothing to do; Anki never moves a card that a learner has")
