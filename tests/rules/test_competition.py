"""Rules that want one passage, and documents that answer one question."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import permutations

import pytest
from bs4 import Tag

from cardwright.files import TextFile
from cardwright.model import Document, DocumentInfo
from cardwright.rules import RuleBook, load_rules, propose

Make = Callable[..., Document]
MakeBook = Callable[..., RuleBook]

TERM = "name: term\nselect: li:has(> dfn)\nfront: 'What is {dfn}?'\nback: '{rest}'"
ITEM = "name: item\nselect: li\nfront: 'What is said of {heading}?'\nback: '{text}'\npriority: fallback"
REST = "name: left-over\nselect: p, li\neach: sentence\nunclaimed: true\nfront: 'What else does the {label} say?'\nback: '{sentence}'"
OTHER = DocumentInfo("other.txt", title="Second guide", label="yard guide", company="Larkspur")


def test_the_special_rule_wins_a_passage_that_two_rules_say_the_same_of(document: Make, book: MakeBook) -> None:
    """Answers that share four fifths of their words are one answer; the loser is told of with its winner."""
    html = (
        "<ul><li><dfn>Intake</dfn> the first long talk with somebody who plays the broken instrument for us</li></ul>"
    )

    outcome = propose([document(html)], book(ITEM, TERM))

    assert [each.rule for each in outcome.proposals] == ["term"]
    assert [(each.rule, each.winner) for each in outcome.lost] == [("item", "term")]


@pytest.mark.parametrize(("priority", "winner"), [("special", "item"), ("19", "term"), ("21", "item")])
def test_priority_decides(priority: str, winner: str, document: Make, book: MakeBook) -> None:
    """A number says the same as a word, between the words."""
    html = (
        "<ul><li><dfn>Intake</dfn> the first long talk with somebody who plays the broken instrument for us</li></ul>"
    )

    outcome = propose([document(html)], book(ITEM.replace("fallback", priority), TERM))

    assert [each.rule for each in outcome.proposals] == [winner]


def test_a_draft_never_takes_the_place_of_a_card(document: Make, book: MakeBook) -> None:
    """Whatever its priority."""
    html = (
        "<ul><li><dfn>Intake</dfn> the first long talk with somebody who plays the broken instrument for us</li></ul>"
    )

    outcome = propose([document(html)], book(f"{ITEM.replace('fallback', 'special')}\ndraft: true", TERM))

    assert [each.rule for each in outcome.proposals] == ["term"]


def test_a_card_is_asked_the_other_way_only_where_its_answer_does_without_the_term(
    document: Make, book: MakeBook
) -> None:
    """Else the question would hold its answer."""
    term = TERM.replace("{dfn}", "**{dfn}**") + "\nreverse: true"
    html = "<ul><li><dfn>Intake</dfn> a talk</li><li><dfn>Saw</dfn> what you saw with</li></ul>"

    outcome = propose([document(html)], book(term))

    assert [each.reverse for each in outcome.proposals] == [True, False]


def test_rules_that_ask_different_things_of_a_passage_both_stand(document: Make, book: MakeBook) -> None:
    """A passage can hold two facts."""
    time = "name: time\nselect: li[data-time]\nfront: 'How long is {dfn}?'\nback: '{time}'"
    html = "<ul><li data-time='15 min'><dfn>Intake</dfn> a talk with the owner</li></ul>"

    outcome = propose([document(html)], book(TERM, time))

    assert sorted(each.front for each in outcome.proposals) == ["How long is Intake?", "What is Intake?"]
    assert outcome.lost == ()


def test_a_gap_falls_away_only_where_a_short_answer_says_what_it_hides(document: Make, book: MakeBook) -> None:
    """That an answer and the open part of the sentence share words is no reason."""
    gap = "name: gap\nselect: li\nmatch: '(?P<time>\\d+ days)'\ncloze: 'Glue: {text}'\nhide: [time]\npriority: 15"
    name = "name: name\nselect: li abbr\nfront: 'What does {abbr} stand for?'\nback: '{expansion}'"
    html = "<ul><li>The hide glue of the workshop (<abbr title='hide glue of the workshop'>HGW</abbr>) sets in 3 days.</li></ul>"

    assert {each.rule for each in propose([document(html)], book(gap, name)).proposals} == {"gap", "name"}

    said = name.replace("{expansion}", "In 3 days.")
    assert {each.rule for each in propose([document(html)], book(gap, said)).proposals} == {"name"}


def test_two_cards_of_one_subject_have_ids_of_their_own(document: Make, book: MakeBook) -> None:
    """The rule's name tells them apart, and a card's id says what it is about."""
    time = "name: term-time\nselect: li[data-time]\nfront: 'How long is {dfn}?'\nback: '{time}'"
    named = (
        "name: term-named\nselect: li[data-time]\nfront: 'When is {dfn}?'\nback: 'At {time}, early.'\nid: '{dfn} hour'"
    )
    html = "<ul><li data-time='15 min'><dfn>First Intake</dfn> a talk with the owner</li></ul>"

    outcome = propose([document(html)], book(TERM, time, named))

    assert {each.rule: each.id for each in outcome.proposals} == {
        "term-named": "first-intake-hour",
        "term-time": "first-intake-term-time",
        "term": "first-intake",
    }


def test_a_rule_for_what_is_left_sees_only_that_and_makes_drafts(document: Make, book: MakeBook) -> None:
    """It takes the sentences that no other rule took, one by one."""
    price = "name: price\nselect: p\neach: sentence\nmatch: '(?P<price>\\$\\d+)'\nfront: 'What is the price?'\nback: '{price}'"
    html = "<p>A saw costs $40 here. Oil it once a week.</p><ul><li><dfn>Intake</dfn> a talk</li></ul>"

    outcome = propose([document(html)], book(REST, TERM, price))

    assert [(each.rule, each.back, each.draft) for each in outcome.proposals] == [
        ("price", "$40", False),
        ("left-over", "Oil it once a week.", True),
        ("term", "A talk", False),
    ]


def test_one_question_at_two_places_of_a_document_is_one_card(document: Make, book: MakeBook) -> None:
    """Answers are joined while there is room, and both places are named."""
    html = "<ul><li><dfn>Intake</dfn> a talk.</li>\n<li><dfn>Intake</dfn> the owner plays.</li></ul>"

    outcome = propose([document(html)], book(TERM))

    assert [(each.front, each.back) for each in outcome.proposals] == [("What is Intake?", "A talk; The owner plays")]
    assert [str(each) for each in outcome.proposals[0].sources] == ["guide.txt:1", "guide.txt:2"]
    assert [each.subject for each in outcome.proposals[0].origins] == ["intake", "intake #2"]


def test_answers_too_long_for_one_card_are_not_joined(document: Make, book: MakeBook) -> None:
    """The first stands, the second is told of as lost."""
    long = " ".join(["word"] * 35)
    html = f"<ul><li><dfn>Intake</dfn> one {long}.</li>\n<li><dfn>Intake</dfn> two {long} more and 7 of them.</li></ul>"

    outcome = propose([document(html)], book(TERM))

    assert len(outcome.proposals) == 1
    assert "too long" in outcome.lost[0].why


def test_documents_that_agree_give_one_card_with_both_places(document: Make, book: MakeBook) -> None:
    """The text is that of the first document by name."""
    one = document("<ul><li><dfn>Intake</dfn> a first talk with the owner</li></ul>")
    two = document("<ul><li><dfn>Intake</dfn> the first talk with the owner</li></ul>", OTHER)

    outcome = propose([two, one], book(TERM))

    assert [(each.front, each.back) for each in outcome.proposals] == [
        ("What is Intake?", "A first talk with the owner")
    ]
    assert [str(each) for each in outcome.proposals[0].sources] == ["guide.txt:1", "other.txt:1"]
    assert [each.document for each in outcome.proposals[0].origins] == ["guide.txt", "other.txt"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("a talk about money", "an hour at the bench"),
        ("it takes 4 rounds in all", "it takes 5 rounds in all"),
        ("you may bring your own saw", "you may not bring your own saw"),
    ],
    ids=["other words", "another number", "a not"],
)
def test_documents_that_disagree_give_a_card_each_that_names_its_document(
    first: str, second: str, document: Make, book: MakeBook
) -> None:
    """A learner must know which document says which."""
    one = document(f"<ul><li><dfn>Intake</dfn> {first}</li></ul>")
    two = document(f"<ul><li><dfn>Intake</dfn> {second}</li></ul>", OTHER)

    fronts = [each.front for each in propose([one, two], book(TERM)).proposals]

    assert fronts == [
        "According to the bench guide, what is Intake?",
        "According to the yard guide, what is Intake?",
    ]


def test_clozes_that_differ_in_their_gaps_are_two_cards(document: Make, book: MakeBook) -> None:
    """A number is a fact, in one document as in two."""
    rule = "name: long\nselect: p\nmatch: '(?P<time>\\w+ weeks)'\ncloze: '{text}'\nhide: [time]"
    html = "<p>Glue and varnish take two weeks.</p><p>Glue and varnish take six weeks.</p>"

    outcome = propose([document(html), document("<p>Glue and varnish take two weeks.</p>", OTHER)], book(rule))

    assert [(each.cloze, len(each.sources)) for each in outcome.proposals] == [
        ("Glue and varnish take {{c1::two weeks}}.", 2),
        ("Glue and varnish take {{c1::six weeks}}.", 1),
    ]


def test_documents_of_one_label_are_named_by_their_files(document: Make, book: MakeBook) -> None:
    """A label that two documents share tells nothing apart."""
    twin = replace(OTHER, label="bench guide")
    one = document("<ul><li><dfn>Intake</dfn> a talk about money</li></ul>")
    two = document("<ul><li><dfn>Intake</dfn> an hour at the bench</li></ul>", twin)

    fronts = [each.front for each in propose([one, two], book(TERM)).proposals]

    assert fronts == [
        "According to the guide.txt, what is Intake?",
        "According to the other.txt, what is Intake?",
    ]


def test_coverage_tells_what_became_of_each_passage(document: Make, book: MakeBook) -> None:
    """Which cards, or why none: no rule, an empty placeholder, an aside."""
    html = (
        "<p>Nothing selects this one.</p>\n<ul><li><dfn>Intake</dfn> a first talk</li>\n"
        "<li>This has no term at all</li></ul>\n<aside class='advert'>Buy a saw from us.</aside>"
    )

    coverage = propose([document(html)], book(TERM.replace("li:has(> dfn)", "li"))).coverage["guide.txt"]

    assert [(each.line, [card.rule for card in each.cards], each.why) for each in coverage.lines] == [
        (1, [], "no rule selects it"),
        (2, ["term"], ""),
        (3, [], "term: {dfn} is empty"),
    ]
    assert [(each.line, each.why) for each in coverage.skipped] == [(4, "aside: advert")]
    assert (coverage.taken, coverage.passages) == (1, 3)


def test_the_order_of_files_and_documents_makes_no_difference(document: Make) -> None:
    """Nor do the names of rule files: the same proposals come out."""
    texts = [
        f"into: {name}\nrules:\n  - {rule.replace(chr(10), chr(10) + '    ')}\n"
        for name, rule in (("a", ITEM), ("b", TERM), ("c", REST))
    ]
    html = (
        "<p>Oil it weekly. Then rest.</p><ul><li><dfn>Intake</dfn> a long talk with the owner</li><li>saw it</li></ul>"
    )
    documents = [document(html), document(html.replace("long", "7"), OTHER)]
    seen = set()
    for names in permutations(("x", "y", "z")):
        files = [TextFile(f"rules/{name}.yaml", text, "") for name, text in zip(names, texts, strict=True)]
        for order in (documents, documents[::-1]):
            seen.add(propose(order, load_rules(files[::-1])[0]).proposals)

    assert len(seen) == 1


@pytest.mark.parametrize("first", [10, 30])
def test_a_list_and_the_sections_beside_it_are_two_lines(first: int, document: Make, book: MakeBook) -> None:
    """Whichever rule asks first, the list of a section is the list, and its parts are in line by themselves."""
    rounds = document(
        """
        <section data-heading="Rounds"><h2>Rounds</h2><ol><li>Alpha round</li><li>Beta round</li></ol>
        <section data-heading="Glue"><h3>Glue</h3><p>Glue is tried.</p></section>
        <section data-heading="Wood"><h3>Wood</h3><p>Wood is tried.</p></section></section>
        """
    )
    rules = book(
        f"""
        name: next
        select: section > section > section
        front: 'What comes behind {{heading}}?'
        back: '{{next}}'
        priority: {first}
        """,
        """
        name: all
        select: section:has(> ol)
        front: 'Which rounds are there?'
        back: '{items}'
        priority: 20
        """,
    )

    made = {each.front: each.back for each in propose([rounds], rules).proposals}
    assert made == {"What comes behind Glue?": "Wood", "Which rounds are there?": "- Alpha round\n- Beta round"}


def test_each_selector_runs_once_over_a_document(document: Make, book: MakeBook) -> None:
    """Twenty rules with one selector match every candidate once, and only elements of its tag."""
    from cardwright.rules.apply import apply
    from cardwright.rules.passages import index

    rules = book(*(TERM.replace("term", f"term-{number}") for number in range(20)))
    matched: list[str] = []

    def counting(element: Tag) -> bool:
        matched.append(element.name)
        return True

    walked = index(document("<ul><li><dfn>A</dfn> b</li><li><dfn>C</dfn> d</li></ul><p>e</p>"))
    for rule in rules.rules:
        apply(replace(rule, select=replace(rule.select, match=counting)), walked)

    assert matched == ["li", "li"]
