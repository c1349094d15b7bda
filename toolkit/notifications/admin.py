"""Subscriptions and news in the admin: to look at, to end, to erase; nobody writes them here, and no secret is shown."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from toolkit.notifications import services
from toolkit.notifications.models import Alert, Delivery, News, NewsTopic, Preference, Subscription


class LookedAtAdmin(admin.ModelAdmin):
    """To look at, and to delete when somebody asks for that."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class StateFilter(admin.SimpleListFilter):
    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("active", "Active"), ("asked", "Not confirmed"), ("ended", "Ended")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        states = {
            "active": Q(confirmed_at__isnull=False, ended_at=None),
            "asked": Q(confirmed_at=None, ended_at=None),
            "ended": Q(ended_at__isnull=False),
        }
        return queryset.filter(states.get(self.value() or "", Q()))


@admin.register(Subscription)
class SubscriptionAdmin(LookedAtAdmin):
    list_display = ["email", "kind", "key", "asked_at", "confirmed_at", "ended_at"]
    list_filter = [StateFilter, "kind"]
    search_fields = ["email", "key"]
    date_hierarchy = "asked_at"
    fields = ["email", "kind", "key", "asked_at", "confirmed_at", "ended_at"]
    actions = ["end"]

    @admin.action(description="End these subscriptions", permissions=["delete"])
    def end(self, request: HttpRequest, queryset: QuerySet[Subscription]) -> None:
        for subscription in queryset:
            services.end(subscription=subscription)
        messages.success(request, "Ended: they get no more letters about this")


class NewsTopicInline(admin.TabularInline):
    model = NewsTopic
    extra = 0
    fields = ["kind", "key"]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(News)
class NewsAdmin(LookedAtAdmin):
    list_display = ["title", "announced_at", "announced_by", "gathered_at"]
    list_filter = ["announced_at"]
    list_select_related = ["announced_by"]
    search_fields = ["title", "text", "topics__key"]
    date_hierarchy = "announced_at"
    inlines = [NewsTopicInline]


@admin.register(Delivery)
class DeliveryAdmin(LookedAtAdmin):
    list_display = ["email", "news", "queued_at"]
    list_filter = ["queued_at"]
    list_select_related = ["news"]
    search_fields = ["email", "news__title"]
    fields = ["email", "news", "queued_at"]


@admin.register(Alert)
class AlertAdmin(LookedAtAdmin):
    list_display = ["person", "kind", "heading", "how", "made_at", "told_at", "read_at"]
    list_filter = ["kind", "how", "made_at"]
    list_select_related = ["person"]
    search_fields = ["person__email", "subject"]
    date_hierarchy = "made_at"
    fields = ["person", "kind", "heading", "how", "made_at", "told_at", "read_at"]


@admin.register(Preference)
class PreferenceAdmin(LookedAtAdmin):
    list_display = ["person", "kind", "how"]
    list_filter = ["kind", "how"]
    list_select_related = ["person"]
    search_fields = ["person__email"]
