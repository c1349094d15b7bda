"""The timeline, open to everyone: a GET form, the whole plan in the address. It reads no organisation's data."""

from __future__ import annotations

import hashlib
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from guidance.tools.queries import form_of, readable
from toolkit.core import clock
from toolkit.core.icalendar import calendar_file
from toolkit.core.page_cache import same_for_everyone
from toolkit.core.text import day, printable
from workflows.journeys.facts import Facts
from workflows.journeys.planning.levers import Lever, levers
from workflows.journeys.planning.network import Change
from workflows.journeys.planning.plan import Plan, plan_of
from workflows.journeys.planning.shapes import Shape, shapes
from workflows.journeys.planning.words import events_of, plan_page
from workflows.journeys.timeline.forms import TimelineForm
from workflows.journeys.timeline.routes import titles

MOST_TYPED = 6_000


def _query(request: HttpRequest) -> QueryDict:
    """The answers of the address; the dates of meetings keep their lines."""
    query = readable(request.GET)
    if "meetings" in query:
        query["meetings"] = printable(request.GET["meetings"])[: MOST_TYPED * 2]
    return query


def _plan(form: TimelineForm) -> tuple[Plan, list[Lever]]:
    facts, needed = form.facts(), form.cleaned_data["needed"]
    today = clock.today()

    def again(change: Change, facts: Facts, shape: Shape) -> Plan:
        return plan_of(shape, facts, needed_on=needed, today=today, change=change)

    plan = again(Change(), facts, shapes()[form.cleaned_data["route"]])
    return plan, levers(plan, facts, again)


@login_not_required
@same_for_everyone
@require_safe
def timeline(request: HttpRequest) -> HttpResponse:
    """When must I start?"""
    query = _query(request)
    form = form_of(TimelineForm, query)
    context: dict[str, object] = {"form": form, "shown": None}
    if form.is_valid():
        plan, found = _plan(form)
        context |= {
            "shown": plan_page(plan, found),
            "here": f"{reverse('tool_timeline')}?{query.urlencode()}",
            "calendar_url": f"{reverse('tool_timeline_calendar')}?{query.urlencode()}",
            "given": [
                ("How you buy", titles()[form.cleaned_data["route"]]),
                ("Needed on", day(form.cleaned_data["needed"])),
                ("Planned from", day(clock.today())),
            ],
        }
    return render(request, "timeline/timeline.html", context)


@login_not_required
@require_safe
def timeline_calendar(request: HttpRequest) -> HttpResponse:
    """The latest days as a calendar file; an address that gives no plan leads to the form, which says what is wrong."""
    query = _query(request)
    form = TimelineForm(query)
    address = reverse("tool_timeline")
    if query:
        address += f"?{query.urlencode()}"
    if not form.is_valid():
        return redirect(address)
    plan, _ = _plan(form)
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    uid = f"{hashlib.sha256(query.urlencode().encode()).hexdigest()[:24]}@{host}"
    events = events_of(plan, uid=uid, url=f"{settings.BASE_URL}{address}")
    file = calendar_file(events, made_at=clock.now(), product=settings.SERVICE_NAME)
    response = HttpResponse(file, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="timeline.ics"'
    return response
