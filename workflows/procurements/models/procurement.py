"""The procurement record: facts typed in once, its team, who does which task.

Where it stands is never stored here: stages and progress are folded from its run's events (workflows.journeys).
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from toolkit.accounts.models import Organisation
from toolkit.accounts.visibility import Level
from toolkit.core import categories, clock
from workflows.journeys.models import Run
from workflows.procurements.querysets import ProcurementQuerySet

if TYPE_CHECKING:
    from workflows.procurements.facts import AskedOnce


class Status(models.TextChoices):
    """The record's own life; everything finer is folded from events (design §3)."""

    DRAFT = "draft", "Draft"
    LIVE = "live", "Live"
    PAUSED = "paused", "Paused"
    STOPPED = "stopped", "Stopped"
    CLOSED = "closed", "Closed"


class Kind(models.TextChoices):
    GOODS = "goods", "Goods"
    SERVICES = "services", "Services"
    WORKS = "works", "Works"


class Money(models.TextChoices):
    """Is there money? Asked first, because most stalled procurements stall here."""

    YES = "yes", "Yes, the budget is agreed"
    ASKED = "asked", "Not yet: it has been asked for"
    NO = "no", "No"
    NOT_KNOWN = "not-known", "I do not know"


class VatBasis(models.TextChoices):
    INC = "inc", "Including VAT"
    EX = "ex", "Excluding VAT"


class Regime(models.TextChoices):
    """Which law applies (practice.md §1). `unknown` shows no statutory date and asks."""

    PA23 = "pa23", "Procurement Act 2023"
    PCR2015 = "pcr2015", "Public Contracts Regulations 2015"
    CCR_UCR2016 = "ccr_ucr2016", "Concession or Utilities Contracts Regulations 2016"
    PSR = "psr", "Provider Selection Regime"
    OUTSIDE = "outside", "Outside procurement law"
    UNKNOWN = "unknown", "Not known yet"


class Continues(models.TextChoices):
    """How one record follows another."""

    SWITCH = "switch", "Switched to direct award"
    RESTART = "restart", "Abandoned and started again"
    NEXT = "next", "Bought again"
    CHALLENGE = "challenge", "A challenge to it"


CHALLENGE_ROUTE = "challenge"
"""The route of a challenge, to a procurement or to a contract."""


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Procurement(models.Model):
    """One thing an organisation means to buy. A draft may lack any answer; a live one has a run."""

    reference = models.CharField(max_length=12, unique=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="procurements")
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)

    title = models.CharField(max_length=200, blank=True)
    need = models.TextField("what is needed, and for whom", blank=True)
    consequence = models.TextField("what happens if we do nothing", blank=True)
    money = models.CharField(max_length=10, choices=Money, blank=True)

    category = models.CharField(max_length=40, choices=categories.choices(), blank=True)
    cpv_codes = ArrayField(models.CharField(max_length=10), default=list, blank=True)
    kind = models.CharField(max_length=10, choices=Kind, blank=True)
    is_light_touch = models.BooleanField(null=True, help_text="Empty: not said yet.")
    is_health = models.BooleanField(null=True)
    is_utility = models.BooleanField(null=True)
    is_concession = models.BooleanField(null=True)

    value_typed = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    value_basis = models.CharField(max_length=3, choices=VatBasis, blank=True)
    value_inc_vat = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    value_ex_vat = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    value_is_unknown = models.BooleanField(
        default=False, help_text="Said not to be known: treated as above the threshold."
    )
    budget_ex_vat = models.DecimalField(
        "agreed budget (pounds excluding VAT)",
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="Intent, and closed: for its team, whoever is asked to endorse it, and auditors.",
    )

    needed_on = models.DateField(null=True, blank=True)
    route = models.CharField(
        max_length=60, blank=True, help_text="The journey’s slug; empty: not chosen yet."
    )
    regime = models.CharField(max_length=12, choices=Regime, default=Regime.UNKNOWN)
    commenced_on = models.DateField(
        null=True, blank=True, help_text="Decides which law and which threshold apply."
    )

    visibility = models.CharField(
        max_length=10, choices=Level, default=Level.TEAM, help_text="Who sees the facts."
    )
    intent_visibility = models.CharField(
        max_length=10, choices=Level, default=Level.TEAM, help_text="Who sees intent and act-by dates."
    )

    is_kept_back = models.BooleanField(
        default=False, help_text="Somebody chose `team`: a decided strategy does not widen it by itself."
    )

    confidential_from = models.DateTimeField(
        null=True,
        blank=True,
        editable=False,
        help_text="From then on what holds bidders’ names and scores is for the named team alone. Never taken back.",
    )
    confidential_until = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="When it was awarded, closed or stopped."
    )

    continues = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="continued_by")
    continues_how = models.CharField(max_length=10, choices=Continues, blank=True)

    plan_changes = models.JSONField(
        default=dict,
        blank=True,
        help_text="What people changed in its plan: activity → days, activity → first day.",
    )
    run = models.OneToOneField(Run, models.PROTECT, null=True, blank=True, related_name="procurement")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now, editable=False)
    started_at = models.DateTimeField(null=True, blank=True, editable=False)
    stopped_reason = models.CharField(max_length=500, blank=True)
    handled_where = models.CharField(
        max_length=300, blank=True, help_text="Bought outside the toolkit’s routes: where the record is."
    )
    form_key = models.UUIDField(
        null=True,
        unique=True,
        editable=False,
        help_text="Of the form that began it: sent twice, it is begun once.",
    )

    asked_once: AskedOnce | None = None
    """Of a record that a transaction has locked: what it works by until it ends."""

    objects = ProcurementQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["organisation", "status"], name="procurement_of_organisation"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status=Status.DRAFT)
                | models.Q(run__isnull=False)
                | models.Q(status=Status.STOPPED)
                | (models.Q(status=Status.CLOSED) & ~models.Q(handled_where="")),
                name="live_procurement_has_a_run",
            ),
            models.CheckConstraint(
                condition=models.Q(value_inc_vat=None) | models.Q(value_inc_vat__gte=Decimal(0)),
                name="value_not_negative",
            ),
            models.CheckConstraint(
                condition=models.Q(continues=None, continues_how="")
                | (models.Q(continues__isnull=False) & ~models.Q(continues_how="")),
                name="says_how_it_continues",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}".strip()

    def refresh_from_db(self, *args: Any, **more: Any) -> None:
        """What it works by is asked for anew as well."""
        super().refresh_from_db(*args, **more)
        self.asked_once = None

    @property
    def name(self) -> str:
        """What to call it on a page, also before it has a title."""
        return self.title or "Procurement without a title"

    @property
    def is_challenge(self) -> bool:
        """Is it about a claim against the organisation?"""
        return self.route == CHALLENGE_ROUTE

    @property
    def category_label(self) -> str:
        return categories.label(self.category)


class TeamRole(models.TextChoices):
    LEAD = "lead", "Lead"
    MEMBER = "member", "Team member"
    ENDORSER = "endorser", "Asked to endorse"


class TeamMember(models.Model):
    """Somebody on a procurement's team: sees it whatever its level."""

    procurement = models.ForeignKey(Procurement, models.CASCADE, related_name="team")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="procurement_teams")
    role = models.CharField(max_length=10, choices=TeamRole, default=TeamRole.MEMBER)
    added_at = models.DateTimeField(default=clock.now, editable=False)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["role", "person__email"]
        constraints = [models.UniqueConstraint(fields=["procurement", "person"], name="once_on_a_team")]

    def __str__(self) -> str:
        return f"{self.person} on {self.procurement}"


class TaskAssignment(models.Model):
    """Who is to do one task."""

    procurement = models.ForeignKey(Procurement, models.CASCADE, related_name="assignments")
    task = models.CharField(max_length=80)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="task_assignments")
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["procurement", "task"], name="one_assignee_per_task")]

    def __str__(self) -> str:
        return f"{self.task} of {self.procurement}: {self.person}"
