"""Questions about memberships."""

from __future__ import annotations

import datetime as dt

from django.db import models


class MembershipQuerySet(models.QuerySet["models.Model"]):
    def current_on(self, day: dt.date) -> MembershipQuerySet:
        """Admitted, and not past their last day."""
        return self.filter(models.Q(ends_on=None) | models.Q(ends_on__gte=day), status="admitted")

    def waiting(self) -> MembershipQuerySet:
        """Waiting for an administrator."""
        return self.filter(status="pending")

    def with_role(self, role: str) -> MembershipQuerySet:
        return self.filter(roles__contains=[role])
