"""Guidance in the admin: pages, guides, terms, stage introductions, what readers said."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from guidance.editorial.admin import ItemAdmin
from guidance.pages.forms import GuideForm, IntroductionForm, PageForm, TermForm
from guidance.pages.models import BoroughNote, Feedback, Guide, Page, Rendition, StageIntroduction, Term
from toolkit.core import clock
from toolkit.core.admin import LookOnly

WHAT_CHANGED: tuple[str, Any] = ("What changed", {"fields": ["note", "is_minor"]})
UPKEEP: tuple[str, Any] = ("Who keeps it right", {"fields": ["owner", "review_by"]})


@admin.register(Page)
class PageAdmin(ItemAdmin):
    kind = "page"
    form = PageForm
    list_display = ["title", "stage", "stands", "owner", "review_by", "updated_at"]
    list_filter = [*ItemAdmin.list_filter, "stage"]
    search_fields = ["title", "summary", "body", "slug"]
    search_help_text = "Title, summary, text or slug"
    ordering = ["stage", "position", "title"]
    date_hierarchy = "review_by"
    fieldsets = [
        (None, {"fields": ["title", "slug", ("stage", "position")]}),
        ("What it says", {"fields": ["summary", "body"]}),
        ("Who does it", {"fields": ["roles"]}),
        ("Where it stands", {"fields": ["sources"]}),
        ("Where it belongs", {"fields": ["topics", "tasks", "documents"]}),
        UPKEEP,
        WHAT_CHANGED,
    ]


@admin.register(Guide)
class GuideAdmin(ItemAdmin):
    kind = "guide"
    form = GuideForm
    list_display = ["title", "stands", "owner", "review_by", "updated_at"]
    search_fields = ["title", "summary", "slug"]
    ordering = ["position", "title"]
    fieldsets = [
        (None, {"fields": ["title", "slug", "position"]}),
        ("What it says", {"fields": ["summary", "body", "steps"]}),
        ("Where it belongs", {"fields": ["topics"]}),
        UPKEEP,
        WHAT_CHANGED,
    ]


@admin.register(Term)
class TermAdmin(ItemAdmin):
    kind = "term"
    form = TermForm
    list_display = ["name", "stands", "see", "page", "is_marked", "updated_at"]
    list_filter = [*ItemAdmin.list_filter, "is_marked"]
    search_fields = ["name", "also", "meaning"]
    ordering = ["name"]
    fieldsets = [
        (None, {"fields": ["name", "slug", "also", "meaning"]}),
        ("Where it leads", {"fields": ["see", "page", "is_marked"]}),
        UPKEEP,
        WHAT_CHANGED,
    ]


@admin.register(StageIntroduction)
class StageIntroductionAdmin(ItemAdmin):
    kind = "stage"
    form = IntroductionForm
    list_display = ["slug", "stands", "owner", "review_by", "updated_at"]
    search_fields = ["slug", "body"]
    fieldsets = [(None, {"fields": ["slug", "body"]}), UPKEEP, WHAT_CHANGED]


class DealtWithFilter(admin.SimpleListFilter):
    title = "dealt with"
    parameter_name = "done"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("no", "Not yet"), ("yes", "Yes")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Feedback]) -> QuerySet[Feedback]:
        return (
            queryset if self.value() is None else queryset.filter(dealt_with_at__isnull=self.value() == "no")
        )


@admin.register(Feedback)
class FeedbackAdmin(LookOnly, admin.ModelAdmin):
    list_display = ["title", "is_useful", "words", "said_at", "dealt_with_at"]
    list_filter = [DealtWithFilter, "is_useful"]
    search_fields = ["title", "words"]
    date_hierarchy = "said_at"
    actions = ["deal_with"]

    def has_deal_with_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("pages.change_feedback")

    @admin.action(description="Mark as dealt with", permissions=["deal_with"])
    def deal_with(self, request: HttpRequest, queryset: QuerySet[Feedback]) -> None:
        queryset.filter(dealt_with_at=None).update(dealt_with_at=clock.now())


@admin.register(BoroughNote)
class BoroughNoteAdmin(LookOnly, admin.ModelAdmin):
    """That there is one, for whoever runs the service; its words are its organisation’s own and stand nowhere here."""

    fields = ["page", "organisation", "updated_by", "updated_at", "confirmed_at"]
    list_display = ["page", "organisation", "updated_by", "updated_at", "confirmed_at"]
    list_filter = ["organisation"]
    search_fields = ["page__title"]
    list_select_related = ["page", "organisation", "updated_by"]


@admin.register(Rendition)
class RenditionAdmin(LookOnly, admin.ModelAdmin):
    list_display = ["kind", "item_id", "number", "size", "made_at"]
    list_filter = ["kind"]
    fields = ["kind", "item_id", "number", "size", "made_at"]
