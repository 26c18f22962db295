"""`cardwright release`: what is handed out to learners, in one folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cardwright.commands import compiled
from cardwright.commands.alone import alone
from cardwright.commands.build import not_as_written, rendered
from cardwright.commands.earlier import Earlier, packages, successors, unlike_their_names
from cardwright.commands.releases import uncommitted
from cardwright.console import Outcome
from cardwright.diagnostics import Diagnostic, Span, error, failed
from cardwright.files import digest, replace_folder
from cardwright.settings import Settings

if TYPE_CHECKING:
    from cardwright.decks import Build

__all__ = ["CHECKSUMS", "FOLDER", "NEWS", "run"]

FOLDER = "dist"
NEWS = "NEWS.md"
CHECKSUMS = "SHA256SUMS"


def run(folder: Path, earlier: Sequence[Path]) -> Outcome:
    """Build from the committed memory, compare with the `earlier` packages, and write dist/ whole or not at all."""

    def work(settings: Settings) -> Outcome:
        build, found = _built(settings)
        before, problems = packages(settings, [folder / each for each in earlier])
        found.extend(problems)
        found.extend(uncommitted(settings))
        found.extend(_in_the_way(settings))
        if build is None or failed(found):
            return Outcome(diagnostics=tuple(found), root=settings.root)
        chosen = successors(build, before)
        found.extend(unlike_their_names(build, before, chosen))
        files = rendered(build)
        files[NEWS] = _news(build, before, chosen).encode()
        files[CHECKSUMS] = _checksums(files)
        replace_folder(settings.root / FOLDER, files)
        return _told(settings, files, before, found)

    return alone(folder, work)


def _built(settings: Settings) -> tuple[Build | None, list[Diagnostic]]:
    """What `cardwright build --locked` would write."""
    gathered, found = compiled.decks(settings)
    if failed(found):
        return None, found
    found.extend(compiled.in_no_deck(settings, gathered))
    build, problems = compiled.planned(settings, gathered, None, (), compiled.source_lines(settings, gathered))
    found.extend(problems)
    found.extend(not_as_written(gathered, build) if build else [])
    return build, found


def _in_the_way(settings: Settings) -> list[Diagnostic]:
    """What stands where the release goes and is not as a release wrote it; nothing else is replaced."""
    place = settings.root / FOLDER
    if not place.exists() and not place.is_symlink():
        return []
    way_out = f"move it elsewhere: a release takes the place of the whole {FOLDER}/"
    if not place.is_dir() or place.is_symlink():
        return [error("CW570", "this is no folder of a release", Span(FOLDER), way_out)]
    sums = place / CHECKSUMS
    lines = sums.read_text(encoding="utf-8", errors="replace").splitlines() if sums.is_file() else []
    known = {name: was for was, _, name in (line.partition("  ") for line in lines)}
    strange = sorted(each.name for each in place.iterdir() if not _as_released(each, known))
    if not strange:
        return []
    message = "this was not written by a release, or has been changed since"
    return [error("CW570", message, Span(f"{FOLDER}/{strange[0]}"), way_out)]


def _as_released(file: Path, known: Mapping[str, str]) -> bool:
    return file.is_file() and (file.name == CHECKSUMS or known.get(file.name) == digest(file.read_bytes()))


def _news(build: Build, before: Mapping[str, Earlier], chosen: Mapping[str, str]) -> str:
    from cardwright.decks import Update, compare, news

    stems = [deck.stem for deck in build.decks if "apkg" in deck.exports]
    updates = [
        Update(stem, compare(before[chosen[stem]].package, build, [stem]) if stem in chosen else None) for stem in stems
    ]
    given_up = {name: compare(each.package, build, []) for name, each in before.items() if name not in chosen.values()}
    return news(build, updates, given_up)


def _checksums(files: Mapping[str, bytes]) -> bytes:
    """As `sha256sum` writes and reads them."""
    return "".join(f"{digest(data)}  {name}\n" for name, data in sorted(files.items())).encode()


def _told(
    settings: Settings, files: Mapping[str, bytes], before: Mapping[str, Earlier], found: list[Diagnostic]
) -> Outcome:
    shown = [f"{FOLDER}/{name}" for name in files]
    compared = f"compared with {', '.join(before)}" if before else "compared with no earlier release"
    text = "\n".join([f"a release in {FOLDER}/, {compared}", *(f"  {name}" for name in shown)])
    steps = [
        f"Hand out the packages with {FOLDER}/{NEWS}, which says what to import and what to leave ticked.",
        "Keep a copy of them: the next release tells learners what is new with --since PATH.",
    ]
    if not before:
        steps.append(f"If there was a release before, name it now with --since PATH, so that {NEWS} says what is new.")
    data = {"files": shown, "compared": list(before)}
    return Outcome(text, data, tuple(steps), tuple(found), root=settings.root)
