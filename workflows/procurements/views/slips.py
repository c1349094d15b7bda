"""Saying why a plan has slipped, and keeping it as it stands."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from toolkit.core.errors import Refused
from toolkit.core.text import count, day
from workflows.journeys.planning.activities import ACTIVITIES
from workflows.journeys.planning.plan import length_in_words
from workflows.procurements import slips
from workflows.procurements.forms.dates import SlipsForm
from workflows.procurements.services import planning
from workflows.procurements.views.common import person_of
from workflows.procurements.views.dates import in_words, may_plan, planned

_REASON = "reason-"


@require_http_methods(["GET", "HEAD", "POST"])
def explain(request: HttpRequest, reference: str) -> HttpResponse:
    """Say why each slip has happened, all in one form."""
    procurement, planner = planned(request, reference)
    if not may_plan(request, procurement):
        raise PermissionDenied
    if planner is None:
        raise Http404
    kept = slips.newest_plan(procurement)
    late = slips.late(kept, planner.plan(), slips.promised(kept))
    asked = {slip.slug: f"{slip.label}, {length_in_words(slip.days)} later" for slip in late}
    if request.method == "POST":  # what was typed is kept, also where somebody else has said why meanwhile
        typed = [name.removeprefix(_REASON) for name in request.POST if name.startswith(_REASON)]
        asked |= {slug: ACTIVITIES[slug].label for slug in typed if slug in ACTIVITIES and slug not in asked}
    form = SlipsForm(
        request.POST or None, slips=asked, initial={"plan": kept.number if kept is not None else 1}
    )
    if request.method == "POST" and form.is_valid():
        try:
            number = planning.explain(
                procurement=procurement,
                plan=form.cleaned_data["plan"],
                reasons=form.reasons,
                actor=person_of(request),
            )
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            said = f"{count(number, 'reason')} kept" if number else "These reasons were kept already"
            messages.success(request, f"{said[0].upper()}{said[1:]}")
            return redirect("procurement_dates", reference)
    context = {"procurement": procurement, "form": form, "late": [in_words(slip) for slip in late]}
    return render(request, "procurements/dates_slips.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def keep(request: HttpRequest, reference: str) -> HttpResponse:
    """Keep the plan as it stands, once every slip has its reason."""
    procurement, planner = planned(request, reference)
    if not may_plan(request, procurement):
        raise PermissionDenied
    if planner is None:
        raise Http404
    if request.method == "POST":
        try:
            kept = planning.keep(procurement=procurement, actor=person_of(request))
        except Refused as refused:
            messages.error(request, refused.sentence)
            return redirect("procurement_dates_slips", reference)
        messages.success(request, f"The plan of {day(kept.at)} is kept")
        return redirect("procurement_dates", reference)
    plan, last = planner.plan(), slips.newest_plan(procurement)
    late = slips.late(last, plan, slips.promised(last))
    context = {
        "procurement": procurement,
        "kept": last,
        "number_late": len(late),
        "shifts": [in_words(shift) for shift in slips.shifts(last, plan)],
    }
    return render(request, "procurements/dates_keep.html", context)
