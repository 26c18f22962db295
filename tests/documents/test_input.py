"""Bad and odd input: every file gives a document or a diagnostic with a way out."""

from __future__ import annotations

import pytest

from cardwright.documents import Vocabulary, read
from cardwright.documents.decode import LARGEST_DOCUMENT
from cardwright.model import DocumentInfo

UNREADABLE = [
    ("nothing", b"", "a.txt", "CW101"),
    ("blank lines only", b" \n\t\n", "a.txt", "CW101"),
    ("a byte order mark only", b"\xef\xbb\xbf", "a.md", "CW101"),
    ("a picture", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "a.txt", "CW102"),
    ("control characters", b"ab\x01\x02\x03\x04", "a.html", "CW102"),
    ("too much", b"a" * (LARGEST_DOCUMENT + 1), "a.txt", "CW103"),
    ("a format nobody reads", b"hello", "a.pdf", "CW106"),
    ("no suffix at all", b"hello", "README", "CW106"),
]


@pytest.mark.parametrize(
    ("data", "name", "code"), [case[1:] for case in UNREADABLE], ids=[case[0] for case in UNREADABLE]
)
def test_what_cannot_be_read_is_an_error_that_says_the_way_out(
    data: bytes, name: str, code: str, vocabulary: Vocabulary
) -> None:
    """There is no document, and exactly one error, at the path that was given."""
    document, found = read(data, DocumentInfo(name), vocabulary, shown=f"seeds/{name}")
    assert document is None
    assert [(each.code, each.severity, each.span.path) for each in found] == [(code, "error", f"seeds/{name}")]
    assert found[0].help


ENCODED = [
    ("UTF-16 by its mark", "Café au lait, s'il vous plaît.".encode("utf-16"), "UTF-16", "Café au lait"),
    ("CP1252", "Le café coûte très cher à Genève, déjà.".encode("cp1252"), "", "café"),
]


@pytest.mark.parametrize(("data", "named", "words"), [case[1:] for case in ENCODED], ids=[case[0] for case in ENCODED])
def test_another_encoding_is_read_with_a_warning_that_names_it(
    data: bytes, named: str, words: str, vocabulary: Vocabulary
) -> None:
    """The text is right, and the warning says what it was read as."""
    document, found = read(data, DocumentInfo("a.txt"), vocabulary)
    assert document is not None
    assert words in document.text
    assert [each.code for each in found] == ["CW104"]
    assert named in found[0].message


def test_a_byte_order_mark_and_line_ends_leave_no_trace(vocabulary: Vocabulary) -> None:
    """Offsets count characters of the text with single newlines and without the mark."""
    document, found = read(b"\xef\xbb\xbfOne.\r\n\r\nTwo.\rThree.", DocumentInfo("a.txt"), vocabulary)
    assert document is not None
    assert not found
    assert document.text == "One.\n\nTwo.\nThree."
    assert [(p["data-line"], p["data-at"]) for p in document.tree.select("p")] == [
        ("1", "0:4"), ("3", "6:10"), ("4", "11:17"),
    ]  # fmt: skip


def test_a_page_that_breaks_off_is_read_as_far_as_it_goes(vocabulary: Vocabulary) -> None:
    """A warning tells of it; a page that only leaves out optional end tags breaks off nowhere."""
    document, found = read(b"<main><p>Whole.</p><p>Hal<b cl", DocumentInfo("a.html"), vocabulary)
    assert document is not None
    assert [p.get_text() for p in document.tree.select("p")] == ["Whole.", "Hal"]
    assert [each.code for each in found] == ["CW105"]
    _, found = read(b"<html><body><ul><li>One<li>Two</ul><p>End", DocumentInfo("a.html"), vocabulary)
    assert not found


def test_front_matter_that_is_no_yaml_is_told_of_at_its_line(vocabulary: Vocabulary) -> None:
    """The body is read all the same."""
    document, found = read(b"---\ntitle: ok\nbroken: [\n---\nBody.", DocumentInfo("a.md"), vocabulary)
    assert document is not None
    assert document.tree.get_text(strip=True) == "Body."
    assert [each.code for each in found] == ["CW110"]
    assert found[0].span.line in (3, 4)


def test_a_skip_that_meets_nothing_is_told_of(vocabulary: Vocabulary) -> None:
    """A heading that was renamed must not stop being skipped in silence."""
    info = DocumentInfo("a.txt", skip=("Perks", "90-95"))
    _, found = read(b"Words.", info, vocabulary)
    assert [each.code for each in found] == ["CW107", "CW107"]
    assert "'Perks'" in found[0].message


LONG_LINES = [
    ("less than", "a < b "), ("dashes", "- "), ("brackets", "("), ("stars", "**"), ("open links", "[a]("),
    ("backticks", "`a "), ("commas", "Data, "), ("references", "&"), ("items", "<ul><li>x"), ("tags", "<a b=\""),
    ("quotes", "> "), ("colons", "a: "), ("acronyms", "AB (Aaa Bbb) "), ("sentences", "This is it. "),
    ("underscores", "_a _"), ("comments", "<!--"), ("quoted", "\"Is it so? "), ("named parts", "<div class=\"card__title\">x "),
]  # fmt: skip


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html"])
@pytest.mark.parametrize("piece", [case[1] for case in LONG_LINES], ids=[case[0] for case in LONG_LINES])
def test_one_endless_line_is_read(piece: str, suffix: str, vocabulary: Vocabulary) -> None:
    """Long enough that a pattern which tries all pairs would run for minutes."""
    document, found = read((piece * 20_000).encode(), DocumentInfo(f"a{suffix}"), vocabulary)
    assert document is not None
    assert all(each.severity == "warning" for each in found)


def test_a_line_of_megabytes_is_read(vocabulary: Vocabulary) -> None:
    """Half the size limit in one line, without a single space."""
    document, _ = read(b"A" * 5_000_000, DocumentInfo("a.txt"), vocabulary)
    assert document is not None
    assert len(document.tree.get_text()) == 5_000_000
