"""What a document says of itself: title, company, role, date. Blank beats wrong."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Sequence

from cardwright.documents.blocks import Block, every
from cardwright.documents.employer import TRADES, employer
from cardwright.documents.sources import ADDRESS
from cardwright.documents.wording import is_title_case
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
_ROLE = re.compile(
    r"\b((?:(?:Senior|Junior|Staff|Principal|Lead|Head|Chief|Associate|Group)\s+)*(?:[A-Z][\w/&-]*\s+){0,3}"
    rf"(?:{TRADES}))(?:s|\b)"
)
# In sentence case the trade is told by what stands before it.
_SMALL_ROLE = re.compile(
    rf"\b(?:for|as an?|of an?|we interview|we hire|become an?)\s((?:[a-z][\w/-]*\s){{0,2}}(?:{TRADES.lower()}))s?\b"
)
# "How We Interview Leads" names no role.
_NO_ROLE = frozenset(("how", "we", "our", "the", "hire", "hiring", "interview", "interviewing"))
_POSTING = frozenset(("responsibilities", "requirements", "benefits", "pay", "application"))
# What a title calls the document, and what cards call it; the first that fits.
_NOUNS = (
    (re.compile(r"\b(?:job (?:posting|description|ad)|vacancy)\b"), "posting"),
    (re.compile(r"\binterview(?:s|ing)?\b"), "interview guide"),
    (re.compile(r"\b(?:we|you|to) (?:hire|interview)\b|\bhiring\b"), "hiring guide"),
    (re.compile(r"\bglossary\b"), "glossary"),
    (re.compile(r"\b(?:faqs?|frequently asked|questions (?:from|by|of|for)|q ?& ?a)\b"), "FAQ"),
    (re.compile(r"\bhandbook\b"), "handbook"),
    (re.compile(r"\bplaybook\b"), "playbook"),
    (re.compile(r"\bguide\b"), "guide"),
    (re.compile(r"\bprinciples\b"), "principles page"),
    (re.compile(r"\b(?:culture|values|how we work|the way we work)\b"), "culture page"),
)
_LONGEST_VALUE = 90
_MOST_LABEL_WORDS = 6
_MOST_ROLE_WORDS = 5
_OPENING_LINES = 2


def infer(info: DocumentInfo, root: Block, facts: Mapping[str, str]) -> tuple[DocumentInfo, tuple[str, ...]]:
    """The info with blanks filled where the document is plain about it, and the keys that were filled.

    facts: what the document's head or front matter says, by key.
    """
    told = {**_facts_at_top(root), **{key.lower(): value for key, value in facts.items()}}
    title = info.title or _first(told, _KEYS["title"]) or _heading(root)
    titles = list(dict.fromkeys(each for each in (title, _heading(root), facts.get("site", "")) if each))
    company = info.company or _first(told, _KEYS["company"]) or employer(titles, root, facts.get("site", ""))
    posting = _is_posting(root)
    role = info.role or _head(_first(told, _KEYS["role"])) or _role(titles, posting=posting)
    filled = {
        "title": title,
        "label": info.label or _first(told, _KEYS["label"]) or _label(titles, role, _opening(root), posting=posting),
        "company": company,
        "role": role,
        "url": info.url or _address(_first(told, _KEYS["url"])),
        "date": info.date or _first(told, _KEYS["date"]),
    }
    new = {key: value for key, value in filled.items() if value and not getattr(info, key)}
    return dataclasses.replace(info, **new), tuple(new)  # type: ignore[arg-type]  # none of the keys is skip


def _first(told: Mapping[str, str], keys: tuple[str, ...]) -> str:
    values = (" ".join(told.get(key, "").split()) for key in keys)
    return next((value for value in values if value and len(value) <= _LONGEST_VALUE), "")


def _address(value: str) -> str:
    """A link that can stand below a card; of anything else ("see the intranet") nothing."""
    return value if re.fullmatch(ADDRESS, value) else ""


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


def _is_posting(root: Block) -> bool:
    """Whether sections say what the work is, what is asked for and what is offered, as postings do."""
    kinds = {block.attrs.get("data-kind", "") for block in every(root) if block.tag == "section"}
    return len(kinds & _POSTING) >= 2 and bool(kinds & {"responsibilities", "requirements"})


def _head(role: str) -> str:
    """A role without what specifies it: "Designer, Maps - Tiles" is a designer."""
    return re.split(r"\s[–—|-]\s|[,(:|]|\son the\s", role)[0].strip()


def _role(titles: Sequence[str], *, posting: bool) -> str:
    """The profession that titles name, if they name one only."""
    found = {match[1] for title in titles for match in _ROLE.finditer(title)}
    found = {role for role in found if not _NO_ROLE.intersection(role.lower().split())}
    found = found or {match[1] for title in titles for match in _SMALL_ROLE.finditer(title)}
    if not found and posting and titles:
        # "Nurse (night shift)", "Baker, Bread": the title of a posting is the role
        head = _head(titles[0])
        return head if is_title_case(head) and 1 <= len(head.split()) <= _MOST_ROLE_WORDS else ""
    return found.pop() if len(found) == 1 else ""


def _opening(root: Block) -> list[str]:
    """The first lines below the title, which may say what the document is."""
    lines = [each.text for block in root.children for each in (block, *block.children) if each.text]
    return [each for each in lines if each not in ("", root.attrs.get("data-heading"))][:_OPENING_LINES]


def _label(titles: Sequence[str], role: str, opening: Sequence[str], *, posting: bool) -> str:
    """What cards call the document, in words that can follow "the": what kind it is, and of what."""
    kind = next((noun for text in (*titles, *opening) for pattern, noun in _NOUNS if pattern.search(text.lower())), "")
    if titles and posting and kind not in ("interview guide", "hiring guide", "handbook", "playbook"):
        kind = "posting"
    if kind in ("posting", "interview guide", "hiring guide"):
        return f"{role} {kind}".strip()
    if not titles:
        return kind
    before = re.search(rf"^((?:[\w-]+\s){{1,3}}){kind}\b", titles[0], re.IGNORECASE) if kind else None
    if before and not is_title_case(titles[0]):
        return f"{before[1].lower()}{kind}"
    short = re.split(r": |, |\s[–—|]\s|\s\(", titles[0])[0].strip()
    return kind or (f"page “{short}”" if short and len(short.split()) <= _MOST_LABEL_WORDS else "")
