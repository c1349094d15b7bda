"""People the organisation has listed: who endorses what up to which value, who may stand in, whom to ask."""

from __future__ import annotations

import datetime as dt

import pghistory
from django.conf import settings
from django.db import models

from toolkit.accounts.models import Organisation
from toolkit.core import clock
from toolkit.core.who import WHO
from workflows.journeys.own_rules import Amount, Value
from workflows.rules.kinds import EndorsementKind


class VatBasis(models.TextChoices):
    INC = "inc", "Including VAT"
    EX = "ex", "Excluding VAT"


def is_within(limit: Amount | None, value: Value) -> bool:
    """Is a value within a limit? One nobody can estimate is for those without a limit."""
    if limit is None:
        return True
    asked = value.inc_vat if limit.basis == VatBasis.INC else value.ex_vat
    return asked is not None and asked <= limit.pounds


class PowerQuerySet(models.QuerySet["Power"]):
    def not_over(self, day: dt.date) -> PowerQuerySet:
        """Those that hold on a day or begin later."""
        return self.filter(models.Q(ends_on=None) | models.Q(ends_on__gte=day))

    def current_on(self, day: dt.date) -> PowerQuerySet:
        """Those that hold on a day."""
        return self.not_over(day).filter(starts_on__lte=day)


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Power(models.Model):
    """A person the organisation has listed for one kind of endorsement, up to a value, from one day until another. Only they
    can give it. Nobody holds two of a kind on one day."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="endorsement_powers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="endorsement_powers")
    kind = models.CharField(max_length=12, choices=EndorsementKind)
    up_to = models.DecimalField(
        "up to (pounds)",
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="Empty: any value.",
    )
    up_to_basis = models.CharField(
        "with or without VAT", max_length=3, choices=VatBasis, default=VatBasis.INC
    )
    starts_on = models.DateField(default=clock.today)
    ends_on = models.DateField(
        null=True, blank=True, help_text="The last day; empty: until it is taken away."
    )

    objects = PowerQuerySet.as_manager()

    class Meta:
        ordering = ["organisation", "kind", "person__email", "starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "person", "kind", "starts_on"], name="one_power_of_a_kind_from_a_day"
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
                name="listed_until_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_kind_display()}"

    @property
    def limit(self) -> Amount | None:
        """Up to and including how much; None: any value."""
        return None if self.up_to is None else Amount(self.up_to, self.up_to_basis)

    def covers(self, value: Value) -> bool:
        """Is it within the limit?"""
        return is_within(self.limit, value)


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class StandIn(models.Model):
    """Who may answer for somebody listed while they are away. It gives no power: they must be listed for the kind and the
    value themselves."""

    power = models.ForeignKey(
        Power, models.CASCADE, related_name="stand_ins", help_text="Whose place is taken."
    )
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="stands_in")
    starts_on = models.DateField()
    ends_on = models.DateField(
        null=True, blank=True, help_text="The last day; empty: until it is taken away."
    )
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["power", "starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["power", "person"], name="stands_in_once"),
            models.CheckConstraint(
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
                name="stands_in_until_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} for {self.power}"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Contact(models.Model):
    """Whom to ask at the organisation, shown on the steps of those it is about."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="contacts")
    about = models.CharField(max_length=30, choices=list(WHO.items()))
    name = models.CharField(max_length=120, help_text="A person or a team.")
    email = models.EmailField(blank=True)

    class Meta:
        ordering = ["about", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "about", "name"], name="contact_once_for_a_matter"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_about_display()}: {self.name}"
