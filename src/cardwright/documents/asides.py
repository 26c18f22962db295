"""What is no content: by the words of the vocabulary, and by what sources.yaml says to skip."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cardwright.diagnostics import Span, warning
from cardwright.documents.blocks import LISTS, Block, aside, every, paragraph
from cardwright.documents.page import Page
from cardwright.documents.prose import Mark, Prose
from cardwright.documents.vocabulary import Vocabulary
from cardwright.documents.wording import is_quoted, sentences

__all__ = ["mark_asides", "mark_damage", "mark_skipped"]

_RANGE = re.compile(r"(\d+)(?:\s*[-–]\s*(\d+))?")
# Greek after Latin inside a word, or the first byte of a UTF-8 letter read as Latin-1 or CP1252: bytes were lost.
_DAMAGE = re.compile(r"[A-Za-z]{2}[\u0370-\u03ff]|[ÃÂ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€|\ufffd")
_MOST_OF_SCRAP = 200
_READ = ("p", "li", "dd", "pre")


def mark_asides(page: Page) -> None:
    """Put asides around blocks, sentences and clauses that the vocabulary's words show to be no content."""
    for block in list(every(page.root)):
        if block.tag == "section":
            _mark_sections(block, page.vocabulary)
        elif block.tag in _READ and block.text:
            _mark_block(block, page.vocabulary)


def _mark_sections(section: Block, vocabulary: Vocabulary) -> None:
    """Parts whose heading shows that they are no content, and the scraps of such parts behind them.

    In a scraped page what follows "Similar jobs" is headings and lines of other pages, to the end.
    """
    scraps = ""
    for part in [each for each in section.children if each.tag == "section"]:
        reason = vocabulary.aside_of(part.attrs["data-heading"]) or (scraps if _is_scrap(part) else "")
        if reason:
            _turn_into_aside(part, reason)
        scraps = reason if reason == "chrome" else ""


def _is_scrap(section: Block) -> bool:
    """Whether a part holds nothing but a line or two."""
    return sum(len(block.text) for block in every(section) if block.tag != "h") <= _MOST_OF_SCRAP


def _mark_block(block: Block, vocabulary: Vocabulary) -> None:
    text = block.text
    if is_quoted(text) and "[" not in text:
        return
    reason = vocabulary.aside_of(text)
    if not reason and block.tag != "pre":
        marks = _clauses(text, vocabulary) + _sentences(text, vocabulary)
        if marks and not _left(text, marks):
            reason = marks[0].attrs[0][1]
        else:
            block.prose.marks.extend(marks)
    if not reason:
        return
    if block.tag == "li":
        block.children = [aside(reason, [paragraph(block.prose), *block.children])]
        block.prose = Prose()
    else:
        _turn_into_aside(block, reason)


def _turn_into_aside(block: Block, reason: str) -> None:
    """Make the block the aside that holds what it was."""
    inner = Block(block.tag, block.prose, block.children, dict(block.attrs), block.start, block.end, block.level)
    block.tag, block.prose, block.attrs = "aside", Prose(), {"class": reason}
    block.children = [inner] if inner.tag != "section" else inner.children


def _clauses(text: str, vocabulary: Vocabulary) -> list[Mark]:
    return [
        Mark(match.start(), match.end(), "aside", (("class", words.reason),))
        for words in vocabulary.asides
        for pattern in words.clause
        for match in pattern.finditer(text)
    ]


def _sentences(text: str, vocabulary: Vocabulary) -> list[Mark]:
    if not any(pattern.search(text) for words in vocabulary.asides for pattern in words.sentence):
        return []
    return [
        Mark(start, end, "aside", (("class", words.reason),))
        for start, end in sentences(text)
        for words in vocabulary.asides
        if any(pattern.search(text[start:end]) for pattern in words.sentence)
    ]


def _left(text: str, marks: Sequence[Mark]) -> bool:
    """Whether any word stands outside the marks."""
    kept = list(text)
    for mark in marks:
        kept[mark.start : mark.end] = " " * (mark.end - mark.start)
    return any(char.isalnum() for char in kept)


def mark_skipped(page: Page) -> None:
    """Put asides around the headings and line ranges that sources.yaml names; warn where one meets nothing."""
    for wish in page.info.skip:
        lines = _RANGE.fullmatch(wish.strip())
        if lines:
            first, last = int(lines[1]), int(lines[2] or lines[1])
            met = _skip_lines(page, first, last)
        else:
            met = _skip_heading(page, wish)
        if not met:
            message = f"'{wish}' under skip of '{page.info.name}' meets no heading and no line with text"
            page.problems.append(
                warning("CW107", message, Span(page.shown), "see the headings and lines with 'cardwright outline'")
            )


def _skip_heading(page: Page, heading: str) -> bool:
    wanted = " ".join(heading.split()).casefold()
    met = [
        block
        for block in every(page.root)
        if block.tag == "section"
        and block is not page.root
        and block.attrs["data-heading"].casefold().rstrip(":") == wanted.rstrip(":")
    ]
    for block in met:
        _turn_into_aside(block, "skipped")
    return bool(met)


def _skip_lines(page: Page, first: int, last: int) -> bool:
    """Skip the largest blocks that lie inside the lines from first to last."""
    starts = [0]
    starts.extend(match.end() for match in re.finditer("\n", page.text))
    if first < 1 or first > len(starts) or last < first:
        return False
    begin = starts[first - 1]
    end = starts[last] if last < len(starts) else len(page.text)
    met = False
    stack = [page.root]
    while stack:
        block = stack.pop()
        inside = begin <= block.start and block.end <= end and block is not page.root
        if inside and block.tag == "li":
            block.children = [aside("skipped", [paragraph(block.prose), *block.children])]
            block.prose = Prose()
        elif inside and block.tag not in ("tr", "td", "th", "dt", "dd", "aside"):
            _turn_into_aside(block, "skipped")
        else:
            stack.extend(each for each in block.children if each.start < end and each.end > begin)
            met |= inside
            continue
        met = True
    return met


def mark_damage(page: Page) -> None:
    """Mark blocks in which letters were lost, so that no card quotes them."""
    for block in every(page.root):
        if block.text and block.tag not in LISTS and _DAMAGE.search(block.text):
            block.attrs["data-damaged"] = "true"
