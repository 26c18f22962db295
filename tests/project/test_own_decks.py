"""The project's own decks, built anew and imported into Anki's real backend."""

from __future__ import annotations

import csv
import html
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from anki.collection import Collection, CsvMetadata, ImportAnkiPackageRequest, ImportCsvRequest

from story import run_in

REPOSITORY = Path(__file__).parents[2]
BROKEN = re.compile(r"has a problem|front of this card is blank|No cloze|\{\{|unknown field", re.IGNORECASE)
PACKAGES = ("netflix-interview", "data-movement")
TABLES = ("notes", "cards", "decks", "notetypes", "fields", "templates", "revlog", "graves")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The decks folder of a copy of this project, built."""
    root = tmp_path_factory.mktemp("project")
    for name in ("seeds", "rules", "cards", "decks"):
        shutil.copytree(REPOSITORY / name, root / name, ignore=shutil.ignore_patterns("*.apkg", "*.csv", "*.anki.txt"))
    shutil.copy(REPOSITORY / "pyproject.toml", root)
    said = run_in(root, "build")
    assert said.code == 0, said.err
    return root / "decks"


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Collection]:
    """An empty collection."""
    opened = Collection(str(tmp_path / "collection.anki2"))
    yield opened
    opened.close()


def import_package(collection: Collection, package: Path):  # type: ignore[no-untyped-def]
    """Import with the options a fresh collection offers."""
    options = collection._backend.get_import_anki_package_presets()
    return collection.import_anki_package(ImportAnkiPackageRequest(package_path=str(package), options=options)).log


def rows(collection: Collection) -> dict[str, object]:
    """Every table whole."""
    assert collection.db is not None
    return {table: collection.db.all(f"select * from {table} order by 1, 2") for table in TABLES}


def read_csv(path: Path) -> list[dict[str, str]]:
    """The plain table as csv reads it."""
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def test_the_lock_is_what_a_build_makes_of_the_cards(built: Path) -> None:
    """Nobody edited cards and forgot to build: the committed memory of releases is up to date."""
    assert (built / "released.lock").read_bytes() == (REPOSITORY / "decks/released.lock").read_bytes()


@pytest.mark.parametrize("package", PACKAGES)
def test_every_note_arrives_as_built(built: Path, collection: Collection, package: str) -> None:
    """As many notes as rows, each with its deck and tags, none in conflict."""
    log = import_package(collection, built / f"{package}.apkg")
    table = read_csv(built / f"{package}.csv")

    assert len(log.new) == len(table) > 100
    assert len(log.updated) == len(log.conflicting) == len(log.duplicate) == 0
    for row in table:
        (note_id,) = collection.find_notes(f'"Id:{row["id"]}"')
        note = collection.get_note(note_id)
        decks = {collection.decks.name(card.did) for card in note.cards()}
        assert decks == {row["deck"]}
        assert sorted(note.tags) == sorted(row["tags"].split())


@pytest.mark.parametrize("package", PACKAGES)
def test_every_review_card_shows_a_question_and_an_answer(built: Path, collection: Collection, package: str) -> None:
    """Rendered by the real backend: nothing blank, no complaint of a template, the answer longer than the question."""
    import_package(collection, built / f"{package}.apkg")

    for card_id in collection.find_cards(""):
        output = collection.get_card(card_id).render_output()
        question, answer = (
            " ".join(html.unescape(re.sub(r"<style.*?</style>|<[^>]+>", " ", side, flags=re.DOTALL)).split())
            for side in (output.question_text, output.answer_text)
        )
        assert len(question) > 10, card_id
        assert answer != question, question
        assert not BROKEN.search(question + answer), question


@pytest.mark.parametrize("package", PACKAGES)
def test_anki_would_add_and_drop_no_review_card(built: Path, collection: Collection, package: str) -> None:
    """The package's review cards are those Anki itself makes, and the collection is sound."""
    import_package(collection, built / f"{package}.apkg")
    before = sorted(collection.find_cards(""))
    collection.after_note_updates(list(collection.find_notes("")), mark_modified=False, generate_cards=True)

    assert sorted(collection.find_cards("")) == before
    assert not list(collection.get_empty_cards().notes)
    problems, sound = collection.fix_integrity()
    assert sound, problems


def test_importing_again_changes_nothing(built: Path, collection: Collection) -> None:
    """Neither the package a second time nor the text export over it touches a row."""
    import_package(collection, built / "netflix-interview.apkg")
    before = rows(collection)

    again = import_package(collection, built / "netflix-interview.apkg")
    path = str(built / "netflix-interview.anki.txt")
    metadata: CsvMetadata = collection.get_csv_metadata(path, delimiter=None)
    text = collection.import_csv(ImportCsvRequest(path=path, metadata=metadata)).log

    for log in (again, text):
        assert len(log.new) == len(log.updated) == len(log.conflicting) == 0
    assert rows(collection) == before


def test_packages_that_share_a_card_file_give_their_union(built: Path, collection: Collection) -> None:
    """The small deck after the large one adds nothing; the other way round the rest arrives."""
    for package in reversed(PACKAGES):
        import_package(collection, built / f"{package}.apkg")

    assert collection.note_count() == len(read_csv(built / "netflix-interview.csv"))
    assert not [deck.name for deck in collection.decks.all_names_and_ids() if deck.name.endswith(("_", "+"))]
