"""Where everything is. Every route is listed with its access in tests/architecture/routes.toml."""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path, register_converter

from toolkit.core.references import ReferenceConverter

register_converter(ReferenceConverter, "reference")

urlpatterns = [
    path("", include("toolkit.desk.urls")),
    path("", include("guidance.editorial.urls")),
    path("", include("guidance.pages.urls")),
    path("", include("guidance.documents.urls")),
    path("", include("guidance.tools.urls")),
    path("", include("toolkit.search.urls")),
    path("", include("toolkit.notifications.urls")),
    path("", include("workflows.journeys.urls")),
    path("", include("workflows.pipeline.urls")),
    path("", include("workflows.rules.urls")),
    path("", include("workflows.procurements.urls")),
    path("", include("workflows.contracts.urls")),
    path("", include("toolkit.accounts.urls")),
    path("", include("toolkit.demo.urls")),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]

handler400 = "toolkit.errors.bad_request"
handler403 = "toolkit.errors.forbidden"
handler404 = "toolkit.errors.not_found"
handler500 = "toolkit.errors.server_error"
