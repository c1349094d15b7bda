"""Published notices in the admin: to look at. They come from imports, and are changed by later ones alone."""

from __future__ import annotations

from django.contrib import admin

from toolkit.accounts.admin import ReadOnlyAdmin
from workflows.notices.models import Process, Release


@admin.register(Process)
class ProcessAdmin(ReadOnlyAdmin):
    list_display = ("ocid", "title", "organisation", "buyer_name", "regime", "latest_notice", "published_at")
    list_filter = ("regime", "latest_notice", ("organisation", admin.EmptyFieldListFilter), "organisation")
    search_fields = ("ocid", "title", "buyer_name")
    list_select_related = ("organisation",)
    date_hierarchy = "published_at"


@admin.register(Release)
class ReleaseAdmin(ReadOnlyAdmin):
    list_display = ("release_id", "process", "notice_type", "tags", "released_at", "imported_at")
    list_filter = ("notice_type",)
    search_fields = ("release_id", "process__ocid")
    list_select_related = ("process",)
    date_hierarchy = "released_at"
