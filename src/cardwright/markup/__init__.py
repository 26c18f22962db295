"""Fields of cards: Markdown to HTML for Anki and to plain text, clozes, math, code, and what is wrong in a field.

Importing this package costs the standard library alone; the parser and the highlighter are
imported when the first field that needs them is rendered.
"""

from cardwright.markup.cloze import cloze_answers, cloze_blank, cloze_numbers, cloze_to_html
from cardwright.markup.cloze_problems import cloze_problems
from cardwright.markup.deletion import Deletion, parse_deletions
from cardwright.markup.markdown import block_kinds, to_html
from cardwright.markup.media import Picture, Reference, image_references, image_type, packed_names, without_slugs
from cardwright.markup.plain import html_text, to_plain
from cardwright.markup.problems import Problem, field_problems
from cardwright.markup.regions import FORMULA, outside, simplified

__all__ = [
    "FORMULA",
    "Deletion",
    "Picture",
    "Problem",
    "Reference",
    "block_kinds",
    "cloze_answers",
    "cloze_blank",
    "cloze_numbers",
    "cloze_problems",
    "cloze_to_html",
    "field_problems",
    "html_text",
    "image_references",
    "image_type",
    "outside",
    "packed_names",
    "parse_deletions",
    "simplified",
    "to_html",
    "to_plain",
    "without_slugs",
]
