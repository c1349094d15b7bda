"""The opening questions: one page each, saved at every step, with a triage that explains itself."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from toolkit.accounts.permissions import needs
from toolkit.accounts.readers import current_organisation, reader_for
from toolkit.accounts.roles import Right
from toolkit.core import form_keys
from toolkit.core.errors import Refused
from toolkit.law.routes import RouteOption
from toolkit.law.triage import Triage
from workflows.journeys import loading
from workflows.procurements import chain, permissions
from workflows.procurements.forms.questions import (
    QUESTIONS,
    HandOverForm,
    MoneyForm,
    QuestionForm,
    RouteForm,
    SpecialForm,
)
from workflows.procurements.models import Procurement, Status
from workflows.procurements.selectors import Answer, answers_of
from workflows.procurements.services import drafts
from workflows.procurements.triage import triage_of
from workflows.procurements.views.common import person_of, record

PAGES = list(QUESTIONS)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.DRAFT)
def start(request: HttpRequest) -> HttpResponse:
    """The first question. Answering it makes the draft; looking at it makes nothing."""
    form = MoneyForm(request.POST or None)
    organisation = current_organisation(request)
    assert organisation is not None  # `needs` has asked for a right in one
    if request.method == "POST" and form.is_valid():
        procurement = drafts.begin(
            organisation=organisation,
            actor=person_of(request),
            form_key=form_keys.read(request.POST.get("form_key")),
        )
        try:
            drafts.save_answers(
                procurement=procurement, answers=form.answers(procurement), actor=person_of(request)
            )
        except Refused as refused:
            messages.error(request, refused.sentence)
            return redirect("procurement", procurement.reference)
        return redirect("procurement_question", procurement.reference, PAGES[1])
    context = {
        "form": form,
        "title": MoneyForm.title,
        "number": 1,
        "of": len(PAGES),
        "organisation": organisation,
        "reference": "",
        "form_key": form_keys.again(request.POST.get("form_key")),
    }
    return render(request, "procurements/question.html", context)


def _draft(request: HttpRequest, reference: str) -> Procurement | HttpResponse:
    """The draft; or the way to what it has become, for whoever comes back to a page of it."""
    procurement = record(request, reference)
    if procurement.status != Status.DRAFT:
        messages.info(
            request,
            "This has been started: its facts are changed here"
            if procurement.run is not None
            else "This draft is closed: it is handled outside the toolkit",
        )
        return redirect("procurement_facts" if procurement.run is not None else "procurement", reference)
    if not permissions.may_edit_draft(reader_for(request), procurement):
        raise PermissionDenied
    return procurement


def _offered(triage: Triage) -> list[RouteOption]:
    """The open routes of these answers, without those that are withdrawn."""
    return [option for option in triage.runnable if loading.is_offered(option.slug)]


def form_for(page: str, procurement: Procurement, data: Any = None) -> QuestionForm:
    """The form of one page of questions, holding what a procurement says already."""
    made = QUESTIONS[page]
    initial = made.initial_from(procurement)
    if made is RouteForm:
        return RouteForm(data, initial=initial, routes=_offered(triage_of(procurement)))
    if made is SpecialForm:
        return SpecialForm(data, initial=initial, kind=procurement.kind)
    return made(data, initial=initial)


@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, reference: str, page: str) -> HttpResponse:
    """One page of questions of a draft."""
    procurement = _draft(request, reference)
    if isinstance(procurement, HttpResponse):
        return procurement
    if page not in QUESTIONS:
        raise Http404
    form = form_for(page, procurement, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            drafts.save_answers(
                procurement=procurement, answers=form.answers(procurement), actor=person_of(request)
            )
        except Refused as refused:
            messages.error(request, refused.sentence)
            return redirect("procurement", reference)
        changing = request.GET.get("then") == "check"
        following = PAGES[PAGES.index(page) + 1 :]
        if changing or not following:
            return redirect("procurement_check", reference)
        return redirect("procurement_question", reference, following[0])
    number = PAGES.index(page) + 1
    back = (
        reverse("procurement_question", args=[reference, PAGES[number - 2]])
        if number > 1
        else reverse("procurements")
    )
    context = {
        "form": form,
        "title": form.title,
        "number": number,
        "of": len(PAGES),
        "organisation": procurement.organisation,
        "back": back,
        "triage": triage_of(procurement) if page == "route" else None,
        "reference": reference,
    }
    return render(request, "procurements/question.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, reference: str) -> HttpResponse:
    """Check answers, see what the law says of them, choose among the open routes, and start."""
    procurement = _draft(request, reference)
    if isinstance(procurement, HttpResponse):
        return procurement
    triage = triage_of(procurement)
    routes_by_slug = {option.slug: option.name for option in triage.routes}
    may_start = permissions.may_run(reader_for(request), procurement)
    initial = {"route": procurement.route or None}
    form = RouteForm(request.POST or None, routes=_offered(triage), must_choose=True, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            drafts.start(procurement=procurement, route=form.cleaned_data["route"], actor=person_of(request))
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            return redirect("procurement", reference)
    context = {
        "procurement": procurement,
        "continues": chain.continued(reader_for(request), procurement),
        "continued_by": [],
        "answers": [
            *answers_of(procurement),
            Answer("Route", routes_by_slug.get(procurement.route, "Help me choose"), "route"),
        ],
        "missing": drafts.missing(procurement),
        "triage": triage,
        "form": form,
        "may_start": may_start,
    }
    return render(request, "procurements/check.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: HttpRequest, reference: str) -> HttpResponse:
    """Throw a draft away, after a confirmation."""
    procurement = _draft(request, reference)
    if isinstance(procurement, HttpResponse):
        return procurement
    if request.method == "POST":
        try:
            drafts.discard(procurement=procurement, actor=person_of(request))
        except Refused as refused:
            messages.error(request, refused.sentence)
            return redirect("procurement", reference)
        return redirect("procurements")
    return render(request, "procurements/discard.html", {"procurement": procurement})


@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: HttpRequest, reference: str) -> HttpResponse:
    """Close a draft that no route takes, and say where it is handled."""
    procurement = _draft(request, reference)
    if isinstance(procurement, HttpResponse):
        return procurement
    form = HandOverForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            drafts.hand_over(
                procurement=procurement, where=form.cleaned_data["where"], actor=person_of(request)
            )
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, "Where it is handled is recorded")
            return redirect("procurement", reference)
    context = {"procurement": procurement, "form": form, "submit": "Record where it is handled"}
    return render(request, "procurements/hand_over.html", context)
