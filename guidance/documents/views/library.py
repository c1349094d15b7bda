"""The library: templates and clauses, open to all."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from guidance.documents import pages
from guidance.documents.models import Clause, DocumentTemplate


@login_not_required
@require_safe
def templates(request: HttpRequest) -> HttpResponse:
    """Every template, by stage."""
    return render(request, "documents/templates.html", {"templates": DocumentTemplate.objects.published()})


@login_not_required
@require_safe
def template(request: HttpRequest, slug: str) -> HttpResponse:
    """One template: what it asks, and blanks of it."""
    item = get_object_or_404(DocumentTemplate.objects.published(), slug=slug)
    return render(
        request, "documents/template.html", {"shown": pages.live_template_page(item), "preview": None}
    )


@login_not_required
@require_safe
def clause(request: HttpRequest, slug: str) -> HttpResponse:
    """One clause with its notes."""
    item = get_object_or_404(Clause.objects.published(), slug=slug)
    return render(request, "documents/clause.html", {"shown": pages.clause_page(item), "preview": None})
