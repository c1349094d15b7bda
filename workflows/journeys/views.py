"""The public pages of the routes: every step of each, who does it, when, and where it stands in law."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guidance.tools.queries import readable
from toolkit.core import clock
from toolkit.core.page_cache import same_for_everyone
from toolkit.law.values import CHECKED_ON
from workflows.journeys import loading, pages
from workflows.journeys.definitions import Journey, JourneyError
from workflows.journeys.diagram import diagram_of
from workflows.journeys.forms import WhatIfForm


@login_not_required
@same_for_everyone
@require_safe
def routes(request: HttpRequest) -> HttpResponse:
    """All routes."""
    return render(request, "journeys/routes.html", {"families": pages.families(loading.latest())})


def _journey(slug: str) -> Journey:
    try:
        return loading.get(slug)
    except JourneyError:
        raise Http404 from None


@login_not_required
@same_for_everyone
@require_safe
def route(request: HttpRequest, slug: str) -> HttpResponse:
    """One route from planning to exit, as a picture and as a table."""
    journey = _journey(slug)
    context = {
        "journey": journey,
        "diagram": diagram_of(journey),
        "stages_with_rows": pages.steps_by_stage(journey),
        "checked_on": CHECKED_ON,
    }
    return render(request, "journeys/route.html", context)


@login_not_required
@same_for_everyone
@require_safe
def what_if(request: HttpRequest, slug: str) -> HttpResponse:
    """Which steps of a route apply to given facts. The whole question is in the address."""
    journey = _journey(slug)
    query = readable(request.GET)
    form = WhatIfForm(journey, query or None)
    shown = pages.what_if(journey, form.facts(), today=clock.today()) if query and form.is_valid() else None
    context = {"journey": journey, "form": form, "shown": shown, "checked_on": CHECKED_ON}
    return render(request, "journeys/what_if.html", context)


@login_not_required
@same_for_everyone
@require_safe
def conditions(request: HttpRequest) -> HttpResponse:
    """When a step applies: every condition in words, with the steps that hang on it."""
    return render(request, "journeys/conditions.html", {"rows": pages.conditions_in_use()})
