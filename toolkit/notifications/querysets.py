"""Questions about subscriptions and alerts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db import models

from toolkit.accounts.models import Person
from toolkit.accounts.visibility import Reader
from toolkit.notifications import kinds

if TYPE_CHECKING:
    from toolkit.notifications.models import Alert, Subscription  # noqa: F401  (named in base classes, for the type checker)


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def active(self) -> SubscriptionQuerySet:
        """Confirmed and not ended: these get letters."""
        return self.filter(confirmed_at__isnull=False, ended_at=None)

    def unconfirmed_since(self, moment: dt.datetime) -> SubscriptionQuerySet:
        """Asked for before `moment`, and never confirmed."""
        return self.filter(confirmed_at=None, ended_at=None, asked_at__lt=moment)

    def ended_before(self, moment: dt.datetime) -> SubscriptionQuerySet:
        return self.filter(ended_at__lt=moment)


class AlertQuerySet(models.QuerySet["Alert"]):
    def visible_to(
        self, person: Person, reader: Reader, *, about: Collection[str] | None = None
    ) -> AlertQuerySet:
        """What came to this person and they may know of now. `about`: only what is about these kinds of record."""
        return self.filter(kinds.seen(person, reader, about=about), person=person)
