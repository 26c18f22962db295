"""`cardwright build` over several releases of a small project, with learners who import them into Anki."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from decks.learner import Learner
from story import Said, Story

LOCK = "decks/released.lock"
# The day of the first release, 2025-03-01, in seconds.
FIRST = 1_740_823_200
DAY = 86_400

TEA = """
    title: Tea
    cards:
      - id: green
        front: At what heat is green tea brewed?
        back: At 70 to 80 degrees.
      - id: black
        front: How long does black tea draw?
        back: Four minutes.
      - id: white
        cloze: White tea comes from {{c1::Fujian}} and is {{c2::dried}} at once.
    """
CAKE = """
    title: Cakes
    cards:
      - id: stollen
        front: When does Quillmann bake stollen?
        back: From November on.
    """


@pytest.fixture
def learner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Learner]]:
    """Opens fresh collections of Anki."""
    folder = tmp_path_factory.mktemp("anki")
    opened: list[Learner] = []

    def open_one() -> Learner:
        opened.append(Learner(folder / f"{len(opened)}.anki2"))
        return opened[-1]

    yield open_one
    for each in opened:
        each.close()


@pytest.fixture
def tea(story: Story, monkeypatch: pytest.MonkeyPatch) -> Story:
    """The tea house of Quillmann, released on the first day."""
    story.write("cards/tea.yaml", TEA)
    story.write("cards/cakes.yaml", CAKE)
    story.write("decks/tea.yaml", "name: Quillmann\ncards: [tea]\n")
    story.write("decks/all.yaml", "name: Quillmann\ncards: [tea, cakes]\nexports: [apkg, csv, anki-text]\n")
    assert build(story, monkeypatch, 0).code == 0
    return story


def build(story: Story, monkeypatch: pytest.MonkeyPatch, day: int, *words: str) -> Said:
    """`cardwright build` on a day after the first release."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(FIRST + day * DAY))
    return story.run("build", *words)


def change(story: Story, old: str, new: str, file: str = "cards/tea.yaml") -> None:
    """Replace a text that stands once in a file."""
    text = story.read(file)
    assert text.count(old) == 1, old
    (story.root / file).write_text(text.replace(old, new), encoding="utf-8")


def lines(story: Story) -> dict[str, dict[str, object]]:
    """The memory's lines by card id, or by key where they are of no card."""
    objects = [json.loads(line) for line in story.read(LOCK).splitlines()[1:]]
    return {each["id"] if isinstance(each["id"], str) else each["key"]: each for each in objects}


def fronts(anki: Learner) -> dict[str, str]:
    """What a learner sees: the second field of each note by card id."""
    return {
        fields[3 if "cloze" in kind else 4]: fields[1 if "basic" in kind else 0]
        for kind, fields, _, _ in anki.notes().values()
    }


def test_every_count_is_in_the_summary(tea: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    """New, changed, unchanged, back again and retired; the sum is what is in the decks."""
    tea.write("cards/cakes.yaml", CAKE.replace("stollen", "waffles"))
    build(tea, monkeypatch, 1)
    tea.write("cards/cakes.yaml", CAKE)
    change(tea, "Four minutes.", "Three minutes.")

    said = build(tea, monkeypatch, 2)

    assert said.out.splitlines()[0] == "4 cards: 1 changed, 2 unchanged, 1 back again, 1 retired"
    assert "1 cards are in no deck any more: waffles\n" in said.out
    assert "Id:waffles" in said.out.splitlines()[-1]


def test_json_has_the_searches_for_what_retired(tea: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    """That of this build, and that of all builds, which stays."""
    change(tea, "  - id: black", "  - draft: true\n    id: black")
    first = build(tea, monkeypatch, 1, "--format", "json").data
    second = build(tea, monkeypatch, 2, "--format", "json").data

    assert (first["retired"], first["retired_search"]) == (["black"], "Id:black")
    assert (second["retired"], second["retired_search"], second["ever_retired_search"]) == ([], "", "Id:black")


# --locked


def test_locked_builds_the_same_from_an_up_to_date_memory(tea: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    """On whatever day, with no clock that could be used: the same packages, and the memory is not written."""
    built = tea.files()
    for name in built:
        if name.endswith((".apkg", ".csv", ".txt")):
            tea.delete(name)
    written = (tea.root / LOCK).stat().st_mtime_ns
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "some day")

    said = tea.run("build", "--locked")

    assert said.code == 0
    assert tea.files() == built
    assert (tea.root / LOCK).stat().st_mtime_ns == written


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Four minutes.", "Three minutes.", "1 changed: black"),
        ("id: black", "id: assam", "1 new: assam; 1 retired: black"),
        ("  - id: green", "  - draft: true\n    id: green", "1 retired: green"),
    ],
    ids=["changed", "new", "retired"],
)
def test_locked_fails_and_names_the_cards(tea: Story, old: str, new: str, said: str) -> None:
    """Cards that were edited and not built: exit 1, not a byte written."""
    change(tea, old, new)
    before = tea.files()

    done = tea.run("build", "--locked")

    assert done.code == 1
    assert f"{LOCK}: error[CW552]: the memory of releases is behind the cards: {said}" in done.err
    assert tea.files() == before


def test_locked_sees_a_card_that_moved(tea: Story) -> None:
    """A card in another file is nothing that a learner sees, and yet the memory would change."""
    black = TEA[TEA.index("      - id: black") : TEA.index("      - id: white")]
    tea.write("cards/cakes.yaml", CAKE.rstrip(" ") + black)
    tea.write("cards/tea.yaml", TEA.replace(black, ""))

    assert "1 moved: black" in tea.run("build", "--locked").err


def test_locked_in_a_new_project_names_everything(tea: Story) -> None:
    """Cards, decks and note types that nobody has released."""
    tea.delete(LOCK)
    without_packages(tea)

    said = tea.run("build", "--locked").err

    for words in ("4 new: ", "2 decks: Quillmann::", "2 note types: Cardwright basic (story), "):
        assert words in said


def test_locked_asks_for_the_very_bytes(tea: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines in another order, as a merge may leave them, are for a build to put right; line ends of a checkout are not."""
    header, *rest = tea.read(LOCK).splitlines()
    tea.write_bytes(LOCK, "\r\n".join([header, *rest, ""]).encode())
    assert tea.run("build", "--locked").code == 0
    tea.write_bytes(LOCK, "\n".join([header, *reversed(rest), ""]).encode())

    assert (
        "error[CW552]: the lines of the memory of releases are not as a build writes them"
        in tea.run("build", "--locked").err
    )

    assert build(tea, monkeypatch, 1).code == 0
    assert tea.run("build", "--locked").code == 0


@pytest.mark.parametrize(
    "words",
    [("--locked", "--relock"), ("--locked", "--breaking"), ("tea", "--relock"), ("tea", "--breaking")],
    ids=" ".join,
)
def test_options_that_contradict_are_a_usage_error(tea: Story, words: tuple[str, ...]) -> None:
    """Exit 2, and nothing is read."""
    said = tea.run("build", *words)

    assert said.code == 2
    assert "goes without" in said.err


# A lost memory


def git(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run git as somebody, without anybody's settings."""
    person = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com", "-c", "commit.gpgsign=false"]
    silent = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "PATH": os.environ["PATH"], "LC_ALL": "C"}
    return subprocess.run(["git", *person, *words], cwd=folder, env=silent, capture_output=True, text=True, check=False)


def committed(story: Story) -> None:
    """The project with its memory in git, packages ignored."""
    story.write(".gitignore", "decks/*.apkg\ndecks/*.csv\ndecks/*.txt\n.cardwright/\n")
    git(story.root, "init", "-q", "-b", "main")
    git(story.root, "add", ".")
    assert git(story.root, "commit", "-q", "-m", "First release").returncode == 0


def without_packages(story: Story) -> None:
    """As in a fresh clone."""
    for path in (story.root / "decks").iterdir():
        if path.suffix != ".yaml" and path.name != "released.lock":
            path.unlink()


@pytest.mark.parametrize("command", ["build", "check"])
def test_a_package_tells_that_there_was_a_memory(tea: Story, command: str) -> None:
    """Without git, packages beside it are the evidence; not a byte is written, and --relock with its cost is told."""
    tea.delete(LOCK)
    before = tea.files()

    said = tea.run(command)

    assert said.code == 1
    output = said.err + said.out
    assert f"{LOCK}: error[CW635]: the memory of what learners have is not there" in output
    assert "there is all.anki.txt beside it" in output
    assert "cardwright build --relock" in output
    assert "where a learner edited such a note or its tags, the next import overwrites that" in output
    assert tea.files() == before


def test_git_tells_that_there_was_a_memory(tea: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    """Deleted in the folder, or in a commit: the command that the error prints brings it back."""
    committed(tea)
    without_packages(tea)
    lock = tea.read(LOCK)
    tea.delete(LOCK)
    said = tea.run("build")
    assert said.code == 1
    assert "git knows it" in said.err
    assert f"bring it back: git restore {LOCK}\n" in said.err
    git(tea.root, "commit", "-q", "-a", "-m", "Tidy up")
    change(tea, "Four minutes.", "Three minutes.")
    git(tea.root, "commit", "-q", "-a", "-m", "Three")
    monkeypatch.setenv("GIT_DIR", "/nowhere")

    said = tea.run("build")

    assert said.code == 1
    way_out = said.err.split("bring it back: git ")[1].split("\n")[0]
    assert git(tea.root, *way_out.split()).returncode == 0
    assert tea.read(LOCK) == lock


def test_a_new_project_needs_no_memory(tea: Story, story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither in a repository that has never seen one, nor below somebody else's, nor without git."""
    tea.delete(LOCK)
    without_packages(tea)
    git(tea.root, "init", "-q")
    git(tea.root, "add", "cards")
    git(tea.root, "commit", "-q", "-m", "Cards")
    assert build(tea, monkeypatch, 1).code == 0
    tea.delete(LOCK)
    without_packages(tea)
    monkeypatch.setenv("PATH", "")

    assert build(tea, monkeypatch, 2).code == 0


def test_relock_keeps_history_and_costs_what_it_says(
    tea: Story, learner: Callable[[], Learner], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same notes with their reviews; a learner's own edit is overwritten, and a renamed card comes as a new note.

    The new times are real ones, whatever SOURCE_DATE_EPOCH says: older ones would hold the cards back.
    """
    assert tea.run("rename", "black", "assam").code == 0
    build(tea, monkeypatch, 1)
    anki = learner()
    anki.import_package(tea.root / "decks/all.apkg")
    anki.answer(4, deck="Quillmann")
    cards, reviews = anki.history()
    assert anki.collection.db is not None
    edited = "update notes set flds = replace(flds, '70 to 80', 'about 75'), mod = ? where flds like '%70 to 80%'"
    anki.collection.db.execute(edited, FIRST + 300 * DAY)
    assert fronts(anki)["green"] == "At about 75 degrees."
    tea.delete(LOCK)

    said = build(tea, monkeypatch, 1, "--relock")

    assert said.code == 0
    assert "warning[CW636]: the memory of releases is made anew: all notes count as changed once" in said.err
    log = anki.import_package(tea.root / "decks/all.apkg")
    assert (len(log["updated"]), len(log["new"]), log["conflicting"]) == (3, 1, [])
    assert fronts(anki)["green"] == "At 70 to 80 degrees."
    now, log_now = anki.history()
    assert log_now == reviews
    assert [row for row in now if row in cards] == cards


@pytest.mark.parametrize(
    ("damage", "code", "lost"),
    [
        (lambda text: text.replace('"id":"black"', '"id":"black'), "CW623", ["black"]),
        (lambda text: text.replace('{"cardwright":"released",', '{"card'), "CW621", []),
        (lambda text: text.split("\n", 1)[1], "CW621", []),
        (lambda text: text.replace('"namespace":"story"', '"namespace":1'), "CW631", []),
        (
            lambda text: (
                text[: text.index('"id":"black"') + 3] + "\n" + text[text.index("\n", text.index('"id":"black"')) :]
            ),
            "CW623",
            ["black"],
        ),
        (lambda text: "", "CW621", ["black", "green", "stollen", "white"]),
    ],
    ids=["line", "header", "no-header", "no-namespace", "cut", "empty"],
)
def test_relock_keeps_every_line_that_can_be_read(
    tea: Story, monkeypatch: pytest.MonkeyPatch, damage: Callable[[str], str], code: str, lost: list[str]
) -> None:
    """A damaged memory is refused; made anew, only what could not be read counts as changed."""
    before = lines(tea)
    tea.write_bytes(LOCK, damage(tea.read(LOCK)).encode())
    refused = build(tea, monkeypatch, 1)
    assert refused.code == 1
    assert f"error[{code}]" in refused.err
    assert code == "CW631" or "build --relock" in refused.err

    said = build(tea, monkeypatch, 1, "--relock")

    assert said.code == 0, said.err
    after = lines(tea)
    assert after.keys() == before.keys()
    assert [
        each for each in ("black", "green", "stollen", "white") if after[each]["mod"] != before[each]["mod"]
    ] == lost
    assert [after[each]["key"] for each in before] == [line["key"] for line in before.values()]
    assert build(tea, monkeypatch, 2).code == 0
    assert tea.run("build", "--locked").code == 0


def test_relock_reads_around_bytes_that_are_no_text(tea: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line that a disk or an editor spoilt costs that line alone."""
    spoilt = tea.read(LOCK).encode().replace(b'"id":"black"', b'"id":"bl\xff\xfeck"')
    tea.write_bytes(LOCK, spoilt)
    assert "error[CW003]" in build(tea, monkeypatch, 1).err

    said = build(tea, monkeypatch, 1, "--relock")

    assert said.code == 0
    assert "1 lines could not be read; their notes count as changed once" in said.err
    assert said.out.startswith("4 cards: 1 new, 3 unchanged")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [('"namespace":"story"', '"namespace":"tale"', "CW631"), ('"version":1', '"version":9', "CW622")],
    ids=["another-project", "newer-version"],
)
def test_relock_does_not_touch_what_is_not_its_own(tea: Story, old: str, new: str, code: str) -> None:
    """Another project's memory, or a newer program's: there is another way out."""
    change(tea, old, new, LOCK)
    before = tea.files()

    said = tea.run("build", "--relock")

    assert said.code == 1
    assert f"error[{code}]" in said.err
    assert tea.files() == before


def test_relock_of_a_memory_in_order_changes_nothing(tea: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever leaves the option in a script loses nothing."""
    before = tea.files()

    said = build(tea, monkeypatch, 1, "--relock")

    assert said.code == 0
    assert "info[CW636]: this memory of releases is in order" in said.err
    assert tea.files() == before


# Part of a project


def test_a_partial_build_touches_no_other_line(tea: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything changed, one deck built: the bytes of all other lines and files stay."""
    tea.write("decks/cakes.yaml", "name: Quillmann\ncards: [cakes]\n")
    build(tea, monkeypatch, 1)
    before, files = tea.read(LOCK).splitlines(), tea.files()
    change(tea, "Four minutes.", "Three minutes.")
    change(tea, "id: green", "id: sencha")
    change(tea, "title: Tea", "title: Teas\nwas: Tea")
    change(tea, "From November on.", "From October on.", "cards/cakes.yaml")

    said = build(tea, monkeypatch, 2, "cakes")

    assert said.code == 0, said.err
    after = tea.read(LOCK).splitlines()
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert [json.loads(new)["id"] for _, new in changed] == ["stollen"]
    written = {name for name, data in tea.files().items() if files.get(name) != data}
    assert written == {LOCK, "cards/tea.yaml", "cards/cakes.yaml", "decks/cakes.apkg", "decks/cakes.csv"}


# Acknowledged in the file


def test_a_renamed_deck_goes_through_with_the_line_that_the_error_prints(
    tea: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Error, accepted, and a word when the line can go; `check` tells the same."""
    change(tea, "title: Tea", "title: Teas & herbs")
    said = build(tea, monkeypatch, 1)
    assert said.code == 1
    assert "cards/tea.yaml:1:8: error[CW510]" in said.err
    line = next(line for line in said.err.split("\n") if "was: Tea" in line)
    change(tea, "title: Teas & herbs", f"title: Teas & herbs\n{line.split('    below')[0].strip()}")
    assert tea.run("check").code == 0

    assert build(tea, monkeypatch, 1).code == 0

    said = tea.run("check", "--strict")
    assert said.code == 0
    assert "cards/tea.yaml:2:6: info[CW512]" in said.err + said.out
    change(tea, "was: Tea\n", "")
    assert "CW512" not in build(tea, monkeypatch, 2).err


def test_swapped_gaps_go_through_with_the_line_that_the_error_prints(
    tea: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Refused, acknowledged on the card, and a warning when the line can go."""
    change(tea, "{{c1::Fujian}} and is {{c2::dried}}", "{{c2::Fujian}} and is {{c1::dried}}")
    said = build(tea, monkeypatch, 1)
    assert (said.code, "error[CW541]" in said.err) == (1, True)
    line = said.err[said.err.index("accept: [") :].split("\n")[0]
    change(tea, "  - id: white", f"  - id: white\n    {line}")

    assert build(tea, monkeypatch, 1).code == 0

    said = build(tea, monkeypatch, 2)
    assert said.code == 0
    assert "cards/tea.yaml:10:13: warning[CW544]" in said.err


@pytest.mark.parametrize("number", ["1", "c0", "C1", "c1000", "c1 c2"])
def test_an_acknowledgement_names_cloze_numbers(tea: Story, number: str) -> None:
    """Anything else is an error with an example."""
    change(tea, "  - id: white", f"  - id: white\n    accept: [{number}]")

    said = tea.run("build")

    assert said.code == 1
    assert "error[CW209]" in said.err
    assert "'c1'" in said.err


def test_help_has_each_option_and_examples_on_lines_of_their_own(tea: Story) -> None:
    """As one may copy them."""
    said = tea.run("build", "--help").out

    assert "  Examples:\n    cardwright build\n    cardwright build netflix-interview\n" in said
    for option in ("--locked", "--relock", "--breaking"):
        assert f"  {option} " in said
