"""Contracts and suppliers in the admin."""

from __future__ import annotations

from django.contrib import admin

from workflows.contracts.models import Contract, ExtensionOption, Supplier


class ExtensionInline(admin.TabularInline):
    model = ExtensionOption
    extra = 0


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
    readonly_fields = ("reference", "organisation", "procurement", "created_by", "created_at")
    filter_horizontal = ("suppliers",)
    raw_id_fields = ("manager",)
    inlines = (ExtensionInline,)


@admin.register(Supplier)
class SupplierAdmin(admin.ModelAdmin):
    list_display = ("name", "identifier")
    search_fields = ("name", "identifier")


@admin.register(ExtensionOption)
class ExtensionOptionAdmin(admin.ModelAdmin):
    list_display = ("contract", "number", "months", "used_on")
    search_fields = ("contract__reference", "contract__title")
    list_select_related = ("contract",)
    raw_id_fields = ("contract",)
