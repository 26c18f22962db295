"""Writing new cards into a card file, and touching nothing else in it.

A person's file is not dumped anew: whole cards are inserted as lines of text, and the result is read
back and compared with what was meant before anybody may write it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cardwright.cards.cardfile import CardFile, check_all, load
from cardwright.cards.insert import begun, inserted
from cardwright.cards.style import INDENT, card_lines, scalar, texts
from cardwright.cards.words import normal
from cardwright.diagnostics import Diagnostic, Span, error, failed
from cardwright.files import TextFile
from cardwright.model import Card
from cardwright.yamltext import Sequence as List

__all__ = ["Addition", "FileHeader", "add_cards"]

_MODELINE = "# yaml-language-server: $schema=../schemas/cards.json"
_WELCOME = (
    "# These cards are yours to edit. Extracting again adds what is new in the documents,",
    "# and leaves as they are the cards that you changed or deleted.",
)


@dataclass(frozen=True, slots=True)
class FileHeader:
    """What stands above the cards of a new file; `stem` is its name without the ending."""

    title: str
    tags: tuple[str, ...]
    stem: str


@dataclass(frozen=True, slots=True)
class Addition:
    """A new card and the id of the card it follows; None: at the end of the list."""

    card: Card
    after: str | None = None


def add_cards(file: TextFile | None, header: FileHeader, additions: Sequence[Addition]) -> tuple[str, list[Diagnostic]]:
    """The text of a card file with new cards in it; None for `file` makes a new one.

    With an error the text is the old one ("" for a new file), and the error says whether the file,
    the new cards or Cardwright is to blame. Additions with the same neighbour keep their order; an
    addition may follow another one.
    """
    additions = [replace(each, card=_settled(each.card, header.stem)) for each in additions]
    if file is None:
        none = CardFile(
            header.stem, normal(header.title), header.tags, (), TextFile(f"cards/{header.stem}.yaml", "", "")
        )
        cards = _grouped(none, additions).get(-1, [])
        text = _new_file(header, cards)
        problems = _proved(text, none, cards, additions)
        return ("" if problems else text), problems
    old, problems = load(file, header.stem)
    problems = [each for each in (*problems, *check_all([old])) if each.severity == "error"]
    if problems or not additions:
        return file.text, problems
    if refusal := _refusal(old):
        return file.text, [refusal]
    groups = _grouped(old, additions)
    text = inserted(file.text, old, groups) if old.cards else begun(file.text, old, groups.get(-1, []))
    meant = [card for at, each in enumerate(old.cards) for card in (each, *groups.get(at, []))]
    problems = _proved(text, old, meant or groups.get(-1, []), additions)
    return (file.text if problems else text), problems


def _refusal(old: CardFile) -> Diagnostic | None:
    """Why no lines can be put into this file, although it is a good one."""
    root, text = old.root, old.file.text
    node = root.entries.get("cards") if root else None
    where = (node or root).span(old.file.path) if root else Span(old.file.path)
    brackets = isinstance(node, List) and node.flow
    if (
        root is None
        or root.flow
        or (brackets and node and text[node.start : node.end].split("[", 1)[-1].strip(" \t\r\n]"))
    ):
        way_out = "write each card on lines of its own, beginning with '- '"
        return error("CW420", "no card can be added to a list in brackets", where, way_out)
    if "\r" in text.replace("\r\n", ""):
        way_out = "save it in your editor with line ends of Unix (LF) or Windows (CRLF)"
        return error("CW420", "no card can be added to a file with the line ends of old Macs", where, way_out)
    key = root.keys.get("cards")
    if key and text[text.rfind("\n", 0, key.start) + 1 : key.start].strip():
        return error(
            "CW420", "no card can be added where '?' marks the key", where, "write 'cards:' and the list below"
        )
    return None


def _settled(card: Card, stem: str) -> Card:
    """A new card as a reader of the file will see it."""
    return replace(
        card,
        file=stem,
        front=normal(card.front),
        back=normal(card.back),
        cloze=normal(card.cloze),
        extra=normal(card.extra),
        tags=tuple(dict.fromkeys(normal(each) for each in card.tags)),
        sources=tuple(replace(each, document=normal(each.document)) for each in card.sources),
    )


def _grouped(old: CardFile, additions: Sequence[Addition]) -> dict[int, list[Card]]:
    """New cards by the number of the old card they follow; -1 where there is no old card."""
    numbers = {card.id: at for at, card in enumerate(old.cards)}
    followers: dict[str, list[Card]] = {}
    first: list[tuple[int, Card]] = []
    for each in additions:
        if each.after in followers:
            followers[each.after].append(each.card)
        else:
            first.append((numbers.get(each.after or "", len(old.cards) - 1), each.card))
        followers.setdefault(each.card.id, [])
    groups: dict[int, list[Card]] = {}
    for at, card in first:
        waiting = [card]
        while waiting:
            one = waiting.pop()
            groups.setdefault(at, []).append(one)
            waiting += reversed(followers.pop(one.id, []))
    return groups


def _new_file(header: FileHeader, cards: Sequence[Card]) -> str:
    lines = [_MODELINE, *_WELCOME, f"title: {scalar(normal(header.title))}"]
    if header.tags:
        lines.append(f"tags: {texts(header.tags)}")
    lines.append("cards:" if cards else "cards: []")
    lines += [line for card in cards for line in card_lines(card, INDENT)]
    return "\n".join(lines) + "\n"


def _proved(text: str, old: CardFile, meant: Sequence[Card], additions: Sequence[Addition]) -> list[Diagnostic]:
    """Nothing where the text reads back as exactly the cards meant; else who is to blame."""
    if _encodable(text):
        new, problems = load(replace(old.file, text=text), old.stem)
        same = (new.title, new.tags, new.cards) == (old.title, old.tags, tuple(meant))
        if same and not failed(problems) and len({card.id for card in meant}) == len(meant):
            return []
    known = {card.id for card in old.cards}
    found: list[Diagnostic] = []
    for card in (each.card for each in additions):
        if why := "its id is taken" if card.id in known else _unwritable(card):
            message = f"the new card '{card.id}' cannot stand in a card file: {why}"
            way_out = "the rule that gives this card must give another text, or pass over the passage"
            found.append(error("CW421", message, Span(old.file.path), way_out))
        known.add(card.id)
    return found or [
        error(
            "CW422",
            "Cardwright would have written cards that read back differently; nothing is written",
            Span(old.file.path),
            "this is a fault of Cardwright: please report it, with this file",
        )
    ]


def _unwritable(card: Card) -> str:
    """What keeps a new card out of any card file, tried in a file of its own; "" for nothing."""
    text = _new_file(FileHeader("One card", (), card.file), [card])
    if not _encodable(text):
        return "it has half of a character, which no file can hold"
    alone, problems = load(TextFile("", text, ""), card.file)
    wrong = next((each.message for each in problems if each.severity == "error"), "")
    return wrong or ("" if alone.cards == (card,) else "it reads back as another card")


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
