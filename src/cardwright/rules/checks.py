"""What is wrong in a rule, key by key; each function gives what it read and adds what it found."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cardwright.diagnostics import Diagnostic, Span, did_you_mean, error
from cardwright.files import TextFile
from cardwright.rules import patterns as patterns_of
from cardwright.rules import select as selectors
from cardwright.rules.filters import FILTERS
from cardwright.rules.patterns import Pattern
from cardwright.rules.placeholders import PLACEHOLDERS
from cardwright.rules.select import Selector
from cardwright.rules.template import Slot, Template, parse
from cardwright.shape import Record
from cardwright.yamltext import Scalar, Sequence

__all__ = ["FACTS", "Setting", "conditions", "keys", "pattern", "patterns", "selector", "template"]

# What sources.yaml may say of a document, and `when` may ask for.
FACTS = ("company", "role", "label", "title", "url", "date")
# The elements a document is made of, as docs/documents.md lists them.
_ELEMENT = re.compile(
    r"section|h[1-6]|p|[uod]l|li|d[tdl]|dfn|abbr|q|details|summary|span|table|t[rhd]|em|strong|code|pre|blockquote|aside|[bai]"
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_CELL = re.compile(r"(?:row|column)\.\s*\w.*")


@dataclass(frozen=True, slots=True)
class Setting:
    """What surrounds a rule: its file, and the kinds that the vocabulary knows (none: not asked)."""

    file: TextFile
    kinds: frozenset[str] = frozenset()


def selector(record: Record, key: str, found: list[Diagnostic]) -> Selector | None:
    """The selector of a key."""
    source = record.text(key).strip()
    return _selector(source, record.span(key), found) if source else None


def pattern(record: Record, key: str, found: list[Diagnostic]) -> Pattern | None:
    """The pattern of a key."""
    source = record.text(key)
    return _pattern(source, record, key, None, found) if source else None


def patterns(record: Record, key: str, found: list[Diagnostic]) -> tuple[Pattern, ...]:
    """The patterns of a key that takes several."""
    read = (_pattern(source, record, key, at, found) for at, source in enumerate(record.texts(key)))
    return tuple(each for each in read if each is not None)


def conditions(record: Record, found: list[Diagnostic]) -> tuple[tuple[str, ...], tuple[Selector, ...]]:
    """What `when` asks for: facts about the document, and selectors it must have a match for."""
    facts: list[str] = []
    having: list[Selector] = []
    for at, source in enumerate(record.texts("when")):
        span = record.span("when", at)
        if source in FACTS:
            facts.append(source)
        elif re.fullmatch(r"[a-z_-]+", source) and not _ELEMENT.fullmatch(source):
            message = f"'{source}' is no fact about a document, and no element of one"
            found.append(
                error(
                    "CW313",
                    message,
                    span,
                    f"{did_you_mean(source, FACTS)} A CSS selector is fine too, for example 'ul.terms'.",
                )
            )
        else:
            ready = _selector(source, span, found)
            having += [ready] if ready else []
    return tuple(facts), tuple(having)


def template(
    record: Record, key: str, groups: tuple[str, ...], setting: Setting, found: list[Diagnostic]
) -> Template | None:
    """The text of a key with its placeholders, each of them known."""
    source = record.text(key)
    if not source.strip():
        return None
    ready, problems = parse(source.strip("\n"))
    found.extend(
        error("CW308", each.message, _spot(record, key, each.token, setting, each.at), each.help) for each in problems
    )
    for slot in ready.slots:
        found.extend(_slot_problems(slot, record, key, groups, setting))
    return ready


def keys(
    record: Record,
    texts: dict[str, Template | None],
    groups: tuple[str, ...],
    setting: Setting,
    found: list[Diagnostic],
) -> None:
    """Keys that do not go together, miss each other, or have no meaning beside the others."""
    if "cloze" in record and ("front" in record or "back" in record):
        other = "front" if "front" in record else "back"
        message = f"a rule has either 'cloze' or front and back, not 'cloze' and '{other}'"
        found.append(error("CW301", message, record.span("cloze"), f"take 'cloze' or '{other}' away"))
    elif not ("cloze" in record or "front" in record or "back" in record):
        message = "this rule says which passages, but not what the card asks"
        found.append(error("CW301", message, record.span("name"), "add 'front' and 'back', or 'cloze' with 'hide'"))
    for key, other in (("front", "back"), ("back", "front")):
        if key in record and other not in record and "cloze" not in record:
            found.append(
                error("CW301", f"a card with '{key}' needs '{other}'", record.span(key), f"add '{other}: ...'")
            )
    found.extend(
        error("CW301", f"'{key}' is empty", record.span(key), "write its text, or take the key away")
        for key in ("front", "back", "cloze")
        if key in record and not record.text(key).strip() and isinstance(record.node.entries[key], Scalar)
    )
    _hide(record, texts["cloze"], groups, found)
    _kinds(record, "kind", setting, found)
    _kinds(record, "unless-kind", setting, found)
    _numbers(record, found)


def _hide(record: Record, cloze: Template | None, groups: tuple[str, ...], found: list[Diagnostic]) -> None:
    if "cloze" not in record:
        if "hide" in record:
            found.append(
                error("CW309", "'hide' without 'cloze'", record.span("hide"), "write 'cloze', or take it away")
            )
        return
    if not record.texts("hide"):
        way_out = "add 'hide: [name]' with a placeholder of the cloze, or a named group of 'match'"
        found.append(error("CW309", "a cloze that hides nothing", record.span("cloze"), way_out))
    known = (*groups, *(slot.name for slot in (cloze.slots if cloze else ())))
    for at, name in enumerate(record.texts("hide")):
        if name not in known:
            message = f"'hide' names '{name}', which neither 'match' nor 'cloze' has"
            found.append(error("CW309", message, record.span("hide", at), did_you_mean(name, known)))


def _kinds(record: Record, key: str, setting: Setting, found: list[Diagnostic]) -> None:
    for at, kind in enumerate(record.texts(key)):
        if setting.kinds and kind not in setting.kinds:
            message = f"'{kind}' is no kind of section in the vocabulary"
            found.append(error("CW314", message, record.span(key, at), did_you_mean(kind, sorted(setting.kinds))))


def _numbers(record: Record, found: list[Diagnostic]) -> None:
    for key, low, high in (("join", 1, 10), ("min", 1, 100)):
        if key in record and record.texts(key) and not low <= record.number(key) <= high:
            message = f"'{key}' is a number from {low} to {high}"
            found.append(error("CW209", message, record.span(key), f"write for example '{key}: 2'"))
    if "join" in record and record.text("each") != "sentence":
        found.append(
            error(
                "CW315",
                "'join' means nothing without 'each: sentence'",
                record.span("join"),
                "add it, or take 'join' away",
            )
        )


def _slot_problems(slot: Slot, record: Record, key: str, groups: tuple[str, ...], setting: Setting) -> list[Diagnostic]:
    found: list[Diagnostic] = []
    known = (*PLACEHOLDERS, *groups)
    if slot.name and slot.name not in known and not _CELL.fullmatch(slot.name):
        way_out = did_you_mean(slot.name, (*known, "row.NAME", "column.NAME"))
        if groups and "did you mean" not in way_out:
            patterns = [f"'{each}'" for each in ("match", "near") if each in record]
            way_out = f"{' and '.join(patterns)} {'have' if patterns[1:] else 'has'} {', '.join(groups)}; {way_out}"
        found.append(
            error("CW306", f"there is no placeholder '{slot.name}'", _spot(record, key, slot.name, setting), way_out)
        )
    spanned = record.text("each") == "member" or re.search(
        r"\b(?:span|em|strong|code|q)\b|\.list|\.member", record.text("select")
    )
    if slot.name in ("before", "after") and "match" not in record and not spanned:
        message = f"'{{{slot.name}}}' is what stands around a match, and there is no 'match' here"
        found.append(
            error("CW306", message, _spot(record, key, slot.name, setting), "add 'match', or select span.list")
        )
    for name in slot.filters:
        if name not in FILTERS:
            place = _spot(record, key, name or "|", setting)
            found.append(error("CW307", f"there is no filter '{name}'", place, did_you_mean(name, tuple(FILTERS))))
    return found


def _selector(source: str, span: Span, found: list[Diagnostic]) -> Selector | None:
    ready, reason, way_out = selectors.compiled(source)
    if ready is None:
        found.append(error("CW303", f"not a selector: {_decapitalised(reason)}", span, way_out))
    return ready


def _pattern(source: str, record: Record, key: str, item: int | None, found: list[Diagnostic]) -> Pattern | None:
    span = record.span(key, item)
    control = _CONTROL.search(source)
    if control:
        message = f"a control character (U+{ord(control[0]):04X}) in a pattern"
        node = record.node.entries[key]
        if isinstance(node, Sequence) and item is not None and item < len(node.items):
            node = node.items[item]
        quoted = isinstance(node, Scalar) and node.style == '"'
        way_out = (
            r'YAML reads "\b" in double quotes as a backspace: put the pattern in single quotes'
            if quoted
            else "write the pattern on one line in single quotes"
        )
        found.append(error("CW305", message, span, way_out))
        return None
    ready, reason, way_out = patterns_of.compiled(source)
    if ready is None:
        found.append(error("CW304", f"not a pattern: {reason}", span, way_out))
    return ready


def _spot(record: Record, key: str, token: str, setting: Setting, at: int = 0) -> Span:
    """Where in the file a piece of a text stands; the whole value where that cannot be told."""
    node = record.node.entries[key]
    whole = record.span(key)
    text = setting.file.text[node.start : node.end]
    place = text.find(token, at) if token else -1
    if place < 0 or "\n" in text[:place]:
        return whole
    return Span(whole.path, whole.line, whole.column + place, max(1, len(token)))


def _decapitalised(text: str) -> str:
    return text[:1].lower() + text[1:] if text[1:2].islower() else text
