"""Terms with definitions of our own: each becomes one card once a document mentions it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from cardwright.diagnostics import Diagnostic, Related, Span, error
from cardwright.files import TextFile
from cardwright.model import Origin, Proposal, Source
from cardwright.rules.answers import finished
from cardwright.rules.filters import capital, lower
from cardwright.rules.marked import plain
from cardwright.rules.names import slug, subject_key
from cardwright.rules.passages import PASSAGES, Index
from cardwright.rules.phrase import begins_with_vowel, fill
from cardwright.rules.template import Template, parse
from cardwright.shape import Field, Record, Shape, read
from cardwright.yamltext import parse as parse_yaml

__all__ = ["GLOSSARY_FILE", "Glossary", "Mention", "Term", "load_glossary", "mentions"]

RULE = "glossary"
MOST_SOURCES = 3
# A longer term cannot be said from its meaning word for word.
MOST_ASKED_FOR = 3
FRONT = "What {is} **{term}**[ ({category})]?"
_MENTIONING = (PASSAGES - {"tr"}) | {"dd", "td", "summary"}
_PLACEHOLDERS = ("term", "category", "acronym", "is")
_LITTLE = ("and", "of", "for", "the", "to", "in")
_WORDS = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")

_TERM = Shape(
    "a term",
    "A term and what it means.",
    (
        Field("term", "text", "The term, written out.", required=True, example="data lake"),
        Field("aliases", "texts", "Other names under which documents mention it."),
        Field("category", "text", "The field it belongs to.", example="storage"),
        Field(
            "definition",
            "text",
            "What it means, in words of our own.",
            required=True,
            example="Cheap storage for raw files.",
        ),
        Field("front", "text", "The question, where the usual one does not fit."),
    ),
)
GLOSSARY_FILE = Shape(
    "a glossary",
    "Terms that become cards once a document mentions them.",
    (
        Field(
            "into",
            "text",
            "The card file, without its ending.",
            required=True,
            pattern="[a-z0-9][a-z0-9-]{0,59}",
            example="data-terms",
        ),
        Field("tags", "texts", "Tags of the cards.", pattern=r"[^\s,\"]+", example="glossary"),
        Field("reverse", "flag", "Whether terms of at most three words are asked for too, from what they mean."),
        Field("front", "text", "The question; {term} and {category} stand for what they say.", example=FRONT),
        Field("terms", "records", "The terms.", required=True, shape=_TERM, example="- term: ..."),
    ),
)


@dataclass(frozen=True, slots=True)
class Term:
    """A term. `acronym` is the alias that its initials spell, if there is one."""

    term: str
    aliases: tuple[str, ...]
    category: str
    definition: str
    acronym: str
    front: Template
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Glossary:
    """The terms of a project, in the order of their file."""

    into: str
    tags: tuple[str, ...]
    reverse: bool
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """A term's card, and where the first mention stands."""

    proposal: Proposal
    document: str
    at: int


def load_glossary(file: TextFile) -> tuple[Glossary | None, list[Diagnostic]]:
    """Read a glossary; None where nothing of it can be used."""
    node, found = parse_yaml(file)
    if node is None and found:
        return None, found
    record, problems = read(node, GLOSSARY_FILE, file.path)
    found.extend(problems)
    if record is None:
        return None, found
    usual = _front(record, found) or parse(FRONT)[0]
    terms: list[Term] = []
    owners: dict[str, Span] = {}
    for each in record.records("terms"):
        term = _term(each, usual, found)
        if term is None:
            continue
        for name in dict.fromkeys(_key(name) for name in (term.term, *term.aliases)):
            known = owners.setdefault(name, term.span)
            if known is not term.span:
                found.append(
                    error(
                        "CW331",
                        f"'{name}' leads to two terms",
                        term.span,
                        "a name can mean one thing; take it from one of them",
                        [Related(known, "the first one")],
                    )
                )
        terms.append(term)
    return Glossary(record.text("into"), record.texts("tags"), record.flag("reverse"), tuple(terms)), found


def mentions(glossary: Glossary, indexes: Sequence[Index]) -> Iterator[Mention]:
    """A card for each term that a document mentions as whole words, with its first mention in each of at most three.

    All names are looked up together: one pass over the words of a document, whatever the number of terms.
    """
    names = _names(glossary)
    places: dict[int, list[tuple[Source, int]]] = {}
    for index in indexes:
        seen: set[int] = set()
        for place, element in enumerate(index.elements):
            if element.name in _MENTIONING or (element.name == "span" and element.has_attr("data-label")):
                for number in _mentioned(plain(index.text(element)), names):
                    if number not in seen:
                        seen.add(number)
                        places.setdefault(number, []).append((Source(index.info.name, index.line(element)), place))
    for number in sorted(places):
        term, first = glossary.terms[number], places[number][0]
        sources = tuple(source for source, _ in places[number][:MOST_SOURCES])
        yield Mention(_proposal(glossary, term, sources), first[0].document, first[1])


def _proposal(glossary: Glossary, term: Term, sources: tuple[Source, ...]) -> Proposal:
    shown = f"{term.term} ({term.acronym})" if term.acronym else term.term
    values = {"term": shown, "category": lower(term.category), "acronym": term.acronym, "is": _verb(term)}
    front = fill(term.front, lambda name: values[name]).text or f"What is **{shown}**?"
    tags = tuple(dict.fromkeys((*glossary.tags, *([slug(term.category, RULE)] if term.category else []))))
    return Proposal(
        into=glossary.into,
        id=slug(term.term, RULE),
        origins=tuple(dict.fromkeys(Origin(source.document, RULE, subject_key(term.term)) for source in sources)),
        sources=sources,
        front=front,
        back=finished(capital(term.definition.strip())),
        tags=tags,
        reverse=glossary.reverse and len(_WORDS.findall(term.term)) <= MOST_ASKED_FOR,
    )


def _names(glossary: Glossary) -> dict[str, list[tuple[tuple[str, ...], str, int]]]:
    """By first word: the words of each name, its exact form where case matters, and its term's number."""
    found: dict[str, list[tuple[tuple[str, ...], str, int]]] = {}
    for number, term in enumerate(glossary.terms):
        for name in (term.term, *term.aliases):
            parts = tuple(_WORDS.findall(name.casefold()))
            if parts:
                exact = name if name.isupper() and len(parts) == 1 else ""
                found.setdefault(parts[0], []).append((parts, exact, number))
    return found


def _mentioned(text: str, names: dict[str, list[tuple[tuple[str, ...], str, int]]]) -> Iterator[int]:
    """The numbers of the terms that a text mentions."""
    said = list(_WORDS.finditer(text))
    folded = [each[0].casefold() for each in said]
    for at, word in enumerate(folded):
        for parts, exact, number in names.get(word, ()):
            if exact and exact != said[at][0]:
                continue
            if tuple(folded[at : at + len(parts)]) == parts and _one_phrase(text, said[at : at + len(parts)]):
                yield number


def _one_phrase(text: str, said: Sequence[re.Match[str]]) -> bool:
    """Whether words stand together, with no more than a blank, a hyphen, a slash or a comma between them."""
    between = (text[one.end() : other.start()] for one, other in pairwise(said))
    return all(gap.strip() in ("", "-", "/", ",", "‑", "–") for gap in between)


def _term(record: Record, usual: Template, found: list[Diagnostic]) -> Term | None:
    name, definition = record.text("term").strip(), record.text("definition").strip()
    own = _front(record, found)
    if not name or not definition:
        return None
    aliases = tuple(alias.strip() for alias in record.texts("aliases"))
    return Term(
        name,
        aliases,
        record.text("category").strip(),
        definition,
        _acronym(name, aliases),
        own or usual,
        record.span("term"),
    )


def _front(record: Record, found: list[Diagnostic]) -> Template | None:
    source = record.text("front").strip()
    if not source:
        return None
    ready, problems = parse(source)
    found.extend(error("CW308", each.message, record.span("front"), each.help) for each in problems)
    for slot in ready.slots:
        if slot.name not in _PLACEHOLDERS:
            way_out = f"known here: {', '.join(_PLACEHOLDERS)}"
            found.append(error("CW306", f"there is no placeholder '{slot.name}'", record.span("front"), way_out))
            return None
    return None if problems else ready


def _acronym(term: str, aliases: Sequence[str]) -> str:
    """The alias that the term's initials spell, with or without those of its little words."""
    parts = _WORDS.findall(term)
    spelled = {"".join(word[0] for word in kept).upper() for kept in (parts, [w for w in parts if w not in _LITTLE])}
    return next((alias for alias in aliases if alias.isupper() and len(alias) > 1 and _letters(alias) in spelled), "")


def _letters(alias: str) -> str:
    return "".join(character for character in alias if character.isalnum())


def _verb(term: Term) -> str:
    """How a question asks for the term: an alias that is its plural, or its singular, shows what it counts."""
    aliases = {alias.casefold() for alias in term.aliases}
    name = term.term.casefold()
    plurals = {f"{name}s", f"{name}es", re.sub(r"(?<=[^aeiouct])y$", "ies", name)} - {name}
    if aliases & plurals:
        return "is an" if begins_with_vowel(term.term) else "is a"
    return "are" if any(name in (f"{alias}s", f"{alias}es") for alias in aliases) else "is"


def _key(name: str) -> str:
    return " ".join(_WORDS.findall(name.casefold()))
