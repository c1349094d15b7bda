"""Published notices: one record for each contracting process (ocid), and the releases it was folded from.

Contact persons' names, e-mails and telephone numbers are never stored.
"""

from __future__ import annotations

from django.db import models

from toolkit.accounts.models import Organisation
from toolkit.core import clock


class Process(models.Model):
    """A contracting process as its releases tell it. `facts` is the folded record (notices.ocds.folding) as JSON."""

    ocid = models.CharField("OCID", max_length=120, unique=True)
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="processes",
        help_text="Empty: a buyer we do not know.",
    )
    buyer_name = models.CharField(max_length=300, blank=True)
    title = models.CharField(max_length=500, blank=True)
    regime = models.CharField(max_length=12, default="unknown")
    latest_notice = models.CharField(
        max_length=6, blank=True, help_text="UK1 to UK17, where the notice says."
    )
    published_at = models.DateTimeField(null=True, blank=True)
    facts = models.JSONField(default=dict)
    updated_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name_plural = "processes"
        ordering = ["-published_at"]

    def __str__(self) -> str:
        return f"{self.ocid} {self.title}"


class Release(models.Model):
    """One release, once. `facts` is what was read from it, without contact persons."""

    process = models.ForeignKey(Process, models.CASCADE, related_name="releases")
    release_id = models.CharField(max_length=160)
    notice_type = models.CharField(max_length=6, blank=True)
    tags = models.CharField(max_length=120, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    facts = models.JSONField(default=dict)
    imported_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["released_at", "release_id"]
        constraints = [models.UniqueConstraint(fields=["process", "release_id"], name="release_once")]

    def __str__(self) -> str:
        return self.release_id
