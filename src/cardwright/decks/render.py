r"""Review cards as Anki shows them: a note's fields in the templates of its note type.

Of Anki's template language this knows what our templates use: `{{Field}}`, `{{#Field}}..{{/Field}}`, `{{cloze:Text}}`,
`{{type:Typed}}` and `{{Subdeck}}`. A test compares every side of every card with what Anki's backend gives.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cardwright.decks.content import Content
from cardwright.decks.notetypes import FIELDS, NoteType
from cardwright.markup import Deletion, parse_deletions
from cardwright.model import Note

__all__ = ["Side", "sides"]

_SECTION = re.compile(r"\{\{#(\w+)\}\}(.*?)\{\{/\1\}\}", re.DOTALL)
_PLACEHOLDER = re.compile(r"\{\{(?:(\w+):)?(\w+)\}\}")
# Anki takes tags out of what MathJax is to typeset: those around gaps would break the formula.
_MATH = re.compile(r"(\\[(\[])(.*?)(\\[)\]])", re.DOTALL)
_TAG = re.compile(r"<.*?>", re.DOTALL)
_NAMED = {'"': "&quot;", "&": "&amp;", "<": "&lt;", ">": "&gt;"}


@dataclass(frozen=True, slots=True)
class Side:
    """A review card: what its template is called (for a cloze with its number), and the HTML of both sides.

    `typed` is the answer as HTML where it is to be typed; `[[type:Typed]]` stands in the HTML where Anki
    puts the field for it, and then the comparison.
    """

    name: str
    front: str
    back: str
    typed: str = ""


def sides(content: Content | Note, look: NoteType, deck: str) -> tuple[Side, ...]:
    """Every review card of a note, or of what will be one. `deck` is the whole path of its deck."""
    values = dict(zip(FIELDS[content.kind], content.fields, strict=True))
    values["Subdeck"] = deck.rsplit("::", 1)[-1]
    made: list[Side] = []
    for order in content.ords:
        cloze = content.kind == "cloze"
        template = look.templates[look.ordinal(order) if not cloze else 0]
        front, back = (
            _filled(html, values, order + 1, asked=asked)
            for html, asked in ((template.front, True), (template.back, False))
        )
        typed = values.get("Typed", "") if "[[type:" in front else ""
        made.append(Side(f"{template.name} {order + 1}" if cloze else template.name, front, back, typed))
    return tuple(made)


def _filled(template: str, values: Mapping[str, str], number: int, *, asked: bool) -> str:
    """One side. `number` is the gap that is asked, where there are gaps; `asked`: it is the front."""
    shown = _SECTION.sub(lambda match: match[2] if values[match[1]].strip() else "", template)

    def value(match: re.Match[str]) -> str:
        how, name = match[1], match[2]
        if how == "type":
            return f"[[type:{name}]]"
        if how == "cloze":
            return _gaps(values[name], number, asked=asked)
        if how is not None:
            raise ValueError(f"a template of ours uses '{how}:', which is not rendered here")
        return values[name]

    return _PLACEHOLDER.sub(value, shown).strip()


def _gaps(text: str, number: int, *, asked: bool) -> str:
    shown = "".join(_shown(parse_deletions(text), number, asked=asked))
    return _MATH.sub(lambda match: match[1] + _TAG.sub("", match[2]) + match[3], shown)


def _shown(parts: Sequence[str | Deletion], number: int, *, asked: bool) -> Iterable[str]:
    for each in parts:
        if isinstance(each, str):
            yield each
            continue
        inside = "".join(_shown(each.parts, number, asked=asked))
        ordinal = ",".join(map(str, each.numbers))
        if number not in each.numbers:
            yield f'<span class="cloze-inactive" data-ordinal="{ordinal}">{inside}</span>'
        elif asked:
            hidden = "".join(map(_in_attribute, inside))
            yield f'<span class="cloze" data-cloze="{hidden}" data-ordinal="{ordinal}">[{each.hint or "..."}]</span>'
        else:
            yield f'<span class="cloze" data-ordinal="{ordinal}">{inside}</span>'


def _in_attribute(character: str) -> str:
    """A character as Anki writes it in an attribute: of the first 256, letters and digits of ASCII alone stay."""
    if ord(character) >= 256 or (character.isascii() and character.isalnum()):
        return character
    return _NAMED.get(character) or f"&#x{ord(character):X};"
