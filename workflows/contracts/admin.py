"""Contracts and suppliers in the admin: to look at, and to give a contract another manager. Everything that its pipeline
entry shows is changed by the verbs of the service alone."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from toolkit.accounts.admin import ReadOnlyAdmin
from workflows.contracts.models import Contract, ContractWork, ExtensionOption, Supplier


class ExtensionInline(admin.TabularInline):
    model = ExtensionOption
    extra = 0
    readonly_fields = ("number", "months", "used_on")
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Contract)
class ContractAdmin(admin.ModelAdmin):
    list_display = (
        "reference",
        "title",
        "organisation",
        "status",
        "regime",
        "starts_on",
        "ends_on",
        "notice_months",
    )
    list_filter = ("status", "regime", "category", "organisation")
    search_fields = ("reference", "title", "suppliers__name")
    list_select_related = ("organisation",)
    date_hierarchy = "ends_on"
    readonly_fields = tuple(
        field.name
        for field in (*Contract._meta.fields, *Contract._meta.many_to_many)
        if field.name not in ("id", "manager")
    )
    raw_id_fields = ("manager",)
    inlines = (ExtensionInline,)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Supplier)
class SupplierAdmin(admin.ModelAdmin):
    list_display = ("name", "identifier")
    search_fields = ("name", "identifier")
    readonly_fields = ("name",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(ExtensionOption)
class ExtensionOptionAdmin(ReadOnlyAdmin):
    list_display = ("contract", "number", "months", "used_on")
    search_fields = ("contract__reference", "contract__title")
    list_select_related = ("contract",)


@admin.register(ContractWork)
class ContractWorkAdmin(ReadOnlyAdmin):
    list_display = ("procurement", "contract", "started_by", "started_at", "written_at")
    list_filter = ("procurement__route", "contract__organisation")
    search_fields = ("contract__reference", "contract__title", "procurement__reference")
    list_select_related = ("procurement", "contract", "started_by")
    date_hierarchy = "started_at"
