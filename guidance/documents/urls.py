"""Addresses of templates, clauses and documents."""

from __future__ import annotations

from django.urls import path

from guidance.documents.views import filling, library

urlpatterns = [
    path("templates/", library.templates, name="templates"),
    path("templates/<slug:slug>/", library.template, name="template"),
    path("clauses/<slug:slug>/", library.clause, name="clause"),
    path("documents/<reference:reference>/", filling.document, name="document"),
]
