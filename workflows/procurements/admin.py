"""Procurements in the admin: to look at, and to help a team that has lost its last officer.

Facts, levels, decisions and endorsements are changed by the verbs of the service alone, which tell the pipeline and the
history.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest

from toolkit.accounts.admin import ReadOnlyAdmin
from toolkit.accounts.models import Membership, Person
from toolkit.accounts.roles import Role
from toolkit.core import clock
from workflows.procurements.confidence import in_window, until
from workflows.procurements.models import (
    Clarification,
    Comment,
    Conflict,
    ConflictsConfirmation,
    DecisionPaper,
    Endorsement,
    Engagement,
    Follow,
    FormalDecision,
    HistoryLine,
    KeptPlan,
    LineKind,
    LoggedDecision,
    Opening,
    OpenStep,
    PlanMove,
    Procurement,
    Risk,
    StageSpell,
    Standing,
    Status,
    TaskAssignment,
    TeamMember,
    TeamRole,
    TouchedProcurement,
)
from workflows.procurements.services.history import write
from workflows.procurements.services.sharing import may_be_helped


class OutsideTheWindow(ReadOnlyAdmin):
    """Rows of a procurement that tell of bids: while its window is open the staff of the service see none of them."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).exclude(in_window("procurement__"))


class TeamInline(admin.TabularInline):
    model = TeamMember
    extra = 0
    readonly_fields = ("person", "role", "added_by", "added_at")
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class OfficerLeftFilter(admin.SimpleListFilter):
    """Open procurements on whose team no officer is let in any more: staff are asked to help."""

    title = "team"
    parameter_name = "team"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("nobody", "No officer left on it")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() != "nobody":
            return queryset
        officers = (
            Membership.objects.filter(
                organisation=OuterRef("procurement__organisation"),
                person=OuterRef("person"),
                person__is_active=True,
            )
            .current_on(clock.today())
            .with_role(Role.OFFICER)
        )
        running = TeamMember.objects.filter(Exists(officers), procurement=OuterRef("pk")).exclude(
            role=TeamRole.ENDORSER
        )
        return queryset.filter(~Exists(running), status__in=[Status.LIVE, Status.PAUSED])


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
    list_filter = (OfficerLeftFilter, "status", "regime", "route", "category", "visibility", "organisation")
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
    list_display = ("procurement", "activity", "kind", "cause", "ends_on", "by", "at")
    list_filter = ("kind", "cause", "activity")
    search_fields = ("procurement__reference",)
    list_select_related = ("procurement", "by")
    date_hierarchy = "at"


@admin.register(Endorsement)
class EndorsementAdmin(OutsideTheWindow):
    list_display = ("procurement", "task", "kind", "status", "asked_by", "asked_of", "asked_at", "lapsed_at")
    list_filter = ("status", "kind")
    list_select_related = ("procurement", "asked_by", "asked_of")


@admin.register(FormalDecision)
class FormalDecisionAdmin(OutsideTheWindow):
    list_display = ("procurement", "task", "maker", "maker_name", "decided_on", "call_in_ends_on")
    list_filter = ("maker",)
    list_select_related = ("procurement",)


@admin.register(DecisionPaper)
class DecisionPaperAdmin(ReadOnlyAdmin):
    list_display = ("decision", "size", "asked_at")
    date_hierarchy = "asked_at"
    exclude = ("content",)
    list_select_related = ("decision__procurement",)


class TeamMemberForm(forms.ModelForm):
    """While bids are in confidence the team alone says who joins it; only where it has no officer left may staff help."""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        procurement = data.get("procurement") or (self.instance.procurement if self.instance.pk else None)
        if procurement is not None and not may_be_helped(procurement):
            raise forms.ValidationError(
                f"It is in confidence {until(procurement)}: only its team can change the team."
            )
        return data


@admin.register(TeamMember)
class TeamMemberAdmin(admin.ModelAdmin):
    """The way to help a team; what is done here stands in the history too."""

    list_display = ("procurement", "person", "role", "added_at")
    list_filter = ("role",)
    search_fields = ("procurement__reference", "person__email")
    raw_id_fields = ("procurement", "person")
    exclude = ("added_by",)
    form = TeamMemberForm
    list_select_related = ("procurement", "person")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("procurement", "person", "added_at") if obj is not None else ("added_at",)

    def has_delete_permission(self, request: HttpRequest, obj: TeamMember | None = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or may_be_helped(obj.procurement))

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
            if not may_be_helped(member.procurement):
                self.message_user(
                    request, f"Bids are in confidence: {member} is changed by its team alone", messages.ERROR
                )
                continue
            self.delete_model(request, member)


class LogAdmin(OutsideTheWindow):
    """That an entry was written, by whom and when: what it says is for those who may open the record."""

    list_display = ("procurement", "number", "written_by", "written_at", "changed_at", "closed_at")
    list_filter = ("written_at",)
    search_fields = ("procurement__reference",)
    list_select_related = ("procurement", "written_by")
    fields = (
        "procurement",
        "number",
        "version",
        "written_by",
        "written_at",
        "changed_by",
        "changed_at",
        "closed_at",
    )


for _model in (Clarification, Conflict, Engagement, LoggedDecision, Opening, Risk):
    admin.site.register(_model, LogAdmin)


@admin.register(ConflictsConfirmation)
class ConflictsConfirmationAdmin(OutsideTheWindow):
    list_display = ("procurement", "task", "is_nothing", "declared", "awaited", "by", "at")
    list_filter = ("is_nothing",)
    search_fields = ("procurement__reference", "task")
    list_select_related = ("procurement", "by")
    exclude = ("words",)


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
    list_display = ("procurement", "weighing", "added", "dropped", "approvals", "figures")
    search_fields = ("procurement__reference",)
    list_select_related = (
        "procurement",
        "weighing__rule_set__organisation",
        "weighing__kept__organisation",
    )


@admin.register(Comment)
class CommentAdmin(OutsideTheWindow):
    """That somebody commented; what they said stands on the procurement's own page."""

    list_display = ("procurement", "by", "at", "is_confidential", "taken_back_at")
    list_filter = ("is_confidential",)
    search_fields = ("procurement__reference", "by__email")
    list_select_related = ("procurement", "by")
    date_hierarchy = "at"
    fields = ("procurement", "by", "at", "is_confidential", "taken_back_at")
    readonly_fields = fields


@admin.register(Follow)
class FollowAdmin(ReadOnlyAdmin):
    list_display = ("procurement", "person", "since")
    search_fields = ("procurement__reference", "person__email")
    list_select_related = ("procurement", "person")
    date_hierarchy = "since"
