"""`check --fix`: cards without an id get one in their file, and nothing else there changes."""

from __future__ import annotations

import pytest

from cardwright.files import claim
from story import Story

# (the file before, the file after): ¶ stands for the line end, so that each is tried with both kinds
STYLES = {
    "hyphen and key on one line": (
        "title: T¶cards:¶  - front: A b c?  # why¶    back: x¶",
        "title: T¶cards:¶  - id: a-b-c¶    front: A b c?  # why¶    back: x¶",
    ),
    "a wide hyphen": (
        "title: T¶cards:¶-   front: A b c?¶    back: x¶",
        "title: T¶cards:¶-   id: a-b-c¶    front: A b c?¶    back: x¶",
    ),
    "keys below the hyphen": (
        "title: T¶cards:¶  -  # one¶    # two¶    front: A b c?¶    back: x¶# three¶",
        "title: T¶cards:¶  -  # one¶    # two¶    id: a-b-c¶    front: A b c?¶    back: x¶# three¶",
    ),
    "brackets": (
        'title: T¶cards:¶  - { front: "A b c?",¶      back: x }¶',
        'title: T¶cards:¶  - { id: a-b-c, front: "A b c?",¶      back: x }¶',
    ),
    "a file in brackets": (
        '{"title": "T", "cards": [{"front": "A b c?", "back": "x"}]}',
        '{"title": "T", "cards": [{id: a-b-c, "front": "A b c?", "back": "x"}]}',
    ),
    "an id left empty": (
        "title: T¶cards:¶  - id:   # later¶    front: A b c?¶    back: x¶",
        "title: T¶cards:¶  - id: a-b-c   # later¶    front: A b c?¶    back: x¶",
    ),
    "an id of empty quotes": (
        "title: T¶cards:¶  - front: A b c?¶    id: ''¶    back: x¶",
        "title: T¶cards:¶  - front: A b c?¶    id: a-b-c¶    back: x¶",
    ),
    "a block first, no line end last": (
        "title: T¶cards:¶  - front: |-¶      A b c?¶    back: >¶      x¶      y",
        "title: T¶cards:¶  - id: a-b-c¶    front: |-¶      A b c?¶    back: >¶      x¶      y",
    ),
    "an anchor": (
        "title: T¶cards:¶  - &one¶    front: A b c?¶    back: x¶",
        "title: T¶cards:¶  - &one¶    id: a-b-c¶    front: A b c?¶    back: x¶",
    ),
    "a cloze": (
        "title: T¶cards:¶  - cloze: '{{c1::Trams}} run on b c.'¶",
        "title: T¶cards:¶  - id: trams-run-on-b-c¶    cloze: '{{c1::Trams}} run on b c.'¶",
    ),
}


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["unix", "windows"])
@pytest.mark.parametrize("case", STYLES)
def test_only_the_id_is_added(story: Story, case: str, end: str) -> None:
    """Comments, quotes, line ends, the mark at the beginning and a missing end of the last line stay."""
    before, after = (f"\ufeff{text}".replace("¶", end) for text in STYLES[case])
    story.write_bytes("cards/a.yaml", before.encode())

    said = story.run("check", "--fix")

    assert story.read("cards/a.yaml") == after
    assert said.code == 0
    assert "info[CW401]: this card had no id and got '" in said.err
    assert story.run("check", "--fix").err == ""


def test_each_id_is_new_in_the_whole_project(story: Story) -> None:
    """Ids of other files, of cards deleted by hand and of retired notes are taken; those of one run are not given twice."""
    story.write("seeds/tram.md", "# Trams\n\n- Depot: where trams sleep.\n")
    story.write(
        "rules/a.yaml",
        "into: x\nrules:\n  - {name: r, select: 'ul.terms > li', front: 'Tram {dfn}?', back: '{rest}'}\n",
    )
    assert story.run("extract").code == 0
    story.write("cards/x.yaml", "title: X\ncards: []\n")
    story.write("cards/a.yaml", "title: A\ncards:\n  - {id: stop, front: Other?, back: x}\n")
    story.write(
        "cards/b.yaml",
        "title: B\ncards:\n  - {front: 'Stop!', back: x}\n  - {front: Stop?, back: x}\n  - {front: Depot?, back: x}\n",
    )

    said = story.run("check", "--fix", "--format", "json")

    assert [each["message"].split("'")[1] for each in said.data if each["code"] == "CW401"] == [
        "stop-2",
        "stop-3",
        "depot-2",
    ]


def test_what_else_is_wrong_is_still_shown(story: Story) -> None:
    """Ids are written where they can be; the other errors stay errors."""
    story.write("cards/a.yaml", "title: A\ncards:\n  - front: One?\n  - back: only\n")

    said = story.run("check", "--fix")

    assert said.code == 1
    assert story.read("cards/a.yaml") == "title: A\ncards:\n  - id: one\n    front: One?\n  - back: only\n"
    assert said.err.count("error[CW407]") == 2
    assert "cards/a.yaml:5:5: error[CW401]" in said.err


REFUSED = {
    "one card that stands twice": ("title: T\ncards:\n  - &a\n    front: A b?\n    back: x\n  - *a\n", "CW422"),
    "a key with a question mark": ("title: T\ncards:\n  - ? front\n    : A b?\n    back: x\n", "CW422"),
    "a file that YAML misreads": ("title: T\ncards:\n  - front: A: b?\n    back: x\n", "CW401"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_where_it_is_not_sure_nothing_is_written(story: Story, case: str) -> None:
    """A message says what to write by hand."""
    text, code = REFUSED[case]
    story.write("cards/a.yaml", text)

    said = story.run("check", "--fix")

    assert said.code == 1
    assert f"error[{code}]" in said.err
    assert "'id: a-b" in said.err
    assert story.read("cards/a.yaml") == text


def test_without_fix_nothing_is_written(story: Story) -> None:
    """The message has the line to paste and names the option."""
    story.write("cards/a.yaml", "title: A\ncards:\n  - front: One?\n    back: x\n")
    before = story.files()

    said = story.run("check")

    assert "help: add the line 'id: one', or run 'cardwright check --fix'" in said.err
    assert story.files() == before


def test_another_run_is_waited_for(story: Story) -> None:
    """While another run writes the project, ids are not written."""
    story.write("cards/a.yaml", "title: A\ncards:\n  - front: One?\n    back: x\n")
    before = story.read("cards/a.yaml")

    with claim(story.root / ".cardwright"):
        said = story.run("check", "--fix")

    assert "error[CW005]" in said.err
    assert story.read("cards/a.yaml") == before


def test_annotations_are_printed_where_the_runner_reads_them(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    """On stdout, with the path from the repository's folder, the range, and what else the message says."""
    monkeypatch.setenv("GITHUB_WORKSPACE", str(story.root.parent))
    story.write(
        "cards/a.yaml", "title: A\ncards:\n  - {id: a, front: One?, back: 100%}\n  - {id: a, front: Two?, back: x}\n"
    )

    said = story.run("check", "--format", "github")

    assert said.out == (
        f"::error file={story.root.name}/cards/a.yaml,line=4,col=10,endColumn=11,title=CW403::two cards have the id 'a'"
        "%0Aalso: cards/a.yaml:3:10: the first one"
        "%0Ahelp: give the newer one another id; the older one keeps its learners' history\n"
    )
