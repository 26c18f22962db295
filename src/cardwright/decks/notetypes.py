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
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib import resources

from cardwright.decks.identity import part_id, stable_id
from cardwright.diagnostics import Diagnostic, Span, error, warning
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
    """A note type as a package holds it: `fields` are names with ids. `mod` is in seconds.

    `breaks`: learners have it with another schema.
    """

    kind: Kind
    id: int
    name: str
    fields: tuple[tuple[str, int], ...]
    templates: tuple[Template, ...]
    css: str
    mod: int = 0
    breaks: bool = False

    @property
    def hash(self) -> str:
        """The digest of its look: name, templates and CSS."""
        look = [self.name, self.css, [[each.name, each.front, each.back] for each in self.templates]]
        text = json.dumps(look, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()[:32]

    def arranged(self, fields: Sequence[str]) -> tuple[str, ...]:
        """A note's fields, given in the order of FIELDS, in the order that learners have."""
        values = dict(zip(FIELDS[self.kind], fields, strict=True))
        return tuple(values[name] for name, _ in self.fields)

    def ordinal(self, order: int) -> int:
        """A review card's number among the templates as learners have them; a cloze has but one template."""
        if self.kind == "cloze":
            return order
        return [each.name for each in self.templates].index(_TEMPLATES[self.kind][order][0])

    def released(self) -> ReleasedType:
        """The line that remembers it."""
        templates = tuple((each.name, each.id) for each in self.templates)
        return ReleasedType(self.kind, self.id, self.name, self.hash, self.mod, self.fields, templates)


def note_types(released: Released, *, breaking: bool = False) -> tuple[dict[Kind, NoteType], list[Diagnostic]]:
    """Both note types with the ids that learners have; a `mod` is set only where a released look is unchanged.

    Another schema than the released one is an error unless this is a declared `breaking` release.
    """
    made: dict[Kind, NoteType] = {}
    found: list[Diagnostic] = []
    for kind in FIELDS:
        known = released.types.get(kind)
        if known is not None and (problem := _other_schema(known, released.path, breaking=breaking)):
            found.append(problem)
            continue
        ids = {each.id for each in released.types.values()} | {each.id for each in made.values()}
        made[kind] = _note_type(kind, released.namespace, known, ids)
    if breaking and not found and not any(each.breaks for each in made.values()):
        message = "no note type has another schema than the released one"
        found.append(
            warning("CW554", message, Span(released.path), "leave --breaking out; this is no breaking release")
        )
    return made, found


def _note_type(kind: Kind, namespace: str, known: ReleasedType | None, ids: set[int]) -> NoteType:
    fields, templates = _parts(kind, namespace, known)
    breaks = known is not None and (fields, templates) != (known.fields, known.templates)
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
    unchanged = known is not None and known.hash == made.hash and not breaks
    return replace(made, mod=known.mod if known and unchanged else 0, breaks=breaks)


_Parts = tuple[tuple[str, int], ...]


def _parts(kind: Kind, namespace: str, known: ReleasedType | None) -> tuple[_Parts, _Parts]:
    """Fields and templates with ids: those that learners have, in their order, and behind them those that are new.

    When Anki merges two versions of a note type, it keeps the learner's order and puts new parts at the end, as
    measured with its backend; with any other order it would take the next release for another note type again.
    """
    fields, templates = (known.fields, known.templates) if known else ((), ())
    taken = {number for _, number in (*fields, *templates)}
    wanted: dict[str, tuple[_Parts, tuple[str, ...]]] = {
        "field": (fields, FIELDS[kind]),
        "template": (templates, tuple(name for name, _ in _TEMPLATES[kind])),
    }
    parts: list[_Parts] = []
    for what, (old, names) in wanted.items():
        made = list(old)
        for name in (name for name in names if name not in dict(old)):
            made.append((name, part_id(namespace, f"{kind}:{what}:{name}", taken)))
            taken.add(made[-1][1])
        parts.append(tuple(made))
    return parts[0], parts[1]


def _other_schema(known: ReleasedType, path: str, *, breaking: bool) -> Diagnostic | None:
    """That learners have other parts than this program writes; in which order is theirs to say."""
    fields = [name for name, _ in known.fields]
    templates = [name for name, _ in known.templates]
    ours = [*FIELDS[known.kind], *(name for name, _ in _TEMPLATES[known.kind])]
    have = [*fields, *templates]
    if sorted(have) == sorted(ours):
        return None
    message = (
        f"learners have the note type '{known.name}' with the fields {', '.join(fields)} and the templates "
        f"{', '.join(templates)}, and this version of Cardwright writes others; with those Anki would never update "
        "their notes again"
    )
    if not set(have) <= set(ours) or len(set(have)) < len(have):
        return error("CW553", message, Span(path), "build with the version of Cardwright that released this deck")
    way_out = (
        "build with the version that released this deck; or declare a breaking release with 'cardwright build "
        "--breaking', which learners must import with other options than usual"
    )
    return None if breaking else error("CW553", message, Span(path), way_out)


def _file(name: str) -> str:
    """A template or the CSS as text, the same on every system."""
    text = resources.files("cardwright.decks").joinpath("templates", name).read_text(encoding="utf-8")
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n")).strip("\n")
