"""Questions about memberships."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from toolkit.accounts.models import Membership  # noqa: F401  (named in the base class, for the type checker)


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current_on(self, day: dt.date) -> MembershipQuerySet:
        """Admitted, and not past their last day."""
        return self.filter(models.Q(ends_on=None) | models.Q(ends_on__gte=day), status="admitted")

    def waiting(self) -> MembershipQuerySet:
        """Waiting for an administrator."""
        return self.filter(status="pending")

    def with_role(self, role: str) -> MembershipQuerySet:
        return self.filter(roles__contains=[role])
