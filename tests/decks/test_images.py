"""Pictures of cards: found beside the card file, packed under names of their own, and what may go wrong with them."""

from __future__ import annotations

import hashlib
import json
import os
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from cardwright.commands import pictures
from cardwright.markup import Picture, image_references, image_type, packed_names
from decks.learner import Learner
from story import Story

_PACKED = re.compile(r"[a-z0-9-]+-[0-9a-f]{16}\.(?:png|jpg|gif|webp)")


def png(shade: int, side: int = 1) -> bytes:
    """A grey square."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    rows = (b"\0" + bytes([shade]) * side) * side
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows, 0)) + chunk(b"IEND", b"")


@pytest.fixture
def atlas(story: Story) -> Story:
    """Three cards, of which two show pictures."""
    story.write_bytes("cards/pictures/Orla Bay (east).png", png(1))
    story.write_bytes("cards/pictures/light.png", png(2))
    story.write_bytes("cards/pictures/copy-of-light.png", png(2))
    story.write(
        "cards/bay.yaml",
        """
        title: The bay
        cards:
          - id: bay
            front: '![The east side](pictures/Orla Bay (east).png) Which bay is this?'
            back: Orla Bay.
          - id: light
            cloze: 'This is {{c1::![](pictures/light.png)}}, seen {{c2::from the sea}}.'
            extra: |
              And again: ![the light](./pictures/copy-of-light.png "at night")

              `![](pictures/no-picture.png)`
          - id: tide
            front: When does the tide turn?
            back: Every six hours.
        """,
    )
    story.write("decks/bay.yaml", "name: Orla\ncards: [bay]\nexports: [apkg, csv, anki-text]\n")
    return story


def members(story: Story, name: str = "decks/bay.apkg") -> dict[str, bytes]:
    """The pictures in a package by their names in Anki."""
    with zipfile.ZipFile(story.root / name) as archive:
        media = json.loads(archive.read("media"))
        assert sorted(archive.namelist()) == sorted([*media, "collection.anki2", "media"])
        return {packed: archive.read(number) for number, packed in media.items()}


def packed(slug: str, data: bytes, ending: str = "png") -> str:
    """The name that a picture should have."""
    return f"{slug}-{hashlib.sha256(data).hexdigest()[:16]}.{ending}"


def test_pictures_travel_under_names_made_of_their_content(atlas: Story) -> None:
    """Slug, digest, type; two files of the same bytes are one; the table and the sources of the cards keep the text."""
    said = atlas.run("build")

    assert said.code == 0, said.err
    east, light = packed("orla-bay-east", png(1)), packed("copy-of-light", png(2))
    assert members(atlas) == {east: png(1), light: png(2)}
    text = atlas.read("decks/bay.anki.txt")
    assert f'<img src=""{east}"" alt=""The east side""> Which bay is this?' in text
    assert f'{{{{c1::<img src=""{light}"" alt="""">}}}}' in text
    assert f'<img src=""{light}"" alt=""the light"">' in text
    assert "The east side Which bay is this?" in atlas.read("decks/bay.csv")


def test_pictures_arrive_in_anki(atlas: Story, learner: Callable[[], Learner]) -> None:
    """Invariant 28: every reference resolves, no file is left over, and a changed picture updates its note alone."""
    atlas.run("build")
    anki = learner()
    anki.import_package(atlas.root / "decks/bay.apkg")
    media = Path(anki.collection.media.dir())

    shown = set(re.findall(r'<img src="([^"]+)"', " ".join(side for row in anki.sides() for side in row[2:])))
    report = anki.collection.media.check()

    names = {path.name for path in media.iterdir()}
    assert shown == names == set(members(atlas))
    assert all(_PACKED.fullmatch(name) and len(name.encode()) <= 100 for name in names)
    assert len({name.casefold() for name in names}) == len(names)
    assert (list(report.missing), list(report.unused)) == ([], [])

    before = anki.notes()
    atlas.write_bytes("cards/pictures/Orla Bay (east).png", png(9))
    said = atlas.run("build", "--format", "json")
    assert said.data["changed"] == ["bay"]
    log = anki.import_package(atlas.root / "decks/bay.apkg")

    after = anki.notes()
    changed = [guid for guid in after if after[guid] != before[guid]]
    assert log["updated"] == changed
    assert len(changed) == 1
    assert packed("orla-bay-east", png(9)) in after[changed[0]][1][0]
    assert (media / packed("orla-bay-east", png(9))).read_bytes() == png(9)
    assert list(anki.collection.media.check().missing) == []


def test_a_picture_with_another_name_changes_no_note(atlas: Story) -> None:
    """What a file is called is no content: learners keep the note, and the picture they have."""
    atlas.run("build")
    before = atlas.read("decks/released.lock")
    (atlas.root / "cards/pictures/light.png").rename(atlas.root / "cards/pictures/a-light.png")
    atlas.write(
        "cards/bay.yaml", atlas.read("cards/bay.yaml").replace("(pictures/light.png)", "(pictures/a-light.png)")
    )

    said = atlas.run("build", "--format", "json")

    assert (said.data["changed"], said.data["unchanged"]) == ([], 3)
    assert atlas.read("decks/released.lock") == before
    assert set(members(atlas)) == {packed("orla-bay-east", png(1)), packed("a-light", png(2))}


def test_the_same_pictures_give_the_same_bytes(atlas: Story, tmp_path: Path) -> None:
    """Whatever the day of the files and of the build, and the folder that they lie in."""
    atlas.run("build")
    first = (atlas.root / "decks/bay.apkg").read_bytes()
    for path in (atlas.root / "cards/pictures").iterdir():
        os.utime(path, (1_000_000_000, 1_000_000_000))
    other = Story(tmp_path / "elsewhere")
    for name, data in reversed(atlas.files().items()):
        if not name.endswith((".apkg", ".csv", ".txt")):
            other.write_bytes(name, data)

    atlas.run("build")
    said = other.run("build", "--locked")

    assert said.code == 0, said.err
    assert (atlas.root / "decks/bay.apkg").read_bytes() == first == (other.root / "decks/bay.apkg").read_bytes()
    with zipfile.ZipFile(atlas.root / "decks/bay.apkg") as archive:
        listed = archive.infolist()
    assert [each.filename for each in listed] == ["0", "1", "collection.anki2", "media"]
    assert {each.date_time for each in listed} == {(1980, 1, 1, 0, 0, 0)}


def test_each_package_has_its_own_pictures(atlas: Story) -> None:
    """A package holds what its notes show, and no other picture of the project."""
    atlas.write("decks/light.yaml", "name: Orla\ncards: [bay]\ntags: [lit]\n")
    atlas.write("cards/bay.yaml", atlas.read("cards/bay.yaml").replace("id: light", "id: light\n    tags: [lit]"))

    said = atlas.run("build")

    assert said.code == 0, said.err
    assert list(members(atlas, "decks/light.apkg").values()) == [png(2)]


# What stands in the round brackets, what lies in cards/ or elsewhere, the code, a part of the message or its help.
FAULTS = {
    "missing": ("pictures/mop.png", {"cards/pictures/map.png": png(3)}, "CW720", "did you mean 'pictures/map.png'?"),
    "in another folder": ("map.png", {"cards/pictures/map.png": png(3)}, "CW720", "did you mean 'pictures/map.png'?"),
    "percent signs": ("my%20map.png", {"cards/my map.png": png(3)}, "CW720", "did you mean 'my map.png'?"),
    "nothing like it": ("map.png", {}, "CW720", "save it there"),
    "a folder": ("pictures", {"cards/pictures/map.png": png(3)}, "CW720", "name a file in it"),
    "backslashes": ("pictures\\map.png", {"cards/pictures/map.png": png(3)}, "CW720", "write 'pictures/map.png'"),
    "out of the project": ("../../map.png", {}, "CW721", "copy it beside the card file"),
    "out and in again": ("../../{root}/cards/map.png", {"cards/map.png": png(3)}, "CW721", "copy it"),
    "an absolute path": ("/etc/map.png", {}, "CW721", "copy it beside the card file"),
    "a home folder": ("~/map.png", {}, "CW721", "copy it beside the card file"),
    "another case": ("pictures/map.png", {"cards/pictures/Map.PNG": png(3)}, "CW722", "write 'Map.PNG'"),
    "a folder in another case": ("art/map.png", {"cards/Art/map.png": png(3)}, "CW722", "write 'Art'"),
    "two that differ in case": (
        "pictures/map.png",
        {"cards/pictures/map.png": png(3), "cards/pictures/MAP.png": png(4)},
        "CW723",
        "give one of them another name",
    ),
    "two forms of one accent": (
        "caf\u00e9.png",
        {"cards/caf\u00e9.png": png(3), "cards/cafe\u0301.png": png(4)},
        "CW723",
        "give one of them another name",
    ),
    "svg": ("map.svg", {"cards/map.svg": b"<svg onload='alert(1)'/>"}, "CW724", "an SVG, which may hold scripts"),
    "svg in disguise": ("map.png", {"cards/map.png": b"<?xml version='1.0'?><svg/>"}, "CW724", "SVG"),
    "a page in disguise": ("map.png", {"cards/map.png": b"<!doctype html>"}, "CW724", "whatever its name says"),
    "empty": ("map.png", {"cards/map.png": b""}, "CW724", "is empty"),
    "another type": ("map.bmp", {"cards/map.bmp": b"BM1234"}, "CW724", "save it as png, jpg, gif or webp"),
    "from elsewhere": ("https://orla.example/map.png", {}, "CW707", "save it beside the card file"),
    "as data": ("data:image/png;base64,AAAA", {}, "CW707", "save it beside the card file"),
}


@pytest.mark.parametrize("case", FAULTS)
@pytest.mark.parametrize("command", ["check", "build"])
def test_a_picture_that_cannot_be_packed_is_told_of_at_its_place(atlas: Story, case: str, command: str) -> None:
    """One message, with line and column of the name, and the way out; nothing is written. In a draft it warns."""
    name, files, code, words = FAULTS[case]
    name = name.replace("{root}", atlas.root.name)
    for path, data in files.items():
        atlas.write_bytes(path, data)
    card = f"title: More\ncards:\n  - id: more\n    front: What is on it?\n    back: |\n      One.\n\n      See ![it]({name})\n"
    atlas.write("cards/more.yaml", card)
    atlas.write("decks/bay.yaml", "name: Orla\ncards: [bay, more]\n")
    before = atlas.files()

    said = atlas.run(command)

    assert said.code == 1
    assert f"cards/more.yaml:8:17: error[{code}]" in said.err
    assert said.err.count("error[") == 1
    assert words in said.err
    assert atlas.files() == before
    atlas.write("cards/more.yaml", card.replace("id: more\n", "id: more\n    draft: true\n"))
    said = atlas.run(command)
    assert said.code == 0
    assert f"cards/more.yaml:9:17: warning[{code}]" in said.err


def test_a_link_out_of_the_project_is_not_followed(atlas: Story, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A symbolic link to a file elsewhere, or a folder of links: what lies there is not packed."""
    secret = tmp_path_factory.mktemp("elsewhere") / "secret.png"
    secret.write_bytes(png(7))
    (atlas.root / "cards/link.png").symlink_to(secret)
    (atlas.root / "cards/folder").symlink_to(secret.parent)
    for name in ("link.png", "folder/secret.png"):
        atlas.write("cards/more.yaml", f"title: More\ncards:\n  - id: more\n    front: '![]({name})'\n    back: One.\n")

        said = atlas.run("check")

        assert "cards/more.yaml:4:17: error[CW721]" in said.err


def test_a_picture_beside_the_cards_folder_is_inside_the_project(atlas: Story) -> None:
    """`..` is fine as long as it stays in the project; a link within it too."""
    atlas.write_bytes("art/sea.png", png(8))
    (atlas.root / "cards/sea.png").symlink_to(atlas.root / "art/sea.png")
    for name in ("../art/sea.png", "sea.png"):
        atlas.write("cards/bay.yaml", f"title: Bay\ncards:\n  - id: more\n    front: '![]({name})'\n    back: One.\n")

        assert atlas.run("build").code == 0
        assert members(atlas) == {packed("sea", png(8)): png(8)}


def test_large_pictures_warn_and_huge_ones_are_refused(atlas: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    """The limits are the real ones, made small for the test."""
    assert (pictures.LARGE, pictures.LARGEST) == (5 << 20, 100 << 20)
    atlas.write_bytes("cards/pictures/light.png", png(2, side=40))
    monkeypatch.setattr(pictures, "LARGE", 1000)

    said = atlas.run("build")

    assert said.code == 0
    assert "cards/bay.yaml:7:31: warning[CW725]" in said.err
    monkeypatch.setattr(pictures, "LARGEST", 1000)
    said = atlas.run("build")
    assert said.code == 1
    assert "cards/bay.yaml:7:31: error[CW725]" in said.err


def test_every_place_of_a_missing_picture_is_told(atlas: Story) -> None:
    """Two cards with one missing picture are two messages; all other faults are told in the same run."""
    card = "  - id: {0}\n    front: 'What is {0}?'\n    back: '![](no.png) ![](no.png)'\n"
    atlas.write("cards/more.yaml", "title: More\ncards:\n" + card.format("a") + card.format("b"))
    atlas.write("cards/bad.yaml", "title: Bad\ncards:\n  - id: c\n    front: One?\n")

    said = atlas.run("check")

    assert said.err.count("error[CW720]") == 2
    assert said.err.count("error[CW407]") == 1


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("no picture", []),
        ("![a](b.png)", ["b.png"]),
        ('![a](<b c.png> "t") and ![](b.png)\n\n- ![](d (1).png)', ["b c.png", "b.png", "d (1).png"]),
        ("`![a](b.png)` and $![a](b.png)$", []),
        ("```\n![a](b.png)\n```", []),
        ("\\![a](b.png)", []),
        ("![a]()", []),
        ("![a](https://orla.example/b.png) ![a](//orla.example/b.png)", []),
        ("| a |\n|---|\n| ![a](b.png) |", ["b.png"]),
        ("![" * 400, []),
    ],
    ids=lambda value: ascii(value)[:30] if isinstance(value, str) else "",
)
def test_references_are_those_that_are_shown(text: str, names: list[str]) -> None:
    """Images in code, in math, escaped, or of other sites are none; offsets point at the name."""
    found = image_references(text)

    assert [each.name for each in found] == names
    assert all(each.name in text[each.start : each.end] for each in found)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (png(1), "png"),
        (b"\xff\xd8\xff\xe0", "jpg"),
        (b"GIF89a..", "gif"),
        (b"RIFF\x01\x02\n\x04WEBPVP8 ", "webp"),
        (b"RIFF\x01\x02\x03\x04WAVE", ""),
        (b" " + png(1), ""),
        (b"<svg/>", ""),
        (b"", ""),
    ],
)
def test_a_type_is_told_by_the_bytes(data: bytes, kind: str) -> None:
    """Names lie; an SVG is none, as it may hold scripts."""
    assert image_type(data) == kind


@pytest.mark.parametrize(
    ("path", "slug"),
    [
        ("cards/Karte: Zürich & Bern?.png", "karte-zurich-bern"),
        ("cards/地図.png", "picture"),
        ("cards/con.png", "con"),
        ("cards/_x.tar.png", "x-tar"),
        (f"cards/{'long name ' * 30}.png", "long-name-" * 5 + "long-name"),
        ("cards/.png", "picture"),
    ],
)
def test_packed_names_are_plain_everywhere(path: str, slug: str) -> None:
    """Small letters, digits, hyphens and a point, at most a hundred bytes."""
    name = packed_names([Picture(path, png(1))])[path]

    assert name == packed(slug, png(1))
    assert _PACKED.fullmatch(name)
    assert len(name) <= 100
