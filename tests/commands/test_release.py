"""What is handed out: dist/ with packages, tables, what is new, and checksums."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cardwright.commands import git
from cardwright.files import replace_folder
from decks.learner import Learner
from story import Said, Story

REPOSITORY = Path(__file__).parents[2]
# When these builds happen: 2026-05-04, in seconds.
TIME = 1_777_888_000

LENSES = """
    title: Lenses
    cards:
      - id: crown
        front: What does Halvorsen call **crown** glass?
        back: Glass with little lead in it.
      - id: flint
        front: Why is `flint < crown` in the stock list?
        back: |-
          - it is heavier
          - it is dearer
      - id: grinding
        cloze: Grinding takes {{c1::nine hours}} in {{c2::three baths}}.
      - id: bench
        front: Who tidies the bench?
        back: Whoever used it last.
    """

needs_git = pytest.mark.skipif(not shutil.which("git"), reason="asks git")


class Author:
    """Who builds and commits, a minute later each time."""

    def __init__(self, story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
        self.story, self._monkeypatch, self._builds = story, monkeypatch, 0
        story.write("cards/lenses.yaml", LENSES)
        story.write("decks/shop.yaml", "name: Halvorsen\ncards: [lenses]\nexports: [apkg, csv, anki-text]\n")

    def edit(self, *edits: tuple[str, str]) -> None:
        """Replace words in the card file."""
        for old, new in edits:
            self.story.edit("cards/lenses.yaml", old, new)

    def open_sand(self) -> None:
        """A second deck, with one card of its own."""
        self.story.write(
            "cards/sand.yaml", "title: Sand\ncards:\n- {id: dune, front: What is a dune?, back: A hill of sand.}\n"
        )
        self.story.write("decks/sand.yaml", "name: Sand\ncards: [sand]\n")

    def release(self, *words: str) -> Said:
        """Build and release; gives what the release said."""
        self._builds += 1
        self._monkeypatch.setenv("SOURCE_DATE_EPOCH", str(TIME + 60 * self._builds))
        built = self.story.run("build")
        assert built.code == 0, built.err
        return self.story.run("release", *words)

    def keep(self) -> None:
        """Keep the release that stands in dist/ as last/."""
        shutil.rmtree(self.story.root / "last", ignore_errors=True)
        shutil.copytree(self.story.root / "dist", self.story.root / "last")

    @property
    def dist(self) -> dict[str, bytes]:
        """What stands in dist/."""
        return {path.name: path.read_bytes() for path in (self.story.root / "dist").iterdir()}

    @property
    def news(self) -> str:
        """What the page says of the decks."""
        page = self.story.read("dist/NEWS.md")
        return page[page.index("\n## ", page.index("## How to import")) + 1 :]


@pytest.fixture
def author(story: Story, monkeypatch: pytest.MonkeyPatch) -> Author:
    """An author's project that was never built."""
    return Author(story, monkeypatch)


def test_a_first_release_says_that_it_compares_with_none(author: Author) -> None:
    """Everything is in dist/, and the page lists what the packages hold."""
    said = author.release()

    assert (said.code, said.err) == (0, "")
    assert "a release in dist/, compared with no earlier release\n  dist/shop.apkg\n" in said.out
    assert set(author.dist) == {"shop.apkg", "shop.csv", "shop.anki.txt", "NEWS.md", "SHA256SUMS"}
    assert "This page compares with no earlier release." in author.story.read("dist/NEWS.md")
    assert author.news == "## Halvorsen: shop.apkg\n\n4 cards:\n\n- Halvorsen::Lenses: 4 cards\n"


def test_what_is_released_is_what_a_build_makes(author: Author) -> None:
    """Packages and tables are the same, byte for byte, as those beside the deck files."""
    author.release()

    built = {path.name: path.read_bytes() for path in (author.story.root / "decks").glob("shop.*")}
    del built["shop.yaml"]
    assert built.items() <= author.dist.items()


def test_the_checksums_are_those_of_every_other_file(author: Author) -> None:
    """In the form of sha256sum, by name."""
    author.release()

    files = author.dist
    expected = [f"{hashlib.sha256(files[name]).hexdigest()}  {name}" for name in sorted(files) if name != "SHA256SUMS"]
    assert files["SHA256SUMS"].decode().splitlines() == expected
    if shutil.which("sha256sum"):
        subprocess.run(["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=author.story.root / "dist", check=True)


NEWS = """\
## Halvorsen: shop.apkg

### New: 1

- The rim is of \\[steel\\].

### Reworded: 2

- What does Halvorsen call crown glass?
  - answer, before: Glass with little lead in it.
  - answer, now: Glass with \\*no\\* lead in it.
- Why is flint \\< crown in the stock list?
  - answer, before: it is heavier\\
    it is dearer
  - answer, now: it is heavier\\
    it costs more

### Asked in another form: 1

For Anki these are new cards. The old ones stay with you, with their history.

- How long does grinding take?

### Retired: 1

These left the deck. They stay with you and go on coming up, until you suspend or delete them. Anki's browser finds them with:

    Id:bench or (Id:grinding "note:Cardwright cloze (story)")

- Who tidies the bench?
"""
BENCH = "  - id: bench\n    front: Who tidies the bench?\n    back: Whoever used it last.\n"
CLOZE = "cloze: Grinding takes {{c1::nine hours}} in {{c2::three baths}}."


def test_the_page_says_what_an_import_then_does(author: Author, tmp_path_factory: pytest.TempPathFactory) -> None:
    """New, reworded with both texts, retired with a search that finds just these in Anki."""
    author.release()
    author.keep()
    learner = Learner(tmp_path_factory.mktemp("anki") / "collection.anki2")
    learner.import_package(author.story.root / "dist/shop.apkg")
    author.edit(
        ("little lead", "\\*no\\* lead"),
        ("it is dearer", "it costs more"),
        (CLOZE, "front: How long does grinding take?\n    back: Nine hours."),
        (BENCH, "  - id: rim\n    cloze: The rim is of {{c1::steel}}.\n"),
    )

    said = author.release("--since", "last")

    assert said.code == 0, said.err
    assert "compared with shop.apkg" in said.out
    assert "| shop.apkg | 2 | 2 | 0 | 1 |" in author.story.read("dist/NEWS.md")
    assert author.news == NEWS
    log = learner.import_package(author.story.root / "dist/shop.apkg")
    found = learner.collection.find_notes('Id:bench or (Id:grinding "note:Cardwright cloze (story)")')
    asked = sorted(learner.collection.get_note(number).fields[0] for number in found)
    learner.close()
    assert (len(log["new"]), len(log["updated"])) == (2, 2)
    assert asked == ["Grinding takes {{c1::nine hours}} in {{c2::three baths}}.", "Who tidies the bench?"]


def test_a_release_without_changes_says_so(author: Author) -> None:
    """A learner need not import it."""
    author.release()
    author.keep()

    author.release("--since", "last/shop.apkg")

    assert author.news == "## Halvorsen: shop.apkg\n\nNothing changed.\n"


def test_two_earlier_packages_of_one_name_are_refused(author: Author) -> None:
    """Only one of them can be what learners have, and both are named."""
    author.release()
    author.keep()
    before = author.story.files()

    said = author.story.run("release", "--since", "last", "--since", "decks/shop.apkg")

    assert (said.code, "decks/shop.apkg: error[CW574]" in said.err) == (1, True)
    assert "last/shop.apkg" in said.err
    assert author.story.files() == before


def test_an_earlier_package_may_be_named_twice(author: Author) -> None:
    """Once by itself and once by its folder it is still one."""
    author.release()
    author.keep()

    said = author.release("--since", "last", "--since", "last/../last/shop.apkg")

    assert (said.code, said.err) == (0, "")


@pytest.mark.parametrize("name", ["shop (1).apkg", "Halvorsen, May.apkg"])
def test_an_earlier_package_is_known_by_its_notes(author: Author, name: str) -> None:
    """Learners are told of their deck, whatever the author's copy of its package is called."""
    author.release()
    author.keep()
    author.edit(("little lead", "no lead"), (BENCH, "  - id: rim\n    cloze: The rim is of {{c1::steel}}.\n"))
    author.release("--since", "last")
    expected = author.story.read("dist/NEWS.md")
    (author.story.root / "last/shop.apkg").rename(author.story.root / "last" / name)

    said = author.release("--since", "last")

    told = f"last/{name}: info[CW575]: taken for an earlier shop.apkg, which has 3 of its 4 notes\n"
    assert (said.code, told in said.err) == (0, True)
    assert author.story.read("dist/NEWS.md") == expected
    assert "| shop.apkg | 1 | 1 | 2 | 1 |" in expected


def test_a_deck_file_with_another_name_makes_an_update(author: Author) -> None:
    """Its cards are the same notes, so who has the old package imports the new one like any other."""
    author.release()
    author.keep()
    author.story.write("decks/glass.yaml", author.story.read("decks/shop.yaml"))
    author.story.delete("decks/shop.yaml")
    author.edit((BENCH, ""))

    said = author.release("--since", "last")

    page = author.story.read("dist/NEWS.md")
    assert "info[CW575]: taken for an earlier glass.apkg" in said.err
    assert "| glass.apkg | 0 | 0 | 3 | 1 |\n\n" in page
    assert "made no more" not in page


def test_packages_that_came_and_went_are_told_of(author: Author) -> None:
    """A deck whose cards went to another one makes no package any more, and the author is told what the page says."""
    author.open_sand()
    author.release()
    author.keep()
    author.edit((BENCH, BENCH + "  - {id: dune, front: What is a dune?, back: A hill of sand.}\n"))
    author.story.delete("cards/sand.yaml")
    author.story.delete("decks/sand.yaml")
    author.story.write("cards/rims.yaml", "title: Rims\ncards:\n- {id: rim, front: What is a rim?, back: An edge.}\n")
    author.story.write("decks/rims.yaml", "name: Rims\ncards: [rims]\n")

    said = author.release("--since", "last")

    page = author.story.read("dist/NEWS.md")
    assert "last/sand.apkg: warning[CW575]: nothing takes the place of this package" in said.err
    assert "rims.apkg, shop.apkg" in said.err
    assert "| rims.apkg (a new package) | 1 | 0 | 0 | 0 |\n" in page
    assert "| sand.apkg (made no more) | 0 | 0 | 0 | 0 |\n" in page
    assert "## sand.apkg\n\nThis package is made no more. What you have of it stays in Anki.\n" in page
    assert "### In another package now: 1\n" in page


def test_packages_that_changed_names_are_told_apart_by_their_notes(author: Author) -> None:
    """A name that no note bears out is no reason to compare."""
    author.open_sand()
    author.release()
    author.keep()
    last = author.story.root / "last"
    (last / "shop.apkg").rename(last / "other")
    (last / "sand.apkg").rename(last / "shop.apkg")
    (last / "other").rename(last / "sand.apkg")

    author.release("--since", "last")

    page = author.story.read("dist/NEWS.md")
    assert "| sand.apkg | 0 | 0 | 1 | 0 |\n| shop.apkg | 0 | 0 | 4 | 0 |\n\n" in page


def test_a_deck_with_other_cards_throughout_is_compared_by_its_name(author: Author) -> None:
    """Nothing else says that learners have it."""
    author.release()
    author.keep()
    author.story.write("cards/rims.yaml", "title: Rims\ncards:\n- {id: rim, front: What is a rim?, back: An edge.}\n")
    author.story.write("decks/shop.yaml", "name: Halvorsen\ncards: [rims]\nexports: [apkg, csv, anki-text]\n")

    author.release("--since", "last")

    assert "| shop.apkg | 1 | 0 | 0 | 4 |\n\n" in author.story.read("dist/NEWS.md")


def test_two_copies_of_one_package_do_not_change_what_is_told_of_it(author: Author) -> None:
    """The one that is called like it counts, and the other one is asked about."""
    author.release()
    author.keep()
    shutil.copy(author.story.root / "last/shop.apkg", author.story.root / "last/shop (1).apkg")

    said = author.release("--since", "last")

    assert "| shop.apkg | 0 | 0 | 4 | 0 |\n" in author.story.read("dist/NEWS.md")
    assert "last/shop (1).apkg: warning[CW575]" in said.err


def test_a_release_takes_the_place_of_the_one_before(author: Author) -> None:
    """A table that is not exported any more does not stay in dist/."""
    author.release()
    author.story.write("decks/shop.yaml", "name: Halvorsen\ncards: [lenses]\n")

    author.release()

    assert set(author.dist) == {"shop.apkg", "shop.csv", "NEWS.md", "SHA256SUMS"}


def test_nothing_is_released_from_a_memory_that_is_behind(author: Author) -> None:
    """What stands in dist/ stays as it was."""
    author.release()
    before = author.story.files()
    author.edit(("little lead", "no lead"))
    edited = author.story.files()

    said = author.story.run("release")

    assert (said.code, "error[CW552]" in said.err) == (1, True)
    assert author.story.files() == edited
    assert before["dist/SHA256SUMS"] == edited["dist/SHA256SUMS"]


@pytest.mark.parametrize("strange", ["a file", "a link", "a folder"])
def test_what_is_no_release_is_not_replaced(author: Author, strange: str) -> None:
    """A file in its place, a link to elsewhere, a folder of somebody's own."""
    place = author.story.root / "dist"
    if strange == "a link":
        (author.story.root / "elsewhere").mkdir()
        place.symlink_to("elsewhere")
    elif strange == "a folder":
        (place / "shop.apkg").mkdir(parents=True)
    else:
        place.write_text("mine")

    said = author.release()

    assert (said.code, "dist" in said.err, "error[CW570]" in said.err) == (1, True, True)
    assert place.is_symlink() or (place / "shop.apkg").is_dir() or place.read_text() == "mine"


def test_a_page_that_was_edited_is_not_replaced(author: Author) -> None:
    """What a person wrote into a release is theirs."""
    author.release()
    page = author.story.root / "dist/NEWS.md"
    page.write_text("With thanks to all who wrote in.\n" + page.read_text("utf-8"), "utf-8")

    said = author.release()

    assert (said.code, "dist/NEWS.md: error[CW570]" in said.err) == (1, True)
    assert page.read_text("utf-8").startswith("With thanks")


@pytest.mark.parametrize("left", [["SHA256SUMS"], ["SHA256SUMS", "shop.apkg"]])
def test_a_folder_in_the_place_of_the_checksums_is_no_release(author: Author, left: list[str]) -> None:
    """Nothing in it is known to be written by a release."""
    for name in left:
        (author.story.root / "dist" / name).mkdir(parents=True)

    said = author.release()

    assert (said.code, "dist/SHA256SUMS: error[CW570]" in said.err) == (1, True)
    assert sorted(path.name for path in (author.story.root / "dist").iterdir()) == left


def test_a_folder_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    """A name that the disk refuses leaves the folder as it was, and nothing beside it."""
    folder = tmp_path / "dist"
    replace_folder(folder, {"a": b"1", "b": b"2"})

    with pytest.raises(OSError, match="name too long"):
        replace_folder(folder, {"a": b"3", "c" * 300: b"4"})

    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {"a": b"1", "b": b"2"}
    assert list(tmp_path.iterdir()) == [folder]


def test_what_a_killed_run_left_is_removed(tmp_path: Path) -> None:
    """A folder that was not completed, and an old one whose successor has its place."""
    folder = tmp_path / "dist"
    for left in ("dist", ".dist.new.unfinished", ".dist.old.unfinished"):
        (tmp_path / left).mkdir()
        (tmp_path / left / "a").write_bytes(b"0")

    replace_folder(folder, {"a": b"1"})

    assert list(tmp_path.rglob("*")) == [folder, folder / "a"]
    assert (folder / "a").read_bytes() == b"1"


@pytest.mark.parametrize(("name", "then"), [("b", {"b": b"1"}), ("c" * 300, {"a": b"0"})])
def test_a_run_killed_between_the_renames_costs_no_release(tmp_path: Path, name: str, then: dict[str, bytes]) -> None:
    """The old one stands aside alone; it is back in its place if the next run fails, and gone if that succeeds."""
    folder = tmp_path / "dist"
    aside = tmp_path / ".dist.old.unfinished"
    aside.mkdir()
    (aside / "a").write_bytes(b"0")

    with contextlib.suppress(OSError):
        replace_folder(folder, {name: b"1"})

    assert {path.name: path.read_bytes() for path in folder.iterdir()} == then
    assert list(tmp_path.iterdir()) == [folder]


# whether the memory is committed


def _committed(story: Story) -> None:
    """A project in git, all of it committed."""
    _git(story.root, "init", "--quiet")
    _git(story.root, "add", "--all")
    _git(story.root, "commit", "--quiet", "--message=First")


@needs_git
def test_a_release_from_a_committed_memory_is_made(author: Author) -> None:
    """Also where .gitignore has a word that fits the memory, for git goes on keeping what it has."""
    author.release()
    author.story.write(".gitignore", "*.lock\n")
    _git(author.story.root, "init", "--quiet")
    _git(author.story.root, "add", "--all", "--force")
    _git(author.story.root, "commit", "--quiet", "--message=First")

    said = author.story.run("release")

    assert (said.code, said.err) == (0, "")


@needs_git
def test_a_new_memory_is_noticed_where_git_shows_no_new_files(author: Author) -> None:
    """A person's setting for large repositories."""
    _git(author.story.root, "init", "--quiet")
    _git(author.story.root, "config", "status.showUntrackedFiles", "no")

    said = author.release()

    assert (said.code, "decks/released.lock: error[CW571]" in said.err) == (1, True)
    assert not (author.story.root / "dist").exists()


@needs_git
@pytest.mark.parametrize("ignored", ["*.lock", "decks/", "*"])
def test_a_memory_that_git_ignores_is_not_committed(author: Author, ignored: str) -> None:
    """`git add` would refuse it, so the way out is another one."""
    author.story.write(".gitignore", f"{ignored}\n")
    _git(author.story.root, "init", "--quiet")

    said = author.release()

    assert (said.code, "decks/released.lock: error[CW571]: git ignores" in said.err) == (1, True)
    assert "git check-ignore -v decks/released.lock" in said.err


@needs_git
def test_a_memory_in_a_repository_of_its_own_is_asked_for_there(author: Author) -> None:
    """A link to a folder elsewhere is followed, as far as its repository."""
    there = author.story.root / "there"
    (author.story.root / "decks").rename(there)
    (author.story.root / "decks").symlink_to("there", target_is_directory=True)
    _git(there, "init", "--quiet")

    new = author.release()
    _git(there, "add", "--all")
    _git(there, "commit", "--quiet", "--message=First")
    committed = author.story.run("release")

    assert (new.code, "error[CW571]" in new.err) == (1, True)
    assert (committed.code, committed.err) == (0, "")


@pytest.mark.skipif(os.name == "nt", reason="a program that is a shell script")
@pytest.mark.parametrize(
    ("program", "why"),
    [
        (
            "printf 'warning: old\\nfatal: dubious ownership\\n\\tgit config ...\\n' >&2; exit 128",
            ": dubious ownership\n",
        ),
        ("exit 1", "it ended with exit code 1"),
        (None, "no such file or directory"),
    ],
)
def test_a_git_that_fails_in_a_repository_stops_the_release(
    author: Author, monkeypatch: pytest.MonkeyPatch, program: str | None, why: str
) -> None:
    """That nothing is printed then does not mean that all is committed."""
    (author.story.root / ".git").mkdir()
    programs = author.story.root / "programs"
    programs.mkdir()
    if program:
        (programs / "git").write_text(f"#!/bin/sh\n{program}\n", "utf-8")
        (programs / "git").chmod(0o755)
    monkeypatch.setenv("PATH", str(programs))

    said = author.release()

    assert (said.code, "decks/released.lock: error[CW573]" in said.err, why in said.err) == (1, True, True)
    assert "git status decks/released.lock" in said.err
    assert not (author.story.root / "dist").exists()


@pytest.mark.skipif(os.name == "nt", reason="a program that is a shell script")
def test_a_git_that_never_ends_stops_the_release(author: Author, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is waited for so long, and then it has not answered."""
    (author.story.root / ".git").mkdir()
    programs = author.story.root / "programs"
    programs.mkdir()
    (programs / "git").write_text("#!/bin/sh\nwhile :; do :; done\n", "utf-8")
    (programs / "git").chmod(0o755)
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.setattr(git, "SECONDS", 0)

    said = author.release()

    assert (said.code, "error[CW573]" in said.err, "no answer within" in said.err) == (1, True, True)


# make release


def _run(folder: Path, *command: str) -> str:
    """Run a program as somebody, without anybody's settings; it succeeds."""
    wanted = ("PATH", "HOME", "SOURCE_DATE_EPOCH")
    plain = {name: os.environ[name] for name in wanted if name in os.environ}
    plain |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    done = subprocess.run(command, cwd=folder, env=plain, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _git(folder: Path, *words: str) -> None:
    _run(folder, "git", "-c", "user.name=Ada", "-c", "user.email=ada@example.com", "-c", "commit.gpgsign=false", *words)


def _make_release(folder: Path, *words: str) -> str:
    """`make release` with the environment that these tests run in."""
    programs = Path(sys.executable).parent
    return _run(folder, "make", "release", "--old-file=.venv/run", f"BIN={programs}", *words)


@pytest.mark.skipif(not shutil.which("git") or not shutil.which("make"), reason="asks git and make")
def test_make_release_compares_with_the_last_tag(author: Author, tmp_path_factory: pytest.TempPathFactory) -> None:
    """What learners have is built from the tag, on a fresh clone, before and after the release itself is tagged."""
    story, clone = author.story, tmp_path_factory.mktemp("clone")
    shutil.copy(REPOSITORY / "Makefile", story.root)
    shutil.copy(REPOSITORY / ".gitignore", story.root)
    # Python runs this first of all where the folder is on its path, as that of the tag's own program must be.
    story.write("src/sitecustomize.py", "from pathlib import Path\nPath('program-of-the-tag').touch()\n")
    author.release()
    _committed(story)
    first = _make_release(story.root)
    _git(story.root, "tag", "first")
    again = _make_release(story.root)
    author.edit(("little lead", "no lead"))
    author.release()
    _git(story.root, "commit", "--quiet", "--all", "--message=Second")
    _git(clone, "clone", "--quiet", str(story.root), ".")

    second = _make_release(clone)
    untagged = {path.name: path.read_bytes() for path in (clone / "dist").iterdir()}
    _git(clone, "tag", "second")
    _make_release(clone)

    assert "compared with no earlier release" in first
    assert "compared with no earlier release" in again
    assert "compared with shop.apkg" in second
    assert (clone / "program-of-the-tag").exists()
    assert not (story.root / "program-of-the-tag").exists()
    assert "  - answer, before: Glass with little lead in it.\n  - answer, now: Glass with no lead in it.\n" in (
        untagged["NEWS.md"].decode()
    )
    assert {path.name: path.read_bytes() for path in (clone / "dist").iterdir()} == untagged
