"""The texts of a card: templates filled, and made to fit as grammar wants."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

from cardwright.rules.filters import FILTERS, capital
from cardwright.rules.fitting import fitting
from cardwright.rules.marked import HIDDEN, markdown, plain, wrap
from cardwright.rules.template import Group, Slot, Template

__all__ = ["Filled", "begins_with_vowel", "fill"]

_ARTICLE = re.compile(r"\b(the|an?)\s+$", re.IGNORECASE)
# Whether "a" or "an" stands before a word is a matter of sound: letters said one by one, "use", "one".
_VOWEL_SOUND = re.compile(
    r"[AEFHILMNORSX](?=[A-Z]*(?:[^A-Za-z]|$))|(?![Uu](?:ni[^nm]|s[aei]|ti)|[Ee]u|[Oo]n(?:e|ce)\b)[aeiouAEIOU](?![A-Z]*[A-Z]\b)"
)
_OWN_ARTICLE = re.compile(r"(?:the|an?)\s+(?=\S)", re.IGNORECASE)
# A sentence begins behind nothing but marks, or behind a stop, blanks and marks.
_MARKS = '*_"“'
_ONLY_MARKS = re.compile(rf"[{_MARKS}]*$")
_BEHIND_A_STOP = re.compile(rf"[.!?]\s+[{_MARKS}]*$")
_STOP_AT_END = re.compile(r"(?<!\.)[.,;:](?=[\ue000-\ue007]*$)")
_INITIALS_AT_END = re.compile(r"\b\w\.\w\.$")
_WORD = re.compile(r"\w+")
_EMPHATIC = ("*", "_", "`", '"', "“")


@dataclass(frozen=True, slots=True)
class Filled:
    """A template filled: its Markdown, or the name of the placeholder that was empty."""

    text: str
    missing: str = ""


def fill(
    template: Template,
    value: Callable[[str], str | list[str]],
    names: Collection[str] = (),
    hide: Collection[str] = (),
    change: Callable[[str], str] | None = None,
) -> Filled:
    """Put values into a template; a required placeholder that is empty leaves no text.

    `value` gives marked text for a name, `names` are words that keep their capital, `hide`
    names slots to mark as HIDDEN, `change` is applied to each value behind its filters.
    """
    values: dict[str, str | list[str]] = {}
    for slot in template.needed:
        if slot.key not in values:
            found = values[slot.key] = _filtered(value(slot.name), slot, names, change)
            if not found:
                return Filled("", slot.name)
    for slot in template.spare:
        if slot.key not in values:
            values[slot.key] = _filtered(value(slot.name), slot, names, change)
    out = ""
    pieces: Sequence[str | Slot] = template.whole or _standing(template, values)
    last = len(pieces) - 1
    for place, part in enumerate(pieces):
        if isinstance(part, str):
            out += part
            continue
        following = pieces[place + 1] if place < last else ""
        out = _join(out, values[part.key], following if isinstance(following, str) else "x", hidden=part.name in hide)
    return Filled(fitting(out))


def _standing(template: Template, values: dict[str, str | list[str]]) -> list[str | Slot]:
    """The parts that stay: a group goes where a value is empty, or where all it says is said already."""
    said: list[str] | None = None
    standing: list[str | Slot] = []
    for part in template.parts:
        if not isinstance(part, Group):
            standing.append(part)
            continue
        inner = [values[slot.key] for slot in part.slots]
        if all(inner):
            said = [_comparable(values[slot.key]) for slot in template.needed] if said is None else said
            if not all(any(_holds(other, _comparable(each)) for other in said) for each in inner):
                standing.extend(part.parts)
    return standing


def _filtered(
    found: str | list[str], slot: Slot, names: Collection[str], change: Callable[[str], str] | None
) -> str | list[str]:
    """A value behind its filters and the change; what is empty then is no item of a list."""
    filters = slot.filters
    if not isinstance(found, str):
        told = [_through(each, filters, frozenset(names)) for each in found] if filters else found
        return [text for each in told if (text := (change(each) if change else each).strip())]
    if filters and found:
        found = _through(found, filters, frozenset(names))
    return (change(found) if change and found else found).strip()


@lru_cache(maxsize=4096)
def _through(text: str, filters: tuple[str, ...], names: frozenset[str]) -> str:
    """A value behind its filters; rules ask alike, so that most are asked for more than once."""
    for name in filters:
        text = FILTERS[name](text, names)
    return text


def _join(out: str, found: str | list[str], following: str, *, hidden: bool) -> str:
    """The text so far with a value behind it, fitted to what stands before and after."""
    alone = not out or out[-1] == "\n"
    if isinstance(found, list):
        if alone and (not following or following.startswith("\n")) and len(found) > 1:
            return out + "\n".join(f"- {markdown(capital(each))}" for each in found)
        found = _phrase(found)
    if out.endswith(_EMPHATIC) and HIDDEN[0] not in found:
        found = plain(found)
    if hidden:
        found = wrap(found, HIDDEN)
    if following[:1] in (".", ",", ";", ":", "?", "!") and not following.startswith("..."):
        found = _without_stop(found)
    article = _ARTICLE.search(out) if out[-1:].isspace() else None
    if article and plain(found)[:1]:
        own = _OWN_ARTICLE.match(found)
        found = found[own.end() :] if own else found
        if article[1].lower() != "the":
            fitted = "an" if begins_with_vowel(plain(found)) else "a"
            fitted = fitted.capitalize() if article[1][0].isupper() else fitted
            out = out[: article.start(1)] + fitted + out[article.end(1) :]
    elif _begins_sentence(out):
        found = capital(found)
    return out + markdown(found, opening=alone)


def _begins_sentence(out: str) -> bool:
    """Whether a sentence begins behind a text; mostly its last character says that none does."""
    said = out.rstrip(_MARKS)
    if said and not said[-1].isspace():
        return False
    return _ONLY_MARKS.match(out) is not None or _BEHIND_A_STOP.search(out) is not None


def _without_stop(text: str) -> str:
    """A value without the full stop at its end, where the template's own punctuation follows."""
    return _STOP_AT_END.sub("", text) if not _INITIALS_AT_END.search(text) else text


def _phrase(found: list[str]) -> str:
    """a, b and c."""
    if any("," in each for each in found):
        return "; ".join(found)
    return found[0] if len(found) == 1 else f"{', '.join(found[:-1])} and {found[-1]}"


def _comparable(found: str | list[str]) -> str:
    return _small_words(found if isinstance(found, str) else " ".join(found))


@lru_cache(maxsize=1024)
def _small_words(text: str) -> str:
    return " ".join(_WORD.findall(plain(text).casefold()))


def _holds(whole: str, part: str) -> bool:
    return f" {part} " in f" {whole} "


def begins_with_vowel(text: str) -> bool:
    """Whether the text wants "an" before it."""
    return _VOWEL_SOUND.match(text.lstrip('*_"“')) is not None
