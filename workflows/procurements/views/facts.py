"""The facts of a started procurement, and their change."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from toolkit.accounts.readers import reader_for
from toolkit.core.errors import Refused
from workflows.procurements import permissions
from workflows.procurements.forms.questions import CHANGEABLE, reason_field
from workflows.procurements.models import Status
from workflows.procurements.selectors import answers_of, contradictions
from workflows.procurements.services.facts import change_facts
from workflows.procurements.triage import triage_of
from workflows.procurements.views.common import person_of, record_context, started
from workflows.procurements.views.questions import form_for


@require_safe
def facts(request: HttpRequest, reference: str) -> HttpResponse:
    """Every fact, what the law says of them now, and where they do not fit the route any more."""
    procurement, _ = started(request, reference)
    triage = triage_of(procurement)
    context = {
        **record_context(request, procurement),
        "answers": answers_of(procurement),
        "triage": triage,
        "contradictions": contradictions(procurement, triage),
        "may_change": permissions.may_run(reader_for(request), procurement)
        and procurement.status in (Status.LIVE, Status.PAUSED),
    }
    return render(request, "procurements/facts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, reference: str, page: str) -> HttpResponse:
    """Change the facts of one page of questions."""
    procurement, _ = started(request, reference)
    if page not in CHANGEABLE:
        raise Http404
    if not permissions.may_run(reader_for(request), procurement):
        raise PermissionDenied
    form = form_for(page, procurement, request.POST or None)
    form.fields["reason"] = reason_field("Why does it change?", "Enter why it changes")
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data.pop("reason")
        try:
            changes = change_facts(
                procurement=procurement,
                answers=form.answers(procurement),
                reason=reason,
                actor=person_of(request),
            )
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            if page == "category" and changes:
                messages.success(request, "The category is changed. Say again which special rules apply")
                return redirect("procurement_fact", reference, "special-rules")
            messages.success(request, "The facts are changed" if changes else "Nothing has changed")
            return redirect("procurement_facts", reference)
    context = {"procurement": procurement, "form": form, "title": form.title, "submit": "Change the facts"}
    return render(request, "procurements/change_facts.html", context)
