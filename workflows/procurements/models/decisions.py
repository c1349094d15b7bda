"""Endorsements, given here; formal decisions, made elsewhere under a constitution and recorded here (practice.md §3)."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models

from toolkit.core import clock
from workflows.procurements.models.procurement import Procurement
from workflows.rules.kinds import DecisionMaker, EndorsementKind


class EndorsementStatus(models.TextChoices):
    ASKED = "asked", "Asked"
    ENDORSED = "endorsed", "Endorsed"
    DECLINED = "declined", "Declined"
    CHANGES = "changes", "Changes asked for"
    WITHDRAWN = "withdrawn", "Withdrawn"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Endorsement(models.Model):
    """One person asked to endorse one task's result, and their answer. Never the requester's own."""

    procurement = models.ForeignKey(Procurement, models.PROTECT, related_name="endorsements")
    task = models.CharField(max_length=80)
    kind = models.CharField(max_length=12, choices=EndorsementKind)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="endorsements_asked")
    asked_of = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="endorsements_to_give"
    )
    asked_at = models.DateTimeField(default=clock.now, editable=False)
    note = models.TextField(blank=True, help_text="What they are asked to endorse.")
    value_inc_vat = models.DecimalField(
        max_digits=14, decimal_places=2, null=True, help_text="The value when it was asked."
    )
    status = models.CharField(max_length=10, choices=EndorsementStatus, default=EndorsementStatus.ASKED)
    reasons = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(asked_by=models.F("asked_of")), name="nobody_endorses_their_own"
            ),
            models.UniqueConstraint(
                fields=["procurement", "task"],
                condition=models.Q(status="asked"),
                name="one_open_request_per_task",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} endorsement of {self.procurement}"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class FormalDecision(models.Model):
    """A decision of the council, as it was made elsewhere: who, by what power, in which report, and until when it may
    be called in. Recorded, never taken, in the toolkit."""

    procurement = models.ForeignKey(Procurement, models.PROTECT, related_name="decisions")
    task = models.CharField(max_length=80)
    maker = models.CharField(max_length=10, choices=DecisionMaker)
    maker_name = models.CharField(max_length=160, help_text="Such as “Cabinet” or “Director of Resources”.")
    power = models.CharField(
        max_length=300, help_text="The power relied on, such as “Constitution, part 3, paragraph 4.2”."
    )
    report_reference = models.CharField(max_length=120, blank=True)
    report_link = models.URLField(blank=True)
    decided_on = models.DateField()
    published_on = models.DateField(null=True, blank=True)
    call_in_ends_on = models.DateField(null=True, blank=True, help_text="Empty: call-in does not apply.")
    delegated_to = models.CharField(max_length=200, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)
    reason = models.CharField(
        max_length=500, blank=True, help_text="Why there is a further decision, or why dates were corrected."
    )
    superseded_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="When a further decision took its place."
    )

    class Meta:
        ordering = ["recorded_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["procurement", "task"],
                condition=models.Q(superseded_at=None),
                name="one_standing_decision_per_task",
            ),
            models.CheckConstraint(
                condition=models.Q(call_in_ends_on=None)
                | models.Q(call_in_ends_on__gte=models.F("decided_on")),
                name="call_in_ends_after_decision",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_maker_display()} on {self.procurement}"
