"""The page that goes out with a release: what its import does to learners, in plain words, as Markdown."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cardwright.decks.difference import Change, Difference, Entry
from cardwright.decks.plan import Build
from cardwright.diagnostics import several
from cardwright.markup.deletion import parse_deletions

__all__ = ["Update", "news"]

# What Markdown would act on: these anywhere, and these where a line begins.
_ANYWHERE = re.compile(r"[\\`*_\[\]<>&~|$#]")
_BEGINNING = re.compile(r"(?:[-+=:](?=[\s=:-]|$)|(?<=\d)[.)](?=\s|$))")
_NUMBER = re.compile(r"\d*")


@dataclass(frozen=True, slots=True)
class Update:
    """A package of a release, and what it does to who has the earlier one; None where there was no earlier one."""

    stem: str
    difference: Difference | None


def news(build: Build, updates: Sequence[Update], given_up: Mapping[str, Difference]) -> str:
    """The page. `given_up` are packages of the last release, by file name, of which no deck is left."""
    lines = ["# What is new in this release", "", *_overview(build, updates, given_up), "", *_HOW_TO_IMPORT]
    if any("anki-text" in deck.exports for deck in build.decks):
        lines += ["", *_TEXT_FILES]
    for each in updates:
        name = next(deck.name for deck in build.decks if deck.stem == each.stem)
        lines += ["", f"## {_escaped(name)}: {each.stem}.apkg", ""]
        lines += _changes(each.difference) if each.difference else _contents(build, each.stem)
    for file, difference in given_up.items():
        lines += ["", f"## {_escaped(file)}", "", "This package is made no more. What you have of it stays in Anki."]
        lines += _gone(difference)
    return "\n".join(lines) + "\n"


_HOW_TO_IMPORT = (
    "## How to import",
    "",
    "1. In Anki choose File > Import and pick the package of your deck. Do not delete the old deck first: your",
    "   progress hangs on the cards that you have.",
    "2. Leave 'Update notes' and 'Update note types' at 'If newer', and leave 'Import any learning progress',",
    "   'Import any deck presets' and 'Merge note types' off, unless this page says otherwise about your deck.",
    "3. Import. Your progress stays. Cards that changed get their new text, also where you edited them before",
    "   the change.",
    "",
    "In Anki before 25.02 set 'Update notes' to 'Always' instead; that overwrites what you edited in cards of",
    "the deck.",
)
_TEXT_FILES = (
    "The `.anki.txt` files hold the same notes, for who imports text. Keep to one way: what a text import changes",
    "counts as edited by you, and later packages pass over it.",
)


def _overview(build: Build, updates: Sequence[Update], given_up: Mapping[str, Difference]) -> Iterator[str]:
    if not given_up and all(each.difference is None for each in updates):
        yield "This page compares with no earlier release. It lists what the packages hold."
        return
    yield "For who has the last release:"
    yield ""
    yield "| package | new | changed | as before | retired |"
    yield "| --- | --- | --- | --- | --- |"
    for each in updates:
        name, difference = f"{each.stem}.apkg", each.difference
        if difference is None:
            yield f"| {name} (a new package) | {len(build.notes[each.stem])} | 0 | 0 | 0 |"
        else:
            numbers = (difference.arriving, len(difference.changes), difference.unchanged, len(difference.retired))
            yield f"| {name} | {' | '.join(map(str, numbers))} |"
    for file, difference in given_up.items():
        yield f"| {_escaped(file)} (made no more) | 0 | 0 | 0 | {len(difference.retired)} |"


def _contents(build: Build, stem: str) -> Iterator[str]:
    """What a package holds, for who has no earlier one."""
    counts = Counter(note.deck for note in build.notes[stem])
    yield f"{several(len(build.notes[stem]), 'card')}:"
    yield ""
    for deck, count in counts.items():
        yield f"- {_escaped(deck)}: {several(count, 'card')}"


def _changes(difference: Difference) -> Iterator[str]:
    changes = [*difference.changes, *(difference.held if difference.schemas else ())]
    reworded = [each for each in changes if each.what in {"reworded", "answer", "asked"}]
    held = [] if difference.schemas else difference.held
    sections = [
        *_schemas(difference),
        *_section("New", [f"- {_asked(each)}" for each in difference.new]),
        *_section("Reworded", [line for each in reworded for line in _texts(each)], len(reworded)),
        *_section("Other tags", [f"- {_asked(each.note)}" for each in changes if each.what == "tags"]),
        *_section("Written anew, as before", [f"- {_asked(each.note)}" for each in changes if each.what == "again"]),
        *_section(
            "Asked in another form",
            [f"- {_asked(each.note)}" for each in difference.converted],
            about="For Anki these are new cards. The old ones stay with you, with their history.",
        ),
        *_section(
            "In another deck",
            [f"- {_asked(each.note)}  \n  now in {_escaped(each.note.deck)}" for each in difference.moved],
            about="Cards that you have stay where they are.",
        ),
        *_section(
            "Reworded, but not for who has the last release",
            [line for each in held for line in _texts(each)],
            len(held),
            about="Anki takes what you have of these for as late, and keeps it.",
        ),
        *_reviews(difference),
        *_gone(difference),
        *(["", "The cards look different."] if difference.looks else []),
    ]
    yield from sections[1:] or ["Nothing changed."]


def _schemas(difference: Difference) -> Iterator[str]:
    if difference.schemas:
        yield ""
        yield "**This release needs other options**, for this one import: tick 'Merge note types', and set 'Update"
        yield "notes' and 'Update note types' to 'Always'. Anki then asks for a one-way sync. Your progress stays; what"
        yield "you edited in cards of the deck does not. Without these options no card that you have is updated."


def _reviews(difference: Difference) -> Iterator[str]:
    yield from _section(
        "Asked for more than before",
        [f"- {_asked(each.note)}" for each in difference.reviews if each.added],
        about="A gap or a direction came to these; it begins as new, and the others keep their progress.",
    )
    yield from _section(
        "Asked for less than before",
        [f"- {_asked(each.note)}" for each in difference.reviews if each.emptied],
        about="Anki shows an empty card for what is not asked any more; Tools > Empty Cards removes it.",
    )


def _gone(difference: Difference) -> Iterator[str]:
    about = "These left the deck. They stay with you and go on coming up"
    if difference.search:
        about += ", until you suspend or delete them. Anki's browser finds them with:"
        about += f"\n\n    {difference.search}"
    else:
        about += "."
    retired = [f"- {_asked(each)}" for each in difference.retired]
    yield from _section("Retired", retired, about=about)
    if difference.search and not retired:
        yield from ("", "Anki's browser finds the old forms with:", "", f"    {difference.search}")
    yield from _section("In another package now", [f"- {_asked(each)}" for each in difference.elsewhere])


def _section(title: str, lines: Sequence[str], count: int = 0, *, about: str = "") -> Iterator[str]:
    if lines:
        yield from ("", f"### {title}: {count or len(lines)}", "")
        if about:
            yield from (about, "")
        yield from lines


def _texts(change: Change) -> Iterator[str]:
    """What the card asks now, and each part that differs with both texts."""
    yield f"- {_asked(change.note)}"
    for text in change.texts:
        yield f"  - {text.part}, before: {_said(text.old)}"
        yield f"  - {text.part}, now: {_said(text.new)}"


def _asked(note: Entry) -> str:
    return _escaped(" ".join(_with_gaps(note.asks).split()))


def _said(text: str) -> str:
    """A text as it is shown; its further lines indented below the first one, as one paragraph with line breaks."""
    lines = [line.strip() for line in _with_gaps(text).split("\n") if line.strip()]
    return "\\\n    ".join(_escaped(line) for line in lines) or "(nothing)"


def _with_gaps(text: str) -> str:
    """A text whose gaps are told by brackets around what they hide."""
    return "".join(each if isinstance(each, str) else f"[{each.answer}]" for each in parse_deletions(text))


def _escaped(text: str) -> str:
    """A line of text as Markdown that shows just this text."""
    escaped = _ANYWHERE.sub(lambda match: f"\\{match[0]}", text)
    number = _NUMBER.match(escaped)
    mark = _BEGINNING.match(escaped, number.end() if number else 0)
    return f"{escaped[: mark.start()]}\\{escaped[mark.start() :]}" if mark else escaped
