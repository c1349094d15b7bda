"""Letters about one's work: at once, or gathered once a day.

A letter and its mark are one transaction, and a row is locked first: several workers at once tell nobody anything twice, and
one that dies leaves the row to the next. Whether the person may know of it is asked again here, after whatever has happened
since.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Q, QuerySet

from toolkit.accounts.models import Person
from toolkit.accounts.readers import reader_of
from toolkit.core import clock
from toolkit.core.clock import LONDON
from toolkit.holidays.selectors import added_bank_holidays
from toolkit.law.calendars import calendar
from toolkit.notifications import letters
from toolkit.notifications.kinds import How
from toolkit.notifications.models import Alert, Preference

MORNING = dt.time(7)
"""What comes later waits for the letter of the next day."""


@transaction.atomic
def tell(alert_id: int) -> bool:
    """Write the letter of an alert that is told at once; False when there is none to write any more."""
    alert = (
        Alert.objects.select_for_update(of=("self",))
        .select_related("person")
        .filter(pk=alert_id, told_at=None, how=How.NOW)
        .first()
    )
    if alert is None:
        return False
    return bool(_write(alert.person, [alert]))


def send_daily() -> int:
    """Write to each person what has come since their last daily letter; how many letters. On working days of a council, one
    letter a day; a reminder that came late has one of its own."""
    if not calendar("council", added_bank_holidays()).is_working_day(clock.today()):
        return 0
    people = _due().order_by("person").values_list("person", flat=True).distinct()
    return letters.write_each(list(people), _send_to)


def _due() -> QuerySet[Alert]:
    morning = dt.datetime.combine(clock.today(), MORNING, LONDON)
    return Alert.objects.filter(Q(made_at__lt=morning) | ~Q(once=""), how=How.DAILY, told_at=None)


@transaction.atomic
def _send_to(person_id: int) -> bool:
    """Write one person's letter; False when somebody else has just done it, or nothing may be told any more."""
    # Waits for another worker that writes to the same person, and then finds its rows done.
    due = list(
        _due()
        .select_for_update(of=("self",))
        .filter(person_id=person_id)
        .select_related("person")
        .order_by("pk")
    )
    today = dt.datetime.combine(clock.today(), dt.time(), LONDON)
    stale = [alert for alert in due if alert.once and alert.made_at < today]
    Alert.objects.filter(pk__in=[alert.pk for alert in stale]).update(how=How.OFF)
    due = [alert for alert in due if alert not in stale]
    has_reminder = any(alert.once for alert in due)
    told = Alert.objects.filter(person_id=person_id, how=How.DAILY, told_at__gte=today)
    if not due or (told.exists() and not has_reminder):
        return False
    off = set(Preference.objects.filter(person_id=person_id, how=How.OFF).values_list("kind", flat=True))
    return bool(_write(due[0].person, [alert for alert in due if alert.kind not in off], off=due))


def _write(person: Person, alerts: list[Alert], *, off: list[Alert] | None = None) -> int:
    """Queue the letter of those that the person may know of, and mark them; the rest (of `off`) is never told."""
    told = list(
        Alert.objects.visible_to(person, reader_of(person)).filter(pk__in=[alert.pk for alert in alerts])
    )
    keys = [alert.pk for alert in told]
    Alert.objects.filter(pk__in=[each.pk for each in off or alerts]).exclude(pk__in=keys).update(how=How.OFF)
    if told:
        Alert.objects.filter(pk__in=keys).update(told_at=clock.now())
        # Reminders of what is due stand first.
        letters.tell_alerts(person, sorted(told, key=lambda alert: (not alert.once, alert.pk)))
    return len(told)
