"""Endorsements and formal decisions: as recorded, taken back, superseded, their dates corrected."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from toolkit.accounts.readers import reader_for
from toolkit.core.errors import Refused
from workflows.procurements import confidence, pages, permissions
from workflows.procurements.forms.decisions import DecisionDatesForm, FurtherDecisionForm
from workflows.procurements.models import FormalDecision, Procurement
from workflows.procurements.services import decisions
from workflows.procurements.views.common import person_of, record_context, started


@require_safe
def listing(request: HttpRequest, reference: str) -> HttpResponse:
    """Endorsements and formal decisions, as recorded."""
    procurement, progress = started(request, reference)
    reader, journey = reader_for(request), progress.journey
    context = {
        **record_context(request, procurement),
        "decisions": [
            (
                journey.task(row.task),
                pages.decision_page(reader, procurement, row, journey.task(row.task).stage),
            )
            for row in procurement.decisions.select_related("recorded_by")
            if confidence.sees_step(reader, procurement, journey.task(row.task))
        ],
        "endorsements": [
            (
                journey.task(row.task),
                pages.endorsement_page(reader, procurement, row, journey.task(row.task).stage),
            )
            for row in procurement.endorsements.select_related("asked_by", "asked_of")
            if row.asked_of_id == reader.person_id
            or confidence.sees_step(reader, procurement, journey.task(row.task))
        ],
    }
    return render(request, "procurements/decisions.html", context)


@require_POST
def withdraw(request: HttpRequest, reference: str, slug: str) -> HttpResponse:
    """Take back the open request of a step."""
    procurement, _ = started(request, reference)
    if not permissions.may_run(reader_for(request), procurement):
        raise PermissionDenied
    latest = procurement.endorsements.filter(task=slug).last()
    try:
        if latest is None:
            raise Refused("Nobody has been asked to endorse this")
        decisions.withdraw_endorsement(endorsement=latest, actor=person_of(request))
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, "The request is withdrawn. You can ask somebody else")
    return redirect("procurement_task", reference, slug)


def _standing(request: HttpRequest, reference: str, slug: str) -> tuple[Procurement, FormalDecision]:
    procurement, _ = started(request, reference)
    if not permissions.may_run(reader_for(request), procurement):
        raise PermissionDenied
    decision = procurement.decisions.filter(task=slug, superseded_at=None).first()
    if decision is None:
        raise Http404
    return procurement, decision


@require_http_methods(["GET", "HEAD", "POST"])
def further(request: HttpRequest, reference: str, slug: str) -> HttpResponse:
    """Record a further decision, which supersedes the one that stands."""
    procurement, standing = _standing(request, reference, slug)
    form = FurtherDecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            decisions.record_decision(
                procurement=procurement,
                task=slug,
                actor=person_of(request),
                instead_of=standing,
                **form.cleaned_data,
            )
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, "The further decision is recorded")
            return redirect("procurement_task", reference, slug)
    context = {
        "procurement": procurement,
        "slug": slug,
        "form": form,
        "submit": "Record the further decision",
    }
    return render(request, "procurements/decision_further.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def dates(request: HttpRequest, reference: str, slug: str) -> HttpResponse:
    """Correct when the standing decision was published and until when it may be called in."""
    procurement, standing = _standing(request, reference, slug)
    initial = {"published_on": standing.published_on, "call_in_ends_on": standing.call_in_ends_on}
    form = DecisionDatesForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            decisions.correct_decision_dates(decision=standing, actor=person_of(request), **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, "The dates are corrected")
            return redirect("procurement_task", reference, slug)
    context = {"procurement": procurement, "slug": slug, "form": form, "submit": "Save the dates"}
    return render(request, "procurements/decision_dates.html", context)
