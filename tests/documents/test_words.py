"""vocabulary.yaml, sources.yaml, and what is inferred where they are silent."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cardwright.documents import load_sources, load_vocabulary, read
from cardwright.files import TextFile, read_text
from cardwright.model import Document, DocumentInfo

Reader = Callable[..., Document]


def yaml(text: str) -> TextFile:
    """A YAML file as if it had been read."""
    return TextFile("words.yaml", text, "")


SHIPPED = [
    ("Interview Process Overview", "stages"),
    ("Culture & Core Values", "values"),
    ("Company Culture", "culture"),
    ("Key Responsibilities", "responsibilities"),
    ("Role Requirements & Qualifications", "requirements"),
    ("What You'll Bring", "requirements"),
    ("What you’ll bring", "requirements"),
    ("Compensation & Benefits", "pay"),
    ("Perks", "benefits"),
    ("Mistakes to Avoid", "pitfalls"),
    ("Frequently Asked Questions", "faq"),
    ("Common Interview Questions", "questions"),
    ("Tools & Technology Stack", "tools"),
    ("Other General Tips", "tips"),
    ("How to Apply", "application"),
    ("Glossary of Storage", "glossary"),
    ("TL;DR", "summary"),
    ("About Us", "company"),
    ("A Walk in the Woods", ""),
    ("Paycheck", ""),
    ("", ""),
]


@pytest.mark.parametrize(("heading", "kind"), SHIPPED)
def test_the_shipped_vocabulary_knows_common_headings(heading: str, kind: str) -> None:
    """The longest phrase wins, words are found on their borders, and the file has no problem."""
    file, _ = read_text(Path(__file__).parents[2] / "rules" / "vocabulary.yaml", "rules/vocabulary.yaml")
    assert file is not None
    vocabulary, found = load_vocabulary(file)
    assert not found
    assert vocabulary.kind_of(heading)[0] == kind


BROKEN = [
    ("an unknown key", "kind:\n  a:\n    words: [b]\n", "CW207"),
    ("a kind without words", "kinds:\n  culture:\n    ordered: true\n", "CW208"),
    ("a kind with a capital", "kinds:\n  Culture:\n    words: [b]\n", "CW209"),
    ("a word under two kinds", "kinds:\n  a:\n    words: [same]\n  b:\n    words: [Same]\n", "CW109"),
    ("a pattern RE2 refuses", "asides:\n  advert:\n    block: ['(?=x)']\n", "CW108"),
    ("a pattern that meets nothing at all", "asides:\n  advert:\n    block: ['x*']\n", "CW108"),
    ("a backspace in double quotes", 'asides:\n  advert:\n    block: ["\\bx"]\n', "CW108"),
    ("a reason of two words", "asides:\n  no content:\n    block: [x]\n", "CW209"),
    ("no mapping", "- a\n- b\n", "CW206"),
    ("no YAML", "kinds: [", "CW201"),
]


@pytest.mark.parametrize(("text", "code"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN])
def test_a_broken_vocabulary_is_told_of_with_place_and_way_out(text: str, code: str) -> None:
    """One problem, one diagnostic, and a vocabulary that can still be used."""
    vocabulary, found = load_vocabulary(yaml(text))
    assert [each.code for each in found] == [code]
    assert found[0].span.line >= 1
    assert found[0].help
    assert vocabulary.kind_of("Anything")[0] == ""


def test_an_empty_vocabulary_is_one() -> None:
    """A project may do without; documents are read then without kinds and asides."""
    vocabulary, found = load_vocabulary(yaml(""))
    assert not found
    assert not vocabulary.is_label("Judgment")


def test_sources_give_what_is_known_of_each_document() -> None:
    """Keys are optional, and a document may be named without any."""
    text = "a.txt:\n  title: A Mill\n  label: mill\n  skip: [Perks, 3-4]\nb.txt:\n  company: Oakrow\nc.txt:\n"
    infos, found = load_sources(yaml(text))
    assert not found
    assert infos == {
        "a.txt": DocumentInfo("a.txt", title="A Mill", label="mill", skip=("Perks", "3-4")),
        "b.txt": DocumentInfo("b.txt", company="Oakrow"),
        "c.txt": DocumentInfo("c.txt"),
    }


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a.txt:\n  titel: A\n", "CW207"),
        ("a.txt: A\n", "CW206"),
        ("- a\n", "CW206"),
        ("a.txt:\n  url: here\n", "CW209"),
    ],
    ids=["a misspelt key", "a text for an entry", "a list", "an address that is none"],
)
def test_broken_sources_are_told_of(text: str, code: str) -> None:
    """What is wrong has a place and a way out."""
    _, found = load_sources(yaml(text))
    assert [each.code for each in found] == [code]
    assert found[0].help


def test_empty_sources_know_nothing() -> None:
    """An empty file is no problem."""
    assert load_sources(yaml("")) == ({}, [])


INFERRED = [
    ("a title is inferred from the first line", "Running a Mill\nThe stones turn slowly all day long.\n", {"title": "Running a Mill"}),
    ("a first sentence is no title", "The stones turn slowly all day long.\nAnd so on.\n", {"title": ""}),
    ("a first fact is no title", "Company: Oakrow\nLocation: Graz\n", {"title": "", "company": "Oakrow"}),
    ("a first question is no title", "What Is a Miller?\nA miller grinds grain into flour.\n", {"title": ""}),
    ("facts tell company, role and date", "Miller Wanted\nCompany: Oakrow\nJob Title: Head Miller\nDate Posted: 2027-01-02\n",
     {"company": "Oakrow", "role": "Head Miller", "date": "2027-01-02"}),
    ("a company in the title must come again", "Life at Oakrow\nThe stones turn slowly all day long.\n", {"company": ""}),
    ("a title in capitals", "THE HARBOUR OFFICE\nHOW WE WORK - PRINCIPLES FOR ALL WHO JOIN\n\nWHO WE ARE\n\nThe Harbour Office keeps the lights of nine islands and rings the bells in fog.\n", {"title": "THE HARBOUR OFFICE", "label": "principles page", "company": "Harbour Office"}),
    ("who speaks in the first lines", "Streaming glossary\n\nWords that we use at Copper Lane when we move data. At Copper Lane a topic is a log.\n", {"company": "Copper Lane", "label": "streaming glossary"}),
    ("who has the rights", "How we decide\n\nMost things are decided by one person at the pier, and written down.\n\nOakrow Mills decides slowly. Oakrow Mills decides once.\n\n© 2027 Oakrow Mills Ltd.\n", {"company": "Oakrow Mills"}),
    ("a trade in small letters", "Interview guide for night pilots and backend engineers\n\nWe ask what you would do in a fog, and then we listen.\n", {"role": "", "label": "interview guide"}),
    ("the trade that a guide is for", "Interview guide for backend engineers\n\nWe ask what you would do in a fog, and then we listen.\n", {"role": "backend engineer", "label": "backend engineer interview guide"}),
    ("a team is no company", "Notes\n\nNine islands are served by eleven boats, and each boat has a crew of four.\n\nDigital has three groups of people. Digital builds. Digital runs. Digital sells.\n", {"company": ""}),
    ("a tool to join is no company", "Onboarding\n\nJoin Chatter on your first day. Chatter has all channels. Chatter is where we talk.\n", {"company": ""}),
    ("a place is no company", "Handbook\n\nWe meet at Central Station. Central Station is near the mill.\n", {"company": ""}),
    ("a currency is no company", "What it pays\n\nSea days are paid at NOK 1,900 each. Nets are lent at NOK 40 a week, and NOK 5 a day after that.\n", {"company": ""}),
    ("a town is no company", "How to come\n\nArrive at Fernbridge by noon. At Fernbridge you change. Rooms in Fernbridge, or near it, are cheap.\n", {"company": ""}),
    ("a handbook with duties and benefits is no posting", "Team handbook\n\nWhat You Will Do:\n\n- Bring ships in\n- Bring ships out\n\nWhat You Bring:\n\n- A steady hand\n- Patience\n", {"label": "team handbook"}),
    ("the subject of a page is no company", "Notes\n\nRecursion is a way to call oneself again until nothing is left. Recursion has a base. Recursion is fun.\n", {"company": ""}),
    ("night is no company", "Working at Night\n\nAt night the mill is quiet. The night shift begins at ten.\n", {"company": ""}),
    ("a platform is no company", "Guide for the Data Platform Group\n\nThe Data Platform Group runs pipelines.\n", {"company": ""}),
    ("the company of the title counts before those of the text", "How we hire at Larkspur\n\nMillers at Oakrow and people at Oakrow know. We grind at Larkspur.\n", {"company": "Larkspur"}),
    ("who has a legal form", "How we decide\n\nMost things are decided by one person, and written down.\n\nInternal to Oakrow Mills plc. Oakrow prints no copies.\n", {"company": "Oakrow Mills"}),
    ("a vendor with a legal form is said once", "Notes\n\nPayments are made through Fernbridge GmbH, and printed at night.\n", {"company": ""}),
    ("what a title says first", "Oakrow Mills: Night Miller\n\nThe stones turn at night. Oakrow grinds for bakers. Bread is what Oakrow is known for.\n", {"company": "Oakrow Mills"}),
    ("a subject before a colon", "Data Work: words\n\nData is what we work with. Data comes first. We write data down, and Data again.\n", {"company": ""}),
    ("a name in capitals at the top", "OAKROW & DAUGHTERS\nMillers of rye and wheat\n\nFrom: Ines Oakrow\n\nOakrow & Daughters AS. Stone Street 9.\n", {"company": "Oakrow & Daughters"}),
    ("the first of a line of facts", "Night Miller\n\nOakrow · Fernbridge, Derbyshire · permanent\n\nTwo days a week at Fernbridge, the rest at home. Nights at Fernbridge are short.\n\nOakrow Ltd, Stone Street\n", {"company": "Oakrow"}),
    ("a name that addresses write small", "Notes\n\nMail goes to post@oakrow.example.\n\nInternal to Oakrow Mills plc. Oakrow prints no copies.\n", {"company": "Oakrow Mills"}),
    ("a trade in a title", "DevOps Engineer: Interview Guide\n\nMost of us have met DevOps before. Say what you make of DevOps.\n", {"company": ""}),
    ("a guide in capitals", "PYTHON STYLE GUIDE\n\nWe write Python, and we read more Python than we write. Nobody likes all of Python.\n", {"company": ""}),
    ("a trade before the facts", "Millers wanted\n\nSenior Miller Developer | Remote | Full-time\n\nA Senior helps. Ask a Senior first.\n", {"company": ""}),
    ("a service before the facts", "Millers wanted\n\nCustomer Service · Full-time · Graz\n\nYou talk to bakers.\n", {"company": ""}),
    ("where it is done before the facts", "Millers wanted\n\nRemote · Full-time · Milling\n\nRemote means at home. The Remote Handbook tells more.\n", {"company": ""}),
    ("a town in Nevada", "Visit us\n\nOur address: 12 Main Street, Las Vegas, NV 89101. The Las Vegas lab is open.\n", {"company": ""}),
    ("whose software it is", "Visit us\n\nThe mill is open.\n\nPowered by Fernbridge Software, Inc. Fernbridge keeps the data.\n", {"company": ""}),
    ("from whom they buy", "Visit us\n\nWe buy from Fernbridge Mills Ltd. Fernbridge sells oats.\n", {"company": ""}),
    ("a machine with a slash", "Visit us\n\nPower AS/400 machines run here. Power is needed.\n", {"company": ""}),
    ("a register of companies", "Mills\n\n" + "".join(f"- Mill{chr(97 + at)}row Ltd, Graz\n" for at in range(25)) + "\nMillarow is one.\n", {"company": ""}),
    ("who interviews is no role", "How We Interview Leads\n\nThe text is here for you.\n", {"role": ""}),
    ("a link that is none", "A Mill\nLink: see the intranet\nOwner: Ines\nTown: Graz\n", {"url": ""}),
    ("a text in capitals", "THIS NOTICE MAY CHANGE " * 12 + "\n", {"company": ""}),
    ("a company that comes again", "Life at Oakrow\nOakrow grinds. At Oakrow we bake. Oakrow sells bread.\n", {"company": "Oakrow"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in INFERRED], ids=[case[0] for case in INFERRED])
def test_blanks_are_filled_only_where_the_document_is_plain(
    document: Reader, text: str, expected: dict[str, str]
) -> None:
    """Blank beats wrong, and what was inferred is listed."""
    made = document(text)
    assert {key: getattr(made.info, key) for key in expected} == expected
    assert {key for key in expected if key in made.inferred} == {key for key, value in expected.items() if value}


def test_page_chrome_before_the_title_is_passed_over() -> None:
    """The first line that is no chrome is the title, and tells the role of a posting."""
    file, _ = read_text(Path(__file__).parents[2] / "rules" / "vocabulary.yaml", "rules/vocabulary.yaml")
    assert file is not None
    vocabulary, _ = load_vocabulary(file)
    text = (
        "Skip to main content\n< Back to all 12 jobs\n\nHarbour Pilot, Night (m/f/x)\n\nApply now   Save job\n\n"
        "What You Will Do:\n\n* Bring ships in\n* Bring ships out\n\nWhat You Bring:\n\n* A steady hand\n* Patience\n"
    )

    made, _ = read(text.encode(), DocumentInfo("a.txt"), vocabulary)

    assert made is not None
    assert (made.info.title, made.info.role, made.info.label) == (
        "Harbour Pilot, Night (m/f/x)",
        "Harbour Pilot",
        "Harbour Pilot posting",
    )


def test_the_title_of_a_page_tells_whose_site_it_is(document: Reader) -> None:
    """Where the page goes on naming it; a newspaper's is not what the page is about, but whom its first words are of."""
    page = "<html><head><title>How we work | {}</title></head><body><h1>How we work</h1><p>{}</p></body></html>"
    hawks = "Stoop &amp; Bell keeps hawks. Whoever joins Stoop &amp; Bell wears gloves."

    assert document(page.format("Stoop &amp; Bell", hawks), name="a.html").info.company == "Stoop & Bell"
    assert document(page.format("Morning Courier", hawks), name="a.html").info.company == "Stoop & Bell"
    gloves = "Gloves are worn by whoever keeps hawks, in summer and in winter."
    assert document(page.format("Morning Courier", gloves), name="a.html").info.company == ""


def test_what_sources_say_is_never_inferred_over(document: Reader) -> None:
    """Given values stay and are not listed as inferred."""
    made = document("Running a Mill\nCompany: Oakrow\nRole: Miller\n", title="Mills", company="Pinefold")
    assert (made.info.title, made.info.company, made.info.role) == ("Mills", "Pinefold", "Miller")
    assert made.inferred == ("label", "role")
