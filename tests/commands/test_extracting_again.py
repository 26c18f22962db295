"""Extracting again, as a person at the keyboard sees it."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

import pytest

from cardwright.memory import extracted
from cardwright.memory.extracted import Extracted
from story import Story

RULES = """
    into: values
    tags: [work]
    rules:
      - name: meaning
        select: li:has(> dfn)
        front: 'What does **{dfn}** mean[ at {company}]?'
        back: '{rest|short}'
    """
TERMS = {
    "Quiet benches": "questions are written down before they are asked.",
    "Second ear": "somebody else listens to each instrument before it leaves.",
    "Clean floor": "whoever spills sweeps before the evening bell.",
}
BENCHES = "Questions are written down before they are asked."


def document(**changes: str) -> str:
    """The handbook, with other words for some terms ("" takes one away)."""
    terms = {**TERMS, **{name.replace("_", " "): text for name, text in changes.items()}}
    return "# Values\n\n" + "".join(f"- {name}: {text}\n" for name, text in terms.items() if text)


@pytest.fixture
def workshop(story: Story) -> Story:
    """A project whose three cards are extracted, in which a person has rewritten the first one."""
    story.write("seeds/handbook.md", document())
    story.write("rules/values.yaml", RULES)
    assert story.run("extract").code == 0
    edit(story, f"back: {BENCHES}", '# ask Ines\n    back: Ask on paper, "not" aloud.')
    return story


def edit(story: Story, old: str, new: str, name: str = "cards/values.yaml") -> None:
    """A person changes a file in an editor."""
    text = story.read(name)
    assert text.count(old) == 1, text
    story.write_bytes(name, text.replace(old, new).encode())


def cut(story: Story, card: str) -> None:
    """A person deletes the lines of a card."""
    head, *cards = story.read("cards/values.yaml").split("  - id: ")
    kept = [each for each in cards if not each.startswith(f"{card}\n")]
    story.write_bytes("cards/values.yaml", "  - id: ".join([head, *kept]).encode())


def test_an_unedited_card_follows_its_document(workshop: Story) -> None:
    """Only the bytes of its answer change; the edited card beside it is as it was."""
    before = workshop.read("cards/values.yaml")
    workshop.write("seeds/handbook.md", document(Second_ear="two people listen to each instrument."))

    said = workshop.run("extract")

    assert said.code == 0
    assert "1 updated" in said.out
    old = "Somebody else listens to each instrument before it leaves."
    assert workshop.read("cards/values.yaml") == before.replace(old, "Two people listen to each instrument.")


def test_a_conflict_is_shown_until_it_is_decided(workshop: Story) -> None:
    """Both texts and the old one, with the place, at each run; the person's words stay."""
    workshop.write("seeds/handbook.md", document(Quiet_benches="nobody speaks before noon."))
    before = workshop.read("cards/values.yaml")

    for _ in range(2):
        said = workshop.run("extract")

        assert said.code == 0
        assert "conflict: quiet-benches (cards/values.yaml:10:11) back" in said.out
        assert 'yours:             Ask on paper, "not" aloud.' in said.out
        assert "document now says: Nobody speaks before noon." in said.out
        assert f"it said:           {BENCHES}" in said.out
        assert "--accept quiet-benches" in said.out
        assert workshop.read("cards/values.yaml") == before


def test_accepting_takes_the_documents_words(workshop: Story) -> None:
    """By id or by words of the card; the note above the line stays."""
    workshop.write("seeds/handbook.md", document(Quiet_benches="nobody speaks before noon."))

    said = workshop.run("extract", "--accept", "on paper")

    assert said.code == 0
    assert "conflict" not in said.out
    assert "    # ask Ines\n    back: Nobody speaks before noon.\n" in workshop.read("cards/values.yaml")
    assert "edited" not in workshop.run("extract").out


def test_keeping_ends_the_conflict_until_there_are_other_news(workshop: Story) -> None:
    """What was declined is remembered, and told again only when the document moves on."""
    workshop.write("seeds/handbook.md", document(Quiet_benches="nobody speaks before noon."))
    before = workshop.read("cards/values.yaml")

    assert "conflict" not in workshop.run("extract", "--keep", "quiet-benches").out
    assert "conflict" not in workshop.run("extract").out
    workshop.write("seeds/handbook.md", document(Quiet_benches="nobody speaks at all."))
    said = workshop.run("extract")

    assert "it said:           Nobody speaks before noon." in said.out
    assert workshop.read("cards/values.yaml") == before


def test_a_tag_by_hand_does_not_freeze_the_answer(workshop: Story) -> None:
    """Fields are independent: the tag stays, the answer follows."""
    edit(workshop, "    source: handbook.md:4\n", "    tags: ear   # mine\n    source: handbook.md:4\n")
    workshop.write("seeds/handbook.md", document(Second_ear="two people listen to each instrument."))

    workshop.run("extract")

    text = workshop.read("cards/values.yaml")
    assert "    back: Two people listen to each instrument.\n    tags: ear   # mine\n" in text


def test_a_deleted_card_comes_back_when_asked(workshop: Story) -> None:
    """It stays away through changes of its document, and returns under its id with today's words."""
    cut(workshop, "second-ear")
    workshop.write("seeds/handbook.md", document(Second_ear="two people listen to each instrument."))
    assert "1 deleted by hand" in workshop.run("extract").out
    assert "second-ear" not in workshop.read("cards/values.yaml")

    said = workshop.run("extract", "--restore", "somebody else listens")

    assert "1 brought back" in said.out
    assert "  - id: second-ear\n" in workshop.read("cards/values.yaml")
    assert "back: Two people listen to each instrument." in workshop.read("cards/values.yaml")
    assert workshop.run("extract").out.startswith("0 cards added, 3 known and kept")


def test_a_card_that_no_document_says_any_more_is_stale(workshop: Story) -> None:
    """It is named and stays; also when the whole document is gone."""
    before = workshop.read("cards/values.yaml")
    workshop.write("seeds/handbook.md", document(Clean_floor=""))
    assert "1 no longer said by the document and left alone: clean-floor" in workshop.run("extract").out
    workshop.write("seeds/other.md", "# Other\n\nNothing to learn.\n")
    workshop.delete("seeds/handbook.md")

    said = workshop.run("extract")

    assert "3 no longer said by the document" in said.out
    assert workshop.read("cards/values.yaml") == before


def test_a_stale_card_that_is_kept_is_told_of_no_more(workshop: Story) -> None:
    """Until its document says it again, and then falls silent once more."""
    before = workshop.read("cards/values.yaml")
    workshop.write("seeds/handbook.md", document(Clean_floor=""))
    assert "1 no longer said" in workshop.run("extract").out

    kept = workshop.run("extract", "--keep", "sweeps before")
    later = workshop.run("extract")

    assert (kept.code, kept.err) == (0, "")
    assert [said.out.count("no longer said") for said in (kept, later)] == [0, 0]
    assert workshop.read("cards/values.yaml") == before
    assert "CW444" in workshop.run("extract", "--keep", "clean-floor").err
    for text, told in ((document(), 0), (document(Clean_floor=""), 1)):
        workshop.write("seeds/handbook.md", text)
        assert workshop.run("extract").out.count("no longer said") == told


def test_a_renamed_rule_and_a_renamed_document_find_their_cards(workshop: Story) -> None:
    """No card is added, the edited one stays, and places name the new document."""
    workshop.write("rules/values.yaml", RULES.replace("name: meaning", "name: values"))
    (workshop.root / "seeds/handbook.md").rename(workshop.root / "seeds/house-rules.md")
    workshop.write("seeds/house-rules.md", document(Second_ear="somebody else listens to every instrument, always."))

    said = workshop.run("extract")

    assert said.out.startswith("0 cards added, 3 known and kept")
    text = workshop.read("cards/values.yaml")
    assert "source: house-rules.md:3" in text
    assert "back: Somebody else listens to every instrument, always." in text
    assert 'Ask on paper, "not" aloud.' in text


def test_a_reordered_document_changes_places_alone(workshop: Story) -> None:
    """No card moves, none is reworded; the line numbers follow without a word."""
    before = workshop.read("cards/values.yaml")
    lines = document().splitlines(keepends=True)
    workshop.write("seeds/handbook.md", "".join([*lines[:2], *reversed(lines[2:])]))

    said = workshop.run("extract")

    swapped = before.replace(".md:3", ".md:x").replace(".md:5", ".md:3").replace(".md:x", ".md:5")
    assert workshop.read("cards/values.yaml") == swapped
    assert "updated" not in said.out


def test_cards_are_moved_joined_and_split_by_hand(workshop: Story) -> None:
    """One goes to another file, one swallows another, one gives a part away: the next run leaves all of it alone."""
    cut(workshop, "clean-floor")
    edit(workshop, 'Ask on paper, "not" aloud.', "Ask on paper. Whoever spills sweeps.")
    part = "  - id: third-ear\n    front: Who listens third?\n    back: Nobody.\n"
    workshop.write("cards/ears.yaml", f"title: Ears\ncards:\n{part}")
    text = workshop.read("cards/values.yaml")
    moved = text[text.index("  - id: second-ear") :]
    workshop.write_bytes("cards/values.yaml", text.replace(moved, "").encode())
    workshop.write_bytes("cards/ears.yaml", (workshop.read("cards/ears.yaml") + moved).encode())
    before = {name: data for name, data in workshop.files().items() if name.endswith(".yaml")}

    for _ in range(2):
        assert workshop.run("extract").out.startswith("0 cards added, 2 known and kept")

        assert {name: data for name, data in workshop.files().items() if name.endswith(".yaml")} == before


def test_two_documents_of_one_question(workshop: Story) -> None:
    """The same words are one card with both places; other words are a card of their own."""
    workshop.write("seeds/second.md", document(Quiet_benches="", Clean_floor="sweeping is for Mondays only."))

    said = workshop.run("extract")

    assert said.out.startswith("1 card added, 3 known and kept")
    assert "source: [handbook.md:4, second.md:3]" in workshop.read("cards/values.yaml")
    assert workshop.run("extract").out.startswith("0 cards added, 4 known and kept")


def test_a_tie_is_told_and_not_guessed(workshop: Story) -> None:
    """Nothing is written for it until a person says which card is meant."""
    pair = "the blue lantern hangs above the {} door during every winter night."
    workshop.write(
        "seeds/lamp.md", f"# Lamps\n\n- Left lamp: {pair.format('left')}\n- Right lamp: {pair.format('right')}\n"
    )
    workshop.run("extract")
    workshop.write("seeds/lamp.md", f"# Lamps\n\n- Middle lamp: {pair.format('middle')}\n")

    before = workshop.read("cards/values.yaml")
    said = workshop.run("extract", "--format", "json")

    assert said.data["ties"] == [
        {"card": "middle-lamp", "text": "What does **Middle lamp** mean?", "candidates": ["left-lamp", "right-lamp"]}
    ]
    assert workshop.read("cards/values.yaml") == before
    assert "may be a new wording of left-lamp or right-lamp" in workshop.run("extract").out
    assert "1 updated" in workshop.run("extract", "--accept", "right-lamp").out
    assert "the middle door" in workshop.read("cards/values.yaml").split("id: right-lamp")[1]


def test_a_tie_may_be_a_card_of_its_own(workshop: Story) -> None:
    """Its own id adds it."""
    pair = "the blue lantern hangs above the {} door during every winter night."
    workshop.write(
        "seeds/lamp.md", f"# Lamps\n\n- Left lamp: {pair.format('left')}\n- Right lamp: {pair.format('right')}\n"
    )
    workshop.run("extract")
    workshop.write("seeds/lamp.md", f"# Lamps\n\n- Middle lamp: {pair.format('middle')}\n")

    said = workshop.run("extract", "--accept", "middle-lamp")

    assert said.out.startswith("1 card added, 5 known and kept")
    assert "2 no longer said" in said.out


def test_many_deletions_at_once_are_refused_until_confirmed(workshop: Story) -> None:
    """The message counts them and names the file; nothing is written."""
    cut(workshop, "second-ear")
    cut(workshop, "clean-floor")
    before = workshop.files()

    refused = workshop.run("extract")

    assert refused.code == 1
    assert "cards/values.yaml: error[CW442]: 2 of 3 known cards are gone at once" in refused.err
    assert "--confirm-deletions" in refused.err
    assert workshop.files() == before
    assert "2 deleted by hand" in workshop.run("extract", "--confirm-deletions").out
    assert workshop.run("extract").code == 0


def test_a_vanished_card_file_is_refused_until_confirmed(workshop: Story) -> None:
    """An empty folder is no decision; a file that only has another name is."""
    (workshop.root / "cards/values.yaml").rename(workshop.root / "cards/house.yaml")
    assert workshop.run("extract").code == 0
    workshop.delete("cards/house.yaml")

    refused = workshop.run("extract")

    assert refused.code == 1
    assert "cards/house.yaml: error[CW441]: this card file is gone, and 3 cards with it" in refused.err
    assert "3 deleted by hand" in workshop.run("extract", "--confirm-deletions").out


def test_one_document_says_nothing_about_others(workshop: Story) -> None:
    """No news, no conflict, no stale card of a document that was not read."""
    workshop.write("seeds/other.md", "# Other\n\n- Slow hands: nobody hurries a varnish.\n")
    workshop.run("extract")
    workshop.write("seeds/handbook.md", document(Quiet_benches="nobody speaks.", Clean_floor=""))
    before = workshop.files()

    said = workshop.run("extract", "seeds/other.md")

    assert said.out.startswith("0 cards added, 1 known and kept\n  other.md")
    assert workshop.files() == before


def test_json_tells_everything(workshop: Story) -> None:
    """Ids by what became of them; conflicts with all three texts and their place."""
    cut(workshop, "clean-floor")
    workshop.write("seeds/handbook.md", document(Quiet_benches="nobody speaks before noon.", Second_ear=""))

    data = workshop.run("extract", "--format", "json").data

    assert data["conflicts"] == [
        {
            "card": "quiet-benches",
            "path": "cards/values.yaml",
            "line": 10,
            "column": 11,
            "field": "back",
            "yours": 'Ask on paper, "not" aloud.',
            "now": "Nobody speaks before noon.",
            "before": BENCHES,
        }
    ]
    assert (data["stale"], data["deleted"], data["edited"]) == (["second-ear"], ["clean-floor"], ["quiet-benches"])


@pytest.mark.parametrize(
    ("words", "code", "text"),
    [
        (("--accept", "quiet-bench"), 1, "did you mean 'quiet-benches'?"),
        (("--accept", "quiet-benches", "--keep", "quiet-benches"), 1, "cannot be both accepted and kept"),
        (("--keep", "second-ear"), 0, "this card has no news that wait"),
        (("--restore", "second-ear"), 0, "this card was not deleted"),
        (("--restore", "nobody at all"), 1, "no card has the id or the words"),
    ],
)
def test_a_choice_that_cannot_be_made_is_told(workshop: Story, words: tuple[str, ...], code: int, text: str) -> None:
    """A mistyped card is an error; a card with nothing to choose is a warning."""
    workshop.write("seeds/handbook.md", document(Quiet_benches="nobody speaks before noon."))

    said = workshop.run("extract", *words)

    assert said.code == code
    assert text in said.err


def test_stopping_after_any_write_is_safe(workshop: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cards first, the memory last: whatever a run left, the next one ends where an undisturbed one ends."""
    workshop.write("cards/ears.yaml", "title: Ears\ncards:\n")
    text = workshop.read("cards/values.yaml")
    moved = text[text.index("  - id: second-ear") : text.index("  - id: clean-floor")]
    workshop.write_bytes("cards/values.yaml", text.replace(moved, "").encode())
    workshop.write_bytes("cards/ears.yaml", ("title: Ears\ncards:\n" + moved).encode())
    workshop.run("extract")
    changed = document(
        Second_ear="two people listen.", Quiet_benches="nobody speaks.", Clean_floor="brooms are for all."
    )
    workshop.write("seeds/handbook.md", changed + "- New bell: it rings at noon.\n")
    start = workshop.files()
    workshop.run("extract")
    end = workshop.files()
    written = [name for name in end if end[name] != start.get(name)]
    assert sorted(written) == ["cards/ears.yaml", "cards/extracted.lock", "cards/values.yaml"]

    replace = Path.replace
    for allowed in range(len(written)):
        for name, data in start.items():
            workshop.write_bytes(name, data)
        done: list[str] = []

        def stopping(self: Path, target: Path, done: list[str] = done, allowed: int = allowed) -> Path:
            if len(done) == allowed:
                raise OSError(28, os.strerror(28))
            done.append(Path(target).name)
            return replace(self, target)

        with monkeypatch.context() as patched:
            patched.setattr(Path, "replace", stopping)
            with contextlib.suppress(OSError):
                workshop.run("extract")
        assert len(done) == allowed
        assert "extracted.lock" not in done

        workshop.run("extract")
        assert workshop.files() == end


def test_a_file_that_changes_meanwhile_is_not_overwritten(workshop: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    """A person saves while the run is thinking: nothing is written, and the message says so."""
    workshop.write("seeds/handbook.md", document(Second_ear="two people listen."))
    dump = extracted.dump

    def late(memory: Extracted) -> str:
        edit(workshop, "title: Values", "title: Our values")
        return dump(memory)

    monkeypatch.setattr(extracted, "dump", late)
    said = workshop.run("extract")

    assert said.code == 1
    assert "the file changed while it was being worked on" in said.err
    assert "title: Our values" in workshop.read("cards/values.yaml")
    assert "two people" not in workshop.read("cards/values.yaml").lower()


def test_another_rule_that_hides_a_gap_makes_a_card_of_its_own(workshop: Story) -> None:
    """A question does not turn into a cloze because its words are alike: learners would lose its history."""
    workshop.write("rules/values.yaml", """
        into: values
        tags: [work]
        rules:
          - name: gap
            select: li:has(> dfn)
            match: '(?P<who>somebody else|whoever spills)'
            id: 'gap {who}'
            cloze: 'What does **{dfn}** mean? {before} {who} {after}'
            hide: [who]
        """)  # fmt: skip

    said = workshop.run("extract")

    assert said.code == 0
    text = workshop.read("cards/values.yaml")
    assert "  - id: second-ear\n    front: What does **Second ear** mean?\n" in text
    assert text.count("    cloze: ") == 2
    assert "2 cards added" in said.out


def test_a_card_of_another_rule_on_another_subject_takes_no_card_over(story: Story) -> None:
    """Two patterns may share most of their words; that alone makes no new wording of a card."""
    front = "does the bench guide of the workshop in Oberfeld name"
    rule = "  - name: {name}\n    select: {select}\n    id: '{id}'\n    front: '{front}'\n    back: '{back}'\n"
    one = rule.format(
        name="area", select="li", id="area {text}", front=f"Which area {front} for “{{text}}”?", back="{heading}"
    )
    all_of_them = rule.format(
        name="areas", select="section:has(> section)", id="areas", front=f"Which areas {front}?", back="{parts}"
    )
    story.write(
        "seeds/guide.md",
        "# Guide\n\n## Gluing joints\n\n- warm it\n\n## Varnish pots\n\nThey dry.\n\n## Strings\n\nThey snap.\n",
    )
    story.write_bytes("rules/areas.yaml", f"into: areas\nrules:\n{one}".encode())
    assert "1 card added" in story.run("extract").out
    before = story.read("cards/areas.yaml")
    story.write_bytes("rules/areas.yaml", f"into: areas\nrules:\n{all_of_them}".encode())

    said = story.run("extract")

    assert "1 card added" in said.out
    assert story.read("cards/areas.yaml").startswith(before.rstrip("\n"))
