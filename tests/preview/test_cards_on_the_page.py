"""Cards on the page, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from decks.learner import Learner
from preview.browser import PHONE, asked, shown_card
from preview.harbour import HOSTILE
from story import Story

Open = Callable[..., Page]


@pytest.fixture
def cards(written: Path, opened: Open) -> Page:
    """The view of cards."""
    return opened(f"{written.as_uri()}#cards")


def go(page: Page, card: str, review: str = "") -> None:
    """Show a card by its address, as a link would."""
    name = f"&review={review}" if review else ""
    page.evaluate(f"location.hash = '#cards?id={card}{name}'")
    expect(page.locator("#place")).to_contain_text("cards/")


def test_a_link_to_a_card_shows_it_in_the_list(written: Path, opened: Open) -> None:
    """Opened by its address, a card far down is on the stage, and its row can be seen."""
    page = opened(f"{written.as_uri()}#cards?id=loose", viewport={"width": 1280, "height": 400})

    assert "Who names me?" in shown_card(page)
    expect(page.locator('#list [aria-selected="true"]')).to_be_in_viewport()


FLIPS: dict[str, Callable[[Page], None]] = {
    "click": lambda page: page.locator("#frame").click(),
    "space": lambda page: page.keyboard.press(" "),
    "button": lambda page: page.get_by_role("button", name="Show answer").click(),
}


@pytest.mark.parametrize("way", FLIPS)
def test_a_card_is_turned(cards: Page, way: str) -> None:
    """The question alone, then both; a second time turns it back."""
    go(cards, "one-blast", "Recall")
    before = shown_card(cards)

    FLIPS[way](cards)

    assert "starboard" not in before
    assert "What does one short blast mean?" in shown_card(cards)
    assert "I am altering my course to starboard." in shown_card(cards)
    assert "To port it is two." in shown_card(cards)
    cards.keyboard.press(" ") if way == "space" else cards.locator("#flip").click()
    assert shown_card(cards) == before


def test_arrows_go_from_card_to_card(cards: Page) -> None:
    """Right and left, by key and by button; a new card shows its question first, and the address names it."""
    first = shown_card(cards)
    cards.keyboard.press(" ")

    cards.keyboard.press("ArrowRight")
    second = shown_card(cards)
    cards.get_by_role("button", name="Next card").click()
    third = shown_card(cards)
    cards.keyboard.press("ArrowLeft")

    assert len({first, second, third}) == 3
    assert shown_card(cards) == second
    assert "id=lee-shore" in cards.url
    expect(cards.get_by_role("button", name="Show answer")).to_be_visible()


def test_the_list_is_walked_by_keys(cards: Page) -> None:
    """Down, end and home move the choice; a screen reader hears which card it is."""
    cards.locator("#list").focus()

    cards.keyboard.press("ArrowDown")
    expect(cards.locator("#told")).to_contain_text("Card 2 of")
    cards.keyboard.press("End")

    chosen = cards.locator('#list [aria-selected="true"]')
    expect(chosen).to_contain_text("Who names me?")
    assert cards.locator("#list").get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    cards.keyboard.press("Home")
    expect(cards.locator('#list [aria-selected="true"]')).to_contain_text("Slack water")


def test_search_finds_as_one_types(cards: Page) -> None:
    """Words of question, answer, extra, id or tag, in any order and case; what nobody wrote finds nothing."""
    cards.keyboard.press("/")
    cards.keyboard.type("STARBOARD blast")

    expect(cards.locator("#found")).to_contain_text("2 of")
    assert asked(cards) == ["What does one short blast mean?", "I am altering my course to starboard."]
    cards.locator("#search").fill("no such words")
    assert "No card is like this." in shown_card(cards)
    cards.locator("#search").fill("two-gaps")
    assert asked(cards) == ["Ebb takes [...] and flood six more.", "Ebb takes six hours and flood [how long?]."]


FILTERS: dict[str, tuple[str, str, list[str]]] = {
    "tag": ("#tag", "harbour", ["What is Slack water?", "What is Lee shore?", "What is Berth?"]),
    "document": ("#document", "handbook.md", ["What is Slack water?", "What is Lee shore?", "What is Berth?"]),
    "rule": ("#rule", "meaning", ["What is Slack water?", "What is Lee shore?", "What is Berth?"]),
    "drafts": ("#show", "drafts", ["What is Lee shore?", "What sounds in fog?"]),
    "conflicts": ("#show", "conflicts", ["What is Slack water?"]),
    "stale": ("#show", "stale", ["What is Berth?"]),
}


@pytest.mark.parametrize("case", FILTERS)
def test_filters_narrow_the_list(cards: Page, case: str) -> None:
    """Each filter offers what there is, with counts, and can be taken off again."""
    select, value, expected = FILTERS[case]

    cards.locator(select).select_option(value)

    assert asked(cards) == expected
    expect(cards.locator(f"{select} option:checked")).to_contain_text(f"({len(expected)})")
    cards.get_by_role("button", name="Clear filters").click()
    expect(cards.locator("#found")).to_have_text("12 review cards")


def test_decks_are_a_tree_with_counts(cards: Page) -> None:
    """A deck counts what is below it; pressing it shows that alone, pressing it again shows all."""
    decks = cards.locator("#decks button")
    assert decks.all_inner_texts() == ["Orla pilots\n11", "Words\n3", "Signals\n8", "In no deck\n1", "Loose\n1"]

    decks.filter(has_text="Signals").click()

    expect(cards.locator("#found")).to_contain_text("8 of 12")
    expect(decks.filter(has_text="Signals")).to_have_attribute("aria-pressed", "true")
    decks.filter(has_text="Signals").click()
    expect(cards.locator("#found")).to_have_text("12 review cards")


def test_what_waits_is_told_on_the_card(cards: Page) -> None:
    """A draft, news of the document and a stale card say so, in the list and below the card."""
    go(cards, "lee-shore")
    expect(cards.locator("#facts")).to_contain_text("Draft.")
    go(cards, "slack-water")
    expect(cards.locator("#facts")).to_contain_text(
        "its document now says: back: The short time in which the tide turns."
    )
    go(cards, "berth")
    expect(cards.locator("#facts")).to_contain_text("Stale.")

    assert cards.locator("#list .badge").all_inner_texts() == ["news", "draft", "stale", "draft"]


def test_findings_stand_on_their_card(project: Story, opened: Open) -> None:
    """A warning of `check` about a card is shown below it, with its place and the way out, and can be filtered by."""
    signals = project.read("cards/signals.yaml")
    project.write("cards/signals.yaml", signals.replace("back: The horn.", "back: The horn.\n    source: fogs.md:3"))
    assert project.run("preview", "--no-open").code == 0
    page = opened(f"{(project.root / '.cardwright/preview.html').as_uri()}#cards")

    page.locator("#finding").select_option("CW430")

    assert asked(page) == ["What sounds in fog?"]
    expect(page.locator(".finding")).to_contain_text("CW430")
    expect(page.locator(".finding")).to_contain_text("cards/signals.yaml:31:13")
    expect(page.locator(".finding pre")).to_have_text("source: fogs.md:3")
    page.get_by_role("link", name="Overview").click()
    expect(page.get_by_role("table", name="Findings")).to_contain_text("CW430")
    expect(page.locator(".rest")).to_contain_text("CW513")


def test_a_place_is_copied(written: Path, opened: Open) -> None:
    """`path:line` goes to the clipboard, ready for an editor."""
    page = opened(f"{written.as_uri()}#cards?id=lamp", permissions=["clipboard-read", "clipboard-write"])

    page.keyboard.press("c")

    expect(page.locator("#told")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == "cards/signals.yaml:9"


TYPED = ["The wite once", "white", "the white one", "x", "", "The white one", "The whitee", "Tne white one"]


def test_escape_leaves_the_field_for_an_answer(cards: Page) -> None:
    """After it keys are the page's again, as after the search."""
    go(cards, "lamp")
    field = cards.locator("#face input#typeans")
    field.fill("white")

    field.press("Escape")

    expect(field).not_to_be_focused()
    cards.keyboard.press(" ")
    expect(cards.locator("#face")).to_contain_text("The white one")


@pytest.mark.parametrize("given", TYPED)
def test_typed_answers_are_compared_as_in_anki(cards: Page, learner: Learner, given: str) -> None:
    """A field on the front; on the back, what was right, wrong and missing, with the marks that Anki's backend sets."""
    go(cards, "lamp")
    field = cards.locator("#face input#typeans")

    field.fill(given)
    field.press("Enter")

    expected = learner.collection.compare_answer("The white one", given)
    marks = re.sub(r"=(\w+)", r'="\1"', expected).replace("&darr;", "↓")
    assert cards.locator("#face code#typeans").evaluate("each => each.outerHTML") == marks


def test_math_tables_code_and_pictures_are_drawn(cards: Page) -> None:
    """A formula is MathML, a column keeps its side, code is coloured, a picture comes out of the page itself."""
    go(cards, "speed")
    cards.keyboard.press(" ")
    assert cards.locator("#face math mfrac").count() == 1
    assert "\\frac" not in shown_card(cards)
    assert cards.locator("#face td").first.evaluate("each => getComputedStyle(each).textAlign") == "right"
    plain = cards.locator("#face pre").evaluate("each => getComputedStyle(each).color")
    assert cards.locator("#face .hl-k").first.evaluate("each => getComputedStyle(each).color") != plain

    go(cards, "buoy")

    assert cards.locator("#face img").evaluate("each => [each.naturalWidth, each.src.slice(0, 15)]") == [
        8,
        "data:image/png;",
    ]


def test_night_and_day(cards: Page) -> None:
    """The switch turns page and card, with the note type's own night colours, and back."""
    ground = "each => getComputedStyle(each).backgroundColor"
    day = [cards.locator("body").evaluate(ground), cards.locator("#face .card").evaluate(ground)]

    cards.get_by_role("button", name="Switch to night colours").click()

    assert cards.locator("#face .card.nightMode").count() == 1
    night = [cards.locator("body").evaluate(ground), cards.locator("#face .card").evaluate(ground)]
    assert night == ["rgb(23, 24, 27)", "rgb(31, 33, 37)"]
    cards.keyboard.press("ArrowRight")
    assert cards.locator("#face .card.nightMode").count() == 1
    cards.keyboard.press("n")
    assert [cards.locator("body").evaluate(ground), cards.locator("#face .card").evaluate(ground)] == day


def test_the_system_says_whether_it_is_night(written: Path, opened: Open) -> None:
    """Without a choice of one's own, the page follows the system."""
    page = opened(f"{written.as_uri()}#cards", color_scheme="dark")
    assert page.locator("#face .card.nightMode").count() == 1

    page.emulate_media(color_scheme="light")

    expect(page.locator("#face .card.nightMode")).to_have_count(0)


@pytest.mark.parametrize("view", ["overview", "cards", "documents"])
def test_a_phone_is_wide_enough(written: Path, opened: Open, view: str) -> None:
    """Nothing is wider than a phone's screen."""
    page = opened(f"{written.as_uri()}#{view}", viewport=PHONE, has_touch=True)

    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_a_tap_turns_the_card_on_a_phone(written: Path, opened: Open) -> None:
    """The card comes before the list, and the buttons stay within reach of a thumb."""
    page = opened(f"{written.as_uri()}#cards?id=two-gaps", viewport=PHONE, has_touch=True)
    frame, rows, button = (page.locator(each).bounding_box() for each in ("#frame", "#list", "#flip"))
    assert frame
    assert rows
    assert button
    assert frame["y"] < rows["y"]
    assert button["y"] + button["height"] <= PHONE["height"]
    assert button["height"] >= 40

    page.locator("#frame").tap()

    assert "six hours" in shown_card(page)


def test_markup_and_script_are_shown_as_text(story: Story, opened: Open) -> None:
    """What a card says in every field is read, not run, and the page around it stays whole."""
    fields = "\n".join(
        f"  - id: h{n}\n    front: {quoted(t)}\n    back: {quoted(t)}\n    extra: {quoted(t)}\n    typed: true"
        for n, t in enumerate(HOSTILE)
    )
    story.write("cards/bad.yaml", f"title: Bad < worse > & {{{{Front}}}}\ncards:\n{fields}\n")
    story.write("seeds/bad.md", "# <script>window.hit = 7</script>\n\n" + "\n\n".join(HOSTILE))
    story.write("decks/bad.yaml", "name: Bad\ncards: [bad]\n")
    said = story.run("preview", "--no-open", "--output", "page.html")
    assert said.code == 0, said.err
    page = opened(f"{(story.root / 'page.html').as_uri()}#cards", refusals=True)

    for number, text in enumerate(HOSTILE):
        go(page, f"h{number}")
        page.keyboard.press(" ")
        if not text.startswith("\\("):
            assert shown_card(page).count(text) >= 2
        assert page.locator("#face :is(script, iframe, style, img, [onerror], [href])").count() == 0
    page.evaluate("location.hash = '#documents'")
    page.evaluate("location.hash = '#overview'")

    assert page.evaluate("window.hit") is None
    expect(page.get_by_role("heading", level=1)).to_have_text("story")


def quoted(text: str) -> str:
    """A YAML scalar in single quotes."""
    return "'" + text.replace("'", "''") + "'"


def test_of_many_cards_few_are_elements(story: Story, opened: Open) -> None:
    """Ten thousand cards: the list holds what can be seen, at its end too, and a search finds the one."""
    lines = "".join(f"  - {{id: c{n}, front: 'What is number {n}?', back: 'It is {n}.'}}\n" for n in range(10_000))
    story.write("cards/many.yaml", f"title: Many\ncards:\n{lines}")
    story.write("decks/many.yaml", "name: Many\ncards: [many]\n")
    assert story.run("preview", "--no-open", "--output", "page.html").code == 0
    page = opened(f"{(story.root / 'page.html').as_uri()}#cards")
    page.locator("#list").focus()

    page.keyboard.press("End")

    expect(page.locator('#list [aria-selected="true"]')).to_contain_text("What is number 9999?")
    assert page.locator("#list .row").count() < 40
    page.locator("#search").fill("number 7321")
    expect(page.locator("#found")).to_contain_text("1 of 10000")
    assert "What is number 7321?" in shown_card(page)
