"""Templates filled, and made to fit as grammar wants."""

import pytest

from cardwright.rules.filters import FILTERS, shortened
from cardwright.rules.fitting import fitting
from cardwright.rules.marked import STRONG, wrap
from cardwright.rules.phrase import begins_with_vowel, fill
from cardwright.rules.template import parse

LONG = (
    "Every repair begins with a look at the instrument by two people who write down what they see, "
    "while the owner waits outside and drinks tea from the pot that stands on the stove all day."
)

FILLS: dict[str, tuple[str, dict[str, str | list[str]], str]] = {
    "a placeholder": ("What is {x}?", {"x": "glue"}, "What is glue?"),
    "a capital at the start": ("{x} holds.", {"x": "glue"}, "Glue holds."),
    "a capital behind a full stop": ("Yes. {x} holds.", {"x": "glue"}, "Yes. Glue holds."),
    "words like iPads keep their letter": ("{x} hold.", {"x": "iPads"}, "iPads hold."),
    "no second full stop": ("It is {x}.", {"x": "glue."}, "It is glue."),
    "an abbreviation keeps its own": ("Made by {x}.", {"x": "the U.S."}, "Made by the U.S."),
    "a question keeps its mark": ("{x}?", {"x": "Why so?"}, "Why so?"),
    "a question mark before a full stop": ("{x}.", {"x": "Why so?"}, "Why so?"),
    "a quoted question": ("How do you answer “{x}”?", {"x": "Why so?"}, "How do you answer “Why so?”"),
    "an optional part that stays": (
        "What is {x}[ at {y}]?",
        {"x": "glue", "y": "Larkspur"},
        "What is glue at Larkspur?",
    ),
    "an optional part that goes": ("What is {x}[ at {y}]?", {"x": "glue", "y": ""}, "What is glue?"),
    "an optional part said already": (
        "How is {x}[ at {y}]?",
        {"x": "life at Larkspur", "y": "Larkspur"},
        "How is life at Larkspur?",
    ),
    "one of two optional values is new": (
        "How is {x}[ ({y}, {z})]?",
        {"x": "tea", "y": "tea", "z": "b"},
        "How is tea (tea, b)?",
    ),
    "no doubled article": ("What is the {x}?", {"x": "The Bench"}, "What is the Bench?"),
    "an before a vowel": ("What is a {x}?", {"x": "intake"}, "What is an intake?"),
    "a before a consonant": ("What is an {x}?", {"x": "bench"}, "What is a bench?"),
    "emphasis around emphasis": ("What is **{x}**?", {"x": wrap("glue", STRONG)}, "What is **glue**?"),
    "emphasis of the document": ("{x}", {"x": f"use {wrap('hide glue', STRONG)} only"}, "Use **hide glue** only"),
    "a list on its own": ("{x}", {"x": ["a b", "c"]}, "- A b\n- C"),
    "a list in a sentence": ("They are {x}.", {"x": ["a", "b", "c"]}, "They are a, b and c."),
    "items with commas": ("They are {x}.", {"x": ["a, b", "c"]}, "They are a, b; c."),
    "a list below a line": ("Three things:\n{x}", {"x": ["a", "b", "c"]}, "Three things:\n- A\n- B\n- C"),
    "blanks": ("{x}  and [ {y}] {z}", {"x": "a", "y": "", "z": "b"}, "A and b"),
    "a filter": ("What is {x|lower}?", {"x": "The Bench"}, "What is the bench?"),
    "filters in a row": ("{x|first|bare}", {"x": "This is a bench. It stands."}, "Bench"),
}

FILTERED = {
    "first": [
        ("One. Two.", "One."),
        ("", ""),
    ],
    "brief": [
        ("What we look for", "What we look for"),
        ("The menders who work at this bench will", ""),
    ],
    "short": [
        ("One. Two.", "One. Two."),
        (LONG, LONG[: LONG.index(", while")]),
        ("One is short. " + LONG, "One is short. " + LONG),
        (
            "This first sentence is long enough to say something of its own. " + LONG,
            "This first sentence is long enough to say something of its own.",
        ),
        ("Mapping, drawing, and building whole benches for very small workshops.",) * 2,
        ("It is short. So is this one. And this.", "It is short. So is this one."),
    ],
    "full": [
        (f"One comes first here today. {LONG}", f"One comes first here today. {LONG}"),
        (f"{LONG} {LONG}", LONG),
    ],
    "bare": [
        ("Specifically, this is the bench.", "bench"),
        ("It refers to a plan of work.", "plan of work"),
        ("The way you hold a saw says more than words do.", "The way you hold a saw says more than words do"),
        ("To hold wood.", "hold wood"),
        ("This is why we wait.", "This is why we wait"),
        ("It is falling apart.", "It is falling apart"),
        ("4. Trial day", "Trial day"),
        ("4.5 hours", "4.5 hours"),
        ("This usually involves a joint.", "joint"),
        ("This could involve a joint.", "This could involve a joint"),
        ("Be prepared to talk about glue.", "talk about glue"),
        ("Make sure to sweep.", "sweep"),
        ("Make sure that the door is shut.", "Make sure that the door is shut"),
        ("One thing. Another thing.", "One thing. Another thing."),
        ("The", "The"),
    ],
    "plural": [
        ("level", "levels"),
        ("Key figure", "Key figures"),
        ("city", "cities"),
        ("day", "days"),
        ("process", "processes"),
        ("batch", "batches"),
        ("hours", "hours"),
        ("KPI", "KPIs"),
        ("Stage:", "Stages"),
        (f"{STRONG[0]}Stage{STRONG[1]}", f"{STRONG[0]}Stages{STRONG[1]}"),
    ],
    "lower": [
        ("The bench", "the bench"),
        ("Interview Process", "interview process"),
        ("Larkspur Culture & Values", "Larkspur culture & values"),
        ("UX Research", "UX research"),
        ("A/B testing", "A/B testing"),
        ("I think so", "I think so"),
        ("A bench", "a bench"),
        ("Larkspur wins", "Larkspur wins"),
    ],
}

FITS = {
    "What is  it ?": "What is it?",
    "what is it??": "What is it?",
    "It is so..": "It is so.",
    "It is so...": "It is so...",
    "It is () so.": "It is so.",
    "one of of them": "One of them",
    "“Why?”?": "“Why?”",
    "**what** is it?": "**What** is it?",
    "a, . b": "A. b",
    "node.js 3..5": "Node.js 3.5",
}


@pytest.mark.parametrize(("source", "values", "expected"), FILLS.values(), ids=FILLS)
def test_a_template_is_filled_as_grammar_wants(source: str, values: dict[str, str | list[str]], expected: str) -> None:
    """What stands between the words of a rule and the words of a document fits both."""
    template, problems = parse(source)

    assert problems == []
    assert fill(template, values.__getitem__, {"Larkspur"}).text == expected


@pytest.mark.parametrize(
    ("name", "text", "expected"), [(name, *case) for name, cases in FILTERED.items() for case in cases]
)
def test_a_filter_changes_a_text(name: str, text: str, expected: str) -> None:
    """Each filter does the one thing its name says."""
    assert FILTERS[name](text, {"Larkspur"}) == expected


def test_short_never_ends_in_the_middle_of_a_clause() -> None:
    """Cut anywhere, the end is no article, conjunction, comma, colon or ellipsis."""
    for words in range(6, 40):
        end = shortened(LONG, words).rsplit(None, 1)[-1]
        assert end.rstrip(".").isalpha()
        assert end not in ("and", "the", "a", "by", "while", "that")


@pytest.mark.parametrize(("text", "expected"), FITS.items())
def test_a_text_is_made_to_fit(text: str, expected: str) -> None:
    """Blanks, doubled words and doubled punctuation go; a capital comes."""
    assert fitting(text) == expected


def test_a_placeholder_that_is_empty_leaves_no_text() -> None:
    """The name of what is missing comes back in its place."""
    template, _ = parse("What is {x} of {y}?")

    assert fill(template, {"x": "a", "y": ""}.__getitem__).missing == "y"


@pytest.mark.parametrize(
    ("word", "vowel"),
    [
        ("API", True),
        ("UI", False),
        ("user", False),
        ("SQL", True),
        ("DAG", False),
        ("one-off", False),
        ("upsert", True),
    ],
)
def test_an_goes_by_sound(word: str, vowel: bool) -> None:
    """Letters said one by one, "use" and "one" sound otherwise than they look."""
    assert begins_with_vowel(word) is vowel
