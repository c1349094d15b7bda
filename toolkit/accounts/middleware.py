"""Middleware: nobody sees a page that was not opened on purpose, and everybody is a reader."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from pghistory.middleware import HistoryMiddleware

from toolkit.accounts.permissions import needs_second_factor
from toolkit.accounts.readers import reader_for

Respond = Callable[[HttpRequest], HttpResponse]

default_deny = LoginRequiredMiddleware
history = HistoryMiddleware


def reader(respond: Respond) -> Respond:
    """Puts a lazy `request.reader` on every request; nothing is asked of the database until somebody looks."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.reader = SimpleLazyObject(lambda: reader_for(request))  # type: ignore[attr-defined]
        return respond(request)

    return middleware


_WITHOUT_SECOND_FACTOR = ("/accounts/", "/static/", "/help/")


def second_factor(respond: Respond) -> Respond:
    """Staff and administrators set up a second factor before they go on; not asked in the demonstration."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if (
            not settings.DEMO
            and request.session.session_key
            and not request.path.startswith(_WITHOUT_SECOND_FACTOR)
            and request.user.is_authenticated
            and needs_second_factor(request)
        ):
            return HttpResponseRedirect(reverse("mfa_index"))
        return respond(request)

    return middleware
