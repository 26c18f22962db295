"""A card as the rules of the linter read it: plain text, words, sentences, items, gaps."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cardwright import markup
from cardwright.cards.lint.english import Words
from cardwright.model import Card

__all__ = ["Text", "has_phrase", "opens_with", "read_card", "shown", "stem", "telling", "words_of", "written_words"]

# Han characters and kana, each a word: no spaces stand between words there.
_UNSPACED = (
    "\u3005\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\uff66-\uff9f\U0001b000-\U0001b16f\U00020000-\U0003ffff"
)
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+(?:['’.,/&+-][^\W_{_UNSPACED}]+)*")
_QUOTED = re.compile(r"“([^”\n]*)”|\"([^\"\n]*)\"|«([^»\n]*)»")
_BRACKETS = re.compile(r"\([^()]*\)")
_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_ITEM = re.compile(r"^[ \t]*(?:[-+*]|\d{1,9}[.)])[ \t]+(.*)$", re.MULTILINE)
_SENTENCE = re.compile(r"(?<=[.!?])[\"”’)]*\s+(?=[\"“(]*[A-Z0-9])")
# Whose text it is, and the heading that it stands under, before what a cloze says.
_LABEL = re.compile(r"^[^\n]{0,200}?\):\s+|^(?:[^\s:{}\[\]]+\s+){0,6}[^\s:{}\[\]]+:\s+")
_PART = re.compile(r"[,;]\s")
# Words between two commas that may still be an item of a list; more are a clause.
_ITEM_WORDS = 7
# No phrase that a text may open with has more words.
_OPENING = 9
_FENCE = ("```", "~~~")
_FORMULA = re.compile(f"{markup.FORMULA}[a-p]+")


@dataclass(frozen=True, slots=True)
class Text:
    """What rules look at. `question` and `answer` are plain; a cloze is its own question, gaps as `[...]`.

    `asked` is the question without quotations and, of a cloze, without the label before it; `label` is that label,
    and `own` what is asked without labels in bold. `quoted` are quotations in the question, `bold` what is emphasized
    there. `items` are those of a list in the answer, or the rows of a table. `gaps` are the answers of a cloze by
    their numbers. `special`: a picture, code or a formula asks too.
    """

    card: Card
    question: str
    asked: str
    answer: str
    label: str = ""
    bold: tuple[str, ...] = ()
    quoted: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()
    own: str = ""
    gaps: tuple[tuple[int, str], ...] = ()
    special: bool = False
    question_words: tuple[str, ...] = ()
    asked_words: tuple[str, ...] = ()
    answer_words: tuple[str, ...] = ()

    @property
    def statements(self) -> tuple[tuple[str, str], ...]:
        """What the card says in words of its own, by field: without quotations, and without questions in the answer."""
        asked = (self.key, _QUOTED.sub(" ", self.own))
        if self.card.cloze:
            return asked, ("cloze", _QUOTED.sub(" ", " ".join(hidden for _, hidden in self.gaps)))
        lines = [] if any("?" in each for each in self.items) else _QUOTED.sub(" ", self.answer).split("\n")
        said = [each for line in lines for each in _SENTENCE.split(line) if not each.rstrip().endswith("?")]
        return asked, ("back", " ".join(said))

    @property
    def listed(self) -> int:
        """How many things the answer names in a row, as items or parted by commas."""
        return max(len(self.items), *(_row(each) for each in self.sentences), 0)

    @property
    def key(self) -> str:
        """The field that asks."""
        return "cloze" if self.card.cloze else "front"


def read_card(card: Card, language: Words) -> Text:
    """Take the words out of a card."""
    if card.cloze:
        blank = markup.cloze_blank(_without_math(card.cloze))
        label = _LABEL.match(blank)
        lead = label[0] if label and "[" not in label[0] else ""
        gaps = tuple(markup.cloze_answers(_without_math(card.cloze)).items())
        if not lead.rstrip().endswith("):") and not words_of(blank[len(lead) :]):
            lead = ""  # "Stages: {{c1::...}}" asks for what stands before its colon
        asked = blank[len(lead) :]
        words, rest = words_of(blank), words_of(asked)
        bold = _bold(card.cloze)
        return Text(card, blank, asked, "", lead, bold, own=asked, gaps=gaps, question_words=words, asked_words=rest)
    question, answer = _plain(card.front), _plain(card.back)
    items = tuple(_ITEM.findall(answer)) or tuple(line for line in answer.split("\n") if " | " in line)
    asked = " ".join(_QUOTED.sub(" ", question).split())
    return Text(
        card,
        question,
        asked,
        answer,
        bold=_bold(card.front),
        quoted=tuple("".join(each) for each in _QUOTED.findall(question)),
        own=_without_labels(asked, _bold(card.front)),
        items=items,
        sentences=() if items else _sentences(answer, language),
        special="![" in card.front or "`" in card.front or "$" in card.front or "\\" in card.front,
        question_words=words_of(question),
        asked_words=words_of(asked),
        answer_words=words_of(answer),
    )


def words_of(text: str) -> tuple[str, ...]:
    """The words of a plain text in small letters; hyphens, slashes and apostrophes part none.

    Each Chinese or Japanese character is one.
    """
    return tuple(written_words(text.casefold()))


def written_words(text: str) -> list[str]:
    """The words of a plain text as they are written."""
    return _WORD.findall(text.replace("’", "'"))


def shown(text: str) -> str:
    """A plain text as a message may show it: the words that stand for formulas are for comparing."""
    return _FORMULA.sub("formula", text)


def telling(words: Iterable[str], language: Words) -> tuple[str, ...]:
    """Those of them that tell what a text is about, by their stems."""
    return tuple(stem(each) for each in words if each not in language.stop)


@functools.lru_cache(maxsize=1 << 14)
def stem(word: str) -> str:
    """A word without the endings of possession and of many."""
    word = word.removesuffix("'s").removesuffix("'")
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def opens_with(words: Sequence[str], phrases: Iterable[str]) -> str:
    """The phrase that a text opens with; "" for none of them."""
    line = f"{' '.join(words[:_OPENING])} "
    return next((phrase for phrase in phrases if line.startswith(phrase) and line.startswith(f"{phrase} ")), "")


def has_phrase(words: Sequence[str], phrases: Iterable[str]) -> str:
    """The phrase that stands anywhere in a text; "" for none of them."""
    line = f" {' '.join(words)} "
    return next((phrase for phrase in phrases if phrase in line and f" {phrase} " in line), "")


def _row(sentence: str) -> int:
    """How many things a sentence names in a row, parted by commas; the first one stands behind other words."""
    longest = row = 1
    for part in _PART.split(sentence)[1:]:
        row = row + 1 if len(words_of(part)) <= _ITEM_WORDS else 1
        longest = max(longest, row)
    return longest


def _bold(text: str) -> tuple[str, ...]:
    return tuple(_BOLD.findall(text)) if "**" in text else ()


def _without_labels(asked: str, bold: Iterable[str]) -> str:
    """A question without what it has in bold; one that is bold as a whole stays."""
    for label in bold:
        rest = asked.replace(_plain(label), " ")
        asked = rest if words_of(_BRACKETS.sub(" ", rest)) else asked
    return asked


def _sentences(text: str, language: Words) -> tuple[str, ...]:
    whole = " ".join(re.sub(language.shortened, lambda found: found[0][:-1], text).split())
    return tuple(each for each in _SENTENCE.split(whole) if each)


def _plain(text: str) -> str:
    if "**" in text and "`" not in text:  # of most fields that is all the markup, and the parser is slow
        text = _BOLD.sub(r"\1", text)
    return markup.to_plain(_without_math(text), cloze=False)


def _without_math(text: str) -> str:
    """The field with each formula as one word, and without blocks of code, which no limit counts."""
    if "$" not in text and "\\" not in text and not any(fence in text for fence in _FENCE):
        return text
    return markup.simplified(text)
