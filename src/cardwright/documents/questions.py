"""Questions: with their answers, quoted in lists, quoted in a sentence."""

from __future__ import annotations

import re

from cardwright.documents.blocks import LISTS, Block, every, paragraph, replace_children
from cardwright.documents.page import Page, visible
from cardwright.documents.prose import Prose
from cardwright.documents.wording import is_quoted, word_count

__all__ = ["mark_answers", "mark_inner_questions", "mark_questions"]

_QUESTION = re.compile(r"(?:Q|Question)\s{0,2}\d{0,3}\s{0,2}[:.)>]\s*(?=\S)")
_ANSWER = re.compile(r"(?:A|Answer)\s{0,2}\d{0,3}\s{0,2}[:.)>]\s*(?=\S)")
_TAG = re.compile(r"\[[^\[\]]{2,30}\]\s+(?=[A-Z])")
_INNER_ANSWER = re.compile(r"\s(?:A|Answer)\s{0,2}:\s+")
_QUESTION_END = re.compile(r"\?[\"”’')]{0,2}\s+(?=\S)")
_QUOTED = re.compile(r"[\"“]([^\"“”]{12,300}\?)[\"”]")
_FEWEST_WORDS = 4
# So many quoted lines with text below them are a list of questions and hints, not quotations.
_FEWEST_HINTED = 2
_SHORTEST_HINT = 40
_HINT = "How to answer"


def mark_answers(page: Page) -> None:
    """Make <details> of questions and answers that are marked Q and A, on two lines or on one.

    In a section of questions a line that ends in a question mark is one too, with what follows for its answer.
    """
    replace_children(page.root, _with_answers)
    for section in every(page.root):
        if section.tag == "section" and section.attrs.get("data-kind") in ("questions", "faq"):
            section.children = _with_bare_answers(section.children)


def _with_answers(blocks: list[Block]) -> list[Block]:
    found: list[Block] = []
    index = 0
    while index < len(blocks):
        block = blocks[index]
        if block.tag == "dl" and _asks(block):
            found.extend(_answered(block))
            index += 1
            continue
        opening = _QUESTION.match(block.text) if block.tag == "p" else None
        if opening is None and (asked := _emphatic_question(block)):
            head, rest = paragraph(block.prose.cut(0, asked)), paragraph(block.prose.cut(asked))
            head.tag = "summary"
            found.append(Block("details", children=[head, rest], start=block.start, end=block.end))
            index += 1
            continue
        if opening is None:
            found.append(block)
            index += 1
            continue
        question, answer = _parted(block.prose.cut(opening.end()))
        details = Block("details", start=block.start, end=block.end)
        summary = paragraph(question)
        summary.tag = "summary"
        details.children.append(summary)
        if answer.chars:
            details.children.append(paragraph(answer))
        index += 1
        while index < len(blocks) and _belongs(blocks, index, details):
            details.children.append(_without_mark(blocks[index]))
            index += 1
        details.cover()
        found.append(details)
    return found


def _with_bare_answers(blocks: list[Block]) -> list[Block]:
    """Questions that are paragraphs, with what follows each; where most have no answer, they are no such thing."""
    found: list[Block] = []
    asked: dict[int, Block] = {}
    open_question = False
    for block in blocks:
        asks = block.tag == "p" and block.text.endswith("?") and not is_quoted(block.text)
        if asks and word_count(block.text) >= _FEWEST_WORDS:
            tag = _TAG.match(block.text)
            summary = paragraph(block.prose.cut(tag.end() if tag else 0))
            summary.tag = "summary"
            found.append(Block("details", children=[summary], start=block.start, end=block.end))
            asked[id(found[-1])] = block
            open_question = True
        elif open_question and block.tag in ("p", "pre", *LISTS):
            found[-1].children.append(block)
            found[-1].cover()
        else:
            found.append(block)
            open_question = False
    bare = {id(each) for each in found if id(each) in asked and len(each.children) == 1}
    if len(bare) * 2 >= len(asked):
        return blocks
    return [asked[id(each)] if id(each) in bare else each for each in found]


def _asks(facts: Block) -> bool:
    """Whether a block of keys and values is a list of questions with their answers."""
    keys = [each for each in facts.children if each.tag == "dt"]
    return bool(keys) and sum(each.text.endswith("?") for each in keys) * 2 > len(keys)


def _answered(facts: Block) -> list[Block]:
    found: list[Block] = []
    for each in facts.children:
        tag = {"dt": "summary", "dd": "p"}.get(each.tag)
        if each.tag == "dt":
            found.append(Block("details", start=each.start, end=each.end))
        if tag is None or not found:  # an aside stays one; what stands before the first question answers none
            for part in (each, *each.children):
                part.tag = "p" if part.tag == "dd" else part.tag
            (found[-1].children if found else found).append(each)
            continue
        found[-1].children += [Block(tag, each.prose, start=each.start, end=each.end), *each.children]
        found[-1].cover()
    return found


def _emphatic_question(block: Block) -> int:
    """Where a question in bold that opens a paragraph ends, 0 where there is none with an answer behind it."""
    if block.tag != "p":
        return 0
    for mark in block.prose.marks:
        asks = mark.tag == "strong" and mark.start == 0 and block.text[: mark.end].rstrip().endswith("?")
        if asks and word_count(block.text[mark.end :]) > 0 and word_count(block.text[: mark.end]) >= _FEWEST_WORDS:
            return mark.end
    return 0


def _parted(prose: Prose) -> tuple[Prose, Prose]:
    """Question and answer of one line."""
    marked = _INNER_ANSWER.search(prose.chars)
    if marked:
        return prose.cut(0, marked.start()), prose.cut(marked.end())
    end = _QUESTION_END.search(prose.chars)
    return (prose.cut(0, end.end()), prose.cut(end.end())) if end else (prose, Prose())


def _belongs(blocks: list[Block], index: int, details: Block) -> bool:
    """Whether a block goes on with the answer: it is marked A, or stands between it and the next question."""
    block = blocks[index]
    if block.tag == "p" and _ANSWER.match(block.text):
        return True
    if block.tag not in ("p", "pre", "table", *LISTS) or (block.tag == "p" and _QUESTION.match(block.text)):
        return False
    if len(details.children) == 1:
        return True
    following = (each for each in blocks[index : index + 12] if each.tag == "p")
    return block.tag in LISTS or any(_QUESTION.match(each.text) for each in following)


def _without_mark(block: Block) -> Block:
    opening = _ANSWER.match(block.text) if block.tag == "p" else None
    return paragraph(block.prose.cut(opening.end()), block.cues) if opening else block


def mark_questions(page: Page) -> None:
    """Mark items that are questions, quoted or in a list of such, and the lists; lines of quoted questions make one."""
    replace_children(page.root, _with_hints)
    replace_children(page.root, _with_quoted_lines)
    for block in list(every(page.root)):
        if block.tag in LISTS and block.children:
            _mark_list(block, page)


def _with_hints(blocks: list[Block]) -> list[Block]:
    """Lines that are quoted questions over text about them: items that hold the text as what to answer."""
    heads = {
        index
        for index, block in enumerate(blocks)
        if _is_quoted_line(block) and index + 1 < len(blocks) and _is_hint(blocks[index + 1])
    }
    if len(heads) < _FEWEST_HINTED:
        return blocks
    found: list[Block] = []
    index = 0
    while index < len(blocks):
        if index not in heads:
            found.append(blocks[index])
            index += 1
            continue
        head = blocks[index]
        item = Block("li", head.prose, start=head.start, end=head.end)
        index += 1
        while index < len(blocks) and _is_hint(blocks[index]):
            hint = blocks[index]
            attrs = {"data-label": _HINT}
            item.children.append(Block("p", hint.prose, attrs=attrs, start=hint.start, end=hint.end))
            index += 1
        item.cover()
        if found and "hinted" in found[-1].cues:
            found[-1].children.append(item)
            found[-1].end = item.end
        else:
            found.append(Block("ul", children=[item], start=item.start, end=item.end, cues=frozenset({"hinted"})))
    return found


def _is_quoted_line(block: Block) -> bool:
    return block.tag == "p" and is_quoted(block.text) and word_count(block.text) >= _FEWEST_WORDS


def _is_hint(block: Block) -> bool:
    return block.tag == "p" and not _is_quoted_line(block) and len(block.text) > _SHORTEST_HINT


def _with_quoted_lines(blocks: list[Block]) -> list[Block]:
    found: list[Block] = []
    for block in blocks:
        if not _is_quoted_line(block) or "?" not in block.text[-3:]:
            found.append(block)
            continue
        item = Block("li", block.prose, attrs={}, start=block.start, end=block.end)
        if found and "quoted" in found[-1].cues:
            found[-1].children.append(item)
            found[-1].end = item.end
        else:
            found.append(Block("ul", children=[item], start=block.start, end=block.end, cues=frozenset({"quoted"})))
    return found


def _mark_list(block: Block, page: Page) -> None:
    quoted = [is_quoted(item.text) and word_count(item.text) >= _FEWEST_WORDS for item in block.children]
    asked = [item.text.endswith("?") and word_count(item.text) >= _FEWEST_WORDS for item in block.children]
    bare = sum(asked) * 5 >= len(asked) * 3
    marked = 0
    for item, is_quote, is_asked in zip(block.children, quoted, asked, strict=True):
        if is_quote:
            item.prose = item.prose.cut(1, len(item.text) - 1)
        if is_quote or (bare and is_asked):
            item.prose.mark(0, len(item.text), "q")
            _adopt_labels(item, page)
            marked += 1
    if marked * 2 >= len(block.children):
        block.tag = "ul"
        block.add_class("questions")


def _adopt_labels(item: Block, page: Page) -> None:
    """Labelled items below a question ("- Preparation: ...") are paragraphs of the question's item."""
    children: list[Block] = []
    for child in item.children:
        heads = [each.text.split(":", 1)[0] for each in child.children] if child.tag in LISTS else []
        if heads and all(page.vocabulary.is_label(head) for head in heads):
            for each in child.children:
                children.append(Block("p", each.prose, start=each.start, end=each.end))
                children.extend(each.children)
        else:
            children.append(child)
    item.children = children


def mark_inner_questions(page: Page) -> None:
    """Mark questions that are quoted inside a paragraph or item."""
    for block in every(page.root):
        if block.text and block.tag not in ("h", "pre", "summary") and not block.prose.marked("q"):
            for match in _QUOTED.finditer(visible(block.prose)):
                if word_count(match[1]) >= _FEWEST_WORDS:
                    block.prose.mark(match.start(1), match.end(1), "q")
