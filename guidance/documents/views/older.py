"""Live documents on an older version."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guidance.documents.older import older_page
from guidance.documents.views.variants import organisation_of
from toolkit.accounts.permissions import needs
from toolkit.accounts.readers import reader_for
from toolkit.accounts.roles import Right


@require_safe
@needs(Right.READ_BOROUGH)
def older(request: HttpRequest) -> HttpResponse:
    """Those of the organisation that the reader may open, and what to do about each."""
    shown = older_page(reader_for(request), organisation_of(request), request.GET.get("page", "1"))
    return render(request, "documents/older.html", {"shown": shown})
