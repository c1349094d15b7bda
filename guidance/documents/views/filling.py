"""Filling in: one thing on each page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guidance.documents.views.common import found


@require_safe
def document(request: HttpRequest, reference: str) -> HttpResponse:
    """Where a document stands."""
    return render(request, "documents/document.html", {"document": found(request, reference)})
