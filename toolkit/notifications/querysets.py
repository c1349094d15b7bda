"""Questions about subscriptions."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from toolkit.notifications.models import Subscription  # noqa: F401  (named in the base class, for the type checker)


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def active(self) -> SubscriptionQuerySet:
        """Confirmed and not ended: these get letters."""
        return self.filter(confirmed_at__isnull=False, ended_at=None)

    def unconfirmed_since(self, moment: dt.datetime) -> SubscriptionQuerySet:
        """Asked for before `moment`, and never confirmed."""
        return self.filter(confirmed_at=None, ended_at=None, asked_at__lt=moment)

    def ended_before(self, moment: dt.datetime) -> SubscriptionQuerySet:
        return self.filter(ended_at__lt=moment)
