"""The pipeline in the admin. Projected columns are written by the projection alone, so they cannot be changed here."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest

from toolkit.accounts.admin import ReadOnlyAdmin
from workflows.pipeline.models import Entry, Row, Upload

OWNER_COLUMNS = ("intent", "openness", "confidence", "visibility", "intent_visibility", "kept_by")
LEVELS = ("visibility", "intent_visibility")


@admin.register(Entry)
class EntryAdmin(admin.ModelAdmin):
    list_display = (
        "reference",
        "title",
        "organisation",
        "source",
        "stage",
        "happens_on",
        "visibility",
        "is_over",
    )
    list_filter = ("source", "stage", "visibility", "openness", "is_over", "category", "organisation")
    search_fields = ("reference", "title", "suppliers")
    list_select_related = ("organisation",)
    date_hierarchy = "happens_on"
    readonly_fields = tuple(
        field.name for field in Entry._meta.fields if field.name not in (*OWNER_COLUMNS, "id", "search")
    )
    exclude = ("search",)
    raw_id_fields = ("kept_by",)

    def get_readonly_fields(self, request: HttpRequest, obj: Entry | None = None) -> tuple[str, ...]:
        """The levels of an entry with a record behind it follow that record."""
        follows = obj is not None and (obj.procurement_id is not None or obj.contract_id is not None)
        return (*self.readonly_fields, *LEVELS) if follows else self.readonly_fields

    def has_delete_permission(self, request: HttpRequest, obj: Entry | None = None) -> bool:
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


@admin.register(Row)
class RowAdmin(ReadOnlyAdmin):
    list_display = ("__str__", "organisation", "held_for", "source", "kind", "imported_at")
    list_filter = ("source", "kind", "organisation", "held_for")
    search_fields = ("key", "facts__title")
    list_select_related = ("organisation", "held_for")


@admin.register(Upload)
class UploadAdmin(ReadOnlyAdmin):
    list_display = ("name", "organisation", "person", "uploaded_at", "imported_at")
    list_filter = (("imported_at", admin.EmptyFieldListFilter), "organisation")
    search_fields = ("name",)
    list_select_related = ("organisation", "person")
    date_hierarchy = "uploaded_at"
