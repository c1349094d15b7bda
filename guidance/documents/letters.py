"""What people are told about documents, in the transaction that causes it. It names a document by its reference alone: what
it is about stays behind sign-in."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse

from guidance.documents.models import Document, Review
from toolkit.accounts.models import Person
from toolkit.accounts.visibility import Reader
from toolkit.notifications import kinds, services
from toolkit.notifications.kinds import How

SUBJECT = "document"
ASKED, ANSWERED, TEAM = "asked", "answered", "team"
"""Kinds of event that records of workflows have too."""


def register() -> None:
    """The kinds of event, and who may know of one about a document."""
    kinds.register(
        TEAM, "I am put on a team or a document", "Work that is handed over to you too", How.NOW, place=20
    )
    kinds.register(
        ASKED, "My endorsement or review is asked for", "Declarations and reminders too", How.NOW, place=30
    )
    kinds.register(
        ANSWERED,
        "An answer to what I asked for",
        "Endorsed, reviewed, given back or lapsed",
        How.NOW,
        place=40,
    )
    kinds.register_subject(SUBJECT, _seen)


def _seen(person: Person, reader: Reader) -> QuerySet[Document]:
    return Document.objects.visible_to(reader)


def _tell(
    to: Person, kind: str, heading: str, sentence: str, document: Document, actor: Person | None
) -> None:
    services.notify(
        people=[to],
        kind=kind,
        subject=f"{SUBJECT}:{document.reference}",
        heading=heading,
        sentence=sentence,
        path=reverse("document", args=[document.reference]),
        actor=actor,
    )


def put_on(document: Document, person: Person, actor: Person) -> None:
    _tell(person, TEAM, f"You were put on document {document.reference}", f"{actor} asks for your help with a document.", document, actor)  # fmt: skip


def review_asked(review: Review) -> None:
    """To the one who is asked."""
    assert review.asked_of is not None, "a review by whoever may is told to nobody"
    document = review.document
    _tell(review.asked_of, ASKED, f"Your review of document {document.reference} is asked for", f"{review.asked_by} asks you to review a document.", document, review.asked_by)  # fmt: skip


def review_answered(review: Review) -> None:
    document = review.document
    _tell(review.asked_by, ANSWERED, f"An answer to the review of document {document.reference}", "The review you asked for has been answered.", document, review.by)  # fmt: skip


def reviewer_has_left(review: Review) -> None:
    document = review.document
    _tell(review.asked_by, ANSWERED, f"Nobody reviews document {document.reference}", "The person you asked for a review has handed over their work. Take it back, and ask somebody else.", document, None)  # fmt: skip
