"""What holds for every document whatever: no exception, every element has its place, places are true."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cardwright.documents import SUFFIXES, Vocabulary, outline, read
from cardwright.model import Document, DocumentInfo

# Pieces that mean something to the readers, so that random texts get beyond plain words.
PIECES = st.sampled_from(
    [
        "- ", "* ", "• ", "1. ", "2. ", "a) ", "b) ", "-\n", "# ", "## ", "> ", "| a | b |\n", "|---|---|\n", "```\n", "---\n",
        "===\n", "\n", "\n\n", "  ", "    ", "**", "*", "`", "_", "[x](y)", "&amp;", "&#8211;", "\\", ": ", " – ", " — ", " - ", ", ",
        " and ", "such as ", "Q: ", "A: ", "?", "! ", ". ", "(", ")", '"', "“", "”", "Term", "Data Lake", "a plain sentence",
        "Judgment: ", "Enhancement Note: ", "Interview Process", "Benefits:", "FAQ\n", "Change Data Capture (CDC)", "worΓ²d",
        "π Role\n", "🎯 Skills\n", "(30 min)", "18:30", "https://a.example/b", "x.com/dp/1", "see more here", "Ünïcode", "\u2028",
        "<p>", "</p>", "<ul><li>", "</ul>", "<h2>", "</h2>", "<b>", "</b>", "<br>", "<table><tr><td>", "<div class=nav>", "</div>",
        "<dl><dt>", "<dd>", "<details><summary>", "</summary>", "<!--", "-->", "<script>", "<", ">", "<a href=", "<pre>", "</main>",
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES | st.text(max_size=12), max_size=40).map("".join)
PATIENT = settings(
    deadline=None, max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def assert_places_are_true(document: Document) -> None:
    """Every element has a line and offsets; they lie inside the text and agree with each other."""
    starts = [0, *(match.end() for match in re.finditer("\n", document.text))]
    for element in [document.tree, *document.tree.find_all(True)]:
        start, end = map(int, str(element["data-at"]).split(":"))
        line = int(str(element["data-line"]))
        assert 0 <= start <= end <= len(document.text)
        assert starts[line - 1] <= start
        assert line == len(starts) or start < starts[line]


@pytest.mark.parametrize("suffix", SUFFIXES)
@PATIENT
@given(text=TEXTS)
def test_any_text_gives_true_places(text: str, suffix: str, vocabulary: Vocabulary) -> None:
    """Whatever stands in a document, it is read, and its outline can be drawn."""
    document, found = read(text.encode("utf-8", "replace"), DocumentInfo(f"a{suffix}"), vocabulary)
    assert document is not None or found
    if document is not None:
        assert_places_are_true(document)
        assert outline(document).count("\n") >= 1


@pytest.mark.parametrize("suffix", SUFFIXES)
@PATIENT
@given(data=st.binary(max_size=200))
def test_any_bytes_give_a_document_or_a_reason(data: bytes, suffix: str, vocabulary: Vocabulary) -> None:
    """No bytes raise."""
    document, found = read(data, DocumentInfo(f"a{suffix}"), vocabulary)
    assert (document is not None) or [each for each in found if each.severity == "error" and each.help]


@PATIENT
@given(words=st.lists(st.text("abcdefg", min_size=1, max_size=6), min_size=1, max_size=30))
def test_no_word_of_plain_prose_is_lost(words: list[str], vocabulary: Vocabulary) -> None:
    """Words without any markup come through, in order."""
    document, _ = read((" ".join(words) + ".").encode(), DocumentInfo("a.txt"), vocabulary)
    assert document is not None
    assert document.tree.get_text() == " ".join(words) + "."


@PATIENT
@given(text=TEXTS, skip=st.lists(st.sampled_from(["FAQ", "1", "1-3", "2-2", "9-1", "0", "", "Benefits"]), max_size=3))
def test_skips_of_any_kind_do_no_harm(text: str, skip: list[str], vocabulary: Vocabulary) -> None:
    """Places stay true when parts are passed over."""
    document, _ = read(text.encode("utf-8", "replace"), DocumentInfo("a.txt", skip=tuple(skip)), vocabulary)
    if document is not None:
        assert_places_are_true(document)
