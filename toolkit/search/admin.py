"""The index to look at, the synonyms to edit."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest

from toolkit.search.models import SearchEntry, Synonym


@admin.register(SearchEntry)
class SearchEntryAdmin(admin.ModelAdmin):
    """To look at only: the app that owns a thing writes its row."""

    list_display = ["title", "kind", "stage", "visibility", "updated_at"]
    list_filter = ["kind", "stage", "visibility"]
    search_fields = ["title", "key"]
    exclude = ["words"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: SearchEntry | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: SearchEntry | None = None) -> bool:
        return False


@admin.register(Synonym)
class SynonymAdmin(admin.ModelAdmin):
    list_display = ["phrase", "words", "is_active"]
    list_filter = ["is_active"]
    search_fields = ["phrase", "words"]
