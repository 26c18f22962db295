"""The words that tell what a heading, a label or an aside is, as rules/vocabulary.yaml lists them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from cardwright.diagnostics import Diagnostic, Related, Span, error
from cardwright.files import TextFile
from cardwright.shape import Field, Record, Shape, read

if TYPE_CHECKING:
    from cardwright.yamltext import Node

__all__ = ["VOCABULARY_SHAPE", "AsideWords", "Vocabulary", "load_vocabulary"]

REASON = r"[a-z]+"
KIND = r"[a-z][a-z-]*"

_KIND_SHAPE = Shape(
    "a kind",
    "A kind of section.",
    (
        Field("words", "texts", "words and phrases of headings", required=True, example="[benefits, perks]"),
        Field("ordered", "flag", "its lists are steps in order"),
    ),
)
_ASIDE_SHAPE = Shape(
    "an aside",
    "Words that show a text to be no content.",
    (
        Field("opening", "texts", "words that, before a colon, open a block that is no content"),
        Field("block", "texts", "patterns; a block that one of them meets is no content"),
        Field("sentence", "texts", "patterns; a sentence that one of them meets is no content"),
        Field("clause", "texts", "patterns; only what they meet is no content"),
    ),
)
VOCABULARY_SHAPE = Shape(
    "the vocabulary",
    "Words that tell what a heading, a label or an aside is.",
    (
        Field("kinds", "mapping", "kind of section -> its heading words", pattern=KIND, shape=_KIND_SHAPE),
        Field("labels", "texts", "words before a colon that are no terms; * stands for any words"),
        Field(
            "asides",
            "mapping",
            "reason -> words and patterns of what is no content",
            pattern=REASON,
            shape=_ASIDE_SHAPE,
        ),
    ),
)

_EMPTY = frozenset(("a", "an", "the", "your", "our", "my", "of", "and", "or", "key", "main", "some"))
# A word of the vocabulary also meets its plural and its forms in -ed and -ing.
_ENDINGS = r"(?:s|es|ed|ing|['’]s)?"


@dataclass(frozen=True, slots=True)
class AsideWords:
    """The compiled patterns of one reason (RE2)."""

    reason: str
    block: tuple[Any, ...] = ()
    sentence: tuple[Any, ...] = ()
    clause: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Vocabulary:
    """Heading words by kind, labels and aside words. An empty one knows no kinds, labels or asides."""

    kinds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ordered: frozenset[str] = frozenset()
    labels: tuple[str, ...] = ()
    asides: tuple[AsideWords, ...] = ()

    @cached_property
    def _heading_words(self) -> re.Pattern[str] | None:
        phrases = sorted({phrase.lower() for each in self.kinds.values() for phrase in each}, key=len, reverse=True)
        # One lookahead group finds every phrase at every word, overlapping ones too, the longest at each place.
        choice = "|".join(r"[\s-]+".join(re.escape(word) for word in phrase.split()) for phrase in phrases)
        return re.compile(rf"(?<![^\W_])(?=({choice}){_ENDINGS}(?![^\W_]))") if choice else None

    @cached_property
    def _kind_of_phrase(self) -> dict[str, str]:
        of: dict[str, str] = {}
        for kind, phrases in self.kinds.items():
            for phrase in phrases:
                of.setdefault(" ".join(re.split(r"[\s-]+", phrase.lower())), kind)
        return of

    @cached_property
    def _labels(self) -> re.Pattern[str] | None:
        parts = (".{1,60}".join(re.escape(part) for part in label.lower().split("*")) for label in self.labels)
        choice = "|".join(parts)
        return re.compile(rf"(?:{choice})") if choice else None

    def aside_of(self, text: str) -> str:
        """Why a whole block of this text is no content, "" where it is some."""
        return next((words.reason for words in self.asides if any(each.search(text) for each in words.block)), "")

    def kind_of(self, heading: str) -> tuple[str, float]:
        """The kind a heading's words tell ("" for none) and the share of its words that do; the longest phrase wins."""
        if self._heading_words is None:
            return "", 0.0
        plain = heading[:300].lower().replace("’", "'")
        best = ""
        for match in self._heading_words.finditer(plain):
            phrase = " ".join(re.split(r"[\s-]+", match[1]))
            if len(phrase) > len(best):
                best = phrase
        if not best:
            return "", 0.0
        return self._kind_of_phrase[best], min(1.0, _weight(best) / max(1, _weight(plain)))

    def is_label(self, head: str) -> bool:
        """Whether the words before a colon are a label and no term."""
        return self._labels is not None and self._labels.fullmatch(head.strip().lower().replace("’", "'")) is not None


def _weight(words: str) -> int:
    """How many words say something: "Your responsibilities" is about nothing but responsibilities."""
    return sum(word not in _EMPTY for word in re.findall(r"[^\W_]+", words))


def load_vocabulary(file: TextFile) -> tuple[Vocabulary, list[Diagnostic]]:
    """Read rules/vocabulary.yaml; what cannot be used is left out and told of."""
    from cardwright.yamltext import parse

    node, found = parse(file)
    if node is None and (found or not file.text.strip()):
        return Vocabulary(), found
    record, problems = read(node, VOCABULARY_SHAPE, file.path)
    found.extend(problems)
    if record is None:
        return Vocabulary(), found
    kinds = _kinds(record, found)
    named = record.mapping("kinds")
    ordered = frozenset(kind for kind in kinds if named[kind].flag("ordered"))
    labels = tuple(each for each in record.texts("labels") if each.strip(" *"))
    return Vocabulary(kinds, ordered, labels, _asides(record, found)), found


def _key_node(record: Record, key: str, name: str) -> Node:
    """Where the entry `name` of the mapping `key` begins."""
    entries = record.node.entries[key]
    return entries.keys[name]  # type: ignore[attr-defined,no-any-return]  # `mapping` gave this name


def _kinds(record: Record, found: list[Diagnostic]) -> dict[str, tuple[str, ...]]:
    kinds: dict[str, tuple[str, ...]] = {}
    claimed: dict[str, tuple[str, Span]] = {}
    for name, entry in record.mapping("kinds").items():
        if not re.fullmatch(KIND, name):
            place = _key_node(record, "kinds", name).span(record.path)
            found.append(error("CW209", f"'{name}' cannot be a kind", place, "use small letters and hyphens"))
            continue
        phrases: list[str] = []
        for number, phrase in enumerate(entry.texts("words")):
            plain = " ".join(phrase.lower().split())
            place = entry.span("words", number)
            if plain in claimed and claimed[plain][0] != name:
                other, there = claimed[plain]
                message = f"'{phrase}' stands under '{name}' and under '{other}'"
                found.append(
                    error("CW109", message, place, "delete one of the two", [Related(there, f"here under '{other}'")])
                )
            elif plain:
                claimed[plain] = (name, place)
                phrases.append(plain)
        kinds[name] = tuple(phrases)
    return kinds


def _asides(record: Record, found: list[Diagnostic]) -> tuple[AsideWords, ...]:
    asides: list[AsideWords] = []
    for reason, entry in record.mapping("asides").items():
        if not re.fullmatch(REASON, reason):
            place = _key_node(record, "asides", reason).span(record.path)
            found.append(error("CW209", f"'{reason}' cannot be a reason", place, "use one word of small letters"))
            continue
        opening = [rf"^\W*(?:{re.escape(words)})\s*:" for words in entry.texts("opening")]
        asides.append(
            AsideWords(
                reason,
                _joined([*opening, *_patterns(entry, "block", found)]),
                _joined(_patterns(entry, "sentence", found)),
                _joined(_patterns(entry, "clause", found)),
            )
        )
    return tuple(asides)


def _joined(patterns: list[str]) -> tuple[Any, ...]:
    """The patterns as one, which is searched as fast as each of them; several where they cannot be joined."""
    if not patterns:
        return ()
    whole = _compiled("|".join(f"(?:{pattern})" for pattern in patterns))
    return (whole,) if whole is not None else tuple(_compiled(pattern) for pattern in patterns)


def _patterns(entry: Record, key: str, found: list[Diagnostic]) -> list[str]:
    patterns: list[str] = []
    for number, pattern in enumerate(entry.texts(key)):
        place = entry.span(key, number)
        if any(ord(char) < 32 for char in pattern):
            message = "the pattern holds a control character: in double quotes YAML reads \\b as a backspace"
            found.append(error("CW108", message, place, "write patterns in single quotes"))
            continue
        compiled = _compiled(pattern)
        if compiled is None or compiled.search(""):
            message = "the pattern does not compile" if compiled is None else "the pattern meets the empty text"
            help_ = "patterns are RE2's: no lookaround and no references back; they must need at least one character"
            found.append(error("CW108", message, place, help_))
            continue
        patterns.append(pattern)
    return patterns


def _compiled(pattern: str) -> Any:
    """The pattern in RE2, case ignored, or None; RE2's own complaints on stderr are silenced."""
    import re2

    options = re2.Options()
    options.log_errors = False
    options.case_sensitive = False
    try:
        return re2.compile(pattern, options=options)
    except re2.error:
        return None
