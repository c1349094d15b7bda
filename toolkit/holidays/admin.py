"""Bank holidays in the admin: staff add the days that the package's list lacks."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest

from toolkit.holidays import outcomes
from toolkit.holidays.models import AddedBankHoliday
from toolkit.holidays.selectors import forget


def _changed() -> None:
    """In the admin’s transaction: what rests on the days is told, and asks for them once they stand."""
    outcomes.CHANGED.happened(None)
    forget()
    transaction.on_commit(forget)  # a page in between may have remembered the days before


@admin.register(AddedBankHoliday)
class AddedBankHolidayAdmin(admin.ModelAdmin):
    list_display = ("day", "nation", "name", "why", "added_at")
    list_filter = ("nation",)
    search_fields = ("name", "why")
    date_hierarchy = "day"

    def save_model(self, request: HttpRequest, obj: AddedBankHoliday, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        _changed()

    def delete_model(self, request: HttpRequest, obj: AddedBankHoliday) -> None:
        super().delete_model(request, obj)
        _changed()

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[AddedBankHoliday]) -> None:
        super().delete_queryset(request, queryset)
        _changed()
