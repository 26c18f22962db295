"""Content that other tools lose, change or run: each kind is refused at its place, warned of, or shown as written."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from cardwright.decks.notetypes import FIELDS
from cardwright.markup import html_text
from decks.learner import Learner
from decks.screen import CHROMIUM, shown_texts
from story import Story

_CARD = "title: Harbour\ncards:\n  - id: light\n    front: What is on the pier of Orla?\n    "
_DECK = "name: Orla\ncards: [harbour]\n"


def _back(text: str) -> str:
    """A card file whose one answer is this text."""
    return f"{_CARD}back: {_yaml(text)}\n"


def _cloze(text: str) -> str:
    return f"title: Harbour\ncards:\n  - id: light\n    cloze: {_yaml(text)}\n"


def _tagged(tag: str) -> str:
    return f"{_CARD}back: A light.\n    tags: [{_yaml(tag)}]\n"


def _yaml(text: str) -> str:
    """A text in double quotes, control characters as escapes."""
    return re.sub(
        r"[\x7f-\x9f\u2028\u2029\ufeff]", lambda odd: f"\\u{ord(odd[0]):04x}", json.dumps(text, ensure_ascii=False)
    )


def _deck(name: str) -> str:
    return f"name: {_yaml(name)}\ncards: [harbour]\n"


# What: (card file, deck file, place, what is said, a part of the message or of the way out)
REFUSED = {
    "the separator of fields": (_back("a\x1fb"), _DECK, "cards/harbour.yaml:5:11", "CW701", "delete it"),
    "the separator itself in the file": ("title: a\x1fb\n", _DECK, "cards/harbour.yaml:1:9", "CW201", "delete it"),
    "NUL": (_back("a\0b"), _DECK, "cards/harbour.yaml:5:11", "CW701", "delete it"),
    "a control of the lower row": (_back("a\x07b"), _DECK, "cards/harbour.yaml:5:11", "CW701", "delete it"),
    "DEL": (_back("a\x7fb"), _DECK, "cards/harbour.yaml:5:11", "CW701", "delete it"),
    "a control in a tag": (_tagged("a\x07b"), _DECK, "cards/harbour.yaml:6:12", "CW411", "write"),
    "a control in a title": (
        _back("a").replace("Harbour", '"a\\u0007b"'),
        _DECK,
        "cards/harbour.yaml:1:8",
        "CW414",
        "",
    ),
    "a control in a deck name": (_back("a"), _deck("a\x07b"), "decks/orla.yaml:1:7", "CW501", "without such"),
    "a control in a description": (
        _back("a"),
        _DECK + 'description: "a\\u0007b"\n',
        "decks/orla.yaml:3:14",
        "CW523",
        "delete it",
    ),
    "half a character": (_back("a").replace('"a"', '"\\ud800"'), _DECK, "cards/harbour.yaml:5:", "CW", ""),
    "half a character in a tag": (_tagged("a").replace('"a"', '"\\ud800"'), _DECK, "cards/harbour.yaml:6:", "CW", ""),
    "half a character in a deck name": (
        _back("a"),
        _deck("a").replace('"a"', '"\\ud800"'),
        "decks/orla.yaml:1:",
        "CW",
        "",
    ),
    "a mark that turns what follows": (_back("a \u202e b"), _DECK, "cards/harbour.yaml:5:14", "CW703", "delete it"),
    "an isolate that is never ended": (_back("a \u2067 b"), _DECK, "cards/harbour.yaml:5:14", "CW703", "delete it"),
    "an end without a beginning": (_back("a \u2069 b"), _DECK, "cards/harbour.yaml:5:14", "CW703", "delete it"),
    "a turned title": (
        _back("a").replace("Harbour", "a \u202e b"),
        _DECK,
        "cards/harbour.yaml:1:8",
        "CW416",
        "delete it",
    ),
    "a turned deck name": (_back("a"), _deck("a \u202e b"), "decks/orla.yaml:1:7", "CW501", "delete it"),
    "a cloze without a deletion": (_cloze("A light."), _DECK, "cards/harbour.yaml:4:12", "CW710", "{{c1::"),
    "a cloze that is never closed": (_cloze("A {{c1::light."), _DECK, "cards/harbour.yaml:4:15", "CW714", "}}"),
    "a cloze that is empty": (_cloze("A {{c1::}}."), _DECK, "cards/harbour.yaml:4:15", "CW713", "write the answer"),
    "a cloze with a number 0": (_cloze("A {{c0::b}} {{c1::c}}."), _DECK, "cards/harbour.yaml:4:18", "CW711", "from 1"),
    "a cloze with a huge number": (_cloze("A {{c99999::b}}."), _DECK, "cards/harbour.yaml:4:18", "CW712", "499"),
    "a cloze that ends at a brace": (_cloze("A {{c1::x^{2}}."), _DECK, "cards/harbour.yaml:4:", "CW715", "} }"),
    "a cloze cut by emphasis": (_cloze("A **{{c1::b** c}}."), _DECK, "cards/harbour.yaml:4:", "CW716", "whole words"),
    "an image of another site": (
        _back("![a](https://orla.example/a.png)"),
        _DECK,
        "cards/harbour.yaml:5:17",
        "CW707",
        "save it beside",
    ),
    "a front of spaces": (
        _back("a").replace("What is on the pier of Orla?", '"   "'),
        _DECK,
        "cards/harbour.yaml:4:5",
        "CW408",
        "",
    ),
    "a back that shows nothing": (_back("\u200b"), _DECK, "cards/harbour.yaml:5:5", "CW408", "write its text"),
    "a back of spaces without a break": (_back("\u00a0"), _DECK, "cards/harbour.yaml:5:5", "CW408", "write its text"),
    "an alt text that is not there": (_back("![](//orla.example/a.png)"), _DECK, "cards/harbour.yaml:5:", "CW707", ""),
    "a field over a megabyte": (_back("word " * 250_000), _DECK, "cards/harbour.yaml:5:11", "CW415", "one fact"),
    "a list for a text": (_CARD + "back:\n      - a\n      - b\n", _DECK, "cards/harbour.yaml:6:7", "CW206", ""),
    "a key that is none": (_CARD + "back: a\n    bakc: b\n", _DECK, "cards/harbour.yaml:6:5", "CW207", "did you mean"),
    "a tag with a space": (_tagged("a b"), _DECK, "cards/harbour.yaml:6:12", "CW411", "write for example"),
    "a tag with a wide space": (_tagged("a\u3000b"), _DECK, "cards/harbour.yaml:6:12", "CW411", "write for example"),
    "a tag with a hard space": (_tagged("a\u00a0b"), _DECK, "cards/harbour.yaml:6:12", "CW411", "write for example"),
    "a tag with an empty level": (_tagged("a::::b"), _DECK, "cards/harbour.yaml:6:12", "CW411", "write for example"),
    "a tag of Anki's own": (_tagged("Marked"), _DECK, "cards/harbour.yaml:6:12", "CW411", "another word"),
    "another tag of Anki's own": (_tagged("leech"), _DECK, "cards/harbour.yaml:6:12", "CW411", "another word"),
    "tags that differ in case": (
        _back("a") + "    tags: [Sea]\n  - id: b\n    front: B?\n    back: b\n    tags: [sea::north]\n",
        _DECK,
        "cards/harbour.yaml:10:11",
        "CW412",
        "write 'Sea'",
    ),
    "a deck with an empty level": (_back("a"), _deck("A::"), "decks/orla.yaml:1:7", "CW501", "write 'Deck'"),
    "a deck with an empty first level": (_back("a"), _deck("::A"), "decks/orla.yaml:1:7", "CW501", "write 'Deck'"),
    "a deck without a name": (_back("a"), _deck(""), "decks/orla.yaml:1:1", "CW208", "write its text"),
    "a deck too deep": (_back("a"), _deck("::".join("abcdefghijk")), "decks/orla.yaml:1:7", "CW501", "take out some"),
    "Anki's own deck": (_back("a"), _deck("Default"), "decks/orla.yaml:1:7", "CW501", "choose a name"),
    "a deck inside Anki's own": (_back("a"), _deck("default::A"), "decks/orla.yaml:1:7", "CW501", "choose a name"),
    "a deck with a tag": (_back("a"), _deck("a <b>"), "decks/orla.yaml:1:7", "CW501", "leave it out"),
    "a deck with an entity": (_back("a"), _deck("a &lt; b"), "decks/orla.yaml:1:7", "CW501", "leave it out"),
    "a deck with quotes": (_back("a"), _deck('a "b"'), "decks/orla.yaml:1:7", "CW501", "write “ and ”"),
    "a deck with spaces around a level": (_back("a"), _deck("A ::B"), "decks/orla.yaml:1:7", "CW501", "write 'A::B'"),
    "an id with other letters": (
        _back("a").replace("id: light", "id: Lïght"),
        _DECK,
        "cards/harbour.yaml:3:9",
        "CW402",
        "write for example",
    ),
}

WARNED = {
    "a zero-width space": (_back("a\u200bb"), "cards/harbour.yaml:5:13", "CW709", "cannot be seen"),
    "a byte order mark": (_back("ab\ufeff"), "cards/harbour.yaml:5:14", "CW709", "cannot be seen"),
    "a mark of direction": (_back("a\u200fb"), "cards/harbour.yaml:5:13", "CW709", "cannot be seen"),
    "marks of direction in a pair": (_back("a \u2067b\u2069 c"), "cards/harbour.yaml:5:14", "CW709", "cannot be seen"),
    "a deletion in an answer": (_back("a {{c1::b}}"), "cards/harbour.yaml:5:14", "CW705", "under the key 'cloze'"),
    "a link that would run": (_back("[a](javascript:b)"), "cards/harbour.yaml:5:16", "CW706", "http, https or mailto"),
    "a field over 32 KB": (_back("word " * 8_000), "cards/harbour.yaml:5:11", "CW415", "several cards"),
    "two cards that ask the same": (
        _back("a") + "  - id: b\n    front: What is on  the pier of Orla?\n    back: b\n",
        "cards/harbour.yaml:7:12",
        "CW419",
        "say in each question",
    ),
    "two cards that ask the same in other marks": (
        _back("a") + "  - id: b\n    front: What *is* on the pier of Orla?\n    back: b\n",
        "cards/harbour.yaml:7:12",
        "CW527",
        "say in each question",
    ),
}

# Texts of answers, and what a person sees of them.
DISPLAYED = {
    "math": ("$x^2 + y_1$ and \\(a<b\\)", "\\(x^2 + y_1\\) and \\(a<b\\)"),
    "math on lines of its own": ("$$a & b < c$$", "\\[a & b < c\\]"),
    "code": ('`if (a < b) { return "{{x}}"; }`', 'if (a < b) { return "{{x}}"; }'),
    "less than": ("a < b && c > d", "a < b && c > d"),
    "a type": ("List<String>, Map<K, V>", "List<String>, Map<K, V>"),
    "letters around signs": ("x<y>z", "x<y>z"),
    "an entity": ("&lt; is &amp;lt;", "&lt; is &amp;lt;"),
    "a sound": ("[sound:horn.mp3]", "[sound:horn.mp3]"),
    "a voice": ("[anki:tts lang=en]a[/anki:tts]", "[anki:tts lang=en]a[/anki:tts]"),
    "TeX of old": ("[latex]a[/latex] [$]b[/$] [$$]c[/$$]", "[latex]a[/latex] [$]b[/$] [$$]c[/$$]"),
    "braces": ("{{ and }} and {{Back}} and {{#Extra}}", "{{ and }} and {{Back}} and {{#Extra}}"),
    "a deletion": ("say {{c1::horn}}", "say {{c1::horn}}"),
    "a template's sign": ("<% if a %>", "<% if a %>"),
    "money": ("$170,000 to $220,000", "$170,000 to $220,000"),
    "a script": ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    "a handler": ('<img src=x onerror="alert(1)">', '<img src=x onerror="alert(1)">'),
    "a frame": ("<iframe src='https://orla.example'></iframe>", "<iframe src='https://orla.example'></iframe>"),
    "a style": ("<style>* { display: none }</style>", "<style>* { display: none }</style>"),
    "a comment that is never ended": ("a <!-- b", "a <!-- b"),
    "tags that are never closed": ("<b>a </div></div>", "<b>a </div></div>"),
    "a line break of HTML": ("<br>", "<br>"),
    "right to left": ("מה אומר האור (a < b)?", "מה אומר האור (a < b)?"),
    "Arabic": ("ما معنى الضوء؟ 22:30", "ما معنى الضوء؟ 22:30"),
    "Persian with a joiner": ("می\u200cخواهم", "می\u200cخواهم"),
    "emoji": ("👩\u200d🚀 🏳️\u200d🌈 🚢", "👩\u200d🚀 🏳️\u200d🌈 🚢"),
    "beyond the first plane": ("𝔄 𠜎", "𝔄 𠜎"),
    "accents in two pieces": ("cafe\u0301 \u212b", "café Å"),
    "lines": ("one\ntwo\n\nthree", "one\ntwo\nthree"),
    "a tab": ("a\tb", "a b"),
    "a number sign first": ("# no heading", "# no heading"),
    "a word of YAML": ("no", "no"),
    "a number that would lose its zeros": ("007", "007"),
    "a date": ("2026-05-04", "2026-05-04"),
}


def _project(story: Story, cards: str, deck: str = _DECK) -> Story:
    story.write("cards/harbour.yaml", "")
    (story.root / "cards/harbour.yaml").write_bytes(cards.encode("utf-8"))
    story.write_bytes("decks/orla.yaml", deck.encode("utf-8"))
    return story


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_shown_fails_the_build(story: Story, case: str) -> None:
    """Invariant 24: one error with file, place, card and way out; no output, and what was built stays as it was."""
    cards, deck, place, code, words = REFUSED[case]
    assert _project(story, _back("A light.")).run("build").code == 0
    before = story.files()
    _project(story, cards, deck)

    said = story.run("build")

    assert said.code == 1
    assert f"{place}" in said.err
    assert len(re.findall(r"(?m)^\S+: (?:error|warning)\[", said.err)) == 1, said.err
    assert re.search(rf"(?m)^{re.escape(place)}\S* error\[{code}", said.err)
    assert words in said.err
    assert "help: " in said.err
    after = story.files()
    for name in before:
        if name.startswith("decks/") and not name.endswith(".yaml"):
            assert after[name] == before[name]
    assert set(after) == set(before)
    checked = story.run("check")
    assert checked.code == 1
    assert f"error[{code}" in checked.err
    assert checked.err.count("error[") == 1


@pytest.mark.parametrize("case", WARNED)
def test_what_is_doubtful_is_warned_of(story: Story, case: str) -> None:
    """One warning, and the build goes on."""
    cards, place, code, words = WARNED[case]
    _project(story, cards)

    for command in ("check", "build"):
        said = story.run(command)

        assert said.code == 0
        assert f"{place}: warning[{code}]" in said.err
        assert words in said.err
        assert said.err.count("warning[") == 1


def _displays(story: Story, anki: Learner, tmp_path: Path) -> dict[str, str]:
    """The answers of all texts above as Anki renders them, by the name of their case."""
    cards = "".join(
        f"  - id: c{number}\n    front: What is {number}?\n    back: {_yaml(text)}\n"
        for number, (text, _) in enumerate(DISPLAYED.values())
    )
    _project(story, f"title: Harbour\ncards:\n{cards}")
    said = story.run("build")
    assert said.code == 0, said.err
    anki.import_package(story.root / "decks/orla.apkg")
    names = list(DISPLAYED)
    found: dict[str, str] = {}
    for number in anki.collection.find_cards(""):
        card = anki.collection.get_card(number)
        answer = re.search(r'<div class="answer"[^>]*>(.*?)</div>\n', card.answer(), re.DOTALL)
        assert answer
        assert not card.question_av_tags()
        assert not card.answer_av_tags()
        found[names[int(card.note()["Id"][1:])]] = answer[1]
    return found


def test_texts_are_shown_exactly_as_written(story: Story, learner: Callable[[], Learner], tmp_path: Path) -> None:
    """In what Anki renders: nothing is lost, played, typeset or run."""
    shown = {name: html_text(text) for name, text in _displays(story, learner(), tmp_path).items()}

    expected = {name: unicodedata.normalize("NFC", text) for name, (_, text) in DISPLAYED.items()}
    assert {name: text.replace("\t", " ") for name, text in shown.items()} == expected


@pytest.mark.skipif(not CHROMIUM, reason="no Chromium here to look with")
def test_a_browser_shows_texts_exactly_as_written(story: Story, learner: Callable[[], Learner], tmp_path: Path) -> None:
    """The text that headless Chromium shows of Anki's own HTML."""
    answers = _displays(story, learner(), tmp_path)

    shown = dict(zip(answers, shown_texts(list(answers.values()), tmp_path), strict=True))

    assert shown == {name: text for name, (_, text) in DISPLAYED.items()}


def test_a_link_runs_nothing(story: Story, learner: Callable[[], Learner]) -> None:
    """Addresses other than the web's and mail's stay text."""
    _project(story, _back("[a](javascript:alert(1)) [b](https://orla.example/?x=1&y=2)"))
    story.run("build")
    anki = learner()
    anki.import_package(story.root / "decks/orla.apkg")

    assert re.findall(r'href="([^"]*)"', anki.sides()[0][3]) == ["https://orla.example/?x=1&amp;y=2"]


def test_no_field_has_a_name_that_anki_changes_or_reserves() -> None:
    """Anki drops some characters of names, and fills FrontSide, Tags, Deck and Card itself."""
    reserved = {"FrontSide", "Tags", "Deck", "Subdeck", "Card", "CardFlag", "Type", "CardID"}
    for names in FIELDS.values():
        assert all(re.fullmatch(r"[A-Z][A-Za-z0-9]*", name) for name in names)
        assert len({name.casefold() for name in names}) == len(names)
        assert not reserved & set(names)


def test_deck_names_are_those_of_anki(story: Story, learner: Callable[[], Learner]) -> None:
    """Invariant 25: eleven levels arrive as named; cards that a learner moved stay where they are; the rest is refused."""
    for bad in ("A::", "::A", "A::::B", "Default", "default::A", "A ::B", 'A "B"', "12", "::".join("abcdefghijk")):
        _project(story, _back("A light."), _deck(bad))
        assert "decks/orla.yaml:1:7: error[CW501]" in story.run("build").err
    name = "::".join(["Orla ä", "a & b", "[c]", "d,e", "f;g", "😀", "שלום", "i", "j", "k"])
    _project(story, _back("A light."), _deck(name))
    assert story.run("build").code == 0
    anki = learner()
    anki.import_package(story.root / "decks/orla.apkg")
    collection = anki.collection
    names = {each.name for each in collection.decks.all_names_and_ids()}
    assert f"{name}::Harbour" in names
    assert len(names) == 12
    own = collection.decks.id("My own deck")
    assert own is not None
    collection.set_deck(list(collection.find_cards("")), own)
    _project(story, _back("A red light."), _deck(name))
    assert story.run("build").code == 0

    log = anki.import_package(story.root / "decks/orla.apkg")

    assert len(log["updated"]) == 1
    assert [note[3] for note in anki.notes().values()] == [((0, "My own deck"),)]


def test_decks_whose_names_differ_in_case_are_refused(story: Story) -> None:
    """Anki would give the second one another name."""
    _project(story, _back("A light."))
    story.write("cards/other.yaml", "title: Other\ncards:\n  - id: b\n    front: B?\n    back: b\n")
    story.write("decks/other.yaml", "name: orla\ncards: [other]\n")

    said = story.run("build")

    assert said.code == 1
    assert "decks/other.yaml:1:7: error[CW507]" in said.err


def test_a_question_of_two_files_in_one_package_is_warned_of_once(story: Story) -> None:
    """Two files, or two clozes of one file; two packages that share the files do not say it twice."""
    _project(story, _back("a") + "  - id: c\n    cloze: A {{c1::b}}.\n  - id: d\n    cloze: A {{c1::b}}.\n")
    story.write(
        "cards/other.yaml",
        "title: Other\ncards:\n  - id: e\n    front: what is on the **pier** of Orla?\n    back: b\n",
    )
    for stem in ("orla", "more"):
        story.write(f"decks/{stem}.yaml", "name: Orla\ncards: [harbour, other]\n")

    said = story.run("build")

    assert said.code == 0
    assert re.findall(r"(?m)^(\S+): warning\[CW527\]", said.err) == ["cards/harbour.yaml:9:12", "cards/other.yaml:4:12"]
    for stem in ("orla", "more"):
        story.write(f"decks/{stem}.yaml", f"name: Orla\ncards: [{'harbour' if stem == 'orla' else 'other'}]\n")
    assert story.run("check").err.count("CW527") == 1
