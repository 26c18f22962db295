"""Other values for fields of cards that are there: only the bytes of those values change.

A text keeps the style it was written in, a list the way it is written in. Comments stay, also those behind a
line that goes. Where an alias of YAML shares a value that changes for one card only, the others get their
own copy of the old one. The result is read back and must hold exactly the cards meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from cardwright.cards.cardfile import CARD, CardFile, load
from cardwright.cards.listedit import list_edits
from cardwright.cards.replace import on_one_line, replaced
from cardwright.cards.style import INDENT, scalar, texts
from cardwright.cards.words import normal
from cardwright.diagnostics import Diagnostic, error, failed
from cardwright.files import TextFile
from cardwright.model import Card, Source
from cardwright.yamltext import Mapping as Keys
from cardwright.yamltext import Node, Scalar
from cardwright.yamltext import Sequence as List

__all__ = ["change_cards"]

Value = str | tuple[str, ...] | bool

_COMMENT = re.compile(r"(?:^|(?<=\s))#[^\r\n]*")
_ANCHOR = re.compile(r"&([^\s,\[\]{}]+)")
_ANCHOR_AND_GAP = re.compile(r"&[^\s,\[\]{}]+[ \t]*")


@dataclass(frozen=True, slots=True)
class _Edit:
    """Bytes to put in the place of others."""

    start: int
    end: int
    text: str


# The place of an edit, its rank among edits of one place, and the edit.
_Placed = tuple[int, int, _Edit]


def change_cards(file: TextFile, stem: str, changes: Mapping[str, Mapping[str, Value]]) -> tuple[str, list[Diagnostic]]:
    """The text of a card file in which fields of cards have other values.

    `changes` holds, by id, texts, lists and flags by the name of their key; an empty one takes the key
    away. With an error the text is the old one. The file is one without errors.
    """
    old, problems = load(file, stem)
    if failed(problems):
        return file.text, [each for each in problems if each.severity == "error"]
    wanted = {
        card.id: {name: value for name, value in changes[card.id].items() if _changed(card, {name: value}) != card}
        for card in old.cards
        if card.id in changes
    }
    text = _written(old, wanted)
    if _holds(text, old, wanted):
        return text, []
    bad = [card for card in old.cards if card.id in wanted and not _alone(old, card.id, wanted[card.id])]
    return file.text, [
        error(
            "CW423",
            f"the card '{card.id}' is written in a way that cannot be updated without touching something else",
            card.span,
            "write its values plainly, without '&', '*' and '?', and each key on a line of its own",
        )
        for card in bad or [card for card in old.cards if card.id in wanted][:1]
    ]


def _alone(old: CardFile, card_id: str, fields: Mapping[str, Value]) -> bool:
    return _holds(_written(old, {card_id: fields}), old, {card_id: fields})


def _holds(text: str, old: CardFile, changes: Mapping[str, Mapping[str, Value]]) -> bool:
    """Whether a text reads back as the old cards with these changes and nothing else."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    new, problems = load(replace(old.file, text=text), old.stem)
    meant = tuple(_changed(card, changes.get(card.id, {})) for card in old.cards)
    return not failed(problems) and replace(new, file=old.file) == replace(old, cards=meant)


def _changed(card: Card, fields: Mapping[str, Value]) -> Card:
    values: dict[str, Any] = {name: value for name, value in fields.items() if name != "source"}
    places = fields.get("source")
    if isinstance(places, tuple):
        parts = [each.rpartition(":") for each in places]
        values["sources"] = tuple(
            Source(name, int(line)) if colon and line.isdigit() else Source(each)
            for each, (name, colon, line) in zip(places, parts, strict=True)
        )
    return replace(card, **values)


def _written(old: CardFile, changes: Mapping[str, Mapping[str, Value]]) -> str:
    """The text with all changes, made from the last to the first so that places before them stay true."""
    text = old.file.text
    edits: list[_Placed] = []
    for card, node in zip(old.cards, old.nodes, strict=True):
        fields = changes.get(card.id, {})
        alone = sum(not value or name not in node.entries for name, value in fields.items()) == 1
        for rank, name in enumerate(CARD.names()):
            if name in fields:
                edits += [(each.start, rank, each) for each in _edits(text, node, name, fields[name], alone=alone)]
    edits = _unshared(old, changes, edits)
    # new lines go before what stands, or stood, in their place
    for _, _, each in sorted(edits, key=lambda each: (each[0], each[2].end > each[0], each[1]), reverse=True):
        text = text[: each.start] + each.text + text[each.end :]
    return text


def _edits(text: str, node: Keys, name: str, value: Value, *, alone: bool) -> Iterator[_Edit]:
    """What gives one key of a card its value; `alone`: no other key comes or goes."""
    there = node.entries.get(name)
    if there is None:
        if value:
            yield _added(text, node, name, value)
    elif not value:
        yield _removed(text, node, name, alone=alone)
    elif isinstance(value, tuple) and isinstance(there, List) and text[there.start] != "*":
        yield from (_Edit(*each) for each in list_edits(text, there, value))
    elif value is True:
        yield _Edit(there.start, there.end, "true")
    elif isinstance(there, Scalar) and not (isinstance(value, tuple) and len(value) > 1):
        yield _scalar(text, node, there, _one(value))
    else:
        yield _Edit(there.start, there.end, _in_line(value, flow=True))


def _one(value: Value) -> str:
    return value[0] if isinstance(value, tuple) else str(value)


def _in_line(value: Value, *, flow: bool) -> str:
    """A value on one line."""
    if isinstance(value, tuple):
        return scalar(value[0], flow=flow) if len(value) == 1 else texts(value)
    if value is True:
        return "true"
    return on_one_line(str(value), "", flow=flow)


def _scalar(text: str, node: Keys, there: Scalar, value: str) -> _Edit:
    """Another text for a value; what is around it is cut off, as `replaced` gives back the whole.

    A block that takes the place of a line takes the comment behind it too, which then stands above its lines.
    """
    new = replaced(text, there, value, _column(node), flow=node.flow)
    end = there.end
    if there.style in ("|", ">"):  # the blank lines below a block are no part of it
        end = _line_stop(text, there.start + len(text[there.start : there.end].rstrip()))
    elif not new.endswith(text[end:]):
        end = _line_stop(text, end)
    return _Edit(there.start, end, new[there.start : len(new) - (len(text) - end)])


def _line_stop(text: str, at: int) -> int:
    """Where the line of a place ends, before its line end."""
    stop = text.find("\n", at)
    return len(text[:stop].rstrip("\r")) if stop >= 0 else len(text)


def _column(node: Keys) -> int:
    """The column (from 0) at which the keys of a card stand; an anchor may stand before them."""
    return min(key.column for key in node.keys.values()) - 1


def _added(text: str, node: Keys, name: str, value: Value) -> _Edit:
    """A new key behind the one that comes before it in the order in which keys are documented."""
    order = CARD.names()
    before = [key for key in order[: order.index(name)] if key in node.entries]
    last = node.entries[before[-1]] if before else max(node.entries.values(), key=lambda each: each.end)
    if node.flow:
        return _Edit(last.end, last.end, f", {name}: {_in_line(value, flow=True)}")
    column = _column(node)
    written = scalar(value, column + INDENT) if isinstance(value, str) else _in_line(value, flow=False)
    lines = f"{' ' * column}{name}: {written}".split("\n")
    end = len(text[: max(last.end, last.start)].rstrip()) if last.end > last.start else last.end
    stop = text.find("\n", end)
    line_end = "\r\n" if stop > 0 and text[stop - 1] == "\r" else "\n"
    if stop < 0:
        earlier = text.rfind("\n")
        line_end = "\r\n" if earlier > 0 and text[earlier - 1] == "\r" else "\n"
        return _Edit(len(text), len(text), line_end + line_end.join(lines))
    return _Edit(stop + 1, stop + 1, "".join(line + line_end for line in lines))


def _removed(text: str, node: Keys, name: str, *, alone: bool) -> _Edit:
    """Nothing in the place of a key and its value; comments behind them stay."""
    key, value = node.keys[name], node.entries[name]
    start, end = key.start, max(key.end + 1, value.end)
    if node.flow:
        rest = re.compile(r"\s*,[ \t]*").match(text, end)
        if rest:
            return _Edit(start, rest.end(), "")
        comma = text.rfind(",", 0, start)
        return _Edit(comma if comma > node.start else start, end, "")
    if isinstance(value, Scalar) and value.style in ("|", ">"):
        end = start + len(text[start:end].rstrip())
    comments = list(_comments(text, key.end, value, end))
    stop = text.find("\n", end)
    stop = len(text) if stop < 0 else stop
    comments += _COMMENT.findall(text[end:stop])
    begin = text.rfind("\n", 0, start) + 1
    if text[begin:start].strip():  # it stands behind the hyphen of its card
        following = min((each.start for each in node.keys.values() if each.start > start), default=end)
        if comments or not alone or text[stop:following].strip():
            return _Edit(start, stop, " ".join(comments) + ("\r" if text[stop - 1 : stop] == "\r" else ""))
        return _Edit(start, following, "")
    if comments:
        line_end = "\r\n" if text[stop - 1 : stop] == "\r" else "\n"
        indent = " " * _column(node)
        return _Edit(begin, stop, line_end.join(indent + each.rstrip("\r") for each in comments) + line_end[:-1])
    return _Edit(begin, min(stop + 1, len(text)), "")


def _comments(text: str, start: int, value: Node, end: int) -> Iterator[str]:
    """Comments inside a value: between the items of a list, or behind the header of a block."""
    if isinstance(value, Scalar):
        header = text[value.start : end].split("\n", 1)[0] if value.style in ("|", ">") else ""
        yield from _COMMENT.findall(text[start : value.start] + header)
        return
    at = start
    for item in value.items if isinstance(value, List) and text[value.start] != "*" else ():
        yield from _COMMENT.findall(text[at : item.start])
        at = item.end
    yield from _COMMENT.findall(text[at:end])


def _unshared(old: CardFile, changes: Mapping[str, Mapping[str, Value]], edits: Sequence[_Placed]) -> list[_Placed]:
    """The edits, with own copies for aliases whose anchor gets another value that is not meant for them.

    An anchor that no alias uses any more goes, because it would be read as words that YAML eats.
    """
    text = old.file.text
    meant: dict[int, Value] = {}
    for card, node in zip(old.cards, old.nodes, strict=True):
        for name, value in changes.get(card.id, {}).items():
            if name in node.entries:
                meant[node.entries[name].start] = value
    own = {(each.start, each.end): (rank, each) for _, rank, each in edits if each.end > each.start}
    anchors: dict[str, Node] = {}
    used: dict[int, list[bool]] = {}
    for leaf in sorted(_leaves(old.root), key=lambda each: each.start):
        if named := _ANCHOR.match(text, leaf.start):
            anchors[named[1]] = leaf
            used[leaf.start] = []
        elif text[leaf.start : leaf.start + 1] == "*" and text[leaf.start + 1 : leaf.end] in anchors:
            anchor = anchors[text[leaf.start + 1 : leaf.end]]
            new, wanted = meant.get(anchor.start, _value(anchor)), meant.get(leaf.start, _value(anchor))
            if new == wanted:
                own.pop((leaf.start, leaf.end), None)
            elif leaf.start not in meant:
                own[leaf.start, leaf.end] = 0, _Edit(leaf.start, leaf.end, _in_line(wanted, flow=True))
            used[anchor.start].append(new == wanted)
    for leaf in anchors.values():
        mark = _ANCHOR_AND_GAP.match(text, leaf.start)
        if mark and used[leaf.start] and not any(used[leaf.start]):
            rank, edit = own.pop((leaf.start, leaf.end), (-1, _Edit(leaf.start, mark.end(), mark[0])))
            edit = replace(edit, text=edit.text.removeprefix(mark[0]))
            own[edit.start, edit.end] = rank, edit
    added = [each for each in edits if each[2].end == each[2].start]
    return [*added, *((each.start, rank, each) for rank, each in own.values())]


def _value(node: Node) -> Value:
    if isinstance(node, List):
        return tuple(normal(each.value) for each in node.items if isinstance(each, Scalar))
    return normal(node.value) if isinstance(node, Scalar) else ""


def _leaves(node: Node | None) -> Iterator[Node]:
    """Every text and list of a file."""
    if isinstance(node, Keys):
        for each in node.entries.values():
            yield from _leaves(each)
    elif node is not None:
        yield node
        for each in node.items if isinstance(node, List) else ():
            yield from _leaves(each)
