"""Error pages in the look of every other page. None of them says what exists and what does not."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.csrf import requires_csrf_token


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/400.html", status=400)


@requires_csrf_token
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/403.html", status=403)


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/404.html", status=404)


def gone(request: HttpRequest, context: dict[str, Any] | None = None) -> HttpResponse:
    """For what was here and was withdrawn on purpose; `context` may give `reason` and `instead` (title, address)."""
    return render(request, "errors/410.html", {"reason": "", "instead": None, **(context or {})}, status=410)


def too_many(request: HttpRequest) -> HttpResponse:
    return render(request, "errors/429.html", status=429)


def server_error(request: HttpRequest) -> HttpResponse:
    """Rendered with no request: nothing that may have failed is asked again."""
    return HttpResponse(render_to_string("errors/500.html"), status=500)


def unavailable(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Something we depend on is away for the moment."""
    return render(request, "errors/503.html", {"reason": reason}, status=503)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was too old, or did not come from here."""
    return render(request, "errors/csrf.html", status=403)
