"""Questions to a person, and the answers: on stderr, because stdout is for results."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from cardwright.console import wants_colour

__all__ = ["choose", "say"]


def say(text: str, *, title: str = "") -> None:
    """Print a message while a command is still at work; the title stands out."""
    shown = [click.style(title, bold=True)] if title else []
    click.echo("\n".join([*shown, *([text] if text else [])]), err=True, color=wants_colour())


def choose(choices: Sequence[str], *, otherwise: str, last: str, needed: str = "") -> str:
    """Ask a person for one of several answers, by its first letter or word; gives the first word of it.

    An empty line means the answer `otherwise`, and no more input, or Ctrl-C, the answer `last`. With `needed`
    the command ends there, as one that was called in a wrong way, where there never was anybody to answer.
    """
    words = [each.split()[0] for each in choices]
    offered = ", ".join(f"[{each[0]}]{each[1:]}" + (" (Enter)" if each == otherwise else "") for each in choices)
    while True:
        try:
            click.echo(f"{offered}: ", nl=False, err=True)
            line = sys.stdin.readline()
        except KeyboardInterrupt:  # as soon as anything of the question can be read
            line = ""
        if not line or not sys.stdin.isatty():  # on a terminal the person has ended the line
            click.echo(line.strip(), err=True)
        if not line and needed and not sys.stdin.isatty():
            raise click.UsageError(needed)
        if not line:
            return last
        said = line.strip().lower()
        found = [each for each in words if said and each.startswith(said)] or ([] if said else [otherwise])
        if len(found) == 1:
            return found[0]
        click.echo(f"answer with one of {', '.join(each[0] for each in words)}", err=True)
