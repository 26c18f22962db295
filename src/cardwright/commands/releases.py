"""What learners have, as a project remembers it: read, found lost, or made anew."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cardwright.commands import git
from cardwright.diagnostics import Diagnostic, Span, error, warning
from cardwright.files import TextFile, digest, read_text
from cardwright.settings import Settings

if TYPE_CHECKING:
    from cardwright.memory.released import Released

__all__ = ["RELEASED_LOCK", "remembered", "uncommitted"]

RELEASED_LOCK = "released.lock"

# What a learner may have imported.
_PACKAGES = ("*.apkg", "*.anki.txt")
_COST = (
    "{who} as changed once: where a learner edited such a note or its tags, the next import overwrites that; reviews "
    "stay, since the same namespace, kind and id make the same note. What only the memory knew is forgotten: cards "
    "with a new id since their release come as new notes, and former deck names and retired cards are not known"
)
_ALL = "all notes count"
_NEXT = "the next build would give the notes of this release other times"
_COMMIT = "commit it together with the cards"
_OTHERWISE = f"Then {_COMMIT}. For a project that is not meant to be in that repository: git init."


def remembered(settings: Settings, *, relock: bool = False) -> tuple[Released, TextFile | None, list[Diagnostic]]:
    """The memory of releases, its file (None where there is none), and what is wrong with it.

    That there is none is an error where something tells of an earlier release. With `relock` what can be read is
    kept, the rest is left to be made anew, and what that costs learners is told.
    """
    from cardwright.memory import released

    lock = settings.folder("decks") / RELEASED_LOCK
    shown = settings.shown(lock)
    nothing = released.Released(settings.namespace, path=shown)
    if not lock.is_file():
        return nothing, None, [_made_anew(shown, _ALL)] if relock else _lost(settings, lock)
    if relock:
        return _salvaged(settings, lock)
    file, found = read_text(lock, shown)
    if file is None:
        return nothing, None, found
    known, problems = released.load(file, settings.namespace)
    return known, file, found + problems


def _salvaged(settings: Settings, lock: Path) -> tuple[Released, TextFile | None, list[Diagnostic]]:
    """What is readable of a file that may hold anything, also bytes that are no text."""
    from cardwright.memory import released
    from cardwright.memory.salvage import salvage

    shown = settings.shown(lock)
    try:
        data = lock.read_bytes()
    except OSError:
        return released.Released(settings.namespace, path=shown), None, read_text(lock, shown)[1]
    file = TextFile(shown, data.decode("utf-8", errors="surrogateescape").removeprefix("\ufeff"), digest(data))
    _, problems = released.load(file, settings.namespace)
    known, lost, hopeless = salvage(file, settings.namespace)
    if hopeless:
        return known, file, hopeless
    if not any(each.severity == "error" for each in problems):
        message = "this memory of releases is in order, and was kept as it is"
        return known, file, [Diagnostic("CW636", message, Span(shown), "leave --relock out", "info")]
    if not lost:
        message = "every line of this memory could be read and was kept; nothing is lost"
        return known, file, [Diagnostic("CW636", message, Span(shown), "", "info")]
    return known, file, [_made_anew(shown, f"{lost} lines could not be read; their notes count")]


def _made_anew(shown: str, who: str) -> Diagnostic:
    message = f"the memory of releases is made anew: {_COST.format(who=who)}"
    return warning("CW636", message, Span(shown), "tell learners; commit the new memory together with the cards")


def _lost(settings: Settings, lock: Path) -> list[Diagnostic]:
    """The error that the memory is gone, if there was one; a project that never built has none."""
    shown = settings.shown(lock)
    packages = sorted(path.name for pattern in _PACKAGES for path in lock.parent.glob(pattern))
    back, known = _in_git(settings.root, lock)
    if not packages and not known:
        return []
    why = f"there is {packages[0]} beside it" if packages else "git knows it"
    message = (
        f"the memory of what learners have is not there, and {why}: cards would be released as if for the first time"
    )
    found = f"bring it back: {back or 'from another copy of this project'}"
    way_out = f"{found}\n    If it is lost for good: cardwright build --relock\n    Then {_COST.format(who=_ALL)}."
    return [error("CW635", message, Span(shown), way_out)]


def uncommitted(settings: Settings) -> list[Diagnostic]:
    """The error that git knows another memory than the one on disk, or does not say; nothing where there is no git.

    Asked where the file really is: `decks/` may be a link, or a repository of its own.
    """
    lock = settings.folder("decks") / RELEASED_LOCK
    shown, file = settings.shown(lock), lock.resolve()
    if not file.is_file() or not git.knows_of(file.parent):
        return []
    every = ("status", "--porcelain", "--untracked-files=all", "--ignored")
    state, failure = git.asked(file.parent, *every, "--", file.name)
    if failure:
        message = f"git does not tell whether this memory of releases is committed: {failure}"
        return [error("CW573", message, Span(shown), f"do what this asks for, and release then: git status {shown}")]
    if state.startswith("!!"):
        way_out = f"take away the line that ignores it: git check-ignore -v {shown}\n    {_OTHERWISE}"
        return [error("CW571", f"git ignores this memory of releases: {_NEXT}", Span(shown), way_out)]
    if state:
        way_out = f"{_COMMIT}, and release then: git add {settings.cards} {settings.decks} && git commit"
        return [error("CW571", f"this memory of releases is not committed: {_NEXT}", Span(shown), way_out)]
    return []


def _in_git(root: Path, lock: Path) -> tuple[str, bool]:
    """The command that brings the file back, and whether git knows the file; without git nothing is known."""
    if not git.knows_of(root):
        return "", False
    name = lock.relative_to(root).as_posix()
    if git.asked(root, "ls-files", "--", name)[0]:
        return f"git restore {name}", True
    if commit := git.asked(root, "log", "-1", "--diff-filter=AM", "--format=%h", "--", name)[0]:
        return f"git restore --source={commit} {name}", True
    return "", False
