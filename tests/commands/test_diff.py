"""What `cardwright diff` says an import will do, and that Anki then does just that."""

from __future__ import annotations

import io
import json
import re
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from decks.learner import Learner
from story import Story

# When these builds happen: 2026-05-04, in seconds.
TIME = 1_777_888_000

LENSES = """
    title: Lenses
    tags: [optics]
    cards:
      - id: crown
        front: What does Halvorsen call **crown** glass?
        back: Glass with little lead in it.
      - id: flint
        front: Why is `flint < crown` in the stock list?
        back: |-
          - it is heavier
          - it is dearer
        extra: Since the move.
        reverse: true
      - id: grinding
        cloze: Grinding takes {{c1::nine hours}} in {{c2::three baths}}.
    """
FRAMES = """
    title: Frames
    cards:
      - id: horn
        front: Where does the horn come from?
        back: From Oslo.
    """
DECK = """
    name: Halvorsen
    cards: [lenses, frames]
    """
Edit = tuple[str, str, str]


class Shop:
    """An author's project and one learner of its deck."""

    def __init__(self, story: Story, learner: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
        self.story, self.learner = story, learner
        self._monkeypatch, self._builds = monkeypatch, 0
        story.write("cards/lenses.yaml", LENSES)
        story.write("cards/frames.yaml", FRAMES)
        story.write("decks/shop.yaml", DECK)

    def build(self) -> Path:
        """Build a minute later than the last time; gives the package."""
        self.tick()
        assert self.story.run("build").code == 0
        return self.story.root / "decks" / "shop.apkg"

    def tick(self) -> None:
        """Let a minute pass."""
        self._builds += 1
        self._monkeypatch.setenv("SOURCE_DATE_EPOCH", str(TIME + 60 * self._builds))

    def release(self) -> None:
        """Build, keep the package as old/shop.apkg, and have the learner import it."""
        package = self.build()
        self.story.write_bytes("old/shop.apkg", package.read_bytes())
        self.learner.import_package(package)

    def edit(self, *edits: Edit) -> None:
        """Replace words in files."""
        for name, old, new in edits:
            self.story.edit(name, old, new)


@pytest.fixture
def shop(story: Story, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shop]:
    """Two card files in one deck, and a collection of Anki."""
    learner = Learner(tmp_path_factory.mktemp("anki") / "collection.anki2")
    yield Shop(story, learner, monkeypatch)
    learner.close()


LENS, FRAME = "cards/lenses.yaml", "cards/frames.yaml"
NEW_CARD = "  - id: rim\n    front: What is the rim of?\n    back: Of steel.\n"
HORN = "  - id: horn\n    front: Where does the horn come from?\n    back: From Oslo.\n"

# What an author edits, and what then differs: the lists of the result that are not empty, with their cards.
CHANGES: dict[str, tuple[tuple[Edit, ...], dict[str, list[str]]]] = {
    "nothing": ((), {}),
    "a comment": (((LENS, "title:", "# seen\ntitle:"),), {}),
    "a question": (((LENS, "What does Halvorsen call", "What is"),), {"reworded": ["crown"]}),
    "an answer": (((LENS, "little lead", "no lead"),), {"answer": ["crown"]}),
    "markup alone": (((LENS, "little lead", "*little* lead"),), {"answer": ["crown"]}),
    "an extra": (((LENS, "Since the move.", "Since 1911."),), {"answer": ["flint"]}),
    "a line of an answer": (((LENS, "it is dearer", "it costs more"),), {"answer": ["flint"]}),
    "a cloze": (((LENS, "Grinding takes", "Here, grinding takes"),), {"answer": ["grinding"]}),
    "a gap more": (((LENS, "Grinding", "The {{c3::grinding}}"),), {"answer": ["grinding"], "reviews": ["grinding"]}),
    "a gap less": (((LENS, "{{c2::three baths}}", "baths"),), {"answer": ["grinding"], "reviews": ["grinding"]}),
    "tags of a card": (((LENS, "back: Glass", "tags: [raw]\n    back: Glass"),), {"tags": ["crown"]}),
    "tags of a file": (((FRAME, "title:", "tags: [raw]\ntitle:"),), {"tags": ["horn"]}),
    "a new card": (((FRAME, HORN, HORN + NEW_CARD),), {"new": ["rim"]}),
    "a card less": (((FRAME, HORN, NEW_CARD),), {"new": ["rim"], "retired": ["horn"]}),
    "a draft": (((LENS, "back: Glass", "draft: true\n    back: Glass"),), {"retired": ["crown"]}),
    "a cloze of a question": (
        ((FRAME, HORN, "  - id: horn\n    cloze: The horn is from {{c1::Oslo}}.\n"),),
        {"converted": ["horn"]},
    ),
    "no reverse": (((LENS, "    reverse: true\n", ""),), {"asked": ["flint"], "reviews": ["flint"]}),
    "a reverse": (((FRAME, "Oslo.", "Oslo.\n    reverse: true"),), {"asked": ["horn"], "reviews": ["horn"]}),
    "a typed answer": (((FRAME, "Oslo.", "Oslo.\n    typed: true"),), {"asked": ["horn"]}),
    "another file": (
        ((FRAME, HORN, NEW_CARD), (LENS, "cards:\n", "cards:\n" + HORN)),
        {"new": ["rim"], "moved": ["horn"], "tags": ["horn"]},
    ),
    "another title": (((FRAME, "title: Frames", "title: Rims\nwas: Frames"),), {"moved": ["horn"]}),
    "another id": (((LENS, "id: crown", "id: crown-glass"),), {"new": ["crown-glass"], "retired": ["crown"]}),
    "much at once": (
        (
            (LENS, "What does Halvorsen call", "What is"),
            (LENS, "little lead", "no lead"),
            (LENS, "Since the move.", "Since 1911."),
            (LENS, "{{c2::three baths}}", "{{c3::four}} baths"),
            (FRAME, HORN, NEW_CARD),
        ),
        {
            "reworded": ["crown"],
            "answer": ["flint", "grinding"],
            "new": ["rim"],
            "retired": ["horn"],
            "reviews": ["grinding"],
        },
    ),
}


@pytest.mark.parametrize(("edits", "differs"), CHANGES.values(), ids=CHANGES)
def test_anki_does_what_was_said(shop: Shop, edits: tuple[Edit, ...], differs: dict[str, list[str]]) -> None:
    """The classes are those of the edit, and Anki's log and cards have the numbers that were told."""
    shop.release()
    shop.edit(*edits)
    shop.tick()
    before = shop.story.files()

    said = shop.story.run("diff", "old/shop.apkg", "--format", "json")

    assert said.code == 0
    assert shop.story.files() == before
    data = said.data
    found = {name: [each["card"] for each in data[name]] for name in ("new", "retired", "elsewhere")}
    found |= {name: [each["note"]["card"] for each in data[name]] for name in ("converted", "moved", "reviews", "held")}
    for change in data["changes"]:
        found.setdefault(change["what"], []).append(change["note"]["card"])
    assert {name: cards for name, cards in found.items() if cards} == differs
    _check_with_anki(shop, data)


def _check_with_anki(shop: Shop, data: dict[str, object]) -> None:
    """Import the next build, and compare what Anki did with what was said."""
    count = shop.learner.collection.card_count
    old, emptied = count(), len(_empty(shop))
    log = shop.learner.import_package(shop.build())
    counts, reviews = data["counts"], data["reviews"]
    assert isinstance(counts, dict)
    assert isinstance(reviews, list)
    assert (len(log["new"]), len(log["updated"])) == (counts["new"], counts["updated"])
    assert log["conflicting"] == []
    guids = set(log["new"])
    of_new = sum(len(cards) for guid, (*_, cards) in shop.learner.notes().items() if guid in guids)
    assert count() - old - of_new == sum(len(each["added"]) for each in reviews)
    assert len(_empty(shop)) - emptied == sum(len(each["emptied"]) for each in reviews)
    retired = shop.learner.collection.find_notes(str(data["search"])) if data["search"] else []
    assert len(retired) == len(data["retired"]) + len(data["converted"])  # type: ignore[arg-type]


def _empty(shop: Shop) -> list[int]:
    """The review cards that Anki calls empty."""
    return [card for note in shop.learner.collection.get_empty_cards().notes for card in note.card_ids]


def test_a_skipped_release_counts_too(shop: Shop) -> None:
    """What was changed and put back is written anew; what was changed twice is told once."""
    shop.release()
    shop.edit((LENS, "little lead", "no lead"), (FRAME, "Oslo", "Bergen"))
    shop.build()
    shop.edit((LENS, "no lead", "little lead"), (FRAME, "Bergen", "Moss"))
    shop.tick()

    data = shop.story.run("diff", "old/shop.apkg", "--format", "json").data

    assert [(each["note"]["card"], each["what"]) for each in data["changes"]] == [
        ("crown", "again"),
        ("horn", "answer"),
    ]
    assert data["changes"][1]["texts"] == [{"part": "answer", "old": "From Oslo.", "new": "From Moss."}]
    _check_with_anki(shop, data)


def test_a_retired_card_that_came_back_is_no_news(shop: Shop) -> None:
    """The learner never imported the release without it."""
    shop.release()
    shop.edit((FRAME, HORN, NEW_CARD))
    shop.build()
    shop.edit((FRAME, NEW_CARD, HORN))
    shop.tick()

    data = shop.story.run("diff", "old/shop.apkg", "--format", "json").data

    assert data["counts"] == {"new": 0, "updated": 0, "unchanged": 4, "retired": 0}
    _check_with_anki(shop, data)


def test_a_package_newer_than_the_memory_is_told_of(shop: Shop) -> None:
    """Somebody released from another branch: Anki would keep the later text."""
    shop.build()
    memory = shop.story.read("decks/released.lock")
    shop.edit((LENS, "little lead", "no lead"))
    shop.release()
    shop.edit((LENS, "no lead", "little lead"))
    shop.story.write("decks/released.lock", memory)

    data = shop.story.run("diff", "old/shop.apkg", "--format", "json").data

    assert [each["note"]["card"] for each in data["held"]] == ["crown"]
    assert data["counts"] == {"new": 0, "updated": 0, "unchanged": 3, "retired": 0}


def test_people_see_sections_with_both_texts(shop: Shop) -> None:
    """A section a class with its count; old and new lines of what changed, and of nothing else."""
    shop.release()
    shop.edit(
        (LENS, "What does Halvorsen call", "What is"),
        (LENS, "it is dearer", "it costs more"),
        (FRAME, HORN, NEW_CARD),
    )
    shop.tick()

    said = shop.story.run("diff", "old/shop.apkg")

    assert said.code == 0
    assert said.out == (
        "Who has shop.apkg and imports the next build of shop: 1 new note, 2 updated, 1 unchanged\n"
        "\n"
        "New: 1\n"
        "  + rim  What is the rim of?\n"
        "\n"
        "Reworded: 1\n"
        "  crown\n"
        "    - question: What does Halvorsen call crown glass?\n"
        "    + question: What is crown glass?\n"
        "\n"
        "Answer changed: 1\n"
        "  flint\n"
        "    - answer: it is dearer\n"
        "    + answer: it costs more\n"
        "\n"
        "An update replaces the text and the tags of a note, also what a learner added to it before the build.\n"
        "\n"
        "Retired; they stay in Anki: 1\n"
        "  - horn  Where does the horn come from?\n"
        "  found in Anki's browser with: Id:horn\n"
    )


def test_the_deck_is_the_one_of_the_packages_name(shop: Shop) -> None:
    """Else the one asked for, else all; a card that another package has now is not called retired."""
    shop.story.write("decks/frames.yaml", "name: Halvorsen\ncards: [frames]\n")
    shop.release()
    shop.story.write_bytes("old/download.apkg", (shop.story.root / "old/shop.apkg").read_bytes())

    named = shop.story.run("diff", "old/shop.apkg", "--format", "json").data
    unknown = shop.story.run("diff", "old/download.apkg", "--format", "json").data
    asked = shop.story.run("diff", "old/download.apkg", "--deck", "frames", "--format", "json").data

    assert named["decks"] == ["shop"]
    assert unknown["decks"] == ["frames", "shop"]
    assert named["counts"] == unknown["counts"] == {"new": 0, "updated": 0, "unchanged": 4, "retired": 0}
    assert (asked["decks"], asked["counts"]["unchanged"]) == (["frames"], 1)
    assert [each["card"] for each in asked["elsewhere"]] == ["crown", "flint", "grinding"]
    wrong = shop.story.run("diff", "old/shop.apkg", "--deck", "frame")
    assert (wrong.code, "did you mean 'frames'?" in wrong.err) == (1, True)


def test_a_new_look_is_told_of(shop: Shop) -> None:
    """The package's note types had other CSS, and the memory knows it."""
    shop.release()
    package = shop.story.root / "old/shop.apkg"
    _rewrite(package, lambda base: base.execute("UPDATE col SET models = replace(models, '.question', '.asked')"))
    assert shop.story.run("diff", "old/shop.apkg", "--format", "json").data["looks"] == []
    _rewrite(package, lambda base: base.execute(f"UPDATE col SET models = replace(models, '{TIME + 60}', '{TIME}')"))

    said = shop.story.run("diff", "old/shop.apkg")

    assert "Look changed (CSS or templates) of the note type: 2\n  Cardwright basic (story)\n" in said.out


def test_other_fields_are_told_of_with_the_way_to_import(shop: Shop) -> None:
    """Anki updates no note whose type has other fields, so nothing is promised."""
    shop.release()
    package = shop.story.root / "old/shop.apkg"
    lines = [json.loads(line) for line in shop.story.read("decks/released.lock").splitlines()[1:]]
    number = next(dict(line["fields"])["Spare3"] for line in lines if line["key"] == "note-type:basic")
    _rewrite(package, lambda base: base.execute(f"UPDATE col SET models = replace(models, '{number}', '1{number}')"))
    shop.edit((FRAME, "Oslo", "Bergen"), (LENS, "Grinding", "Here, grinding"))
    shop.tick()

    data = shop.story.run("diff", "old/shop.apkg", "--format", "json").data

    assert data["schemas"] == ["Cardwright basic (story)"]
    assert [each["note"]["card"] for each in data["held"]] == ["horn"]
    assert [each["note"]["card"] for each in data["changes"]] == ["grinding"]


def _rewrite(package: Path, change: Callable[[sqlite3.Connection], object]) -> None:
    """Change the database in a package."""
    with zipfile.ZipFile(package) as archive:
        data = archive.read("collection.anki2")
    base = sqlite3.connect(":memory:")
    base.deserialize(data)
    change(base)
    base.commit()
    package.write_bytes(_zipped({"collection.anki2": base.serialize(), "media": b"{}"}))
    base.close()


def _zipped(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def _database(*statements: str) -> bytes:
    base = sqlite3.connect(":memory:")
    for each in statements:
        base.execute(each)
    base.commit()
    data = base.serialize()
    base.close()
    return data


# Packages that are none of ours: the bytes, the code, a part of the message.
FOREIGN = {
    "empty": (b"", "CW560", "no zip archive"),
    "text": (b"front,back\n", "CW560", "no zip archive"),
    "no collection": (_zipped({"media": b"{}"}), "CW561", "no collection.anki2"),
    "Anki's own": (_zipped({"collection.anki2": b"", "collection.anki21b": b""}), "CW561", "Anki's own exports"),
    "no database": (_zipped({"collection.anki2": b"What is it?"}), "CW560", "database is none"),
    "an empty database": (_zipped({"collection.anki2": b""}), "CW560", "database is none"),
    "half a database": (_zipped({"collection.anki2": _database("CREATE TABLE a (b)")[:700]}), "CW560", "is damaged"),
    "another database": (_zipped({"collection.anki2": _database("CREATE TABLE a (b)")}), "CW561", "no collection"),
    "views that never end": (
        _zipped(
            {
                "collection.anki2": _database(
                    "CREATE TABLE notes (id, guid, mid, mod, tags, flds)",
                    "CREATE TABLE cards (nid, ord, did)",
                    "CREATE TABLE t (ver)",
                    "CREATE VIEW col AS WITH RECURSIVE n(x) AS (VALUES(1) UNION ALL SELECT x + 1 FROM n) "
                    "SELECT 11 AS ver, x AS models, x AS decks FROM n",
                )
            }
        ),
        "CW561",
        "no collection",
    ),
    "too large": (_zipped({"collection.anki2": bytes((1 << 27) + 1)}), "CW562", "more than 128 MiB"),
}


@pytest.mark.parametrize(("data", "code", "message"), FOREIGN.values(), ids=FOREIGN)
def test_what_is_no_package_of_ours_is_refused(story: Story, data: bytes, code: str, message: str) -> None:
    """A sentence and the way out, whatever the file holds."""
    story.write("cards/frames.yaml", FRAMES)
    story.write("decks/shop.yaml", "name: Halvorsen\ncards: [frames]\n")
    story.write_bytes("old/shop.apkg", data)

    said = story.run("diff", "old/shop.apkg")

    assert said.code == 1
    assert f"old/shop.apkg: error[{code}]" in said.err
    assert message in said.err
    assert "help: " in said.err


# What somebody may have done to a package of ours.
DAMAGE = {
    "a note twice": "UPDATE notes SET guid = (SELECT min(guid) FROM notes)",
    "a number for a guid": "UPDATE notes SET guid = 7",
    "a guid of bytes": "UPDATE notes SET guid = x'ff'",
    "a text that is no text": "UPDATE notes SET flds = CAST(x'ff' AS TEXT)",
    "no fields": "UPDATE notes SET flds = x'00'",
    "a field too few": "UPDATE notes SET flds = 'a'",
    "an unknown note type": "UPDATE notes SET mid = 5",
    "cards of nobody": "UPDATE cards SET nid = 5",
    "an unknown deck": "UPDATE cards SET did = 5",
    "a time that is none": "UPDATE notes SET mod = 'now'",
    "note types that are none": "UPDATE col SET models = '[]'",
    "note types without end": "UPDATE col SET models = replace(hex(zeroblob(50000)), '0', '[')",
    "decks that are none": "UPDATE col SET decks = '{\"1\": 5}'",
    "no collection": "DELETE FROM col",
    "two collections": "INSERT INTO col SELECT 2, crt, mod, scm, ver, dty, usn, ls, conf, models, decks, dconf, tags FROM col",
    "another version": "UPDATE col SET ver = 18",
}


@pytest.mark.parametrize("statement", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_package_is_refused(shop: Shop, statement: str) -> None:
    """Nothing in a package is trusted to be what Cardwright writes."""
    shop.release()
    _rewrite(shop.story.root / "old/shop.apkg", lambda base: base.execute(statement))

    said = shop.story.run("diff", "old/shop.apkg")

    assert said.code == 1
    assert re.search(r"old/shop\.apkg: error\[CW56[01]\]: this package ", said.err)


@pytest.mark.parametrize("cut", [10, 200, -30, -200], ids=str)
def test_a_package_that_breaks_off_is_refused(shop: Shop, cut: int) -> None:
    """As after a download that stopped."""
    shop.release()
    package = shop.story.root / "old/shop.apkg"
    package.write_bytes(package.read_bytes()[:cut])

    said = shop.story.run("diff", "old/shop.apkg")

    assert (said.code, "error[CW560]" in said.err) == (1, True)


def test_a_package_of_another_project_is_refused(shop: Shop) -> None:
    """Its guids say nothing about this project."""
    shop.release()
    for name in ("released.lock", "shop.apkg", "shop.csv"):
        shop.story.delete(f"decks/{name}")
    shop.story.write("cardwright.toml", 'namespace = "other-shop"\n')

    said = shop.story.run("diff", "old/shop.apkg")

    assert said.code == 1
    assert "error[CW563]: this package is of the project 'story', and this project is 'other-shop'" in said.err


def test_what_a_terminal_would_act_on_is_not_printed(shop: Shop) -> None:
    """Texts of a package may hold anything."""
    shop.release()
    _rewrite(
        shop.story.root / "old/shop.apkg",
        lambda base: base.execute(
            "UPDATE notes SET mod = mod - 9, flds = replace(flds, 'Oslo', char(27) || '[2JOslo')"
        ),
    )

    said = shop.story.run("diff", "old/shop.apkg")

    assert "\x1b" not in said.out
    assert "- answer: From �[2JOslo." in said.out


def test_a_project_that_cannot_be_built_says_why(shop: Shop) -> None:
    """The errors are those of a build, all of them, and nothing is compared."""
    shop.release()
    shop.edit((LENS, "{{c1::nine hours}} in {{c2::three baths}}", "{{c2::nine hours}} in {{c1::three baths}}"))

    said = shop.story.run("diff", "old/shop.apkg")

    assert (said.code, said.out) == (1, "")
    assert "error[CW541]" in said.err
