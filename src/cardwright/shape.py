"""Tables that say what a file may hold.

One table of fields serves both sides: it validates what was read, with places and
suggestions, and it is what a JSON Schema of the same file is drawn from.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from cardwright.diagnostics import Diagnostic, Span, did_you_mean, error
from cardwright.yamltext import Mapping, Node, Scalar, Sequence
from cardwright.yamltraps import LONGEST, QUOTE, quoted

__all__ = ["Field", "Record", "Shape", "Way", "read"]

FieldKind = Literal["text", "texts", "flag", "number", "record", "records", "mapping"]


@dataclass(frozen=True, slots=True)
class Field:
    """One key: what it is for (`about`), what it takes, and what a good value looks like.

    kind: text; texts (one text or a list of them); flag (true or false); number (a whole
    one); record and records (of `shape`); mapping (free keys of `pattern`, each with a record of `shape`).
    """

    name: str
    kind: FieldKind
    about: str
    required: bool = False
    choices: tuple[str, ...] = ()
    pattern: str = ""
    example: str = ""
    shape: Shape | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """One of the forms a mapping comes in: keys that it must have, and keys that it then cannot have."""

    needs: tuple[str, ...]
    never: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """The keys one mapping may have, in the order in which they are documented.

    `ways` are the forms it comes in, if there are several. Readers tell of them in words of their own.
    """

    name: str
    about: str
    fields: tuple[Field, ...]
    ways: tuple[Way, ...] = ()

    def names(self) -> tuple[str, ...]:
        """All keys."""
        return tuple(each.name for each in self.fields)


@dataclass(frozen=True, slots=True)
class Record:
    """A mapping that was read by its shape: values by key, places by key, no surprises."""

    path: str
    node: Mapping
    _texts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _records: dict[str, tuple[Record, ...]] = field(default_factory=dict)
    _named: dict[str, dict[str, Record]] = field(default_factory=dict)

    def __contains__(self, key: str) -> bool:
        return key in self.node.entries

    def text(self, key: str, default: str = "") -> str:
        """The text of a key of kind text."""
        found = self._texts.get(key)
        return found[0] if found else default

    def texts(self, key: str) -> tuple[str, ...]:
        """The texts of a key of kind texts."""
        return self._texts.get(key, ())

    def flag(self, key: str) -> bool:
        """Whether a key of kind flag is there and true."""
        return self._texts.get(key) == ("true",)

    def number(self, key: str, default: int = 0) -> int:
        """The number of a key of kind number."""
        found = self._texts.get(key)
        return int(found[0]) if found else default

    def record(self, key: str) -> Record | None:
        """The record of a key of kind record."""
        return next(iter(self._records.get(key, ())), None)

    def records(self, key: str) -> tuple[Record, ...]:
        """The records of a key of kind records."""
        return self._records.get(key, ())

    def mapping(self, key: str) -> dict[str, Record]:
        """The named records of a key of kind mapping."""
        return self._named.get(key, {})

    def span(self, key: str = "", item: int | None = None) -> Span:
        """The place of the record, of a key's value, or of the value's item number `item`."""
        node: Node = self.node.entries.get(key, self.node)
        if item is not None and isinstance(node, Sequence) and item < len(node.items):
            node = node.items[item]
        if isinstance(node, Scalar) and not node.value and key in self.node.keys:
            node = self.node.keys[key]
        return node.span(self.path)


def read(node: Node | None, shape: Shape, path: str) -> tuple[Record | None, list[Diagnostic]]:
    """Read a node by its shape. What cannot be used is left out of the record and told of."""
    found: list[Diagnostic] = []
    if node is None or (isinstance(node, Scalar) and not node.value):
        span = node.span(path) if node else Span(path, 1, 1)
        required = ", ".join(each.name for each in shape.fields if each.required)
        found.append(
            error("CW206", f"{shape.name} expected here, but there is nothing", span, f"write {required or 'its keys'}")
        )
        return None, found
    if not isinstance(node, Mapping):
        message = f"{shape.name} takes 'key: value' lines, not {_called(node)}"
        way_out = f"known keys: {', '.join(shape.names())}"
        glued = re.match(r"([a-z]+):(?=\S)", node.value) if isinstance(node, Scalar) else None
        if glued and glued[1] in shape.names():
            way_out = f"write a space behind the colon: '{glued[1]}: ...'"
        found.append(error("CW206", message, node.span(path), way_out))
        return None, found
    record = Record(path, node)
    known = {each.name: each for each in shape.fields}
    for key, value in node.entries.items():
        if key not in known:
            place = node.keys[key].span(path)
            found.append(error("CW207", f"'{key}' is no key of {shape.name}", place, did_you_mean(key, shape.names())))
            continue
        _READERS[known[key].kind](record, known[key], value, found)
    for each in shape.fields:
        if each.required and each.name not in node.entries:
            way_out = f"add '{each.name}: {each.example}'" if each.example else f"add '{each.name}'"
            found.append(error("CW208", f"{shape.name} has no '{each.name}'", node.span(path), way_out))
    return record, found


def _read_text(record: Record, spec: Field, value: Node, found: list[Diagnostic]) -> None:
    text = _as_text(record, spec, value, found)
    if text is not None:
        record._texts[spec.name] = (text,)


def _read_texts(record: Record, spec: Field, value: Node, found: list[Diagnostic]) -> None:
    items = value.items if isinstance(value, Sequence) else (value,)
    texts = (_as_text(record, spec, item, found) for item in items)
    record._texts[spec.name] = tuple(text for text in texts if text)


def _read_flag(record: Record, spec: Field, value: Node, found: list[Diagnostic]) -> None:
    if isinstance(value, Scalar) and value.value in ("true", "false"):
        record._texts[spec.name] = (value.value,)
        return
    found.append(
        error(
            "CW209",
            f"'{spec.name}' is true or false",
            value.span(record.path),
            f"write '{spec.name}: true', or delete the line",
        )
    )


def _read_number(record: Record, spec: Field, value: Node, found: list[Diagnostic]) -> None:
    if isinstance(value, Scalar) and re.fullmatch(r"-?[0-9]{1,9}", value.value):
        record._texts[spec.name] = (value.value,)
        return
    found.append(
        error(
            "CW209",
            f"'{spec.name}' is a whole number",
            value.span(record.path),
            f"write for example '{spec.name}: {spec.example or 1}'",
        )
    )


def _read_record(record: Record, spec: Field, value: Node, found: list[Diagnostic]) -> None:
    assert spec.shape is not None
    inner, problems = read(value, spec.shape, record.path)
    found.extend(problems)
    if inner is not None:
        record._records[spec.name] = (inner,)


def _read_records(record: Record, spec: Field, value: Node, found: list[Diagnostic]) -> None:
    assert spec.shape is not None
    if isinstance(value, Scalar) and not value.value:
        return
    if not isinstance(value, Sequence):
        found.append(error("CW206", f"'{spec.name}' is a list", value.span(record.path), "begin each entry with '- '"))
        return
    inner: list[Record] = []
    for item in value.items:
        one, problems = read(item, spec.shape, record.path)
        found.extend(problems)
        if one is not None:
            inner.append(one)
    record._records[spec.name] = tuple(inner)


def _read_mapping(record: Record, spec: Field, value: Node, found: list[Diagnostic]) -> None:
    assert spec.shape is not None
    if not isinstance(value, Mapping):
        found.append(
            error("CW206", f"'{spec.name}' takes 'name: ...' lines", value.span(record.path), "give each entry a name")
        )
        return
    named: dict[str, Record] = {}
    for key, node in value.entries.items():
        one, problems = read(node, spec.shape, record.path)
        found.extend(problems)
        if one is not None:
            named[key] = one
    record._named[spec.name] = named


_READERS: dict[FieldKind, Callable[[Record, Field, Node, list[Diagnostic]], None]] = {
    "text": _read_text,
    "texts": _read_texts,
    "flag": _read_flag,
    "number": _read_number,
    "record": _read_record,
    "records": _read_records,
    "mapping": _read_mapping,
}


def _as_text(record: Record, spec: Field, value: Node, found: list[Diagnostic]) -> str | None:
    if not isinstance(value, Scalar):
        if isinstance(value, (Mapping, Sequence)) and value.flow:
            bracket = "{" if isinstance(value, Mapping) else "["
            message = f"'{spec.name}' is a text, but YAML reads a leading '{bracket}' as something else"
            found.append(error("CW204", message, value.span(record.path), _as_one_text(spec, value)))
        else:
            message = f"'{spec.name}' is a text, not {_called(value)}"
            found.append(error("CW206", message, value.span(record.path), _as_one_text(spec, value)))
        return None
    if spec.required and not value.value.strip():
        place = record.node.keys.get(spec.name, value)
        found.append(
            error("CW208", f"'{spec.name}' is empty", place.span(record.path), f"write its text after '{spec.name}:'")
        )
        return None
    if spec.choices and value.value not in spec.choices:
        message = f"'{value.value}' is no value of '{spec.name}'"
        found.append(error("CW209", message, value.span(record.path), did_you_mean(value.value, spec.choices)))
        return None
    if spec.pattern and not re.fullmatch(spec.pattern, value.value):
        way_out = f"write for example '{spec.example}'" if spec.example else f"it must match {spec.pattern}"
        found.append(error("CW209", f"'{value.value}' cannot be a {spec.name}", value.span(record.path), way_out))
        return None
    return value.value


def _as_one_text(spec: Field, value: Node) -> str:
    """The way out where YAML read a list or a mapping: the line to write, if it is one line that was misread."""
    flow = isinstance(value, Mapping | Sequence) and value.flow
    several = not (isinstance(value, Mapping) and len(value.entries) == 1)
    text = _again(value)
    if (several and not flow) or len(text) > LONGEST:
        return QUOTE if flow else "write it on one line, or as a block after '|'"
    return f"write: {'-' if spec.kind == 'texts' else f'{spec.name}:'} {quoted(text)}"


def _again(node: Node) -> str:
    """What a person wrote on one line, from what YAML made of it."""
    if isinstance(node, Sequence):
        return f"[{', '.join(map(_again, node.items))}]"
    if isinstance(node, Mapping):
        pairs = (f"{key}: {_again(value)}".rstrip(": ") for key, value in node.entries.items())
        inside = ", ".join(pairs)
        return f"{{{inside}}}" if node.flow else inside
    return node.value if isinstance(node, Scalar) else ""


def _called(node: Node) -> str:
    return {Scalar: "a text", Sequence: "a list", Mapping: "'key: value' lines"}[type(node)]
