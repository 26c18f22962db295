"""Terms and what they mean."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from cardwright.documents.blocks import LISTS, Block, every, replace_children
from cardwright.documents.page import Page
from cardwright.documents.prose import Prose
from cardwright.documents.termforms import TIME, emphasised, shouted, stopped, timed
from cardwright.documents.vocabulary import Vocabulary
from cardwright.documents.wording import Split, is_amount, is_quoted, is_title_case, split_term, word_count, word_set

__all__ = ["mark_terms"]

# A value of so many words says what its key means.
_FEWEST_MEANING = 9
_FEWEST_TERMS = 3
_MOST_TERM_WORDS = 8
_MOST_PLAIN_WORDS = 3
# Before a dash, with others of its kind around it.
_MOST_DASHED_WORDS = 6
# So many plain terms in a row, with so many words behind each, are a list of terms.
_FEWEST_PLAIN = 3
_FEWEST_PLAIN_MEANING = 4
_PLAIN_MARKS = (":", "–", "—", "-", "--")
_PRONOUNS = word_set("you we they it i he she this that these those there here your our who what how why when if")
# A key that comes again and again ("With whom: ...") is one, however it is written.
_FEWEST_AGAIN = 2
# "Case on board, half a day; you sail with us": a name, how long it takes, and what it is.
_TIMED = re.compile(
    r"([A-Z][^,;:.!?()]{2,60}), ((?:about |up to )?(?:\d{1,3}(?: ?[-–] ?\d{1,3})?|half an?|one|two|three|an?) "
    r"(?:min(?:ute)?s?|hours?|days?|weeks?)\b)[,;.:]\s*(?=\S)",
)
_BRACKETS = re.compile(r"[(\[][^()\[\]]{0,120}[)\]]")


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
    """The blocks, with a list in the place of a row of lines that are terms, which are marked later."""
    found: list[Block] = []
    index = 0
    while index < len(blocks):
        after = _reach(blocks, index, lambda each: each.tag == "p" and _split(each.prose, vocabulary, True) is not None)
        plain = _reach(blocks, index, lambda each: _is_plain_term(each, vocabulary))
        after = plain if plain - index >= _FEWEST_PLAIN and plain > after else after
        stops = _reach(blocks, index, lambda each: each.tag == "p" and stopped(each.text) is not None)
        by_stops = stops - index >= _FEWEST_PLAIN and stops > after
        run = blocks[index : stops if by_stops else after]
        if by_stops or _are_terms(run, vocabulary):
            items = [Block("li", each.prose, start=each.start, end=each.end) for each in run]
            found.append(Block("ul", children=items, start=run[0].start, end=run[-1].end))
        else:
            found.extend(run or blocks[index : index + 1])
        index += len(run) or 1
    return found


def _reach(blocks: Sequence[Block], index: int, fits: Callable[[Block], bool]) -> int:
    """Where the row of blocks ends that begins here and in which each fits."""
    while index < len(blocks) and fits(blocks[index]):
        index += 1
    return index


def _are_terms(run: Sequence[Block], vocabulary: Vocabulary) -> bool:
    """Whether lines in a row are terms and no labels: several are, one alone only where it is plain."""
    labels = sum(vocabulary.is_label(each.text[: _end_of_term(each, vocabulary)]) for each in run)
    return len(run) - labels >= 2 or (len(run) > 0 and not labels and _stands_alone(run[0], vocabulary))


def _end_of_term(block: Block, vocabulary: Vocabulary) -> int:
    split = _split(block.prose, vocabulary, False, _MOST_PLAIN_WORDS) or _split(block.prose, vocabulary, True)
    return split.end if split else 0


def _is_plain_term(block: Block, vocabulary: Vocabulary) -> bool:
    """Whether a line is "Dead mile: a mile that ..."; in a row of such lines a term need not be in Title Case."""
    if block.tag != "p" or block.prose.marked("q"):
        return False
    split = _split(block.prose, vocabulary, False, _MOST_DASHED_WORDS)
    if split is None or split.mark not in _PLAIN_MARKS:
        return False
    if split.mark == ":" and word_count(block.text[: split.end]) > _MOST_PLAIN_WORDS:
        return False
    meaning = block.text[split.rest :]
    between_dashes = split.mark != ":" and f" {split.mark} " in meaning
    return word_count(meaning) >= _FEWEST_PLAIN_MEANING and not between_dashes


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
    split = emphasised(prose) or shouted(text) or timed(text) or split_term(text)
    if split is None or not text[split.rest :].strip():
        return None
    head = text[: split.end]
    if not any(map(str.isalpha, head)) or (vocabulary.is_label(head) and not _is_dash(split)):
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


def _is_dash(split: Split) -> bool:
    """Whether a bare dash parts term and meaning: "Judgement — you can say no". Labels have a colon."""
    return split.mark in _PLAIN_MARKS and split.mark != ":"


def _mark_list(block: Block, vocabulary: Vocabulary) -> None:
    items = block.children
    by_stops = [stopped(item.text) for item in items]
    if sum(split is not None for split in by_stops) >= max(_FEWEST_PLAIN, len(items) * 3 / 4):
        for item, split in zip(items, by_stops, strict=True):
            if split is not None:
                _mark_item(item, item.prose.cut(0, split.end), item.prose.cut(split.rest))
        block.add_class("terms")
        return
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
        elif item.children and (named := TIME.search(item.text)) and word_count(item.text[: named.start()]) <= 6:
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
    time = TIME.search(term.chars)
    if time:
        item.attrs["data-time"] = time[1].strip()
        term = term.cut(0, time.start())
    term.marks = [each for each in term.marks if each.tag != "dfn"]
    term.mark(0, len(term.chars), "dfn")
    item.prose = Prose.joined((term, rest))
