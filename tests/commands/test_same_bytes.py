"""The same cards and the same memory give the same bytes, whatever the machine says about time and place."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from story import Story

_BUILT = (".apkg", ".csv", ".txt", ".lock")


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that was built once, on a day of 2025, with everything that has an order of its own."""
    story = Story(tmp_path_factory.mktemp("first"))
    for name in ("zoo", "ärmel", "bauhaus", "Alp"):
        story.write(
            f"cards/{name.lower()}.yaml",
            f"""
            title: Words of {name}
            tags: [{name}, straße, b, a]
            cards:
              - id: {"sleeve" if name == "ärmel" else name.lower()}
                front: What is *{name}*? 🚋
                back: "`x < y`, $a_1$, קרון, and {name}"
                source: guide.md:3
                reverse: true
              - id: {"sleeve" if name == "ärmel" else name.lower()}-gap
                cloze: Of {name} {{{{c2::two}}}} are {{{{c1::one {{{{c3::nested}}}}}}}}.
            """,
        )
        story.write(
            f"decks/{name.lower()}.yaml",
            f"name: Words\ncards: [{name.lower()}]\nexports: [apkg, csv, anki-text]\n",
        )
    story.write("decks/all.yaml", "name: Words\ncards: [zoo, ärmel, bauhaus, alp]\n")
    story.write("seeds/guide.md", "# Guide\n\nOf words.\n")
    _build(story.root, SOURCE_DATE_EPOCH="1740823200")
    return story.root


def _build(root: Path, *words: str, **environ: str) -> None:
    """`cardwright build` in a process of its own, from another folder."""
    _run(root, "build", *words, **environ)


def _run(root: Path, *words: str, **environ: str) -> None:
    plain = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    command = [sys.executable, "-m", "cardwright", "-C", str(root), *words]
    done = subprocess.run(command, env=plain | environ, cwd=root.parent, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def _built(root: Path) -> dict[str, str]:
    files = sorted(path for path in (root / "decks").iterdir() if path.suffix in _BUILT)
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def _copy(first: Path, root: Path, *, backwards: bool = False) -> None:
    """The project without what was built but the memory, each file written anew, in this order or the other."""
    files = sorted(path for path in first.rglob("*") if path.is_file() and ".cardwright" not in path.parts)
    wanted = [path for path in files if path.suffix not in _BUILT or path.suffix == ".lock"]
    for number, path in enumerate(reversed(wanted) if backwards else wanted):
        target = root / path.relative_to(first)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
        os.utime(target, (number * 1000, number * 1000))


PLACES = {
    "tokyo": {"TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
    "chatham": {"TZ": "Pacific/Chatham", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "4242"},
    "warm": {"LANG": "C.UTF-8", "PYTHONHASHSEED": "0", "PYTHONOPTIMIZE": "2", "SOURCE_DATE_EPOCH": "1750000000"},
}


@pytest.mark.parametrize("place", PLACES)
def test_an_up_to_date_memory_gives_the_same_bytes(first: Path, tmp_path: Path, place: str) -> None:
    """Invariant 2: now and not then, in another folder, time zone, locale and hash order, files written in another order."""
    root = tmp_path / "einanderer Ordner — π"
    _copy(first, root, backwards=place != "tokyo")

    _build(root, *(["--locked"] if place == "tokyo" else []), **PLACES[place])

    assert len(_built(first)) == 15
    assert _built(root) == _built(first)
    if place == "warm":
        _build(root, **PLACES["chatham"])
        assert _built(root) == _built(first)


def test_a_first_release_depends_on_its_time_alone(first: Path, tmp_path: Path) -> None:
    """With one SOURCE_DATE_EPOCH two machines make the same memory and the same packages."""
    _copy(first, tmp_path / "again", backwards=True)
    (tmp_path / "again/decks/released.lock").unlink()

    _build(tmp_path / "again", SOURCE_DATE_EPOCH="1740823200", **PLACES["chatham"])

    assert _built(tmp_path / "again") == _built(first)


def test_a_release_gives_the_same_bytes(first: Path, tmp_path: Path) -> None:
    """Everything in dist/, with what is new since an earlier release, is made of the source alone."""
    earlier = tmp_path / "earlier"
    _copy(first, earlier)
    (earlier / "decks/released.lock").unlink()
    card = earlier / "cards/zoo.yaml"
    card.write_text(
        card.read_text("utf-8").replace("What is", "What was").replace("- id: zoo-gap", "- id: gone"), "utf-8"
    )
    _build(earlier, SOURCE_DATE_EPOCH="1740800000")
    released = []
    for place in PLACES:
        root = tmp_path / place / "π"
        _copy(first, root, backwards=place != "tokyo")
        _run(root, "release", "--since", str(earlier / "decks"), **PLACES[place])
        released.append({path.name: path.read_bytes() for path in (root / "dist").iterdir()})

    assert released[0] == released[1] == released[2]
    assert len(released[0]) == 16
    assert b"What was zoo?" in released[0]["NEWS.md"]
