"""What extracting again does to the cards: it adds what is new and leaves alone what people have touched."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cardwright.cards.cardfile import CardFile
from cardwright.cards.edit import Addition
from cardwright.cards.merge import decide
from cardwright.cards.plan import Conflict, Plan
from cardwright.files import TextFile
from cardwright.memory.extracted import Entry, Extracted, Said, dump
from cardwright.model import Card, Origin, Proposal, Source


def proposal(
    subject: str,
    *,
    document: str = "lines.txt",
    rule: str = "term",
    into: str = "trams",
    line: int = 0,
    back: str = "",
    front: str = "",
    id: str = "",
    label: str = "Lines",
    tags: tuple[str, ...] = (),
    draft: bool = False,
    origins: tuple[Origin, ...] = (),
) -> Proposal:
    """A proposal of which only the subject matters, unless more is said."""
    return Proposal(
        into,
        id or subject,
        origins or (Origin(document, rule, subject),),
        (Source(document, line),),
        front=front or f"What is {subject}?",
        back=back or f"It is {subject}.",
        tags=tags,
        draft=draft,
        label=label,
    )


def files_of(*cards: Card) -> list[CardFile]:
    """Cards as the card files they are in."""
    stems = dict.fromkeys(card.file for card in cards)
    return [
        CardFile(
            stem, stem, (), tuple(card for card in cards if card.file == stem), TextFile(f"cards/{stem}.yaml", "", "")
        )
        for stem in stems
    ]


def written(files: Sequence[CardFile], plan: Plan) -> list[CardFile]:
    """The files after the changes and additions of a plan; places do not matter here."""
    cards = [changed(card, plan.changes.get(card.id, {})) for file in files for card in file.cards]
    return files_of(*cards, *(each.card for group in plan.additions.values() for each in group))


def changed(card: Card, fields: Mapping[str, Said]) -> Card:
    """A card with other values in some of its fields."""
    values: dict[str, Any] = dict(fields)
    if "source" in values:
        parts = (each.rpartition(":") if ":" in each else (each, "", "0") for each in values.pop("source"))
        values["sources"] = tuple(Source(name, int(line)) for name, _, line in parts)
    return replace(card, **values)


def first_run(*proposals: Proposal) -> tuple[Extracted, list[CardFile]]:
    """A project in which these have been extracted."""
    plan = decide(Extracted(), proposals, [])
    return plan.memory, written([], plan)


def card_of(files: Sequence[CardFile], id: str) -> Card:
    """A card by its id."""
    return next(card for file in files for card in file.cards if card.id == id)


def test_the_first_run_adds_everything() -> None:
    """Each proposal becomes a card with its words, tags and places, and the memory knows what was said."""
    one = proposal("depot", line=4, tags=("trams",), draft=True)
    other = proposal("bell", into="signals")

    plan = decide(Extracted(), [one, other], [])

    assert {stem: [each.card.id for each in group] for stem, group in plan.additions.items()} == {
        "signals": ["bell"],
        "trams": ["depot"],
    }
    assert plan.additions["trams"][0].card == Card(
        "depot",
        "trams",
        front="What is depot?",
        back="It is depot.",
        tags=("trams",),
        sources=(Source("lines.txt", 4),),
        draft=True,
    )
    assert (plan.added, plan.drafts, plan.kept) == (("bell", "depot"), ("depot",), ())
    assert {entry.id: entry.fields for entry in plan.memory.entries}["depot"] == {
        "front": "What is depot?",
        "back": "It is depot.",
        "tags": ("trams",),
        "source": ("lines.txt:4",),
        "draft": True,
    }


def test_the_second_run_changes_nothing() -> None:
    """Same documents, same cards: nothing to add, the same memory to the byte."""
    proposals = [proposal("depot"), proposal("bell", tags=("x",))]
    memory, files = first_run(*proposals)

    plan = decide(memory, proposals, files)

    assert plan == Plan({}, memory, kept=("bell", "depot"))
    assert dump(plan.memory) == dump(memory)


def test_what_a_person_changed_stays() -> None:
    """An edited card is counted and left alone, and the memory goes on knowing the rules' words."""
    memory, files = first_run(proposal("depot"), proposal("bell"))
    edited = replace(card_of(files, "depot"), back="Where trams sleep.")

    plan = decide(memory, [proposal("depot"), proposal("bell")], files_of(edited, card_of(files, "bell")))

    assert plan == Plan({}, memory, kept=("bell", "depot"), edited=("depot",))


def test_what_a_person_deleted_stays_deleted() -> None:
    """A card that is in no file is marked, told once as gone, and never proposed again."""
    proposals = [proposal("depot"), proposal("bell")]
    memory, files = first_run(*proposals)
    left = files_of(card_of(files, "bell"))

    plan = decide(memory, proposals, left)
    again = decide(plan.memory, [replace(proposals[0], back="News."), proposals[1]], left)

    assert (plan.additions, plan.deleted, plan.gone) == ({}, ("depot",), ("depot",))
    assert (again.additions, again.deleted, again.gone) == ({}, ("depot",), ())
    assert [entry.fields for entry in again.memory.entries] == [entry.fields for entry in plan.memory.entries]


def test_a_card_that_a_person_brought_back_is_known_again() -> None:
    """A deletion that is undone leaves no trace."""
    memory, files = first_run(proposal("depot"))
    gone = decide(memory, [proposal("depot")], []).memory

    assert decide(gone, [proposal("depot")], files).memory == memory


def test_a_card_that_moved_to_another_file_stays_there() -> None:
    """People sort their cards; the memory follows."""
    memory, files = first_run(proposal("depot"), proposal("bell"))
    moved = replace(card_of(files, "depot"), file="places")

    plan = decide(memory, [proposal("depot"), proposal("bell")], files_of(moved, card_of(files, "bell")))

    assert (plan.additions, plan.edited, plan.deleted) == ({}, (), ())
    assert {entry.id: entry.file for entry in plan.memory.entries} == {"depot": "places", "bell": "trams"}


def test_an_unedited_card_follows_its_document() -> None:
    """Only the fields that changed are written, and the memory moves with the card."""
    memory, files = first_run(proposal("depot"))

    plan = decide(memory, [proposal("depot", back="A hall.", tags=("new",))], files)
    again = decide(plan.memory, [proposal("depot", back="A hall.", tags=("new",))], written(files, plan))

    assert plan.changes == {"depot": {"back": "A hall.", "tags": ("new",)}}
    assert (plan.updated, plan.edited, plan.conflicts) == (("depot",), (), ())
    assert again == Plan({}, plan.memory, kept=("depot",))


def test_news_of_an_edited_card_is_shown_and_not_imposed() -> None:
    """The base stays what went into the card, until a person takes the news or declines them."""
    memory, files = first_run(proposal("depot"))
    edited = files_of(replace(card_of(files, "depot"), back="Where trams sleep."))
    news = [proposal("depot", back="A hall.", tags=("new",))]

    plan = decide(memory, news, edited)
    accepted = decide(plan.memory, news, written(edited, plan), accept=["depot"])
    kept = decide(plan.memory, news, written(edited, plan), keep=["depot"])

    assert plan.changes == {"depot": {"tags": ("new",)}}
    assert plan.conflicts == (Conflict("depot", "back", "Where trams sleep.", "A hall.", "It is depot."),)
    assert accepted.changes == {"depot": {"back": "A hall."}}
    assert (accepted.conflicts, accepted.idle) == ((), ())
    assert (kept.changes, kept.conflicts, kept.idle) == ({}, (), ())
    assert [entry.seen for entry in kept.memory.entries] == [{"back": "A hall."}]


def test_news_that_was_declined_is_not_shown_again() -> None:
    """What a person has read is told once; other news are told with what was read last."""
    memory, files = first_run(proposal("depot"))
    edited = files_of(replace(card_of(files, "depot"), back="Where trams sleep."))
    seen = decide(memory, [proposal("depot", back="A hall.")], edited, keep=["depot"]).memory

    assert decide(seen, [proposal("depot", back="A hall.")], edited) == Plan(
        {}, seen, kept=("depot",), edited=("depot",)
    )
    assert decide(seen, [proposal("depot", back="A shed.")], edited).conflicts == (
        Conflict("depot", "back", "Where trams sleep.", "A shed.", "A hall."),
    )


def test_a_line_that_moved_is_followed_in_silence() -> None:
    """A document that grows at its beginning moves every line and changes no card."""
    memory, files = first_run(proposal("depot", line=4))

    plan = decide(memory, [proposal("depot", line=9)], files)

    assert plan.changes == {"depot": {"source": ("lines.txt:9",)}}
    assert (plan.updated, plan.edited, plan.kept) == ((), (), ("depot",))


def test_what_no_document_says_any_more_is_stale_and_stays() -> None:
    """Of documents that were not read, nothing is said."""
    memory, files = first_run(proposal("depot"), proposal("bell"), proposal("map", document="map.md"))

    plan = decide(memory, [proposal("bell")], files)
    empty = decide(memory, [], files, documents=["map.md"])

    assert (plan.stale, plan.kept, plan.memory) == (("depot",), ("bell", "depot"), memory)
    assert (empty.stale, empty.kept, empty.additions) == (("map",), ("map",), {})


def test_a_card_that_says_the_same_is_adopted() -> None:
    """A card that a person wrote, or that an interrupted run left, keeps its id."""
    card = Card("my-depot", "trams", front="What is depot?", back="It is depot.", tags=("mine",))

    plan = decide(Extracted(), [proposal("depot")], files_of(card))

    assert (plan.additions, plan.adopted, plan.added) == ({}, ("my-depot",), ())
    assert [(entry.id, entry.origins) for entry in plan.memory.entries] == [
        ("my-depot", (Origin("lines.txt", "term", "depot"),))
    ]


def test_the_same_words_from_another_document_are_the_same_card() -> None:
    """One card with two origins, whether both are new or one is known, and also if it was deleted."""
    here, there = proposal("depot"), proposal("depot", document="map.md")
    both = decide(Extracted(), [here, there], [])
    memory, files = first_run(here)
    later = decide(memory, [here, there], files)
    deleted = decide(memory, [here, there], [])

    assert [len(group) for group in both.additions.values()] == [1]
    assert both.additions["trams"][0].card.sources == (Source("lines.txt"), Source("map.md"))
    for plan in (both, later, deleted):
        assert [entry.origins for entry in plan.memory.entries] == [here.origins + there.origins]
    assert (later.additions, deleted.additions) == ({}, {})


def test_an_edited_card_that_says_it_too_is_the_same_card() -> None:
    """A person wrote what another document says; that is no second card."""
    memory, files = first_run(proposal("depot"))
    edited = files_of(replace(card_of(files, "depot"), back="A hall."))

    plan = decide(memory, [proposal("depot"), proposal("depot", document="map.md", back="A hall.")], edited)

    assert plan.additions == {}


def test_two_rules_that_agree_find_their_card_when_one_is_gone() -> None:
    """A joined card is known by each of its origins, and a part of it is no new card."""
    joined = (Origin("lines.txt", "term", "depot"), Origin("lines.txt", "list", "halls"))
    memory, files = first_run(proposal("depot", origins=joined))
    apart = [proposal("depot", back="A hall."), proposal("halls", rule="list", back="Three.")]

    for proposals in (apart, apart[:1], apart[1:], apart[::-1]):
        plan = decide(memory, proposals, files)
        assert (plan.additions, plan.stale, plan.updated) == ({}, (), ("depot",))
        assert decide(plan.memory, proposals, written(files, plan)).memory == plan.memory


def test_several_cards_of_one_subject_keep_their_own() -> None:
    """A rule may give several cards for one subject: each finds the one that says the same, a further one is new."""
    one, two, three = (proposal("depot", front=f"What is depot {each}?") for each in ("one", "two", "three"))
    memory, files = first_run(one, two)
    left = files_of(card_of(files, "depot"))
    gone = next(entry.id for entry in memory.entries if entry.id != "depot")

    assert decide(memory, [two, one], files).memory == memory
    assert decide(memory, [two], files).changes == {}
    assert decide(memory, [two, one], left).deleted == (gone,)
    assert decide(memory, [replace(two, back="News."), one], left).additions == {}
    assert decide(memory, [one, two, three], files).added == ("depot-lines-2",)


def test_ids_do_not_depend_on_the_order_of_proposals() -> None:
    """Three proposals wish for one id; whoever comes first in the run, each gets the same."""
    wishes = [proposal(each, id="stop", label=label) for each, label in (("a", "East"), ("b", "West"), ("c", "West"))]
    plans = [decide(Extracted(), order, []) for order in (wishes, wishes[::-1], [wishes[1], wishes[2], wishes[0]])]

    assert plans[0].added == ("stop", "stop-west", "stop-west-2")
    assert plans[0].memory == plans[1].memory == plans[2].memory


def test_ids_of_deleted_and_foreign_cards_are_taken() -> None:
    """An id that a learner may have is never given to another card."""
    memory = decide(first_run(proposal("depot"))[0], [], [], documents=["lines.txt"]).memory
    foreign = files_of(Card("bell", "other", front="x", back="y"))

    plan = decide(
        memory, [proposal("depot", rule="new", front="Quite other?", back="Hm."), proposal("bell", back="Hm.")], foreign
    )

    assert plan.added == ("bell-lines", "depot-lines")


@pytest.mark.parametrize(
    ("there", "new", "expected"),
    [
        ([1, 5, 9], [6], [(6, 5)]),
        ([1, 5, 9], [9.5], [(9.5, 9)]),
        ([1, 5], [2, 3, 7], [(2, 1), (3, 2), (7, 5)]),
        ([5], [2, 3], [(2, 5), (3, 5)]),
        ([], [3, 2], [(2, None), (3, None)]),
    ],
    ids=["between", "behind", "several", "before all", "alone"],
)
def test_a_new_card_stands_near_its_neighbours(
    there: list[float], new: list[float], expected: list[tuple[float, float | None]]
) -> None:
    """Behind the card that comes before it in the document, else near the next one, else at the end."""
    at = {each: proposal(f"p{int(each * 10)}", line=int(each * 10)) for each in (*there, *new)}
    memory, files = first_run(*(at[each] for each in there))

    plan = decide(memory, [at[each] for each in (*new, *there)], files)

    names = {each: at[each].id for each in at}
    assert [(each.card.id, each.after) for each in plan.additions["trams"]] == [
        (names[card], names[after] if after is not None else None) for card, after in expected
    ]


def test_neighbours_are_looked_for_in_the_same_document_and_file() -> None:
    """A line number says nothing about another document."""
    memory, files = first_run(proposal("depot", line=1), proposal("far", line=2, into="other"))

    plan = decide(
        memory,
        [proposal("depot", line=1), proposal("far", line=2, into="other"), proposal("map", document="map.md", line=3)],
        files,
    )

    assert plan.additions["trams"] == (Addition(plan.additions["trams"][0].card, None),)


def test_words_in_another_form_are_no_news() -> None:
    """Accents, line ends and blank edges are brought into one form before anything is compared."""
    memory, files = first_run(proposal("depot", back="Süd\nWest"))

    assert decide(memory, [proposal("depot", back=" Su\u0308d\r\nWest\n")], files) == Plan({}, memory, kept=("depot",))


_SUBJECTS = st.sampled_from("abc")
_ORIGINS = st.builds(Origin, st.sampled_from(["one.txt", "two.md"]), st.sampled_from(["term", "list"]), _SUBJECTS)
_PROPOSALS = st.lists(
    st.builds(
        proposal,
        _SUBJECTS,
        document=st.sampled_from(["one.txt", "two.md"]),
        rule=st.sampled_from(["term", "list"]),
        into=st.sampled_from(["trams", "signals"]),
        line=st.integers(0, 3),
        front=st.sampled_from(["", "p", "q"]),
        back=st.sampled_from(["", "x", "y"]),
        id=st.sampled_from(["", "stop"]),
        label=st.sampled_from(["", "East"]),
        origins=st.just(()) | st.lists(_ORIGINS, max_size=3, unique=True).map(tuple),
    ),
    max_size=6,
)


@st.composite
def histories(draw: st.DrawFn) -> tuple[Extracted, list[CardFile]]:
    """A project after a few extractions and edits by hand: words changed, cards deleted, moved and copied."""
    memory, files = Extracted(), files_of()
    for _ in range(draw(st.integers(0, 3))):
        plan = decide(memory, draw(_PROPOSALS), files)
        memory, files = plan.memory, written(files, plan)
        cards = [card for file in files for card in file.cards]
        for card in list(cards):
            match draw(st.sampled_from(["keep", "keep", "edit", "ask", "delete", "move", "copy"])):
                case "edit":
                    cards[cards.index(card)] = replace(card, back=draw(st.sampled_from(["x", "mine"])))
                case "ask":
                    cards[cards.index(card)] = replace(card, front=draw(st.sampled_from(["p", "mine"])))
                case "delete":
                    cards.remove(card)
                case "move":
                    cards[cards.index(card)] = replace(card, file="elsewhere")
                case "copy" if not any(each.id == f"{card.id}-copy" for each in cards):
                    cards.append(replace(card, id=f"{card.id}-copy"))
        files = files_of(*cards)
    return memory, files


@settings(max_examples=200, deadline=None)
@given(histories(), _PROPOSALS, st.randoms(use_true_random=False))
def test_laws_of_extracting(
    history: tuple[Extracted, list[CardFile]], proposals: list[Proposal], chance: random.Random
) -> None:
    """Twice is once; an interruption at any card is safe; order does not matter; nothing deleted comes back."""
    memory, files = history
    plan = decide(memory, proposals, files)
    after = written(files, plan)

    again = decide(plan.memory, proposals, after)
    assert (again.additions, again.adopted, again.memory) == ({}, (), plan.memory)

    new = [each.card for group in plan.additions.values() for each in group]
    some = [card for card in new if chance.random() < 0.5]
    there = [card for file in files for card in file.cards]
    for stopped in (new, some):
        resumed = decide(memory, proposals, files_of(*there, *stopped))
        assert resumed.memory == plan.memory
        left = [each.card for group in resumed.additions.values() for each in group]
        assert sorted(card.id for card in left) == sorted(card.id for card in new if card not in stopped)

    shuffled = list(proposals)
    chance.shuffle(shuffled)
    mixed = decide(memory, shuffled, files[::-1])
    assert (mixed.memory, mixed.added) == (plan.memory, plan.added)

    known = {entry.id for entry in memory.entries}
    assert known <= {entry.id for entry in plan.memory.entries}
    assert not known & {card.id for card in new}
    assert len({card.id for card in (*there, *new)}) == len(there) + len(new)


def test_an_entry_is_marked_only_by_what_the_files_say() -> None:
    """A memory that speaks of cards nobody has is no reason to stop."""
    entry = Entry("ghost", "trams", (Origin("lines.txt", "term", "ghost"),), {})

    assert decide(Extracted.of([entry]), [], []).memory == Extracted.of([replace(entry, deleted=True)])
