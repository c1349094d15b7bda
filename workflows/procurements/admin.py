"""Procurements in the admin: to look at, and to help a team that has lost its last officer.

Facts, levels, decisions and endorsements are changed by the verbs of the service alone, which tell the pipeline and the
history.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from toolkit.accounts.admin import ReadOnlyAdmin
from toolkit.accounts.models import Person
from workflows.procurements.models import (
    DecisionPaper,
    Endorsement,
    FormalDecision,
    HistoryLine,
    KeptPlan,
    LineKind,
    OpenStep,
    PlanMove,
    Procurement,
    StageSpell,
    Standing,
    TaskAssignment,
    TeamMember,
    TouchedProcurement,
)
from workflows.procurements.services.history import write


class TeamInline(admin.TabularInline):
    model = TeamMember
    extra = 0
    readonly_fields = ("person", "role", "added_by", "added_at")
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Procurement)
class ProcurementAdmin(ReadOnlyAdmin):
    list_display = (
        "reference",
        "title",
        "organisation",
        "status",
        "route",
        "regime",
        "needed_on",
        "visibility",
    )
    list_filter = ("status", "regime", "route", "category", "visibility", "organisation")
    search_fields = ("reference", "title")
    list_select_related = ("organisation",)
    inlines = (TeamInline,)


@admin.register(HistoryLine)
class HistoryLineAdmin(ReadOnlyAdmin):
    list_display = ("procurement", "kind", "detail", "by", "at")
    list_filter = ("kind",)
    search_fields = ("procurement__reference",)
    list_select_related = ("procurement", "by")
    date_hierarchy = "at"


@admin.register(KeptPlan)
class KeptPlanAdmin(ReadOnlyAdmin):
    list_display = ("procurement", "number", "needed_on", "by", "at")
    search_fields = ("procurement__reference",)
    list_select_related = ("procurement", "by")
    date_hierarchy = "at"


@admin.register(PlanMove)
class PlanMoveAdmin(ReadOnlyAdmin):
    list_display = ("procurement", "activity", "kind", "cause", "by", "at")
    list_filter = ("kind", "cause", "activity")
    search_fields = ("procurement__reference",)
    list_select_related = ("procurement", "by")
    date_hierarchy = "at"


@admin.register(Endorsement)
class EndorsementAdmin(ReadOnlyAdmin):
    list_display = ("procurement", "task", "kind", "status", "asked_by", "asked_of", "asked_at", "lapsed_at")
    list_filter = ("status", "kind")
    list_select_related = ("procurement", "asked_by", "asked_of")


@admin.register(FormalDecision)
class FormalDecisionAdmin(ReadOnlyAdmin):
    list_display = ("procurement", "task", "maker", "maker_name", "decided_on", "call_in_ends_on")
    list_filter = ("maker",)
    list_select_related = ("procurement",)


@admin.register(DecisionPaper)
class DecisionPaperAdmin(ReadOnlyAdmin):
    list_display = ("decision", "size", "asked_at")
    date_hierarchy = "asked_at"
    exclude = ("content",)
    list_select_related = ("decision__procurement",)


@admin.register(TeamMember)
class TeamMemberAdmin(admin.ModelAdmin):
    """The way to help a team; what is done here stands in the history too."""

    list_display = ("procurement", "person", "role", "added_at")
    list_filter = ("role",)
    search_fields = ("procurement__reference", "person__email")
    raw_id_fields = ("procurement", "person")
    exclude = ("added_by",)
    list_select_related = ("procurement", "person")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("procurement", "person", "added_at") if obj is not None else ("added_at",)

    def save_model(self, request: HttpRequest, obj: TeamMember, form: Any, change: bool) -> None:
        assert isinstance(request.user, Person)
        if not change:
            obj.added_by = request.user
        super().save_model(request, obj, form, change)
        write(obj.procurement, LineKind.JOINED, request.user, detail=str(obj.person))

    def delete_model(self, request: HttpRequest, obj: TeamMember) -> None:
        assert isinstance(request.user, Person)
        super().delete_model(request, obj)
        write(obj.procurement, LineKind.LEFT, request.user, detail=str(obj.person))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[TeamMember]) -> None:
        for member in queryset.select_related("procurement", "person"):
            self.delete_model(request, member)


@admin.register(TaskAssignment)
class TaskAssignmentAdmin(ReadOnlyAdmin):
    list_display = ("procurement", "task", "person", "assigned_at")
    search_fields = ("procurement__reference", "person__email", "task")
    list_select_related = ("procurement", "person")


@admin.register(Standing)
class StandingAdmin(ReadOnlyAdmin):
    list_display = ("procurement", "stage", "done", "required", "good_until")
    list_filter = ("stage",)
    search_fields = ("procurement__reference",)
    list_select_related = ("procurement",)


@admin.register(OpenStep)
class OpenStepAdmin(ReadOnlyAdmin):
    list_display = ("procurement", "title", "status", "due_on", "basis")
    list_filter = ("status", "stage", "basis")
    search_fields = ("procurement__reference", "task")
    date_hierarchy = "due_on"
    list_select_related = ("procurement",)


@admin.register(StageSpell)
class StageSpellAdmin(ReadOnlyAdmin):
    list_display = ("procurement", "stage", "from_on", "to_on")
    list_filter = ("stage",)
    search_fields = ("procurement__reference",)
    list_select_related = ("procurement",)


@admin.register(TouchedProcurement)
class TouchedProcurementAdmin(ReadOnlyAdmin):
    list_display = ("procurement", "weighing", "added", "dropped", "approvals")
    search_fields = ("procurement__reference",)
    list_select_related = ("procurement", "weighing__rule_set__organisation")
