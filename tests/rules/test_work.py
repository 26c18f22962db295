"""How often selectors are run: a document must not cost more with each rule that asks for the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cardwright.commands import gather
from cardwright.model import Document
from cardwright.rules import RuleBook
from cardwright.rules.passages import index
from cardwright.rules.propose import of_document
from cardwright.rules.select import compiled, selected
from cardwright.settings import find

REPOSITORY = Path(__file__).parents[2]
ITEMS = "<ul>" + "".join(f"<li><dfn>term {at}</dfn> what it is</li>" for at in range(20)) + "</ul>"
RULE = """
    name: {name}
    select: li:has(> dfn)
    match: {match}
    front: 'What is **{{dfn}}**?'
    back: '{{rest}}'
    """


def runs_of(document: Document, book: RuleBook) -> int:
    """How often a selector was matched against an element."""
    walked = index(document)
    of_document(walked, book)
    return sum(len(answers) for answers in walked.matched.values())


def test_a_second_rule_of_the_same_selector_runs_it_no_second_time(
    document: Callable[..., Document], book: Callable[..., RuleBook]
) -> None:
    """Each element is tried once for a selector, however many rules ask for it."""
    one = book(RULE.format(name="one", match="term 1"))
    three = book(*(RULE.format(name=name, match=f"term {at}") for at, name in enumerate(("one", "two", "three"))))

    assert runs_of(document(ITEMS), one) == runs_of(document(ITEMS), three) == 20


@pytest.mark.parametrize("name", ["product-designer-data-platform.txt", "pm-interview-guide.txt"])
def test_shipped_rules_try_few_elements(name: str) -> None:
    """All shipped rules together try an element less than this often, on the documents of the repository."""
    settings, _ = find(REPOSITORY)
    assert settings is not None
    ruling, _ = gather.ruling(settings)
    documents, _ = gather.documents(settings, [REPOSITORY / "seeds" / name], ruling.vocabulary)
    elements = len(documents[0].tree.find_all(True))

    assert runs_of(documents[0], ruling.book) / elements < 9


@pytest.mark.parametrize("name", ["product-designer-data-platform.txt", "product-management-at-netflix.html"])
def test_what_is_not_tried_would_not_match(name: str) -> None:
    """Every shipped selector finds what its parser's own matcher finds among all elements."""
    settings, _ = find(REPOSITORY)
    assert settings is not None
    ruling, _ = gather.ruling(settings)
    documents, _ = gather.documents(settings, [REPOSITORY / "seeds" / name], ruling.vocabulary)
    walked = index(documents[0])

    for selector in {rule.select.source: rule.select for rule in ruling.book.rules}.values():
        tried = [id(element) for element in selected(walked, selector)]
        assert tried == [id(each) for each in walked.elements if selector.matcher.match(each)], selector.source


@pytest.mark.parametrize(
    "source",
    [
        "p:is(:hover)",
        "p:is()",
        ":hover > p",
        ":is(:hover) > p",
        "p:has(> :hover)",
        "p:has(+ :hover)",
        "P[DATA-X]",
        "p[Class~=a]",
        "section > *",
        "*:has(> P)",
        "*|p",
        "#x",
        ":root",
        "p:empty",
        "p.b.a",
        "p[data-x='1']",
        "[class='a b' i]",
        "[data-heading*='b' i] p",
        "p ~ p",
        "p + p",
        "h2 ~ p:not(p ~ p)",
        "p:has(+ p), p:has(~ ul)",
        "section:has(li):not(:has(> ul))",
        ":not(p, h2, section > section)",
        ":is(h2, li):not(.a)",
        "p:first-child, p:last-child, p:only-child",
        "p:nth-child(n+3), li:nth-child(odd)",
        "li:nth-last-child(-n+2)",
        "p:nth-of-type(2), p:last-of-type",
        ":nth-child(2 of p)",
    ],
)
def test_a_selector_of_any_kind_finds_what_its_parser_would(source: str, document: Callable[..., Document]) -> None:
    """Those that can never match find nothing; capitals are small letters."""
    selector, why, _ = compiled(source)
    assert selector is not None, why
    walked = index(
        document(
            "<section data-heading='A'><h2>A</h2><p data-x='1' class='a b'>one</p><p>two</p></section>"
            "<section data-heading='B'><p>three</p><p></p><ul id='x'><li class='a'>four</li><li>five</li><li>six</li></ul>"
            "<p>seven</p></section>"
        )
    )

    assert [id(each) for each in selected(walked, selector)] == [
        id(each) for each in walked.elements if selector.matcher.match(each)
    ]
