"""What every item of content has, whatever its kind."""

from __future__ import annotations

import datetime as dt

from django.db import models

from toolkit.core import clock


class Status(models.TextChoices):
    DRAFT = "draft", "Draft"
    PUBLISHED = "published", "Published"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Item(models.Model):
    """One item of content. Once it is published its columns say what is live, and only publishing writes them; what
    editors work on is in its revisions. Before that they say what the newest draft says."""

    slug = models.SlugField(
        unique=True,
        max_length=80,
        help_text="The last part of its address. When it changes, the old address leads on to the new one.",
    )
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT, editable=False)
    owner = models.CharField(max_length=120, blank=True, help_text="The team that keeps it right.")
    review_by = models.DateField(null=True, blank=True, help_text="When its owner looks at it again.")
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    updated_at = models.DateTimeField(default=clock.now, editable=False)
    live_number = models.PositiveIntegerField(
        "live revision", null=True, blank=True, editable=False, help_text="The revision that readers see."
    )
    changes = models.JSONField(default=list, blank=True, editable=False)
    """What changed and when, newest first, as readers see it: [{"on": "2026-11-24", "note": "…"}]."""
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_reason = models.CharField(max_length=400, blank=True, editable=False)
    withdrawn_to = models.CharField(
        "read instead", max_length=300, blank=True, editable=False, help_text="An address of this service."
    )
    shipped_digest = models.CharField(
        max_length=64,
        blank=True,
        editable=False,
        help_text="Fingerprint of the shipped text last loaded; empty for what was written here.",
    )
    offered_text = models.TextField(
        blank=True,
        editable=False,
        help_text="A newer shipped text that an editor’s change kept from being loaded.",
    )

    class Meta:
        abstract = True

    @property
    def is_published(self) -> bool:
        return self.status == Status.PUBLISHED

    def is_overdue_on(self, day: dt.date) -> bool:
        """Is its review past?"""
        return self.review_by is not None and self.review_by < day
