"""Comments: what people working on a document say to one another. They never come out with it."""

from __future__ import annotations

from django.db import transaction

from guidance.documents import permissions, versions
from guidance.documents.models import Comment, Document
from toolkit.accounts.models import Person
from toolkit.accounts.readers import reader_of
from toolkit.core import clock
from toolkit.core.errors import Refused


@transaction.atomic
def comment(*, document: Document, text: str, actor: Person, question: str = "") -> Comment:
    """Say something about a question, or about the whole. Raises Refused."""
    if not permissions.may_comment(reader_of(actor), document):
        raise Refused("You may not comment on this document")
    if not text.strip():
        raise Refused("Enter a comment")
    if question and not versions.definition_of(document).has(question):
        raise Refused("This document does not ask that")
    return Comment.objects.create(document=document, question=question, text=text.strip(), by=actor)


@transaction.atomic
def settle(*, comment: Comment, actor: Person) -> None:
    """Mark a comment as dealt with. Twice is once. Raises Refused."""
    comment = Comment.objects.select_for_update(of=("self",)).select_related("document").get(pk=comment.pk)
    if not permissions.may_comment(reader_of(actor), comment.document):
        raise Refused("You may not settle comments on this document")
    if comment.done_at is None:
        comment.done_at, comment.done_by = clock.now(), actor
        comment.save(update_fields=["done_at", "done_by"])
