"""Endorsements and formal decisions: as recorded, taken back, superseded, their dates corrected."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from toolkit.accounts.readers import reader_for
from toolkit.core.errors import Refused
from workflows.journeys.overlay import gate_of
from workflows.procurements import confidence, decision_records, permissions
from workflows.procurements.facts import facts_of, journey_of
from workflows.procurements.forms.decisions import APPLIES, DecisionDatesForm, FurtherDecisionForm
from workflows.procurements.forms.endorsements import AskAnewForm
from workflows.procurements.models import FormalDecision, Procurement, Status
from workflows.procurements.recorded import decision_page, endorsement_page
from workflows.procurements.services import decisions, endorsements, lapses
from workflows.procurements.unanswerable import unanswerable
from workflows.procurements.views.common import person_of, record_context, started


@require_safe
def listing(request: HttpRequest, reference: str) -> HttpResponse:
    """Endorsements and formal decisions, as recorded."""
    procurement, progress = started(request, reference)
    reader, journey = reader_for(request), progress.journey
    asked = list(
        procurement.endorsements.select_related(
            "asked_by", "asked_of", "stand_in", "paper__document__template"
        ).defer("paper__paper", "paper__answers")
    )
    stuck = unanswerable(procurement, asked) if procurement.status == Status.LIVE else {}
    context = {
        **record_context(request, procurement),
        "decisions": [
            (
                journey.task(row.task),
                decision_page(reader, procurement, row, journey.task(row.task).stage),
            )
            for row in procurement.decisions.select_related("recorded_by")
            if confidence.sees_step(reader, procurement, journey.task(row.task))
        ],
        "endorsements": [
            (
                journey.task(row.task),
                endorsement_page(
                    reader,
                    procurement,
                    row,
                    journey.task(row.task).stage,
                    stuck=stuck[row.pk].sentence if row.pk in stuck else "",
                ),
            )
            for row in asked
            if reader.person_id in (row.asked_of_id, row.stand_in_id)
            or confidence.sees_step(reader, procurement, journey.task(row.task))
        ],
    }
    return render(request, "procurements/decisions.html", context)


@require_POST
def withdraw(request: HttpRequest, reference: str, slug: str) -> HttpResponse:
    """Take back an open request of a step: the one of the `kind` that is named, or the only one."""
    procurement, _ = started(request, reference)
    if not permissions.may_run(reader_for(request), procurement):
        raise PermissionDenied
    asked = procurement.endorsements.filter(task=slug)
    if kind := request.POST.get("kind", ""):
        asked = asked.filter(kind=kind)
    try:
        latest = asked.last()
        if latest is None:
            raise Refused("Nobody has been asked to endorse this")
        endorsements.withdraw_endorsement(endorsement=latest, actor=person_of(request))
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, "The request is withdrawn. You can ask somebody else")
    return redirect("procurement_task", reference, slug)


@require_POST
def complete(request: HttpRequest, reference: str, slug: str) -> HttpResponse:
    """Complete a step whose endorsements are all given."""
    procurement, _ = started(request, reference)
    if not permissions.may_run(reader_for(request), procurement):
        raise PermissionDenied
    try:
        endorsements.complete_endorsements(procurement=procurement, task=slug, actor=person_of(request))
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, "The step is completed")
    return redirect("procurement_task", reference, slug)


@require_http_methods(["GET", "HEAD", "POST"])
def anew(request: HttpRequest, reference: str, slug: str) -> HttpResponse:
    """Let what was endorsed lapse, with a reason."""
    procurement, _ = started(request, reference)
    if not permissions.may_run(reader_for(request), procurement):
        raise PermissionDenied
    form = AskAnewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            lapses.ask_anew(procurement=procurement, task=slug, actor=person_of(request), **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, "What was endorsed has lapsed. Ask for it again")
            return redirect("procurement_task", reference, slug)
    context = {"procurement": procurement, "slug": slug, "form": form, "submit": "Let it lapse"}
    return render(request, "procurements/endorse_anew.html", context)


def _on_record(request: HttpRequest, reference: str, slug: str) -> tuple[Procurement, FormalDecision]:
    """The standing decision of a step, for whoever may know all of it. Raises Http404 and PermissionDenied; in confidence
    Http404 alone: that there is a decision would tell how far it has come."""
    procurement, progress = started(request, reference)
    decision = (
        procurement.decisions.filter(task=slug, superseded_at=None).select_related("recorded_by").first()
    )
    if decision is None or not progress.journey.has(slug):
        raise Http404
    if not confidence.sees_step(reader_for(request), procurement, progress.journey.task(slug)):
        raise Http404
    if not confidence.sees_answers(reader_for(request), procurement, progress.journey.task(slug).stage):
        raise PermissionDenied
    decision.procurement = procurement
    return procurement, decision


@require_safe
def printed(request: HttpRequest, reference: str, slug: str) -> HttpResponse:
    """The record of a decision, to print."""
    _, decision = _on_record(request, reference, slug)
    return HttpResponse(decision_records.html_of(decision_records.record_of(decision), for_pdf=False))


@require_http_methods(["GET", "HEAD", "POST"])
def pdf(request: HttpRequest, reference: str, slug: str) -> HttpResponse:
    """The PDF of the record as it stands; made by a job when somebody asks for it."""
    procurement, decision = _on_record(request, reference, slug)
    if request.method == "POST":
        decision_records.ask_for_pdf(decision)
        return redirect("procurement_decision_pdf", reference, slug)
    paper = decision_records.pdf_of(decision, decision_records.record_of(decision))
    if paper is not None and paper.content is not None:
        return HttpResponse(
            bytes(paper.content),
            content_type="application/pdf",
            headers={"Content-Disposition": f'attachment; filename="decision-{reference}.pdf"'},
        )
    context = {"procurement": procurement, "slug": slug, "is_waiting": paper is not None}
    return render(request, "procurements/decision_pdf.html", context)


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
    facts = facts_of(procurement)
    gate = gate_of(journey_of(procurement, facts).task(slug))
    form = FurtherDecisionForm(request.POST or None, own=facts.own, delegates=gate in ("", "strategy"))
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
    initial = {
        name: getattr(standing, name)
        for name in ("published_on", "call_in_ends_on", "no_call_in", "call_in_because")
    }
    initial["no_call_in"] = standing.no_call_in or APPLIES
    form = DecisionDatesForm(request.POST or None, own=facts_of(procurement).own, initial=initial)
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
