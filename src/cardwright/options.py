"""What all commands share: the options that each has, and what becomes of its outcome."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

if TYPE_CHECKING:
    from cardwright.console import Format, Outcome
    from cardwright.diagnostics import Diagnostic

__all__ = ["CONTEXT", "InOrder", "folder_option", "shared", "with_lines"]

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}

# What can take so long that a person wants to see how far it is.
_LONG = frozenset({"extract", "check", "build", "preview"})


class InOrder(click.Group):
    """A group that lists its commands in the order of the work, not of the alphabet."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's own signature
        """The names as they were added."""
        return list(self.commands)


def folder_option(help_text: str) -> Callable[[Any], Any]:
    """The option that says in which folder to run."""
    kind = click.Path(exists=True, file_okay=False, path_type=Path)
    return click.option("-C", "folder", type=kind, metavar="DIR", help=help_text)


def with_lines(command: Callable[..., Any]) -> Callable[..., Any]:
    r"""Turn the two characters `\b` of a docstring into the one by which click keeps the lines of a paragraph."""
    command.__doc__ = (command.__doc__ or "").replace("\\b\n", "\b\n")
    return command


def _refused(problem: OSError) -> Diagnostic:
    """What the operating system said no to: a folder that cannot be written, a disk that is full."""
    from cardwright.diagnostics import Span, error

    place = Span(str(problem.filename or "."))
    reason = (problem.strerror or type(problem).__name__).lower()
    way_out = "check what is there and who may read and write it, then run the command again"
    return error("CW004", f"the system refused: {reason}", place, way_out)


def shared(command: Callable[..., Outcome]) -> Callable[..., None]:
    """The options every command has, and what becomes of its outcome."""

    def run(ctx: click.Context, /, folder: Path | None, form: Format, *, quiet: bool, **options: Any) -> None:
        from cardwright.console import Outcome, finish, watched

        try:
            with watched(form, quiet=quiet or ctx.info_name not in _LONG or bool(options.get("serve"))):
                outcome = command(folder or ctx.obj or Path.cwd(), **options)
        except OSError as problem:
            outcome = Outcome(diagnostics=(_refused(problem),))
        finish(outcome, form, quiet=quiet)

    # click takes a command's name and help text from these; its own parameters stand before the shared ones.
    functools.update_wrapper(run, command)
    formats = click.Choice(["text", "json", "github"])
    given: tuple[Callable[[Any], Any], ...] = (
        click.pass_context,
        click.option("-q", "--quiet", is_flag=True, help="Print errors and results only."),
        click.option("--format", "form", type=formats, default="text", show_default=True, help="How to print."),
        folder_option("Run as if started in DIR."),
    )
    decorated: Any = with_lines(run)
    for decorate in given:
        decorated = decorate(decorated)
    return cast("Callable[..., None]", decorated)
