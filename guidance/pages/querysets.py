"""Which items."""

from __future__ import annotations

from typing import Self

from django.db import models


class ItemQuerySet[M: models.Model](models.QuerySet[M]):
    def published(self) -> Self:
        """What everybody may read."""
        return self.filter(status="published")
