"""Two branches that both edited cards and released decks, merged with git; learners of either get everything."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from decks.learner import Learner
from story import Said, Story

LOCK = "decks/released.lock"
# The day of the first release, 2025-03-01, in seconds.
FIRST = 1_740_823_200
DAY = 86_400

STOPS = [f"stop-{number:02}" for number in range(40)]


@dataclass
class Project:
    """Stops of an invented tram, in git; `answers` is what the card file says, in its order."""

    story: Story
    monkeypatch: pytest.MonkeyPatch
    answers: dict[str, str] = field(default_factory=lambda: {stop: f"It is called {stop}." for stop in STOPS})

    def git(self, *words: str) -> int:
        """Run git as somebody, without anybody's settings; returns its exit code."""
        person = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com", "-c", "commit.gpgsign=false"]
        silent = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "PATH": os.environ["PATH"]}
        command = ["git", *person, *words]
        return subprocess.run(command, cwd=self.story.root, env=silent, capture_output=True, check=False).returncode

    def build(self, day: int, *words: str) -> Said:
        """`cardwright build` on a day after the first release."""
        self.monkeypatch.setenv("SOURCE_DATE_EPOCH", str(FIRST + day * DAY))
        return self.story.run("build", *words)

    def write(self) -> None:
        """The card file, a few lines a card, so that git sees neighbours apart."""
        cards = "".join(
            f"  - id: {stop}\n    front: What is the sign of {stop}?\n    back: {answer}\n\n"
            for stop, answer in self.answers.items()
        )
        self.story.write("cards/stops.yaml", f"title: Stops\ncards:\n{cards}")

    def release(self, branch: str, day: int) -> Path:
        """Write, build and commit; gives a copy of the package that a learner gets."""
        self.write()
        said = self.build(day)
        assert said.code == 0, said.err
        assert self.git("add", ".") == 0
        assert self.git("commit", "-q", "-m", branch) == 0
        copy = self.story.root.parent / f"{self.story.root.name}-{branch}.apkg"
        copy.write_bytes((self.story.root / "decks/trams.apkg").read_bytes())
        return copy


@pytest.fixture
def project(story: Story, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Forty cards, released and committed on the first day."""
    story.write("decks/trams.yaml", "name: Trams of Oberfeld\ncards: [stops]\n")
    story.write(".gitignore", "decks/*.apkg\ndecks/*.csv\n.cardwright/\n")
    made = Project(story, monkeypatch)
    made.git("init", "-q", "-b", "main")
    made.release("main", 0)
    return made


@pytest.fixture
def learners(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Learner, Learner]]:
    """Two learners, each of one branch."""
    folder = tmp_path_factory.mktemp("anki")
    both = Learner(folder / "one.anki2"), Learner(folder / "two.anki2")
    yield both
    for each in both:
        each.close()


def backs(anki: Learner) -> dict[str, str]:
    """What a learner sees: the answer of each note by card id."""
    return {fields[4]: fields[1] for _, fields, _, _ in anki.notes().values()}


def test_branches_that_add_change_and_retire_cards_merge(project: Project, learners: tuple[Learner, Learner]) -> None:
    """The merge is clean, builds without a word, and both learners end with every card of the merged file."""
    first = project.story.root / "decks/trams.apkg"
    for anki in learners:
        anki.import_package(first)
        anki.answer(6, deck="Trams of Oberfeld")
    base = dict(project.answers)
    packages = []
    for branch, changed, gone, new in (
        ("north", "stop-02", "stop-06", "harbour"),
        ("south", "stop-30", "stop-25", "market"),
    ):
        project.git("checkout", "-q", "-b", branch, "main")
        project.answers = {stop: answer for stop, answer in base.items() if stop != gone}
        project.answers[changed] = f"Since {branch} it is another."
        at = list(project.answers).index(changed)
        items = list(project.answers.items())
        project.answers = dict([*items[: at + 2], (new, f"New in the {branch}."), *items[at + 2 :]])
        packages.append(project.release(branch, 1))
    for anki, package in zip(learners, packages, strict=True):
        log = anki.import_package(package)
        assert (len(log["new"]), len(log["updated"])) == (1, 1)
    histories = [anki.history() for anki in learners]

    assert project.git("merge", "--no-edit", "north") == 0

    said = project.build(2)
    assert said.code == 0
    assert said.err == ""
    assert said.out.splitlines()[0] == "40 cards: 40 unchanged"
    assert project.story.run("build", "--locked").code == 0
    merged = {**base, "stop-02": "Since north it is another.", "stop-30": "Since south it is another."}
    merged |= {"harbour": "New in the north.", "market": "New in the south."}
    for anki, (cards, reviews) in zip(learners, histories, strict=True):
        log = anki.import_package(first)
        assert (len(log["new"]), len(log["updated"]), log["conflicting"]) == (1, 1, [])
        assert backs(anki) == merged
        now, log_now = anki.history()
        assert log_now == reviews
        assert [row for row in now if row in cards] == cards
    notes = [anki.notes() for anki in learners]
    assert notes[0] == notes[1]


@pytest.mark.parametrize("kept", ["ours", "theirs"])
@pytest.mark.parametrize("style", ["merge", "diff3"])
def test_branches_that_changed_the_same_cards_are_joined_by_relock(
    project: Project, learners: tuple[Learner, Learner], kept: str, style: str
) -> None:
    """Git leaves a conflict; a person settles the cards, --relock the memory: whichever text is kept, both learners get it."""
    package = project.story.root / "decks/trams.apkg"
    base = dict(project.answers)
    packages = []
    for day, branch in enumerate(("north", "south"), 1):
        project.git("checkout", "-q", "-b", branch, "main")
        project.answers = {stop: answer for stop, answer in base.items() if (stop, branch) != ("stop-20", "north")}
        project.answers |= {"stop-04": f"The {branch} says so.", "depot": f"The hall of the {branch}."}
        packages.append(project.release(branch, day))
    for anki, release in zip(learners, packages, strict=True):
        anki.import_package(release)
    project.git("config", "merge.conflictStyle", style)
    assert project.git("merge", "--no-edit", "north") == 1
    project.git("checkout", f"--{kept}", "cards/stops.yaml")
    assert "<<<<<<<" in project.story.read(LOCK)
    refused = project.build(3)
    assert refused.code == 1
    assert "error[CW624]" in refused.err
    assert "cardwright build --relock" in refused.err

    said = project.build(3, "--relock")

    assert said.code == 0, said.err
    assert "info[CW636]: every line of this memory could be read and was kept; nothing is lost" in said.err
    assert project.build(4, "--locked").code == 0
    branch = "south" if kept == "ours" else "north"
    for anki in learners:
        log = anki.import_package(package)
        assert log["conflicting"] == []
        assert backs(anki) | {"stop-20": ""} == base | {
            "stop-04": f"The {branch} says so.",
            "depot": f"The hall of the {branch}.",
            "stop-20": "",
        }
