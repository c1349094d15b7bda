"""Verbs of the desk: a calendar address made and taken away."""

from __future__ import annotations

from django.db import transaction

from toolkit.accounts.models import Person
from toolkit.core import clock
from toolkit.desk.models import CalendarFeed, hashed, new_token


@transaction.atomic
def make_calendar_address(*, actor: Person) -> str:
    """A new token for the actor's calendar. An address they had before stops working; nobody can be shown this one again."""
    token = new_token()
    CalendarFeed.objects.update_or_create(
        person=actor, defaults={"token_hash": hashed(token), "made_at": clock.now()}
    )
    return token


@transaction.atomic
def end_calendar_address(*, actor: Person) -> None:
    """Take the actor's address away. Twice is a no-op."""
    CalendarFeed.objects.filter(person=actor).delete()
