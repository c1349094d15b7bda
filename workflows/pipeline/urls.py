"""Addresses of the pipeline."""

from django.urls import path

from workflows.pipeline import views
from workflows.pipeline.importing import views as imports

urlpatterns = [
    path("pipeline/", views.listing, name="pipeline"),
    path("pipeline/download/", views.as_csv, name="pipeline_csv"),
    path("pipeline/import/", imports.bring_in, name="pipeline_import"),
    path("pipeline/import/<uuid:upload>/", imports.confirm_upload, name="pipeline_upload"),
    path("pipeline/import/<uuid:upload>/report/", imports.upload_report, name="pipeline_upload_report"),
    path("pipeline/add/", views.add, name="entry_add"),
    path("pipeline/<reference:reference>/", views.entry, name="entry"),
    path("pipeline/<reference:reference>/correct/", views.correct, name="entry_correct"),
    path("pipeline/<reference:reference>/answer-for/", views.answer_for, name="entry_answer_for"),
    path("pipeline/<reference:reference>/confirm/", views.confirm, name="entry_confirm"),
    path("pipeline/<reference:reference>/start/", views.start, name="entry_start"),
]
