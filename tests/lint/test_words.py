"""What counts as a word: formulas, and scripts that put no spaces between words."""

from __future__ import annotations

import pytest

from cardwright.cards.lint.text import words_of
from lint_page import ENGLISH_ONLY, said

POWERS = {"x^2": "2x", "x^3": "3x^2", "x^4": "4x^3", "x^5": "5x^4", "x^6": "6x^5"}


def _codes(*cards: tuple[str, str], **more: object) -> list[str]:
    return [each.code for each in said([{"front": front, "back": back, **more} for front, back in cards])]


@pytest.mark.parametrize("mark", ["${}$", "\\({}\\)"], ids=["dollars", "brackets"])
def test_different_formulas_are_different_words(mark: str) -> None:
    """They tell questions apart; no answer stands in its question, and none is the same as another."""
    cards = [
        (f"What is the derivative of {mark.format(power)} in calculus?", mark.format(slope))
        for power, slope in POWERS.items()
    ]

    assert _codes(*cards) == []
    assert _codes(*cards, reverse=True) == []


def test_a_formula_is_the_same_word_however_it_is_delimited() -> None:
    """Two questions about one formula are twins, and its answer may stand in the question."""
    one, other = (f"What is the derivative of {each} in calculus?" for each in ("$x ^2$", "\\(x  ^2\\)"))

    assert _codes((one, "twice the base"), (other, "a straight line")) == ["CW871"]
    assert _codes(("What is the derivative of $e^x$ in calculus?", "$e^x$")) == ["CW834"]


def test_a_long_formula_is_one_word() -> None:
    """Whatever stands in it, a question that has it is no longer."""
    formula = "$" + " + ".join(f"x_{at}" for at in range(60)) + "$"

    assert _codes((f"What is the sum {formula} called in algebra?", f"A series, as {formula} is.")) == []


def test_a_message_shows_a_formula_as_a_word_that_can_be_read() -> None:
    """Inside, it is a word of many letters that mean nothing to anybody."""
    found = said([{"front": 'What does the guide say under "As a driver of $x^2$ trams"?', "back": "To brake early."}])

    assert [each.code for each in found] == ["CW818"]
    assert found[0].message.startswith("'As a driver of formula trams' leads in")


WORDS = {
    "Trams of Oberfeld": 3,
    "十二月": 3,
    "路面電車はどこで眠りますか": 13,
    "トラムのABC線": 6,
    "IPv6は何ですか": 6,
    "𠮷野家": 3,
    "전차는 어디에": 2,
    "Straßen-bahn": 1,
}


@pytest.mark.parametrize("text", WORDS)
def test_each_chinese_or_japanese_character_is_a_word(text: str) -> None:
    """They are written without spaces; Korean has some."""
    assert len(words_of(text)) == WORDS[text]


# Cards in other languages, with the rule that takes a word of them for an English one.
FOREIGN = [
    ("Was ist ein Depot der Straßenbahn?", "Eine Halle für Züge.", "yes-no-question"),
    ("Am wievielten Tag endet die Probezeit?", "Am neunzigsten.", "yes-no-question"),
    ("Wie nennt man eine Halle für Züge?", "Also, man nennt sie Depot.", "filler-opening"),
    (
        "Wann endet der Betrieb in Oberfeld?",
        "Wenn das Licht ausgeht, und nicht, wenn es angeht: es geht an",
        "unfinished",
    ),
    ("Name des Gründers der Straßenbahn von Oberfeld?", "Karl, Anna, Emma und Otto", "asks-for-list"),
    ('Was steht in Oberfeld unter „Fahrt“ bei "Im Depot geht es an"?', "Der Plan.", "long-label"),
    ("We Wrocławiu jeździ ile linii tramwajowych?", "Dwadzieścia dwie, w tym nocne.", "unnamed-we"),
    ("¿He aquí qué línea?", "La cuatro.", "dangling-reference"),
    ("Do que é feito o bonde?", "De aço.", "yes-no-question"),
    ("Was in Oberfeld de oude hal een depot?", "Een wagenhuis, tot de brand.", "yes-no-question"),
    ("电车夜里停在哪里？", "停在车库。", ""),
    ("オーバーフェルトの路面電車は夜どこにいますか？", "車庫", ""),
    ("전차는 밤에 어디에 있습니까?", "차고에.", ""),
]


@pytest.mark.parametrize(("front", "back", "rule"), FOREIGN, ids=[each[0] for each in FOREIGN])
def test_in_another_language_the_page_names_the_rules_to_switch_off(front: str, back: str, rule: str) -> None:
    """Without them nothing is found; counting needs no language."""
    card = {"front": front, "back": back}

    assert any(each.message.endswith(f"({rule})") for each in said([card])) == bool(rule)
    assert said([card], off=ENGLISH_ONLY) == []
    assert [each.code for each in said([{**card, "back": "Ö " * 30}], off=ENGLISH_ONLY)] == ["CW831"]


def test_every_rule_that_is_switched_off_for_other_languages_is_wrong_there() -> None:
    """No rule is on the list without a card that shows why."""
    assert {"trivial-cloze", *(rule for *_, rule in FOREIGN if rule)} == set(ENGLISH_ONLY)
    assert [each.code for each in said([{"cloze": "Der Tram hält {{c1::an}} der Brücke von Oberfeld."}])] == ["CW852"]
