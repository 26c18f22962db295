"""The page that goes out with a release shows every text as it is."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from cardwright.decks.deckfile import DeckFile
from cardwright.decks.difference import Change, Difference, Entry, Text
from cardwright.decks.news import Update, news
from cardwright.decks.plan import Build
from cardwright.markup import html_text
from cardwright.memory.released import Released

# What Markdown would act on, with what gives it its meaning around it.
SIGNS = "ab1 .)-+=#*_`[]()<>&;~|$\\!:\"'/{}"
LINES = st.text(st.sampled_from(SIGNS), min_size=1, max_size=14).map(lambda text: " ".join(text.split())).filter(bool)
EMPTY = Difference(
    new=(),
    changes=(),
    held=(),
    converted=(),
    moved=(),
    reviews=(),
    retired=(),
    elsewhere=(),
    looks=(),
    schemas=(),
    unchanged=0,
    search="",
)


def shown(difference: Difference) -> list[str]:
    """The lines that a reader of the page sees below the deck's heading, without marks of lists."""
    build = Build("story", (DeckFile("shop", "Shop"),), {}, {}, Released("story"))
    page = news(build, [Update("shop", difference)], {})
    markdown = MarkdownIt("gfm-like", {"linkify": False}).disable("linkify")
    markdown.add_render_rule("softbreak", lambda *_: " ")
    html = markdown.render(page.partition("## Shop: shop.apkg")[2])
    return [line for line in html_text(html).split("\n") if line]


@given(LINES)
@example("1. two")
@example("- [x] done")
@example("---")
@example("## no heading")
@example("12) x")
def test_a_question_is_shown_as_it_is(text: str) -> None:
    """Nothing in it is taken for Markdown or HTML."""
    assert shown(_with_new(text)) == ["New: 1", text]


def _with_new(text: str) -> Difference:
    return replace(EMPTY, new=(Entry("card", text, "Shop"),))


@given(st.lists(LINES, min_size=1, max_size=3), st.lists(LINES, min_size=1, max_size=3))
def test_both_texts_of_a_card_are_shown_line_by_line(old: list[str], new: list[str]) -> None:
    """An answer that is a list keeps its lines."""
    text = Text("answer", "\n".join(old), "\n".join(new))
    change = Change(Entry("card", "Why?", "Shop"), "answer", (text,))

    before, now = [f"answer, before: {old[0]}", *old[1:]], [f"answer, now: {new[0]}", *new[1:]]
    assert shown(replace(EMPTY, changes=(change,))) == ["Reworded: 1", "Why?", *before, *now]


def test_what_gaps_hide_stands_in_brackets() -> None:
    """A learner knows nothing of braces and numbers."""
    assert shown(_with_new("It takes {{c1::nine hours::how long}} in {{c2::three {{c3::hot}} baths}}."))[1:] == [
        "It takes [nine hours] in [three hot baths]."
    ]
