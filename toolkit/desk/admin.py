"""Calendar addresses in the admin: to see that one is there, and to take it away."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest

from toolkit.desk.models import CalendarFeed


@admin.register(CalendarFeed)
class CalendarFeedAdmin(admin.ModelAdmin):
    list_display = ("person", "made_at")
    search_fields = ("person__email",)
    fields = ("person", "made_at")
    readonly_fields = ("person", "made_at")
    date_hierarchy = "made_at"
    list_select_related = ("person",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False
