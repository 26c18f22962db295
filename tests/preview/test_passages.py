"""What the page is told of documents: every passage, what became of it, and the share of each section."""

from __future__ import annotations

import shutil
import sys
from collections import Counter
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from cardwright.commands.look import look
from cardwright.preview import Preview, ShownDocument
from cardwright.settings import find
from preview.harbour import DOCUMENT, harbour
from story import Story

REPOSITORY = Path(__file__).parents[2]
SAMPLES = REPOSITORY / "tests" / "data" / "documents"


def seen(story: Story) -> Preview:
    """What the page would show of a project."""
    settings, _ = find(story.root)
    assert settings is not None
    preview, problems = look(settings)
    assert preview is not None, problems
    return preview


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Preview:
    """Documents of every layout, read by the rules of this repository."""
    story = Story(tmp_path_factory.mktemp("samples"))
    shutil.copytree(REPOSITORY / "rules", story.root / "rules")
    for path in SAMPLES.iterdir():
        if path.suffix in (".txt", ".md", ".html"):
            story.write_bytes(f"seeds/{path.name}", path.read_bytes())
    assert story.run("extract").code == 0
    return seen(story)


def test_every_passage_stands_on_the_page(samples: Preview) -> None:
    """No passage that rules could see is without its place, and no aside belongs to one."""
    assert len(samples.documents) > 20
    for document in samples.documents:
        placed = {number for block in document.blocks for number in block.passages}

        assert placed == set(range(len(document.passages))), document.name
        assert not [block for block in document.blocks if block.aside and block.passages]


def test_every_card_leads_back_to_its_passage(samples: Preview) -> None:
    """All cards of a fresh extraction stand at a passage, in the document that they name."""
    for card in samples.cards:
        documents = {samples.documents[number].name for number, _ in card.passages}

        assert documents
        assert documents <= set(card.documents)


def test_a_section_counts_what_is_below_it(samples: Preview) -> None:
    """The share of the whole document is that of its first heading, and no part is larger than the whole."""
    for document in samples.documents:
        whole = Counter(each.fate for each in document.passages)
        for block in document.blocks:
            covered, of = block.share

            assert covered <= min(of, whole["card"])
        first = document.blocks[0]
        if first.tag == "h1":
            assert first.share == (whole["card"], len(document.passages))


def fates(document: ShownDocument) -> dict[int, tuple[str, list[tuple[str, str]]]]:
    """By line, what became of a passage, and of each card what it is to it."""
    return {
        each.line: (each.fate, [(link.card or link.text, link.fate) for link in each.links])
        for each in document.passages
    }


def test_each_fate_is_told(story: Story) -> None:
    """A card, a draft, one that an extraction would add, one deleted by hand, and nothing."""
    harbour(story)

    (document,) = seen(story).documents

    assert fates(document) == {
        5: ("proposed", [("What is Offing?", "proposed")]),
        6: ("card", [("slack-water", "card")]),
        7: ("draft", [("lee-shore", "draft")]),
        8: ("deleted", [("What do ships keep to in a channel?", "deleted")]),
        10: ("nothing", []),
    }


def test_a_card_by_hand_stands_at_the_line_it_names(story: Story) -> None:
    """Nobody but its author knows where it came from; the line is trusted."""
    harbour(story)
    story.write(
        "cards/own.yaml", "title: Own\ncards:\n  - {id: own, front: Read?, back: 'No.', source: handbook.md:10}\n"
    )

    (document,) = seen(story).documents

    assert fates(document)[10] == ("card", [("own", "card")])


def test_a_term_is_mentioned_and_takes_nothing(story: Story) -> None:
    """A glossary's card leads to the passage that mentions its term, which still says something of its own."""
    harbour(story)
    story.write(
        "rules/glossary.yaml",
        "into: terms\nterms:\n  - {term: sentence, definition: Words up to a full stop.}\n",
    )
    assert story.run("extract").code == 0

    (document,) = seen(story).documents

    assert fates(document)[10] == ("nothing", [("sentence", "mentioned")])


def test_a_stale_card_stands_where_its_words_still_are(story: Story) -> None:
    """Cards whose rule is gone are found by their line, as long as the line says what they say."""
    harbour(story)
    story.delete("rules/words.yaml")
    story.write("seeds/handbook.md", DOCUMENT)

    before = fates(seen(story).documents[0])
    story.write(
        "seeds/handbook.md", DOCUMENT.replace("## Words\n", "## Words\n\n    - Offing: what is seen from the shore.")
    )
    after = fates(seen(story).documents[0])

    assert before[5] == ("card", [("slack-water", "card")])
    assert before[6] == ("draft", [("lee-shore", "draft")])
    assert before[8] == ("card", [("berth", "card")])
    assert {fate for fate, _ in after.values()} == {"nothing"}


def steps(story: Story) -> int:
    """How many lines a preview runs through in the commands, and in what looks for their headings, each turn anew."""
    counted = ("cardwright.commands.", "cardwright.documents.places", "bs4.filter")
    taken = 0

    def count(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal taken
        if not str(frame.f_globals.get("__name__")).startswith(counted):
            return None
        taken += event in ("call", "line")
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        seen(story)
    finally:
        sys.settrace(before)
    return taken


def test_a_document_twice_as_long_is_twice_the_work(story: Story) -> None:
    """Every passage finds its piece, and every piece its passage, without a look at all the others."""
    taken: list[int] = []
    for number in (50, 100, 200):
        items = "".join(
            f"- Berth {at}: the place where ship number {at} lies.\n\n  It is dredged.\n" for at in range(number)
        )
        story.write("seeds/berths.md", f"# Berths\n\n## Words\n\n{items}")
        cards = "".join(
            f"  - {{id: b{at}, front: Who lies at {at}?, back: It., source: 'berths.md:{4 * at + 5}'}}\n"
            for at in range(number)
        )
        story.write("cards/berths.yaml", f"title: Berths\ncards:\n{cards}")
        taken.append(steps(story))

    assert taken[2] - taken[1] < 2.1 * (taken[1] - taken[0])
