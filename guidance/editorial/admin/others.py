"""Releases, pictures, old addresses, broken links, revisions: the rest of the editors' admin."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString

from guidance.editorial.admin import pages
from guidance.editorial.forms import ImageForm, ReleaseForm
from guidance.editorial.models import BrokenLink, Image, OldAddress, Release, ReleaseStep, Revision
from guidance.editorial.services import releases
from toolkit.core.admin import LookOnly
from toolkit.core.errors import Refused


@admin.register(Revision)
class RevisionAdmin(LookOnly, admin.ModelAdmin):
    list_display = ["title", "kind", "number", "state", "by", "at", "reviewed_by", "published_at"]
    list_filter = ["state", "kind", "is_minor"]
    search_fields = ["title", "note", "slug"]
    date_hierarchy = "at"
    list_select_related = ["by", "reviewed_by"]

    def get_urls(self) -> list[URLPattern]:
        return [
            path("desk/", self.admin_site.admin_view(self.desk), name="editorial_desk"),
            *super().get_urls(),
        ]

    def desk(self, request: HttpRequest) -> HttpResponse:
        """Everything that waits for an editor."""
        return pages.desk_page(request, {**self.admin_site.each_context(request), "opts": self.opts})


class StepInline(LookOnly, admin.TabularInline):
    """What goes out; a step may be taken out while the release waits."""

    model = ReleaseStep
    extra = 0
    fields = ["action", "title", "kind", "revision", "reason", "read_instead"]
    readonly_fields = ["action", "title", "kind", "revision", "reason", "read_instead"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is not None and obj.is_waiting and request.user.has_perm("editorial.change_release")


@admin.register(Release)
class ReleaseAdmin(admin.ModelAdmin):
    """A release is begun here and filled from the review and withdraw pages of items."""

    form = ReleaseForm
    list_display = ["name", "goes_out_at", "created_by", "done_at", "cancelled_at", "problem"]
    list_filter = [("done_at", admin.EmptyFieldListFilter), ("cancelled_at", admin.EmptyFieldListFilter)]
    search_fields = ["name"]
    date_hierarchy = "goes_out_at"
    fields = ["name", "goes_out_at", "created_by", "done_at", "cancelled_at", "problem"]
    readonly_fields = ["created_by", "done_at", "cancelled_at", "problem"]
    inlines = [StepInline]
    actions = ["cancel"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or obj.is_waiting)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Release, form: Any, change: bool) -> None:
        """A new time tries again what could not go out; one that went out meanwhile stays as it is."""
        if change:
            releases.move(release=obj, name=obj.name, at=obj.goes_out_at)
            return
        obj.created_by = request.user  # type: ignore[assignment]  # the admin lets in only people
        super().save_model(request, obj, form, change)

    @admin.action(description="Cancel the selected releases", permissions=["change"])
    def cancel(self, request: HttpRequest, queryset: QuerySet[Release]) -> None:
        for release in queryset:
            try:
                releases.cancel(release=release)
            except Refused as refused:
                messages.error(request, f"{release}: {refused.sentence}")
            else:
                messages.success(request, f"{release} is cancelled")


@admin.register(Image)
class ImageAdmin(admin.ModelAdmin):
    form = ImageForm
    list_display = ["slug", "alternative_text", "width", "height", "updated_at"]
    search_fields = ["slug", "alternative_text"]
    fields = ["slug", "alternative_text", "file", "picture"]
    readonly_fields = ["picture"]

    @admin.display(description="picture")
    def picture(self, image: Image) -> SafeString | str:
        if not image.pk:
            return "–"
        return format_html(
            '<img class="editorial-picture" src="{}" alt="{}">',
            image.get_absolute_url(),
            image.alternative_text,
        )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Image]:
        return super().get_queryset(request).defer("content")


@admin.register(OldAddress)
class OldAddressAdmin(admin.ModelAdmin):
    list_display = ["path", "kind", "item_id", "since"]
    list_filter = ["kind"]
    search_fields = ["path"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(BrokenLink)
class BrokenLinkAdmin(LookOnly, admin.ModelAdmin):
    list_display = ["address", "title", "problem", "times", "first_seen_at", "last_seen_at"]
    list_filter = ["kind", "times"]
    search_fields = ["address", "title"]
