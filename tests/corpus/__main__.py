"""Print recall, traps and attribution: `make score`, with `MISSES=1` what no card asks."""

from __future__ import annotations

import os
import sys

from corpus.scoring import PRIORITIES, Score, score
from corpus.sets import SETS, gold_of, proposals_of


def main() -> None:
    """One table a set: a line for each document, and one for all."""
    for name in sys.argv[1:] or SETS:
        golds = gold_of(name)
        if not golds:
            print(f"{name}: not at hand\n")
            continue
        proposals = proposals_of(golds)
        print(f"{name:<40}{'cards':>6}  " + "".join(f"{each:<16}" for each in PRIORITIES) + "trapped  attributed")
        total = Score()
        for gold in golds:
            one = score(gold, proposals)
            total.add(one)
            print(_row(gold.document.name, one))
        print(_row("all", total) + "\n")
        if os.environ.get("MISSES"):
            for priority, item, term in total.missed:
                print(f"  {priority:<7}{item:<7}{term}")
            for front, trap in total.trapped:
                print(f"  {trap:<7}{front}")


def _row(name: str, one: Score) -> str:
    shares = "".join(
        f"{f'{one.found[each]}/{one.wanted[each]} {100 * one.share(each):.1f} %':<16}" for each in PRIORITIES
    )
    traps = f"{len({front for front, _ in one.trapped})} ({100 * one.trap_share:.1f} %)"
    return f"{name[:39]:<40}{one.cards:>6}  {shares}{traps:<9}  {one.attributed}/{one.attributable}"


main()
