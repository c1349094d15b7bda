"""The routes of the service, and beside them a view with nothing in it, to measure by."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import include, path


@login_not_required
def empty(request: HttpRequest) -> HttpResponse:
    """Nothing but the middleware."""
    return HttpResponse("ok")


urlpatterns = [path("bench/empty/", empty), path("", include("toolkit.urls"))]
