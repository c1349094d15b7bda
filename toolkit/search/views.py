"""The page of results, and the links that lead from it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from toolkit.accounts.readers import reader_for
from toolkit.core.text import whole_number
from toolkit.search import log
from toolkit.search.filters import filters_in
from toolkit.search.links import opening_of
from toolkit.search.pages import results_page
from toolkit.search.querying import LONGEST
from toolkit.search.selectors import Results, search


@login_not_required
@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """What answers the question, for whoever asks. The asking is counted, once for all pages and filters of it."""
    typed = request.GET.get("q", "")
    filters = filters_in(request.GET)
    page = whole_number(request.GET.get("page"), 1)
    found = search(typed, reader=reader_for(request), filters=filters, page=page)
    if found.query and page == 1 and not filters.any and log.is_a_person(request):
        _note(found)
    shown = results_page(found, filters=filters, was_cut=len(typed.strip()) > LONGEST)
    return render(request, "search/results.html", {"shown": shown, "longest": LONGEST})


def _note(found: Results) -> None:
    """What everybody may see of the answer. A query that was put right had found nothing."""
    hits = () if found.is_of_suggestion else (*found.bets, *found.hits)
    public = [hit.source for hit in hits if hit.is_public]
    counted = 0 if found.is_of_suggestion else found.counts.public
    log.note_asked(query=found.query, found=max(counted, len(public)), first=next(iter(public), None))


@login_not_required
@require_safe
def open_result(request: HttpRequest, token: str) -> HttpResponse:
    """Count that a result was opened, and lead to it. A token that is not ours leads nowhere."""
    opening = opening_of(token)
    if opening is None:
        raise Http404("This link was not made here")
    if log.is_a_person(request):
        log.note_opened(query=opening.query, day=opening.day)
    response = HttpResponseRedirect(opening.url)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
