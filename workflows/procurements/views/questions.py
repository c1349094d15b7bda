"""The opening questions: one page each, saved at every step, with a triage that explains itself."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from toolkit.accounts.permissions import needs
from toolkit.accounts.readers import current_organisation, reader_for
from toolkit.accounts.roles import Right
from toolkit.core.errors import Refused
from toolkit.core.money import pounds
from toolkit.core.text import day
from workflows.procurements import permissions
from workflows.procurements.forms.questions import QUESTIONS, MoneyForm, QuestionForm, RouteForm, SpecialForm
from workflows.procurements.models import Procurement, Status
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
        procurement = drafts.begin(organisation=organisation, actor=person_of(request))
        form.save_to(procurement)
        drafts.save_answers(procurement=procurement, actor=person_of(request))
        return redirect("procurement_question", procurement.reference, PAGES[1])
    context = {
        "form": form,
        "title": MoneyForm.title,
        "number": 1,
        "of": len(PAGES),
        "organisation": organisation,
        "reference": "",
    }
    return render(request, "procurements/question.html", context)


def _draft(request: HttpRequest, reference: str) -> Procurement:
    procurement = record(request, reference)
    if procurement.status != Status.DRAFT:
        raise Http404
    if not permissions.may_edit_draft(reader_for(request), procurement):
        raise PermissionDenied
    return procurement


def _form(page: str, procurement: Procurement, data: Any = None) -> QuestionForm:
    made = QUESTIONS[page]
    initial = made.initial_from(procurement)
    if made is RouteForm:
        routes = [(option.slug, option.name, option.why) for option in triage_of(procurement).runnable]
        return RouteForm(data, initial=initial, routes=routes)
    if made is SpecialForm:
        return SpecialForm(data, initial=initial, kind=procurement.kind)
    return made(data, initial=initial)


@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, reference: str, page: str) -> HttpResponse:
    """One page of questions of a draft."""
    procurement = _draft(request, reference)
    if page not in QUESTIONS:
        raise Http404
    form = _form(page, procurement, request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.save_to(procurement)
        drafts.save_answers(procurement=procurement, actor=person_of(request))
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


def _answers(procurement: Procurement) -> list[tuple[str, str, str]]:
    """(question, answer, page) for the check-answers list."""
    special = [label for name, label, _ in SpecialForm.FLAGS if getattr(procurement, name)]
    value = ""
    if procurement.value_inc_vat is not None and procurement.value_ex_vat is not None:
        value = f"{pounds(procurement.value_inc_vat)} including VAT ({pounds(procurement.value_ex_vat)} excluding VAT at 20%)"
    elif procurement.value_is_unknown:
        value = "Cannot be estimated: treated as above the threshold"
    routes = {option.slug: option.name for option in triage_of(procurement).routes}
    return [
        ("Is there money?", procurement.get_money_display(), "money"),
        ("What happens if we do nothing?", procurement.consequence, "money"),
        ("What is needed, and for whom?", procurement.need, "need"),
        ("Title", procurement.title, "need"),
        ("Category", procurement.category_label, "category"),
        ("Goods, services or works", procurement.get_kind_display(), "category"),
        (
            "Special rules",
            ", ".join(special)
            if special
            else ("No special rules" if procurement.is_light_touch is not None else ""),
            "special-rules",
        ),
        ("Estimated value", value, "value"),
        ("Needed on", day(procurement.needed_on) if procurement.needed_on else "", "when"),
        ("Route", routes.get(procurement.route, "Help me choose"), "route"),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, reference: str) -> HttpResponse:
    """Check answers, see what the law says of them, choose among the open routes, and start."""
    procurement = _draft(request, reference)
    triage = triage_of(procurement)
    routes = [(option.slug, option.name, option.why) for option in triage.runnable]
    may_start = permissions.may_run(reader_for(request), procurement)
    form = RouteForm(request.POST or None, routes=routes, initial={"route": procurement.route or None})
    field = form.fields["route"]
    field.choices = [(slug, label) for slug, label, _ in routes]  # type: ignore[attr-defined]  # here a route has to be chosen
    field.label = "Which route will you take?"
    if request.method == "POST" and form.is_valid():
        try:
            drafts.start(procurement=procurement, route=form.cleaned_data["route"], actor=person_of(request))
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            return redirect("procurement", reference)
    context = {
        "procurement": procurement,
        "answers": _answers(procurement),
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
    if request.method == "POST":
        drafts.discard(procurement=procurement, actor=person_of(request))
        return redirect("procurements")
    return render(request, "procurements/discard.html", {"procurement": procurement})
