"""The preview: cards as a learner will see them, documents with what became of them, as one page or served.

It knows plain data alone; what is in a project is gathered in commands/.
"""

from cardwright.preview.encode import as_json
from cardwright.preview.mathml import with_mathml
from cardwright.preview.page import data_uris, is_page, mark_of, page_of
from cardwright.preview.server import Board, Served, server
from cardwright.preview.shown import (
    Block,
    Fate,
    Finding,
    Link,
    Looked,
    Passage,
    Preview,
    Review,
    ShownCard,
    ShownDocument,
    Words,
)
from cardwright.preview.watch import State, changes, states

__all__ = [
    "Block",
    "Board",
    "Fate",
    "Finding",
    "Link",
    "Looked",
    "Passage",
    "Preview",
    "Review",
    "Served",
    "ShownCard",
    "ShownDocument",
    "State",
    "Words",
    "as_json",
    "changes",
    "data_uris",
    "is_page",
    "mark_of",
    "page_of",
    "server",
    "states",
    "with_mathml",
]
