"""Working days by arithmetic: weekdays by division, holidays by bisection, so that a plan costs microseconds.

The same answers as toolkit.law.periods, which counts day by day and gives the reason; a test compares them.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache

from toolkit.law.calendars import BankHoliday, calendar

Ordinal = int
"""A day as a number, `date.toordinal()`: day 1 is a Monday."""


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """The working days of one named calendar."""

    name: str
    holidays: tuple[Ordinal, ...]
    """Those that fall on a weekday, in order."""
    known_from: Ordinal
    known_until: Ordinal

    def until(self, day: Ordinal) -> int:
        """How many working days there are up to and with `day`, from the first of all."""
        weeks, rest = divmod(day, 7)
        return weeks * 5 + min(rest, 5) - bisect_right(self.holidays, day)

    def numbered(self, number: int) -> Ordinal:
        """The working day of this number, as `until` numbers them."""
        skipped = 0
        while True:
            weeks, rest = divmod(number + skipped - 1, 5)
            day = weeks * 7 + rest + 1
            passed = bisect_right(self.holidays, day)
            if passed == skipped:
                return day
            skipped = passed

    def is_one(self, day: Ordinal) -> bool:
        """Is this a working day?"""
        place = bisect_left(self.holidays, day)
        return (day - 1) % 7 < 5 and (place == len(self.holidays) or self.holidays[place] != day)

    def last_of(self, count: int, first: Ordinal) -> Ordinal:
        """The last of `count` working days beginning with `first`, which counts if it is one itself."""
        return self.numbered(self.until(first - 1) + count)

    def on_or_after(self, day: Ordinal) -> Ordinal:
        """The first working day from `day` on."""
        return self.last_of(1, day)

    def knows(self, first: Ordinal, last: Ordinal) -> bool:
        """Are all holidays from `first` to `last` known?"""
        return self.known_from <= first and last <= self.known_until


@lru_cache(maxsize=128)
def working_days(
    name: str, added: tuple[BankHoliday, ...] = (), closed: tuple[dt.date, ...] = ()
) -> WorkingDays:
    """The working days of a named calendar. `closed` moves `council` alone. Raises KeyError for an unknown name."""
    days = calendar(name, added, closed)
    return WorkingDays(
        name,
        tuple(sorted(day.toordinal() for day in days.holidays if day.weekday() < 5)),
        days.known_from.toordinal(),
        days.known_until.toordinal(),
    )
