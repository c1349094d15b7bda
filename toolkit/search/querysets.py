"""Which queries of the log."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Sum, Window
from django.db.models.functions import FirstValue, RowNumber


class AskedQueryQuerySet(models.QuerySet["models.Model"]):
    def over_days(self) -> AskedQueryQuerySet:
        """Each query once, as it was last asked, with its figures over all days; a filter on days narrows them all."""
        of_query: dict[str, Any] = {"partition_by": F("query")}
        latest_first: dict[str, Any] = {**of_query, "order_by": F("day").desc()}
        return self.annotate(
            times_in_all=Window(Sum("times"), **of_query),
            opened_in_all=Window(Sum("opened"), **of_query),
            latest_found=Window(FirstValue("found"), **latest_first),
            place=Window(RowNumber(), **latest_first),
        ).filter(place=1)

    def found_nothing(self) -> AskedQueryQuerySet:
        """Queries that found nothing when they were last asked."""
        return self.over_days().filter(latest_found=0)

    def never_opened(self) -> AskedQueryQuerySet:
        """Queries that found something, none of which was ever opened."""
        return self.over_days().filter(latest_found__gt=0, opened_in_all=0)
