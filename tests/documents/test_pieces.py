"""A document as a row of pieces, as people read it."""

from __future__ import annotations

from pathlib import Path

import pytest

from cardwright.documents import load_vocabulary, pieces, read
from cardwright.files import TextFile
from cardwright.model import DocumentInfo

SAMPLES = sorted(
    path
    for path in (Path(__file__).parents[1] / "data" / "documents").iterdir()
    if path.suffix in (".txt", ".md", ".html")
)

WORDS = Path(__file__).parents[2] / "rules" / "vocabulary.yaml"
VOCABULARY, _ = load_vocabulary(TextFile("rules/vocabulary.yaml", WORDS.read_text("utf-8"), ""))


def told(name: str, text: str) -> list[tuple[str, int, str]]:
    """Tag, level and words of each piece, the words with their marks: *strong*, `code`, | for a cell, [why] an aside."""
    document, problems = read(text.encode(), DocumentInfo(name), VOCABULARY)
    assert document is not None, problems
    marks = {"": "{}", "strong": "*{}*", "em": "_{}_", "code": "`{}`", "cell": "|{}"}
    return [
        (
            f"{each.number}." if each.number else each.tag,
            each.level,
            "".join(marks[run.mark].format(run.text) for run in each.runs),
        )
        for each in pieces(document)
    ]


CASES = {
    "headings and lists": (
        "guide.md",
        "# Guide\n\n## Tides\n\nThey *come* and `go`.\n\n- Ebb: down\n  - for six hours\n- Flood: up\n",
        [
            ("h1", 1, "Guide"),
            ("h2", 2, "Tides"),
            ("p", 0, "They _come_ and `go`."),
            ("li", 1, "*Ebb* down"),
            ("li", 2, "for six hours"),
            ("li", 1, "*Flood* up"),
        ],
    ),
    "lists that count": (
        "guide.md",
        "# Guide\n\nDo this:\n\n1. Cast off the lines.\n2. Start the engine.\n",
        [("h1", 1, "Guide"), ("lead", 1, "Do this:"), ("1.", 1, "Cast off the lines."), ("2.", 1, "Start the engine.")],
    ),
    "labels and times": (
        "guide.md",
        "# Guide\n\n1. Phone call (30 min): they ask about you.\n2. Visit: you see them.\n\n- Do: this thing now\n",
        [
            ("h1", 1, "Guide"),
            ("1.", 1, "*Phone call* (30 min) they ask about you."),
            ("2.", 1, "*Visit* you see them."),
            ("li", 1, "*Do: *this thing now"),
        ],
    ),
    "tables": (
        "guide.md",
        "# Guide\n\n| Knots | Miles |\n| --- | --- |\n| 5 | five **long** ones |\n",
        [("h1", 1, "Guide"), ("tr", 0, "Knots|Miles"), ("tr", 0, "5|five *long* ones")],
    ),
    "questions that open": (
        "guide.html",
        "<h1>Guide</h1><details><summary>When?</summary><p>At slack water.</p></details><dl><dt>Depth</dt><dd>5 m</dd></dl>",
        [
            ("h1", 1, "Guide"),
            ("summary", 0, "When?"),
            ("p", 0, "At slack water."),
            ("dt", 0, "Depth"),
            ("dd", 0, "5 m"),
        ],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_pieces_stand_in_the_documents_order(case: str) -> None:
    """Each with its tag, how deep it stands, and its words with their marks."""
    name, text, expected = CASES[case]

    assert told(name, text) == expected


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_no_word_is_lost_or_said_twice(sample: Path) -> None:
    """The words of all pieces are those of the tree, in its order, with the labels and times that became marks."""
    document, problems = read(sample.read_bytes(), DocumentInfo(sample.name), VOCABULARY)
    assert document is not None, problems

    said = " ".join("".join(run.text for run in each.runs) for each in pieces(document) if each.tag != "lead")

    for each in document.tree.find_all(True, attrs={"data-time": True}):
        term = each.find("dfn")
        assert term
        term.insert_after(f" ({each['data-time']})")
    for each in document.tree.find_all(True, attrs={"data-label": True}):
        each.insert(0, f"{each['data-label']}:")
    assert "".join(said.split()) == "".join(document.tree.get_text().split())
