"""Draw cards to be judged by a reader: `python -m corpus.sample SET[,SET] COUNT SEED`, with `PYTHONPATH=tests`."""

from __future__ import annotations

import random
import sys

from corpus.sets import gold_of, proposals_of


def main(names: str, count: int, seed: int) -> None:
    """Print cards that are no drafts, numbered, each with its document and line."""
    cards = [card for name in names.split(",") for card in proposals_of(gold_of(name)) if not card["draft"]]
    for number, card in enumerate(random.Random(seed).sample(cards, count), 1):
        print(f"## {number}  ({', '.join(card['source'])})\n\n{card['front'] or card['cloze']}\n")
        for text in (card["back"], card["extra"]):
            if text:
                print(f"{text}\n")


main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
