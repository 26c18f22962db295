"""`cardwright review`, as a person at the keyboard sees it: every answer is written at once, and nothing else."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from cardwright.commands.editor import arguments
from cardwright.files import claim
from cardwright.memory import extracted
from cardwright.memory.extracted import Entry
from story import Story

RULES = """
    into: values
    rules:
      - name: meaning
        select: li:has(> dfn)
        front: 'What does **{dfn}** mean?'
        back: '{rest|short}'
    """
BEFORE = """\
# Values

- Quiet benches: questions are written down before they are asked.
- Second ear: somebody else listens to each instrument before it leaves.
- Clean floor: whoever spills sweeps before the evening bell.
"""
# The first term says something else now, and the last one is gone.
AFTER = """\
# Values

- Quiet benches: nobody speaks before noon.
- Second ear: somebody else listens to each instrument before it leaves.
"""
OWN = """\
title: Own
cards:
  - id: glue  # hide glue
    front: Is glue warmed?  # a note
    back: Yes, in a bath of water.

  - id: strap
    front: What holds a strap?
    back: A button of horn.
    draft: true  # until June
"""


@pytest.fixture
def workshop(story: Story) -> Story:
    """One card of each kind: a conflict, a stale one, a draft, and one that the linter warns of."""
    story.write_bytes("seeds/handbook.md", BEFORE.encode())
    story.write("rules/values.yaml", RULES)
    assert story.run("extract").code == 0
    text = story.read("cards/values.yaml")
    story.write_bytes("cards/values.yaml", text.replace("Questions are written down", "Write it down").encode())
    story.write_bytes("seeds/handbook.md", AFTER.encode())
    story.write_bytes("cards/own.yaml", OWN.encode())
    return story


def entry(story: Story, card: str) -> Entry:
    """What is remembered of a card."""
    from cardwright.files import TextFile

    memory, problems = extracted.load(TextFile("", story.read("cards/extracted.lock"), ""))
    assert problems == []
    return next(each for each in memory.entries if each.id == card)


def editor(story: Story, monkeypatch: pytest.MonkeyPatch, *edits: tuple[str, str]) -> Path:
    """An editor called vi, which makes one edit each time and writes down what it was called with."""
    script, log = story.root / "bin" / "vi", story.root / "bin" / "log"
    script.parent.mkdir(exist_ok=True)
    script.write_text(
        f"#!{sys.executable}\nimport pathlib, sys\nlog, edits = pathlib.Path({str(log)!r}), {list(edits)!r}\n"
        "calls = log.read_text().splitlines() if log.exists() else []\n"
        "with log.open('a') as out: print(*sys.argv[1:], file=out)\n"
        "file = pathlib.Path(sys.argv[-1])\nold, new = edits[len(calls)]\n"
        "assert old in file.read_text()\nfile.write_text(file.read_text().replace(old, new))\n"
    )
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", str(script))
    return log


# (what is reviewed, the answer, the card file, what goes from it, what comes in its place)
DRAFT = "    back: A button of horn.\n    draft: true  # until June\n"
GLUE = "  - id: glue  # hide glue\n    front: Is glue warmed?  # a note\n    back: Yes, in a bath of water.\n\n"
STORIES = {
    "a draft is promoted": ("drafts", "p", "own", "    draft: true  # until June\n", "    # until June\n"),
    "a draft is deleted": (
        "drafts",
        "d",
        "own",
        "\n  - id: strap\n    front: What holds a strap?\n" + DRAFT,
        "",
    ),
    "a finding is allowed": (
        "lint",
        "a",
        "own",
        "of water.\n",
        "of water.\n    allow: yes-no-question\n",
    ),
    "a card with a finding is deleted": ("lint", "delete", "own", GLUE, "\n"),
    "news are accepted": (
        "conflicts",
        "A",
        "values",
        "Write it down before they are asked.",
        "Nobody speaks before noon.",
    ),
    "own words are kept": ("conflicts", "keep", "values", "", ""),
    "a stale card is kept": ("stale", "k", "values", "", ""),
}


@pytest.mark.parametrize("case", STORIES)
def test_an_answer_is_written_in_its_place(workshop: Story, case: str) -> None:
    """The bytes concerned change and no others; what was answered does not come again."""
    kind, answer, stem, old, new = STORIES[case]
    before = workshop.files()
    text = before[f"cards/{stem}.yaml"].decode()
    assert text.count(old) == 1 or not old

    said = workshop.run("review", kind, answers=f"{answer}\n")

    assert (said.code, said.err.count(" of 1 · ")) == (0, 1)
    after = workshop.files()
    assert after.pop(f"cards/{stem}.yaml").decode() == (text.replace(old, new) if old else text)
    changed = [name for name, data in after.items() if data != before[name]]
    assert changed == (["cards/extracted.lock"] if stem == "values" else [])
    assert workshop.run("review", kind).out.endswith("nothing to review\n")


def test_each_card_is_shown_with_its_passage_and_what_is_the_matter(workshop: Story) -> None:
    """In the order conflicts, stale cards, drafts, findings; Enter passes over, and nothing is written."""
    before = workshop.files()

    said = workshop.run("review", answers="\n\n\n\n")

    assert workshop.files() == before
    assert said.out == "4 skipped; 4 left to review\n"
    conflict, stale, draft, finding = said.err.split("\n\n")
    assert conflict.strip().splitlines() == [
        "1 of 4 · conflict: quiet-benches (cards/values.yaml:8:11)",
        "  front: What does **Quiet benches** mean?",
        "  back: Write it down before they are asked.",
        "  seeds/handbook.md:3",
        "    | - Quiet benches: nobody speaks before noon.",
        "! you edited this card, and the document says something else now",
        "  back",
        "    yours:             Write it down before they are asked.",
        "    document now says: Nobody speaks before noon.",
        "    it said:           Questions are written down before they are asked.",
        "[a]ccept the document's words, [k]eep yours, [e]dit, [d]elete, [s]kip (Enter), [q]uit:",
    ]
    assert "2 of 4 · stale card: clean-floor" in stale
    assert "! documents and rules give no such card any more\n[k]eep the card, [e]dit" in stale
    assert "3 of 4 · draft: strap (cards/own.yaml:7:5)\n" in draft
    assert "! a draft: in no deck until it is promoted\n[p]romote, [e]dit" in draft
    assert "4 of 4 · finding of the linter: glue (cards/own.yaml:4:12)\n" in finding
    assert "(yes-no-question)\n  help: " in finding
    assert finding.endswith("[a]llow, [e]dit, [d]elete, [s]kip (Enter), [q]uit: \n")


def test_the_page_shows_what_is_printed(workshop: Story) -> None:
    """The session of docs/editing.md, line by line."""
    page = (Path(__file__).parents[2] / "docs/editing.md").read_text("utf-8")

    shown, _ = workshop.run("review", answers="k\n").err.strip().split("\n\n", 1)

    assert f"```text\n{shown}\n```" in page


def test_all_that_waits_can_be_listed(workshop: Story) -> None:
    """One line each, with its place, on stdout; as data too. Nothing is asked."""
    said, data = workshop.run("review", "--list"), workshop.run("review", "--list", "lint", "--format", "json").data

    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines() == [
        "cards/values.yaml:8:11: conflict: quiet-benches: the document has news of back",
        "cards/values.yaml:14:5: stale card: clean-floor: What does **Clean floor** mean?",
        "cards/own.yaml:7:5: draft: strap: What holds a strap?",
        "cards/own.yaml:4:12: finding of the linter: glue: " + data[0]["about"],
    ]
    assert [(each["kind"], each["card"], each["rule"]) for each in data] == [("lint", "glue", "yes-no-question")]


def test_where_nobody_answers_the_call_was_wrong(workshop: Story) -> None:
    """Exit 2 and the way out; where nothing waits nobody need answer."""
    before = workshop.files()

    said = workshop.run("review")

    assert said.code == 2
    assert "run it in a terminal, or look with --list" in said.err
    assert workshop.files() == before
    workshop.run("review", "drafts", answers="p\n")
    assert workshop.run("review", "drafts").code == 0


def test_an_answer_that_is_none_is_asked_again(workshop: Story) -> None:
    """A letter that this card does not offer does nothing."""
    said = workshop.run("review", "drafts", answers="a\nx\nq\np\n")

    assert said.err.count("answer with one of p, e, d, s, q\n") == 2
    assert said.out == "1 left to review\n"
    assert workshop.read("cards/own.yaml") == OWN


def test_a_deleted_card_is_remembered_as_deleted(workshop: Story) -> None:
    """The next extraction neither brings it back nor takes it for an accident, and can restore it."""
    workshop.run("review", "conflicts", "stale", answers="d\nd\n")

    assert entry(workshop, "quiet-benches").deleted
    said = workshop.run("extract")
    assert (said.code, said.out.splitlines()[:2]) == (
        0,
        ["0 cards added, 1 known and kept", "2 deleted by hand and not brought back"],
    )
    assert "1 brought back" in workshop.run("extract", "--restore", "quiet-benches").out


def test_what_was_decided_holds_for_extract(workshop: Story) -> None:
    """No conflict is told of, none is stale, and the accepted words follow their document from then on."""
    workshop.run("review", "conflicts", "stale", answers="a\nk\n")

    out = workshop.run("extract").out

    assert "conflict" not in out
    assert "no longer said" not in out
    workshop.write_bytes("seeds/handbook.md", AFTER.replace("before noon", "at all").encode())
    assert "1 updated" in workshop.run("extract").out
    assert "Nobody speaks at all." in workshop.read("cards/values.yaml")


@pytest.mark.parametrize("answer", ["a", "k", "d"])
def test_a_run_that_is_killed_between_its_two_files_is_finished_by_the_next(workshop: Story, answer: str) -> None:
    """The card file is written first: with the old memory, extraction or another review comes to the same end."""
    lock = workshop.read("cards/extracted.lock").encode()
    workshop.run("review", "conflicts", answers=f"{answer}\n")
    cards = workshop.read("cards/values.yaml")
    workshop.run("extract")
    whole = entry(workshop, "quiet-benches")
    workshop.write_bytes("cards/extracted.lock", lock)

    workshop.run("review", "conflicts", answers="k\n")
    said = workshop.run("extract")

    assert said.code == 0
    assert workshop.read("cards/values.yaml") == cards
    assert entry(workshop, "quiet-benches") == whole


def test_a_promoted_card_is_linted(workshop: Story) -> None:
    """Drafts are not looked at; what the linter says of one comes up as soon as it is none."""
    workshop.write_bytes("cards/own.yaml", OWN.replace("What holds", "Does horn hold").encode())

    said = workshop.run("review", "drafts", "lint", answers="p\ns\na\n")

    assert [line.split(" (")[0] for line in said.err.splitlines() if " · " in line] == [
        "1 of 2 · draft: strap",
        "2 of 3 · finding of the linter: glue",
        "3 of 3 · finding of the linter: strap",
    ]
    assert said.out.startswith("1 promoted, 1 allowed, 1 skipped; 1 left to review\n")


def test_the_editor_opens_at_the_line_and_what_is_mended_is_gone(
    workshop: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file is read again, and the next thing is asked."""
    old, new = "Is glue warmed?  # a note\n    back: Yes, in", "What is glue warmed in?  # a note\n    back: In"
    log = editor(workshop, monkeypatch, (old, new))

    said = workshop.run("review", "lint", answers="e\n")

    assert log.read_text() == f"+4 {workshop.root / 'cards/own.yaml'}\n"
    assert said.out.splitlines()[0] == "1 edited"
    assert workshop.read("cards/own.yaml") == OWN.replace(old, new)


def test_a_file_that_is_broken_after_an_edit_is_told_of_until_it_is_mended(
    workshop: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The diagnostics are shown, the editor opens at the fault, and then the card comes again."""
    edits = (("    back: A button", "    bakc: A button"), ("    bakc: A button", "    back: The button"))
    log = editor(workshop, monkeypatch, *edits)

    said = workshop.run("review", "drafts", answers="e\n\ne\np\n")

    assert said.err.count("error[CW207]") == 2
    assert said.err.count("[e]dit, [r]ead again (Enter), [q]uit") == 2
    assert [line.split()[0] for line in log.read_text().splitlines()] == ["+7", "+8"]
    assert said.err.count("1 of 1 · draft: strap") == 2
    assert (said.code, said.out.splitlines()[0]) == (0, "1 promoted, 1 edited")


def test_who_leaves_a_broken_file_is_told_so(workshop: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    """The exit code says that something is wrong; what the person wrote stays."""
    editor(workshop, monkeypatch, ("title: Own", "titel: Own"))

    said = workshop.run("review", "drafts", answers="e\nq\n")

    assert (said.code, said.out) == (1, "")
    assert workshop.read("cards/own.yaml") == OWN.replace("title", "titel")


def test_an_editor_that_is_not_there_is_told_of(workshop: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    """The card comes again."""
    monkeypatch.setenv("VISUAL", "no-such-editor --wait")

    said = workshop.run("review", "drafts", answers="e\np\n")

    assert "the editor 'no-such-editor --wait' cannot be started" in said.err
    assert said.out.splitlines()[0] == "1 promoted"


@pytest.mark.parametrize(
    ("command", "called"),
    [
        ("vim -u NONE", ["vim", "-u", "NONE", "+7", "a b.yaml"]),
        ("/usr/bin/nano", ["/usr/bin/nano", "+7", "a b.yaml"]),
        ("code --wait", ["code", "--wait", "--wait", "--goto", "a b.yaml:7"]),
        ("hx", ["hx", "a b.yaml:7"]),
        ("ted", ["ted", "a b.yaml"]),
    ],
)
def test_editors_are_told_the_line_in_their_own_way(command: str, called: list[str]) -> None:
    """One that is not known gets the file alone."""
    assert arguments(command, Path("a b.yaml"), 7) == called


def test_while_another_run_writes_nothing_is_written(workshop: Story) -> None:
    """The answer is refused, and the card comes again."""
    (workshop.root / ".cardwright").mkdir(exist_ok=True)
    with claim(workshop.root / ".cardwright") as held:
        assert held
        said = workshop.run("review", "drafts", answers="p\nq\n")

    assert "CW005" in said.err
    assert said.err.count("draft: strap") == 2
    assert workshop.read("cards/own.yaml") == OWN


def test_a_project_with_errors_is_not_begun(workshop: Story) -> None:
    """They are told, and nothing is asked."""
    workshop.write_bytes("cards/own.yaml", OWN.replace("id: strap", "id: glue").encode())

    said = workshop.run("review", answers="d\nd\n")

    assert said.code == 1
    assert "CW403" in said.err
    assert "[d]elete" not in said.err


def test_answers_are_data_too(workshop: Story) -> None:
    """What was answered and what is left is the result; the questions are on stderr."""
    data = workshop.run("review", "drafts", "lint", "--format", "json", answers="p\ns\n").data

    assert [(each["card"], each["answer"]) for each in data["answers"]] == [("strap", "promote"), ("glue", "skip")]
    assert [each["card"] for each in data["left"]] == ["glue"]


def test_check_lists_the_first_drafts(story: Story) -> None:
    """On a line each, no warnings; how to see the others is said."""
    cards = "".join(f"  - id: c{at}\n    front: What is no. {at}?\n    back: b\n    draft: true\n" for at in range(7))
    story.write_bytes("cards/own.yaml", f"title: Own\ncards:\n{cards}".encode())

    said = story.run("check", "--strict")

    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines() == [
        "7 cards in 1 file, of which 7 are drafts: no errors",
        *(f"  draft: cards/own.yaml:{3 + 4 * at}:5: c{at}" for at in range(5)),
        "  and 2 drafts more: cardwright review --list drafts",
    ]
