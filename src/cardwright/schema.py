"""JSON Schema of a file, from the table that validates it: what editors complete and underline by."""

from __future__ import annotations

import re
from collections.abc import Callable

from cardwright.shape import Field, FieldKind, Shape

__all__ = ["draw"]

DIALECT = "https://json-schema.org/draft/2020-12/schema"

Schema = dict[str, object]


def draw(shape: Shape, *, named: bool = False) -> Schema:
    """The schema (draft 2020-12) of a file of this shape; `named`: of a file that holds names, each with such an entry.

    What YAML reads as a number or as true in a text field is allowed, because people write it without quotes. A date
    is a text in JSON, and so it is for editors.
    """
    parts: dict[str, Schema] = {}
    inside = _object(shape, parts)
    head: Schema = {"$schema": DIALECT, "title": shape.name}
    if named:
        parts[_key(shape)] = inside
        body: Schema = {"type": ["object", "null"], "additionalProperties": _or_nothing(shape)}
    else:
        body = inside
    return {**head, **body, **({"$defs": dict(sorted(parts.items()))} if parts else {})}


def _object(shape: Shape, parts: dict[str, Schema]) -> Schema:
    drawn: Schema = {
        "description": shape.about,
        "type": "object",
        "properties": {each.name: _field(each, parts) for each in shape.fields},
        "additionalProperties": False,
    }
    required = [each.name for each in shape.fields if each.required]
    if required:
        drawn["required"] = required
    if shape.ways:
        drawn["oneOf"] = [
            {"required": list(way.needs), "properties": dict.fromkeys(way.never, False)} for way in shape.ways
        ]
    return drawn


def _field(spec: Field, parts: dict[str, Schema]) -> Schema:
    drawn: Schema = {"description": spec.about, **_KINDS[spec.kind](spec, parts)}
    if spec.example and spec.kind in ("text", "number", "texts"):
        drawn["examples"] = [int(spec.example) if spec.kind == "number" else _example(spec)]
    return drawn


def _text(spec: Field, _: dict[str, Schema]) -> Schema:
    if spec.choices:
        return {"enum": list(spec.choices)}
    drawn: Schema = {"type": ["string", "number", "boolean"]}
    if spec.pattern:
        drawn["pattern"] = _pattern(spec.pattern)
    elif spec.required:
        drawn["pattern"] = r"\S"
    return drawn


def _texts(spec: Field, parts: dict[str, Schema]) -> Schema:
    one = _text(spec, parts)
    return {"anyOf": [one, {"type": "array", "items": one}]}


def _flag(_: Field, __: dict[str, Schema]) -> Schema:
    return {"type": "boolean"}


def _number(_: Field, __: dict[str, Schema]) -> Schema:
    return {"type": "integer"}


def _record(spec: Field, parts: dict[str, Schema]) -> Schema:
    return _reference(spec, parts)


def _records(spec: Field, parts: dict[str, Schema]) -> Schema:
    return {"type": ["array", "null"], "items": _reference(spec, parts)}


def _mapping(spec: Field, parts: dict[str, Schema]) -> Schema:
    drawn: Schema = {"type": "object", "additionalProperties": _reference(spec, parts)}
    if spec.pattern:
        drawn["propertyNames"] = {"pattern": _pattern(spec.pattern)}
    return drawn


_KINDS: dict[FieldKind, Callable[[Field, dict[str, Schema]], Schema]] = {
    "text": _text,
    "texts": _texts,
    "flag": _flag,
    "number": _number,
    "record": _record,
    "records": _records,
    "mapping": _mapping,
}


def _reference(spec: Field, parts: dict[str, Schema]) -> Schema:
    assert spec.shape is not None
    parts[_key(spec.shape)] = _object(spec.shape, parts)
    return {"$ref": f"#/$defs/{_key(spec.shape)}"}


def _or_nothing(shape: Shape) -> Schema:
    return {"anyOf": [{"$ref": f"#/$defs/{_key(shape)}"}, {"type": "null"}]}


def _key(shape: Shape) -> str:
    """What a shape is called among the definitions: its last word, "entry" of "a document's entry"."""
    return shape.name.split()[-1]


def _example(spec: Field) -> object:
    """The example as data: what stands in brackets is a list."""
    if spec.kind == "texts" and spec.example.startswith("["):
        return [each.strip() for each in spec.example.strip("[]").split(",")]
    return spec.example


def _pattern(pattern: str) -> str:
    """A pattern of the whole text for JavaScript, where it is found anywhere and a word has ASCII letters alone."""
    plain = pattern.replace('\\"', '"').replace(r"\w", r"A-Za-z0-9_\u00aa-\uffff")
    return plain if re.match(r"\^.*\$$", plain) and "|" not in plain else f"^(?:{plain})$"
