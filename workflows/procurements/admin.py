"""Procurements in the admin: to look at and to help. Decisions and endorsements are records: nobody changes them here."""

from __future__ import annotations

from django.contrib import admin

from toolkit.accounts.admin import ReadOnlyAdmin
from workflows.procurements.models import (
    Endorsement,
    EndorsementPower,
    FormalDecision,
    Procurement,
    TaskAssignment,
    TeamMember,
)


class TeamInline(admin.TabularInline):
    model = TeamMember
    extra = 0
    raw_id_fields = ("person", "added_by")


@admin.register(Procurement)
class ProcurementAdmin(admin.ModelAdmin):
    list_display = (
        "reference",
        "title",
        "organisation",
        "status",
        "route",
        "regime",
        "needed_on",
        "visibility",
    )
    list_filter = ("status", "regime", "route", "category", "visibility", "organisation")
    search_fields = ("reference", "title")
    list_select_related = ("organisation",)
    readonly_fields = ("reference", "organisation", "status", "run", "created_by", "created_at", "started_at")
    inlines = (TeamInline,)


@admin.register(EndorsementPower)
class EndorsementPowerAdmin(admin.ModelAdmin):
    list_display = ("person", "organisation", "kind", "up_to_inc_vat")
    list_filter = ("kind", "organisation")
    search_fields = ("person__email", "person__name")
    autocomplete_fields = ("person", "organisation")
    list_select_related = ("person", "organisation")


@admin.register(Endorsement)
class EndorsementAdmin(ReadOnlyAdmin):
    list_display = ("procurement", "task", "kind", "status", "asked_by", "asked_of", "asked_at")
    list_filter = ("status", "kind")
    list_select_related = ("procurement", "asked_by", "asked_of")


@admin.register(FormalDecision)
class FormalDecisionAdmin(ReadOnlyAdmin):
    list_display = ("procurement", "task", "maker", "maker_name", "decided_on", "call_in_ends_on")
    list_filter = ("maker",)
    list_select_related = ("procurement",)


@admin.register(TeamMember)
class TeamMemberAdmin(admin.ModelAdmin):
    list_display = ("procurement", "person", "role", "added_at")
    list_filter = ("role",)
    search_fields = ("procurement__reference", "person__email")
    raw_id_fields = ("procurement", "person", "added_by")
    list_select_related = ("procurement", "person")


@admin.register(TaskAssignment)
class TaskAssignmentAdmin(admin.ModelAdmin):
    list_display = ("procurement", "task", "person", "assigned_at")
    search_fields = ("procurement__reference", "person__email", "task")
    raw_id_fields = ("procurement", "person", "assigned_by")
    list_select_related = ("procurement", "person")
