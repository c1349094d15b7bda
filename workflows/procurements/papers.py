"""The papers that are endorsed: documents of a procurement in the version that somebody else has reviewed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from guidance.documents.assembly import papers
from guidance.documents.assembly.definitions import Confidence
from guidance.documents.comparing import papers_compared
from guidance.documents.models import Document, DocumentStatus, Made, Review, ReviewState
from guidance.documents.rows import documents_of
from guidance.editorial.diffs import Line
from toolkit.accounts.visibility import Reader
from workflows.procurements.models import Procurement

KIND = "procurement"
"""The kind of subject that its documents belong to."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A paper that is not kept here: its reference or address, and why it is not."""

    reference: str
    why: str


def reviewed_papers(procurement: Procurement, reader: Reader) -> list[Made]:
    """The reviewed version of each document that this reader may open, as `reviewed_among`. Five queries at most."""
    return reviewed_among(documents_of(KIND, procurement.reference, reader))


def reviewed_among(documents: Iterable[Document]) -> list[Made]:
    """The reviewed version of each, newest first; none that is personal, and none that somebody is writing in again. Two
    queries."""
    return list(
        _reviewed(
            each
            for each in documents
            if each.status == DocumentStatus.REVIEWED and each.confidence != Confidence.PERSONAL
        ).values()
    )


def standing_paper(document: Document) -> Made | None:
    """The version that stands as reviewed; None while somebody writes in it again. Two queries."""
    if document.status != DocumentStatus.REVIEWED:
        return None
    return _reviewed([document]).get(document.pk)


def _reviewed(documents: Iterable[Document]) -> dict[int, Made]:
    """Document → the newest clean copy that says what its newest review passed."""
    by_id = {each.pk: each for each in documents}
    if not by_id:
        return {}
    passed: dict[int, int] = {}
    for review in (
        Review.objects.filter(document__in=by_id, state=ReviewState.PASSED)
        .select_related("made")
        .order_by("at", "pk")
    ):
        passed[review.document_id] = review.made.number
    clean: dict[int, list[Made]] = {}
    for made in Made.objects.filter(document__in=passed, is_draft=False).defer("answers").order_by("number"):
        if made.number > passed[made.document_id]:
            made.document = by_id[made.document_id]
            clean.setdefault(made.document_id, []).append(made)
    return {
        pk: next(made for made in reversed(clean[pk]) if made.paper_digest == clean[pk][0].paper_digest)
        for pk in by_id
        if pk in clean
    }


def kept_elsewhere(reference: str, why: str) -> str:
    """A paper that is not kept here, in words."""
    return f"{reference} (not kept here: {why})" if reference else ""


def title_of(made: Made) -> str:
    """What the document is called, with its version."""
    label = f" ({made.document.label})" if made.document.label else ""
    return f"{made.document.template.title}{label}, version {made.number}"


def changes_between(old: Made, new: Made) -> Sequence[Line]:
    """What a reader finds changed. Empty: they say the same."""
    if old.paper_digest == new.paper_digest:
        return ()
    return papers_compared(papers.read(old.paper), papers.read(new.paper))
