"""What Anki knows things by. The values pinned here are for ever: with others every learner would begin anew."""

from __future__ import annotations

from cardwright.decks.identity import births, content_hash, guid, part_id, settled_births, stable_id, word_digest
from decks.shelf import Shelf, basic


def test_guids_are_for_ever() -> None:
    """By namespace, kind and id; another one where it is taken."""
    assert guid("orla-pilots", "basic", "bow", ()) == "zYWktA6BBbJlMcRd"
    assert guid("orla-pilots", "cloze", "bow", ()) == "uCn0jCZ72jHykpVE"
    assert guid("orla-pilots", "basic", "bow", ["zYWktA6BBbJlMcRd"]) == "Go0LGwUvwqwT7CFs"


def test_parts_do_not_run_together() -> None:
    """Each part counts by itself: ("ab", "c") is not ("a", "bc")."""
    assert guid("ab", "basic", "c", ()) != guid("a", "basic", "bc", ())
    assert content_hash("basic", {"Front": "a", "Back": "bc"}, ()) != content_hash(
        "basic", {"Front": "ab", "Back": "c"}, ()
    )


def test_ids_are_for_ever() -> None:
    """In the range that is nobody's, and moved on where one is taken."""
    made = stable_id("orla-pilots", "note-type:basic", ())

    assert made == 1363580432
    assert 1 << 30 <= made < 1 << 31
    assert stable_id("orla-pilots", "note-type:basic", [made]) == made + 1
    assert part_id("orla-pilots", "basic:field:Front", ()) == 1372885823329785
    assert part_id("orla-pilots", "basic:field:Front", ()) < 1 << 53


def test_the_schema_is_for_ever(shelf: Shelf) -> None:
    """Names, order and ids of fields and templates as they were first released."""
    shelf.put(basic("bow"))
    shelf.deck("ship", "name: Ship\ncards: [words]")

    types = shelf.build().note_types

    assert types["basic"].name == "Cardwright basic (orla-pilots)"
    assert types["cloze"].name == "Cardwright cloze (orla-pilots)"
    assert [name for name, _ in types["basic"].fields] == [
        "Front", "Back", "Extra", "Source", "Id", "Reverse", "Typed", "Spare1", "Spare2", "Spare3",
    ]  # fmt: skip
    assert [name for name, _ in types["cloze"].fields] == [
        "Text",
        "Extra",
        "Source",
        "Id",
        "Spare1",
        "Spare2",
        "Spare3",
    ]
    assert [each.name for each in types["basic"].templates] == ["Recall", "Reverse", "Spare"]
    assert [each.name for each in types["cloze"].templates] == ["Cloze"]
    for each in types.values():
        ids = [number for _, number in each.fields] + [template.id for template in each.templates]
        assert len(set(ids)) == len(ids)


def test_words_are_known_again_whatever_their_case_and_spaces() -> None:
    """A line that was wrapped otherwise has the same words."""
    assert word_digest("The  Bow\n of a ship") == word_digest("the bow of a SHIP")
    assert word_digest("bow") != word_digest("stern")


def test_births_keep_clear_of_those_that_are_taken() -> None:
    """Ascending, past, and none twice."""
    assert births(3, 100_005, [98_990]) == [98970, 98980, 99000]
    assert births(0, 100_005, []) == []


def test_births_settle_the_same_way_whatever_the_order() -> None:
    """The greater guid moves, clear of everyone."""
    assert settled_births({"b": 50, "a": 50, "c": 40}, [30]) == {"a": 50, "b": 20, "c": 40}
