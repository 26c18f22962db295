"""Whose document it is: the company that a text speaks for, as far as it is plain about it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from cardwright.documents.blocks import Block, every
from cardwright.documents.wording import sentences, word_set

__all__ = ["TRADES", "employer"]

# What roles end in, and no company does.
TRADES = (
    "Engineer|Designer|Manager|Developer|Scientist|Analyst|Architect|Researcher|Director|Consultant|Recruiter|Writer|Lead"
    "|Specialist|Administrator|Coordinator|Technician|Owner|Editor|Planner"
)

# Each word is matched in one way, and there are few of them: text in capitals must not make a search explode.
_WORD = r"[A-ZÀ-ÖØ-Þ](?:[\w&'’.-]*[\w&])?"
_NAME = rf"({_WORD}(?:\s(?:(?:&|of|and the)\s)?{_WORD}){{0,5}})"
_AT = re.compile(rf"\b[Aa]t\s(?:the\s)?{_NAME}|\b[Jj]oin(?:ing)?\s(?:the\s)?{_NAME}(?=\s(?:as|and|to)\b|[.,!]|$)")
# Behind the name of a currency.
_AMOUNT = re.compile(r"\s?\d")
_RIGHTS = re.compile(rf"(?:©|\(c\)|[Cc]opyright)\s?(?:\d{{4}}(?:\s?[-–]\s?\d{{4}})?)?,?\s?(?:[Tt]he\s)?{_NAME}")
_EQUAL = re.compile(rf"^(?:The\s)?{_NAME}\sis\s(?:proud\sto\sbe\s)?an?\sequal")
# What a company does, as the first lines of its documents say it.
_DOES = re.compile(
    rf"^(?:The\s)?{_NAME}\s(?:is|are|has|have|makes?|runs?|builds?|sells?|keeps?|operates?|offers?|serves?|provides?"
    r"|began|grows?|moves?|carries|publishes|develops|designs|helps)\s"
)
# Names that end so are those of companies and the like.
_BODY = re.compile(
    r"(?:Agency|Airlines|Authority|Bakehouses|Bakery|Bank|Brewery|Brewing|Clinic|Collective|Cooperative|Co-operative|Council|Dairy"
    r"|Energy|Farms|Ferries|Foods|Foundry|Games|Group|Hospital|Institute|Insurance|Labs|Lines|Logistics|Maps|Museum|Observatory"
    r"|Office|Partners|Payments|Railways?|Robotics|Service|Services|Shipping|Software|Studios?|Systems|Tramways|University|Works)$"
)
# Of a name of several words any verb tells, in the first lines.
_ACTS = re.compile(rf"^(?:The\s)?{_NAME}\s[a-z]{{3,}}[a-rt-z]s\s")
_FORM = r"(?:Ltd|Limited|Inc|LLC|LLP|GmbH|AG|plc|PLC|BV|B\.V|NV|N\.V|AS|ASA|ApS|Oy|SA|Corp|Corporation)"
_LEGAL = re.compile(rf"[\s,]+(?:{_FORM}|SE|AB|Co)\.?$")
# A name with its legal form, as footers and imprints write it.
_FORMAL = re.compile(rf",?\s{_FORM}(?![\w&/])")
# Nevada and South Australia behind the name of a town.
_STATE = re.compile(r",\s(?:NV|SA)\s\d")
_BEFORE_FORM = re.compile(rf"{_NAME}$")
# Before the name of a company whose customer is speaking.
_VENDOR = re.compile(r"\b(?:[Pp]owered by|through|via|with|from|uses?|using|service of)\s$")
_LONGEST_NAME = 80
# A text with more of them is a register of companies.
_MOST_FORMAL = 20
_NO_COMPANY = re.compile(
    rf"\b(?:{TRADES})s?$|^(?:Remote|Hybrid|On-site)$"
    r"|\b(?:Guide|Guidelines|Handbook|Glossary|Wiki|Manual|Principles|Interviews?|FAQ|Posting|Description)$"
)
# What a line of facts parts its pieces with, at the top of a posting: "Larkspur Mills · Graz · permanent".
_PIECES = re.compile(r"\s[·•|]\s")
# What a title says first: "Larkspur Mills: handbook", "LARKSPUR // Guide".
_FIRST = re.compile(r"\s?(?::|//|–|—|\s-)\s")
_SITE = re.compile(r"\b(?:Careers?|Jobs?|Blog|Engineering|Handbook|Wiki|Team)$")
_NO_NAME = word_set(
    "a an the ours i we you they he she it this that these those there here our your my all each every some most "
    "many one two three four five six seven eight nine ten what which who when where why how if as in on at for "
    "from with after before during since both such no not do does please note everyone nobody people candidates "
    "engineers designers managers interviewers interview interviews stage round rounds team teams level monday "
    "tuesday wednesday thursday friday saturday sunday january february march april may june july august september "
    "october november december least first last once home work scale night day station street square airport platform "
)
_HEAD = 8
# How plainly a name must be told, how often a name told just so must be said, and which texts open a document.
_PLAIN = 2
_FEWEST = 3
_OPENING = 4
# A first word shorter than this is said for too many things.
_SHORTEST = 4


def employer(titles: Sequence[str], root: Block, site: str = "") -> str:
    """The name that the document is about, "" where several or none could be meant.

    A name counts that stands behind "at", with its legal form, in a notice of rights, at the start of a title, of a
    line of facts at the top or of a first sentence that says what it does, or for the site in a page's title, and that
    the document goes on naming.
    """
    texts = [block.text for block in every(root) if block.text and block.text not in titles]
    told: Counter[str] = Counter()
    notices = [block.text for block in every(root, asides=True) if block.text]
    for name, weight in _told(titles, texts, notices):
        told[name] += weight
    if re.fullmatch(_NAME, site):
        told[_bare(site)] += _PLAIN
    whole = "\n".join(dict.fromkeys((*titles, *notices)))
    found = {name: _mentions(name, whole) for name, weight in told.items() if weight >= _PLAIN}
    found = {
        name: count for name, count in found.items() if count >= _enough(told[name]) and not _is_place(name, texts)
    }
    if not found:
        return ""
    return max(found, key=lambda name: (told[name] + found[name], len(name)))


def _is_place(name: str, texts: Sequence[str]) -> bool:
    """Whether something is said to be in it, as in a town; in a company there is more behind: "in Larkspur talks"."""
    inside = re.compile(
        rf"\b(?:in|near|outside|from) {re.escape(name)}(?=[,.;:)]|$|\s(?:and|or)\s)|\s[·•|]\s{re.escape(name)}, [A-Z]"
    )
    return any(inside.search(text) for text in texts)


def _enough(weight: int) -> int:
    """How often a name must be said that is told so plainly."""
    return _FEWEST if weight <= _PLAIN else 2 if weight <= _PLAIN + 1 else 1


def _told(titles: Sequence[str], texts: Sequence[str], notices: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Names, each with how plainly it is said to be the company; `notices` are all texts, asides too."""
    for title in titles:
        for match in re.finditer(rf"\b(?:of|by|for|from)\s(?:the\s)?{_NAME}", title):
            if " " in match[1] and _BODY.search(match[1]):
                yield _bare(match[1]), 4
        for match in _AT.finditer(title):
            yield _bare(match[1] or match[2]), 3
        if _names(opening := _opening_of(title), texts):
            yield _bare(opening), 2
        site = _SITE.sub("", title).strip()
        if site != title and re.fullmatch(_NAME, site):
            yield _bare(site), 3
    for at, text in enumerate(texts):
        for match in _AT.finditer(text):
            if not _AMOUNT.match(text, match.end()):
                yield _bare(match[1] or match[2]), 2 + (at < _OPENING)
    for text in texts[:_OPENING]:
        facts = _PIECES.split(text)
        if len(facts) > 1 and _names(facts[0], texts):
            yield _bare(facts[0]), 3 if _BODY.search(facts[0]) else 2
    yield from _formal(notices, texts)
    for text in notices:
        for pattern in (_RIGHTS, _EQUAL):
            if (notice := pattern.search(text)) is not None:
                yield _bare(notice[1]), 2
    prose = [text for text in texts if len(text) > 60][:_HEAD]
    for at, text in enumerate(prose):
        for start, end in sentences(text)[:2]:
            does = _DOES.match(text[start:end])
            if does is None and at < _OPENING:
                does = acts if (acts := _ACTS.match(text[start:end])) and " " in acts[1] else None
            if does is not None:
                # one word alone may be a team, a tool or the subject
                name = _bare(does[1])
                titled = any(name and name.lower() in title.lower() for title in titles)
                several = " " in name
                plain = (titled and several) or ((titled or (several and at == 0)) and _names(name, texts))
                yield name, 3 if plain else 2 if several else 1
                break


def _formal(notices: Sequence[str], texts: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Names with their legal form, but for those of vendors."""
    found: list[str] = []
    for text in notices:
        form = _FORMAL.search(text)
        if form is None or _STATE.match(text, form.start()):
            continue
        low = max(0, form.start() - _LONGEST_NAME)
        name = _BEFORE_FORM.search(text[low : form.start()])
        if name and not name[1].isupper() and not _VENDOR.search(text[low : low + name.start()]):
            found.append(name[1])
    if len(found) <= _MOST_FORMAL:
        yield from ((_bare(name), 3) for name in found if _names(name, texts))


def _opening_of(title: str) -> str:
    """What stands before a colon or dash in a title, or a title in capitals by itself, written as names are."""
    opening = _FIRST.split(title)[0]
    if opening.isupper():
        return " ".join(word.capitalize() for word in opening.removeprefix("THE ").split())
    return opening if opening != title else ""


def _names(text: str, texts: Sequence[str]) -> bool:
    """Whether a text is a name, of no trade or document: its first word is never written small, but in addresses."""
    if re.fullmatch(_NAME, text) is None or _NO_COMPANY.search(text):
        return False
    small = re.compile(rf"(?<![\w.@/#-]){re.escape(text.split()[0].lower())}(?![\w@-]|\.\w)")
    return not any(small.search(each) for each in texts)


def _bare(name: str) -> str:
    name = _LEGAL.sub("", re.split(r"['’]s\b(?!\s[A-Z])", name)[0].strip(" .'’"))
    words = name.split()
    return "" if not words or any(word.lower() in _NO_NAME for word in words) else name


def _mentions(name: str, text: str) -> int:
    """How often the text says the name; of one of several words also how often it says the first of them."""
    if not name:
        return 0
    short = name.split()[0]
    short = re.sub(r"['’]s$", "", short)
    counted = name if len(short) < _SHORTEST or short.lower() in _NO_NAME else short
    return len(re.findall(rf"(?<!\w)(?:{re.escape(counted)}|{re.escape(counted.upper())})(?!\w)", text))
