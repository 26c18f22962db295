"""Terms and what they mean."""

from __future__ import annotations

import re
from collections import Counter

from cardwright.documents.blocks import LISTS, Block, every, replace_children
from cardwright.documents.page import Page
from cardwright.documents.prose import Prose
from cardwright.documents.vocabulary import Vocabulary
from cardwright.documents.wording import Split, is_amount, is_quoted, is_title_case, split_term, word_count, word_set

__all__ = ["mark_terms"]

# A value of so many words says what its key means.
_FEWEST_MEANING = 9
_FEWEST_TERMS = 3
_MOST_TERM_WORDS = 8
_MOST_PLAIN_WORDS = 3
# So many plain terms in a row, with so many words behind each, are a list of terms.
_FEWEST_PLAIN = 3
_FEWEST_PLAIN_MEANING = 4
_PRONOUNS = word_set("you we they it i he she this that these those there here your our who what how why when if")
# A key that comes again and again ("With whom: ...") is one, however it is written.
_FEWEST_AGAIN = 2
_TIME = re.compile(
    r"\s*[(\[]((?:about |approx\.? |around |~ ?|up to )?"
    r"(?:\d{1,3}(?:[.,]\d)?(?: ?(?:[-–]|to) ?\d{1,3})?|half an?|a full|a half|one|two|three|an?) ?"
    r"(?:min(?:ute)?s?|m|hours?|hrs?|h|days?|weeks?|months?)\b[^()\[\]]{0,30})[)\]]\s*$",
    re.IGNORECASE,
)
# "Case on board, half a day; you sail with us": a name, how long it takes, and what it is.
_TIMED = re.compile(
    r"([A-Z][^,;:.!?()]{2,60}), ((?:about |up to )?(?:\d{1,3}(?: ?[-–] ?\d{1,3})?|half an?|one|two|three|an?) "
    r"(?:min(?:ute)?s?|hours?|days?|weeks?)\b)[,;.:]\s*(?=\S)",
)
_BRACKETS = re.compile(r"[(\[][^()\[\]]{0,120}[)\]]")
_EMPHASIS_END = re.compile(r"(?:\s\([^()]{1,40}\))?\s*(?::|\s[–—]|—|\s--?|\.)(?=\s|$)|\s*—\s*|\s*\n\s*")


def mark_terms(page: Page) -> None:
    """Mark terms in items, and make lists of the lines that are a term and its meaning."""
    keys = Counter(block.text.lower() for block in every(page.root) if block.tag == "dt")
    again = frozenset(key for key, count in keys.items() if count >= _FEWEST_AGAIN)
    replace_children(page.root, lambda blocks: _with_definitions(blocks, again))

    def change(blocks: list[Block]) -> list[Block]:
        return _with_terms(blocks, page.vocabulary)

    replace_children(page.root, change)
    for block in list(every(page.root)):
        if block.tag in LISTS and block.children and not (block.has_class("questions") or block.has_class("terms")):
            _mark_list(block, page.vocabulary)


def _are_definitions(block: Block, again: frozenset[str]) -> bool:
    """Whether keys and values are rather terms and what they mean: values of a sentence or more, keys said once."""
    if block.tag != "dl":
        return False
    keys = [each.text.lower() for each in block.children if each.tag == "dt"]
    values = [each.text for each in block.children if each.tag == "dd"]
    long = sum(word_count(value) >= _FEWEST_MEANING and not is_amount(value) for value in values)
    return len(keys) >= _FEWEST_TERMS and long * 2 > len(values) and not again.intersection(keys)


def _with_definitions(blocks: list[Block], again: frozenset[str]) -> list[Block]:
    found: list[Block] = []
    for block in blocks:
        if not _are_definitions(block, again):
            found.append(block)
            continue
        items: list[Block] = []
        for each in block.children:
            if each.tag == "aside" and items:
                items[-1].children.append(each)
            elif each.tag == "dt" or not items:
                items.append(Block("li", each.prose, start=each.start, end=each.end))
            elif not items[-1].prose.marked("dfn"):
                _mark_item(items[-1], items[-1].prose, each.prose)
                items[-1].children += each.children
            else:
                items[-1].children.append(Block("p", each.prose, each.children, dict(each.attrs), each.start, each.end))
            items[-1].cover()
        terms = Block("ul", children=items, start=block.start, end=block.end)
        terms.add_class("terms")
        found.append(terms)
    return found


def _with_terms(blocks: list[Block], vocabulary: Vocabulary) -> list[Block]:
    found: list[Block] = []
    index = 0
    while index < len(blocks):
        after = index
        while after < len(blocks) and blocks[after].tag == "p" and _split(blocks[after].prose, vocabulary, True):
            after += 1
        plain = index
        while plain < len(blocks) and _is_plain_term(blocks[plain], vocabulary):
            plain += 1
        after = plain if plain - index >= _FEWEST_PLAIN and plain > after else after
        run = blocks[index:after]
        if len(run) >= 2 or (run and _stands_alone(run[0], vocabulary)):
            items = [Block("li", each.prose, start=each.start, end=each.end) for each in run]
            found.append(Block("ul", children=items, start=run[0].start, end=run[-1].end))
        else:
            found.extend(run or blocks[index : index + 1])
        index = max(after, index + 1)
    return found


def _is_plain_term(block: Block, vocabulary: Vocabulary) -> bool:
    """Whether a line is "Dead mile: a mile that ..."; in a row of such lines a term need not be in Title Case."""
    if block.tag != "p" or block.prose.marked("q"):
        return False
    split = _split(block.prose, vocabulary, False, _MOST_PLAIN_WORDS)
    return split is not None and split.mark == ":" and word_count(block.text[split.rest :]) >= _FEWEST_PLAIN_MEANING


def _stands_alone(block: Block, vocabulary: Vocabulary) -> bool:
    """Whether a single line is a term and its meaning: a dash may be just a dash in a sentence."""
    split = _split(block.prose, vocabulary, True)
    assert split is not None
    head, rest = block.text[: split.end], block.text[split.rest :]
    if word_count(rest) < 4:
        return False
    if split.mark == "strong":
        return True
    first = rest.split(". ", 1)[0]
    return word_count(head) >= 2 and (
        split.mark == ":" or not any(dash in first for dash in (" – ", " — ", "—", " - "))
    )


def _split(prose: Prose, vocabulary: Vocabulary, strict: bool, most: int = _MOST_TERM_WORDS) -> Split | None:
    """Where a term and its meaning part; strict: the term is emphasised or in Title Case."""
    text = prose.chars
    if not text or is_quoted(text) or (text.isupper() and word_count(text) > _MOST_PLAIN_WORDS):
        return None
    split = _emphasised(prose) or split_term(text)
    if split is None or not text[split.rest :].strip():
        return None
    head = text[: split.end]
    if vocabulary.is_label(head) or not any(map(str.isalpha, head)):
        return None
    if split.mark == "strong":
        return split
    bare = _BRACKETS.sub("", head).strip()
    if not bare or word_count(bare) > (_MOST_TERM_WORDS if strict else most):
        return None
    if is_title_case(bare):
        return split
    if strict or bare[0].islower() or _PRONOUNS.intersection(bare.lower().split()):
        return None
    return split


def _emphasised(prose: Prose) -> Split | None:
    """The split behind an emphasised beginning: "**Term**: text", "**Term:** text", "**Term.** text"."""
    text = prose.chars
    first = next(
        (each for each in prose.marks if each.start == 0 and each.tag in ("strong", "dfn", "em", "code")), None
    )
    if first is None or first.end >= len(text):
        return None
    head = text[: first.end].rstrip()
    if not 1 <= word_count(head) <= _MOST_TERM_WORDS:
        return None
    if head[-1] in ":.–—-":
        bare = head.rstrip(":.–—- ")
        return Split(len(bare), first.end, "strong") if bare and first.tag != "em" else None
    separator = _EMPHASIS_END.match(text, first.end)
    return Split(first.end, separator.end(), "strong") if separator else None


def _mark_list(block: Block, vocabulary: Vocabulary) -> None:
    items = block.children
    strict = [_split(item.prose, vocabulary, True) for item in items]
    many = len(items) >= 2 and sum(split is not None for split in strict) * 2 >= len(items)
    terms = 0
    for item, split in zip(items, strict, strict=True):
        found = split or _split(item.prose, vocabulary, False, _MOST_TERM_WORDS if many else _MOST_PLAIN_WORDS)
        if found is not None:
            _mark_item(item, item.prose.cut(0, found.end), item.prose.cut(found.rest))
            terms += 1
        elif timed := _TIMED.match(item.text):
            item.attrs["data-time"] = timed[2].strip()
            _mark_item(item, item.prose.cut(0, timed.end(1)), item.prose.cut(timed.end()))
            terms += 1
        elif _is_named(item, block):
            first = item.children.pop(0)
            _mark_item(item, item.prose, first.prose)
            terms += 1
        elif item.children and (named := _TIME.search(item.text)) and word_count(item.text[: named.start()]) <= 6:
            _mark_item(item, item.prose, Prose())
            terms += 1
    if terms and terms * 2 >= len(items):
        block.add_class("terms")


def _is_named(item: Block, block: Block) -> bool:
    """Whether an item is a name and its first paragraph says what that is."""
    if not item.children or item.children[0].tag != "p" or not item.text:
        return False
    if "named" in item.cues:
        return True
    short = word_count(item.text) <= _MOST_TERM_WORDS and item.text[-1] not in ".:;,?!"
    emphasised = any(each.tag == "strong" and each.end == len(item.text) for each in item.prose.marks)
    return short and is_title_case(item.text) and (emphasised or block.tag == "ol")


def _mark_item(item: Block, term: Prose, rest: Prose) -> None:
    time = _TIME.search(term.chars)
    if time:
        item.attrs["data-time"] = time[1].strip()
        term = term.cut(0, time.start())
    term.marks = [each for each in term.marks if each.tag != "dfn"]
    term.mark(0, len(term.chars), "dfn")
    item.prose = Prose.joined((term, rest))
