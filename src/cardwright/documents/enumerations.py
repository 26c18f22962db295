"""Enumerations in sentences: "A, B and C", with or without the last comma, and after "such as".

Where a member begins or ends is told by words that no member holds. An enumeration whose
members do not look alike is left unmarked: a wrong member makes a wrong card.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from cardwright.documents.blocks import every
from cardwright.documents.grammar import ARTICLES, BORDERS, GOVERNORS, POSTPOSED, is_adjective, is_adverb, is_verb
from cardwright.documents.page import Page, visible
from cardwright.documents.prose import Prose

__all__ = ["find_enumerations", "mark_enumerations"]

Member = tuple[int, int]

_LEADING = re.compile(
    r"(?:(?:and|or|as well as|plus|of|also|even|potentially|possibly|then|both|either|e\.g\.,?|i\.e\.,?|such as|"
    r"including|like|for example|namely|especially)\s+){1,3}",
    re.IGNORECASE,
)
_ARTICLE = re.compile(rf"(?:{'|'.join(sorted(ARTICLES))})\s+", re.IGNORECASE)
_TRIGGER = re.compile(
    r"\b(?:such as|including|includes?|like|namely|for example|for instance|e\.g\.,?|i\.e\.,?|among them)[\s:,]*$",
    re.IGNORECASE,
)
_OPENER = re.compile(r"\s*(?:such as|including|like|e\.g\.|i\.e\.|namely|for example|for instance)\b", re.IGNORECASE)
_INTRODUCTION = re.compile(
    r"\s*(?:e\.g\.?|i\.e\.?|for example|for instance|however|therefore|thus|instead|typically|usually|additionally|"
    r"moreover|furthermore|finally|first|second|third|then|today|often|please|yes|no|also)\s*$",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[^.;!?\"“”:–—\n]+(?:\.(?=[^\s])[^.;!?\"“”:–—\n]+)*")
_BRACKETS = re.compile(r"\(([^()]{1,400})\)")
_EXAMPLE = re.compile(r"\s\((?:e\.g\.|for example|such as),?\s[^(),]{1,30}\)")
_WORD = re.compile(r"[^\s,]+")
_AND = re.compile(r"\s(?:and|or|&)\s")
_CLOSING = re.compile(r"\s*(?:and|or|&|as well as|plus)\s")
_AND_SO_ON = frozenset(("more", "others", "so on", "so forth", "etc", "beyond", "much more", "many others", "the like"))
# What stands behind these is a verb.
_SUBJECTS = ("we", "you", "they", "i", "can", "could", "may", "must", "should", "will", "would")
_MOST_WORDS = 6
_MOST_COMPLETED_WORDS = 8
_MOST_MEMBERS = 24
# Clauses beyond this are data, not sentences.
_LONGEST_CLAUSE = 1500
_SHORTEST_VALUE = 15


def mark_enumerations(page: Page) -> None:
    """Mark enumerations in all running text, and their members."""
    for block in every(page.root):
        if not block.text or block.tag in ("h", "pre", "dt", "th") or "," not in block.text:
            continue
        if block.tag == "dd" and len(block.text.split()) < _SHORTEST_VALUE:
            continue
        for members in find_enumerations(_searched(block.prose)):
            block.prose.mark(members[0][0], members[-1][1], "span", class_="list")
            for start, end in members:
                block.prose.mark(start, end, "span", class_="member")


def _searched(prose: Prose) -> str:
    """The text with terms and acronyms' homes parted from the sentence: no enumeration reaches into a term."""
    text = visible(prose)
    for mark in prose.marked("dfn"):
        text = text[: mark.start] + ";" * (mark.end - mark.start) + text[mark.end :]
    return text


def find_enumerations(text: str) -> list[list[Member]]:
    """From and to of the members of each enumeration in the text; what is in brackets is read by itself."""
    plain = _BRACKETS.sub(lambda match: " " * len(match[0]), text)
    spans = [match.span() for match in _CLAUSE.finditer(plain)]
    found = [_with_example(text, each) for start, end in spans for each in _in_clause(plain, start, end)]
    inner = [match.span(1) for match in _BRACKETS.finditer(text)]
    # An enumeration that runs over brackets keeps what is in them unmarked: marks must nest.
    free = [span for span in inner if not any(_overlaps(span, each) for each in found)]
    parts = [match.span() for start, end in free for match in _CLAUSE.finditer(text, start, end)]
    found += [each for start, end in parts for each in _in_clause(text, start, end)]
    return sorted(found)


def _with_example(text: str, members: list[Member]) -> list[Member]:
    """The members, the last with an example in brackets right behind it: "or own equivalents (e.g., Maestro)"."""
    start, end = members[-1]
    found = _EXAMPLE.match(text, end)
    return [*members[:-1], (start, found.end())] if found else members


def _overlaps(span: tuple[int, int], members: Sequence[Member]) -> bool:
    return members[0][0] < span[1] and members[-1][1] > span[0]


def _in_clause(text: str, begin: int, end: int) -> list[list[Member]]:
    """Chains of parts between commas; what follows a chain in its last part may begin the next one."""
    if end - begin > _LONGEST_CLAUSE or "," not in text[begin:end]:
        return []
    cuts = [begin, *(begin + match.start() + 1 for match in re.finditer(r",\s", text[begin:end])), end]
    parts = list(pairwise(cuts))
    found: list[list[Member]] = []
    index = 0
    while index < len(parts) - 1:
        members, after = _chain(text, parts, index)
        if members:
            found.append(members)
            parts[after - 1] = (members[-1][1], parts[after - 1][1])
            index = after - 1
        else:
            index += 1
    return found


def _chain(text: str, parts: Sequence[Member], index: int) -> tuple[list[Member], int]:
    """The members of the chain that begins in part `index`, none if it is no enumeration, and the part behind it."""
    first = _first_member(text, *parts[index])
    if first is None:
        return [], index
    members = [first]
    closed = False
    inner: tuple[int, int] | None = None
    after = index + 1
    while after < len(parts) and not closed and len(members) < _MOST_MEMBERS:
        start, end = parts[after]
        if _OPENER.match(text, start, end):
            break
        closing = _CLOSING.match(text, start, end)
        inner = None if closing else _inner_and(text, parts, after)
        if closing:
            more = [_last_member(text, closing.end(), end)]
            closed = True
        elif inner is not None:
            more = [_whole_member(text, start, inner[0]), _last_member(text, inner[1], end)]
            closed = True
        elif after == len(parts) - 1:
            more = [_last_member(text, start, end)]
        else:
            more = [_whole_member(text, start, end)]
        if None in more:
            closed = False
            break
        members.extend(each for each in more if each is not None)
        after += 1
    trigger = _TRIGGER.search(text, max(0, first[0] - 24), first[0]) is not None
    if not closed and not (trigger and after == len(parts)):
        return [], after
    members[0] = _without_verb(text, members)
    if text[slice(*members[-1])].lower() in _AND_SO_ON:
        members.pop()
    if inner is not None and len(members) == 3 and not trigger and not _is_plain(text, members, parts[index][0]):
        return [], after
    return (members, after) if _are_alike(text, members, trigger) else ([], after)


def _inner_and(text: str, parts: Sequence[Member], index: int) -> tuple[int, int] | None:
    """The "and" inside a part that ends the enumeration without a comma, unless a later part brings it with one."""
    start, end = parts[index]
    for later_start, later_end in parts[index + 1 : index + 1 + _MOST_MEMBERS]:
        if _CLOSING.match(text, later_start, later_end):
            return None
    found = _AND.search(text, start, end)
    return (found.start(), found.end()) if found else None


def _is_plain(text: str, members: Sequence[Member], begin: int) -> bool:
    """Whether "A, B and C" is three things, not a name with a remark or a phrase before the sentence.

    Against it speak an article before A alone ("our team, B and C"), a comma behind C,
    a quotation right before A, and capitals in B and C alone.
    """
    start, end = members[0][0], members[-1][1]
    before = text[begin:start].split()
    if before and before[-1].lower() in ARTICLES and not _ARTICLE.match(text, members[1][0] - 4):
        return False
    if text[end : end + 1] == "," or (not before and text[max(0, begin - 1) : begin] in ('"', "”")):
        return False
    return text[start].isupper() or not all(text[first].isupper() for first, _ in members[1:])


def _are_alike(text: str, members: Sequence[Member], trigger: bool) -> bool:
    """Whether the members can be one enumeration: enough of them, of like length, all actions or none."""
    if len(members) < (2 if trigger else 3):
        return False
    words = [_WORD.findall(text[start:end]) for start, end in members]
    if not all(words):
        return False
    if not trigger and len(words[0]) > max(len(each) for each in words[1:]) + 1:
        return False
    if len(members) < 4 and {"and", "or"} & set(words[0]):
        return False
    active = is_verb(words[0][0])
    if any(is_verb(each[0]) != active or is_adverb(each[0]) for each in words[1:]):
        return False
    if not active and any(is_verb(word) for each in words[1:] for word in each[1:-1]):
        return False
    # "a strong, simple and fast way": adjectives before one noun.
    if len(words[0]) == 1 and is_adjective(words[0][0]) and len(members) == 3:
        return len(words[-1]) < 3 and len(words[1]) == 1
    return True


def _without_verb(text: str, members: Sequence[Member]) -> Member:
    """The first member without the verb that governs all of them ("improve **speed**, cost and quality")."""
    start, end = members[0]
    if len(members) > 1 and is_verb(_WORD.findall(text[slice(*members[1])])[0]):
        return start, end
    words = list(_WORD.finditer(text, start, end))
    before = "".join(text[max(0, start - 8) : start].split()[-1:]).lower()
    for place in range(len(words) - 2, -1, -1):
        word = words[place][0]
        relative = before in ("that", "which", "who") and word.endswith("s")
        if is_verb(word) or (place == 0 and word[0].islower() and (relative or before in _SUBJECTS)):
            return _trimmed(text, words[place].end(), end) or (start, end)
    return start, end


def _first_member(text: str, start: int, end: int) -> Member | None:
    """The words before the first comma, back to a word that no member holds, or to an article."""
    if _INTRODUCTION.match(text, start, end - 1):
        return None
    words = list(_WORD.finditer(text, start, end))[-_MOST_WORDS - 3 :]
    begin = len(words)
    for place in range(len(words) - 1, -1, -1):
        word = words[place][0].lower().strip("'’")
        if word in BORDERS or word == "of" or word.endswith(("n't", "n’t")):
            break
        begin = place
        if word in ARTICLES:
            break
    if begin == len(words) or len(words) - begin > _MOST_WORDS:
        return None
    return _trimmed(text, words[begin].start(), end)


def _whole_member(text: str, start: int, end: int) -> Member | None:
    """A part that is one member from end to end."""
    member = _trimmed(text, start, end)
    if member is None:
        return None
    words = [word.lower() for word in _WORD.findall(text[slice(*member)])]
    # "a plan with employer match" is one member: a single "with" or "for" inside does not hurt.
    borders = sum(word in BORDERS and not (place and word in ("with", "for")) for place, word in enumerate(words))
    if len(words) > _MOST_WORDS or borders or any(word.endswith(("n't", "n’t")) for word in words):
        return None
    # "emphasizing a culture of ..." is a clause, "define the goal" an action among actions.
    inner = any(word in ARTICLES and words[place] not in ("of", "and", "or") for place, word in enumerate(words[1:]))
    return None if inner and not is_verb(words[0]) else member


def _last_member(text: str, start: int, end: int) -> Member | None:
    """The words behind the last "and", up to one that no member holds."""
    trimmed = _trimmed(text, start, end)
    if trimmed is None:
        return None
    words = list(_WORD.finditer(text, *trimmed))
    stop = next((place for place, word in enumerate(words) if _ends_member(word[0].lower(), place)), len(words))
    if stop < len(words) and words[stop][0].lower() in GOVERNORS:
        # "alignment with the culture": all of it, or nothing.
        return trimmed if len(words) <= _MOST_COMPLETED_WORDS and stop else None
    if not 1 <= stop <= _MOST_WORDS or (stop < len(words) and is_verb(words[stop - 1][0])):
        return None
    return words[0].start(), words[stop - 1].end()


def _ends_member(word: str, place: int) -> bool:
    return (
        word in BORDERS
        or word in GOVERNORS
        or (place > 0 and word in POSTPOSED)
        or (word in ("and", "or") and place >= 3)
    )


def _trimmed(text: str, start: int, end: int) -> Member | None:
    """The member without space, comma, "such as" and article around it."""
    while start < end and text[start].isspace():
        start += 1
    for pattern in (_LEADING, _ARTICLE):
        lead = pattern.match(text, start, end)
        if lead and lead.end() < end:
            start = lead.end()
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",."):
        end -= 1
    return (start, end) if start < end else None
