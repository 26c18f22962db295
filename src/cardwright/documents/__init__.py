"""The documents wing: every document becomes semantic HTML; the marks are listed in docs/documents.md."""

from cardwright.documents.outline import outline
from cardwright.documents.pieces import Piece, pieces
from cardwright.documents.places import headings_at
from cardwright.documents.read import SUFFIXES, read
from cardwright.documents.sources import DESCRIBED, SOURCE_SHAPE, load_sources
from cardwright.documents.vocabulary import VOCABULARY_SHAPE, Vocabulary, load_vocabulary

__all__ = [
    "DESCRIBED",
    "SOURCE_SHAPE",
    "SUFFIXES",
    "VOCABULARY_SHAPE",
    "Piece",
    "Vocabulary",
    "headings_at",
    "load_sources",
    "load_vocabulary",
    "outline",
    "pieces",
    "read",
]
