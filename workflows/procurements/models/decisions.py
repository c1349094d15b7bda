"""Endorsements, given here; formal decisions, made elsewhere under a constitution and recorded here (practice.md §3)."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models

from guidance.documents.models import Made
from toolkit.core import clock
from workflows.procurements.models.procurement import Procurement, VatBasis
from workflows.rules.kinds import DecisionMaker, EndorsementKind


class EndorsementStatus(models.TextChoices):
    ASKED = "asked", "Asked"
    ENDORSED = "endorsed", "Endorsed"
    DECLINED = "declined", "Declined"
    CHANGES = "changes", "Changes asked for"
    WITHDRAWN = "withdrawn", "Withdrawn"
    LAPSED = "lapsed", "Lapsed"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Endorsement(models.Model):
    """One person asked for one kind of endorsement of one task's result, and their answer. Never the requester's own.

    What they were shown is kept with it (value, route, law, paper): when that is not what stands any more, it lapses.
    """

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
        max_digits=14, decimal_places=2, null=True, help_text="The value when it was asked. Empty: not known."
    )
    value_ex_vat = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    value_basis = models.CharField(max_length=3, choices=VatBasis, blank=True, help_text="As it was typed.")
    budget_ex_vat = models.DecimalField(
        max_digits=14, decimal_places=2, null=True, help_text="The agreed budget when it was asked."
    )
    route = models.CharField(max_length=60, blank=True, help_text="When it was asked. Empty: not kept.")
    regime = models.CharField(max_length=12, blank=True, help_text="When it was asked. Empty: not kept.")
    rules_from = models.DateField(
        null=True, help_text="Since when the organisation’s own rules applied that asked for it."
    )
    limit = models.DecimalField(
        max_digits=14, decimal_places=2, null=True, help_text="Up to what value they were listed. Empty: any."
    )
    limit_basis = models.CharField(max_length=3, choices=VatBasis, blank=True)
    paper = models.ForeignKey(
        Made, models.PROTECT, null=True, related_name="+", help_text="The reviewed version they were shown."
    )
    paper_reference = models.CharField(
        max_length=300, blank=True, help_text="Of a paper that is kept elsewhere: its reference or address."
    )
    paper_elsewhere = models.CharField(
        max_length=500, blank=True, help_text="Why that paper is not kept here."
    )
    status = models.CharField(max_length=10, choices=EndorsementStatus, default=EndorsementStatus.ASKED)
    reasons = models.TextField(blank=True)
    comment = models.TextField(
        blank=True, help_text="What the report is to say for this kind, such as finance comments."
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    stand_in = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Who answered in place of the person asked.",
    )
    reminded_at = models.DateTimeField(null=True, blank=True)
    stuck_told_at = models.DateTimeField(
        null=True, blank=True, help_text="When the requester was told that nobody asked can answer any more."
    )
    lapsed_at = models.DateTimeField(null=True, blank=True)
    lapsed_because = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(asked_by=models.F("asked_of")), name="nobody_endorses_their_own"
            ),
            models.UniqueConstraint(
                fields=["procurement", "task", "kind"],
                condition=models.Q(status="asked"),
                name="one_open_request_of_a_kind",
            ),
            models.UniqueConstraint(
                fields=["procurement", "task", "asked_of"],
                condition=models.Q(status="asked"),
                name="nobody_is_asked_for_two_kinds",
            ),
            models.CheckConstraint(
                condition=models.Q(stand_in=None)
                | ~models.Q(stand_in=models.F("asked_of")) & ~models.Q(stand_in=models.F("asked_by")),
                name="stands_in_for_somebody_else",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="lapsed") | models.Q(lapsed_at__isnull=False),
                name="what_lapsed_says_when",
            ),
            models.CheckConstraint(
                condition=models.Q(paper_reference="", paper_elsewhere="")
                | (models.Q(paper=None) & ~models.Q(paper_reference="") & ~models.Q(paper_elsewhere="")),
                name="paper_here_or_elsewhere_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} endorsement of {self.procurement}"

    @property
    def answered_by(self) -> str:
        """Who answered, or is to, in words."""
        if self.stand_in is None:
            return str(self.asked_of)
        return f"{self.stand_in}, in place of {self.asked_of}"


class NoCallIn(models.TextChoices):
    """Why a decision has no call-in."""

    NOT_EXECUTIVE = (
        "not-executive",
        "It is not an executive decision, and no rule of ours opens it to call-in",
    )
    EXEMPT = "exempt", "Our constitution exempts it from call-in"
    WAIVED = "waived", "Call-in was waived"
    NO_RULE = "no-rule", "Our rules know no call-in"


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
    reasons = models.TextField("reasons for the decision", blank=True)
    alternatives = models.TextField("alternatives considered and rejected", blank=True)
    interests = models.TextField("interests declared, and dispensations", blank=True)
    not_key_because = models.CharField(
        max_length=1000,
        blank=True,
        help_text="Why it was no key decision, although the value reached the organisation’s own figure.",
    )
    decided_on = models.DateField()
    published_on = models.DateField(null=True, blank=True)
    call_in_ends_on = models.DateField(null=True, blank=True, help_text="Empty: call-in does not apply.")
    no_call_in = models.CharField(
        max_length=14, choices=NoCallIn, blank=True, help_text="Why call-in does not apply."
    )
    call_in_because = models.CharField(
        max_length=300,
        blank=True,
        help_text="Who waived it, what exempts it, or why it ends on another day than the rules say.",
    )
    delegated_to = models.CharField(max_length=200, blank=True)
    delegated_maker = models.CharField(
        max_length=10, choices=DecisionMaker, blank=True, help_text="What kind of maker it is delegated to."
    )
    rules_from = models.DateField(
        null=True, help_text="Since when the organisation’s own rules applied that it was checked against."
    )
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
            models.CheckConstraint(
                condition=models.Q(call_in_ends_on=None) | models.Q(no_call_in=""),
                name="call_in_or_why_not",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_maker_display()} on {self.procurement}"


class DecisionPaper(models.Model):
    """The PDF of a record of decision, as the record stood: made by a job, kept until the record says something else."""

    decision = models.OneToOneField(FormalDecision, models.CASCADE, related_name="paper")
    digest = models.CharField(max_length=64, help_text="Of what it says.")
    content = models.BinaryField(null=True)
    size = models.PositiveIntegerField(default=0, help_text="Bytes.")
    asked_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-asked_at"]

    def __str__(self) -> str:
        return f"PDF of {self.decision}"
