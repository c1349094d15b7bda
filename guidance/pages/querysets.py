"""Which pages."""

from __future__ import annotations

from django.db import models


class PageQuerySet(models.QuerySet["models.Model"]):
    def published(self) -> PageQuerySet:
        """What everybody may read."""
        return self.filter(status="published")
