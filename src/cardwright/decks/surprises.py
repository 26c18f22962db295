"""What an author should know before a release: changes that cost learners their history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cardwright.decks.content import Content
from cardwright.decks.lines import Changes
from cardwright.diagnostics import Diagnostic, error, warning
from cardwright.memory.released import Released, ReleasedNote

__all__ = ["surprises"]


def surprises(
    changes: Changes, contents: Mapping[str, Content], before: Released, after: Released
) -> Iterator[Diagnostic]:
    """One function for each kind of surprise."""
    yield from _converted(changes, contents)
    yield from _exchanged(changes, contents, before)
    yield from _reworded_ids(changes, contents, after)
    yield from _moved(changes, contents, before, after)


def _converted(changes: Changes, contents: Mapping[str, Content]) -> Iterator[Diagnostic]:
    """Anki cannot make a cloze of a basic note, nor the reverse."""
    for old in changes.converted:
        card = contents[old.id].card
        place = card.places.get(card.kind if card.kind == "cloze" else "front", card.span)
        came = "new note" if old.id in changes.new else f"{card.kind} note it was before"
        message = f"'{old.id}' was released as {old.kind} and is {card.kind} now: learners get it as a {came}"
        way_out = (
            f"nothing to do if that is meant; the {old.kind} note stays with those who have it, with its history, and "
            "is listed as retired"
        )
        yield warning("CW540", message, place, way_out)


def _exchanged(changes: Changes, contents: Mapping[str, Content], before: Released) -> Iterator[Diagnostic]:
    """Cloze numbers whose answers moved: the history of the one would become that of the other.

    The card's `accept` names the numbers of which this is meant; one that is not needed is told of, as it would
    let the next exchange pass unseen.
    """
    for card, content in contents.items():
        line = before.notes.get(changes.lines[card].guid)
        moves = _moves(line.clozes, content.clozes) if line else []
        touched = sorted({number for move in moves for number in move if line and str(number) in line.clozes})
        needed = [f"c{number}" for number in touched]
        accept = content.card.accept
        if not needed and accept:
            message = f"'{card}' accepts an exchange of answers ({', '.join(accept)}), and there is none"
            place = content.card.places.get("accept", content.card.span)
            yield warning("CW544", message, place, "delete the line 'accept', so that the next exchange is noticed")
        if set(needed) <= set(accept):
            continue
        told = ", ".join(f"c{one} is c{other} now" for one, other in moves)
        place = content.card.places.get("cloze", content.card.span)
        message = f"cloze numbers of '{card}' moved to other answers ({told}): learners' histories would change places"
        way_out = (
            "give each answer the number that it had, and new answers new numbers; or, if the histories may change "
            f"places, write below 'cloze':\n        accept: [{', '.join(needed)}]"
        )
        yield error("CW541", message, place, way_out)


def _moves(old: Mapping[str, str], new: Mapping[str, str]) -> list[tuple[int, int]]:
    """Numbers whose answer is another number's now, with that number."""
    return sorted(
        (int(number), int(now))
        for number, answer in old.items()
        if new.get(number) != answer
        for now, other in new.items()
        if other == answer and old.get(now) != answer
    )


def _reworded_ids(changes: Changes, contents: Mapping[str, Content], after: Released) -> Iterator[Diagnostic]:
    """A retired card while a new one says the same, or asks the same: most likely its id was changed by hand."""
    gone: dict[tuple[str, tuple[str, ...]], ReleasedNote] = {}
    live = {each.id for each in after.notes.values() if not each.retired}
    retired = [each for each in after.notes.values() if each.retired and each.words and each.id not in live]
    for each in sorted(retired, key=lambda each: (each.mod, each.guid)):
        gone[each.kind, each.words[:1]] = each
    for each in sorted(retired, key=lambda each: (each.mod, each.guid)):
        gone[each.kind, each.words] = each
    for card in changes.new:
        content = contents[card]
        old = gone.get((content.kind, content.words)) or gone.get((content.kind, content.words[:1]))
        if old is None:
            continue
        place = content.card.places.get("id", content.card.span)
        same = "words" if old.words == content.words else "question"
        message = f"'{old.id}' is gone, and the new card '{card}' has its {same}: learners would begin it anew"
        way_out = f"to keep their history: cardwright rename {old.id} {card}"
        yield warning("CW542", message, place, way_out)


def _moved(
    changes: Changes, contents: Mapping[str, Content], before: Released, after: Released
) -> Iterator[Diagnostic]:
    """Cards in another file than before: Anki never moves a review card that a learner has."""
    for old in changes.moved:
        card = contents[old.id].card
        here, there = after.decks.get(card.file), before.decks.get(old.file)
        if here is None or there is None or here.name == there.name:
            continue
        message = (
            f"'{old.id}' moved to '{here.name}': the review cards that learners have stay in '{there.name}', and only "
            "new learners get it in the new deck"
        )
        yield warning("CW543", message, card.span, "nothing to do; who wants it there can move it in Anki's browser")
