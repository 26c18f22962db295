"""Examples of every rule of the linter, and the page that shows them: `python -m lint_page` writes it anew.

An example is a file tests/data/lint/RULE.yaml: `why`, the `limits` that the rule has, `bad` cards and `good` ones. A card
stands for itself; where the rule needs several, they are a list. `fixed` holds the texts that `check --fix` makes of a
card.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from cardwright.cards import load, scalar
from cardwright.cards.lint import RULES, Limits, Rule, limit_names, lint
from cardwright.diagnostics import Diagnostic
from cardwright.files import TextFile
from cardwright.model import Card, DocumentInfo

__all__ = ["ENGLISH_ONLY", "EXAMPLES", "PAGE", "Example", "example", "page", "said"]

EXAMPLES = Path(__file__).parent / "data" / "lint"
PAGE = Path(__file__).parents[1] / "docs" / "lint.md"
# What examples may name as their source.
DOCUMENTS = {"dated.md": DocumentInfo("dated.md", date="2026-03")}
# Rules that take small words of other languages for English ones.
ENGLISH_ONLY = (
    "asks-for-list",
    "dangling-reference",
    "filler-opening",
    "long-label",
    "trivial-cloze",
    "unfinished",
    "unnamed-we",
    "yes-no-question",
)

_Cards = list[dict[str, Any]]

_HEAD = """# Lint: is a card worth learning?

`cardwright check` reads each card as a learner will: alone, among cards of other topics, months later. What it finds are
warnings, or infos where a card is less handy than it could be. None of them is an error, and none stops a build.

```sh
cardwright check
```

With `--strict` warnings count: the exit code is 1. Infos never count, and are one line each. Rules are asked when there is
no error left; drafts are not looked at until they are promoted. [`cardwright review lint`](editing.md) goes through the warnings one by one.

## When you know better

A rule counts words, and cannot know your subject. Let it pass over one card, by its name:

```yaml
title: Trams of Oberfeld
cards:
  - id: night-service
    front: Do trams in Oberfeld run at night?
    back: On lines 1 and 4.
    allow: [yes-no-question]
```

A rule that is unknown here, or that would find nothing, is a warning too ([CW801 and CW802](codes.md)). Where a finding
is about several cards, it is enough that one of them allows it.

Thresholds stand in the settings, and rules that a project does not want: below `[lint]` in `cardwright.toml`, below
`[tool.cardwright.lint]` in `pyproject.toml`.

```toml
[lint]
answer-words = 40
off = ["yes-no-question"]
```

"""

_MIDDLE = """
The figures are ours; none of the sources gives any. A share is between 0 and 1.

## What can be mended

```sh
cardwright check --fix
```

It mends what needs no thought about the subject: {fixed}; and it gives an id to a card without one.
In the card file only the text itself is replaced, in the style it was written in where that can hold it; a second run changes nothing. To extraction this is an edit by hand: **the field keeps these words from
then on**, and where the document says something else, you are asked ([cards](cards.md)). If many cards have the
same slip, mend the rule that makes them instead.

## Where the rules come from

| basis | what it is |
| --- | --- |
| SM and a number | a rule of Piotr Wozniak's *Twenty rules of formulating knowledge*, supermemo.com/en/blog/twenty-rules-of-formulating-knowledge |
| AM | what Andy Matuschak asks of a prompt: focused, precise, consistent, tractable, effortful; andymatuschak.org/prompts |
| rubric | what readers found bad in cards of this project, by [the rubric](rubric.md) |

What a machine cannot see: whether you understand the subject before you learn it (SM 1), have its outline (SM 2), have a
picture for it (SM 6), or something of your own (SM 14), and what matters most to you (SM 20).

Words are counted without markup; a formula is one word (another formula is another word), and a block of code none. In
questions, what stands in quotation marks is left out.

## Cards in another language

The words that rules look for are English. In another language most of these rules find nothing, and those that count
still work. But some take small words for English ones: German “Was ist ein Depot?” for a question that is answered
by yes or no, “Also, ...” for filler, which `check --fix` would take away. Switch these off:

```toml
[lint]
off = [
{english}
]
```

Each Chinese or Japanese character counts as a word, for no spaces part them there; raise `answer-words` and
`question-words` to what a breath holds. In Thai, Lao and Khmer, words are not counted well.

## Told elsewhere

Some things are told elsewhere, as they are more than a matter of taste: the same question twice (CW419, CW527), gaps
that are no gaps (CW710 to CW717) or moved to another answer (CW541), sides that show nothing, broken tags, pictures that are
not there. [Codes](codes.md) has them all.
"""


@dataclass(frozen=True, slots=True)
class Example:
    """What stands in the file of a rule."""

    why: str
    limits: tuple[str, ...]
    bad: tuple[_Cards, ...]
    good: tuple[_Cards, ...]


def example(name: str) -> Example:
    """The examples of a rule."""
    data = yaml.safe_load((EXAMPLES / f"{name}.yaml").read_text(encoding="utf-8"))
    bad, good = (tuple(each if isinstance(each, list) else [each] for each in data[key]) for key in ("bad", "good"))
    return Example(data["why"], tuple(data["limits"]), bad, good)


def said(cards: _Cards, off: Iterable[str] = ()) -> list[Diagnostic]:
    """What the linter says of a file of these cards, without the rules that are `off`."""
    file, problems = load(TextFile("cards/notes.yaml", _file(cards), ""), "notes")
    assert problems == []
    return lint([file], DOCUMENTS, Limits(off=frozenset(off)))


def as_cards(cards: _Cards) -> tuple[Card, ...]:
    """The cards themselves."""
    return load(TextFile("cards/notes.yaml", _file(cards), ""), "notes")[0].cards


def _file(cards: _Cards) -> str:
    return (
        "title: Notes\ncards:\n" + "\n".join(f"  {line}" for card in _numbered(cards) for line in _shown(card)) + "\n"
    )


def _numbered(cards: _Cards) -> _Cards:
    return [{"id": f"card-{at}", **card} for at, card in enumerate(cards, start=1)]


def _shown(card: dict[str, Any]) -> Iterator[str]:
    """A card as lines of YAML."""
    mark = "- "
    for key, value in card.items():
        if key == "fixed":
            continue
        text = value if isinstance(value, str) else str(value).lower()
        if "\n" in text.strip():
            yield f"{mark}{key}: |"
            yield from (f"    {line}" if line else "" for line in text.rstrip("\n").split("\n"))
        else:
            yield f"{mark}{key}: {scalar(text.strip())}"
        mark = "  "


def page() -> str:
    """The page, from the table of rules and their examples."""
    fixed = sorted(
        rule.name for rule in RULES if any("fixed" in card for cards in example(rule.name).bad for card in cards)
    )
    english = "\n".join(f'    "{name}",' for name in ENGLISH_ONLY)
    middle = _MIDDLE.replace("{english}", english).replace("{fixed}", ", ".join(f"[{name}](#{name})" for name in fixed))
    return _HEAD + "\n".join(_limits()) + "\n" + middle + "\n" + "\n".join(_rules())


def _limits() -> Iterator[str]:
    yield "| setting | at most, or at least | counts |\n| --- | --- | --- |"
    for name, (default, about) in limit_names().items():
        yield f"| `{name}` | {default:g} | {about} |"


def _rules() -> Iterator[str]:
    yield "## The rules\n\n| rule | finds | basis |\n| --- | --- | --- |"
    for rule in RULES:
        yield f"| [{rule.name}](#{rule.name}) | {rule.about} | {rule.basis} |"
    yield ""
    for rule in RULES:
        yield from _rule(rule)


def _rule(rule: Rule) -> Iterator[str]:
    shown = example(rule.name)
    default = limit_names()
    limits = "".join(f", `{each} = {default[each][0]:g}`" for each in shown.limits)
    yield f"### {rule.name}\n\n{rule.code}, {rule.severity}, {rule.basis}{limits}.\n"
    yield f"{textwrap.fill(shown.why.strip(), 118, break_on_hyphens=False)}\n"
    for cards in shown.bad:
        told = said(cards)[0]
        yield f"Bad:\n\n````yaml\n{_listed(cards)}\n````\n"
        yield f"> {told.message.removesuffix(f' ({rule.name})')}; {told.help}\n"
    good = "\n".join(line for cards in shown.good for card in cards for line in _shown(card))
    yield f"Good:\n\n````yaml\n{good}\n````\n"


def _listed(cards: _Cards) -> str:
    """Cards as a file has them; ids where a message may name one."""
    return "\n".join(line for card in (_numbered(cards) if len(cards) > 1 else cards) for line in _shown(card))


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="")
