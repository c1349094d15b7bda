"""Contracts: who supplies what, from when to when, and how it may go on or end."""

from __future__ import annotations

from decimal import Decimal

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from toolkit.accounts.models import Organisation
from toolkit.accounts.visibility import Level
from toolkit.core import categories, clock
from toolkit.core.text import plain
from workflows.contracts.querysets import ContractQuerySet
from workflows.procurements.models import Procurement, Regime


class Supplier(models.Model):
    """A company or charity that supplies. Known by its name as compared, and by public identifiers where given."""

    name = models.CharField(max_length=240)
    plain = models.CharField(max_length=240, unique=True, editable=False)
    identifier = models.CharField(max_length=80, blank=True, help_text="Such as GB-COH-01234567.")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def named(cls, name: str) -> Supplier:
        """The supplier of this name, made when it is new."""
        supplier, _ = cls.objects.get_or_create(
            plain=plain(name)[:240], defaults={"name": name.strip()[:240]}
        )
        return supplier


class ContractStatus(models.TextChoices):
    LIVE = "live", "Live"
    ENDED = "ended", "Ended"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Contract(models.Model):
    """One contract of one organisation. Its last days to act are computed (workflows.contracts.dates), never stored."""

    reference = models.CharField(max_length=12, unique=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="contracts")
    procurement = models.ForeignKey(
        Procurement, models.PROTECT, null=True, blank=True, related_name="contracts"
    )
    title = models.CharField(max_length=200)
    status = models.CharField(max_length=10, choices=ContractStatus, default=ContractStatus.LIVE)
    regime = models.CharField(max_length=12, choices=Regime, default=Regime.UNKNOWN)
    is_light_touch = models.BooleanField(null=True)
    category = models.CharField(max_length=40, choices=categories.choices(), blank=True)
    cpv_codes = ArrayField(models.CharField(max_length=10), default=list, blank=True)
    suppliers = models.ManyToManyField(Supplier, related_name="contracts")
    value_inc_vat = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    signed_on = models.DateField("date entered into", null=True, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    notice_months = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        help_text="Months of notice the contract asks for to extend or end it; empty: not known.",
    )
    ended_on = models.DateField(null=True, blank=True)
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="contracts_managed"
    )
    visibility = models.CharField(
        max_length=10, choices=Level, default=Level.BOROUGHS, help_text="Who sees the facts."
    )
    intent_visibility = models.CharField(
        max_length=10, choices=Level, default=Level.TEAM, help_text="Who sees act-by dates and intent."
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now, editable=False)

    objects = ContractQuerySet.as_manager()

    class Meta:
        ordering = ["ends_on"]
        indexes = [models.Index(fields=["organisation", "ends_on"], name="contract_of_organisation")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="contract_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=models.Q(value_inc_vat=None) | models.Q(value_inc_vat__gte=Decimal(0)),
                name="contract_value_not_negative",
            ),
            models.CheckConstraint(
                condition=models.Q(notice_months=None) | models.Q(notice_months__lte=60),
                name="notice_within_five_years",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    @property
    def category_label(self) -> str:
        return categories.label(self.category)


class ExtensionOption(models.Model):
    """One option to extend that the contract gives, in months, in the order they would be used."""

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="extensions")
    number = models.PositiveSmallIntegerField()
    months = models.PositiveSmallIntegerField()
    used_on = models.DateField(
        null=True, blank=True, help_text="The day the extension was agreed; empty while unused."
    )

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["contract", "number"], name="extension_options_in_order"),
            models.CheckConstraint(
                condition=models.Q(months__gte=1, months__lte=240), name="extension_of_some_months"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.months} months"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class ContractWork(models.Model):
    """Work about one contract: a change, an extension, its end. The work itself (steps, team, decisions) is a procurement
    record of the same organisation; this says which contract it is about."""

    procurement = models.OneToOneField(Procurement, models.PROTECT, related_name="contract_work")
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="work")
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    started_at = models.DateTimeField(default=clock.now, editable=False)
    written_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="When what it changed was written on the contract."
    )

    class Meta:
        ordering = ["-started_at"]
        verbose_name = "work about a contract"
        verbose_name_plural = "work about contracts"

    def __str__(self) -> str:
        return f"{self.procurement}: about {self.contract.reference}"
