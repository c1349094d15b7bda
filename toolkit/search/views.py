"""The page of results."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from toolkit.accounts.readers import reader_for
from toolkit.core.stages import Stage
from toolkit.search import kinds as registered
from toolkit.search.querying import LONGEST
from toolkit.search.selectors import search


def _page_number(typed: str) -> int:
    """A page number out of whatever stands in the address; 1 when it is none."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 8 else 1


@login_not_required
@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """What answers the question, for whoever asks."""
    typed = request.GET.get("q", "")
    chosen = [kind for kind in registered.labels() if kind in request.GET.getlist("kind")]
    stage = request.GET.get("stage", "")
    stage = stage if stage in list(Stage) else ""
    found = search(
        typed,
        reader=reader_for(request),
        kinds=chosen,
        stage=stage,
        page=_page_number(request.GET.get("page", "")),
    )

    def address(page: int) -> str:
        given = [
            ("q", found.query),
            *(("kind", kind) for kind in chosen),
            ("stage", stage),
            ("page", str(page)),
        ]
        return f"{reverse('search')}?{urlencode([(name, value) for name, value in given if value])}"

    return render(
        request,
        "search/results.html",
        {
            "found": found,
            "chosen": chosen,
            "stage": stage,
            "was_cut": len(typed.strip()) > LONGEST,
            "longest": LONGEST,
            "previous_url": address(found.page - 1) if found.page > 1 else "",
            "next_url": address(found.page + 1) if found.page < found.pages else "",
        },
    )
