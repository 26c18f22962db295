"""Shipped rules serve documents nobody has seen: they hold no wording and no company of one document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import yaml

from corpus.sets import CORPUS, REPOSITORY, SHARED
from story import run_in

RULES = REPOSITORY / "rules"
SUFFIXES = (".txt", ".md", ".html")
# Rules that fire on one document only, each with why it is shipped all the same.
REASONS = CORPUS / "rules-of-one-document.yaml"
# What any posting, guide or site may say in these very words: why -> the phrases.
COMMONPLACES = CORPUS / "commonplaces.yaml"
SETS = ("ten", "twelve", "six", "six-more", "last-six", "fresh-six")

_ESCAPE = re.compile(r"\\[a-zA-Z]|\(\?[a-zA-Z:-]*|\?P<\w+>")
_LITERAL = re.compile(r"[A-Za-z’']+(?: [A-Za-z’']+)+")


@cache
def texts(*folders: Path) -> dict[str, str]:
    """The documents of some folders, their words in small letters on one line."""
    paths = [path for folder in folders if folder.is_dir() for path in sorted(folder.iterdir())]
    return {
        path.name: " ".join(re.findall(r"[a-z’']+", path.read_text("utf-8").lower().replace("’", "'")))
        for path in paths
        if path.suffix in SUFFIXES
    }


def homes(literal: str) -> list[str]:
    """The documents that hold a phrase; the originals, which may not be at hand, where no document here does."""
    here = texts(REPOSITORY / "seeds", REPOSITORY / "tests/data/extraction", *(CORPUS / name for name in SETS))
    for documents in (here, texts(SHARED / "seeds")):
        if found := [name for name, text in documents.items() if f" {literal} " in f" {text} "]:
            return found
    return []


def wordings() -> Iterator[tuple[str, str]]:
    """What rules and vocabulary look for in documents: where it stands, and the pattern or phrase."""
    for path in sorted(RULES.glob("*.yaml")):
        data = yaml.safe_load(path.read_text("utf-8"))
        for rule in data.get("rules", ()):
            for key in ("match", "unless", "near", "unless-near", "select"):
                value = rule.get(key) or ()
                yield from (
                    (f"{path.name} {rule['name']} {key}", each)
                    for each in ([value] if isinstance(value, str) else value)
                )
    words = yaml.safe_load((RULES / "vocabulary.yaml").read_text("utf-8"))
    for kind, entry in words["kinds"].items():
        yield from ((f"vocabulary kind {kind}", each) for each in entry["words"])
    yield from (("vocabulary label", each) for each in words["labels"])
    for reason, entry in words["asides"].items():
        for key, patterns in entry.items():
            yield from ((f"vocabulary aside {reason} {key}", each) for each in patterns)


def literals(pattern: str) -> Iterator[str]:
    """Runs of three words or more that a pattern holds as they are."""
    for found in _LITERAL.findall(_ESCAPE.sub("|", str(pattern)).lower()):
        words = found.replace("’", "'").split()
        if len(words) >= 3:
            yield " ".join(words)


def test_no_rule_holds_the_wording_of_one_document() -> None:
    """A literal of three words or more stands in no document, in several, or is a commonplace of such documents."""
    listed = [phrase for phrases in yaml.safe_load(COMMONPLACES.read_text("utf-8")).values() for phrase in phrases]
    found = [literal for _, pattern in wordings() for literal in literals(pattern)]
    owned = {
        f"{where}: “{literal}” stands in {homes(literal)[0]} alone"
        for where, pattern in wordings()
        for literal in literals(pattern)
        if literal not in listed and len(homes(literal)) == 1
    }
    assert not owned
    assert not set(listed) - set(found)


def test_no_rule_names_a_company() -> None:
    """Companies of the documents are known by sources.yaml, or inferred, and never by a rule."""
    sources = yaml.safe_load((REPOSITORY / "seeds/sources.yaml").read_text("utf-8"))
    companies = {entry["company"] for entry in sources.values()}
    for path in sorted(CORPUS.glob("*/*.gold.yaml")):
        gold = yaml.safe_load(path.read_text("utf-8"))
        names = (name for item in gold["items"] for name in item.get("attribute", ()))
        companies |= {name for name in names if re.fullmatch(r"[A-Z][a-z]+(?: [A-Z][a-z]+)*", name)}
    text = "\n".join(path.read_text("utf-8") for path in RULES.glob("*.yaml") if path.stem != "glossary")

    assert len(companies) > 5
    assert not [
        name
        for name in companies
        if (re.search(rf"\b{re.escape(name)}\b", text) and " " in name) or name in text.split()
    ]


def test_rules_of_one_document_are_listed_with_their_reason() -> None:
    """Whoever adds a rule that only one document needs says why, and takes it off the list once others need it."""
    fired: dict[str, set[str]] = {}
    folders = (REPOSITORY / "seeds", REPOSITORY / "tests/data/extraction", *(CORPUS / name for name in SETS))
    documents = [path for folder in folders for path in sorted(folder.iterdir()) if path.suffix in SUFFIXES]
    said = run_in(REPOSITORY, "extract", "--dry-run", "--format", "json", *map(str, documents))
    assert said.code == 0, said.err
    for proposal in said.data:
        for rule in str(proposal["rule"]).split(", "):
            fired.setdefault(rule, set()).update(str(each).rpartition(":")[0] for each in proposal["source"])
    named = [
        rule["name"]
        for path in RULES.glob("*.yaml")
        for rule in yaml.safe_load(path.read_text("utf-8")).get("rules", ())
    ]
    reasons = yaml.safe_load(REASONS.read_text("utf-8"))

    assert {name for name in named if len(fired.get(name, ())) <= 1} == reasons.keys()
    assert all(len(str(reason).split()) >= 4 for reason in reasons.values())
