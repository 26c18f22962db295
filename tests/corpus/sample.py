"""Draw cards to be judged by a reader: `python -m corpus.sample SET[,SET] COUNT SEED`, with `PYTHONPATH=tests`.

A set of documents stands for the cards that rules propose from them, the set `cards` for those of this project.
"""

from __future__ import annotations

import random
import sys
from typing import Any

from cardwright.cards import load
from cardwright.files import read_text
from corpus.sets import REPOSITORY, gold_of, proposals_of


def drawn_from(name: str) -> list[dict[str, Any]]:
    """The cards of a set that are no drafts."""
    if name != "cards":
        return [card for card in proposals_of(gold_of(name)) if not card["draft"]]
    files = [(read_text(path, path.name)[0], path.stem) for path in sorted((REPOSITORY / "cards").glob("*.yaml"))]
    loaded = [load(file, stem)[0] for file, stem in files if file is not None]
    return [
        {
            "front": card.front,
            "back": card.back,
            "cloze": card.cloze,
            "extra": card.extra,
            "source": [str(source) for source in card.sources],
        }
        for file in loaded
        if file is not None
        for card in file.cards
        if not card.draft
    ]


def main(names: str, count: int, seed: int) -> None:
    """Print cards, numbered, each with its document and line."""
    cards = [card for name in names.split(",") for card in drawn_from(name)]
    for number, card in enumerate(random.Random(seed).sample(cards, count), 1):
        print(f"## {number}  ({', '.join(card['source'])})\n\n{card['front'] or card['cloze']}\n")
        for text in (card["back"], card["extra"]):
            if text:
                print(f"{text}\n")


main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
