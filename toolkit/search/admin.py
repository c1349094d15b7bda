"""The index and the queries to look at, the synonyms and best bets to edit."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse

from toolkit.core import clock
from toolkit.core.admin import LookOnly
from toolkit.search.forms import TRY, BestBetForm, SynonymForm
from toolkit.search.models import (
    AskedQuery,
    BestBet,
    FoundNothing,
    NeverOpened,
    SearchEntry,
    Spelling,
    Synonym,
)
from toolkit.search.replay import replay


class SpellingInline(LookOnly, admin.TabularInline):
    model = Spelling
    extra = 0
    verbose_name_plural = "words offered by “did you mean”"


@admin.register(SearchEntry)
class SearchEntryAdmin(LookOnly, admin.ModelAdmin):
    """To look at only: the app that owns a thing writes its row."""

    list_display = ["title", "kind", "stage", "visibility", "updated_at"]
    list_filter = ["kind", "stage", "visibility"]
    search_fields = ["title", "key"]
    exclude = ["words", "head"]
    inlines = [SpellingInline]


@admin.register(Synonym)
class SynonymAdmin(admin.ModelAdmin):
    """Before one is saved, “Try it” says which first results it would move."""

    form = SynonymForm
    list_display = ["phrase", "words", "is_active"]
    list_filter = ["is_active"]
    search_fields = ["phrase", "words"]

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        context = dict(extra_context or {})
        if request.method == "POST" and TRY in request.POST:
            tried = self.get_object(request, object_id) if object_id else None
            form = self.get_form(request, tried, change=tried is not None)(request.POST, instance=tried)
            form.is_valid()
            if not form.errors:
                context["replay"] = replay(form.instance)
        return super().changeform_view(request, object_id, form_url, context)


@admin.register(BestBet)
class BestBetAdmin(admin.ModelAdmin):
    form = BestBetForm
    list_display = ["phrase", "shown_first", "reason", "is_active", "can_be_found"]
    list_filter = ["is_active", "kind"]
    search_fields = ["phrase", "reason", "key"]

    @admin.display(description="shown first")
    def shown_first(self, bet: BestBet) -> str:
        return f"{bet.kind}: {bet.key}"

    def get_queryset(self, request: HttpRequest) -> QuerySet[BestBet]:
        entry = SearchEntry.objects.filter(kind=OuterRef("kind"), key=OuterRef("key"))
        return super().get_queryset(request).annotate(has_entry=Exists(entry))

    @admin.display(description="can be found", boolean=True)
    def can_be_found(self, bet: Any) -> bool:
        found: bool = bet.has_entry
        return found


class PeriodFilter(admin.SimpleListFilter):
    """How far back the figures go."""

    title = "asked within"
    parameter_name = "days"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("7", "7 days"), ("30", "30 days"), ("90", "90 days")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = self.value()
        if chosen not in {"7", "30", "90"}:
            return queryset
        return queryset.filter(day__gt=clock.today() - dt.timedelta(days=int(chosen)))


class OftenFilter(admin.SimpleListFilter):
    """What was asked more than once."""

    title = "how often"
    parameter_name = "often"
    lookup = "times"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("2", "Twice or more"), ("5", "5 times or more"), ("20", "20 times or more")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = self.value()
        return (
            queryset.filter(**{f"{self.lookup}__gte": int(chosen)})
            if chosen in {"2", "5", "20"}
            else queryset
        )


class OftenInAllFilter(OftenFilter):
    lookup = "times_in_all"


@admin.register(AskedQuery)
class AskedQueryAdmin(LookOnly, admin.ModelAdmin):
    """Every query of every day."""

    list_display = ["query", "day", "times", "found", "opened", "first_key"]
    list_filter = [PeriodFilter, OftenFilter, "first_kind"]
    search_fields = ["query"]
    date_hierarchy = "day"
    list_per_page = 50


class _OverDaysAdmin(LookOnly, admin.ModelAdmin):
    """Each query once, those asked most often first."""

    list_display = ["query", "asked", "day", "found", "first_key"]
    list_filter = [PeriodFilter, OftenInAllFilter]
    search_fields = ["query"]
    list_per_page = 50

    def get_ordering(self, request: HttpRequest) -> Any:
        return ["-times_in_all", "query"]

    @admin.display(description="times asked", ordering="times_in_all")
    def asked(self, query: Any) -> int:
        times: int = query.times_in_all
        return times


@admin.register(FoundNothing)
class FoundNothingAdmin(_OverDaysAdmin):
    list_display = ["query", "asked", "day"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return AskedQuery.objects.found_nothing()


@admin.register(NeverOpened)
class NeverOpenedAdmin(_OverDaysAdmin):
    def get_queryset(self, request: HttpRequest) -> Any:
        return AskedQuery.objects.never_opened()
