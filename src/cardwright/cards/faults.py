"""What can be wrong with a card: one function a fault, each with a place and the way out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from cardwright.cards.fields import of_fields
from cardwright.cards.ids import ID, mint, slug
from cardwright.cards.words import LARGE, LARGEST, blank, normal, oddity
from cardwright.diagnostics import Diagnostic, Span, error, warning
from cardwright.files import TextFile
from cardwright.model import CONTENT_FIELDS, Card
from cardwright.shape import Record
from cardwright.yamltext import Scalar
from cardwright.yamltext import Sequence as List
from cardwright.yamltraps import quoted

__all__ = ["SOURCE", "TAG", "good_tags", "in_better_words", "of_card", "of_file", "without_id"]

TAG = r"^[\w.+-]+(::[\w.+-]+)*$"
# A file below the documents folder, with the line where the passage begins. A name with spaces has an ending.
SOURCE = r"^(?![/\s])(?!.*\.\.(/|$))([^:\\\s]+|[^:\\\n]*\.[A-Za-z0-9]{1,8})(:[1-9][0-9]{0,6})?$"

# Anki gives these two tags a meaning of its own: marked cards and cards that fail again and again.
_ANKIS_OWN = ("marked", "leech")
_COMMENT = re.compile(r"[ \t]+(#[^\r\n]*)")
_GAP = re.compile(r"\{\{c(?=[0,]*[1-9])[0-9,]+::")

# What people call a key when they have written cards elsewhere.
_MEANT = {
    "question": "front", "q": "front", "prompt": "front", "answer": "back", "a": "back", "text": "cloze",
    "note": "extra", "notes": "extra", "hint": "extra", "tag": "tags", "sources": "source", "from": "source",
    "name": "title", "deck": "title", "reversed": "reverse",
}  # fmt: skip


def of_card(card: Card, record: Record, file: TextFile, taken: set[str]) -> Iterator[Diagnostic]:
    """All faults of one card, but for an id that is missing. `taken` are the ids of the file."""
    yield from _id(card, taken)
    yield from _sides(card, record)
    yield from _flags(card)
    for key in CONTENT_FIELDS:
        yield from _words(record, key, file)
    yield from of_fields(card, record, file)
    yield from _tags(record)
    yield from _sources(record)


def without_id(card: Card, taken: set[str]) -> Diagnostic:
    """A card that has no id, and the one it can have; that joins `taken`, the ids of the project."""
    minted = mint(card.front or card.cloze or card.back, "", taken)
    taken.add(minted)
    verb = "write" if "id" in card.places else "add the line"
    way_out = f"{verb} 'id: {minted}', or run 'cardwright check --fix'"
    return error("CW401", "this card has no id", card.places.get("id", card.span), way_out)


def of_file(record: Record) -> Iterator[Diagnostic]:
    """Faults of the title and the tags of a file."""
    for node in _texts(record, "title"):
        if odd := oddity(normal(node.value), lines=False):
            yield error(odd.code, odd.message, node.span(record.path), odd.help)
    yield from _tags(record)


def good_tags(record: Record) -> tuple[str, ...]:
    """The tags of a record in normal form, each once, without those that cannot be tags."""
    tags = (normal(node.value) for node in _texts(record, "tags"))
    return tuple(dict.fromkeys(tag for tag in tags if re.fullmatch(TAG, tag)))


def in_better_words(problems: Iterable[Diagnostic], records: Sequence[Record]) -> Iterator[Diagnostic]:
    """What the tables say of a file, less what is told here, and with the key that people mean."""
    problems = list(problems)
    told = set()
    if any(each.code == "CW209" for each in problems):
        nodes = [(each, node) for each in records for key in ("id", "tags", "source") for node in _texts(each, key)]
        told = {node.span(record.path) for record, node in nodes}
    for each in problems:
        word = each.message.split("'")[1] if each.code == "CW207" else ""
        if meant := _MEANT.get(word.lower()):
            yield replace(each, help=f"did you mean '{meant}'?")
        elif not (each.code == "CW208" and "'id'" in each.message) and (each.code != "CW209" or each.span not in told):
            yield each


def _id(card: Card, taken: set[str]) -> Iterator[Diagnostic]:
    if card.id and not re.fullmatch(ID, card.id):
        good = slug(card.id) or mint(slug(card.front or card.cloze), "", taken)
        why = "it is longer than 80 characters" if len(card.id) > 80 else "an id is small letters, digits and hyphens"
        message = f"'{_shown(card.id)}' cannot be an id: {why}"
        yield error("CW402", message, card.places["id"], f"write for example '{good}'")


def _sides(card: Card, record: Record) -> Iterator[Diagnostic]:
    """Either a question with its answer, or a sentence with gaps."""
    front, back, cloze = (key in record for key in ("front", "back", "cloze"))
    if cloze and (front or back):
        other = "front" if front else "back"
        way_out = "keep 'front' and 'back', or keep 'cloze' and put what explains it under 'extra'"
        yield error("CW406", f"a card has either 'cloze' or '{other}', not both", card.places[other], way_out)
    elif not (front or back or cloze):
        if any(_MEANT.get(key) in ("front", "back", "cloze") for key in record.node.entries):
            return
        yield error(
            "CW405",
            "this card asks nothing: it has neither 'front' and 'back' nor 'cloze'",
            card.span,
            "add 'front:' with the question and 'back:' with the answer",
        )
    elif not cloze and not back:
        way_out = "add 'back:' with the answer"
        if _hides(card.front):
            way_out = "write 'cloze' in place of 'front', as it has a gap"
        yield error("CW407", "this card has a question and no answer", card.places["front"], way_out)
    elif not cloze and not front:
        yield error("CW407", "this card has an answer and no question", card.places["back"], "add 'front:'")


def _flags(card: Card) -> Iterator[Diagnostic]:
    for key, is_set in (("reverse", card.reverse), ("typed", card.typed)):
        if is_set and card.cloze:
            message = f"'{key}' has no meaning for a card with gaps"
            yield error("CW417", message, card.places[key], "delete the line, or write 'front' and 'back'")


def _words(record: Record, key: str, file: TextFile) -> Iterator[Diagnostic]:
    """One field: empty, too long, or with a character that nobody sees."""
    for node in _texts(record, key):
        text = normal(node.value)
        if blank(text):
            empty = _empty(record, key)
            if not node.style and (comment := _COMMENT.match(file.text, node.end)):
                way_out = f"YAML takes '#' and what follows for a comment; write: {key}: {quoted(comment[1].strip())}"
                empty = replace(empty, help=way_out)
            yield empty
            continue
        if anchor := _unused_anchor(node, file):
            message = f"YAML takes '{anchor}' for a name of this value and drops it from the text"
            yield error("CW204", message, node.span(record.path), f"write: {key}: {quoted(f'{anchor} {text}')}")
        if odd := oddity(text):
            place = _within(file, node.start, node.end, odd.character) or node.span(record.path)
            yield error(odd.code, odd.message, place, odd.help)
        if len(text) * 4 <= LARGE:
            continue
        size, span = len(text.encode("utf-8", "replace")), node.span(record.path)
        if size > LARGEST:
            yield error("CW415", f"'{key}' is larger than {LARGEST >> 20} MiB", span, "one card holds one fact")
        elif size > LARGE:
            message = f"'{key}' is larger than {LARGE >> 10} KiB; nobody learns that as one card"
            yield warning("CW415", message, span, "make several cards of it")


def _tags(record: Record) -> Iterator[Diagnostic]:
    for node in _texts(record, "tags"):
        tag = normal(node.value)
        if not tag:
            yield _empty(record, "tags")
        elif not re.fullmatch(TAG, tag):
            good = [_as_tag(each) for each in tag[:200].split(",")]
            way_out = f"write for example '{', '.join(filter(None, good)) or 'culture'}'"
            if len(good) > 1:
                way_out = f"write several as a list: [{', '.join(filter(None, good))}]"
            message = f"'{_shown(tag)}' cannot be a tag: letters, digits and . + - _ only, '::' between its levels"
            yield error("CW411", message, node.span(record.path), way_out)
        elif tag.lower() in _ANKIS_OWN:
            message = f"the tag '{tag}' has a meaning of its own in Anki"
            yield error("CW411", message, node.span(record.path), "choose another word")


def _sources(record: Record) -> Iterator[Diagnostic]:
    for node in _texts(record, "source"):
        value = node.value
        if not value.strip():
            yield _empty(record, "source")
        elif not re.fullmatch(SOURCE, value):
            line = re.fullmatch(r"([^:\\/]+?)[:, ]+(?:line |l\.? ?|#)?([1-9][0-9]*)\b.*", value[:200])
            good = f"{line[1]}:{line[2]}" if line else "guide.txt:34"
            message = f"'{_shown(value)}' is no place in a document"
            yield error(
                "CW413",
                message,
                node.span(record.path),
                f"write its file below the documents folder and a line: '{good}'",
            )


def _empty(record: Record, key: str) -> Diagnostic:
    place = record.node.keys[key].span(record.path)
    way_out = f"write its text after '{key}:'"
    if key not in ("front", "back", "cloze"):
        way_out += ", or delete the line"
    return error("CW408", f"'{key}' is empty", place, way_out)


def _hides(text: str) -> bool:
    """Whether a text has a gap, written {{c1::hidden}}, with something in it. Takes one pass."""
    for gap in _GAP.finditer(text):
        end = text.find("}}", gap.end())
        if end < 0:
            return False
        if text[gap.end() : end].strip():
            return True
    return False


def _shown(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"


def _as_tag(text: str) -> str:
    return "_".join(re.findall(r"[\w.+:-]+", text)).strip(":")


def _texts(record: Record, key: str) -> list[Scalar]:
    """The texts of a key, as they are in the file."""
    value = record.node.entries.get(key)
    nodes = value.items if isinstance(value, List) else (value,)
    return [each for each in nodes if isinstance(each, Scalar)]


def _unused_anchor(node: Scalar, file: TextFile) -> str:
    """What stands before a plain text as a name that nothing in the file refers to; "" where nothing does."""
    if node.style or file.text[node.start : node.start + 1] != "&":
        return ""
    anchor = file.text[node.start : node.end].split(None, 1)[0]
    return "" if f"*{anchor[1:]}" in file.text or anchor == file.text[node.start : node.end] else anchor


def _within(file: TextFile, start: int, end: int, character: str) -> Span | None:
    """The place of a character between two offsets; None where the file spells it as an escape."""
    at = file.text.find(character, start, end)
    if at < 0:
        return None
    return Span(file.path, file.text.count("\n", 0, at) + 1, at - (file.text.rfind("\n", 0, at) + 1) + 1)
