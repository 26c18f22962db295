"""The two note types of a project: their schema, which never changes, and their look, which may.

Names and ids are settled at the first build and come from released.lock from then on. Anki takes a
note type for another one when the number, order or ids of its fields or templates change, and then
never again updates the notes that learners have; so every field and template that may ever be
wanted is there from the beginning.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources

from cardwright.decks.identity import part_id, stable_id
from cardwright.diagnostics import Diagnostic, Span, error
from cardwright.memory.released import Released, ReleasedType
from cardwright.model import Kind

__all__ = ["FIELDS", "NoteType", "Template", "note_types"]

# Fields in their order for ever; the first is what Anki sorts by. Reverse is "1" where a card asks both
# ways. Typed is the answer in plain text where it is typed. Spares wait for what nobody has thought of.
FIELDS: dict[Kind, tuple[str, ...]] = {
    "basic": ("Front", "Back", "Extra", "Source", "Id", "Reverse", "Typed", "Spare1", "Spare2", "Spare3"),
    "cloze": ("Text", "Extra", "Source", "Id", "Spare1", "Spare2", "Spare3"),
}
# Templates in their order for ever, and the stem of their files. Spare makes no card while Spare3 is empty.
_TEMPLATES: dict[Kind, tuple[tuple[str, str], ...]] = {
    "basic": (("Recall", "recall"), ("Reverse", "reverse"), ("Spare", "spare")),
    "cloze": (("Cloze", "cloze"),),
}


@dataclass(frozen=True, slots=True)
class Template:
    """A kind of review card: the HTML of its two sides."""

    name: str
    id: int
    front: str
    back: str


@dataclass(frozen=True, slots=True)
class NoteType:
    """A note type as a package holds it: `fields` are names with ids. `mod` is in seconds."""

    kind: Kind
    id: int
    name: str
    fields: tuple[tuple[str, int], ...]
    templates: tuple[Template, ...]
    css: str
    mod: int = 0

    @property
    def hash(self) -> str:
        """The digest of its look: name, templates and CSS."""
        look = [self.name, self.css, [[each.name, each.front, each.back] for each in self.templates]]
        text = json.dumps(look, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()[:32]

    def released(self) -> ReleasedType:
        """The line that remembers it."""
        templates = tuple((each.name, each.id) for each in self.templates)
        return ReleasedType(self.kind, self.id, self.name, self.hash, self.mod, self.fields, templates)


def note_types(released: Released) -> tuple[dict[Kind, NoteType], list[Diagnostic]]:
    """Both note types with the ids that learners have; a `mod` is set only where a released look is unchanged."""
    made: dict[Kind, NoteType] = {}
    found: list[Diagnostic] = []
    for kind in FIELDS:
        known = released.types.get(kind)
        if known is not None and (problem := _other_schema(known, released.path)):
            found.append(problem)
            continue
        ids = {each.id for each in released.types.values()} | {each.id for each in made.values()}
        made[kind] = _note_type(kind, released.namespace, known, ids)
    return made, found


def _note_type(kind: Kind, namespace: str, known: ReleasedType | None, ids: set[int]) -> NoteType:
    fields, templates = (known.fields, known.templates) if known else _new_parts(kind, namespace)
    files = dict(_TEMPLATES[kind])
    made = NoteType(
        kind,
        known.id if known else stable_id(namespace, f"note-type:{kind}", ids),
        known.name if known else f"Cardwright {kind} ({namespace})",
        fields,
        tuple(
            Template(name, number, _file(f"{files[name]}-front.html"), _file(f"{files[name]}-back.html"))
            for name, number in templates
        ),
        _file("card.css"),
    )
    unchanged = known is not None and known.hash == made.hash
    return NoteType(kind, made.id, made.name, fields, made.templates, made.css, known.mod if known and unchanged else 0)


def _new_parts(kind: Kind, namespace: str) -> tuple[tuple[tuple[str, int], ...], tuple[tuple[str, int], ...]]:
    """Fields and templates with ids for a note type that no learner has yet."""
    taken: set[int] = set()
    parts: dict[str, list[tuple[str, int]]] = {"field": [], "template": []}
    names: Mapping[str, tuple[str, ...]] = {
        "field": FIELDS[kind],
        "template": tuple(name for name, _ in _TEMPLATES[kind]),
    }
    for what, all_names in names.items():
        for name in all_names:
            made = part_id(namespace, f"{kind}:{what}:{name}", taken)
            taken.add(made)
            parts[what].append((name, made))
    return tuple(parts["field"]), tuple(parts["template"])


def _other_schema(known: ReleasedType, path: str) -> Diagnostic | None:
    """The released schema, where it is not the one that this program writes."""
    fields = tuple(name for name, _ in known.fields)
    templates = tuple(name for name, _ in known.templates)
    if fields == FIELDS[known.kind] and templates == tuple(name for name, _ in _TEMPLATES[known.kind]):
        return None
    message = (
        f"learners have the note type '{known.name}' with the fields {', '.join(fields)} and the templates "
        f"{', '.join(templates)}; with others Anki would never update their notes again"
    )
    return error("CW553", message, Span(path), "build with the version of Cardwright that released this deck")


def _file(name: str) -> str:
    """A template or the CSS as text, the same on every system."""
    text = resources.files("cardwright.decks").joinpath("templates", name).read_text(encoding="utf-8")
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n")).strip("\n")
