"""The demonstration's outbox: e-mails it would have sent. There is no such page outside the demonstration."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from toolkit.jobs.models import OutboxMessage


@login_not_required
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """The last fifty e-mails."""
    if not settings.DEMO:
        raise Http404
    return render(request, "demo/outbox.html", {"letters": OutboxMessage.objects.all()[:50]})
