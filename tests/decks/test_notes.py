"""A card becomes a note: fields, review cards, tags, sources, and what Anki could not show."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from cardwright.decks import anki_text, compile_notes, package
from cardwright.decks.content import Content
from cardwright.decks.notetypes import FIELDS
from cardwright.diagnostics import Diagnostic, Span
from cardwright.model import Card, CardSet, Source, SourceLine
from decks.learner import Learner
from decks.shelf import SOURCES, Shelf, basic, cloze


def _compiled(*cards: Card, tags: tuple[str, ...] = ()) -> tuple[dict[str, Content], list[Diagnostic]]:
    return compile_notes([CardSet("words", "Words", tags, cards)], SOURCES)


def _content(card: Card, tags: tuple[str, ...] = ()) -> Content:
    contents, found = _compiled(card, tags=tags)
    assert not found
    return contents[card.id]


def _fields(content: Content) -> dict[str, str]:
    values = zip(FIELDS[content.kind], content.fields, strict=True)
    return {name: value for name, value in values if value}


def test_a_basic_note_has_its_fields() -> None:
    """HTML of the texts, the switches, and the answer to be typed as text."""
    card = basic("bow", "a *sharp* <b> & [sound:x]", extra="more", reverse=True, typed=True)

    content = _content(card)

    assert _fields(content) == {
        "Front": "What is bow?",
        "Back": "a <em>sharp</em> &lt;b&gt; &amp; &#91;sound:x]",
        "Extra": "more",
        "Id": "bow",
        "Reverse": "1",
        "Typed": "a sharp &lt;b&gt; &amp; &#91;sound:x]",
    }
    assert content.ords == (0, 1)


@pytest.mark.parametrize(
    ("text", "ords"),
    [
        ("{{c1::a}}", (0,)),
        ("{{c1::a {{c2::b}}}}", (0, 1)),
        ("{{c1,3::a}} {{c2::b}}", (0, 1, 2)),
        ("{{c12::a}} {{c12::b}}", (11,)),
        ("`{{x}}` {{c2::a}}", (1,)),
    ],
    ids=["one", "nested", "several", "twice", "code"],
)
def test_a_cloze_has_a_review_card_for_each_number(text: str, ords: tuple[int, ...]) -> None:
    """Counted from 0, as Anki does; the tests with Anki's backend compare."""
    assert _content(cloze("x", f"The {text}.")).ords == ords


def test_tags_are_those_of_file_and_card() -> None:
    """Each once, in order."""
    assert _content(basic("x", tags=("b", "a")), tags=("c", "b")).tags == ("a", "b", "c")


def test_a_source_is_label_and_heading() -> None:
    """No line; two lines of one passage are one; a link only to the web; strangers by their name."""
    known = {
        Source("a.txt", 1): SourceLine("A & B", "On <tides>", 'https://orla.example/?x=1&y="2"'),
        Source("a.txt", 2): SourceLine("A & B", "On <tides>", 'https://orla.example/?x=1&y="2"'),
        Source("b.txt", 1): SourceLine("B", "", "javascript:alert(1)"),
        Source("c.txt", 1): SourceLine("C\x1f\n D", "[sound:x]"),
    }
    card = basic("x", sources=(*known, Source("d.txt", 9)))
    contents, _ = compile_notes([CardSet("words", "Words", (), (card,))], known)
    link = '<a href="https://orla.example/?x=1&amp;y=&quot;2&quot;">A &amp; B</a> › On &lt;tides&gt;'

    assert _fields(contents["x"])["Source"] == f"{link}<br>B<br>C D › &#91;sound:x]<br>d.txt"
    assert contents["x"].plain[3] == "A & B › On <tides>; B; C D › [sound:x]; d.txt"


def test_fields_are_in_normal_form() -> None:
    """Anki stores texts in NFC; another form would come back changed."""
    content = _content(basic("x", "e\u0301 \u212b", front="Wie groß ist ein A\u030a?", tags=("gro\u0308ße",)))

    assert content.fields[:2] == ("Wie groß ist ein Å?", "é Å")
    assert content.tags == ("größe",)


@pytest.mark.parametrize(
    ("card", "code"),
    [
        (basic("x", front="   "), "CW520"),
        (basic("x", "\u200b"), "CW520"),
        (basic("x", "\u00a0\n\u2060"), "CW520"),
        (cloze("x", "nothing hidden"), "CW710"),
        (cloze("x", "{{c1::a}}", reverse=True), "CW417"),
        (cloze("x", "{{c1::a}}", typed=True), "CW417"),
        (basic("x", "a\x1fb"), "CW701"),
        (basic("x", "a\ud800b"), "CW702"),
        (basic("x", "a\u202eb"), "CW703"),
        (cloze("x", "{{c1::}}"), "CW713"),
        (cloze("x", "{{c0::a}} {{c1::b}}"), "CW711"),
        (cloze("x", "{{c9999::a}}"), "CW712"),
        (cloze("x", "{{c1::a"), "CW714"),
        (basic("x", "a" * (1 << 20) + "b"), "CW524"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_anki_could_not_show_is_refused(card: Card, code: str) -> None:
    """Invariant 24: with the card's name, its place and the way out."""
    place = Span("cards/words.yaml", 7, 3)
    card.places.update({"": place, "front": place, "back": place, "cloze": place})

    contents, found = _compiled(card)

    assert not contents
    errors = [each for each in found if each.severity == "error"]
    assert code in {each.code for each in errors}
    assert {each.span for each in errors} == {place}
    assert all("'x'" in each.message or "cloze" in each.message for each in errors)
    assert all(each.help for each in errors)


def test_a_fault_of_one_card_does_not_hide_another() -> None:
    """All are told; the good card is there."""
    contents, found = _compiled(basic("a", " "), basic("b"), cloze("c", "x"), basic("b", "again"))

    assert list(contents) == ["b"]
    assert {each.code for each in found} >= {"CW520", "CW710", "CW403"}


def test_tags_that_differ_in_case_are_refused() -> None:
    """Also where only a level of them does: Anki would store the second as the first."""
    _, found = _compiled(basic("a", tags=("Tides::high", "x")), basic("b", tags=("tides::low", "X")))

    assert [(each.code, each.help) for each in found] == [("CW412", "write 'x'"), ("CW412", "write 'Tides'")]


def test_empty_spare_fields_are_no_content() -> None:
    """A spare that is put to use one day changes the notes that use it, and no others."""
    from cardwright.decks.identity import content_hash

    assert content_hash("basic", {"Front": "a", "Spare1": ""}, ()) == content_hash("basic", {"Front": "a"}, ())
    assert content_hash("basic", {"Front": "a", "Back": "b"}, ()) != content_hash("basic", {"Front": "ab"}, ())


def test_the_digest_of_content_never_changes() -> None:
    """Another digest would mark every note of every learner as changed."""
    card = basic("bow", "a *sharp* end", reverse=True, sources=(Source("handbook.txt", 12),), tags=("b", "a"))

    assert _content(card).hash == "332c09ecbd644b3845f4675a0acdf569"
    assert _content(cloze("mast", "A {{c1::mast}}.")).hash == "73471cc50f25d4d7a44df619f37d5069"
    assert _content(card).words == ("1b506adc8007", "3a457054dd51")


_BITS = [
    "{{c1::",
    "{{c2::",
    "{{c1,3::",
    "}}",
    "::",
    "a",
    "b ",
    "\n",
    "\n\n",
    "- ",
    "1. ",
    "`",
    "```\n",
    "$",
    "$$",
    "\\(",
    "\\)",
    "\\[",
    "<b>",
    "</div>",
    "<!--",
    "&amp;",
    "&",
    "{{Front}}",
    "{",
    "}",
    "[sound:x]",
    "[latex]",
    "*",
    "**",
    "_",
    "~",
    "---",
    "\t",
    "é",
    "é",
    "שלום",
    "😀",
    "\xa0",
    "  ",
    '"',
    "'",
    "#",
    "[a](https://x.y)",
    "<script>",
    "http://a.b",
    "\u2028",
    "<br>",
    "%",
    "^",
    "=",
    "!",
]


def test_any_text_that_is_accepted_arrives_as_it_is(
    shelf: Shelf, learner: Callable[[], Learner], tmp_path: Path
) -> None:
    """Invariant 21: hundreds of hostile texts: stored as built, with the review cards that Anki would make, also from the text file."""
    draw = random.Random(20)
    cards: list[Card] = []
    for number in range(500):
        text = "".join(draw.choices(_BITS, k=draw.randint(1, 9)))
        if number % 2:
            cards.append(cloze(f"x{number}", f"x {text}{draw.choice(['', '{{c1::y}}', ' {{c4::`z`}}'])}"))
        else:
            back = "".join(draw.choices(_BITS, k=5))
            cards.append(basic(f"x{number}", f"y{back}", front=text, reverse=draw.random() < 0.5))
    good, _ = _compiled(*cards)
    shelf.put(*(card for card in cards if card.id in good))
    shelf.deck("ship", "name: Ship\ncards: [words]")
    build = shelf.build()
    file, text_file = tmp_path / "ship.apkg", tmp_path / "ship.anki.txt"
    file.write_bytes(package(build, build.decks[0]))
    text_file.write_bytes(anki_text(build, build.decks[0]))
    anki = learner()

    anki.import_package(file)

    stored = anki.notes()
    assert len(stored) > 250
    for note in build.notes["ship"]:
        assert stored[note.guid][1:] == (note.fields, note.tags, tuple((each, note.deck) for each in note.ords))
    before, collection = anki.rows(), anki.collection
    collection.after_note_updates(list(collection.find_notes("")), mark_modified=False, generate_cards=True)
    assert anki.rows()["cards"] == before["cards"]
    assert list(collection.get_empty_cards().notes) == []
    log = anki.import_text(text_file)
    assert len(log["duplicate"]) == len(stored)
    assert anki.rows()["notes"] == before["notes"]
