"""A run of a journey, and its append-only events: the one truth about progress."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models

from toolkit.core import clock
from workflows.journeys.progress import Happening


class Run(models.Model):
    """One procurement's way through one version of a journey; it finishes on that version."""

    journey = models.SlugField(max_length=60)
    version = models.PositiveSmallIntegerField()
    started_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["-started_at"]

    def __str__(self) -> str:
        return f"{self.journey} v{self.version}"


class Event(models.Model):
    """Something that happened to a task. Never changed, never deleted: progress is folded from these."""

    run = models.ForeignKey(Run, models.PROTECT, related_name="events")
    number = models.PositiveIntegerField()
    kind = models.CharField(
        max_length=12, choices=[(kind.value, kind.value.capitalize()) for kind in Happening]
    )
    task = models.CharField(max_length=80)
    data = models.JSONField(default=dict, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["run", "number"]
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="events_in_order")]
        triggers = [
            pgtrigger.Protect(name="event_is_append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.run} {self.number}: {self.kind} {self.task}"
