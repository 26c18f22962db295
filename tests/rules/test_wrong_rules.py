"""What is wrong in rule files, and what the messages say of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_regressions.file_regression import FileRegressionFixture

from cardwright.diagnostics import Diagnostic
from cardwright.files import TextFile
from cardwright.model import Document
from cardwright.rules import RuleBook, check_examples, load_glossary, load_rules, propose

WRONG = sorted((Path(__file__).parents[1] / "data" / "rules" / "wrong").glob("*.yaml"))


def _told(problems: list[Diagnostic]) -> str:
    lines = []
    for each in problems:
        lines += [f"{each.span}: {each.severity}[{each.code}]: {each.message}", f"  help: {each.help}"]
        lines += [f"  {other.span}: {other.note}" for other in each.related]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("file", WRONG, ids=lambda file: file.stem)
def test_a_wrong_file_is_told_of_with_places_and_ways_out(file: Path, file_regression: FileRegressionFixture) -> None:
    """All problems of a file come at once; the expected messages lie beside the file."""
    text = TextFile(f"rules/{file.name}", file.read_text(encoding="utf-8"), "")
    problems = load_glossary(text)[1] if "glossary" in file.name else load_rules([text], ["stages", "tips"])[1]

    assert problems
    file_regression.check(_told(problems), fullpath=file.with_suffix(".txt"), encoding="utf-8", newline="\n")


def test_two_rules_of_one_name_in_two_files_are_told_of() -> None:
    """Names are known in the whole project."""
    rule = "rules:\n  - name: same\n    select: p\n    front: What?\n    back: '{text}'\n"
    files = [TextFile(f"rules/{name}.yaml", f"into: {name}\n{rule}", "") for name in ("one", "two")]

    problems = load_rules(files)[1]

    assert [(each.code, str(each.span), str(each.related[0].span)) for each in problems] == [
        ("CW302", "rules/two.yaml:3:11", "rules/one.yaml:3:11")
    ]


def test_examples_that_do_not_hold_are_told_of(
    load: Callable[..., tuple[RuleBook, list[Diagnostic]]], document: Callable[[str], Document]
) -> None:
    """A `try` without a card and a `not` with one are errors at the example."""
    book, _ = load(
        """
        name: tools
        kind: tips
        select: p
        match: '^a saw'
        front: 'What?'
        back: '{text}'
        try: ['A saw cuts.', 'A plane shaves.']
        not: ['A plane shaves.', 'A saw is sharp.']
        """
    )
    kinds = []

    def read(text: str, kind: str) -> Document:
        kinds.append(kind)
        return document(f"<p data-kind='{kind}'>{text}</p>")

    problems = check_examples(book, read)

    assert [(each.code, each.span.line, each.span.column) for each in problems] == [("CW310", 9, 26), ("CW311", 10, 30)]
    assert "What? / A saw is sharp." in problems[1].help
    assert set(kinds) == {"tips"}


_LINES = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "into: x",
                "rules:",
                "  - name: a",
                "    select: li:has(> dfn)",
                "    select: ':is('",
                "    match: '(?P<a>.)'",
                "    front: '{a}[ {dfn}]'",
                "    back: '{text|short'",
                "    cloze: '{sentence}'",
                "    hide: [a]",
                "    each: sentence",
                "    join: 2",
                "    when: company",
                "    priority: special",
            ]
        ),
        st.text(max_size=30).map(lambda text: "    " + text.replace("\n", " ")),
    ),
    max_size=14,
)


@settings(max_examples=150, deadline=None)
@given(_LINES)
def test_any_rule_file_gives_rules_or_problems(lines: list[str]) -> None:
    """Whatever stands in the file, nothing is raised, and rules that load can run."""
    from bs4 import BeautifulSoup

    from cardwright.model import DocumentInfo

    text = TextFile("rules/any.yaml", "\n".join(lines), "")
    book, problems = load_rules([text])
    load_glossary(text)
    tree = BeautifulSoup("<section><ul><li><dfn>A</dfn> is b.</li></ul></section>", "html.parser").section
    assert tree is not None

    propose([Document(DocumentInfo("a.txt"), "A is b.", tree)], book)

    assert all(each.code and each.span.path == "rules/any.yaml" for each in problems)
