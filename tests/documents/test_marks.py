"""Marks as rules select them: tags, classes, attributes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cardwright.model import Document

Reader = Callable[..., Document]

SELECTED = [
    ("a term in an item", "- Lamp Care: clean the lens.\n- Log: write it down.", "ul.terms > li > dfn", ["Lamp Care", "Log"]),
    ("a term keeps its brackets", "- Neap (or Nip) Tide – the small one.", "li > dfn", ["Neap (or Nip) Tide"]),
    ("a time leaves the term", "1. Screen (45 min) — a call.\n2. Panel — four talks.", "ol.terms > li > dfn", ["Screen", "Panel"]),
    ("a colon in a time is no separator", "- Leave at 18:30 sharp – the ferry waits.", "li > dfn", []),
    ("an address is no term", "- https://brightmoor.example/a: see there", "dfn", []),
    ("a label is no term", "- Judgment: Ask early.\n- Do: Call first.", "dfn", []),
    ("a label marks its item", "- Judgment: Ask early.\n- Do: Call first.", "li[data-label='Judgment']", ["Ask early."]),
    ("a label with wildcards", "- Not speed, but care: Go slowly.", "li[data-label='Not speed, but care']", ["Go slowly."]),
    ("a label inside a paragraph", "Calls take long. Judgment: Be brief. And kind.", "p > span[data-label]", ["Be brief. And kind."]),
    ("a lead-in marks list and items", "Bring these along:\n- a map\n- a rope", "[data-lead='Bring these along']", ["a mapa rope", "a map", "a rope"]),
    ("a lead-in keeps what stands before it", "The walk is long. Bring these:\n- a map\n- a rope", "p", ["The walk is long."]),
    ("an acronym behind its words", "It uses Change Data Capture (CDC) a lot.", "abbr[title='Change Data Capture']", ["CDC"]),
    ("an acronym before its words", "It uses CDC (Change Data Capture) a lot.", "abbr[title='Change Data Capture']", ["CDC"]),
    ("an acronym glued to its words", "A Machine Learning(ML) model.", "abbr[title='Machine Learning']", ["ML"]),
    ("an acronym in the plural", "Some Directed Acyclic Graphs (DAGs) here.", "abbr", ["DAGs"]),
    ("letters that do not fit are no acronym", "The port of call (NYC) is far.", "abbr", []),
    ("a quoted item is a question", '- "Tell me about a storm you met."\n- "Why tides?"', "ul.questions > li > q", ["Tell me about a storm you met."]),
    ("curly quotes are quotes", "- “What would you do in a fog?”", "ul.questions > li > q", ["What would you do in a fog?"]),
    ("a quoted word is no question", '- "Paved paths" and rails\n- More of them', "q", []),
    ("a question quoted in a sentence", 'They ask "what would you do in a fog?" and listen.', "p > q", ["what would you do in a fog?"]),
    ("an answer on the same line", "Q: Is it far? A: Two hours.", "details > p", ["Two hours."]),
    ("an answer without a mark", "Q: Is it far? Two hours.", "details > summary", ["Is it far?"]),
    ("facts at the top", "Company: Tidewell\nLocation: Porto\n", "dl > dt", ["Company", "Location"]),
    ("steps under a heading of steps", "Start\n\nInterview Process\n\n- Call\n- Visit\n", "ol > li", ["Call", "Visit"]),
    ("an enumeration with the last comma", "We use Kafka, Flink, and Spark.", "span.list > span.member", ["Kafka", "Flink", "Spark"]),
    ("an enumeration without it", "We use Kafka, Flink and Spark.", "span.list > span.member", ["Kafka", "Flink", "Spark"]),
    ("two examples", "Tools for drawing (e.g., Figma, Sketch) help.", "span.member", ["Figma", "Sketch"]),
    ("a clause is no enumeration", "He came, which was late, and left.", "span.list", []),
    ("a clause of advert", "It ends well.shop.com/dp/B0TEST).", "p > aside.advert", ["shop.com/dp/B0TEST)."]),
    ("a sentence of editing", "The chart above is old. Wheat leads.", "p > aside.editorial", ["The chart above is old."]),
    ("a block that is a note", "Enhancement Note: guessed.", "aside.editorial > p", ["Enhancement Note: guessed."]),
    ("an item that is a notice", "- Work\n- Important Notice: check this.", "li > aside.notice > p", ["Important Notice: check this."]),
    ("glued sentences are parted", "They meet all teams.Technical talks follow then.", "p", ["They meet all teams. Technical talks follow then."]),
    ("damaged letters mark their block", "The PanamΓ‘ canal is long enough.", "[data-damaged=true]", ["The PanamΓ‘ canal is long enough."]),
    ("units with Greek letters are not damaged", "It takes 5 μs, or Δt, at most today.", "[data-damaged]", []),
    ("emphasis stays", "Only *here* and **there**.", "em, strong", ["here", "there"]),
    ("a lead-in without a colon", "# Hiring\n\nWe hire slowly. We look for\n\n- a steady hand\n- patience", "ul[data-lead='We look for'] > li", ["a steady hand", "patience"]),
    ("a question in bold with its answer", "# The pier\n\n**Is it far to the pier?**\nTwo hours on foot.", "details > summary", ["Is it far to the pier?"]),
    ("questions marked with another sign", "Q> Is it far?\nA> Two hours.", "details > p", ["Two hours."]),
    ("keys that are questions", "<dl><dt>Is it far?</dt><dd>Two hours.</dd><dt>Is it steep?</dt><dd>No.</dd></dl>", "details > p", ["Two hours.", "No."]),
    ("quoted lines over hints", '"Tell me about a storm you met."\nThey want to hear whom you told first, and when it was.\n\n"Why tides?"\n\n"How would you calm a crew?"\nAsk what they saw before you say anything yourself.\n',
     "li > p[data-label='How to answer']", ["They want to hear whom you told first, and when it was."]),
    ("a name with its time behind a comma", "1. Call with the people team, 25 minutes, about what you expect\n2. Day on board, half a day; you sail with us", "li[data-time] > dfn", ["Call with the people team", "Day on board"]),
    ("keys with long values are terms", "<dl><dt>Neap tide</dt><dd>The small tide that comes twice a month between moon and sun.</dd><dt>Spring tide</dt><dd>The great tide that comes twice a month with moon and sun.</dd><dt>Slack</dt><dd>The short time in which the water stands still at the turn.</dd></dl>",
     "ul.terms > li > dfn", ["Neap tide", "Spring tide", "Slack"]),
    ("more values of such a key are labelled", "<dl><dt>Neap tide</dt><dd>The small tide that comes twice a month between moon and sun.</dd><dd>Also called: nip</dd><dt>Spring tide</dt><dd>The great tide that comes twice a month with moon and sun.</dd><dt>Slack</dt><dd>The short time in which the water stands still at the turn.</dd></dl>",
     "ul.terms > li > p", ["Also called: nip"]),
    ("keys that come again are facts", "## Call\n\nWith whom: the harbour master\n\n## Visit\n\nWith whom: two pilots of the night watch", "dl > dt", ["With whom", "With whom"]),
    ("plain terms in a row", "Words\n\nDead mile: a mile without any freight.\nTurn: the time between two trips out.\nStoppage: a closure of the whole canal.\n", "ul.terms > li > dfn", ["Dead mile", "Turn", "Stoppage"]),
    ("numbered lines of one paragraph are steps", "<p>1 A call with the pilot<br>2 A day on the water<br>3 A talk about pay</p>", "ol > li", ["A call with the pilot", "A day on the water", "A talk about pay"]),
    ("a head with e.g. inside", "- Orchestration (e.g. Airflow): starts the jobs.\n- Storage (e.g. MinIO): keeps the frames.", "li > dfn", ["Orchestration (e.g. Airflow)", "Storage (e.g. MinIO)"]),
    ("a question in a section of questions", "<h1>Guide</h1><h2>Questions</h2><p>How would you calm a crew?</p><ul><li>strong: asks what they saw</li><li>weak: shouts</li></ul>", "details > summary", ["How would you calm a crew?"]),
    ("one question without an answer leaves the others theirs", "# Guide\n\n## Common Questions\n\nWhere do I park my car?\n\nBehind the house, by the pond.\n\nWhere do I eat at noon?\n\nIn the hall, with all of us.\n\nAny more questions for us here?", "details > summary", ["Where do I park my car?", "Where do I eat at noon?"]),
    ("a step that begins with Apply", "## How we hire\n\n1. Apply online with a short letter\n2. Phone call with the owner", "ol > li", ["Apply online with a short letter", "Phone call with the owner"]),
    ("an advert among answers", "<dl><dt>Where do I sit here?</dt><dd>At a desk.</dd><dt>Where do I eat here at noon?</dt><dd>We use cookies on this page</dd><dd>In the hall.</dd></dl>", "details > p", ["At a desk.", "In the hall."]),
    ("underscores inside words stay", "Set remote_derived_flag to FULL_TIME today.", "em", []),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "selector", "expected"), [case[1:] for case in SELECTED], ids=[case[0] for case in SELECTED]
)
def test_a_selector_finds_what_the_mark_means(document: Reader, text: str, selector: str, expected: list[str]) -> None:
    """Each meaning is found by the selector that docs/documents.md gives for it, in text, Markdown and HTML."""
    name = {"<": "a.html", "#": "a.md"}.get(text[0], "a.txt")
    found = [element.get_text() for element in document(text, name=name).tree.select(selector)]
    assert found[: len(expected)] == expected
    assert bool(found) == bool(expected)


def test_kinds_are_inherited_by_every_element(document: Reader) -> None:
    """An element has the kind of the nearest section that has one; before the first there is none."""
    tree = document("# Guide\nHello there.\n## Benefits\nA lot.\n### Odd Corner\n- Tea\n## Else\nNo kind.").tree
    assert {li["data-kind"] for li in tree.select("li")} == {"benefits"}
    assert [p.get("data-kind") for p in tree.select("p")] == [None, "benefits", None]


def test_text_before_the_first_heading_stands_in_the_document_itself(document: Reader) -> None:
    """The document is the outermost section and bears the title it was given."""
    tree = document("Plain words to begin with.\n\n## Later\nMore.", title="Given").tree
    assert tree.name == "section"
    assert tree["data-heading"] == "Given"
    assert [child.name for child in tree.find_all(True, recursive=False)] == ["p", "section"]


def test_an_empty_heading_stays_an_empty_section(document: Reader) -> None:
    """A heading right above another of its level has nothing under it, and takes nothing from that one."""
    tree = document("Title Of It\nEducation:\nExperience:\n- Five years\n").tree
    sections = tree.select("section section")
    assert [section["data-heading"] for section in sections] == ["Education", "Experience"]
    assert not sections[0].select("li")


def test_a_line_of_a_web_page_on_one_line_is_told_by_offsets(document: Reader) -> None:
    """All elements stand on line 1; what tells them apart is their place in the text."""
    page = "<main><h1>Mills</h1><p>Stones &amp; sieves.</p><ul><li>Rye<li>Oat</ul></main>"
    made = document(page, name="a.html")
    places = {element.get_text(): str(element["data-at"]) for element in made.tree.select("p, li")}
    cut = {words: made.text[slice(*map(int, place.split(":")))] for words, place in places.items()}
    assert cut == {"Stones & sieves.": "Stones &amp; sieves.", "Rye": "<li>Rye", "Oat": "<li>Oat"}


@pytest.mark.parametrize("wish", ["Perks", "perks:", "4-5", "5"])
def test_what_sources_say_to_skip_becomes_an_aside(document: Reader, wish: str) -> None:
    """A heading or a range of lines is passed over, the rest is not."""
    made = document("# Guide\n## Duties\nWork.\n## Perks\nCake.\n## Pay\nGold.", skip=(wish,))
    assert "Cake." in [p.get_text() for p in made.tree.select("aside.skipped p")]
    assert "Gold." not in [p.get_text() for p in made.tree.select("aside p")]
