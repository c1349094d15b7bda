"""Organisations that buy, as reference data: what they are called, how notices name them, how they decide."""

from __future__ import annotations

import pghistory
from django.db import models

from toolkit.core.text import plain


class OrganisationKind(models.TextChoices):
    LONDON_BOROUGH = "london-borough", "London borough"
    CITY = "city-of-london", "City of London Corporation"
    STRATEGIC = "strategic-authority", "Strategic authority"
    TRANSPORT = "transport", "Transport body"
    FIRE = "fire", "Fire authority"
    OTHER = "other", "Other public body"


class DecisionModel(models.TextChoices):
    """How an organisation takes formal decisions (practice.md §3). The 28 clear days are for `executive` alone."""

    EXECUTIVE = "executive", "Leader or mayor and cabinet"
    COMMITTEES = "committees", "Committee system"
    CITY = "city-of-london", "City of London’s own arrangements"
    GLA = "gla-family", "GLA family, outside the 2012 access regulations"
    OTHER = "other", "Other or not yet known"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Organisation(models.Model):
    """A body that buys. Reference data: loaded by `load_starter_content`, more added in the admin."""

    slug = models.SlugField(unique=True, help_text="Stands in addresses and commands, such as “camden”.")
    name = models.CharField(max_length=200, help_text="The official name.")
    short_name = models.CharField(max_length=80, help_text="What people call it, such as “Camden”.")
    kind = models.CharField(max_length=30, choices=OrganisationKind)
    decision_model = models.CharField(max_length=20, choices=DecisionModel, default=DecisionModel.OTHER)
    gss_code = models.CharField("GSS code", max_length=9, blank=True)
    website = models.URLField(blank=True)
    itl3_region = models.CharField("ITL 3 area", max_length=6, blank=True)
    notes = models.TextField(blank=True)
    approval_days = models.PositiveSmallIntegerField(
        default=45,
        help_text="Days the organisation’s own approvals take before it can act on a contract (calendar days). "
        "The last day to start is this many days before the last day to give notice.",
    )
    is_demonstration = models.BooleanField(
        default=False, help_text="A fictional borough of the demonstration."
    )
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["short_name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(approval_days__lte=730), name="approval_days_within_two_years"
            ),
        ]

    def __str__(self) -> str:
        return self.short_name


class OrganisationIdentifier(models.Model):
    """A public identifier as notices carry it, such as `GB-PPON` `PYQD-1693-MYXR` or `GB-LAE` `CMD`."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="identifiers")
    scheme = models.CharField(max_length=20)
    value = models.CharField(max_length=80)

    class Meta:
        ordering = ["scheme", "value"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "value"], name="identifier_belongs_to_one_organisation")
        ]

    def __str__(self) -> str:
        return f"{self.scheme}-{self.value}"


class OrganisationName(models.Model):
    """Another way the organisation's name is written in notices and spreadsheets."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="names")
    name = models.CharField(max_length=200)
    plain = models.CharField(
        max_length=200, editable=False, help_text="The name as compared: see toolkit.core.text.plain."
    )

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["plain"], name="name_belongs_to_one_organisation")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.plain = plain(self.name)
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # passed through unchanged


class OrganisationDomain(models.Model):
    """An e-mail domain its people use. It proves an address, never a right (practice.md §6). May be shared."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="domains")
    domain = models.CharField(max_length=120)

    class Meta:
        ordering = ["domain"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "domain"], name="domain_once_per_organisation"),
            models.CheckConstraint(
                condition=models.Q(domain=models.functions.Lower("domain")), name="domain_lower_case"
            ),
        ]

    def __str__(self) -> str:
        return self.domain
