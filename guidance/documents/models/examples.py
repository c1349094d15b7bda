"""Examples: documents that an organisation shares with all boroughs, frozen, with what it marked left out."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from guidance.documents.models.documents import Document, Made
from guidance.documents.models.templates import DocumentTemplate
from toolkit.accounts.models import Organisation
from toolkit.core import clock


class Example(models.Model):
    """A shared example. Its paper was assembled from the answers that were left in; nothing is hidden in it."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="examples")
    made = models.ForeignKey(Made, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="examples")
    template = models.ForeignKey(DocumentTemplate, models.PROTECT, related_name="examples")
    title = models.CharField(max_length=160, help_text="Read by all boroughs.")
    about = models.TextField(max_length=1_000, blank=True, help_text="What others can learn from it.")
    left_out = models.JSONField(default=list)
    """The names of the questions whose answers were left out."""
    paper = models.JSONField()
    shared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    shared_at = models.DateTimeField(default=clock.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-shared_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["document"], condition=models.Q(withdrawn_at=None), name="one_example_of_a_document"
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.organisation})"
