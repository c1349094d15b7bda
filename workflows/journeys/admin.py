"""Runs and their events: to look at. Events are append-only, in the admin too."""

from __future__ import annotations

from django.contrib import admin

from toolkit.accounts.admin import ReadOnlyAdmin
from workflows.journeys.models import Event, Run


@admin.register(Run)
class RunAdmin(ReadOnlyAdmin):
    list_display = ("id", "journey", "version", "started_at")
    list_filter = ("journey", "version")
    date_hierarchy = "started_at"


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    list_display = ("run", "number", "kind", "task", "by", "at")
    # What people answered is for those who may open the record, and the staff of the service are not among them.
    exclude = ("data",)
    list_filter = ("kind", "run__journey")
    search_fields = ("task",)
    list_select_related = ("run", "by")
    date_hierarchy = "at"
