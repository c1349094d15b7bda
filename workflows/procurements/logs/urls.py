"""Addresses of the logs of a procurement."""

from django.urls import path

from workflows.procurements.logs import views

ALL = "procurements/<reference:reference>/logs/"
ONE = f"{ALL}<slug:log>/"
ENTRY = f"{ONE}entries/<slug:number>/"

urlpatterns = [
    path(ALL, views.listing, name="procurement_logs"),
    path(f"{ALL}conflicts/declare/", views.declare, name="procurement_conflicts_declare"),
    path(f"{ALL}conflicts/remind/", views.remind, name="procurement_conflicts_remind"),
    path(f"{ALL}conflicts/confirm/<slug:task>/", views.confirm, name="procurement_conflicts_confirm"),
    path(f"{ALL}clarification/download/", views.clarifications_as_csv, name="procurement_clarification_csv"),
    path(ONE, views.log, name="procurement_log"),
    path(f"{ONE}add/", views.add, name="procurement_log_add"),
    path(f"{ONE}print/", views.as_printed, name="procurement_log_print"),
    path(ENTRY, views.entry, name="procurement_log_entry"),
    path(f"{ENTRY}change/", views.change, name="procurement_log_change"),
    path(f"{ENTRY}close/", views.close, name="procurement_log_close"),
]
