"""Rule files: what they may say, and the rules they hold, ready to run.

One table of keys validates the files and is what their JSON Schema is drawn from.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from cardwright.diagnostics import Diagnostic, Related, Span, error
from cardwright.files import TextFile
from cardwright.rules import checks
from cardwright.rules.patterns import Pattern
from cardwright.rules.select import Selector
from cardwright.rules.template import Template
from cardwright.shape import Field, Record, Shape, Way, read
from cardwright.yamltext import parse

__all__ = ["EACH", "LONG", "PRIORITIES", "RULES_FILE", "Example", "Rule", "RuleBook", "load_rules"]

Each = Literal["passage", "sentence", "item", "member", "row"]
Long = Literal["split", "shorten", "skip"]
EACH: tuple[Each, ...] = ("passage", "sentence", "item", "member", "row")
LONG: tuple[Long, ...] = ("split", "shorten", "skip")

# Words for the usual priorities; a number between them is fine too.
PRIORITIES = {"special": 30, "structural": 20, "fallback": 10}

_RULE = Shape(
    "a rule",
    "Which passages of a document become cards, and how the cards read.",
    (
        Field(
            "name",
            "text",
            "What the rule is called, once in the project.",
            required=True,
            pattern="[a-z0-9][a-z0-9-]{0,59}",
            example="stage-meaning",
        ),
        Field("kind", "texts", "Kinds of section, from the vocabulary; one of them must be the passage's."),
        Field("unless-kind", "texts", "Kinds of section that the passage's must not be."),
        Field("near", "text", "A pattern that the nearest heading must match; its named groups are placeholders too."),
        Field("unless-near", "text", "A pattern that the nearest heading must not match."),
        Field("select", "text", "A CSS selector of the passages.", required=True, example="li:has(> dfn)"),
        Field("match", "text", "A pattern that the text must match; its named groups are placeholders."),
        Field("unless", "texts", "Patterns that the text must not match."),
        Field(
            "when", "texts", "What the document must have: company, role, label, title, url, date, or a CSS selector."
        ),
        Field("each", "text", "What gives one card.", choices=EACH),
        Field(
            "join", "number", "How many sentences are taken together, beginning with the one that matches.", example="2"
        ),
        Field("min", "number", "How many items a list must have at least.", example="3"),
        Field("long", "text", "What to do with an answer that is too long.", choices=LONG),
        Field("front", "text", "The question."),
        Field("back", "text", "The answer."),
        Field("cloze", "text", "A sentence with gaps, in place of front and back."),
        Field("hide", "texts", "The placeholders that become the gaps of the cloze."),
        Field("extra", "text", "What stands small below the answer."),
        Field("reverse", "flag", "Whether the answer is asked for the question too."),
        Field(
            "tags", "texts", "Tags of the cards, besides those of the file.", pattern=r"[^\s,\"]+", example="interview"
        ),
        Field("id", "text", "What the card's id is made from; the term or first words otherwise."),
        Field(
            "priority",
            "text",
            "Who wins a passage: special (30), structural (20), fallback (10), or a number.",
            pattern="special|structural|fallback|[0-9]{1,3}",
            example="special",
        ),
        Field(
            "unclaimed", "flag", "Whether the rule sees only passages that no other rule took; its cards are drafts."
        ),
        Field("draft", "flag", "Whether the cards wait for a person."),
        Field("try", "texts", "Examples: small documents that must give a card."),
        Field("not", "texts", "Examples that must give none."),
    ),
    (Way(("front", "back"), ("cloze", "hide")), Way(("cloze", "hide"), ("front", "back"))),
)

RULES_FILE = Shape(
    "a rule file",
    "Rules for one file of cards.",
    (
        Field(
            "into",
            "text",
            "The card file, without its ending.",
            required=True,
            pattern="[a-z0-9][a-z0-9-]{0,59}",
            example="interview-stages",
        ),
        Field("tags", "texts", "Tags of all cards of these rules.", pattern=r"[^\s,\"]+", example="interview"),
        Field("rules", "records", "The rules.", required=True, shape=_RULE, example="- name: ..."),
    ),
)


@dataclass(frozen=True, slots=True)
class Example:
    """A small document that a rule must, or must not, make a card of."""

    text: str
    wanted: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule ready to run. `place` orders the rules of one file; `weight` says how special it is."""

    name: str
    into: str
    select: Selector
    kinds: tuple[str, ...]
    other_kinds: tuple[str, ...]
    near: Pattern | None
    far: Pattern | None
    match: Pattern | None
    unless: tuple[Pattern, ...]
    facts: tuple[str, ...]
    having: tuple[Selector, ...]
    each: Each
    join: int
    least: int
    long: Long | None
    front: Template | None
    back: Template | None
    cloze: Template | None
    hide: tuple[str, ...]
    extra: Template | None
    id: Template | None
    reverse: bool
    tags: tuple[str, ...]
    priority: int
    unclaimed: bool
    draft: bool
    examples: tuple[Example, ...]
    span: Span
    file: str
    place: int

    @property
    def weight(self) -> int:
        """How much the rule asks of a passage."""
        asked = (self.kinds, self.other_kinds, self.near, self.far, self.match, self.unless, self.facts, self.having)
        return self.select.weight + sum(bool(each) for each in asked)

    @property
    def rank(self) -> tuple[bool, bool, int, int, str, int, str]:
        """The order in which rules win: least first; a draft never takes the place of a card."""
        return (self.unclaimed, self.draft, -self.priority, -self.weight, self.into, self.place, self.name)


@dataclass(frozen=True, slots=True)
class RuleBook:
    """All rules of a project, those that win first."""

    rules: tuple[Rule, ...] = ()
    tags: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def tags_of(self, into: str) -> tuple[str, ...]:
        """The tags that rule files give a card file as a whole."""
        return dict(self.tags).get(into, ())


def load_rules(files: Sequence[TextFile], kinds: Collection[str] = ()) -> tuple[RuleBook, list[Diagnostic]]:
    """Read rule files into one book. `kinds` are those of the vocabulary; where given, others are errors."""
    found: list[Diagnostic] = []
    rules: list[Rule] = []
    names: list[tuple[str, Span]] = []
    tags: dict[str, tuple[str, ...]] = {}
    for file in sorted(files, key=lambda each: each.path):
        node, problems = parse(file)
        found.extend(problems)
        if node is None and problems:
            continue
        record, problems = read(node, RULES_FILE, file.path)
        found.extend(problems)
        if record is None:
            continue
        into = record.text("into")
        tags[into] = tuple(dict.fromkeys((*tags.get(into, ()), *record.texts("tags"))))
        for place, each in enumerate(record.records("rules")):
            rule, problems = _rule(each, into, place, checks.Setting(file, frozenset(kinds)))
            found.extend(problems)
            names += [(each.text("name"), each.span("name"))] if each.text("name") else []
            if rule is not None:
                rules.append(rule)
    found.extend(_twice(names))
    rules.sort(key=lambda rule: rule.rank)
    return RuleBook(tuple(rules), tuple(sorted(tags.items()))), found


def _rule(record: Record, into: str, place: int, setting: checks.Setting) -> tuple[Rule | None, list[Diagnostic]]:
    """A rule, or what is wrong with it; all its keys are looked at."""
    found: list[Diagnostic] = []
    select = checks.selector(record, "select", found)
    match = checks.pattern(record, "match", found)
    near = checks.pattern(record, "near", found)
    far = checks.pattern(record, "unless-near", found)
    unless = checks.patterns(record, "unless", found)
    facts, having = checks.conditions(record, found)
    groups = match.groups if match else ()
    named = tuple(dict.fromkeys((*groups, *(near.groups if near else ()))))
    texts = {
        key: checks.template(record, key, named, setting, found) for key in ("front", "back", "cloze", "extra", "id")
    }
    checks.keys(record, texts, groups, setting, found)
    if select is None or found or not record.text("name") or not into:
        return None, found
    wanted = [Example(text, True, record.span("try", at)) for at, text in enumerate(record.texts("try"))]
    unwanted = [Example(text, False, record.span("not", at)) for at, text in enumerate(record.texts("not"))]
    priority = record.text("priority") or ("fallback" if record.flag("unclaimed") else "structural")
    rule = Rule(
        name=record.text("name"),
        into=into,
        select=select,
        kinds=record.texts("kind"),
        other_kinds=record.texts("unless-kind"),
        near=near,
        far=far,
        match=match,
        unless=unless,
        facts=facts,
        having=having,
        each=record.text("each", "passage"),  # type: ignore[arg-type]  # the shape allows only these
        join=max(record.number("join", 1), 1),
        least=record.number("min"),
        long=record.text("long") or None,  # type: ignore[arg-type]  # the shape allows only these
        front=texts["front"],
        back=texts["back"],
        cloze=texts["cloze"],
        hide=record.texts("hide"),
        extra=texts["extra"],
        id=texts["id"],
        reverse=record.flag("reverse"),
        tags=record.texts("tags"),
        priority=PRIORITIES[priority] if priority in PRIORITIES else int(priority),
        unclaimed=record.flag("unclaimed"),
        draft=record.flag("draft") or record.flag("unclaimed"),
        examples=(*wanted, *unwanted),
        span=record.span("name"),
        file=setting.file.path,
        place=place,
    )
    return rule, found


def _twice(names: Sequence[tuple[str, Span]]) -> list[Diagnostic]:
    """Rules that share a name, those among them that have other faults too."""
    found: list[Diagnostic] = []
    first: dict[str, Span] = {}
    for name, span in names:
        known = first.setdefault(name, span)
        if known is not span:
            way_out = "give it a name of its own: cards are known by the rule they come from"
            related = [Related(known, "the first one")]
            found.append(error("CW302", f"a second rule is named '{name}'", span, way_out, related))
    return found
