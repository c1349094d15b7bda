"""What every view of a document starts with: the document as this reader may open it, or 404."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from guidance.documents.models import Document
from toolkit.accounts.models import Person
from toolkit.accounts.readers import already_loaded, reader_for


def person_of(request: HttpRequest) -> Person:
    """The signed-in person; default deny has asked for one."""
    assert isinstance(request.user, Person)
    return request.user


def found(request: HttpRequest, reference: str) -> Document:
    """Raises Http404 alike for “hidden” and “not there”."""
    document = (
        Document.objects.visible_to(reader_for(request))
        .select_related("template", "organisation", "created_by")
        .prefetch_related("people")
        .filter(reference=reference)
        .first()
    )
    if document is None:
        raise Http404
    already_loaded(request, document.organisation)
    return document
