"""Many texts searched at once: the answer must be that of asking each by itself."""

from __future__ import annotations

from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st

from cardwright.commands import gather
from cardwright.rules.lines import Lines
from cardwright.rules.patterns import Found, Pattern, compiled
from cardwright.settings import find

REPOSITORY = Path(__file__).parents[2]
# Anchors of a whole text, classes that a line's end is in, anchors, empty matches, and case.
TRICKY = (
    r"\Aa",
    r"b\z",
    "(?-m)a$",
    "(?i-m:^a)",
    r"[^a]\z",
    r"a\C",
    "[^.]{3,}",
    "^a",
    "a$",
    "^$",
    "",
    r"\ba",
    "a[^b]+b",
    "(?-i:A)",
    "(?:a|b)*$",
    "^[^.!?]+[.!] .+$",
    "é",
    "(?P<one>é*)(?P<two>[^a])",
    "(?P<one>“)?(?P<two>[^”]+)”?$",
)


def patterns_of(*sources: str) -> list[Pattern]:
    """Patterns that compile."""
    return [pattern for source in sources if (pattern := compiled(source)[0]) is not None]


def shipped() -> list[Pattern]:
    """The `match` of every rule of this repository."""
    settings, _ = find(REPOSITORY)
    assert settings is not None
    ruling, _ = gather.ruling(settings)
    return [rule.match for rule in ruling.book.rules if rule.match is not None]


def spans_of(found: Found, pattern: Pattern) -> list[tuple[int, int]]:
    """Where the whole and each named group stand."""
    return [found.span(number) for number in (0, *pattern.numbers)]


def at_once(texts: list[str], pattern: Pattern) -> list[tuple[int, list[tuple[int, int]]]]:
    """What is found in all texts together."""
    return [(at, spans_of(found, pattern)) for at, found in Lines(texts).matching(pattern)]


def one_by_one(texts: list[str], pattern: Pattern) -> list[tuple[int, list[tuple[int, int]]]]:
    """What is found in each text by itself."""
    asked = [(at, pattern.search(text)) for at, text in enumerate(texts)]
    return [(at, spans_of(found, pattern)) for at, found in asked if found is not None]


TEXTS = st.lists(st.text(st.sampled_from("aAbB .!?:é“”–1"), max_size=12), max_size=6)
SENTENCES = st.lists(
    st.sampled_from(
        [
            "The process takes about three weeks.",
            "It begins with a call, followed by a trial day.",
            "Unlike fish glue, hide glue has to be warmed before use",
            "“Open Bench”, the free hour every Friday:",
            "You must not hurry, but take your time.",
            "",
            "Glue",
        ]
    ),
    max_size=6,
)


@given(TEXTS, st.sampled_from(patterns_of(*TRICKY)))
@example(["aé", "b"], patterns_of(r"a\C")[0])
def test_what_is_found_is_what_each_text_by_itself_gives(texts: list[str], pattern: Pattern) -> None:
    """Line ends change nothing, whatever a pattern may run over."""
    assert at_once(texts, pattern) == one_by_one(texts, pattern)


@given(SENTENCES, st.sampled_from(shipped()))
def test_shipped_patterns_find_the_same_in_all_sentences_at_once(texts: list[str], pattern: Pattern) -> None:
    """So it is with the patterns that matter."""
    assert at_once(texts, pattern) == one_by_one(texts, pattern)
