"""The e-mails about documents; queued in the transaction that causes them. They name a document by its reference alone:
what it is about stays behind sign-in."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse

from guidance.documents.models import Document, Review
from toolkit.accounts.models import Person


def _send(to: Person, subject: str, sentence: str, document: Document) -> None:
    address = f"{settings.BASE_URL}{reverse('document', args=[document.reference])}"
    send_mail(subject, f"{sentence}\n\n{address}\n\n{settings.SERVICE_NAME}", None, [to.email])


def put_on(document: Document, person: Person, actor: Person) -> None:
    _send(person, f"You were put on document {document.reference}", f"{actor} asks for your help with a document.", document)  # fmt: skip


def review_asked(review: Review) -> None:
    """To the one who is asked."""
    assert review.asked_of is not None, "a review by whoever may is told to nobody"
    document = review.document
    _send(review.asked_of, f"Your review of document {document.reference} is asked for", f"{review.asked_by} asks you to review a document.", document)  # fmt: skip


def review_answered(review: Review) -> None:
    document = review.document
    _send(review.asked_by, f"An answer to the review of document {document.reference}", "The review you asked for has been answered.", document)  # fmt: skip
