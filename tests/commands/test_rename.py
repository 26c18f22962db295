"""A card under another id: its file, both memories, and what a learner notices."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from cardwright import files
from decks.learner import Learner
from story import Story

# When these builds happen: 2026-05-04, in seconds.
TIME = 1_777_888_000

RULES = """
    into: knots
    rules:
      - name: meaning
        select: li:has(> dfn)
        front: 'What is a **{dfn}**?'
        back: '{rest|short}'
    """
DOCUMENT = """
    # Knots

    - Bowline: a loop that does not slip.
    - Sheet bend: joins two ropes of different thickness.
    """
CARDS = "cards/knots.yaml"
EXTRACTED, RELEASED = "cards/extracted.lock", "decks/released.lock"


class Loft:
    """A project whose cards were extracted and released."""

    def __init__(self, story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
        self.story, self._monkeypatch, self._builds = story, monkeypatch, 0
        story.write("seeds/knots.md", DOCUMENT)
        story.write("rules/knots.yaml", RULES)
        story.write("decks/loft.yaml", "name: Rigging loft\ncards: [knots]\n")
        assert story.run("extract").code == 0

    def build(self) -> Path:
        """Build a minute later than the last time; gives the package."""
        self._builds += 1
        self._monkeypatch.setenv("SOURCE_DATE_EPOCH", str(TIME + 60 * self._builds))
        said = self.story.run("build")
        assert said.code == 0, said.err
        return self.story.root / "decks" / "loft.apkg"

    def edit(self, old: str, new: str) -> None:
        """Replace words in the card file."""
        self.story.edit(CARDS, old, new)

    def released(self) -> dict[str, dict[str, object]]:
        """The notes in the memory of releases by their guid."""
        lines = [json.loads(line) for line in self.story.read(RELEASED).splitlines()[1:]]
        return {line["key"]: line for line in lines if "kind" in line}

    def extracted(self) -> dict[str, dict[str, object]]:
        """The cards in the memory of extraction by their id."""
        lines = [json.loads(line) for line in self.story.read(EXTRACTED).splitlines()[1:]]
        return {line["id"]: line for line in lines}


@pytest.fixture
def loft(story: Story, monkeypatch: pytest.MonkeyPatch) -> Loft:
    """Two extracted cards, released once."""
    made = Loft(story, monkeypatch)
    made.build()
    return made


@pytest.fixture
def learner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Learner]:
    """A collection of Anki."""
    opened = Learner(tmp_path_factory.mktemp("anki") / "collection.anki2")
    yield opened
    opened.close()


def test_the_id_changes_and_nothing_else(loft: Loft) -> None:
    """One word of the card file, one line of each memory; guid, times and digest of the note stay."""
    before, lines, entry = loft.story.read(CARDS), loft.released(), loft.extracted()["bowline"]

    said = loft.story.run("rename", "bowline", "king-of-knots", "--format", "json")

    assert said.code == 0
    assert said.data == {"old": "bowline", "new": "king-of-knots", "files": [CARDS, EXTRACTED, RELEASED]}
    assert loft.story.read(CARDS) == before.replace("id: bowline", "id: king-of-knots")
    (guid,) = (key for key, line in lines.items() if line["id"] == "bowline")
    assert loft.released() == lines | {guid: lines[guid] | {"id": "king-of-knots", "was": ["bowline"]}}
    assert loft.extracted()["king-of-knots"] == entry | {
        "id": "king-of-knots",
        "key": loft.extracted()["king-of-knots"]["key"],
    }
    assert "bowline" not in loft.extracted()


def test_everything_afterwards_knows_the_new_id(loft: Loft) -> None:
    """Extraction adds nothing, a build changes nothing, `why` tells the rule, and a second rename is none."""
    loft.story.run("rename", "bowline", "king-of-knots")
    before = loft.story.files()

    assert "0 cards added, 2 known and kept" in loft.story.run("extract").out
    assert "2 cards: 2 unchanged" in loft.story.run("build").out
    assert "proposed by rule meaning" in loft.story.run("why", "king-of-knots").out
    again = loft.story.run("rename", "bowline", "king-of-knots")
    assert (again.code, again.out) == (0, "'bowline' is called 'king-of-knots' already\n")
    assert {name: data for name, data in loft.story.files().items() if name in (CARDS, EXTRACTED, RELEASED)} == {
        name: before[name] for name in (CARDS, EXTRACTED, RELEASED)
    }


def test_a_learner_keeps_the_history(loft: Loft, learner: Learner) -> None:
    """The next import updates nothing; a later change of the card arrives, with the new id in its field."""
    learner.import_package(loft.build())
    learner.answer(2, deck="Rigging loft::Knots")
    history, notes = learner.history(), learner.notes()
    loft.story.run("rename", "bowline", "king-of-knots")

    log = learner.import_package(loft.build())

    assert (log["new"], log["updated"]) == ([], [])
    assert (learner.history(), learner.notes()) == (history, notes)
    find = learner.collection.find_notes
    assert len(find("Id:bowline or Id:king-of-knots")) == len(find("Id:bowline")) == 1
    loft.edit("loop that does not slip", "loop that holds")

    log = learner.import_package(loft.build())

    assert (len(log["new"]), len(log["updated"])) == (0, 1)
    assert learner.history() == history
    assert find("Id:bowline or Id:king-of-knots") == find("Id:king-of-knots holds")


def test_the_search_for_a_retired_card_has_both_ids(loft: Loft, learner: Learner) -> None:
    """A learner's field has the old one, a newcomer's the new one."""
    learner.import_package(loft.build())
    loft.story.run("rename", "bowline", "king-of-knots")
    text = loft.story.read(CARDS)
    loft.story.write(CARDS, text[: text.index("  - id: king")] + text[text.index("  - id: sheet") :])

    data = loft.story.run("build", "--format", "json").data

    assert "king-of-knots" in data["retired_search"]
    assert len(learner.collection.find_notes(data["retired_search"])) == 1


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("  - id: bowline # the first\r\n", "  - id: king # the first\r\n"),
        ("  - id: 'bowline'\n", "  - id: 'king'\n"),
        ('  - id: "bowline"\n', '  - id: "king"\n'),
        ('  - "id": &first   bowline\n', '  - "id": &first   king\n'),
        ("  - id: |- # why so\n      bowline\n\n", "  - id: |- # why so\n      king\n\n"),
        ("  # bowline\n  -\n    id:\n      bowline\n", "  # bowline\n  -\n    id:\n      king\n"),
    ],
    ids=["comment and CRLF", "single quotes", "double quotes", "anchor", "block", "below its key"],
)
def test_the_id_is_written_as_the_old_one_was(loft: Loft, before: str, after: str) -> None:
    """Quotes, comments, line ends and the byte order mark stay."""
    rest = "    front: What is a bowline?\n    back: A loop.\n"
    loft.story.write_bytes(CARDS, f"\ufefftitle: Knots\ncards:\n{before}{rest}".encode())

    assert loft.story.run("rename", "bowline", "king").code == 0

    assert loft.story.read(CARDS) == f"\ufefftitle: Knots\ncards:\n{after}{rest}"


def test_a_card_on_one_line(loft: Loft) -> None:
    """In braces an id has no line of its own."""
    loft.story.write(CARDS, "title: Knots\ncards: [{id: bowline, front: 'What is it?', back: A loop}]\n")

    assert loft.story.run("rename", "bowline", "king").code == 0

    assert loft.story.read(CARDS) == "title: Knots\ncards: [{id: king, front: 'What is it?', back: A loop}]\n"


def test_an_id_written_as_an_alias_is_replaced_where_it_stands(loft: Loft) -> None:
    """What the alias meant stays as it is for the value that it was taken from."""
    loft.story.write(CARDS, "title: &t bowline\ncards:\n  - id: *t\n    front: What is it?\n    back: A loop\n")

    said = loft.story.run("rename", "bowline", "king")

    assert said.code == 0
    written = "title: &t bowline\ncards:\n  - id: king\n    front: What is it?\n    back: A loop\n"
    assert loft.story.read(CARDS) == written


def test_a_card_nobody_knows_yet_is_renamed_too(loft: Loft) -> None:
    """Written by hand, never extracted, never released: only its file changes."""
    text = loft.story.read(CARDS) + "  - id: clove\n    front: What is a clove hitch?\n    back: Two turns.\n"
    loft.story.write(CARDS, text)

    said = loft.story.run("rename", "clove", "clove-hitch")

    assert (said.code, said.out) == (0, f"clove -> clove-hitch: {CARDS}\n")


# What was written before the run was interrupted: cards come first, the memory of releases last.
@pytest.mark.parametrize("written", [(CARDS,), (CARDS, EXTRACTED)], ids=["cards", "cards and extraction"])
def test_running_again_completes(loft: Loft, written: tuple[str, ...]) -> None:
    """An interrupted run has harmed nothing, and the same command ends it."""
    before = {name: loft.story.read(name) for name in (CARDS, EXTRACTED, RELEASED)}
    loft.story.run("rename", "bowline", "king")
    after = {name: loft.story.read(name) for name in before}
    for name in set(before) - set(written):
        loft.story.write_bytes(name, before[name].encode())

    assert loft.story.run("rename", "bowline", "king").code == 0

    assert {name: loft.story.read(name) for name in before} == after


def test_an_id_changed_by_hand_is_made_good(loft: Loft) -> None:
    """`check` points it out before a release, with the command that keeps the history."""
    before = loft.released()
    loft.edit("id: bowline", "id: king")
    assert "help: to keep their history: cardwright rename bowline king" in loft.story.run("check").err

    said = loft.story.run("rename", "bowline", "king")

    assert (said.code, said.out.split("\n")[0]) == (0, f"bowline -> king: {EXTRACTED}, {RELEASED}")
    assert loft.released().keys() == before.keys()
    assert "2 cards: 2 unchanged" in loft.story.run("build").out
    assert "0 cards added, 2 known and kept" in loft.story.run("extract").out


def test_it_is_made_good_after_the_extraction_too(loft: Loft) -> None:
    """Extraction took the old id for deleted; the card is there."""
    loft.edit("id: bowline", "id: king")
    loft.story.run("extract")

    assert loft.story.run("rename", "bowline", "king").code == 0

    assert loft.extracted().keys() == {"king", "sheet-bend"}
    assert "deleted" not in loft.extracted()["king"]
    assert "0 cards added, 2 known and kept" in loft.story.run("extract").out


def test_it_is_made_good_after_the_build_too(loft: Loft, learner: Learner) -> None:
    """The build warned and made a new note; the old one takes its place again, and the new one retires."""
    learner.import_package(loft.build())
    learner.answer(2, deck="Rigging loft::Knots")
    history = learner.history()
    loft.edit("id: bowline", "id: king")
    loft.build()

    assert loft.story.run("rename", "bowline", "king").code == 0

    package = loft.build()
    log = learner.import_package(package)
    assert (log["new"], log["updated"]) == ([], [])
    assert learner.history() == history
    states = {(line["id"], line.get("retired", False)) for line in loft.released().values()}
    assert states == {("king", False), ("sheet-bend", False), ("bowline", True)}
    assert loft.story.run("rename", "bowline", "king").out == "'bowline' is called 'king' already\n"


def test_a_card_released_by_itself_does_not_take_another_history(loft: Loft) -> None:
    """With other words under the new id, learners have a note of each."""
    loft.edit("id: bowline\n    front: What is a **Bowline**?", "id: hitch\n    front: What is a hitch?")
    loft.build()
    before = loft.story.files()

    said = loft.story.run("rename", "bowline", "hitch")

    assert said.code == 1
    assert "error[CW440]: 'hitch' has been released as a card of its own" in said.err
    assert "help: to have the old history back, write 'id: bowline' there" in said.err
    assert loft.story.files() == before


def test_there_and_back_again(loft: Loft) -> None:
    """An id that a card had may be its id again; the ids it had are remembered once."""
    for old, new in (("bowline", "king"), ("king", "bowline"), ("bowline", "king")):
        assert loft.story.run("rename", old, new).code == 0

    assert [line.get("was") for line in loft.released().values() if line["id"] == "king"] == [["bowline"]]


# The ids given, the code, a part of the message, a part of the help.
WRONG = {
    "unknown": (("bowlin", "king"), "CW007", "no card has the id 'bowlin'", "did you mean 'bowline'?"),
    "nothing like it": (("zzz", "king"), "CW007", "no card has the id 'zzz'", "cards/*.yaml"),
    "the same": (("bowline", "bowline"), "CW440", "both ids are 'bowline'", "cardwright rename OLD NEW"),
    "another card's": (("bowline", "sheet-bend"), "CW440", "another card is called 'sheet-bend'", "no card has"),
    "capitals": (("bowline", "King of Knots"), "CW402", "cannot be an id", "such as 'king-of-knots'"),
    "no letter": (("bowline", "--"), "CW402", "'--' cannot be an id", "small letters, digits and hyphens"),
    "too long": (("bowline", "k" * 81), "CW402", "cannot be an id", "at most 80"),
    "empty": (("bowline", ""), "CW402", "'' cannot be an id", "no hyphen first"),
}


@pytest.mark.parametrize(("ids", "code", "message", "way_out"), WRONG.values(), ids=WRONG)
def test_wrong_ids_are_refused(loft: Loft, ids: tuple[str, str], code: str, message: str, way_out: str) -> None:
    """With the way out, and nothing written."""
    before = loft.story.files()

    said = loft.story.run("rename", "--", *ids)

    assert said.code == 1
    assert f"error[{code}]: " in said.err
    assert message in said.err
    assert way_out in said.err
    assert loft.story.files() == before


def _without_sheet_bend(loft: Loft) -> None:
    text = loft.story.read(CARDS)
    loft.story.write(CARDS, text[: text.index("  - id: sheet")])


def test_an_id_of_a_retired_note_is_refused(loft: Loft) -> None:
    """Under that id another note would come back."""
    _without_sheet_bend(loft)
    for _ in range(2):  # before a build has retired it, and after
        said = loft.story.run("rename", "bowline", "sheet-bend")

        assert said.code == 1
        assert "error[CW440]: 'sheet-bend' was released as another card, and learners have its note" in said.err
        assert f"also: {RELEASED}: the note of 'sheet-bend'" in said.err
        loft.build()


def test_an_id_of_a_deleted_card_is_refused(loft: Loft) -> None:
    """Extraction knows by it what to keep away."""
    _without_sheet_bend(loft)
    loft.story.write_bytes(RELEASED, b"\n".join([loft.story.read(RELEASED).encode().split(b"\n")[0], b""]))
    before = loft.story.files()

    said = loft.story.run("rename", "bowline", "sheet-bend")

    assert said.code == 1
    assert "error[CW440]: 'sheet-bend' is a card that was deleted by hand" in said.err
    assert loft.story.files() == before


def test_a_card_that_is_gone_cannot_be_renamed(loft: Loft) -> None:
    """There is no place to write the new id to."""
    _without_sheet_bend(loft)

    said = loft.story.run("rename", "sheet-bend", "becket")

    assert (said.code, "error[CW007]: no card has the id 'sheet-bend' any more" in said.err) == (1, True)


def test_errors_in_any_card_file_stop_it(loft: Loft) -> None:
    """Which card is meant is only sure where everything can be read."""
    loft.story.write("cards/bad.yaml", "title: Bad\ncards:\n  - id: bowline\n    front: One?\n    back: B\n")
    before = loft.story.files()

    said = loft.story.run("rename", "bowline", "king")

    assert (said.code, "error[CW403]" in said.err) == (1, True)
    assert loft.story.files() == before


def test_another_run_holds_the_project(loft: Loft) -> None:
    """Nothing is written while another run writes."""
    with files.claim(loft.story.root / ".cardwright") as held:
        assert held
        said = loft.story.run("rename", "bowline", "king")

    assert (said.code, "error[CW005]" in said.err) == (1, True)
