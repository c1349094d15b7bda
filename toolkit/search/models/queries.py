"""What was asked, without who asked: a line for each day and query."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Sum, Window
from django.db.models.functions import FirstValue, RowNumber


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

    class Meta:
        verbose_name = "query asked"
        verbose_name_plural = "queries asked"
        ordering = ["-day", "-times", "query"]
        constraints = [models.UniqueConstraint(fields=["day", "query"], name="search_query_once_a_day")]

    def __str__(self) -> str:
        return self.query


class _OverDays(models.Manager["models.Model"]):
    """Each query once, as it was last asked, with its figures over all days; a filter on days narrows them all."""

    def get_queryset(self) -> Any:
        of_query: dict[str, Any] = {"partition_by": F("query")}
        latest_first: dict[str, Any] = {**of_query, "order_by": F("day").desc()}
        return (
            super()
            .get_queryset()
            .annotate(
                times_in_all=Window(Sum("times"), **of_query),
                opened_in_all=Window(Sum("opened"), **of_query),
                latest_found=Window(FirstValue("found"), **latest_first),
                place=Window(RowNumber(), **latest_first),
            )
            .filter(place=1)
        )


class _FoundNothing(_OverDays):
    def get_queryset(self) -> Any:
        return super().get_queryset().filter(latest_found=0)


class _NeverOpened(_OverDays):
    def get_queryset(self) -> Any:
        return super().get_queryset().filter(latest_found__gt=0, opened_in_all=0)


class FoundNothing(AskedQuery):
    """Queries that found nothing when they were last asked."""

    objects = _FoundNothing()

    class Meta:
        proxy = True
        verbose_name = "query that found nothing"
        verbose_name_plural = "found nothing"


class NeverOpened(AskedQuery):
    """Queries that found something, none of which was ever opened."""

    objects = _NeverOpened()

    class Meta:
        proxy = True
        verbose_name = "query whose results nobody opened"
        verbose_name_plural = "never opened"
