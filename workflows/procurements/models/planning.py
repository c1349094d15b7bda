"""What people did with a plan: plans that were kept, and every move with its reason. Nothing here is changed or deleted."""

from __future__ import annotations

import datetime as dt

import pgtrigger
from django.conf import settings
from django.db import models

from toolkit.core import clock
from workflows.procurements.models.procurement import Procurement


class Cause(models.TextChoices):
    """Why a plan slips."""

    CHOICE = "choice", "We chose to"
    LATE = "late", "Something was finished late"
    MEETING = "meeting", "A meeting moved"
    NEED = "need", "The day of need moved"
    RULES = "rules", "Rules or law changed"
    SUPPLIERS = "suppliers", "Suppliers asked for it, or the market changed"
    OTHER = "other", "Something else"


class KeptPlan(models.Model):
    """A plan as it stood: the first is kept by itself, once there is a plan. What comes later is compared with the newest."""

    procurement = models.ForeignKey(Procurement, models.PROTECT, related_name="kept_plans")
    number = models.PositiveIntegerField()
    needed_on = models.DateField()
    rows = models.JSONField(help_text="(activity, name, first day, last day), in order.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["procurement", "number"]
        constraints = [models.UniqueConstraint(fields=["procurement", "number"], name="kept_plans_numbered")]
        triggers = [
            pgtrigger.Protect(name="kept_plan_is_append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"Plan {self.number} of {self.procurement}"

    @property
    def starts(self) -> dict[str, dt.date]:
        """Activity → its first day."""
        return {activity: dt.date.fromisoformat(start) for activity, _, start, _ in self.rows}

    @property
    def ends(self) -> dict[str, dt.date]:
        """Activity → its last day."""
        return {activity: dt.date.fromisoformat(end) for activity, _, _, end in self.rows}


class MoveKind(models.TextChoices):
    START = "start", "It begins on another day"
    DAYS = "days", "It takes another number of days"
    SLIP = "slip", "It ends on another day than was kept"


class PlanMove(models.Model):
    """One activity moved: by a person, or by what happened and was then explained."""

    procurement = models.ForeignKey(Procurement, models.PROTECT, related_name="plan_moves")
    activity = models.CharField(max_length=40)
    kind = models.CharField(max_length=5, choices=MoveKind)
    from_on = models.DateField(null=True)
    to_on = models.DateField(null=True)
    from_days = models.PositiveIntegerField(null=True)
    to_days = models.PositiveIntegerField(null=True)
    plan = models.ForeignKey(
        KeptPlan,
        models.PROTECT,
        null=True,
        related_name="moves",
        help_text="The kept plan that it departs from.",
    )
    ends_on = models.DateField(
        null=True, help_text="The last day of the activity with this move; later than that is another slip."
    )
    cause = models.CharField(max_length=10, choices=Cause)
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["procurement", "at"], name="moves_of_a_plan")]
        triggers = [
            pgtrigger.Protect(name="plan_move_is_append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.procurement}: {self.activity}, {self.get_kind_display().lower()}"
