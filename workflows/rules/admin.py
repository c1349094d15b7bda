"""Own rules in the admin: to look at. Administrators of organisations change them on the pages of the service; staff may
help with who is listed."""

from __future__ import annotations

from django.contrib import admin

from toolkit.accounts.admin import ReadOnlyAdmin
from workflows.rules.models import ClosedDay, Contact, KeptChange, Meeting, Power, RuleSet, StandIn, Weighing


@admin.register(RuleSet)
class RuleSetAdmin(ReadOnlyAdmin):
    list_display = ("organisation", "number", "status", "applies_from", "note", "edited_by", "edited_at")
    list_filter = ("status", "organisation")
    search_fields = ("organisation__short_name", "note")
    list_select_related = ("organisation", "edited_by")
    date_hierarchy = "applies_from"


@admin.register(Weighing)
class WeighingAdmin(ReadOnlyAdmin):
    list_display = ("change", "state", "looked_at", "touched", "asked_by", "asked_at", "done_at")
    list_filter = ("state",)
    list_select_related = ("rule_set__organisation", "kept__organisation", "asked_by")


@admin.register(KeptChange)
class KeptChangeAdmin(ReadOnlyAdmin):
    list_display = ("did", "organisation", "subject", "by", "at")
    list_filter = ("subject", "organisation")
    search_fields = ("did", "by__email")
    list_select_related = ("organisation", "by")
    date_hierarchy = "at"


@admin.register(Meeting)
class MeetingAdmin(ReadOnlyAdmin):
    list_display = ("on", "body", "organisation", "source", "added_by")
    list_filter = ("source", "organisation")
    search_fields = ("body",)
    date_hierarchy = "on"
    list_select_related = ("organisation", "added_by")


@admin.register(ClosedDay)
class ClosedDayAdmin(ReadOnlyAdmin):
    list_display = ("day", "name", "organisation", "added_by")
    list_filter = ("organisation",)
    search_fields = ("name",)
    date_hierarchy = "day"
    list_select_related = ("organisation", "added_by")


@admin.register(Contact)
class ContactAdmin(ReadOnlyAdmin):
    list_display = ("about", "name", "email", "organisation")
    list_filter = ("about", "organisation")
    search_fields = ("name", "email")
    list_select_related = ("organisation",)


class StandInInline(admin.TabularInline):
    model = StandIn
    extra = 0
    readonly_fields = ("person", "starts_on", "ends_on", "added_by", "added_at")
    can_delete = False
    max_num = 0


@admin.register(Power)
class PowerAdmin(admin.ModelAdmin):
    list_display = ("person", "organisation", "kind", "up_to", "up_to_basis", "starts_on", "ends_on")
    list_filter = ("kind", "organisation")
    search_fields = ("person__email", "person__name")
    autocomplete_fields = ("person", "organisation")
    list_select_related = ("person", "organisation")
    inlines = (StandInInline,)
