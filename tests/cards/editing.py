"""A project in memory in which documents change and a person edits, over and over, with a record of what must stay."""

from __future__ import annotations

import random
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from cardwright.cards import CardFile, FileHeader, Plan, add_cards, change_cards, decide, load
from cardwright.cards.replace import replace_scalar
from cardwright.diagnostics import failed
from cardwright.files import TextFile
from cardwright.memory import extracted
from cardwright.memory.extracted import Extracted
from cardwright.model import Card, Origin, Proposal, Source
from cardwright.yamltext import Scalar

__all__ = ["Desk", "extract_into"]

_NOUNS = (
    "harbour",
    "pilot",
    "lantern",
    "ferry",
    "anchor",
    "signal",
    "depot",
    "rope",
    "compass",
    "chart",
    "buoy",
    "mooring",
    "tide",
    "quay",
    "crane",
)
_VERBS = (
    "guides",
    "holds",
    "carries",
    "marks",
    "watches",
    "repairs",
    "follows",
    "measures",
    "shelters",
    "warns",
    "lifts",
    "turns",
)


def extract_into(
    texts: Mapping[str, str],
    memory: Extracted,
    proposals: list[Proposal],
    documents: Collection[str],
    present: Collection[str],
    **choices: Collection[str],
) -> tuple[dict[str, str], Plan]:
    """What `extract` writes: the text of each card file afterwards, and the plan."""
    files = [read(stem, text) for stem, text in sorted(texts.items())]
    plan = decide(memory, proposals, files, documents, present, **choices)
    after = dict(texts)
    for file in files:
        changes = {card.id: plan.changes[card.id] for card in file.cards if card.id in plan.changes}
        after[file.stem], problems = change_cards(file.file, file.stem, changes)
        assert not problems, problems
    for stem, additions in plan.additions.items():
        known = TextFile(f"cards/{stem}.yaml", after[stem], "") if stem in after else None
        after[stem], problems = add_cards(known, FileHeader(stem.capitalize(), (), stem), additions)
        assert not problems, problems
    return after, plan


def read(stem: str, text: str) -> CardFile:
    """A card file without errors."""
    file, problems = load(TextFile(f"cards/{stem}.yaml", text, ""), stem)
    assert not failed(problems), (problems, text)
    return file


@dataclass(slots=True)
class Desk:
    """Documents as lists of (subject, sentence), card files as texts, and what a person did.

    `mine` holds, by card and field, words that a person wrote; `away` cards that a person deleted; `notes`
    comments that a person put anywhere.
    """

    chance: random.Random
    documents: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    rules: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    memory: Extracted = field(default_factory=Extracted)
    mine: dict[tuple[str, str], str] = field(default_factory=dict)
    own_tags: dict[str, str] = field(default_factory=dict)
    away: set[str] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)
    count: int = 0

    def sentence(self) -> str:
        """A sentence that nobody said before."""
        self.count += 1
        one, other = self.chance.sample(_NOUNS, 2)
        return f"The {one} {self.chance.choice(_VERBS)} the {other}, as rule {self.count} says: always."

    def begin(self) -> None:
        """Two documents of a few subjects."""
        for name in ("pilots.md", "ropes.txt"):
            self.documents[name] = [
                (f"{name[0]} {each}", self.sentence()) for each in self.chance.sample(_NOUNS, self.chance.randint(2, 6))
            ]
            self.rules[name] = "meaning"

    def proposals(self, documents: Collection[str]) -> list[Proposal]:
        """What the rules say of some documents."""
        return [
            Proposal(
                "pilots" if name.startswith("p") else "ropes",
                re.sub("[^a-z0-9]+", "-", subject),
                (Origin(name, self.rules[name], subject),),
                (Source(name, line),),
                front=f"What does the guide say of the {subject}?",
                back=said,
                tags=("guide",),
                label=name.split(".")[0],
            )
            for name in documents
            for line, (subject, said) in enumerate(self.documents[name], 1)
        ]

    def files(self) -> list[CardFile]:
        """All card files as they stand."""
        return [read(stem, text) for stem, text in sorted(self.texts.items())]

    def cards(self) -> dict[str, tuple[CardFile, int]]:
        """Every card by its id: its file and its number there."""
        return {card.id: (file, at) for file in self.files() for at, card in enumerate(file.cards)}

    # What happens to documents and rules.

    def reword(self) -> None:
        """The document says something otherwise."""
        name = self.some_document()
        at = self.chance.randrange(len(self.documents[name]))
        self.documents[name][at] = self.documents[name][at][0], self.sentence()

    def say_more(self) -> None:
        """The document says one thing more."""
        name = self.some_document()
        item = (f"{name[0]} {self.chance.choice(_NOUNS)} {self.count}", self.sentence())
        self.documents[name].insert(self.chance.randint(0, len(self.documents[name])), item)

    def say_less(self) -> None:
        """The document says one thing less."""
        name = self.some_document()
        if len(self.documents[name]) > 1:
            self.documents[name].pop(self.chance.randrange(len(self.documents[name])))

    def reorder(self) -> None:
        """The document says the same in another order."""
        self.chance.shuffle(self.documents[self.some_document()])

    def rename_document(self) -> None:
        """The document has another name."""
        old = self.some_document()
        new = f"{old.split('.')[0].split('-')[0]}-{self.count}.{old.rpartition('.')[2]}"
        if new not in self.documents:
            self.documents[new], self.rules[new] = self.documents.pop(old), self.rules.pop(old)

    def rename_rule(self) -> None:
        """The rule has another name."""
        self.rules[self.some_document()] = f"rule-{self.chance.randint(0, 9)}"

    def copy_to_another(self) -> None:
        """Two documents say the same."""
        name, other = self.chance.sample(sorted(self.documents), 2)
        self.documents[other].append(self.chance.choice(self.documents[name]))

    def some_document(self) -> str:
        """The name of a document."""
        return self.chance.choice(sorted(self.documents))

    # What a person does.

    def edit(self) -> None:
        """Other words for a question or an answer."""
        if cards := self.cards():
            card_id = self.chance.choice(sorted(cards))
            file, at = cards[card_id]
            name = self.chance.choice(["front", "back"])
            node = file.nodes[at].entries[name]
            assert isinstance(node, Scalar)
            words = self.chance.choice(["Mine {}: 'quoted'", "Mine {}\n\nin two", "**Mine** {} # no note", "Ünser {}"])
            text = words.format(self.sentence())
            self.texts[file.stem] = replace_scalar(file.file, node, text)
            self.mine[card_id, name] = text

    def tag(self) -> None:
        """A tag more."""
        cards = self.cards()
        if plain := [each for each in sorted(cards) if cards[each][0].cards[cards[each][1]].tags == ("guide",)]:
            card_id = self.chance.choice(plain)
            file, at = cards[card_id]
            self.count += 1
            tag = f"mine{self.count}"
            node = file.nodes[at].entries["tags"]
            written = self.chance.choice(
                [f"[{tag}, guide]", f"[guide,   {tag}]", f"\n      - guide # why\n      - {tag}"]
            )
            self.texts[file.stem] = file.file.text[: node.start] + written + file.file.text[node.end :]
            self.own_tags[card_id] = tag

    def note(self) -> None:
        """A comment or a blank line between two lines that are no part of a block."""
        if not self.texts:
            return
        stem = self.chance.choice(sorted(self.texts))
        lines = self.texts[stem].splitlines(keepends=True)
        places = [at for at, line in enumerate(lines) if re.match(r"  - id: |    (?:front|back|tags|source): ", line)]
        self.count += 1
        note = f"    # note {self.count}"
        if places:
            lines.insert(self.chance.choice(places), self.chance.choice([f"{note}\n", f"\n{note}\n", f"{note}\n\n"]))
            self.notes.append(note)
            self.texts[stem] = "".join(lines)

    def delete(self) -> None:
        """A card less."""
        if cards := self.cards():
            card_id = self.chance.choice(sorted(cards))
            self._cut(*cards[card_id])
            self.away.add(card_id)
            self._forget(card_id)

    def join(self) -> None:
        """Two cards become one: the words of one go into the other."""
        cards = self.cards()
        if len(cards) > 1:
            one, other = self.chance.sample(sorted(cards), 2)
            back = cards[other][0].cards[cards[other][1]].back
            self._cut(*cards[other])
            self.away.add(other)
            self._forget(other)
            file, at = self.cards()[one]
            node = file.nodes[at].entries["back"]
            assert isinstance(node, Scalar)
            text = f"{file.cards[at].back}\n\n{back}"
            self.texts[file.stem] = replace_scalar(file.file, node, text)
            self.mine[one, "back"] = text

    def split(self) -> None:
        """A part of a card becomes a card of its own, with an id that a person gives it."""
        if cards := self.cards():
            card_id = self.chance.choice(sorted(cards))
            file, _ = cards[card_id]
            own = f"own-{self.count}"
            self.count += 1
            if own in cards:
                return
            card = Card(own, file.stem, front=f"And what of {own}?", back=self.sentence())
            self.texts[file.stem] += f"  - id: {own}\n    front: {card.front}\n    back: '{card.back}'\n"
            self.mine[own, "front"], self.mine[own, "back"] = card.front, card.back

    def move(self) -> None:
        """A card, as it is, goes to the end of another file."""
        cards = self.cards()
        if len(self.texts) > 1 and cards:
            file, at = cards[self.chance.choice(sorted(cards))]
            lines = self._cut(file, at)
            other = self.chance.choice(sorted(set(self.texts) - {file.stem}))
            self.texts[other] = self.texts[other].replace("cards: []", "cards:") + lines

    def _cut(self, file: CardFile, at: int) -> str:
        """Take the lines of a card out of its file, and comments between them to its end."""
        text = file.file.text
        start = text.rfind("\n", 0, file.nodes[at].start) + 1
        end = text.rfind("\n", 0, file.nodes[at + 1].start) + 1 if at + 1 < len(file.nodes) else len(text)
        cut = text[start:end]
        notes = [line for line in cut.splitlines() if line.startswith("    # note")]
        self.notes = [each for each in self.notes if each not in notes]
        rest = text[:start] + text[end:]
        self.texts[file.stem] = rest if len(file.cards) > 1 else rest.replace("cards:\n", "cards: []\n")
        return "".join(line for line in cut.splitlines(keepends=True) if not line.startswith("    # note"))

    def _forget(self, card_id: str) -> None:
        self.mine = {key: text for key, text in self.mine.items() if key[0] != card_id}
        self.own_tags.pop(card_id, None)

    # What extraction does, and what must hold then.

    def extract(self) -> set[str]:
        """Extract all or one of the documents, sometimes with a decision; check every promise.

        Returns the ids of cards of which a field was written anew.
        """
        present = sorted(self.documents)
        documents = present if self.chance.random() < 0.7 else [self.chance.choice(present)]
        choices: dict[str, list[str]] = {}
        if self.chance.random() < 0.3 and self.away:
            choices["restore"] = [self.chance.choice(sorted(self.away))]
        if self.chance.random() < 0.3 and self.mine:
            choices[self.chance.choice(["accept", "keep"])] = [self.chance.choice(sorted(self.mine))[0]]
        proposals = self.proposals(documents)
        self.texts, plan = extract_into(self.texts, self.memory, proposals, documents, present, **choices)
        text = extracted.dump(plan.memory)
        self.memory, problems = extracted.load(TextFile("cards/extracted.lock", text, ""))
        assert not problems
        for card_id in choices.get("accept", ()):
            self.mine = {
                k: v for k, v in self.mine.items() if k[0] != card_id or k[1] not in plan.changes.get(card_id, {})
            }
        self.away -= set(plan.restored)
        self.check()
        again, twice = extract_into(self.texts, self.memory, self.proposals(documents), documents, present)
        assert again == self.texts
        assert extracted.dump(twice.memory) == text
        return set(plan.changes)

    def check(self) -> None:
        """Whatever a person wrote stands, whatever a person deleted is away, every note is there."""
        cards = {card.id: card for file in self.files() for card in file.cards}
        for (card_id, name), text in self.mine.items():
            assert getattr(cards[card_id], name) == text
        for card_id, tag in self.own_tags.items():
            assert tag in cards[card_id].tags
        assert not self.away & cards.keys()
        lines = [line for text in self.texts.values() for line in text.splitlines()]
        for note in self.notes:
            assert lines.count(note) == 1, note

    def live(self, steps: int) -> None:
        """A random history."""
        self.begin()
        self.extract()
        events = (
            *(self.reword, self.say_more, self.say_less, self.reorder, self.rename_document, self.rename_rule),
            *(self.copy_to_another, self.edit, self.edit, self.tag, self.note, self.note, self.delete, self.join),
            *(self.split, self.move),
        )
        for _ in range(steps):
            for event in self.chance.choices(events, k=self.chance.randint(1, 4)):
                event()
            self.extract()
