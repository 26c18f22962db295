"""The memory of extraction: written and read back, damaged, and merged by git."""

from __future__ import annotations

import itertools
import json
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cardwright.diagnostics import CODES
from cardwright.files import TextFile
from cardwright.memory.extracted import FIELDS, Entry, Extracted, Said, dump, load, said_by, stands_in
from cardwright.model import Card, Origin, Proposal, Source

HEAD = '{"cardwright":"extracted","version":1}\n'


def read(text: str) -> tuple[Extracted, list[tuple[str, int]]]:
    """A memory, and the code and line of each problem."""
    memory, problems = load(TextFile("cards/extracted.lock", text, ""))
    assert all(each.help and each.code in CODES for each in problems)
    return memory, [(each.code, each.span.line) for each in problems]


def entry(id: str, **fields: Said) -> Entry:
    """An entry with one origin."""
    return Entry(id, "trams", (Origin("lines.txt", "term", id),), fields or {"front": f"{id}?", "back": "b"})


_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
_FIELDS = st.dictionaries(st.sampled_from(FIELDS), st.none()).flatmap(
    lambda names: st.fixed_dictionaries(
        {
            name: st.lists(_TEXT, max_size=3).map(tuple)
            if name in ("tags", "source")
            else st.booleans()
            if name in ("reverse", "draft")
            else _TEXT
            for name in names
        }
    )
)
_ENTRIES = st.builds(
    Entry,
    _TEXT.filter(bool),
    _TEXT.filter(bool),
    st.lists(st.builds(Origin, _TEXT, _TEXT, _TEXT), max_size=3).map(tuple),
    _FIELDS,
    st.booleans(),
    _FIELDS,
    kept=st.booleans(),
)


@settings(deadline=None)
@given(st.lists(_ENTRIES, max_size=6, unique_by=lambda each: each.id))
def test_a_memory_reads_back_as_itself(entries: list[Entry]) -> None:
    """Whatever rules and people write, and in whatever order it is put in."""
    memory = Extracted.of(entries)

    assert read(dump(memory)) == (memory, [])
    assert dump(Extracted.of(reversed(entries))) == dump(memory)


def test_a_line_is_compact_and_its_keys_have_an_order() -> None:
    """One card a line, readable in a diff, without escapes."""
    full = Entry(
        "depot",
        "trams",
        (Origin("lines.txt", "term", "Depot"), Origin("map.md", "list", "Halls")),
        {"draft": True, "tags": ("größe",), "back": "A hall.\n\nOne.", "front": "What?", "source": ("lines.txt:4",)},
        deleted=True,
        seen={"back": "A shed."},
    )

    assert dump(Extracted((full,))) == HEAD + (
        '{"key":"ba0465f49ae13d97","id":"depot","file":"trams",'
        '"from":[["lines.txt","term","Depot"],["map.md","list","Halls"]],'
        '"fields":{"front":"What?","back":"A hall.\\n\\nOne.","tags":["größe"],"source":["lines.txt:4"],"draft":true},'
        '"deleted":true,"seen":{"back":"A shed."}}\n'
    )


def test_a_proposal_and_its_card_say_the_same() -> None:
    """What rules say and what stands in a card can be compared field by field."""
    sources = (Source("lines.txt", 4), Source("map.md"))
    card = Card("a", "trams", front="f", back="b", extra="e", tags=("t",), sources=sources, reverse=True, draft=True)
    proposal = Proposal(
        "trams", "a", (), sources, front="f", back="b", extra="e", tags=("t",), reverse=True, draft=True, label="x"
    )

    assert stands_in(card) == said_by(proposal)
    assert tuple(stands_in(card)) == tuple(each for each in FIELDS if each != "cloze")
    assert stands_in(Card("a", "trams", cloze="c")) == {"cloze": "c"}


def test_order_and_line_ends_do_not_matter() -> None:
    """A merge may leave lines in any order, twice, with blank lines, in either line ends."""
    memory = Extracted.of(entry(each) for each in "abcdef")
    lines = dump(memory).splitlines()
    mixed = "\r\n".join([lines[0], *reversed(lines[1:]), "", lines[3], lines[0]])

    assert read(mixed) == (memory, [])


def test_line_separators_in_words_do_not_end_a_line() -> None:
    """Only a line feed ends a line of this file."""
    memory = Extracted.of([entry("a", back="x\u2028y\x85z\x0bw")])

    assert read(dump(memory)) == (memory, [])


@pytest.mark.parametrize(
    "first",
    ["", "\n", "{}", "[]", "[" * 100_000, '{"cardwright":"released","version":1}', '{"cardwright":"extracted"}'],
    ids=["empty", "blank", "braces", "list", "deep", "another", "no version"],
)
def test_a_file_without_its_first_line_is_not_used(first: str) -> None:
    """An emptied memory is not taken for one that remembers nothing: deleted cards would come back."""
    memory, problems = read(first + "\n" + dump(Extracted.of([entry("a")])).split("\n", 1)[1])

    assert (memory, problems) == (Extracted(), [("CW601", 1)])


@pytest.mark.parametrize("version", ["2", '"1"', "true", "1.5"])
def test_another_version_is_refused(version: str) -> None:
    """A newer Cardwright wrote it; half-understanding it would lose what it knows."""
    assert read('{"cardwright":"extracted","version":' + version + "}\n") == (Extracted(), [("CW601", 1)])


DAMAGED = {
    "cut": '{"key":"x","id":"a","file":"t","from":[],"fi',
    "text": "hello",
    "list": "[1]",
    "deep": "[" * 100_000,
    "a key twice": '{"id":"a","id":"a","file":"t","from":[],"fields":{}}',
    "no id": '{"file":"t","from":[],"fields":{}}',
    "empty id": '{"id":"","file":"t","from":[],"fields":{}}',
    "id a number": '{"id":7,"file":"t","from":[],"fields":{}}',
    "origin of two": '{"id":"a","file":"t","from":[["d","r"]],"fields":{}}',
    "origins a text": '{"id":"a","file":"t","from":"d","fields":{}}',
    "fields a list": '{"id":"a","file":"t","from":[],"fields":[]}',
    "unknown field": '{"id":"a","file":"t","from":[],"fields":{"answer":"x"}}',
    "a text for a list": '{"id":"a","file":"t","from":[],"fields":{"tags":"x"}}',
    "a flag for a text": '{"id":"a","file":"t","from":[],"fields":{"back":true}}',
    "seen a text": '{"id":"a","file":"t","from":[],"fields":{},"seen":"x"}',
    "kept a number": '{"id":"a","file":"t","from":[],"fields":{},"kept":1}',
    "deleted a text": '{"id":"a","file":"t","from":[],"fields":{},"deleted":"yes"}',
    "unknown key": '{"id":"a","file":"t","from":[],"fields":{},"moved":true}',
    "half a character": '{"id":"a","file":"t","from":[],"fields":{"back":"\\ud83d"}}',
}


@pytest.mark.parametrize("line", DAMAGED.values(), ids=DAMAGED.keys())
def test_a_damaged_line_is_told_and_the_others_are_read(line: str) -> None:
    """Every damaged line has its message, and none stops the reading."""
    memory = Extracted.of([entry("b"), entry("c")])
    lines = dump(memory).splitlines()

    assert read("\n".join([*lines[:2], line, lines[2], line])) == (memory, [("CW603", 3), ("CW603", 5)])


def test_markers_of_git_are_told_once() -> None:
    """The way out is to keep both sides, as lines are independent."""
    memory = Extracted.of([entry("b"), entry("c")])
    head, *lines = dump(memory).splitlines()
    text = "\n".join([head, "<<<<<<< HEAD", lines[0], "||||||| base", "=======", lines[1], ">>>>>>> theirs", ""])

    assert read(text) == (memory, [("CW602", 2)])


def test_two_lines_of_one_card_must_agree() -> None:
    """After a merge one card may have two lines; a person chooses."""
    one, other = (dump(Extracted.of([entry("a", back=each)])).splitlines()[1] for each in "xy")

    memory, problems = load(TextFile("cards/extracted.lock", f"{HEAD}{one}\n{other}\n", ""))

    assert memory == Extracted.of([entry("a", back="x")])
    assert [(each.code, str(each.span), str(each.related[0].span)) for each in problems] == [
        ("CW604", "cards/extracted.lock:3:1", "cards/extracted.lock:2:1")
    ]


def git(folder: Path, *words: str) -> int:
    """Run git as somebody, without anybody's settings; returns its exit code."""
    person = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com", "-c", "commit.gpgsign=false"]
    silent = {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1", "PATH": "/usr/local/bin:/usr/bin:/bin"}
    run = subprocess.run(["git", *person, *words], cwd=folder, env=silent, capture_output=True, check=False)
    return run.returncode


def test_branches_that_add_different_cards_merge_cleanly(tmp_path: Path) -> None:
    """Neighbours are unrelated, so two branches rarely touch; and a merge reads back as both."""
    git(tmp_path, "init", "-b", "main")
    file = tmp_path / "extracted.lock"
    base = [entry(f"base-{number}") for number in range(300)]
    clean = 0
    tries = 6
    for attempt in range(tries):
        sides = [[entry(f"{side}-{attempt}-{number}") for number in range(4)] for side in ("ours", "theirs")]
        git(tmp_path, "checkout", "-f", "--orphan", f"base-{attempt}")
        file.write_text(dump(Extracted.of(base)), encoding="utf-8")
        git(tmp_path, "add", "extracted.lock")
        git(tmp_path, "commit", "-m", "base")
        for name, new in zip(("ours", "theirs"), sides, strict=True):
            git(tmp_path, "checkout", "-b", f"{name}-{attempt}", f"base-{attempt}")
            file.write_text(dump(Extracted.of([*base, *new])), encoding="utf-8")
            assert git(tmp_path, "commit", "-am", name) == 0
        if git(tmp_path, "merge", "--no-edit", f"ours-{attempt}") == 0:
            clean += 1
            assert read(file.read_text(encoding="utf-8")) == (Extracted.of(itertools.chain(base, *sides)), [])
        else:
            git(tmp_path, "merge", "--abort")

    assert clean >= tries - 1


def test_neighbours_in_the_file_are_unrelated() -> None:
    """Ids that were minted together do not stand together."""
    ids = [f"stop-{number}" for number in range(50)]
    order = [json.loads(line)["id"] for line in dump(Extracted.of(entry(each) for each in ids)).splitlines()[1:]]
    together = sum(abs(ids.index(one) - ids.index(other)) == 1 for one, other in itertools.pairwise(order))

    assert together < 10
