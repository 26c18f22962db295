"""The commands' options. Each body is one call; what a command does is in commands/."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cardwright import __version__

if TYPE_CHECKING:
    from cardwright.console import Outcome

__all__ = ["cli", "main"]

_CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class _InOrder(click.Group):
    """A group that lists its commands in the order of the work, not of the alphabet."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


def _folder_option(help_text: str) -> Callable[[Any], Any]:
    kind = click.Path(exists=True, file_okay=False, path_type=Path)
    return click.option("-C", "folder", type=kind, metavar="DIR", help=help_text)


def _shared(command: Callable[..., Outcome]) -> Callable[..., None]:
    """The options every command has, and what becomes of its outcome."""

    @_folder_option("Run as if started in DIR.")
    @click.option("--format", "form", type=click.Choice(["text", "json", "github"]), default="text", show_default=True)
    @click.option("-q", "--quiet", is_flag=True, help="Print errors and results only.")
    @click.pass_context
    @functools.wraps(command)
    def run(ctx: click.Context, folder: Path | None, form: Any, *, quiet: bool, **options: Any) -> None:
        from cardwright.console import finish

        finish(command(folder or ctx.obj or Path.cwd(), **options), form, quiet=quiet)

    return run


@click.group(cls=_InOrder, context_settings=_CONTEXT)
@click.version_option(__version__, prog_name="cardwright")
@_folder_option("Run as if started in DIR.")
@click.pass_context
def cli(ctx: click.Context, folder: Path | None) -> None:
    """Turn documents into Anki decks that are worth learning.

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
    """Make a new project with one document, its rules and a deck.

    \b
    Example:
      cardwright init my-deck
    """
    from cardwright.commands import init

    return init.run(folder / directory if directory else folder)


@cli.command()
@click.argument("documents", nargs=-1, type=click.Path(path_type=Path), metavar="[DOC]...")
@click.option("--dry-run", is_flag=True, help="Write nothing; show what would change, or with --format json the proposals.")
@_shared
def extract(folder: Path, documents: tuple[Path, ...], *, dry_run: bool) -> Outcome:
    """Turn documents into card YAML by the rules.

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
    """Read everything and tell what is wrong, all of it at once.

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
    """Compile cards into Anki packages and CSV files.

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
    """Print what was understood of a document, as the tree that rules select in.

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
    """Tell where a card came from. CARD is its id, or words of its text.

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
