"""What an organisation adds to a central template, version by version, and its logo."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models

from guidance.documents.models.templates import DocumentTemplate
from toolkit.accounts.models import Organisation
from toolkit.core import clock


class Variant(models.Model):
    """An organisation’s own variant of one template. What it adds is in its versions; the newest one is in use."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="template_variants")
    template = models.ForeignKey(DocumentTemplate, models.PROTECT, related_name="variants")
    is_in_use = models.BooleanField(default=True)
    declined_number = models.PositiveIntegerField(
        "central version declined", null=True, blank=True, help_text="Not offered again."
    )
    declined_reason = models.CharField(max_length=300, blank=True)
    declined_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    declined_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["organisation", "template"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "template"], name="one_variant_of_a_template")
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.template}"


class VariantVersion(models.Model):
    """What a variant adds to one version of the central template. It never changes."""

    variant = models.ForeignKey(Variant, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    base_number = models.PositiveIntegerField("central version")
    additions = models.JSONField(default=dict)
    """guidance.documents.assembly.variants: its own questions and passages; and the wordings of the
    central clauses that it holds until an administrator takes newer ones."""
    endorsement = models.CharField(
        max_length=300, blank=True, help_text="Who endorsed it and when, as it stands on the template’s page."
    )
    note = models.CharField("what changed", max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["variant", "-number"]
        constraints = [models.UniqueConstraint(fields=["variant", "number"], name="variant_version_once")]
        triggers = [
            pgtrigger.Protect(name="variant_versions_stay", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.variant}, {self.number}"


class VariantDraft(models.Model):
    """Changes of a variant that one administrator is working on; nobody else sees them until they are saved."""

    variant = models.ForeignKey(Variant, models.CASCADE, related_name="drafts")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    seen_number = models.PositiveIntegerField(
        "begun from version", default=0, help_text="0: there was none yet."
    )
    base_number = models.PositiveIntegerField("central version")
    additions = models.JSONField(default=dict)
    updated_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["-updated_at"]
        constraints = [
            models.UniqueConstraint(fields=["variant", "person"], name="one_draft_of_a_variant_each")
        ]

    def __str__(self) -> str:
        return f"{self.variant}: changes of {self.person}"


class OrganisationLogo(models.Model):
    """The picture at the head of an organisation’s documents, checked and made anew without what it carried along."""

    organisation = models.OneToOneField(Organisation, models.CASCADE, related_name="logo")
    content = models.BinaryField()
    content_type = models.CharField(max_length=20)
    alternative_text = models.CharField(max_length=120)
    width = models.PositiveIntegerField(help_text="Pixels.")
    height = models.PositiveIntegerField(help_text="Pixels.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["organisation"]

    def __str__(self) -> str:
        return f"Logo of {self.organisation}"
