"""Editing guidance. Saving here keeps the search index in step."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest

from guidance.pages import services
from guidance.pages.forms import PageForm, StageIntroductionForm
from guidance.pages.loading import is_changed_by_editor
from guidance.pages.models import Page, PageRole, PageSource, StageIntroduction, Status
from toolkit.core import clock, page_cache
from toolkit.core.text import count


class OverdueFilter(admin.SimpleListFilter):
    title = "review"
    parameter_name = "review"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("overdue", "Overdue")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Page]) -> QuerySet[Page]:
        return queryset.filter(review_by__lt=clock.today()) if self.value() == "overdue" else queryset


class RoleInline(admin.TabularInline):
    model = PageRole
    extra = 1
    verbose_name_plural = "who does this"


class SourceInline(admin.TabularInline):
    model = PageSource
    extra = 1


@admin.register(Page)
class PageAdmin(admin.ModelAdmin):
    form = PageForm
    inlines = [RoleInline, SourceInline]
    list_display = ["title", "stage", "status", "owner", "review_by", "updated_at"]
    list_filter = ["status", "stage", OverdueFilter, "owner"]
    search_fields = ["title", "summary", "body", "slug"]
    search_help_text = "Title, summary, text or slug"
    ordering = ["stage", "position", "title"]
    prepopulated_fields = {"slug": ["title"]}
    readonly_fields = ["published_at", "updated_at", "origin"]
    date_hierarchy = "review_by"
    list_per_page = 50
    save_on_top = True
    actions = ["publish", "withdraw"]
    fieldsets = [
        (None, {"fields": ["status", ("stage", "position"), "title", "slug"]}),
        ("What it says", {"fields": ["summary", "body"]}),
        ("Where it belongs", {"fields": ["topics", "tasks"]}),
        ("Who keeps it right", {"fields": ["owner", "review_by", "published_at", "updated_at", "origin"]}),
    ]

    @admin.display(description="shipped text")
    def origin(self, page: Page) -> str:
        if not page.starter_digest:
            return "Written here"
        if is_changed_by_editor(page):
            return "Changed since it was loaded: a new version of the toolkit will leave it alone"
        return "As shipped: a new version of the toolkit may update it"

    def save_model(self, request: HttpRequest, obj: Page, form: ModelForm, change: bool) -> None:
        if change and "slug" in form.changed_data:
            services.unindex(slug=form.initial["slug"])
        services.save(page=obj)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        services.index(page=form.instance)

    def delete_model(self, request: HttpRequest, obj: Page) -> None:
        services.unindex(slug=obj.slug)
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Page]) -> None:
        for slug in queryset.values_list("slug", flat=True):
            services.unindex(slug=slug)
        super().delete_queryset(request, queryset)

    @admin.action(description="Publish the selected pages", permissions=["change"])
    def publish(self, request: HttpRequest, queryset: QuerySet[Page]) -> None:
        pages = list(queryset.exclude(status=Status.PUBLISHED))
        services.publish(pages=pages)
        self.message_user(request, f"Published {count(len(pages), 'page')}", messages.SUCCESS)

    @admin.action(description="Withdraw the selected pages", permissions=["change"])
    def withdraw(self, request: HttpRequest, queryset: QuerySet[Page]) -> None:
        pages = list(queryset.exclude(status=Status.WITHDRAWN))
        services.withdraw(pages=pages)
        self.message_user(request, f"Withdrew {count(len(pages), 'page')}", messages.SUCCESS)


@admin.register(StageIntroduction)
class StageIntroductionAdmin(admin.ModelAdmin):
    form = StageIntroductionForm
    list_display = ["stage", "updated_at"]
    fields = ["stage", "body", "updated_at"]
    readonly_fields = ["updated_at"]

    def save_model(self, request: HttpRequest, obj: StageIntroduction, form: ModelForm, change: bool) -> None:
        obj.updated_at = clock.now()
        super().save_model(request, obj, form, change)
        transaction.on_commit(page_cache.clear)
