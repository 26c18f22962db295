"""What the rules say of a known card now, where several proposals may speak for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cardwright.cards.fresh import merged
from cardwright.cards.known import Words, words
from cardwright.memory.extracted import Entry, Said, said_by
from cardwright.model import CONTENT_FIELDS, Proposal, Source

__all__ = ["again", "news", "speaker"]


def speaker(group: Sequence[Proposal], base: Words, stands: Words) -> Proposal:
    """The one of several whose words count: who says what was said before, then who says what the card says."""
    wanted = (base, stands)
    return min(group, key=lambda each: wanted.index(words(each)) if words(each) in wanted else len(wanted))


def news(entry: Entry, group: Sequence[Proposal], one: Proposal, *, silent: bool) -> dict[str, Said]:
    """Every field as the rules say it, in the words of `one`, with the places of all.

    With documents that were not read (`silent`) the words said before may still be said there, and only
    additions are certain.
    """
    alike = merged([each for each in group if words(each) == words(one)])
    says = said_by(replace(alike, sources=merged(group).sources))
    if not silent:
        return says
    held = {name: entry.fields[name] for name in (*CONTENT_FIELDS, "reverse") if name in entry.fields}
    tags = entry.fields.get("tags", ())
    if isinstance(tags, tuple) and (more := (*tags, *(tag for tag in alike.tags if tag not in tags))):
        held["tags"] = more
    if alike.draft and entry.fields.get("draft"):
        held["draft"] = True
    return {**held, **({"source": says["source"]} if "source" in says else {})}


def again(entry: Entry, group: Sequence[Proposal]) -> Proposal:
    """A deleted card as the rules say it now, else as they said it last."""
    if group:
        alike = [each for each in group if words(each) == words(group[0])]
        return replace(merged(alike), sources=merged(group).sources, into=entry.file)
    said = {name: str(entry.fields.get(name, "")) for name in CONTENT_FIELDS}
    tags, places = (entry.fields.get(name, ()) for name in ("tags", "source"))
    return Proposal(
        entry.file,
        entry.id,
        entry.origins,
        tuple(_source(each) for each in places) if isinstance(places, tuple) else (),
        **said,
        tags=tags if isinstance(tags, tuple) else (),
        reverse=entry.fields.get("reverse") is True,
        draft=entry.fields.get("draft") is True,
    )


def _source(text: str) -> Source:
    name, colon, line = text.rpartition(":")
    return Source(name, int(line)) if colon and line.isdigit() else Source(text)
