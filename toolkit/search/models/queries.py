"""What was asked, without who asked: a line for each day and query."""

from __future__ import annotations

from django.db import models

from toolkit.search.querysets import AskedQueryQuerySet


class AskedQuery(models.Model):
    """One query on one day. Contact details are gone before it is kept; there is no person, session or address.

    What was found counts what everybody may see, and the first result is one of these, so that the log tells its
    readers nothing of what boroughs share among themselves.
    """

    day = models.DateField()
    query = models.CharField(max_length=200, help_text="In small letters, without contact details.")
    times = models.PositiveIntegerField("times asked", default=1)
    found = models.PositiveIntegerField(
        "results found", help_text="That everybody may see, when it was last asked; exact up to 5,000."
    )
    opened = models.PositiveIntegerField("times a result was opened", default=0)
    first_kind = models.CharField(max_length=30, blank=True)
    first_key = models.CharField("first result", max_length=120, blank=True)

    objects = AskedQueryQuerySet.as_manager()

    class Meta:
        verbose_name = "query asked"
        verbose_name_plural = "queries asked"
        ordering = ["-day", "-times", "query"]
        constraints = [models.UniqueConstraint(fields=["day", "query"], name="search_query_once_a_day")]

    def __str__(self) -> str:
        return self.query


class FoundNothing(AskedQuery):
    """A list in the admin: queries that found nothing when they were last asked."""

    class Meta:
        proxy = True
        verbose_name = "query that found nothing"
        verbose_name_plural = "found nothing"


class NeverOpened(AskedQuery):
    """A list in the admin: queries that found something, none of which was ever opened."""

    class Meta:
        proxy = True
        verbose_name = "query whose results nobody opened"
        verbose_name_plural = "never opened"
