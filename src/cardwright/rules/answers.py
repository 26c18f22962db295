"""Answers of the right length: lists in parts, prose cut between sentences, clozes with their gaps."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from cardwright.rules.echo import is_echo, without_echo
from cardwright.rules.filters import first, headed, named, shortened
from cardwright.rules.marked import HIDDEN, plain
from cardwright.rules.phrase import Filled, fill
from cardwright.rules.sentences import first_word, is_longer, sentences, spans, word_count, words

if TYPE_CHECKING:
    from cardwright.rules.rulefile import Rule
    from cardwright.rules.unit import Value

__all__ = ["GAP", "LONGEST", "MOST_ITEMS", "Answer", "answers", "damaged", "finished", "gaps"]

# An answer holds at most so many words, a list at most so many items.
LONGEST = 60
MOST_ITEMS = 7
# Nobody guesses a longer gap word for word.
LONGEST_GAP = 32
LEAST_ITEMS = 2
# Nobody learns a list in more parts than this.
MOST_PARTS = 6
# What `long: shorten` aims at, and what an item of a list may have.
SHORTENED = 40
SHORT_ITEM = 12
LONG_ITEM = 24
# From so many words on, an answer is a sentence and ends like one; below so few it is none.
SENTENCE = 8
FRAGMENT = 4

LISTS = ("items", "questions", "parts", "below")
_DAMAGED = re.compile("[A-Za-z]{2}[\u0370-\u03ff]|\ufffd")
_STRANGE = re.compile("[\u0370-\u03ff\ufffd]")
_HANGING = re.compile(r"(?::|…|\.\.\.)[*_`\"”)]*$")
GAP = re.compile(f"{HIDDEN[0]}([^{HIDDEN[0]}{HIDDEN[1]}]*){HIDDEN[1]}")


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer in as many parts as it takes, or why there is none."""

    parts: tuple[str, ...] = ()
    why: str = ""


def answers(rule: Rule, value: Callable[[str], Value], names: Collection[str], front: str) -> Answer:
    """The back of a card, of at most 60 words; `long` says what happens to a longer one."""
    assert rule.back is not None
    listed = [slot.name for slot in rule.back.slots if slot.name in LISTS]
    made = _listed(rule, value, names, listed[0]) if listed else _prose(rule, _news(value, front), names)
    if made.why:
        return made
    parts = tuple(finished(part) for part in made.parts)
    if not all(first_word(part) for part in parts):
        return Answer(why="the answer is empty or cut off")
    if len(parts) == 1 and _says(front, parts[0]):
        return Answer(why="the question holds its answer")
    if len(parts) == 1 and not listed and is_longer(parts[0], FRAGMENT) and is_echo(front, parts[0]):
        return Answer(why="the answer only says the question again")
    return Answer(parts)


@lru_cache(maxsize=1024)
def finished(text: str) -> str:
    """An answer that ends: no lead-in or broken sentence at its end, and a full stop behind a sentence."""
    if text.startswith("- ") or "\n- " in text:
        return text.strip()
    while _HANGING.search(text):
        kept = sentences(text)[:-1]
        if not kept:
            return ""
        text = text[: text.rindex(kept[-1]) + len(kept[-1])]
    text = text.rstrip(" ,;–—-")
    if word_count(text) < FRAGMENT and len(sentences(text)) == 1:
        return re.sub(r"(?<=[\w%)])(?<!\b\w)\.$", "", text)
    if text[-1:].isalnum() or (text[-1:] and text[-1] in ")”*`%+"):
        said = sentences(text)
        if len(said) > 1 or word_count(text) >= SENTENCE:
            return text + "."
    return text


def gaps(text: str) -> tuple[str, str]:
    """A cloze with its hidden spans numbered, or why it cannot be one."""
    found = list(GAP.finditer(text))
    bare = plain(text)
    if not found:
        return "", "nothing is hidden in what is left of the sentence"
    if "{{" in bare or any("::" in each[1] or "}}" in each[1] for each in found):
        return "", "the text holds characters that Anki reads as a gap"
    if not all(first_word(plain(each[1])) for each in found):
        return "", "what is hidden has no word"
    if is_longer(bare, LONGEST):
        return "", f"longer than {LONGEST} words"
    if any(is_longer(plain(each[1]), LONGEST_GAP) for each in found):
        return "", f"a gap of more than {LONGEST_GAP} words"
    open_ = " ".join(words(plain(GAP.sub(" ", text)).casefold()))
    if any(f" {' '.join(words(plain(each[1]).casefold()))} " in f" {open_} " for each in found):
        return "", "what is hidden stands in the open too"
    if len(open_.split()) < 2:
        return "", "nothing is left around the gap"
    numbers = iter(range(1, len(found) + 1))
    numbered = GAP.sub(lambda each: f"{{{{c{next(numbers)}::{each[1]}}}}}", text)
    done = finished(plain(numbered))
    if done.count("{{c") < len(found):
        return "", "what is hidden stands in a sentence that leads in to something else"
    return done, ""


def damaged(text: str) -> bool:
    """Whether a text shows what is left of characters that were lost: a Greek letter inside a Latin word."""
    return not text.isascii() and _STRANGE.search(text) is not None and _DAMAGED.search(text) is not None


def _news(value: Callable[[str], Value], front: str) -> Callable[[str], Value]:
    """The values without opening sentences that only say the question again."""

    def told(name: str) -> Value:
        found = value(name)
        return without_echo(front, found) if isinstance(found, str) else found

    return told


def _prose(rule: Rule, value: Callable[[str], Value], names: Collection[str]) -> Answer:
    assert rule.back is not None
    filled = fill(rule.back, value, names)
    if filled.missing or not filled.text:
        return Answer(why=_empty(filled))
    if not is_longer(filled.text, LONGEST):
        return Answer((filled.text,))
    if rule.long == "split":
        return _pieces(filled.text)
    if rule.long != "skip":
        filled = fill(rule.back, value, names, change=lambda text: shortened(text, SHORTENED))
        if filled.text and not is_longer(filled.text, LONGEST):
            return Answer((filled.text,))
    return Answer(why=f"longer than {LONGEST} words")


def _pieces(text: str) -> Answer:
    """Prose in parts of whole sentences."""
    parts: list[str] = []
    for sentence in sentences(text):
        sentence = shortened(sentence, LONGEST)
        if is_longer(sentence, LONGEST):
            return Answer(why=f"a sentence is longer than {LONGEST} words")
        if parts and word_count(parts[-1]) + word_count(sentence) <= LONGEST:
            parts[-1] += " " + sentence
        else:
            parts.append(sentence)
    return Answer(tuple(parts))


def _listed(rule: Rule, value: Callable[[str], Value], names: Collection[str], name: str) -> Answer:
    assert rule.back is not None
    items = value(name)
    if not isinstance(items, list):
        items = [items] if items else []
    items = list(dict.fromkeys(items))
    if len(items) < 2:
        return Answer(why=f"{{{name}}} is empty" if not items else "a list of one item")
    may_split = rule.long not in ("skip", "shorten")
    counts = range(math.ceil(len(items) / MOST_ITEMS), (MOST_PARTS if may_split else 1) + 1)

    def parted(chosen: list[str]) -> Answer | None:
        """The items on as few cards as hold them."""
        for count in counts:
            parts = [_part(rule, value, names, name, chunk) for chunk in _chunks(chosen, count)]
            missing = next((part for part in parts if part.missing), None)
            if missing:
                return Answer(why=_empty(missing))
            if not any(is_longer(part.text, LONGEST) for part in parts):
                return Answer(tuple(part.text for part in parts))
        return None

    asks = may_split and any(plain(item).endswith("?") for item in items)
    answer = parted(items) if asks else None  # half a question asks something else
    if answer is None and counts:
        answer = parted(_trimmed(items, rule.long))
    return answer or Answer(why=f"a list of {len(items)} items, too long for one card")


def _trimmed(items: list[str], long: str | None) -> list[str]:
    """Items cut back to what is needed for one card, as far as `long` allows."""
    if long == "skip":
        return items
    whole = items
    for most in (LONG_ITEM, SHORT_ITEM) if long != "shorten" else (SHORT_ITEM,):
        if sum(word_count(plain(item)) for item in items) > LONGEST:
            items = [shortened(item, most) for item in items]
    if long != "shorten" and sum(word_count(plain(item)) for item in items) > LONGEST:
        items = _fitted([headed(item) for item in items])
    return _even(whole, items)


def _fitted(items: list[str]) -> list[str]:
    """Items of which the longest are cut back to what names them, one by one, until all fit on one card."""
    fitted = list(items)
    for at in sorted(range(len(items)), key=lambda each: -word_count(plain(items[each]))):
        if sum(word_count(plain(item)) for item in fitted) <= LONGEST:
            return fitted
        fitted[at] = named(fitted[at])
    return fitted if sum(word_count(plain(item)) for item in fitted) <= LONGEST else items


def _even(whole: list[str], items: list[str]) -> list[str]:
    """Items of which none has a second sentence where one has lost its own."""
    lost = any(len(spans(plain(after))) < len(spans(plain(before))) for before, after in zip(whole, items, strict=True))
    return [first(item).removesuffix(".") for item in items] if lost else items


def _part(rule: Rule, value: Callable[[str], Value], names: Collection[str], name: str, items: list[str]) -> Filled:
    assert rule.back is not None
    return fill(rule.back, lambda wanted: items if wanted == name else value(wanted), names)


def _chunks(items: list[str], count: int) -> list[list[str]]:
    """Items in so many parts: seven in each but the last where that is enough, else of nearly the same length."""
    size, more = divmod(len(items), count)
    sizes = [size + (number < more) for number in range(count)]
    if count == math.ceil(len(items) / MOST_ITEMS):
        last = max(len(items) - MOST_ITEMS * (count - 1), LEAST_ITEMS if count > 1 else 1)
        full, more = divmod(len(items) - last, max(count - 1, 1))
        sizes = [*(full + (number < more) for number in range(count - 1)), last]
    ends = [sum(sizes[: number + 1]) for number in range(count)]
    return [items[end - size : end] for end, size in zip(ends, sizes, strict=True)]


def _says(front: str, back: str) -> bool:
    """Whether the question already says the answer, word for word."""
    front, back = front.casefold(), back.casefold()
    if first_word(back) not in front:
        return False
    asked, said = (" ".join(words(text)) for text in (front, back))
    return f" {said} " in f" {asked} "


def _empty(filled: Filled) -> str:
    return f"{{{filled.missing}}} is empty" if filled.missing else "the answer is empty"
