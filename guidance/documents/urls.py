"""Addresses of templates, clauses and documents."""

from __future__ import annotations

from django.urls import path

from guidance.documents.views import filling, library

urlpatterns = [
    path("templates/", library.templates, name="templates"),
    path("templates/<slug:slug>/", library.template, name="template"),
    path("templates/<slug:slug>/example/", library.example, name="template_example"),
    path("templates/<slug:slug>/blank/<slug:form>/", library.blank, name="template_blank"),
    path("clauses/", library.clauses, name="clauses"),
    path("clauses/<slug:slug>/", library.clause, name="clause"),
    path("documents/<reference:reference>/", filling.document, name="document"),
]
