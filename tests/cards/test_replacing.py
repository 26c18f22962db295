"""Putting another text in the place of one value, byte for byte as a person would."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cards.strategies import WORDS
from cardwright.cards.replace import replace_scalar, replace_scalars
from cardwright.cards.words import normal
from cardwright.files import TextFile
from cardwright.yamltext import Mapping, Node, Scalar, Sequence, parse


def _file(text: str) -> TextFile:
    return TextFile("cards/kiosk.yaml", text, "")


def _scalars(node: Node | None) -> list[Scalar]:
    """Every value of a file in its order."""
    if isinstance(node, Scalar):
        return [node]
    inside = node.entries.values() if isinstance(node, Mapping) else node.items if isinstance(node, Sequence) else ()
    return [each for one in inside for each in _scalars(one)]


def _values(text: str) -> list[str]:
    root, problems = parse(_file(text))
    assert not problems, problems
    return [normal(each.value) for each in _scalars(root)]


# (the file, which of its values, the new text, the file after)
CASES = {
    "plain": ("a: old # note\nb: x\n", 0, "new", "a: new # note\nb: x\n"),
    "plain that must be quoted": ("a: old # note\nb: x\n", 0, "new: it", "a: 'new: it' # note\nb: x\n"),
    "plain over two lines": ("a: old\n  words # note\nb: x\n", 0, "new", "a: new # note\nb: x\n"),
    "single quotes": ("a: 'old'\nb: x\n", 0, "it's", "a: 'it''s'\nb: x\n"),
    "double quotes": ('a: "o\\u006cd" # n\n', 0, 'a "b" \\', 'a: "a \\"b\\" \\\\" # n\n'),
    "several lines for double quotes": ('a: "old"\n', 0, "one\ntwo", "a: |-\n  one\n  two\n"),
    "several lines that were in double quotes": (
        'a: "old\\n- x" # n\nb: x\n',
        0,
        "one\n- y",
        'a: "one\\n- y" # n\nb: x\n',
    ),
    "double quotes over two lines": ('a: "old\n\n  x"\nb: x\n', 0, "one\n- y", "a: |-\n  one\n  - y\nb: x\n"),
    "an anchor": ("a: &x old # n\n", 0, "new", "a: &x new # n\n"),
    "an anchor with its value below": ("a: &x # n\n  old\nb: x\n", 0, "new", "a: &x # n\n  new\nb: x\n"),
    "an anchor without a value": ("a: &x\nb: x\n", 0, "new", "a: &x new\nb: x\n"),
    "nothing": ("a: # n\nb: x\n", 0, "new", "a: new # n\nb: x\n"),
    "nothing at the end": ("b: x\na:", 1, "new", "b: x\na: new"),
    "brackets": ("a: [x, old, z]\n", 1, "new, it", "a: [x, 'new, it', z]\n"),
    "braces without spaces": ('{"a":old,"b":x}\n', 0, "new", '{"a":new,"b":x}\n'),
    "several lines in brackets": ("a: [x, old]\n", 1, "one\ntwo", 'a: [x, "one\\ntwo"]\n'),
    "a comma outside of brackets": ("a: old\n", 0, "new, it", "a: new, it\n"),
    "several lines for one": ("a: old # n\nb: x\n", 0, "one\n\n  two", "a: |- # n\n  one\n\n    two\nb: x\n"),
    "several lines in a card": (
        "cards:\n  - id: x\n    b: old\n",
        1,
        "one\ntwo",
        "cards:\n  - id: x\n    b: |-\n      one\n      two\n",
    ),
    "several lines in a list": ("t:\n- old\n- x\n", 0, "one\ntwo", "t:\n- |-\n  one\n  two\n- x\n"),
    "a block": (
        "a: |  # n\n   old\n\n   text\n\n# c\nb: x\n",
        0,
        "one\ntwo",
        "a: |  # n\n   one\n   two\n\n# c\nb: x\n",
    ),
    "a block with an indicator": ("a: |2-\n   old\nb: x\n", 0, "one\ntwo", "a: |-\n   one\n   two\nb: x\n"),
    "a folded block, one line": ("a: >-\n  old\n  text\nb: x\n", 0, "new", "a: >-\n  new\nb: x\n"),
    "a folded block, several": ("a: >-\n  old\n  text\nb: x\n", 0, "one\ntwo", "a: |-\n  one\n  two\nb: x\n"),
    "a block that keeps its end": ("a: |+\n  old\n\nb: x\n", 0, "new", "a: |+\n  new\n\nb: x\n"),
    "an empty block": ("a: |\nb: x\n", 0, "new", "a: |\n  new\nb: x\n"),
    "a block at the end": ("b: x\na: |\n  old", 1, "new", "b: x\na: |\n  new"),
    "a block emptied": ("a: | # n\n  old\nb: x\n", 0, "", "a: '' # n\nb: x\n"),
    "line ends of Windows": ("a: |\r\n  old\r\nb: x\r\n", 0, "one\ntwo", "a: |\r\n  one\r\n  two\r\nb: x\r\n"),
    "a new block on Windows": ("a: old\r\nb: x\r\n", 0, "one\ntwo", "a: |-\r\n  one\r\n  two\r\nb: x\r\n"),
    "unseen characters": ("a: old\n", 0, "a\u2028b", 'a: "a\\u2028b"\n'),
}


@pytest.mark.parametrize(("before", "which", "text", "after"), CASES.values(), ids=CASES)
def test_only_the_value_changes(before: str, which: int, text: str, after: str) -> None:
    """The style stays where the text can stand in it; comments, blank lines and line ends stay."""
    root, _ = parse(_file(before))
    values = _values(before)

    written = replace_scalar(_file(before), _scalars(root)[which], text)

    assert written == after
    assert _values(written) == [*values[:which], text, *values[which + 1 :]]


def test_several_values_at_once() -> None:
    """Their order does not matter, and each lands in its own place."""
    file = _file("a: one\nb: 'two'\nc: [three, four]\n")
    one, two, three, _ = _scalars(parse(file)[0])

    assert replace_scalars(file, [(three, "3, 3"), (one, "1st"), (two, "2")]) == "a: 1st\nb: '2'\nc: ['3, 3', four]\n"


_STYLES = (
    "x: 1\na: old # n\n# c\nb: z\n",
    "x: 1\na:\nb: z\n",
    "x: 1\na: 'old'\nb: z\n",
    'x: 1\na: "old"\nb: z\n',
    'x: 1\na: "o\\n- l"\nb: z\n',
    "x: 1\na: |\n  old\n\n# c\nb: z\n",
    "x: 1\r\na: >-  # n\r\n    old\r\n    text\r\nb: z\r\n",
    "x: 1\na: |+2\n   old\n\nb: z\n",
    "[1, old, z]",
    "{x: 1, a: 'old', b: z}",
    "- 1\n- &n old\n- z\n",
    "- 1\n-\n  - |-\n   old\n- z",
    "- x: 1\n  a: old\n  words\n- z\n".replace("  words", "   words"),
)


@settings(deadline=None, max_examples=400)
@given(st.sampled_from(_STYLES), WORDS | st.text(max_size=12).map(normal))
def test_any_text_reads_back_as_itself(before: str, text: str) -> None:
    """Whatever the text and the style, its neighbours are read as before and the text as it is."""
    root, _ = parse(_file(before))

    written = replace_scalar(_file(before), _scalars(root)[1], text)

    assert _values(written) == ["1", text, "z"]
