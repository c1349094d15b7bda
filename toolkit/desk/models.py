"""A person's own calendar address."""

from __future__ import annotations

import hashlib
import secrets

from django.conf import settings
from django.db import models

from toolkit.core import clock


def hashed(token: str) -> str:
    """What is kept of a token: who reads the table cannot open a calendar."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_token() -> str:
    """43 characters of chance."""
    return secrets.token_urlsafe(32)


class CalendarFeed(models.Model):
    """One person's calendar, opened by whoever has its address. A new address takes the place of the old one."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="calendar_feed"
    )
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(default=clock.now, editable=False)

    def __str__(self) -> str:
        return f"Calendar of {self.person}"
