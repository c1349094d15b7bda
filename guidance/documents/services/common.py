"""What every change of a document begins with: the document locked, and the right to change it."""

from __future__ import annotations

from guidance.documents import permissions
from guidance.documents.models import Document, DocumentStatus
from toolkit.accounts.models import Person
from toolkit.accounts.readers import reader_of
from toolkit.core import clock
from toolkit.core.errors import Refused


def locked(document: Document) -> Document:
    """The document, locked until the end of the transaction, so that people take turns."""
    return (
        Document.objects.select_for_update(of=("self",), no_key=True)
        .select_related("template", "organisation")
        .get(pk=document.pk)
    )


def locked_for_answers(document: Document, actor: Person) -> Document:
    """Raises Refused when this person may not change answers now."""
    found = locked(document)
    if not permissions.may_write(reader_of(actor), found):
        raise Refused("You may not change this document")
    if found.status == DocumentStatus.REVIEW:
        raise Refused("It is being reviewed. Withdraw it from review first, or wait for the answer")
    if found.status == DocumentStatus.REVIEWED:
        raise Refused("It has been reviewed. Open it again first: it then needs another review")
    return found


def touch(document: Document, *fields: str) -> None:
    """Save these fields, and that something changed."""
    document.updated_at = clock.now()
    document.save(update_fields=["updated_at", *fields])
