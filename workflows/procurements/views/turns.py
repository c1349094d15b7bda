"""The turns a procurement can take: which there are, and taking one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from toolkit.accounts.readers import reader_for
from toolkit.core import form_keys
from toolkit.core.errors import Refused
from toolkit.core.text import DISCLOSURE
from workflows.procurements import permissions
from workflows.procurements.models import Status
from workflows.procurements.services import turns
from workflows.procurements.views.common import person_of, record_context, started


@require_safe
def listing(request: HttpRequest, reference: str) -> HttpResponse:
    """Every turn, open or not, and why."""
    procurement, progress = started(request, reference)
    if not permissions.may_run(reader_for(request), procurement):
        raise PermissionDenied
    context = {
        **record_context(request, procurement),
        "turns": turns.turns_of(procurement, progress),
    }
    return render(request, "procurements/turns.html", context)


class TurnForm(forms.Form):
    reason = forms.CharField(
        label="Why?",
        help_text=f"It is shown on the record that stops. {DISCLOSURE}",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Enter why it goes no further"},
    )

    def __init__(self, *args: Any, stops: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not stops:
            del self.fields["reason"]


@require_http_methods(["GET", "HEAD", "POST"])
def take(request: HttpRequest, reference: str, turn: str) -> HttpResponse:
    """Take a turn: the record that continues this one begins."""
    procurement, progress = started(request, reference)
    if not permissions.may_run(reader_for(request), procurement):
        raise PermissionDenied
    found = turns.turn_of(procurement, progress, turn)
    if found is None:
        raise Http404
    stops = found.stops and procurement.status in (Status.LIVE, Status.PAUSED)
    form = TurnForm(request.POST or None, stops=stops)
    if request.method == "POST" and (form.is_valid() or not stops):
        try:
            following = turns.continue_as(
                procurement=procurement,
                turn=turn,
                reason=form.cleaned_data.get("reason", "") if stops else "",
                form_key=form_keys.read(request.POST.get("form_key")),
                actor=person_of(request),
            )
        except Refused as refused:
            messages.error(request, refused.sentence)
            return redirect("procurement_turns", reference)
        messages.success(request, f"It goes on as {following.reference}")
        return redirect("procurement", following.reference)
    context = {
        **record_context(request, procurement),
        "turn": found,
        "stops": stops,
        "form": form,
        "form_key": form_keys.again(request.POST.get("form_key")),
    }
    return render(request, "procurements/turn.html", context)
