"""Which items."""

from __future__ import annotations

from django.db import models


class ItemQuerySet(models.QuerySet["models.Model"]):
    def published(self) -> ItemQuerySet:
        """What everybody may read."""
        return self.filter(status="published")
