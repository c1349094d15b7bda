"""The tools, open to everyone: a GET form each, and the whole answer in the address. None of them asks the database."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from guidance.tools.forms.light_touch import LightTouchForm
from guidance.tools.forms.notices import NoticesForm
from guidance.tools.forms.period import ChoosePeriodForm, day_form
from guidance.tools.forms.threshold import ThresholdForm
from guidance.tools.pages.light_touch import light_touch_page
from guidance.tools.pages.notices import notices_page
from guidance.tools.pages.period import WEEKDAYS, answer_of, calendar_events, period_page
from guidance.tools.pages.threshold import threshold_page
from guidance.tools.periods import PERIODS
from guidance.tools.queries import form_of, readable
from toolkit.core import clock, slots
from toolkit.core.icalendar import calendar_file
from toolkit.core.page_cache import same_for_everyone
from toolkit.law.values import CHECKED_ON

MORE_TOOLS = "tools.more"
"""The slot of the list of tools: each filling is the words, the address and the sentence of one more."""


@login_not_required
@same_for_everyone
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The tools, with those of the apps above."""
    return render(request, "tools/index.html", {"more": slots.fill(MORE_TOOLS, {})})


@login_not_required
@same_for_everyone
@require_safe
def threshold(request: HttpRequest) -> HttpResponse:
    """Which threshold applies?"""
    query = readable(request.GET)
    form = form_of(ThresholdForm, query)
    shown = threshold_page(form.facts()) if form.is_valid() else None
    return render(request, "tools/threshold.html", {"form": form, "shown": shown, "checked_on": CHECKED_ON})


@login_not_required
@same_for_everyone
@require_safe
def period(request: HttpRequest) -> HttpResponse:
    """When does this period end? First which period, then the day it is counted from."""
    query = readable(request.GET)
    slug = query.get("period", "")
    if slug not in PERIODS:
        choice = form_of(ChoosePeriodForm, query)
        return render(request, "tools/period_choice.html", {"form": choice})
    form = form_of(day_form(PERIODS[slug]), query, besides=("period",))
    shown = period_page(PERIODS[slug], form.counting()) if form.is_valid() else None
    return render(
        request,
        "tools/period.html",
        {"form": form, "period": PERIODS[slug], "shown": shown, "weekdays": WEEKDAYS},
    )


@login_not_required
@require_safe
def period_calendar(request: HttpRequest) -> HttpResponse:
    """The same answer as a calendar file; an address that gives none leads to the form, which says what is wrong."""
    query = readable(request.GET)
    period = PERIODS.get(query.get("period", ""))
    form = day_form(period)(query) if period else None
    if period is None or form is None or not form.is_valid():
        address = reverse("tool_period")
        return redirect(f"{address}?{query.urlencode()}" if query else address)
    events = calendar_events(answer_of(period, form.counting()))
    file = calendar_file(events, made_at=clock.now(), product=settings.SERVICE_NAME)
    response = HttpResponse(file, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{period.slug}.ics"'
    return response


@login_not_required
@same_for_everyone
@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """Which notices do I need?"""
    query = readable(request.GET)
    form = form_of(NoticesForm, query)
    shown = notices_page(form.answers()) if form.is_valid() else None
    return render(request, "tools/notices.html", {"form": form, "shown": shown, "checked_on": CHECKED_ON})


@login_not_required
@same_for_everyone
@require_safe
def light_touch(request: HttpRequest) -> HttpResponse:
    """Is this light touch?"""
    query = readable(request.GET)
    form = form_of(LightTouchForm, query)
    shown = light_touch_page(form.cleaned_data["service"]) if form.is_valid() else None
    return render(request, "tools/light_touch.html", {"form": form, "shown": shown, "checked_on": CHECKED_ON})
