"""Which bare lines are headings, in documents that do not say so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from cardwright.documents.blocks import LISTS, Block
from cardwright.documents.timedheadings import lower_timed
from cardwright.documents.vocabulary import Vocabulary
from cardwright.documents.wording import is_quoted, is_title_case, split_term, word_count

__all__ = ["find_headings"]

_LONGEST = 130
_LONGEST_APART = 90
_MOST_TITLE_WORDS = 20
_MOST_WORDS = 14
_MOST_COLON_WORDS = 8
# From so many bare lines in a row on they are a list, not headings of nothing.
_LIST_OF_LINES = 4
_BYLINE = re.compile(r"(?:by|written by|posted|published|updated|author)\b", re.IGNORECASE)
_DATE = re.compile(r"\b(?:19|20)\d\d\b.{0,20}$|^\d")
_NUMBERED = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,3}[.)]?\s+(?=[A-Z“\"'])")
_IN_BRACKETS = re.compile(r"\s?\([^()]*\)")
_FEWEST_COUNTED = 2
# "Stage 2: Trial day", "Principle 3 – Write it down": the name is what matters.
_COUNTED = re.compile(
    r"(?:stage|step|round|phase|part|principle|value|rule|lesson|tip|mistake|level)\s\d{1,2}\s?[:.–—-]{1,2}\s+(?=\w)",
    re.IGNORECASE,
)
_ASKED = re.compile(r"(?:Q|Question)\s?\d*\s?[:.)]\s+(?=\S.*\?$)")
_QUESTION_OR_ANSWER = re.compile(r"(?:q|a|question|answer)\s*\d*\s*[:.)>]", re.IGNORECASE)
_TOP, _SECTION, _PART, _DEEP = 1, 2, 3, 6


@dataclass(frozen=True, slots=True)
class _View:
    """What a line is judged by besides itself; `first` is the first block that is no page chrome."""

    blocks: Sequence[Block]
    vocabulary: Vocabulary
    repeated: Counter[str]
    told: bool
    spaced: bool
    counted: bool
    first: int


def find_headings(blocks: list[Block], vocabulary: Vocabulary) -> list[Block]:
    """The blocks, with those paragraphs that are headings made so, each with a level."""
    view = _View(
        blocks,
        vocabulary,
        Counter(block.text for block in blocks if block.tag == "p" and len(block.text) <= _LONGEST),
        sum(block.tag == "h" for block in blocks) >= 2,
        sum("gap" in block.cues for block in blocks) * 2 > len(blocks),
        sum(block.tag == "p" and _COUNTED.match(block.text) is not None for block in blocks) >= _FEWEST_COUNTED,
        next(
            (at for at, each in enumerate(blocks) if each.tag != "aside" and not vocabulary.aside_of(each.text)),
            len(blocks),
        ),
    )
    levels = [_level(view, index) for index in range(len(blocks))]
    _drop_lists_of_lines(blocks, levels)
    _raise_lone_parts(blocks, levels)
    found: list[Block] = []
    for block, level in zip(blocks, levels, strict=True):
        if block.tag == "h" or level:
            numbered = _NUMBERED.match(block.text) or _ASKED.match(block.text) or _COUNTED.match(block.text)
            end = len(block.text.rstrip(": ")) if level else len(block.text)
            prose = block.prose.cut(numbered.end() if numbered else 0, end)
            found.append(Block("h", prose, [], {}, block.start, block.end, level or block.level, block.cues))
        else:
            found.append(block)
    lower_timed(found, vocabulary)
    return found


def _level(view: _View, index: int) -> int:
    """The level of a heading here, 0 for none."""
    block = view.blocks[index]
    text = block.text
    if block.tag != "p" or not text or len(text) > _LONGEST or "\n" in text:
        return 0
    if text[0].islower() or is_quoted(text) or _QUESTION_OR_ANSWER.match(text) or not any(map(str.isalpha, text)):
        return 0
    if _opens(view, index) and view.vocabulary.aside_of(text):
        return 0
    if view.counted and _COUNTED.match(text) and word_count(text) <= _MOST_WORDS and text[-1] not in ".;,":
        return _PART
    if view.told:
        if text.isupper() and _opens(view, index):
            return _level_of_first(view, index)
        return _level_beside_headings(view, block, index)
    if (
        "emoji" in block.cues
        and not _is_told_by_colon(text)
        and word_count(text) <= _MOST_WORDS
        and text[-1] not in ".;,"
    ):
        return _SECTION
    if _is_bold(block) and index and _is_short_title(view, text):
        return _SECTION
    if text.endswith(":"):
        return _level_with_colon(view, index)
    if _opens(view, index):
        return _level_of_first(view, index)
    return _level_of_bare(view, block, index)


def _opens(view: _View, index: int) -> bool:
    """Whether nothing but page chrome stands before a line."""
    return index <= view.first


def _level_beside_headings(view: _View, block: Block, index: int) -> int:
    """Among told headings, only a line in bold or capitals, or a title with a colon above a list, is one more."""
    text = block.text
    following = view.blocks[index + 1] if index + 1 < len(view.blocks) else None
    if following is None or text[-1] in ".;,!":
        return 0
    if text.isupper() and "gap" in block.cues and 2 <= word_count(text) <= _MOST_COLON_WORDS:
        return _SECTION
    if _is_bold(block) and _is_short_title(view, text):
        return _DEEP
    if text.endswith(":") and following.tag in LISTS and _level_with_colon(view, index):
        return _DEEP
    return 0


def _is_bold(block: Block) -> bool:
    """Whether all of the line is emphasised."""
    length = len(block.text.rstrip(": "))
    return any(mark.tag == "strong" and mark.start == 0 and mark.end >= length for mark in block.prose.marks)


def _is_short_title(view: _View, text: str) -> bool:
    """Whether a line that stands out reads as a heading."""
    head = text.rstrip(": ")
    return (
        1 <= word_count(head) <= _MOST_WORDS
        and head[-1] not in ".;,!"
        and not view.vocabulary.is_label(head)
        and (_NUMBERED.match(head) is not None or not _is_told_by_colon(head))
    )


def _level_with_colon(view: _View, index: int) -> int:
    """A title that ends in a colon; in sentence case a heading word is needed, and a list: else it is a lead-in."""
    text = view.blocks[index].text
    head = text.rstrip(": ")
    if not 1 <= word_count(head) <= _MOST_COLON_WORDS or view.vocabulary.is_label(head) or _is_told_by_colon(head):
        return 0
    if is_title_case(head) and head[-1] not in ".?!":
        return _PART
    following = view.blocks[index + 1] if index + 1 < len(view.blocks) else None
    if following is None or following.tag not in LISTS or view.repeated[text] > 1:
        return 0
    share = view.vocabulary.kind_of(head)[1]
    if share < (0.9 if _is_sentence(head) else 0.7):
        return 0
    return _SECTION if view.spaced else _PART


def _level_of_first(view: _View, index: int) -> int:
    """The first line is the title where it looks like one; a question or a mere heading word is a section."""
    text = view.blocks[index].text
    following = view.blocks[index + 1] if index + 1 < len(view.blocks) else None
    if following is None or text[-1] in ".;,!" or word_count(text) > _MOST_TITLE_WORDS:
        return 0
    if text.endswith("?") or view.vocabulary.kind_of(text)[1] == 1:
        return _SECTION
    split = split_term(text)
    if split is not None and split.mark == ":" and _looks_like_fact(following):
        return 0
    if "gap" in following.cues and word_count(text) <= _MOST_WORDS:
        return _TOP
    return _TOP if is_title_case(_IN_BRACKETS.sub("", text)) or text.isupper() else 0


def _level_of_bare(view: _View, block: Block, index: int) -> int:
    text = block.text
    words = word_count(text)
    following = view.blocks[index + 1] if index + 1 < len(view.blocks) else None
    if following is None or text[-1] in ".;,!…" or words > _MOST_WORDS:
        return 0
    if _is_told_by_colon(text) and not (view.spaced and _is_apart(block, following) and not is_title_case(text)):
        return 0
    if _BYLINE.match(text) or _DATE.search(text):
        return 0
    if is_title_case(_IN_BRACKETS.sub("", text) or text):
        return _SECTION if _holds_content(following) or _opens_section(following) else 0
    share = view.vocabulary.kind_of(text)[1]
    if not _holds_content(following) and not (share >= 0.5 and view.spaced):
        return 0
    if text.endswith("?") or (share >= 0.5 and words <= 7):
        return _SECTION
    if view.spaced:
        return _PART if _is_apart(block, following) else 0
    return _PART if words <= _MOST_COLON_WORDS and not _is_sentence(text) else 0


def _is_apart(block: Block, following: Block) -> bool:
    """Whether a short line stands between blank lines above longer text."""
    gaps = "gap" in block.cues and "gap" in following.cues
    longer = following.tag != "p" or len(following.text) > len(block.text)
    return gaps and longer and len(block.text) <= _LONGEST_APART


def _is_told_by_colon(text: str) -> bool:
    """Whether a short head and a separator begin the line: "Term: text" is an entry, not a heading."""
    split = split_term(text)
    return split is not None and split.rest < len(text) and not (split.mark in ("-", "--") and is_title_case(text))


def _looks_like_fact(block: Block) -> bool:
    split = split_term(block.text)
    return block.tag == "p" and split is not None and split.mark == ":" and word_count(block.text) <= 12


def _holds_content(block: Block) -> bool:
    """Whether the block is what a heading stands above: prose, a list, a table."""
    return (
        block.tag not in ("p", "h") or len(block.text) > 60 or block.text[-1:] in ".!:" or _is_told_by_colon(block.text)
    )


def _opens_section(block: Block) -> bool:
    """Whether the block may itself be a heading, so that the one before it is empty."""
    return block.tag == "h" or len(block.text) <= _LONGEST


def _is_sentence(text: str) -> bool:
    """Whether a line addresses somebody or states something, as lead-ins do and headings rarely."""
    words = text.lower().replace("’", "'").split()
    return bool({"here", "following", "below", "should", "these", "this", "that"} & set(words)) or words[-1] in (
        "to",
        "for",
        "of",
        "and",
        "or",
        "with",
        "on",
        "over",
        "about",
        "include",
        "includes",
        "including",
        "are",
        "is",
    )


def _drop_lists_of_lines(blocks: Sequence[Block], levels: list[int]) -> None:
    """Of many bare lines in a row only the first, and the last above content, are headings."""
    index = 0
    while index < len(levels):
        after = index
        while after < len(levels) and levels[after] in (_SECTION, _PART) and _is_bare(blocks[after]):
            after += 1
        if after - index >= _LIST_OF_LINES:
            last = after - 1 if after < len(levels) and _holds_content(blocks[after]) and not levels[after] else after
            for each in range(index + 1, last):
                levels[each] = 0
        index = max(after, index + 1)


def _raise_lone_parts(blocks: Sequence[Block], levels: list[int]) -> None:
    """Headings worded as sentences are parts of a section only where it has nothing but such parts."""
    in_parts = False
    for index, level in enumerate(levels):
        if level == _SECTION or (blocks[index].tag == "h" and blocks[index].level <= _SECTION):
            in_parts = index + 1 < len(levels) and levels[index + 1] == _PART
        elif level == _PART and not in_parts and not blocks[index].text.endswith(":"):
            levels[index] = _SECTION


def _is_bare(block: Block) -> bool:
    return block.tag == "p" and "emoji" not in block.cues and not block.text.endswith(":")
