"""The commands' options. Each body is one call; what a command does is in commands/."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from cardwright import __version__

if TYPE_CHECKING:
    from cardwright.console import Format, Outcome

__all__ = ["cli", "main"]

_CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class _InOrder(click.Group):
    """A group that lists its commands in the order of the work, not of the alphabet."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's own signature
        return list(self.commands)


def _folder_option(help_text: str) -> Callable[[Any], Any]:
    kind = click.Path(exists=True, file_okay=False, path_type=Path)
    return click.option("-C", "folder", type=kind, metavar="DIR", help=help_text)


def _shared(command: Callable[..., Outcome]) -> Callable[..., None]:
    """The options every command has, and what becomes of its outcome."""

    def run(ctx: click.Context, /, folder: Path | None, form: Format, *, quiet: bool, **options: Any) -> None:
        from cardwright.console import finish

        finish(command(folder or ctx.obj or Path.cwd(), **options), form, quiet=quiet)

    # click takes a command's name and help text from these; its own parameters stand before the shared ones.
    functools.update_wrapper(run, command)
    formats = click.Choice(["text", "json", "github"])
    shared: tuple[Callable[[Any], Any], ...] = (
        click.pass_context,
        click.option("-q", "--quiet", is_flag=True, help="Print errors and results only."),
        click.option("--format", "form", type=formats, default="text", show_default=True, help="How to print."),
        _folder_option("Run as if started in DIR."),
    )
    decorated: Any = run
    for decorate in shared:
        decorated = decorate(decorated)
    return cast("Callable[..., None]", decorated)


@click.group(cls=_InOrder, context_settings=_CONTEXT)
@click.version_option(__version__, prog_name="cardwright")
@_folder_option("Run as if started in DIR.")
@click.pass_context
def cli(ctx: click.Context, folder: Path | None) -> None:
    r"""Turn documents into Anki decks that are worth learning.

    \b
    Example: a new project, its cards, its decks
      cardwright init my-deck && cd my-deck
      cardwright extract
      cardwright build
    """
    ctx.obj = folder


@cli.command()
@click.argument("directory", required=False, type=click.Path(path_type=Path), metavar="[DIR]")
@_shared
def init(folder: Path, directory: Path | None) -> Outcome:
    r"""Make a new project with one document, its rules and a deck.

    \b
    Example:
      cardwright init my-deck
    """
    from cardwright.commands import init

    return init.run(folder / directory if directory else folder)


@cli.command()
@click.argument("documents", nargs=-1, type=click.Path(path_type=Path), metavar="[DOC]...")
@click.option("--dry-run", is_flag=True, help="Write nothing, show what would change; as JSON: the proposals.")
@_shared
def extract(folder: Path, documents: tuple[Path, ...], *, dry_run: bool) -> Outcome:
    r"""Turn documents into card YAML by the rules.

    New cards are added to cards/*.yaml. Cards that are there already are never touched,
    and cards that you deleted stay away.

    \b
    Examples:
      cardwright extract
      cardwright extract seeds/handbook.md --dry-run
    """
    from cardwright.commands import extract

    return extract.run(folder, documents, dry_run=dry_run)


@cli.command()
@click.option("--strict", is_flag=True, help="Exit with 1 on warnings too.")
@_shared
def check(folder: Path, *, strict: bool) -> Outcome:
    r"""Read everything and tell what is wrong, all of it at once.

    \b
    Example:
      cardwright check --strict
    """
    from cardwright.commands import check

    return check.run(folder, strict=strict)


@cli.command()
@click.argument("decks", nargs=-1, metavar="[DECK]...")
@_shared
def build(folder: Path, decks: tuple[str, ...]) -> Outcome:
    r"""Compile cards into Anki packages and CSV files.

    DECK is the name of a file in decks/ without its ending; without one, all are built.

    \b
    Example:
      cardwright build netflix-interview
    """
    from cardwright.commands import build

    return build.run(folder, decks)


@cli.command()
@click.argument("document", type=click.Path(path_type=Path), metavar="DOC")
@_shared
def outline(folder: Path, document: Path) -> Outcome:
    r"""Print what was understood of a document, as the tree that rules select in.

    \b
    Example:
      cardwright outline seeds/handbook.md
    """
    from cardwright.commands import outline

    return outline.run(folder, document)


@cli.command()
@click.argument("card", metavar="CARD")
@_shared
def why(folder: Path, card: str) -> Outcome:
    r"""Tell where a card came from. CARD is its id, or words of its text.

    \b
    Examples:
      cardwright why context-not-control
      cardwright why 'informed captain'
    """
    from cardwright.commands import why

    return why.run(folder, card)


def main() -> None:
    """Run the program; whatever goes wrong, a person sees a sentence and no traceback."""
    try:
        cli.main(prog_name="cardwright")
    except Exception as problem:
        if os.environ.get("CARDWRIGHT_DEBUG"):
            raise
        click.echo(f"cardwright: internal error: {type(problem).__name__}: {problem}", err=True)
        click.echo("  help: please report this; CARDWRIGHT_DEBUG=1 shows where it happened", err=True)
        sys.exit(1)
