"""Who did what in an organisation: the administrators' record, in words."""

from __future__ import annotations

import pgtrigger
from django.db import models

from toolkit.accounts.models.organisations import Organisation
from toolkit.accounts.models.people import Person
from toolkit.core import clock


class Activity(models.Model):
    """One thing done, as a sentence. Append-only. Carries nothing that is private to a procurement's team: a record is
    named by its kind and reference."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="activity")
    actor = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", help_text="Empty: the service itself."
    )
    sentence = models.TextField()
    reference = models.CharField(
        max_length=12, blank=True, help_text="The record it is about, such as PR-7K2D."
    )
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name_plural = "activity"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["organisation", "-at"], name="activity_of_organisation")]
        triggers = [
            pgtrigger.Protect(name="activity_is_append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return self.sentence
