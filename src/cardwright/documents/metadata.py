"""What a document says of itself: title, company, role, date. Blank beats wrong."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping

from cardwright.documents.blocks import Block, every
from cardwright.documents.wording import word_set
from cardwright.model import DocumentInfo

__all__ = ["infer"]

_KEYS = {
    "title": ("title",),
    "company": ("company", "company name", "employer", "organization", "organisation"),
    "role": ("role", "job title", "position", "position title", "title of the job"),
    "date": ("date", "date posted", "posted", "job posting date", "posting date", "published", "date published"),
    "url": ("url", "link", "canonical"),
    "label": ("label",),
}
_AT_COMPANY = re.compile(r"\b(?:at|with|join)\s+([A-Z][\w&.'’-]*(?:\s[A-Z][\w&.'’-]*){0,2})")
_ROLE = re.compile(
    r"\b((?:(?:Senior|Junior|Staff|Principal|Lead|Head|Chief|Associate|Group)\s+)*(?:[A-Z][\w/&-]*\s+){0,3}"
    r"(?:Engineer|Designer|Manager|Developer|Scientist|Analyst|Architect|Researcher|Director|Consultant|Recruiter|Writer))\b"
)
_LONGEST_VALUE = 90
_FEWEST_MENTIONS = 3
_MOST_LABEL_WORDS = 6
_NO_COMPANY = word_set("a an the scale work home least all once first last our your this that")


def infer(info: DocumentInfo, root: Block, facts: Mapping[str, str]) -> tuple[DocumentInfo, tuple[str, ...]]:
    """The info with blanks filled where the document is plain about it, and the keys that were filled.

    facts: what the document's head or front matter says, by key.
    """
    told = {**_facts_at_top(root), **{key.lower(): value for key, value in facts.items()}}
    title = info.title or _first(told, _KEYS["title"]) or _heading(root)
    company = info.company or _first(told, _KEYS["company"]) or _company(title, root)
    role = info.role or _first(told, _KEYS["role"]) or _role(title)
    filled = {
        "title": title,
        "label": info.label or _first(told, _KEYS["label"]) or _label(title),
        "company": company,
        "role": role,
        "url": info.url or _first(told, _KEYS["url"]),
        "date": info.date or _first(told, _KEYS["date"]),
    }
    new = {key: value for key, value in filled.items() if value and not getattr(info, key)}
    return dataclasses.replace(info, **new), tuple(new)  # type: ignore[arg-type]  # none of the keys is skip


def _first(told: Mapping[str, str], keys: tuple[str, ...]) -> str:
    values = (" ".join(told.get(key, "").split()) for key in keys)
    return next((value for value in values if value and len(value) <= _LONGEST_VALUE), "")


def _facts_at_top(root: Block) -> dict[str, str]:
    """The first block of facts, if no more than one section stands before its own."""
    for number, block in enumerate(each for each in every(root) if each.tag in ("section", "dl")):
        if block.tag == "dl":
            pairs = zip(block.children[::2], block.children[1::2], strict=False)
            return {key.text.lower(): value.text for key, value in pairs if not _is_damaged(value)}
        if number > 1:
            break
    return {}


def _is_damaged(block: Block) -> bool:
    return "data-damaged" in block.attrs


def _heading(root: Block) -> str:
    """The document's own heading; a first line that is none tells nothing."""
    first = next((block for block in root.children if block.tag == "h" and block.level == 1), None)
    return " ".join(first.text.split()) if first and not _is_damaged(first) else ""


def _company(title: str, root: Block) -> str:
    """The name behind "at" in the title, if the document keeps naming it."""
    match = _AT_COMPANY.search(title)
    if not match or match[1].lower() in _NO_COMPANY:
        return ""
    name = re.split(r"['’]s\b", match[1])[0].rstrip(".'’")
    mentions = sum(block.text.count(name) for block in every(root))
    return name if mentions >= _FEWEST_MENTIONS else ""


def _role(title: str) -> str:
    """The profession a title names, if it names one only."""
    found = {match[1] for match in _ROLE.finditer(title)}
    return found.pop() if len(found) == 1 else ""


def _label(title: str) -> str:
    """A title short enough to name cards by, in words that can follow "the"."""
    short = title.split(": ", 1)[0].strip()
    return f"document “{short}”" if short and len(short.split()) <= _MOST_LABEL_WORDS else ""
