"""The commands' options. Each body is one call; what a command does is in commands/."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cardwright import __version__
from cardwright.options import CONTEXT, InOrder, folder_option, shared, with_lines

if TYPE_CHECKING:
    from cardwright.console import Outcome

__all__ = ["cli", "main"]


@click.group(cls=InOrder, context_settings=CONTEXT)
@click.version_option(__version__, prog_name="cardwright")
@folder_option("Run as if started in DIR.")
@click.pass_context
@with_lines
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
@click.option("--empty", is_flag=True, help="Leave the example out: the documents will be yours.")
@shared
def init(folder: Path, directory: Path | None, *, empty: bool) -> Outcome:
    r"""Make a new project that can be built at once.

    It has an example document with its cards, rules for documents of any kind, and a deck.

    \b
    Examples:
      cardwright init my-deck
      cardwright init my-deck --empty
    """
    from cardwright.commands import init

    return init.run(folder / directory if directory else folder, empty=empty)


@cli.command()
@click.argument("documents", nargs=-1, type=click.Path(path_type=Path), metavar="[DOC]...")
@click.option("--dry-run", is_flag=True, help="Write nothing, show what would change; as JSON: the proposals.")
@click.option("--accept", multiple=True, metavar="CARD", help="Take the document's words where both were changed.")
@click.option("--keep", multiple=True, metavar="CARD", help="Stay with your words there, and hear no more of it.")
@click.option("--restore", multiple=True, metavar="CARD", help="Bring back a card that was deleted by hand.")
@click.option("--stub", is_flag=True, help="Only write an entry in sources.yaml for each document that has none.")
@click.option("--confirm-deletions", "confirmed", is_flag=True, help="The many cards that are gone are meant to be.")
@shared
def extract(
    folder: Path,
    documents: tuple[Path, ...],
    *,
    dry_run: bool,
    accept: tuple[str, ...],
    keep: tuple[str, ...],
    restore: tuple[str, ...],
    stub: bool,
    confirmed: bool,
) -> Outcome:
    r"""Turn documents into card YAML by the rules.

    New cards are added to cards/*.yaml. A card follows its document until you edit it: then it
    keeps your words, and news are shown until you accept or decline them. Cards that you deleted
    stay away. CARD is an id, or words of the card; the options may be given several times.

    \b
    Examples:
      cardwright extract
      cardwright extract seeds/handbook.md --dry-run
      cardwright extract --accept quiet-benches --keep second-ear
      cardwright extract --restore 'second ear'
      cardwright extract --stub
    """
    if stub:
        if dry_run or confirmed or accept or keep or restore:
            raise click.UsageError("--stub goes alone or with documents: it extracts nothing")
        from cardwright.commands import stub as stubs

        return stubs.run(folder, documents)
    from cardwright.commands import extract
    from cardwright.commands.choose import Choices

    choices = Choices(accept, keep, restore)
    return extract.run(folder, documents, dry_run=dry_run, choices=choices, confirmed=confirmed)


@cli.command()
@click.option("--strict", is_flag=True, help="Exit with 1 on warnings too.")
@click.option("--fix", is_flag=True, help="Mend card files first: ids that are missing, and slips of wording.")
@shared
def check(folder: Path, *, strict: bool, fix: bool) -> Outcome:
    r"""Read everything and tell what is wrong, all of it at once, and which cards are hard to learn.

    \b
    Examples:
      cardwright check --strict
      cardwright check --fix
    """
    from cardwright.commands import check

    return check.run(folder, strict=strict, fix=fix)


# The names are those of cards/review.py, which is not imported for --help.
_KINDS = click.Choice(["conflicts", "stale", "drafts", "lint"])


@cli.command()
@click.argument("kinds", nargs=-1, type=_KINDS, metavar="[KIND]...")
@click.option("--list", "listed", is_flag=True, help="Only list what waits, and ask nothing.")
@shared
def review(folder: Path, kinds: tuple[str, ...], *, listed: bool) -> Outcome:
    r"""Go through what waits for a person, one by one, and decide.

    Each card is shown with the passage it came from and what is the matter: news of a document for a card
    that you edited, a card that no document says any more, a draft, a finding of the linter. What you answer
    is written at once; you may stop anywhere. KIND is conflicts, stale, drafts or lint; without one, all.
    'edit' opens $EDITOR at the line.

    \b
    Examples:
      cardwright review
      cardwright review drafts
      cardwright review --list stale lint
    """
    from cardwright.commands import review

    return review.run(folder, kinds, listed=listed)


@cli.command()
@click.argument("decks", nargs=-1, metavar="[DECK]...")
@click.option("--locked", is_flag=True, help="Fail where decks/released.lock is not up to date; ask no clock. For CI.")
@click.option(
    "--relock", is_flag=True, help="Make a lost or damaged decks/released.lock anew, keeping what can be read."
)
@click.option("--breaking", is_flag=True, help="Declare a release with other fields or templates than learners have.")
@shared
def build(folder: Path, decks: tuple[str, ...], *, locked: bool, relock: bool, breaking: bool) -> Outcome:
    r"""Compile cards into Anki packages and CSV files.

    DECK is the name of a file in decks/ without its ending; without one, all are built.
    decks/released.lock remembers what learners have: commit it together with the cards.

    \b
    Examples:
      cardwright build
      cardwright build netflix-interview
      cardwright build --locked
    """
    from cardwright.commands import build

    whole = [option for option, given in (("--relock", relock), ("--breaking", breaking)) if given]
    if whole and (locked or decks):
        raise click.UsageError(f"{whole[0]} goes without {'--locked' if locked else 'DECK: it concerns all decks'}")
    return build.run(folder, decks, locked=locked, relock=relock, breaking=breaking)


@cli.command()
@click.option("--serve", is_flag=True, help="Serve the page on this machine, and renew it with every save.")
@click.option("--output", type=click.Path(path_type=Path), metavar="FILE", help="Write the page to FILE.")
@click.option("--no-open", is_flag=True, help="Do not open it in a browser.")
@shared
def preview(folder: Path, *, serve: bool, output: Path | None, no_open: bool) -> Outcome:
    r"""Show cards and documents as a web page, before anything is imported.

    Cards look as in Anki; documents show what became of each passage. The page is one file that needs no
    network. With --serve it follows your edits, and shows errors with their places, until you press Ctrl-C.

    \b
    Examples:
      cardwright preview
      cardwright preview --output cards.html --no-open
      cardwright preview --serve
    """
    if serve and output:
        raise click.UsageError("--serve goes without --output: it writes no file")
    from cardwright.commands import preview

    if serve:
        from cardwright.console import announce

        return preview.serve(folder, opened=not no_open, tell=announce)
    return preview.run(folder, output, opened=not no_open)


@cli.command()
@click.argument("document", type=click.Path(path_type=Path), metavar="DOC")
@shared
def outline(folder: Path, document: Path) -> Outcome:
    r"""Print what was understood of a document, as the tree that rules select in.

    \b
    Example:
      cardwright outline seeds/handbook.md
    """
    from cardwright.commands import outline

    return outline.run(folder, document)


@cli.group(cls=InOrder, context_settings=CONTEXT)
@with_lines
def rules() -> None:
    r"""See what rules catch: in one document, or over all.

    \b
    Examples:
      cardwright rules try rules/handbook.yaml seeds/handbook.md
      cardwright rules list
    """


@rules.command("try")
@click.argument("rule_file", type=click.Path(path_type=Path), metavar="RULES")
@click.argument("document", type=click.Path(path_type=Path), metavar="DOC")
@shared
def rules_try(folder: Path, rule_file: Path, document: Path) -> Outcome:
    r"""Run the rules of a file over a document, and tell of every passage what became of it.

    RULES is a rule file, or the name of one in rules/; the other rules of the project compete with it.
    Before each line stands + for a card of these rules, - for one that lost to another rule, ~ for a rule that
    stopped at one thing only.

    \b
    Example:
      cardwright rules try rules/handbook.yaml seeds/handbook.md
    """
    from cardwright.commands import rules

    return rules.trial(folder, rule_file, document)


@rules.command("list")
@shared
def rules_list(folder: Path) -> Outcome:
    r"""List the rules with the cards that each gave over all documents.

    \b
    Example:
      cardwright rules list
    """
    from cardwright.commands import rules

    return rules.overview(folder)


@cli.command()
@click.argument("card", metavar="CARD")
@shared
def why(folder: Path, card: str) -> Outcome:
    r"""Tell where a card came from. CARD is its id, or words of its text.

    \b
    Examples:
      cardwright why context-not-control
      cardwright why 'informed captain'
    """
    from cardwright.commands import why

    return why.run(folder, card)


@cli.command()
@click.argument("package", type=click.Path(path_type=Path), metavar="OLD.apkg")
@click.option("--deck", default="", metavar="DECK", help="Compare with this deck, whatever the package is called.")
@shared
def diff(folder: Path, package: Path, deck: str) -> Outcome:
    r"""Tell what the next import will do to a learner who has the package OLD.apkg.

    It is compared with what a build would make now of the deck of the same name (of all decks, where none
    is called so). Nothing is written.

    \b
    Example:
      cardwright diff ~/released/netflix-interview.apkg
    """
    from cardwright.commands import diff

    return diff.run(folder, package, deck)


@cli.command()
@click.option(
    "--since",
    "earlier",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="A package of the last release, or the folder that holds them; may be given several times.",
)
@shared
def release(folder: Path, earlier: tuple[Path, ...]) -> Outcome:
    r"""Make what is handed out to learners, in dist/.

    These are the packages and tables, a page of what is new, and checksums. The decks
    are built from the committed memory, as with build --locked. With --since, NEWS.md tells learners
    what an import changes for who has the last release.

    \b
    Examples:
      cardwright release
      cardwright release --since ~/released/2026-05
    """
    from cardwright.commands import release

    return release.run(folder, earlier)


@cli.command()
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@shared
def rename(folder: Path, old: str, new: str) -> Outcome:
    r"""Give the card OLD the id NEW; learners keep their history of it.

    Where you have changed the id in the card file already, this tells the memories of it.

    \b
    Example:
      cardwright rename ownership-meaning ownership
    """
    from cardwright.commands import rename

    return rename.run(folder, old, new)


# The names are those of commands/schema.py, which is not imported for --help.
_SCHEMAS = click.Choice(["cards", "rules", "vocabulary", "glossary", "deck", "sources"])


@cli.command()
@click.argument("name", required=False, type=_SCHEMAS, metavar="[NAME]")
@click.option("--write", is_flag=True, help="Write all of them into the project's schemas/, where editors look.")
@shared
def schema(folder: Path, name: str | None, *, write: bool) -> Outcome:
    r"""Print what may stand in a file, as a JSON Schema for editors.

    NAME is cards, rules, vocabulary, glossary, deck or sources.

    \b
    Examples:
      cardwright schema cards
      cardwright schema --write
    """
    if bool(name) == write:
        raise click.UsageError("Give a NAME, or --write for all of them.")
    from cardwright.commands import schema

    return schema.run(folder, name)


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
