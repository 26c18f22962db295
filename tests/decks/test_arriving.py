"""What arrives in Anki of any content that the build accepts: review cards, stored fields, and what is shown."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest

from cardwright.decks import Build, compile_notes, package
from cardwright.diagnostics import failed
from cardwright.markup import field_problems, html_text
from cardwright.model import Card, CardSet
from decks.learner import KNOWS_SEVERAL_NUMBERS, Learner
from decks.screen import CHROMIUM, shown_texts
from decks.shelf import NOW, Shelf, basic, cloze

# Pieces that mean something to Markdown, to HTML, to TeX or to Anki, and writing of many kinds.
_PIECES = [
    "{{c1::",
    "{{c2::",
    "{{c1,3::",
    "{{c2::b}}",
    "}}",
    "::",
    "a",
    "b ",
    "\n",
    "\n\n",
    "\n- ",
    "\n1. ",
    "`",
    "``",
    "\n```\n",
    "$",
    "$$",
    "$x^{2}$",
    "\\(a<b\\)",
    "\\(",
    "\\)",
    "\\[",
    "\\]",
    "\\",
    "<b>",
    "</div>",
    "<!--",
    "<script>",
    "onload=",
    "<img src=x>",
    "&amp;",
    "&",
    "&#60;",
    "{{Front}}",
    "{{#Back}}",
    "{",
    "}",
    "[sound:x]",
    "[anki:tts]",
    "[latex]",
    "[$]",
    "*",
    "**",
    "_",
    "~",
    "---",
    "#",
    ">",
    "\t",
    "é",
    "é",
    "שלום",
    "ما",
    "😀",
    "👩\u200d🚀",
    "\xa0",
    "  ",
    '"',
    "'",
    "[a](https://orla.example)",
    "[a](javascript:b)",
    "https://orla.example",
    "<br>",
    "%",
    "^",
    "=",
    "+",
    "@",
    "!",
    "http:",
    "tags:",
    ";",
    ",",
]
# Where random characters come from: Latin, Greek, Hebrew, Arabic, Devanagari, Thai, Han, signs, emoji, rare planes.
_BLOCKS = (
    (0x20, 0x7E),
    (0xA0, 0x24F),
    (0x370, 0x3FF),
    (0x5D0, 0x5EA),
    (0x621, 0x64A),
    (0x905, 0x939),
    (0xE01, 0xE3A),
    (0x2010, 0x2027),
    (0x2190, 0x22FF),
    (0x4E00, 0x4E7F),
    (0x1F300, 0x1F5FF),
    (0x20000, 0x2007F),
)
_MARKUP = re.compile(r"[*_`$\\|~\[\]]|^\s*(?:[-+]|\d+[.)])\s", re.MULTILINE)


def _messy(count: int) -> list[Card]:
    draw = random.Random(31)
    pieces = [each for each in _PIECES if KNOWS_SEVERAL_NUMBERS or "," not in each]
    cards: list[Card] = []
    for number in range(count):
        text = "".join(draw.choices(pieces, k=draw.randint(1, 9)))
        if number % 2:
            cards.append(cloze(f"m{number}", f"x {text}{draw.choice(['', '{{c1::y}}', ' {{c4::`z`}}'])}", extra=text))
        else:
            back = "".join(draw.choices(pieces, k=5))
            cards.append(basic(f"m{number}", f"y{back}", front=f"{text}", reverse=draw.random() < 0.4))
    return cards


def _plain(count: int) -> dict[str, str]:
    """Texts without markup, of any characters that are assigned and that a card may hold."""
    draw = random.Random(32)
    texts: dict[str, str] = {}
    while len(texts) < count:
        picked = (chr(draw.randint(*draw.choice(_BLOCKS))) for _ in range(draw.randint(1, 30)))
        text = "".join(each for each in picked if not unicodedata.category(each).startswith("C"))
        text = unicodedata.normalize("NFC", draw.choice(["", "{{", "</p>", "&", "\n"]).join((text[:9], text[9:])))
        if text.strip() and not _MARKUP.search(text) and not field_problems(text):
            texts[f"p{len(texts)}"] = text.strip()
    return texts


_PLAIN = _plain(150)


def _accepted(cards: list[Card]) -> list[Card]:
    """Those that the build takes."""
    return [card for card in cards if not failed(compile_notes([CardSet("words", "Words", (), (card,))])[1])]


@pytest.fixture
def arrived(shelf: Shelf, learner: Callable[[], Learner], tmp_path: Path) -> tuple[Build, Learner]:
    """A collection with hundreds of odd notes in it, and the build they came from."""
    cards = _accepted(_messy(400))
    assert len(cards) > 200
    cards += [basic(name, text, reverse=True, typed=True) for name, text in _PLAIN.items()]
    shelf.load("harbour-code")
    shelf.put(*cards)
    shelf.deck("odd", "name: Orla pilots\ndescription: For the <first> month.\ncards: [words, harbour-code]")
    build = shelf.build()
    file = tmp_path / "odd.apkg"
    file.write_bytes(package(build, next(each for each in build.decks if each.stem == "odd")))
    anki = learner()
    log = anki.import_package(file)
    assert len(log["new"]) == len(build.notes["odd"]) > 350
    return build, anki


def test_review_cards_are_those_that_anki_makes(arrived: tuple[Build, Learner]) -> None:
    """Invariant 17: asked to make the cards of every note, Anki makes no other."""
    build, anki = arrived
    before = anki.rows()["cards"]
    packed = {note.guid: note.ords for note in build.notes["odd"]}
    assert {guid: tuple(each for each, _ in note[3]) for guid, note in anki.notes().items()} == packed

    notes = list(anki.collection.find_notes(""))
    anki.collection.after_note_updates(notes, mark_modified=False, generate_cards=True)

    assert anki.rows()["cards"] == before


def test_no_card_is_empty(arrived: tuple[Build, Learner]) -> None:
    """Invariant 18: Anki finds no empty card, no note without cards, and nothing to mend in the database."""
    _, anki = arrived

    assert list(anki.collection.get_empty_cards().notes) == []
    assert all(note[3] for note in anki.notes().values())
    before = anki.rows()["cards"]
    assert anki.collection.fix_integrity()[1]
    assert anki.rows()["cards"] == before


def test_both_sides_of_every_card_render(arrived: tuple[Build, Learner]) -> None:
    """Invariant 19: no side shows a fault of a template, a missing cloze or a blank front."""
    build, anki = arrived

    sides = anki.sides()

    assert len(sides) == sum(len(note.ords) for note in build.notes["odd"])
    for _, _, question, answer in sides:
        for side in (question, answer):
            assert not re.search("has a problem|front of this card is blank|No cloze|there is no field called", side)
            body = re.sub(r"<style>.*?</style>", "", side, flags=re.DOTALL)
            assert re.search(r'<div class="question[^>]*>(?!\s*</div>)', body)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("The {{c1::red}} and the {{c2::green}} light.", "The {{c2::red}} and the {{c1::green}} light."),
        ("A {{c1::red}}, a {{c2::green}} light.", "A {{c1::white}}, a {{c2::red}}, a {{c3::green}} light."),
    ],
    ids=["swapped", "renumbered"],
)
def test_a_deletion_keeps_its_answer(shelf: Shelf, before: str, after: str) -> None:
    """Invariant 20: a number that would ask for another number's answer stops the build until the card accepts it."""
    shelf.put(cloze("lights", before))
    shelf.deck("ship", "name: Ship\ncards: [words]")
    shelf.build()
    shelf.put(cloze("lights", after))

    build, found = shelf.plan(NOW + 60)

    assert build is None
    assert [each.code for each in found] == ["CW541"]
    shelf.put(cloze("lights", after, accept=("c1", "c2", "c3")))
    build, found = shelf.plan(NOW + 60)
    assert build is not None
    assert build.changed == ("lights",)


def test_stored_notes_are_those_of_the_package(arrived: tuple[Build, Learner]) -> None:
    """Invariant 21: Anki strips and normalises nothing: fields, tags, decks, and the names of fields and templates."""
    build, anki = arrived
    names = {kind: each.name for kind, each in build.note_types.items()}

    assert anki.notes() == {
        note.guid: (names[note.kind], note.fields, note.tags, tuple((each, note.deck) for each in note.ords))
        for note in build.notes["odd"]
    }
    for each in build.note_types.values():
        stored = anki.collection.models.by_name(each.name)
        assert stored is not None
        assert [field["name"] for field in stored["flds"]] == [name for name, _ in each.fields]
        assert [made["name"] for made in stored["tmpls"]] == [made.name for made in each.templates]
    decks = {each.name for each in anki.collection.decks.all_names_and_ids()}
    assert decks >= {note.deck for note in build.notes["odd"]}


def _answers(anki: Learner) -> dict[str, str]:
    """The answers of the plain texts, as Anki renders them."""
    found: dict[str, str] = {}
    for number in anki.collection.find_cards("Id:p* card:1"):
        card = anki.collection.get_card(number)
        answer = re.search(r'<div class="answer"[^>]*>(.*?)</div>\n', card.answer(), re.DOTALL)
        assert answer
        found[card.note()["Id"]] = answer[1]
    return found


def _folded(text: str) -> str:
    """White space as a browser folds it; a space that must not break stays."""
    return "\n".join(filter(None, (re.sub(r"[ \t]+", " ", line).strip(" ") for line in text.split("\n"))))


def test_text_is_shown_as_it_was_written(arrived: tuple[Build, Learner]) -> None:
    """Invariant 22: the text of the rendered field is the text of the card, for characters of any kind."""
    answers = {name: html_text(answer) for name, answer in _answers(arrived[1]).items()}

    assert len(answers) == len(_PLAIN)
    assert {name: text.split() for name, text in answers.items()} == {
        name: text.split() for name, text in _PLAIN.items()
    }


@pytest.mark.skipif(not CHROMIUM, reason="no Chromium here to look with")
def test_a_browser_shows_text_as_it_was_written(arrived: tuple[Build, Learner], tmp_path: Path) -> None:
    """The same with the eyes of a browser."""
    answers = _answers(arrived[1])

    shown = dict(zip(answers, shown_texts(list(answers.values()), tmp_path), strict=True))

    assert {name: _folded(text).split() for name, text in shown.items()} == {
        name: text.split() for name, text in _PLAIN.items()
    }


class _Reader(HTMLParser):
    """Notes what runs, loads or is not balanced."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.opened: list[str] = []
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        if tag not in ("br", "img", "hr", "input"):
            self.opened.append(tag)
        if tag in ("script", "iframe", "object", "embed", "link", "meta", "form", "svg", "base"):
            self.faults.append(tag)
        for name, value in attrs:
            address = (value or "").strip().lower()
            if name.startswith("on") and tag != "input":
                self.faults.append(f"{tag} {name}")
            if name == "href" and not address.startswith(("http://", "https://", "mailto:")):
                self.faults.append(f"{tag} {name}={value}")
            if name in ("src", "srcset", "data", "action", "background"):
                self.faults.append(f"{tag} {name}={value}")

    def handle_endtag(self, tag: str) -> None:
        """An element ends."""
        if not self.opened or self.opened.pop() != tag:
            self.faults.append(f"</{tag}>")

    def handle_comment(self, data: str) -> None:
        """No card has comments."""
        self.faults.append(f"<!--{data}-->")


def test_no_card_runs_or_loads_anything(arrived: tuple[Build, Learner]) -> None:
    """Invariant 23: both sides of all cards are balanced HTML without scripts, handlers, frames or remote files."""
    for number in arrived[1].collection.find_cards(""):
        card = arrived[1].collection.get_card(number)
        for side in (card.question(), card.answer()):
            reader = _Reader()
            reader.feed(re.sub(r"<style>.*?</style>", "", side, flags=re.DOTALL))
            reader.close()
            assert (reader.faults, reader.opened) == ([], []), side
        assert not card.question_av_tags()
        assert not card.answer_av_tags()
