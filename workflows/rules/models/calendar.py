"""Days: when bodies meet and decide, and when the organisation is closed."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from toolkit.accounts.models import Organisation
from toolkit.core import clock
from workflows.rules.kinds import DecisionMaker


class MeetingSource(models.TextChoices):
    TYPED = "typed", "Typed in"
    PASTED = "pasted", "Pasted"
    CALENDAR = "calendar", "From a calendar file"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Meeting(models.Model):
    """A day on which a body meets and can decide."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="meetings")
    body = models.CharField(max_length=120, help_text="Such as “Cabinet”.")
    on = models.DateField()
    makers = ArrayField(
        models.CharField(max_length=10, choices=DecisionMaker),
        default=list,
        blank=True,
        help_text="The decisions it can take; empty: any that needs a meeting.",
    )
    source = models.CharField(max_length=10, choices=MeetingSource, default=MeetingSource.TYPED)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["on", "body"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "body", "on"], name="body_meets_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.body}, {self.on:%d %B %Y}"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class ClosedDay(models.Model):
    """A day on which the organisation is closed. It moves the organisation's own counts of days, and no statutory one."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="closed_days")
    day = models.DateField()
    name = models.CharField(max_length=120, help_text="Such as “Christmas closure”.")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["organisation", "day"], name="closed_once_a_day")]

    def __str__(self) -> str:
        return f"{self.day:%d %B %Y}: {self.name}"
