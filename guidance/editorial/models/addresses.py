"""Addresses: those that content had before, and those it leads to that lead nowhere."""

from __future__ import annotations

from django.db import models

from toolkit.core import clock


class OldAddress(models.Model):
    """An address an item once had: it leads on to where the item is now."""

    path = models.CharField(max_length=300, unique=True)
    kind = models.CharField(max_length=20)
    item_id = models.PositiveBigIntegerField()
    since = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name_plural = "old addresses"
        ordering = ["path"]

    def __str__(self) -> str:
        return self.path


class BrokenLink(models.Model):
    """A link that the checker could not follow from a live item."""

    kind = models.CharField(max_length=20)
    item_id = models.PositiveBigIntegerField()
    title = models.CharField("found in", max_length=200)
    address = models.CharField(max_length=1000)
    problem = models.CharField(max_length=200)
    first_seen_at = models.DateTimeField(default=clock.now)
    last_seen_at = models.DateTimeField(default=clock.now)
    times = models.PositiveIntegerField(default=1, help_text="Checks in a row that failed.")

    class Meta:
        ordering = ["title", "address"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "item_id", "address"], name="broken_link_once_in_an_item")
        ]

    def __str__(self) -> str:
        return self.address
