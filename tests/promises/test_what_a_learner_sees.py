"""What arrives on the screen, and what is refused before it could."""

from __future__ import annotations

import html
import re
import struct
import unicodedata
import zlib
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cardwright import markup
from cardwright.decks import anki_text, package
from decks.learner import Learner
from decks.shelf import NOW, Shelf, basic, cloze
from story import Story

# What other tools eat, turn into media or run, written as ordinary text.
_ODD = (
    "List<String> and x<y>z",
    "a < b && c > d",
    "[sound:gull.mp3] [anki:tts lang=en] [latex] [$]x[/$]",
    "{{Back}} {{c1::gull}} }} {{FrontSide}} <%x%>",
    "$170,000 to $220,000",
    "&amp; &lt;b&gt; &#91;",
    "<script>alert(1)</script><img src=x onerror=y><iframe src='https://orla.example'>",
    "</div></body><!-- the rest",
    "שלום עולם, مرحبا",
    "a gull 🐦 and a flag 🏴‍☠️, 𝒳 ﷽",
    "quotes \" and ' and “these”",
    "C:\\new\\table",
)
_NEVER = re.compile(
    r"<(script|iframe|object|embed|form|style)\b|\son\w+\s*=|javascript:|src\s*=\s*[\"']?\s*(?:https?:)?//"
)
_VOID = frozenset({"br", "hr", "img", "wbr", "input"})


class _Elements(HTMLParser):
    """Elements that are open at the end, or were closed out of turn."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        """An element begins."""
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """An element ends."""
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


def _shown(side: str) -> str:
    """What a person reads of a side: without our own style sheet and without markup."""
    body = re.sub(r"<style>.*?</style>", "", side, flags=re.DOTALL)
    return " ".join(unicodedata.normalize("NFC", html.unescape(re.sub(r"<[^>]*>", "", body))).split())


def _pixel(colour: bytes) -> bytes:
    """A PNG of one pixel."""
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"\0" + colour)),
        (b"IEND", b""),
    )
    chunks = (
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


@pytest.fixture
def odd(shelf: Shelf) -> Shelf:
    """A deck of texts that are hard to carry."""
    shelf.put(*(basic(f"odd-{number}", text, front=f"Nr {number}: {text}") for number, text in enumerate(_ODD)))
    shelf.deck("ship", "name: Ship\ncards: [words]")
    return shelf


def test_odd_texts_are_shown_as_written(odd: Shelf, learner: Callable[[], Learner], tmp_path: Path) -> None:
    """Invariant 22: through package, import and template of Anki, the screen has the very characters of the card file."""
    anki = learner()
    anki.import_package(odd.package(tmp_path / "odd.apkg"))

    sides = anki.sides()

    for number, text in enumerate(_ODD):
        expected = " ".join(unicodedata.normalize("NFC", text).split())
        (question, answer) = next((q, a) for _, _, q, a in sides if f"Nr {number}:" in q)
        assert expected in _shown(question)
        assert _shown(answer).count(expected) == 2


@settings(max_examples=200, derandomize=True, deadline=None)
@given(st.text(min_size=1, max_size=60))
def test_any_text_without_markup_is_shown_as_written(text: str) -> None:
    """Invariant 22: any characters that are accepted and are no Markdown."""
    text = re.sub(r"[\\`*_#$\[\](){}!|~+\-.>=:<&\d]", "", text)
    if not text.strip() or any(each.code for each in markup.field_problems(text, cloze=False)):
        return
    expected = " ".join(unicodedata.normalize("NFC", text).split())

    assert " ".join(markup.html_text(markup.to_html(text)).split()) in (expected, " ".join(text.split()))


def test_no_side_runs_or_loads_anything(odd: Shelf, learner: Callable[[], Learner], tmp_path: Path) -> None:
    """Invariant 23: of what people wrote nothing is an element that acts or fetches, and every element is closed in turn."""
    anki = learner()
    anki.import_package(odd.package(tmp_path / "odd.apkg"))

    for note in anki.notes().values():
        for field in note[1]:
            elements = _Elements()
            elements.feed(field)
            elements.close()
            assert (elements.open, elements.wrong) == ([], []), field
            assert not _NEVER.search(re.sub(r"&lt;.*?&gt;", "", field)), field


@pytest.mark.parametrize(
    ("card", "said"),
    [
        ("front: '   '\n    back: 'Text'", "front"),
        ("cloze: 'No gap here.'", "hidden"),
        ("cloze: 'A {{c1::gap.'", "{{"),
        ("cloze: 'A {{c0::gap}}.'", "c0"),
        ("front: \"a\\x1fb\"\n    back: 'Text'", ""),
        ("front: What?\n    back: Text\n    tags: [two words]", "tag"),
        ("front: What?\n    back: Text\n    tags: [leech]", "leech"),
    ],
    ids=[
        "blank",
        "no gap",
        "open gap",
        "gap 0",
        "control",
        "tag with space",
        "leech",
    ],
)
def test_a_bad_card_leaves_everything_as_it_was(story: Story, card: str, said: str) -> None:
    """Invariant 24: the message names file and card's place, and no file of an earlier build is touched."""
    story.write("decks/ship.yaml", "name: Ship\ncards: [words]\n")
    story.write(
        "cards/words.yaml", "title: Words\ncards:\n  - id: bow\n    front: What is the bow?\n    back: The front.\n"
    )
    assert story.run("build").code == 0
    story.write("cards/more.yaml", "title: More\ncards: []\n")
    story.write("cards/words.yaml", story.read("cards/words.yaml").replace("The front.", "The very front."))
    with (story.root / "cards/words.yaml").open("a") as file:
        file.write(f"  - id: bad\n    {card}\n")
    before = story.files()

    result = story.run("build")

    assert result.code == 1
    assert re.search(r"cards/words\.yaml:[6-9]:\d+: error\[CW\d+\]", result.err), result.err
    assert said in result.err
    assert "help:" in result.err
    assert story.files() == before


def test_a_card_stays_where_the_learner_put_it(shelf: Shelf, learner: Callable[[], Learner], tmp_path: Path) -> None:
    """Invariant 25: moved by hand to another deck, it is still there after an update of its text."""
    shelf.put(basic("bow"), basic("stern"))
    shelf.deck("ship", "name: Ship\ncards: [words]")
    anki = learner()
    anki.import_package(shelf.package(tmp_path / "1.apkg"))
    collection = anki.collection
    mine = collection.decks.id("My own")
    assert mine is not None
    collection.set_deck(list(collection.find_cards("Id:bow")), mine)
    shelf.put(basic("bow", "The front."), basic("stern"), basic("keel"))

    anki.import_package(shelf.package(tmp_path / "2.apkg", NOW + 60))

    placed = {note[1][4]: note[3][0][1] for note in anki.notes().values()}
    assert placed == {"bow": "My own", "stern": "Ship::Words", "keel": "Ship::Words"}
    assert "The front." in str(anki.notes())


def test_a_changed_picture_reaches_the_learner(
    story: Story, learner: Callable[[], Learner], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Invariant 28: other pixels are another file name and thus a changed note; Anki finds no file missing and none unused."""
    story.write("decks/gulls.yaml", "name: Gulls\ncards: [birds]\n")
    story.write(
        "cards/birds.yaml",
        "title: Birds\ncards:\n  - id: gull\n    front: Which bird?\n    back: '![a bird](Gull one.png)'\n"
        "  - id: tern\n    front: And this one?\n    back: A tern.\n",
    )
    anki = learner()
    names: list[set[str]] = []
    for release, colour in enumerate((b"\x10\x20\x30", b"\x99\x20\x30")):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(NOW + release * 60))
        story.write_bytes("cards/Gull one.png", _pixel(colour))
        built = story.run("build")
        assert built.code == 0, built.err
        log = anki.import_package(story.root / "decks/gulls.apkg")
        assert (len(log["new"]), len(log["updated"]), log["conflicting"]) == ((2, 0, []), (0, 1, []))[release]
        folder = Path(anki.collection.media.dir())
        shown = set(re.findall(r'src="([^"]+)"', str(anki.notes())))
        names.append(shown)
        assert all(re.fullmatch(r"[a-z0-9._-]{1,100}", name) for name in shown)
        assert [(folder / name).read_bytes() for name in shown] == [_pixel(colour)]
        check = anki.collection.media.check()
        assert list(check.missing) == []
        assert {*check.unused} == set().union(*names[:-1])

    assert names[0].isdisjoint(names[1])


@pytest.mark.parametrize("remembered", ["keep both", "keep current", "update current"])
def test_the_text_file_says_itself_what_to_do_with_matches(
    shelf: Shelf, learner: Callable[[], Learner], tmp_path: Path, remembered: str
) -> None:
    """Invariant 29: whatever a learner chose in an earlier text import, it brings no note twice and updates what changed."""
    shelf.put(basic("bow"), cloze("mast", "A {{c1::mast}}."))
    shelf.deck("ship", "name: Ship\ncards: [words]")
    anki = learner()
    anki.import_package(shelf.package(tmp_path / "1.apkg"))
    other = tmp_path / "other.txt"
    other.write_text(f"#separator:Comma\n#notetype:Basic\n#if matches:{remembered}\nan old one,of the learner\n")
    anki.import_text(other)
    build = shelf.build(NOW + 60)
    text = tmp_path / "ship.anki.txt"
    text.write_bytes(anki_text(build, build.decks[0]))
    before = anki.rows()["notes"]

    log = anki.import_text(text)

    assert (len(log["duplicate"]), log["new"], log["updated"]) == (2, [], [])
    assert anki.rows()["notes"] == before
    shelf.put(basic("bow", "The front."), cloze("mast", "A {{c1::mast}}."))
    build = shelf.build(NOW + 120)
    text.write_bytes(anki_text(build, build.decks[0]))
    log = anki.import_text(text)
    assert (len(log["duplicate"]), log["new"], len(log["updated"])) == (1, [], 1)


def test_a_package_after_the_text_file_adds_nothing(
    shelf: Shelf, learner: Callable[[], Learner], tmp_path: Path
) -> None:
    """Invariant 29: notes that came as text are known again by their guid."""
    shelf.put(basic("bow"), cloze("mast", "A {{c1::mast}}."))
    shelf.deck("ship", "name: Ship\ncards: [words]")
    build = shelf.build()
    file, text = tmp_path / "ship.apkg", tmp_path / "ship.anki.txt"
    file.write_bytes(package(build, build.decks[0]))
    text.write_bytes(anki_text(build, build.decks[0]))
    anki = learner()
    anki.import_package(file)
    anki.collection.remove_notes(list(anki.collection.find_notes("")))
    assert len(anki.import_text(text)["new"]) == 2

    log = anki.import_package(file)

    assert (log["new"], log["conflicting"], len(anki.rows()["notes"])) == ([], [], 2)
