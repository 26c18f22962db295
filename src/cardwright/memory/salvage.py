"""What a damaged memory of releases still says."""

from __future__ import annotations

from dataclasses import replace

from cardwright.diagnostics import Diagnostic
from cardwright.files import TextFile
from cardwright.memory.lines import read_header
from cardwright.memory.merging import settle
from cardwright.memory.released import Released, dump, load

__all__ = ["salvage"]

# Lines that cannot be read, or of which only one can be kept; and what no reading can mend.
_LOST = ("CW623", "CW633")
_HOPELESS = ("CW622", "CW631")


def salvage(file: TextFile, namespace: str) -> tuple[Released, int, list[Diagnostic]]:
    """The lines that can be read, how many cannot, and why nothing may be made of the file at all.

    A merge that git left unfinished loses nothing: of two lines of a note the later counts. A memory of another
    project, or of a newer Cardwright, is not touched.
    """
    header = read_header(file)
    written = header.get("cardwright") == "released" and isinstance(header.get("namespace"), str)
    if not (written and type(header.get("version")) is int):
        file = replace(file, text=dump(Released(namespace)) + file.text)
    released, found = load(file, namespace)
    lost = sum(each.code in _LOST for each in found)
    return replace(released, notes=settle(released.notes)), lost, [each for each in found if each.code in _HOPELESS]
