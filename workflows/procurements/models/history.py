"""What happened to a record as a whole. What happened to its steps is in its run's events, and nothing is in both."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models

from toolkit.core import clock
from workflows.procurements.models.procurement import Procurement


class LineKind(models.TextChoices):
    """The kinds of line, past tense."""

    STARTED = "started", "Started"
    CLOSED = "closed", "Closed"
    REOPENED = "reopened", "Opened again"
    PAUSED = "paused", "Paused"
    RESUMED = "resumed", "Resumed"
    STOPPED = "stopped", "Stopped"
    HANDED_OVER = "handed-over", "Handled outside the toolkit"
    JOINED = "joined", "Put on the team"
    LEFT = "left", "Taken off the team"
    SHARED = "shared", "Who sees it was changed"
    FACTS = "facts", "Facts changed"
    PLAN = "plan", "Plan changed"
    WORK = "work", "Work handed over"


class HistoryLine(models.Model):
    """One line of a started procurement's history. Never changed, never deleted."""

    procurement = models.ForeignKey(Procurement, models.PROTECT, related_name="lines")
    kind = models.CharField(max_length=12, choices=LineKind)
    changes = models.JSONField(
        default=list, blank=True, help_text="What changed, in words: (what, before, after)."
    )
    detail = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["procurement", "at"], name="history_of_procurement")]
        triggers = [
            pgtrigger.Protect(name="history_is_append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.procurement}: {self.get_kind_display().lower()}"
