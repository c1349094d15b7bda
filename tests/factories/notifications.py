"""Something to follow, and who follows it."""

from __future__ import annotations

import datetime as dt

from toolkit.core import clock
from toolkit.notifications import topics
from toolkit.notifications.models import Subscription
from toolkit.notifications.topics import Described

TOY = "toy"
"""A kind of topic that only tests have: its keys are “one”, “two” and “three”."""


def _toy(key: str) -> Described | None:
    return Described(f"Toy {key}", f"/guidance/?toy={key}") if key in ("one", "two", "three") else None


def register_toys() -> None:
    """Make TOY a kind that can be followed."""
    topics.register(TOY, _toy, words="toys")


def a_subscription(
    *,
    email: str = "reader@elsewhere.example",
    kind: str = TOY,
    key: str = "one",
    is_confirmed: bool = True,
    at: dt.datetime | None = None,
) -> Subscription:
    """`email` follows a toy, since `at` (now)."""
    register_toys()
    moment = at or clock.now()
    return Subscription.objects.create(
        email=email, kind=kind, key=key, asked_at=moment, confirmed_at=moment if is_confirmed else None
    )
