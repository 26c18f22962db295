"""What YAML cuts or eats gets a message with its place and the line to write instead."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from cardwright.files import TextFile
from cardwright.yamltext import Mapping, Scalar, Sequence, parse

# (what a person writes, the value as it should be written, the column of the place)
TRAPS = {
    "a blank and a number sign": ("Where is stop #4 now?", "'Where is stop #4 now?'", 19),
    "a number sign first": ("#1 of the trams?", "'#1 of the trams?'", 5),
    "an exclamation mark first": ("!x marks the stop", "'!x marks the stop'", 5),
    "three exclamation marks": ("!!! means stop", "'!!! means stop'", 5),
    "a picture first": ("![map](map.png) shows", "'![map](map.png) shows'", 6),
    "a colon and a blank": ("Night tram: when?", "'Night tram: when?'", 15),
    "a colon last": ("It goes as follows:", "'It goes as follows:'", 23),
    "bold first": ("**Bold** start of it", "'**Bold** start of it'", 6),
    "an asterisk first": ("* is a star", "'* is a star'", 6),
    "one word after an asterisk": ("*note", "'*note'", 5),
    "a gap first": ("{{c1::Six}} lines meet", "'{{c1::Six}} lines meet'", 5),
    "a gap alone": ("{{c1::Six lines}}", "'{{c1::Six lines}}'", 5),
    "two gaps with a comma": ("{{c1::a, b}} and {{c2::c}}", "'{{c1::a, b}} and {{c2::c}}'", 5),
    "a backtick first": ("`ls -l` lists what?", "'`ls -l` lists what?'", 5),
    "a quotation first": ('"Depot" means what?', "'\"Depot\" means what?'", 13),
    "a quotation never closed": ('"Depot means what?', "'\"Depot means what?'", 5),
    "an apostrophe in single quotes": ("'What's Halle 3?'", "'What''s Halle 3?'", 11),
    "an apostrophe first": ("'tis the depot", "'''tis the depot'", 5),
    "two quotations": ("'a' and 'b'", "'''a'' and ''b'''", 9),
    "a bracket first": ("[Map] What is red?", "'[Map] What is red?'", 5),
    "a link first": ("[map](a.html) of it", "'[map](a.html) of it'", 5),
    "a brace first": ("{x} of the set", "'{x} of the set'", 5),
    "a greater-than sign first": ("> 5 lines?", "'> 5 lines?'", 7),
    "a bar first": ("|x| is what?", "'|x| is what?'", 6),
    "an at sign first": ("@night, what runs?", "'@night, what runs?'", 5),
    "a percent sign first": ("%s means what?", "'%s means what?'", 5),
    "a hyphen and a blank first": ("- what is meant?", "'- what is meant?'", 5),
    "a question mark and a blank first": ("? what is meant", "'? what is meant'", 5),
    "an ampersand of HTML": ("&amp; is what?", "'&amp; is what?'", 9),
    "a backslash in double quotes": ('"a \\q b"', "'a \\q b'", 8),
}


@pytest.mark.parametrize("case", TRAPS)
def test_a_trap_shows_the_line_to_write(case: str) -> None:
    """One message, at the place, with the line itself; that line says what the person wrote."""
    wrong, right, column = TRAPS[case]
    node, found = parse(TextFile("a.yaml", f"id: a\nk: {wrong}\nlast: end\n", ""))

    assert [(each.code[:3], each.span.line, each.span.column) for each in found] == [("CW2", 2, column - 1)]
    assert f"write: k: {right}" in found[0].help
    meant = yaml.safe_load(f"k: {right}")["k"]
    assert isinstance(node, Mapping)
    assert {key: value.value for key, value in node.entries.items() if isinstance(value, Scalar)} == {
        "id": "a",
        "k": meant,
        "last": "end",
    }


@pytest.mark.parametrize("case", TRAPS)
def test_a_trap_in_a_list_is_mended_too(case: str) -> None:
    """An entry behind a hyphen has no key; it is quoted all the same."""
    wrong, right, _ = TRAPS[case]
    if wrong.startswith(("- ", "? ")) or wrong.rstrip(":") != wrong or "tram: " in wrong:
        pytest.skip("behind a hyphen this is YAML that the shape of the file refuses")

    _, found = parse(TextFile("a.yaml", f"k:\n  - {wrong}\n  - end\n", ""))

    assert len(found) == 1
    assert f"write: - {right}" in found[0].help


def test_every_trap_of_a_file_is_told_of_in_one_run() -> None:
    """Reading goes on behind each, and places further down are those of the file."""
    # a quotation that is never closed takes all up to the next quote with it
    told = [wrong for wrong, _, _ in TRAPS.values() if wrong not in ('"Depot means what?', "'tis the depot")]
    lines = [f"k{at}: {wrong}" for at, wrong in enumerate(told)]
    text = "\n".join([*lines, "last: [a, b]"])

    node, found = parse(TextFile("a.yaml", text, ""))

    assert sorted(each.span.line for each in found) == [*range(1, len(lines) + 1)]
    assert isinstance(node, Mapping)
    last = node.entries["last"]
    assert isinstance(last, Sequence)
    assert text[last.start : last.end] == "[a, b]"
    assert [text[each.start : each.end] for each in last.items] == ["a", "b"]


@pytest.mark.parametrize(
    ("text", "line", "way_out"),
    [
        ("a: it goes on: and\n  on here\nb: x\n", 1, "write: a: 'it goes on: and on here'"),
        ("a: it goes\n  on: and on\nb: x\n", 2, "write: a: 'it goes on: and on'"),
        ("a: is #1 of\n  the lines\nb: x\n", 1, "write: a: 'is #1 of the lines'"),
        ("a: x: y  # why\nb: x\n", 1, "write: a: 'x: y'  # why"),
        ("l: [one, @two, three]\n", 1, "write: l: [one, '@two', three]"),
        ("l: [one, {{c1::x}} y]\nb: x\n", 1, "write: l: [one, '{{c1::x}} y']"),
        ("l: [one, two\nb: x\n", 1, "close it with ']'; if a text is meant, write: l: '[one, two'"),
        ("a: x\nb:word\nc: y\n", 2, "write: b: word"),
        ("a: x\n\tb: y\n", 2, "indent with spaces"),
        ("a: x\r\nb: @y\r\nc: z\r\n", 2, "write: b: '@y'"),
        ("a: " + "x" * 300 + ": y\n", 1, "put the whole value in single quotes"),
    ],
)
def test_other_places_of_a_trap(text: str, line: int, way_out: str) -> None:
    """Values over several lines, comments behind, lists in brackets, line ends of Windows, very long values."""
    _, found = parse(TextFile("a.yaml", text, ""))

    assert [each.span.line for each in found] == [line]
    assert way_out in found[0].help


def test_what_cannot_be_mended_ends_the_reading() -> None:
    """What stands above it is told of all the same, and there is nothing to read."""
    node, found = parse(TextFile("a.yaml", "a: @x\nl: [one\nb: y\n", ""))

    assert node is None
    assert [each.span.line for each in found] == [1, 2]


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["a: ", "  b: ", "- ", "  - c: ", "", "\t"]),
            st.text(alphabet="ab1 #!:*{}[]`\"'>|@%-?&,\\é\u2028\r", max_size=12),
        ),
        max_size=8,
    )
)
def test_any_text_gives_a_tree_or_messages(lines: list[tuple[str, str]]) -> None:
    """Nothing is raised, every place is in the file, and every message has a way out."""
    text = "\n".join(start + rest for start, rest in lines)

    node, found = parse(TextFile("a.yaml", text, ""))

    assert node is None or 0 <= node.start <= node.end <= len(text)
    assert all(each.help and each.span.line >= 1 for each in found)


def test_a_colon_behind_a_bracket_that_is_shut_quotes_the_whole_value() -> None:
    """Inside brackets one entry would be quoted; behind them it is the text that has the colon."""
    _, found = parse(TextFile("a.yaml", "k: {x}: what is it?\n", ""))

    assert [each.help for each in found] == ["write: k: '{x}: what is it?'"]
