"""The file in which a project remembers what learners have."""

from __future__ import annotations

import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cardwright.diagnostics import Diagnostic
from cardwright.files import TextFile
from cardwright.memory.released import Released, ReleasedDeck, ReleasedNote, dump, load
from decks.shelf import NOW, Shelf, basic, cloze

PATH = "decks/released.lock"
_NAMES = st.text(st.characters(codec="utf-8"), min_size=1, max_size=8)
_NUMBERS = st.integers(1, (1 << 53) - 1)
_GUIDS = st.text("abcXYZ019", min_size=16, max_size=16)
_NOTES = st.builds(
    ReleasedNote,
    guid=_GUIDS,
    id=_NAMES,
    kind=st.sampled_from(["basic", "cloze"]),
    file=_NAMES,
    hash=_NAMES,
    mod=_NUMBERS,
    born=_NUMBERS,
    words=st.lists(_NAMES, max_size=2).map(tuple),
    was=st.lists(_NAMES, max_size=2).map(tuple),
    clozes=st.dictionaries(st.integers(1, 499).map(str), _NAMES, max_size=3),
    reverse=st.booleans(),
    retired=st.just(True),
)


def _read(text: str, namespace: str = "orla-pilots") -> tuple[Released, list[Diagnostic]]:
    return load(TextFile(PATH, text, ""), namespace)


@pytest.fixture
def lines(shelf: Shelf) -> list[str]:
    """The lines of a released project: header, then in order of their keys."""
    shelf.put(basic("bow"), basic("stern", reverse=True), cloze("mast", "A {{c1::mast}} has {{c2::yards}}."))
    shelf.deck("ship", "name: Ship\ncards: [words]")
    return dump(shelf.build().released).splitlines()


def test_a_line_is_one_object_in_order_of_its_key(lines: list[str]) -> None:
    """The header names format, version and namespace; what is empty is left out."""
    objects = [json.loads(line) for line in lines]

    assert lines[0] == '{"cardwright":"released","version":1,"namespace":"orla-pilots"}'
    assert [each["key"] for each in objects[1:]] == sorted(each["key"] for each in objects[1:])
    bow = next(each for each in objects if each.get("id") == "bow")
    assert list(bow) == ["key", "id", "kind", "file", "hash", "words", "mod", "born"]
    assert {each["key"] for each in objects[1:]} >= {"deck:words", "note-type:basic", "note-type:cloze"}


@given(notes=st.lists(_NOTES, max_size=4), names=st.dictionaries(_NAMES, _NAMES, max_size=2))
@settings(max_examples=60, deadline=None)
def test_what_is_written_reads_back(notes: list[ReleasedNote], names: dict[str, str]) -> None:
    """Any memory, through its file and back, in any order of lines."""
    decks = {stem: ReleasedDeck(stem, name, 1 << 30) for stem, name in names.items()}
    memory = Released("orla-pilots", {each.guid: each for each in notes}, decks)
    text = dump(memory)
    header, *rest = text.removesuffix("\n").split("\n")
    random.Random(len(text)).shuffle(rest)

    read, found = _read("\r\n".join([header, *rest, ""]))

    assert not found
    assert read == memory
    assert dump(read) == text


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"cardwright":"released"', '"cardwright":"extracted"', "1:1 CW621"),
        ('"version":1', '"version":2', "1:1 CW622"),
        ('"version":1', '"version":true', "1:1 CW622"),
        ('"namespace":"orla-pilots"', '"namespace":"orla"', "1:1 CW631"),
        ('"born":', '"bron":', "CW623"),
        ('"mod":1777888000,"born"', '"mod":-5,"born"', "CW623"),
        ('"mod":1777888000,"born"', '"mod":"now","born"', "CW623"),
        ('"mod":1777888000,"born"', '"mod":1e9,"born"', "CW623"),
        ('"mod":1777888000,"born"', '"mod":NaN,"born"', "CW623"),
        ('"kind":"cloze"', '"kind":"image"', "CW623"),
        ('"clozes":{"1"', '"clozes":{"one"', "CW623"),
        ('"reverse":true', '"reverse":false', "CW623"),
        ('"words":["', '"words":"["', "CW623"),
        ('"key":"deck:words"', '"key":"deck words"', "CW623"),
        ('"key":"note-type:basic"', '"key":"note-type:image"', "CW623"),
        ('[["Text",', '[["Text","', "CW623"),
        ('"name":"Ship::Words"', '"name":"\\ud800"', "CW623"),
        ('"name":"Ship::Words"', '"name":""', "CW623"),
        ('"id":"bow"', '"id":"bow","id":"stern"', "CW623"),
        ('"id":"bow"', '"id":"stern"', "CW634"),
    ],
)
def test_a_damaged_line_is_told_with_its_place(lines: list[str], old: str, new: str, said: str) -> None:
    """Every fault has its line, its code and a way out."""
    text = "\n".join(lines) + "\n"
    assert old in text
    damaged = text.replace(old, new, 1)
    number = next(count for count, line in enumerate(damaged.split("\n"), 1) if new in line)

    _, found = _read(damaged)

    assert found
    place, code = f"{found[0].span.line}:{found[0].span.column}", found[0].code
    expected = said if " " in said else f"{number}:1 {said}"
    if code != "CW634":
        assert f"{place} {code}" == expected
    assert code == expected.split()[1]
    assert found[0].help
    assert "{" not in found[0].message


@pytest.mark.parametrize("text", ["", "\n", "[]\n", "null", "\x00", "{", '"text"', "[" * 100_000], ids=range(8))
def test_what_is_no_memory_is_told(text: str) -> None:
    """Whatever stands in the file, nothing raises."""
    read, found = _read(text)

    assert [each.code for each in found] == ["CW621"]
    assert not read.notes


def test_markers_of_a_merge_are_told_once(lines: list[str]) -> None:
    """The lines of both sides are read all the same."""
    text = "\n".join([*lines[:2], "<<<<<<< ours", lines[2], "=======", *lines[3:], ">>>>>>> theirs", ""])

    read, found = _read(text)

    assert [(each.code, each.span.line) for each in found] == [("CW624", 3)]
    assert len(read.notes) == 3


def test_of_two_lines_of_a_note_the_later_counts(lines: list[str]) -> None:
    """Whichever stands first; a warning says that there were two."""
    line = next(each for each in lines if '"id":"bow"' in each)
    later = line.replace('"mod":1777888000', '"mod":1777888009').replace('"hash":"', '"hash":"f')

    one, found = _read("\n".join([*lines, later]))
    other, _ = _read("\n".join([lines[0], later, *lines[1:]]))

    assert [(each.code, each.severity) for each in found] == [("CW632", "warning")]
    assert one == other
    assert {each.mod for each in one.notes.values() if each.id == "bow"} == {1777888009}


def test_two_contents_of_one_second_count_as_changed(lines: list[str], shelf: Shelf) -> None:
    """Learners of both branches get what the card file says: the next build gives it a later time."""
    line = next(each for each in lines if '"id":"bow"' in each)
    shelf.released, _ = _read("\n".join([*lines, line.replace('"hash":"', '"hash":"f')]))

    build = shelf.build(NOW + 60)

    assert build.changed == ("bow",)


def test_two_names_of_one_deck_are_an_error(lines: list[str]) -> None:
    """A person must say which one learners have."""
    line = next(each for each in lines if '"key":"deck:words"' in each)

    _, found = _read("\n".join([*lines, line.replace("Ship::Words", "Ship::Terms")]))

    assert [each.code for each in found] == ["CW633"]


def test_branches_that_add_change_and_retire_cards_merge(shelf: Shelf) -> None:
    """The union of the lines of two branches is a memory that builds, and no two notes share an id."""
    shelf.put(*(basic(name) for name in ("bow", "stern", "keel", "deck")))
    shelf.deck("ship", "name: Ship\ncards: [words]")
    shelf.build()
    base, cards = shelf.released, shelf.cards["words"].cards
    texts: list[set[str]] = []
    for new, changed in (("anchor", "bow"), ("rudder", "stern")):
        shelf.released = base
        kept = [basic(each.id, "Changed.") if each.id == changed else each for each in cards]
        shelf.put(*kept, basic(new))
        texts.append(set(dump(shelf.build(NOW + 60).released).splitlines()))
    before = set(dump(base).splitlines())
    merged = (texts[0] & texts[1]) | (texts[0] - before) | (texts[1] - before)
    header = next(line for line in merged if '"cardwright"' in line)

    shelf.released, found = _read("\n".join([header, *sorted(merged - {header})]))
    both = [basic(each.id, "Changed.") if each.id in ("bow", "stern") else each for each in cards]
    shelf.put(*both, basic("anchor"), basic("rudder"))
    build = shelf.build(NOW + 120)

    assert not found
    assert build.new == build.changed == build.retired == ()
    assert len({note.born for note in build.notes["ship"]}) == 6
