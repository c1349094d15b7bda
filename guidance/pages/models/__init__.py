"""Nouns of guidance: content that is edited and published, and what hangs on it for readers."""

from guidance.pages.models.content import (
    LETTERS,
    Confidence,
    Guide,
    Page,
    Part,
    StageIntroduction,
    Term,
    source_day,
)
from guidance.pages.models.readers import BoroughNote, Feedback, Rendition

__all__ = [
    "LETTERS",
    "BoroughNote",
    "Confidence",
    "Feedback",
    "Guide",
    "Page",
    "Part",
    "Rendition",
    "StageIntroduction",
    "Term",
    "source_day",
]
