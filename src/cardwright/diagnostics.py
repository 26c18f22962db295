"""Places in files, and what is wrong there.

Problems in a user's files are values: they are returned beside the result, gathered
from all files and shown together. Nothing in this module prints.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

__all__ = ["CODES", "Diagnostic", "Related", "Span", "did_you_mean", "error", "failed", "several", "warning"]

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in a file.

    `line` and `column` count from 1, columns in characters; line 0 means the file as a
    whole. `width` is how many characters of that line are meant (the caret's length).
    """

    path: str
    line: int = 0
    column: int = 0
    width: int = 1

    def __str__(self) -> str:
        if not self.line:
            return self.path
        return f"{self.path}:{self.line}:{self.column or 1}"


@dataclass(frozen=True, slots=True)
class Related:
    """A second place that a diagnostic speaks of, with a word on what is there."""

    span: Span
    note: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem: what, where, and the way out."""

    code: str
    message: str
    span: Span
    help: str = ""
    severity: Severity = "error"
    related: tuple[Related, ...] = ()


# Every code and what it stands for. CW0 project, CW1 documents, CW2 YAML as such,
# CW3 rules, CW4 cards, CW5 decks and notes, CW6 memory files, CW7 fields, CW8 lint. A code keeps its meaning.
CODES: dict[str, str] = {
    "CW001": "no project here",
    "CW002": "settings that cannot be used",
    "CW003": "a file that cannot be read",
    "CW004": "a file that cannot be written",
    "CW005": "another run is writing this project",
    "CW006": "a file that init would overwrite",
    "CW007": "no such card",
    "CW008": "a schema of another version",
    "CW009": "a page in the place of something else",
    "CW101": "an empty document",
    "CW102": "a file that is no text",
    "CW103": "a document over the size limit",
    "CW104": "a document in another encoding than UTF-8",
    "CW105": "a web page that breaks off",
    "CW106": "a document of an unknown format",
    "CW107": "a skip that meets nothing",
    "CW108": "a pattern that cannot be used",
    "CW109": "heading words that two kinds claim",
    "CW110": "front matter that cannot be read",
    "CW111": "a sources.yaml that cannot be added to",
    "CW201": "YAML that cannot be parsed",
    "CW202": "a tab where YAML wants spaces",
    "CW203": "a key that stands twice in one mapping",
    "CW204": "a value that YAML cuts or reads as something else",
    "CW205": "a tag that these files do not use",
    "CW206": "another shape than this key takes",
    "CW207": "an unknown key",
    "CW208": "a required key is missing",
    "CW209": "a value that is none of the known ones",
    "CW301": "a rule that does not say what its card asks",
    "CW302": "two rules of one name",
    "CW303": "a selector that cannot be used",
    "CW304": "a pattern that cannot be used",
    "CW305": "a control character in a pattern",
    "CW306": "an unknown placeholder",
    "CW307": "an unknown filter",
    "CW308": "braces or brackets that do not pair up",
    "CW309": "a cloze that hides nothing, or nothing that is there",
    "CW310": "an example that should give a card",
    "CW311": "an example that should give none",
    "CW313": "a condition on something unknown",
    "CW314": "an unknown kind of section",
    "CW315": "a key without a meaning beside the others",
    "CW331": "a name that leads to two terms",
    "CW401": "a card without an id",
    "CW402": "an id that cannot be one",
    "CW403": "an id that two cards have",
    "CW405": "a card that asks nothing",
    "CW406": "a card with both a question and a cloze",
    "CW407": "a card without its answer, or without its question",
    "CW408": "an empty field",
    "CW411": "a tag that cannot be one",
    "CW412": "tags that differ only in case",
    "CW413": "a source that is no place in a document",
    "CW414": "a character that no name may hold",
    "CW415": "a field that is too long",
    "CW416": "a mark of writing direction in a name, without its partner",
    "CW417": "a key that has no meaning for a card with gaps",
    "CW418": "a title that two card files have",
    "CW419": "a question that is asked twice in one file",
    "CW420": "a card file that no card can be added to",
    "CW421": "a new card that cannot stand in a card file",
    "CW422": "a card file that would read back differently",
    "CW423": "a card that cannot be updated in its place",
    "CW430": "a source that is not there",
    "CW440": "an id that cannot be given to a card",
    "CW441": "a card file that is gone",
    "CW442": "more than a tenth of the cards gone at once",
    "CW443": "words that several cards have",
    "CW444": "a choice where there is none",
    "CW501": "a deck name that Anki would change",
    "CW502": "a card file that is not there",
    "CW503": "a card file named twice in one deck",
    "CW504": "two decks that put one card file in two places",
    "CW505": "two decks of one name with different descriptions",
    "CW506": "two card files with one deck path",
    "CW507": "deck names that differ only in case",
    "CW508": "a deck without cards",
    "CW509": "no decks here",
    "CW510": "a deck path that learners know under another name",
    "CW511": "no such deck",
    "CW512": "a former name that is not needed any more",
    "CW513": "a card file that no deck names",
    "CW520": "a side of a card that shows nothing",
    "CW522": "an answer that cannot be typed",
    "CW523": "a character that Anki drops",
    "CW524": "a field that is too large",
    "CW527": "a question that is asked twice in one deck",
    "CW540": "a card that becomes a new note",
    "CW541": "a cloze number that moved to another answer",
    "CW542": "an id that vanished while a new one has its words",
    "CW543": "a card that moved to another deck",
    "CW544": "an acknowledgement that is not needed any more",
    "CW550": "a clock that cannot be used",
    "CW551": "a modification time in the future",
    "CW552": "a memory of releases that is not up to date",
    "CW553": "a note type whose schema would change",
    "CW554": "a breaking release that breaks nothing",
    "CW560": "a package that cannot be read",
    "CW561": "a package that is not Cardwright's",
    "CW562": "a package that is too large",
    "CW563": "a package of another project",
    "CW570": "a folder in the place of a release",
    "CW571": "a memory of releases that is not committed",
    "CW572": "no package of an earlier release",
    "CW573": "a git that does not tell what is committed",
    "CW574": "two packages of an earlier release with one name",
    "CW575": "a package of an earlier release that no deck is called like",
    "CW601": "a memory file without its first line",
    "CW602": "a memory file that git could not merge",
    "CW603": "a damaged line in a memory file",
    "CW604": "two lines of a memory file that do not agree",
    "CW621": "a memory file that is not what its name says",
    "CW622": "a memory file of another version",
    "CW623": "a damaged line of a memory file",
    "CW624": "a merge conflict in a memory file",
    "CW631": "a memory of another project",
    "CW632": "two lines of one note after a merge",
    "CW633": "two lines under one key that cannot both be true",
    "CW634": "two notes of one card",
    "CW635": "a memory of releases that is lost",
    "CW636": "a memory of releases that was made anew",
    "CW701": "a control character in a field",
    "CW702": "half a character in a field",
    "CW703": "an unpaired mark of writing direction",
    "CW704": "math that is not finished",
    "CW705": "a cloze in a field that is none",
    "CW706": "a link that is shown as written",
    "CW707": "an image from elsewhere",
    "CW708": "a field too large for its markup",
    "CW709": "a character that nobody sees",
    "CW710": "a cloze that hides nothing",
    "CW711": "a deletion numbered 0",
    "CW712": "a deletion's number that Anki has no card for",
    "CW713": "an empty deletion",
    "CW714": "a deletion that does not begin or end",
    "CW715": "a deletion that ends at a brace of its own",
    "CW716": "a deletion cut by markup",
    "CW717": "deletions nested too deep",
    "CW720": "an image that is not there",
    "CW721": "an image outside the project",
    "CW722": "an image whose name differs in case",
    "CW723": "an image that several files could be",
    "CW724": "a file that is no image Anki could show",
    "CW725": "an image that is too large",
    "CW801": "allow names no rule of the linter",
    "CW802": "a rule that is allowed in vain",
    "CW803": "a finding that was mended",
    "CW811": "a question that is too long",
    "CW812": "a card that asks several things",
    "CW813": "a question that is answered by yes or no",
    "CW814": "a question with many good answers",
    "CW815": "a word that points out of the card",
    "CW816": "a question that could be about anybody's",
    "CW817": "a question for a list of unknown length",
    "CW818": "a heading or a lead-in of the document in the question",
    "CW819": "a question about the document itself",
    "CW820": "a question without its mark",
    "CW821": "'we' or 'our' where nobody is named",
    "CW831": "an answer that cannot be said in a breath",
    "CW832": "a paragraph for an answer",
    "CW833": "a long list to be known by heart",
    "CW834": "an answer that says the question again",
    "CW835": "words before the answer that say nothing",
    "CW836": "a word or two where a reason is asked",
    "CW851": "a cloze that hides too much",
    "CW852": "a gap that asks for nothing",
    "CW853": "a gap that hides half a sentence",
    "CW871": "two questions that sound the same",
    "CW872": "an answer that does not lead back to its question",
    "CW873": "one answer to many questions",
    "CW881": "what changes with time, and no date",
    "CW882": "a card that does not say where it comes from",
    "CW883": "half a sentence, or a note to oneself",
    "CW884": "two spaces between words",
}


def error(code: str, message: str, span: Span, help: str = "", related: Iterable[Related] = ()) -> Diagnostic:
    """A diagnostic that stops the command before anything is written."""
    return Diagnostic(code, message, span, help, "error", tuple(related))


def warning(code: str, message: str, span: Span, help: str = "", related: Iterable[Related] = ()) -> Diagnostic:
    """A diagnostic that is shown and stops nothing."""
    return Diagnostic(code, message, span, help, "warning", tuple(related))


def failed(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any of them is an error."""
    return any(each.severity == "error" for each in diagnostics)


def several(number: int, word: str) -> str:
    """So many of a thing, in words: "1 card", "2 cards"."""
    return f"{number} {word}{'' if number == 1 else 's'}"


def did_you_mean(word: str, known: Sequence[str]) -> str:
    """A `help` sentence for an unknown word: the nearest known one, else all of them."""
    near = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    if near:
        return f"did you mean '{near[0]}'?"
    return "known here: " + ", ".join(sorted(known)) if known else ""
