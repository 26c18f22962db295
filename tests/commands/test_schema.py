"""Schemas for editors: drawn from the tables that validate, so that both say the same."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from cardwright.commands.schema import NAMES, texts
from story import Story

REPOSITORY = Path(__file__).parents[2]
STARTER = REPOSITORY / "src" / "cardwright" / "starter"
SCHEMAS = texts()
MODELINE = re.compile(r"# yaml-language-server: \$schema=\.\./schemas/(\w+)\.json")


def as_json(text: str) -> Any:
    """YAML as an editor checks it: read by the usual loader, and a date is a text."""
    return json.loads(json.dumps(yaml.safe_load(text), default=str))


def complaints(name: str, text: str) -> list[str]:
    """What a schema has against a file."""
    validator = Draft202012Validator(json.loads(SCHEMAS[name]))
    return [each.message for each in validator.iter_errors(as_json(text))]


def name_of(path: Path) -> str:
    """The schema of a file: what its first line names, or what it is by its place."""
    found = MODELINE.match(path.read_text(encoding="utf-8"))
    if found:
        return found[1]
    by_name = {"sources.yaml": "sources", "vocabulary.yaml": "vocabulary", "glossary.yaml": "glossary"}
    return by_name.get(path.name, {"decks": "deck"}.get(path.parent.name, path.parent.name))


GOOD = sorted(
    path
    for folder in (REPOSITORY, STARTER)
    for part in ("cards", "rules", "decks", "seeds")
    for path in (folder / part).glob("*.yaml")
)


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.relative_to(REPOSITORY).as_posix())
def test_a_good_file_passes(path: Path) -> None:
    """Every file of this project and of a new one, as people write them."""
    assert complaints(name_of(path), path.read_text(encoding="utf-8")) == []


UNQUOTED = {
    "no": "cards",
    "22:30": "cards",
    "1.10": "cards",
    "0755": "cards",
    "2026-01-31": "cards",
    "1e3": "cards",
    "yes": "cards",
}


@pytest.mark.parametrize("value", UNQUOTED)
def test_a_value_without_quotes_passes(story: Story, value: str) -> None:
    """What YAML takes for a number, a truth or a date is a text in these files, for editors too."""
    text = f"title: {value}\ncards:\n  - id: a\n    front: {value}\n    back: {value}\n    extra: {value}\n"
    story.write("cards/a.yaml", text)

    assert story.run("check").code == 0
    assert complaints("cards", text) == []


# (schema, the file, whether the program itself says no: both must agree)
CARD = "title: T\ncards:\n  - id: a\n    front: F?\n    back: B\n"
RULE = "into: a\nrules:\n  - name: r\n    select: li\n    front: F {text}?\n    back: '{text}'\n"
TERMS = "into: a\nterms:\n  - term: tram\n    definition: A train in a street.\n"
BAD = {
    "a card file without a title": ("cards", "cards/a.yaml", CARD.replace("title: T\n", "")),
    "a card file with an empty title": ("cards", "cards/a.yaml", CARD.replace("title: T\n", "title: ''\n")),
    "an unknown key of a card file": ("cards", "cards/a.yaml", CARD + "deck: x\n"),
    "an unknown key of a card": ("cards", "cards/a.yaml", CARD + "    question: x\n"),
    "a card without an id": ("cards", "cards/a.yaml", CARD.replace("id: a\n    ", "")),
    "an id in capitals": ("cards", "cards/a.yaml", CARD.replace("id: a", "id: Big Id")),
    "a card without an answer": ("cards", "cards/a.yaml", CARD.replace("    back: B\n", "")),
    "a card without a question": ("cards", "cards/a.yaml", CARD.replace("    front: F?\n", "")),
    "a card that asks nothing": ("cards", "cards/a.yaml", "title: T\ncards:\n  - id: a\n"),
    "a card with both forms": ("cards", "cards/a.yaml", CARD + "    cloze: '{{c1::x}} y'\n"),
    "a cloze to be typed": ("cards", "cards/a.yaml", "title: T\ncards:\n  - {id: a, cloze: '{{c1::x}}', typed: true}\n"),
    "a question that is a list": ("cards", "cards/a.yaml", CARD.replace("F?", "[F]")),
    "an answer that is a mapping": ("cards", "cards/a.yaml", CARD.replace("B\n", "{x: y}\n")),
    "a tag with blanks": ("cards", "cards/a.yaml", CARD + "    tags: [two words]\n"),
    "a source out of the folder": ("cards", "cards/a.yaml", CARD + "    source: ../x.txt\n"),
    "a flag that is a word": ("cards", "cards/a.yaml", CARD + "    draft: maybe\n"),
    "cards that are a text": ("cards", "cards/a.yaml", "title: T\ncards: none\n"),
    "a card that is a text": ("cards", "cards/a.yaml", "title: T\ncards: [one]\n"),
    "a file that is a list": ("cards", "cards/a.yaml", "- one\n"),
    "a rule without a name": ("rules", "rules/a.yaml", RULE.replace("name: r\n    ", "")),
    "a rule without a selector": ("rules", "rules/a.yaml", RULE.replace("select: li\n    ", "")),
    "a rule with an unknown key": ("rules", "rules/a.yaml", RULE + "    selct: p\n"),
    "a rule with both forms": ("rules", "rules/a.yaml", RULE + "    cloze: '{text}'\n    hide: [text]\n"),
    "a rule with an unknown choice": ("rules", "rules/a.yaml", RULE + "    each: word\n"),
    "a rule with an unknown priority": ("rules", "rules/a.yaml", RULE + "    priority: high\n"),
    "a rule with a number in words": ("rules", "rules/a.yaml", RULE + "    min: three\n"),
    "rules into no file": ("rules", "rules/a.yaml", RULE.replace("into: a\n", "")),
    "rules into a path": ("rules", "rules/a.yaml", RULE.replace("into: a\n", "into: ../a\n")),
    "a term without a definition": ("glossary", "rules/glossary.yaml", TERMS.replace("    definition: A train in a street.\n", "")),
    "a term with an unknown key": ("glossary", "rules/glossary.yaml", TERMS + "    alias: x\n"),
    "a kind without words": ("vocabulary", "rules/vocabulary.yaml", "kinds:\n  tips: {ordered: true}\n"),
    "a kind in capitals": ("vocabulary", "rules/vocabulary.yaml", "kinds:\n  Tips: {words: [tips]}\n"),
    "a reason of two words": ("vocabulary", "rules/vocabulary.yaml", "asides:\n  my-advert: {opening: [ad]}\n"),
    "an unknown key of a vocabulary": ("vocabulary", "rules/vocabulary.yaml", "kind: {}\n"),
    "a deck without a name": ("deck", "decks/a.yaml", "cards: [a]\n"),
    "a deck without cards": ("deck", "decks/a.yaml", "name: A\n"),
    "a deck with an unknown export": ("deck", "decks/a.yaml", "name: A\ncards: [a]\nexports: [pdf]\n"),
    "a deck with an unknown key": ("deck", "decks/a.yaml", "name: A\ncards: [a]\ntitle: x\n"),
    "a source with an unknown key": ("sources", "seeds/sources.yaml", "a.txt: {titel: A}\n"),
    "a source whose address is none": ("sources", "seeds/sources.yaml", "a.txt: {url: example.com}\n"),
    "a source that is a text": ("sources", "seeds/sources.yaml", "a.txt: A text\n"),
    "sources that are a list": ("sources", "seeds/sources.yaml", "- a.txt\n"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_fails_as_it_does_in_check(story: Story, case: str) -> None:
    """The editor underlines what the program refuses."""
    name, path, text = BAD[case]
    story.write(path, text)

    assert story.run("check").code == 1
    assert complaints(name, text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("cards", CARD),
        ("cards", "title: T\ncards:\n"),
        ("cards", CARD + "    tags: größe::größer\n    source: [a.txt:3, 'two words.md']\n    reverse: true\n"),
        ("rules", RULE + "    unless: [a, b]\n    min: 3\n    priority: 20\n    reverse: true\n"),
        ("glossary", TERMS + "    aliases: [street car, 42]\n"),
        ("vocabulary", "kinds:\n  tips: {words: [tips, 101], ordered: true}\nlabels: Judgment\n"),
        ("deck", "name: 2026\ncards: a\nexports: csv\n"),
        ("sources", "a.txt:\nb.txt: {date: 2026-01-31, skip: [12-20, 7], url: https://example.com/a}\n"),
    ],
)
def test_what_people_may_write_passes(name: str, text: str) -> None:
    """One text or a list of them, numbers where words are meant, an entry without keys."""
    assert complaints(name, text) == []


@pytest.mark.parametrize("name", NAMES)
def test_the_schemas_kept_here_are_those_of_this_version(name: str) -> None:
    """`make schemas` was run; each is a schema of its draft, and each key is described."""
    schema = json.loads(SCHEMAS[name])

    Draft202012Validator.check_schema(schema)
    assert (REPOSITORY / "schemas" / f"{name}.json").read_text(encoding="utf-8") == SCHEMAS[name]
    objects = [schema, *schema.get("$defs", {}).values()]
    assert all(key["description"] for each in objects for key in each.get("properties", {}).values())


def test_the_command_prints_a_schema(story: Story) -> None:
    """Also outside a project, since editors may want it anywhere; an unknown name is a wrong use."""
    story.delete("cardwright.toml")

    said = story.run("schema", "cards")

    assert (said.code, said.out) == (0, SCHEMAS["cards"])
    assert story.run("schema", "cards", "--format", "json").data == json.loads(SCHEMAS["cards"])
    assert story.run("schema", "card").code == 2
    assert story.run("schema").code == 2
    assert story.run("schema", "cards", "--write").code == 2


def test_schemas_are_written_and_old_ones_told_of(story: Story) -> None:
    """An old schema is a warning of check, and writing again mends it."""
    assert "schemas/deck.json" in story.run("schema", "--write").out
    story.write("schemas/deck.json", "{}\n")

    said = story.run("check")

    assert said.code == 0
    assert "schemas/deck.json: warning[CW008]" in said.err
    assert "cardwright schema --write" in said.err
    assert story.run("schema", "--write").out == "wrote schemas/deck.json\n"
    assert "up to date" in story.run("schema", "--write").out
    assert story.run("check").err == ""


def test_a_new_project_has_its_schemas(story: Story) -> None:
    """The first line of each file that init writes leads to a schema that is there."""
    story.delete("cardwright.toml")
    assert story.run("init", "new").code == 0

    for path in sorted((story.root / "new").rglob("*.yaml")):
        found = re.match(r"# yaml-language-server: \$schema=(\S+)", path.read_text(encoding="utf-8"))
        assert found, path.name
        assert (path.parent / found[1]).is_file()
        assert complaints(name_of(path), path.read_text(encoding="utf-8")) == []
