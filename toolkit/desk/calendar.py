"""What stands in a person's calendar: their dated steps and contracts, without a confidential word.

A calendar is shown on shared screens and copied by its provider. So an event names the record by its reference and the kind
of day, never a title, a supplier or what a step is about; who follows its link signs in.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse

from toolkit.accounts.readers import reader_of
from toolkit.core.icalendar import DayEvent
from toolkit.core.stages import Stage
from toolkit.desk.due import contracts_to_act_on
from toolkit.desk.models import CalendarFeed, hashed
from toolkit.desk.steps import steps_for

LONGEST_TOKEN = 100
BEHIND, AHEAD = dt.timedelta(days=31), dt.timedelta(days=2 * 366)
"""How far back and ahead a calendar reaches."""

_KINDS = {
    "law": "due by law",
    "practice": "due by local practice",
    "plan": "due in your plan",
    "notice": "due by the last day to give notice",
}


def feed_of(token: str) -> CalendarFeed | None:
    """Whose calendar this token opens; None for any that opens none, or that of somebody who may not sign in."""
    if len(token) > LONGEST_TOKEN:
        return None
    return (
        CalendarFeed.objects.filter(token_hash=hashed(token), person__is_active=True)
        .select_related("person")
        .first()
    )


def _uid(reference: str, what: str) -> str:
    """The same for the same day, and nothing to read in it."""
    return f"{hashed(f'{reference} {what}')[:32]}@{urlsplit(settings.BASE_URL).hostname}"


def events_of(feed: CalendarFeed, *, today: dt.date) -> Iterator[DayEvent]:
    """The days of this person as they may see them now: whoever has left an organisation sees nothing of it."""
    reader = reader_of(feed.person)
    first, last = today - BEHIND, today + AHEAD
    written, folded = steps_for(reader, today)
    for row in [*written.filter(due_on__range=(first, last)), *folded]:
        if row.due_on is None or not first <= row.due_on <= last:
            continue
        reference = row.procurement.reference
        yield DayEvent(
            uid=_uid(reference, row.task),
            day=row.due_on,
            summary=f"{reference}: a step {_KINDS[row.basis]} ({Stage(row.stage).label})",
            url=settings.BASE_URL + reverse("procurement_tasks", args=[reference]),
        )
    for contract, due in contracts_to_act_on(reader, today, within=AHEAD.days):
        if due.day is not None and first <= due.day <= last:
            yield DayEvent(
                uid=_uid(contract.reference, "start"),
                day=due.day,
                summary=f"{contract.reference}: last day to start",
                url=settings.BASE_URL + reverse("contract", args=[contract.reference]),
            )
