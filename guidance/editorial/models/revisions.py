"""Every text an item has had, and where each stands on its way to readers."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models

from toolkit.core import clock


class State(models.TextChoices):
    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Waiting for review"
    SENT_BACK = "sent-back", "Sent back"
    APPROVED = "approved", "Approved"
    PUBLISHED = "published", "Published"


class Revision(models.Model):
    """One saved text of one item. The text never changes; its state does."""

    kind = models.CharField(max_length=20)
    item_id = models.PositiveBigIntegerField()
    number = models.PositiveIntegerField()
    slug = models.SlugField(max_length=80)
    title = models.CharField(max_length=200)
    text = models.TextField()
    note = models.CharField(
        "what changed",
        max_length=300,
        blank=True,
        help_text="For readers: in the list of changes, the feed, e-mails.",
    )
    is_minor = models.BooleanField(
        "a small correction",
        default=False,
        help_text="Readers are not told, and “last changed” stays as it is.",
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True, blank=True)
    review_comment = models.TextField(blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["kind", "item_id", "-number"]
        permissions = [("review_revision", "Can review and publish content")]
        constraints = [
            models.UniqueConstraint(fields=["kind", "item_id", "number"], name="revision_number_once")
        ]
        indexes = [models.Index(fields=["state", "at"], name="revisions_by_state")]
        triggers = [
            pgtrigger.ReadOnly(
                name="revision_text_stays",
                fields=["kind", "item_id", "number", "slug", "title", "text", "by", "at"],
            ),
            pgtrigger.Protect(name="revision_is_never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.title}, revision {self.number}"

    @property
    def author(self) -> str:
        """Who wrote it, in words: shipped texts have nobody."""
        return str(self.by) if self.by is not None else "The toolkit"
