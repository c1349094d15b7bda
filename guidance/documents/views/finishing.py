"""Looking through the answers, looking at the paper, and making it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from guidance.documents.models import DocumentStatus
from guidance.documents.pages import checking
from guidance.documents.selectors import standing_of
from guidance.documents.services import making
from guidance.documents.views.common import count_changed, found, found_to_write, frame, person_of
from toolkit.core.errors import Refused


@require_safe
def check(request: HttpRequest, reference: str) -> HttpResponse:
    """Every answer, by section; then what can be done with them."""
    document = found(request, reference)
    standing = standing_of(document)
    context = {
        **frame(request, document),
        "sections": checking.checked_sections(document, standing),
        "missing": standing.missing,
        "changed": count_changed(document, standing),
        "may_ask": document.status == DocumentStatus.DRAFT and not standing.missing,
    }
    return render(request, "documents/check.html", context)


@require_safe
def preview(request: HttpRequest, reference: str) -> HttpResponse:
    """The paper as the answers make it now."""
    from guidance.documents.writers import glyphs, html

    document = found(request, reference)
    paper = making.paper_of(document, is_draft=True)
    context = {
        **frame(request, document),
        "paper": html.fragment(paper),
        "sentences": [str(each) for each in glyphs.missing(paper)],
    }
    return render(request, "documents/preview.html", context)


@require_POST
def make(request: HttpRequest, reference: str) -> HttpResponse:
    """Keep it as it stands and have its files written."""
    document = found_to_write(request, reference)
    try:
        made = making.make(
            document=document, is_draft=request.POST.get("kind") != "clean", actor=person_of(request)
        )
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect("document_check", reference)
    return redirect("document_made", reference, made.number)
