"""The thresholds of the linter, and the rules that a project switches off: the table `lint` of its settings."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, fields, replace
from typing import Any

from cardwright.diagnostics import Diagnostic, did_you_mean, error
from cardwright.settings import Setting

__all__ = ["Limits", "limit_names", "read_limits"]


def _limit(default: float, about: str, least: int = 1) -> Any:
    return field(default=default, metadata={"about": about, "least": least})


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is too much. Words are counted without markup; a formula is one word.

    The figures are ours: no source of a rule gives any.
    """

    question_words: float = _limit(35, "words of a question")
    question_least: float = _limit(3, "words that a question has at least")
    label_words: float = _limit(6, "words of a label or a quotation in a question")
    answer_words: float = _limit(25, "words of an answer that is no list")
    list_words: float = _limit(40, "words of an answer that is a list or a table")
    answer_sentences: float = _limit(2, "sentences of an answer")
    answer_least: float = _limit(3, "words with a meaning that an open question's answer has at least")
    answer_share: float = _limit(0.8, "share of the answer's words that the question may hold")
    list_items: float = _limit(7, "items of a list")
    gap_count: float = _limit(4, "gap numbers of a cloze")
    gap_words: float = _limit(12, "words that one gap hides")
    gap_share: float = _limit(0.5, "share of the sentence that one gap hides")
    likeness: float = _limit(0.8, "share of their words that near duplicates have in common")
    crowd: float = _limit(5, "cards of a file that have one answer", least=2)
    off: frozenset[str] = frozenset()


def limit_names() -> dict[str, tuple[float, str]]:
    """Each threshold as settings name it, with its default and what it counts."""
    return {
        each.name.replace("_", "-"): (float(str(each.default)), str(each.metadata["about"]))
        for each in fields(Limits)
        if each.metadata
    }


def read_limits(settings: Iterable[Setting], rules: Collection[str]) -> tuple[Limits, list[Diagnostic]]:
    """The thresholds with what a project sets; `rules` are the names that `off` may hold."""
    known = limit_names()
    least = {each.name.replace("_", "-"): int(str(each.metadata["least"])) for each in fields(Limits) if each.metadata}
    values: dict[str, Any] = {}
    found: list[Diagnostic] = []
    for each in settings:
        if each.name == "off":
            off, problems = _off(each, sorted(rules))
            values["off"] = off
            found += problems
        elif each.name not in known:
            message = f"'{each.name}' is no setting of the linter"
            found.append(error("CW002", message, each.span, did_you_mean(each.name, ("off", *known))))
        elif not _fits(each.value, known[each.name][0], least[each.name]):
            share = known[each.name][0] < 1
            takes = "a share between 0 and 1" if share else f"a whole number from {least[each.name]} on"
            example = f"write for example {each.name} = {known[each.name][0]:g}"
            found.append(error("CW002", f"'{each.name}' takes {takes}", each.span, example))
        else:
            values[each.name.replace("-", "_")] = each.value
    return (Limits() if found else replace(Limits(), **values)), found


def _fits(value: object, default: float, least: int) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return 0 < value <= 1 if default < 1 else isinstance(value, int) and value >= least


def _off(setting: Setting, rules: list[str]) -> tuple[frozenset[str], list[Diagnostic]]:
    value = setting.value
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        return frozenset(), [error("CW002", "'off' takes a list of rules", setting.span, f'write off = ["{rules[0]}"]')]
    return frozenset(value), [
        error("CW002", f"'{each}' is no rule of the linter", setting.span, did_you_mean(each, rules))
        for each in value
        if each not in rules
    ]
