"""Documents and rules made from a few lines, for the tests of the rules wing."""

from __future__ import annotations

import re
from collections.abc import Callable
from textwrap import dedent, indent

import pytest
from bs4 import BeautifulSoup

from cardwright.diagnostics import Diagnostic
from cardwright.files import TextFile
from cardwright.model import Document, DocumentInfo
from cardwright.rules import Glossary, RuleBook, load_glossary, load_rules

INFO = DocumentInfo("guide.txt", title="Larkspur guide", label="bench guide", company="Larkspur", role="Luthier")


@pytest.fixture
def document() -> Callable[..., Document]:
    """A document of semantic HTML; every element gets the line of the text it stands on."""

    def make(html: str, info: DocumentInfo = INFO) -> Document:
        text = f'<section data-heading="{info.title}">\n{dedent(html).strip()}\n</section>'
        numbered = [
            re.sub(r"<([a-z][a-z0-9]*)", rf'<\1 data-line="{at}"', line) for at, line in enumerate(text.split("\n"))
        ]
        tree = BeautifulSoup("\n".join(numbered), "html.parser").section
        assert tree is not None
        return Document(info, tree.get_text(), tree)

    return make


@pytest.fixture
def load() -> Callable[..., tuple[RuleBook, list[Diagnostic]]]:
    """Rules from the lines of one rule each, with the problems in them."""

    def make(*rules: str, into: str = "cards", path: str = "rules/cards.yaml") -> tuple[RuleBook, list[Diagnostic]]:
        entries = "".join(f"  - {indent(dedent(rule).strip(), '    ').strip()}\n" for rule in rules)
        return load_rules([TextFile(path, f"into: {into}\nrules:\n{entries}", "")])

    return make


@pytest.fixture
def book(load: Callable[..., tuple[RuleBook, list[Diagnostic]]]) -> Callable[..., RuleBook]:
    """Rules without a problem."""

    def make(*rules: str, **options: str) -> RuleBook:
        made, problems = load(*rules, **options)
        assert problems == []
        return made

    return make


@pytest.fixture
def glossary() -> Callable[[str], Glossary]:
    """A glossary without a problem."""

    def make(text: str) -> Glossary:
        made, problems = load_glossary(TextFile("rules/glossary.yaml", dedent(text), ""))
        assert problems == []
        assert made is not None
        return made

    return make
