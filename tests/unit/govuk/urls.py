"""The routes that the page itself links to, so that its parts can be tested without the apps behind them."""

from __future__ import annotations

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

from tests.unit.govuk.forms import EveryWidgetForm


@login_not_required
def every_widget(request: HttpRequest, **kwargs: object) -> HttpResponse:
    form = EveryWidgetForm(request.POST) if request.method == "POST" else EveryWidgetForm()
    return render(request, "layouts/form.html", {"form": form})


NAMES = {
    "home": "",
    "guidance": "guidance/",
    "routes": "routes/",
    "pipeline": "pipeline/",
    "procurements": "procurements/",
    "contracts": "contracts/",
    "people": "people/",
    "join": "join/",
    "search": "search/",
    "organisation_switch": "organisations/switch/",
    "help_accessibility": "help/accessibility/",
    "help_cookies": "help/cookies/",
    "help_privacy": "help/privacy/",
    "outbox": "outbox/",
}

urlpatterns = [
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.urls")),
    *(path(address, every_widget, name=name) for name, address in NAMES.items()),
]

handler400 = "toolkit.errors.bad_request"
handler403 = "toolkit.errors.forbidden"
handler404 = "toolkit.errors.not_found"
handler500 = "toolkit.errors.server_error"
