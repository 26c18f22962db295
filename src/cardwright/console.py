"""How results and diagnostics look, and the one place that prints and exits."""

from __future__ import annotations

import contextlib
import json
import os
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, NoReturn

import click

from cardwright.diagnostics import Diagnostic, Span, failed, several
from cardwright.progress import heard

__all__ = ["Format", "Outcome", "announce", "finish", "render", "tell", "wants_colour", "watched"]

Format = Literal["text", "json", "github"]

_COLOURS = {"error": "red", "warning": "yellow", "info": "cyan"}
_SEVERITIES = ("error", "warning", "info")
WIDEST = 160
# What is meant as a whole needs no more to be seen.
_LONGEST_CARET = 60


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command has to say.

    `text` is the result for people and `data` the same result for `--format json`, both for
    stdout; `next_steps` are lines for people only, left out where asked to be quiet.
    `diagnostics_are_the_result` is for commands that were asked for nothing else, and
    `warnings_count` for those that were asked to be strict.
    """

    text: str = ""
    data: object = None
    next_steps: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    diagnostics_are_the_result: bool = False
    warnings_count: bool = False
    root: Path = field(default_factory=Path)

    @property
    def exit_code(self) -> int:
        """0, or 1 where the user's files stopped the command."""
        strict = self.warnings_count and any(each.severity == "warning" for each in self.diagnostics)
        return int(strict or failed(self.diagnostics))


def announce(text: str) -> None:
    """Print a line on stdout at once, for a command that goes on: others may wait for it."""
    click.echo(text)
    sys.stdout.flush()


@contextlib.contextmanager
def watched(form: Format, *, quiet: bool) -> Iterator[None]:
    """Show on a terminal how far the work inside has come, and in the end what it went through and how long it took."""
    if quiet or form != "text" or not sys.stderr.isatty():
        yield
        return
    begin, drawn = time.monotonic(), 0.0
    counted: dict[str, int] = {}

    def show(doing: str, thing: str, done: int, whole: int) -> None:
        nonlocal drawn
        counted[thing] = max(counted.get(thing, 0), whole)
        now = time.monotonic()
        if done in (0, whole) or now - drawn > _REDRAWN:
            drawn = now
            full = _BAR * done // whole if whole else _BAR
            bar = "#" * full + "." * (_BAR - full)
            click.echo(f"\r\x1b[K[{bar}] {doing} {thing}s: {done} of {whole}", err=True, nl=False)

    try:
        with heard(show):
            yield
    finally:
        click.echo("\r\x1b[K", err=True, nl=False)
    told = ", ".join(several(number, thing) for thing, number in counted.items() if number)
    click.echo(f"{time.monotonic() - begin:.1f} s{': ' if told else ''}{told}", err=True)


# Seconds between two drawings of the line of progress, and characters of its bar.
_REDRAWN = 0.05
_BAR = 20


def finish(outcome: Outcome, form: Format, *, quiet: bool = False) -> NoReturn:
    """Print an outcome and end the process with its exit code."""
    diagnostics = _sorted(outcome.diagnostics)
    shown = [each for each in diagnostics if not quiet or each.severity == "error"]
    colour = wants_colour()
    if form == "json":
        if outcome.diagnostics_are_the_result:
            click.echo(json.dumps([_as_data(each) for each in shown], ensure_ascii=False, indent=2))
        else:
            for each in shown:
                click.echo(json.dumps(_as_data(each), ensure_ascii=False), err=True)
            if not failed(diagnostics):
                click.echo(json.dumps(outcome.data, ensure_ascii=False, indent=2))
        sys.exit(outcome.exit_code)
    if form == "github":  # the runner reads its commands on stdout
        for each in shown:
            click.echo(_as_annotation(each, outcome.root))
    else:
        tell(shown, outcome.root)
    if diagnostics and not quiet:
        click.echo(_counted(diagnostics), err=True, color=colour)
    if outcome.text and not (quiet and not failed(diagnostics) and outcome.diagnostics_are_the_result):
        click.echo(outcome.text, color=colour)
    if outcome.next_steps and not quiet:
        click.echo()
        click.echo("\n".join(outcome.next_steps))
    sys.exit(outcome.exit_code)


def tell(diagnostics: Iterable[Diagnostic], root: Path) -> None:
    """Print diagnostics as text, with the lines that they speak of."""
    texts: dict[str, list[str]] = {}
    for each in _sorted(diagnostics):
        lines = texts[each.span.path] = texts.get(each.span.path) or _lines(root, each.span)
        number = each.span.line
        meant = {number: lines[number - 1]} if 0 < number <= len(lines) else {}
        click.echo(render(each, meant), err=True, color=wants_colour())


def render(diagnostic: Diagnostic, lines: Mapping[int, str]) -> str:
    """A diagnostic as text: place, message, the line with a caret, related places, the way out. An info is one line."""
    colour = _COLOURS[diagnostic.severity]
    head = f"{diagnostic.severity}[{diagnostic.code}]"
    if diagnostic.severity == "info":  # nothing has to be done, so one line is enough
        said = "; ".join(filter(None, (diagnostic.message, diagnostic.help)))
        return f"{diagnostic.span}: {click.style(head, fg=colour)}: {click.style(said, dim=True)}"
    out = [f"{diagnostic.span}: {click.style(head, fg=colour, bold=True)}: {diagnostic.message}"]
    out.extend(_excerpt(diagnostic.span, lines, colour))
    out.extend(f"  also: {each.span}: {each.note}" for each in diagnostic.related)
    if diagnostic.help:
        out.append(f"  {click.style('help', bold=True)}: {diagnostic.help}")
    return "\n".join(out)


def _excerpt(span: Span, lines: Mapping[int, str], colour: str) -> list[str]:
    """The line meant, cut around the place where it is long, and a caret below it."""
    line = lines.get(span.line, "").rstrip("\r\n")
    if not line.strip():
        return []
    at = max(span.column, 1) - 1
    begin = max(0, at - WIDEST // 2) if len(line) > WIDEST else 0
    cut = line[begin : begin + WIDEST]
    left, right = "…" if begin else "", "…" if begin + WIDEST < len(line) else ""
    width = max(1, min(span.width, len(cut) - (at - begin), _LONGEST_CARET))
    gap = "".join("\t" if character == "\t" else " " for character in (left + cut)[: at - begin + len(left)])
    number = str(span.line)
    return [
        f"  {number} | {left}{cut}{right}",
        f"  {' ' * len(number)} | {gap}{click.style('^' * width, fg=colour)}",
    ]


def _lines(root: Path, span: Span) -> list[str]:
    """The lines of the file that a diagnostic points into, read anew; none where it cannot be read as text."""
    if not span.line:
        return []
    try:
        with (root / span.path).open(encoding="utf-8", errors="replace", newline="") as handle:
            text = handle.read(16 * 1024 * 1024)
    except OSError:
        return []
    return text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")


def _as_data(diagnostic: Diagnostic) -> dict[str, object]:
    span = diagnostic.span
    return {
        "severity": diagnostic.severity,
        "code": diagnostic.code,
        "message": diagnostic.message,
        "path": span.path,
        "line": span.line,
        "column": span.column,
        "width": span.width,
        "help": diagnostic.help,
        "related": [
            {"path": each.span.path, "line": each.span.line, "column": each.span.column, "note": each.note}
            for each in diagnostic.related
        ],
    }


def _as_annotation(diagnostic: Diagnostic, root: Path) -> str:
    """A workflow command as GitHub Actions reads them; `%`, line ends, `:` and `,` are escaped as it asks.

    Paths are those of the repository, which may hold the project in one of its folders.
    """
    span = diagnostic.span
    level = {"error": "error", "warning": "warning", "info": "notice"}[diagnostic.severity]
    message = "\n".join(
        [
            diagnostic.message,
            *(f"also: {each.span}: {each.note}" for each in diagnostic.related),
            *([f"help: {diagnostic.help}"] if diagnostic.help else []),
        ]
    )
    escaped = message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    path = _in_repository(span.path, root).replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
    column = max(1, span.column)
    place = f",line={span.line},col={column},endColumn={column + span.width}" if span.line else ""
    return f"::{level} file={path}{place},title={diagnostic.code}::{escaped}"


def _in_repository(path: str, root: Path) -> str:
    """A project's path as the runner knows it: below the checked-out repository, where there is one."""
    workspace = os.environ.get("GITHUB_WORKSPACE")
    whole = (root / path).resolve()
    if not workspace or not whole.is_relative_to(Path(workspace).resolve()):
        return path
    return whole.relative_to(Path(workspace).resolve()).as_posix()


def _sorted(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """By place, each once."""
    return sorted(dict.fromkeys(diagnostics), key=lambda each: (each.span, _SEVERITIES.index(each.severity), each.code))


def _counted(diagnostics: Iterable[Diagnostic]) -> str:
    counts = {severity: sum(each.severity == severity for each in diagnostics) for severity in _SEVERITIES}
    return ", ".join(several(count, name) for name, count in counts.items() if count)


def wants_colour() -> bool | None:
    """False where NO_COLOR is set; else click decides by whether this is a terminal."""
    return False if os.environ.get("NO_COLOR") else None
