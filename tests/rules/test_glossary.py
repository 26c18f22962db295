"""Terms that become cards once a document mentions them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from cardwright.model import Document, Proposal
from cardwright.rules import Glossary, RuleBook, propose

GLOSSARY = """
into: terms
tags: [words]
terms:
  - term: clamp
    aliases: [clamps, clamping]
    category: holding
    definition: a tool that presses two pieces together
  - term: Computer Numeric Control
    aliases: [CNC]
    category: cutting
    definition: Steering a machine by a list of positions.
  - term: second ear
    definition: Somebody else who listens to a repaired instrument before it leaves the house.
  - term: pliers
    aliases: [plier]
    definition: Two hinged jaws.
"""


def _made(text: str, glossary: Glossary, document: Callable[[str], Document]) -> list[Proposal]:
    return list(propose([document(f"<p>{text}</p>")], RuleBook(), glossary).proposals)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("We use a clamp.", ["clamp"]),
        ("CLAMPING it is fine.", ["clamp"]),
        ("An unclamped, clampable thing.", []),
        ("A CNC mill.", ["computer-numeric-control"]),
        ("A cnc mill.", []),
        ("A computer-numeric control.", ["computer-numeric-control"]),
        ("A second <em>ear</em> listens.", ["second-ear"]),
        ("A second. Ear wax.", []),
        ("<aside>A clamp.</aside>", []),
    ],
)
def test_a_term_is_mentioned_by_whole_words(
    text: str, terms: list[str], glossary: Callable[[str], Glossary], document: Callable[[str], Document]
) -> None:
    """Case counts only for an alias in capitals; asides mention nothing."""
    assert [each.id for each in _made(text, glossary(GLOSSARY), document)] == terms


def test_the_question_fits_the_term(glossary: Callable[[str], Glossary], document: Callable[[str], Document]) -> None:
    """An alias that is the plural asks for an article, initials are shown, the answer is a sentence where it is long."""
    made = _made("Clamps, CNC, pliers and a second ear.", glossary(GLOSSARY), document)

    assert {each.front: each.back for each in made} == {
        "What is a **clamp** (holding)?": "A tool that presses two pieces together",
        "What is **Computer Numeric Control (CNC)** (cutting)?": "Steering a machine by a list of positions.",
        "What is **second ear**?": "Somebody else who listens to a repaired instrument before it leaves the house.",
        "What are **pliers**?": "Two hinged jaws",
    }
    assert {each.tags for each in made} == {("words", "holding"), ("words", "cutting"), ("words",)}


def test_a_glossary_and_a_term_may_ask_in_their_own_words(
    glossary: Callable[[str], Glossary], document: Callable[[str], Document]
) -> None:
    """The term's own question wins over that of the file."""
    text = GLOSSARY.replace("tags:", "front: 'In {category|lower}: {term}?'\ntags:").replace(
        "{category|lower}", "{category}"
    )
    text = text.replace("category: cutting", "category: cutting\n    front: 'Spell out {acronym}.'")

    made = _made("A clamp and a CNC mill.", glossary(text), document)

    assert [each.front for each in made] == ["In holding: clamp?", "Spell out CNC."]


def test_a_term_is_one_card_with_the_first_mention_of_at_most_three_documents(
    glossary: Callable[[str], Glossary], document: Callable[..., Document]
) -> None:
    """Sources go by the names of the documents."""
    one = document("<p>Nothing here.</p>\n<p>A clamp.</p>\n<p>A clamp again.</p>")
    documents = [replace(one, info=replace(one.info, name=f"{name}.txt")) for name in "dbca"]

    made = propose(documents, RuleBook(), glossary(GLOSSARY)).proposals

    assert [str(source) for source in made[0].sources] == ["a.txt:2", "b.txt:2", "c.txt:2"]
    assert len(made) == 1


def test_short_terms_are_asked_for_too_where_the_glossary_says_so(
    glossary: Callable[[str], Glossary], document: Callable[[str], Document]
) -> None:
    """Nobody says a long term from its meaning word for word."""
    text = GLOSSARY.replace("tags:", "reverse: true\ntags:").replace(
        "term: second ear", "term: the second ear of a mender"
    )

    made = _made("A clamp, CNC and the second ear of a mender.", glossary(text), document)

    assert [(each.id, each.reverse) for each in made] == [
        ("clamp", True),
        ("computer-numeric-control", True),
        ("second-ear-mender", False),
    ]
