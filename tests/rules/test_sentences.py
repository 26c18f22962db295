"""Where sentences end."""

import pytest

from cardwright.rules.sentences import sentences, spans

CASES = {
    "two": ("One came. Two left.", ["One came.", "Two left."]),
    "no full stop at the end": ("One came. Two left", ["One came.", "Two left"]),
    "e.g.": ("Use glue, e.g. Hide glue. It holds.", ["Use glue, e.g. Hide glue.", "It holds."]),
    "i.e. and vs.": ("Old vs. New, i.e. Ours. Yes.", ["Old vs. New, i.e. Ours.", "Yes."]),
    "etc. inside": ("Nuts, bolts etc. are here. Take one.", ["Nuts, bolts etc. are here.", "Take one."]),
    "etc. at the end": ("Nuts, bolts, etc. The rest is there.", ["Nuts, bolts, etc.", "The rest is there."]),
    "U.S. before a name": ("The U.S. Treasury pays. We wait.", ["The U.S. Treasury pays.", "We wait."]),
    "U.S. at the end": ("It ships to the U.S. The rest stays.", ["It ships to the U.S.", "The rest stays."]),
    "Inc. inside": ("Larkspur Inc. makes lutes. Good ones.", ["Larkspur Inc. makes lutes.", "Good ones."]),
    "titles": ("Dr. Finch and Mrs. Rook met. They spoke.", ["Dr. Finch and Mrs. Rook met.", "They spoke."]),
    "initials": ("J. S. Finch came. He sat.", ["J. S. Finch came.", "He sat."]),
    "decimals": ("It costs $1.5 million. Pay 2.25 now.", ["It costs $1.5 million.", "Pay 2.25 now."]),
    "version numbers": ("Take version 3.2. Then go.", ["Take version 3.2.", "Then go."]),
    "No. before a number": ("See No. 5 first. No. That is wrong.", ["See No. 5 first.", "No.", "That is wrong."]),
    "glued": (
        "You meet the teams.Later they meet you. Fine.",
        ["You meet the teams.", "Later they meet you.", "Fine."],
    ),
    "glued with a short word": ("Call the bench.It rings.", ["Call the bench.", "It rings."]),
    "file names and addresses": (
        "Run setup.Py or see example.com now. Fine.",
        ["Run setup.Py or see example.com now.", "Fine."],
    ),
    "question and exclamation": ("Why?! Because. Really! Yes.", ["Why?!", "Because.", "Really!", "Yes."]),
    "quoted sentences": ('She asked "Stop. Why now?" Then she left.', ['She asked "Stop. Why now?"', "Then she left."]),
    "curly quotes": ("He said “go. now.” Then left.", ["He said “go. now.”", "Then left."]),
    "full stop inside a closing quote": ('Tell us the "why." Do not wait.', ['Tell us the "why."', "Do not wait."]),
    "brackets": ("Glue it (wood only. Metal no). Then wait.", ["Glue it (wood only. Metal no).", "Then wait."]),
    "an unclosed quote": ('It is 5" wide. Cut it. Done.', ['It is 5" wide.', "Cut it.", "Done."]),
    "small letter behind a long word": (
        "They value honesty. trying to bluff fails.",
        ["They value honesty.", "trying to bluff fails."],
    ),
    "small letter behind a short word": ("Take ca. three or max. four.", ["Take ca. three or max. four."]),
    "an ellipsis inside": ("Wait... then go. Stop… Then rest.", ["Wait... then go.", "Stop…", "Then rest."]),
    "other alphabets": ("Привет мир. Это тест. 漢字。", ["Привет мир.", "Это тест.", "漢字。"]),
    "only blanks": ("   ", []),
    "nothing": ("", []),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_a_text_is_cut_into_its_sentences(text: str, expected: list[str]) -> None:
    """Abbreviations, decimals, quotes and brackets end no sentence; a missing blank does not join two."""
    assert sentences(text) == expected


def test_spans_point_into_the_text() -> None:
    """A span holds the sentence without the blanks around it."""
    text = "  One.   Two.  "

    assert [text[start:end] for start, end in spans(text)] == ["One.", "Two."]


def test_long_runs_of_punctuation_are_read_in_linear_time() -> None:
    """Input made to hang a pattern does not."""
    text = "." * 50_000 + "(" * 50_000 + '"' * 50_001 + "Done. " * 20_000

    assert sentences(text)[-1] == "Done."
