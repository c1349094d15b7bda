"""What people say to one another about a procurement, and who follows it without working on it."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models

from toolkit.core import clock
from workflows.procurements.models.procurement import Procurement


class Follow(models.Model):
    """Somebody who wants to hear when a procurement changes, while they may open it."""

    procurement = models.ForeignKey(Procurement, models.CASCADE, related_name="followers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    since = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["since"]
        constraints = [models.UniqueConstraint(fields=["procurement", "person"], name="followed_once")]

    def __str__(self) -> str:
        return f"{self.person} follows {self.procurement}"


class Comment(models.Model):
    """A remark about a procurement or one of its steps. Never changed, never deleted; its author may take it back: then the
    page says so instead of what it said."""

    procurement = models.ForeignKey(Procurement, models.PROTECT, related_name="comments")
    task = models.CharField(
        "step", max_length=80, blank=True, help_text="Empty: on the procurement as a whole."
    )
    text = models.TextField(max_length=4_000)
    mentioned = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)
    is_confidential = models.BooleanField(
        default=False,
        help_text="On a step in confidence, or by the team while bids are: for those who see what is known of bidders.",
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now, editable=False)
    taken_back_at = models.DateTimeField(null=True, blank=True, editable=False)
    form_key = models.UUIDField(
        null=True,
        unique=True,
        editable=False,
        help_text="Of the form that wrote it: sent twice, it stands once.",
    )

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["procurement", "task"], name="comments_of_procurement")]
        triggers = [
            pgtrigger.ReadOnly(
                name="what_was_said_stays",
                fields=["procurement", "task", "text", "is_confidential", "by", "at", "form_key"],
            ),
            pgtrigger.Protect(name="comments_stay", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.by} on {self.procurement.reference}"
