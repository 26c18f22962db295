"""Cloze fields as Anki's real backend reads them, and what is wrong in a field."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from anki.collection import Collection
from anki.notes import Note
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cardwright.diagnostics import CODES
from cardwright.markup import (
    cloze_answers,
    cloze_blank,
    cloze_numbers,
    cloze_problems,
    cloze_to_html,
    field_problems,
    html_text,
    to_html,
    to_plain,
)


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collection]:
    """An empty collection of the real backend."""
    opened = Collection(str(Path(tmp_path_factory.mktemp("anki")) / "collection.anki2"))
    yield opened
    opened.close()


def cloze_note(collection: Collection, field: str) -> Note:
    """A new cloze note that holds this HTML, not added yet."""
    kind = collection.models.by_name("Cloze")
    assert kind is not None
    note = collection.new_note(kind)
    note["Text"] = field
    return note


CLOZES = [
    "{{c1::a}}",
    "{{c1::a::hint}} b",
    "{{c1::a}} {{c2::b}} {{c1::c}}",
    "{{c2::a}}",
    "{{c1::a {{c2::b}}}}",
    "{{c1::a {{c2::b {{c3::c}}}}}} d",
    "{{c1::{{c2::a}}{{c3::b}}}}",
    "{{c1,2::a}}",
    "{{c3,1,3::a}}",
    "{{c1,::a}}",
    "{{c,1::a}}",
    "{{c01::a}}",
    "{{c0,1::a}}",
    "{{c499::a}}",
    "{{{c1::a}}}",
    "}}{{c1::a}}",
    "{{c1::a}}}}",
    "{{x}} {{c1::a}} {{/x}}",
    "{{c1:a}} {{c2::b}}",
    "{{C1::a}} {{c2::b}}",
    "{{c 1::a}} {{c2::b}}",
    "{{c١::a}} {{c2::b}}",
    "{{c1::a::b::c}}",
    "{{c1::a {{c2::b::h}} c::d}}",
    "{{c99999::a}} {{c1::b}}",
    "{{c1::" * 12 + "x" + "}}" * 12,
    "".join(f"{{{{c{number}::" for number in range(1, 13)) + "x" + "}}" * 12,
    "{{c1::List<String>}} & {{c2::x}}",
    "{{c1::*a*}} **{{c2::b}}**",
    "**a {{c1::b** c}}",
    "{{c1::$e^{x^{2}}$}}",
    "$x^{ {{c1::2}} }$",
    "$\\frac{a}{{{c2::b}}}$",
    "{{c1::\\(\\frac{a}{{b}}\\)}} {{c2::c}}",
    "{{c1::`{{x}}`}} {{c2::y}}",
    "`SELECT {{c1::x}} FROM {{c2::y}}`",
    "`a::b` {{c1::`std::x`}}",
    "```python\ndef {{c1::f}}(x):\n    return {'a': {1: {{c2::2}}}}\n```",
    "- {{c1::a}}\n- {{c2::b}}",
    "| a | b |\n|---|---|\n| {{c1::c}} | {{c2::d}} |",
    "{{c1::\n- a\n- b\n}}",
    "{{c1::a\n\nb}} {{c2::c}}",
    "{{c1::[a](https://example.org/x::y)}}",
    "{{c1::![{{c2::a}}](a.png)}}",
    "{{c1::a::sound:x.mp3}}",
    "\\{{c1::a}} {{c2::b}}",
    "{{`c1`:: *{*{c1::a}} {{c2::b}*}* c}}",
    "{{![c1](a.png)::a}} {{c2::b}}",
    "{{c1::$5}} to {{c2::$6}}",
    "{{c1::ענן}} 👩‍🚀 {{c2::🚀}}",
]


@pytest.mark.parametrize("text", CLOZES)
def test_review_cards_are_those_that_anki_makes(collection: Collection, text: str) -> None:
    """Adding the rendered field to a collection makes exactly the cards that were foretold, and they show well."""
    note = cloze_note(collection, cloze_to_html(text))
    collection.add_note(note, collection.decks.id_for_name("Default"))  # type: ignore[arg-type]

    made = [card.ord + 1 for card in note.cards()]
    shown = [page.partition("</style>")[2] for card in note.cards() for page in (card.question(), card.answer())]

    assert sorted(made) == list(cloze_numbers(text))
    for page in shown:
        assert 'class="cloze"' in page or "\\(" in page  # in math, Anki leaves the element out
        assert "[anki:play" not in page
        for tag in ("em", "strong", "code", "pre", "ul", "li", "p", "td", "tr", "a", "span"):
            visible = re.sub(r'"[^"]*"', '""', page)
            assert len(re.findall(rf"<{tag}\b", visible)) == visible.count(f"</{tag}>")


WORDS = r"""a b c :: } { }} {{ {{c1:: {{c0:: * **d** $x$ $x^{2}$ `e` ` $ \ < | , `{{f}}` $a^{b^{c}}$ \( \) ~~~ [g](http://h)
![i::](j.png)"""
GRAMMAR = st.recursive(
    st.sampled_from([*WORDS.split(), " ", "\n", "\n- ", "```\n"]),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map("".join),
        st.tuples(st.sampled_from(["1", "2", "3", "1,2", "0", "12", "600", ""]), inner).map(
            "{{{{c{0[0]}::{0[1]}}}}}".format
        ),
        st.tuples(st.sampled_from(["1", "2", "7,8"]), inner, inner).map("{{{{c{0[0]}::{0[1]}::{0[2]}}}}}".format),
        inner.map("`{}`".format),
        inner.map("${}$".format),
        inner.map("**{}**".format),
        inner.map("```python\n{}\n```\n".format),
    ),
    max_leaves=12,
)


@settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=GRAMMAR)
@example(text="`{{c1::`}`}}` {{c2::a}}")
@example(text="{{`c1`::a}} {{c2::b}*}*")
def test_numbers_are_those_that_anki_reads(collection: Collection, text: str) -> None:
    """However deletions nest with code, math and emphasis, the numbers are Anki's own."""
    read = sorted(cloze_note(collection, cloze_to_html(text)).cloze_numbers_in_fields())

    packed = sorted(cloze_note(collection, cloze_to_html(text, lambda _: "x.png")).cloze_numbers_in_fields())

    assert list(cloze_numbers(text)) == read == packed
    assert list(cloze_answers(text)) == read


@settings(max_examples=300, deadline=None)
@given(text=GRAMMAR)
def test_a_field_without_problems_has_cards_with_answers(text: str) -> None:
    """Where no error is reported there is at least one card, numbered from 1 to 499, and none hides nothing."""
    if not any(problem.severity == "error" for problem in cloze_problems(text)):
        assert cloze_numbers(text)
        assert all(1 <= number <= 499 for number in cloze_numbers(text))
        assert all(cloze_answers(text).values())


@settings(max_examples=300, deadline=None)
@given(text=GRAMMAR)
def test_problems_stand_inside_the_field_and_have_known_codes(text: str) -> None:
    """Every problem points into the text, says the way out, and its code is in the list of codes."""
    for problem in [*cloze_problems(text), *field_problems(text)]:
        assert 0 <= problem.start <= problem.end <= len(text)
        assert problem.code in CODES
        assert problem.message
        assert problem.help


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("{{c1::a}} {{c2::b}} {{c1::c}}", {1: "a; c", 2: "b"}),
        ("{{c1::six **weeks**::time}}", {1: "six weeks"}),
        ("{{c1::a {{c2::b}} c}}", {1: "a b c", 2: "b"}),
        ("{{c2,1::x}}", {1: "x", 2: "x"}),
        ("{{c1::$e^{x^{2}}$}}", {1: "$e^{x^{2}}$"}),
        ("{{c1::`std::vector`}}", {1: "std::vector"}),
        ("{{c1::a < b & c}}", {1: "a < b & c"}),
        ("none", {}),
    ],
)
def test_answers_are_the_visible_text_of_deletions(text: str, answers: dict[int, str]) -> None:
    """A number's answers are plain text, joined."""
    assert cloze_answers(text) == answers


CLOZE_PROBLEMS = [
    ("nothing", "CW710", "nothing"),
    ("", "CW710", ""),
    ("a {{c0::b}}", "CW711", "0"),
    ("a {{c500::b}}", "CW712", "500"),
    ("a {{c99999999999999999999::b}}", "CW712", "99999999999999999999"),
    ("a {{c,::b}}", "CW712", ","),
    ("a {{c1::}} b", "CW713", "{{c1::}}"),
    ("a {{c1:: ::hint}} b", "CW713", "{{c1:: ::hint}}"),
    ("a {{c1::b", "CW714", "{{c1::"),
    ("a {{c1::b {{c2::c}}", "CW714", "{{c1::"),
    ("a {{C1::b}}", "CW714", "{{C1::"),
    ("a {{c1:b}}", "CW714", "{{c1:"),
    ("a {{ c1 :: b}}", "CW714", "{{ c1 ::"),
    ("a {{c1::\\frac{b}{c}}}", "CW715", "}}"),
    ("a {{c1::\\frac{b}{c}}} and {{c2::\\frac{d}{e} }}", "CW715", "}}"),
    ("a {{c1::$x^{2}}$", "CW715", "}}"),
    ("**a {{c1::b** c}}", "CW716", "{{c1::b** c}}"),
    ("{{c1::\n- a\n- b\n}}", "CW716", "{{c1::\n- a\n- b\n}}"),
    ("{{c1::" * 11 + "a" + "}}" * 11, "CW717", "{{c1::"),
]


@pytest.mark.parametrize(("text", "code", "place"), CLOZE_PROBLEMS, ids=lambda value: repr(value)[:40])
def test_a_broken_cloze_is_reported_at_its_place(text: str, code: str, place: str) -> None:
    """One problem, with its code, and the offsets of what is meant."""
    problems = cloze_problems(text)

    assert [(problem.code, text[problem.start : problem.end]) for problem in problems] == [(code, place)]


@pytest.mark.parametrize(
    "text",
    [
        "{{c1::a}}",
        "{{c1::$e^{x^{2}}$}} and {{c2::`{{x}}`}}",
        "{{c1::{}} and {{x}}",
        "`{{x}}` {{c1::a}}",
        "- {{c1::a}}\n- {{c2::b}}",
        "$x^{ {{c1::2}} }$",
        "{{c1::\\frac{a}{b} }}",
    ],
)
def test_a_sound_cloze_has_no_problem(text: str) -> None:
    """Braces that pair up, code and math are fine."""
    assert cloze_problems(text) == []


FIELD_PROBLEMS = [
    ("a\x1fb", "CW701", "\x1f", "error"),
    ("a\x00", "CW701", "\x00", "error"),
    ("a\x85b", "CW701", "\x85", "error"),
    ("a\ud800b", "CW702", "\ud800", "error"),
    ("a\ufdd0b", "CW702", "\ufdd0", "error"),
    ("a \u202eb", "CW703", "\u202e", "error"),
    ("a \u2067b\u202c", "CW703", "\u2067", "error"),
    ("a \u2067b\n\nc\u2069", "CW703", "\u2067", "error"),
    ("\u2069", "CW703", "\u2069", "error"),
    ("so $ x^2 $", "CW704", "$", "warning"),
    ("so $\\frac{a}{b$", "CW704", "$", "warning"),
    ("so \\(\\frac{a}{b}", "CW704", "\\(", "warning"),
    ("say {{c1::x}}", "CW705", "{{c1::", "warning"),
    ("[a](javascript:x)", "CW706", "javascript:x", "warning"),
    ("[a](www.example.org/x)", "CW706", "www.example.org/x", "warning"),
    ("![a](https://example.org/x.png)", "CW707", "https://example.org/x.png", "error"),
    ("![a](data:image/png;base64,x)", "CW707", "data:image/png;base64,x", "error"),
    ("[" * 3000, "", "", ""),
    ("*" + "[" * 3000, "CW708", "*" + "[" * 3000, "warning"),
    ("plain, $5 and $6, \\*, a < b\ttab\nline", "", "", ""),
    ("\u2067שלום\u2069 and \u202aabc\u202c", "CW709", "\u2067", "warning"),
    ("a\u200bb", "CW709", "\u200b", "warning"),
    ("می\u200cخواهم 👩\u200d🚀 Donau\u00addampfer", "", "", ""),
    ("`{{c1::x}} $ x^2 $ [a](javascript:x) ![](http://x/y.png)`", "", "", ""),
    ("[a](https://example.org) f[x](y) ![b](b.png)", "", "", ""),
    ("$x^2$ costs $5", "", "", ""),
    ("", "", "", ""),
]


@pytest.mark.parametrize(("text", "code", "place", "severity"), FIELD_PROBLEMS, ids=lambda value: ascii(value)[:40])
def test_a_fields_problem_is_reported_at_its_place(text: str, code: str, place: str, severity: str) -> None:
    """The first problem of each field; sound fields have none."""
    found = [(problem.code, text[problem.start : problem.end], problem.severity) for problem in field_problems(text)]

    assert found[:1] == ([(code, place, severity)] if code else [])


def test_a_cloze_field_may_hold_clozes() -> None:
    """The warning is for basic fields."""
    assert field_problems("{{c1::x}}", cloze=True) == []


ENDLESS = {
    "asterisks": "*" * 100_000,
    "brackets": "[" * 100_000,
    "brackets within the bound": "*" + "[*" * 2_000,
    "links that do not end": "[a](" * 25_000,
    "dollars": "$" * 100_000,
    "math that does not end": "$a " * 33_000,
    "brackets of math": "\\(" * 50_000,
    "backticks": "`" * 100_000,
    "backticks of all lengths": " ".join("`" * length for length in range(1, 440)),
    "clozes": "{{c1::" * 10_000,
    "tags": "<" * 100_000,
    "comments": "<!--" * 25_000,
    "backslashes": "\\" * 100_000,
    "underscores": "*a_" * 33_000,
    "braces": "`" + "{{c1::{" * 14_000 + "`",
    "nested lists": "- " * 50_000,
    "list items": "- a\n" * 25_000,
    "spaces": "*a" + " " * 100_000 + "b*",
    "images": "![](a " * 16_000,
    "quotes of code": "```python\n" + '"' * 90_000,
}


@pytest.mark.parametrize("size", [100_000, 20_000])
@pytest.mark.parametrize("name", ENDLESS)
def test_no_text_hangs_a_build(name: str, size: int) -> None:
    """Every function comes back for text made to be slow, whether it is within the bound for Markdown or beyond."""
    text = ENDLESS[name][:size]

    assert to_html(text)
    assert to_plain(text) is not None
    assert cloze_to_html(text)
    assert html_text(text) is not None
    assert cloze_blank(text) is not None
    assert cloze_numbers(text) == ()
    assert cloze_problems(text)
    assert isinstance(field_problems(text), list)
