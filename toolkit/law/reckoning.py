"""The days of a count, one by one, so that a reader can check it against a wall calendar."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from toolkit.law.calendars import Calendar


@dataclass(frozen=True, slots=True)
class Span:
    """The days from `first` to `last`, both included, of which those count that `calendar` has as working days.

    Without a calendar every day counts.
    """

    first: dt.date
    last: dt.date
    calendar: Calendar | None = None

    @property
    def holidays(self) -> list[tuple[dt.date, str]]:
        """The weekdays that do not count, with their names."""
        return self.calendar.holidays_between(self.first, self.last) if self.calendar else []


@dataclass(frozen=True, slots=True)
class CountedDay:
    """A day and its number in the count; None when it does not count."""

    day: dt.date
    number: int | None


def days_of(span: Span) -> list[CountedDay]:
    """Every day of the span in order. Numbers begin with 1."""
    found: list[CountedDay] = []
    number = 0
    for offset in range((span.last - span.first).days + 1):
        day = span.first + dt.timedelta(offset)
        counts = span.calendar is None or span.calendar.is_working_day(day)
        number += counts
        found.append(CountedDay(day, number if counts else None))
    return found
