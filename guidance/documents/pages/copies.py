"""What the pages about versions that were made need, made ready: the templates only loop."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from guidance.documents import comparing
from guidance.documents.assembly import papers
from guidance.documents.models import Document, Made, Review, ReviewState
from guidance.documents.provenance import standing_of_copy
from guidance.documents.selectors import reviews_of
from guidance.editorial.diffs import Line
from toolkit.core.text import day

MOST_SENTENCES = 3
"""What the PDF cannot show, said in a list of versions."""
MOST_VERSIONS = 100
"""Versions to choose from when comparing."""


@dataclass(frozen=True, slots=True)
class CopyLine:
    """One version in a list."""

    made: Made
    kind: str
    """“Draft”, “Clean, not reviewed” or “Clean, reviewed by Ben Hale on 24 November 2026”."""
    cannot_show: Sequence[str]
    is_reviewed: bool
    more: int
    """Sentences of that kind which are left out."""


def copy_lines(document: Document, copies: Iterable[Made]) -> list[CopyLine]:
    """Two queries beside that of the copies."""
    reviews = reviews_of(document)
    return [
        CopyLine(
            made,
            standing_of_copy(made, reviews.get(made.number)),
            made.missing_characters[:MOST_SENTENCES],
            made.number in reviews,
            max(0, len(made.missing_characters) - MOST_SENTENCES),
        )
        for made in copies
    ]


@dataclass(frozen=True, slots=True)
class Compared:
    """Two versions beside one another."""

    old: Made
    new: Made
    lines: Sequence[Line]


def compared(document: Document, old: int, new: int) -> Compared | None:
    """None where one of them is not there. One query."""
    by_number = {made.number: made for made in document.made.filter(number__in=(old, new)).defer("answers")}
    before, after = by_number.get(old), by_number.get(new)
    if before is None or after is None:
        return None
    return Compared(
        before,
        after,
        comparing.papers_compared(papers.read(before.paper), papers.read(after.paper)),
    )


def choices(document: Document) -> list[tuple[int, str]]:
    """Number and words of each version, the newest first. Three queries."""
    copies = document.made.defer("paper", "answers")[:MOST_VERSIONS]
    return [
        (line.made.number, f"Version {line.made.number}: {line.kind}, made {day(line.made.made_at)}")
        for line in copy_lines(document, copies)
    ]


@dataclass(frozen=True, slots=True)
class SentBack:
    """An earlier version that came back with changes to make, and what has changed since."""

    review: Review
    number: int
    lines: Sequence[Line]


def sent_back(document: Document, now: Review) -> SentBack | None:
    """Before a review that is open: the one before it, where that asked for changes. One query."""
    before = (
        Review.objects.filter(document=document, pk__lt=now.pk)
        .exclude(state=ReviewState.WITHDRAWN)
        .select_related("by", "made")
        .order_by("-pk")
        .first()
    )
    if before is None or before.state != ReviewState.CHANGES:
        return None
    lines = comparing.papers_compared(papers.read(before.made.paper), papers.read(now.made.paper))
    return SentBack(before, before.made.number, lines)
