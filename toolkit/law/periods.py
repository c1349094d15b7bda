"""Counting days as the statute counts them (fact base §5.1).

`n days beginning with X` counts X as day 1. A tendering or participation period starts the day after. `n clear days
before X` leaves out both ends. The Act moves nothing that ends on a weekend, so neither do we.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from dateutil.relativedelta import relativedelta

from toolkit.law.calendars import BankHoliday, Calendar
from toolkit.law.calendars import calendar as calendar_named
from toolkit.law.values import LegalDate, NotCountable, counted, words

COUNTING = "Procurement Act 2023, section 123"
LONGEST = 3_660
"""No statutory period comes near ten years: a longer count is a slip."""


def _checked(n: int, least: int = 1) -> int:
    if n < least:
        raise NotCountable(f"A period must be {counted(least, 'day')} or more")
    if n > LONGEST:
        raise NotCountable(f"A period must be {LONGEST:,} days or less")
    return n


def moved(day: dt.date, days: int) -> dt.date:
    """`days` calendar days later, or earlier if negative. Raises NotCountable out of range."""
    try:
        return day + dt.timedelta(days=days)
    except OverflowError:
        raise NotCountable("The date is out of range") from None


def beginning_with(day: dt.date, n: int, *, source: str = COUNTING) -> LegalDate:
    """The last day of `n` calendar days beginning with `day`: the day itself is day 1."""
    _checked(n)
    return LegalDate(
        moved(day, n - 1), f"{counted(n, 'day')} beginning with {words(day)}, which counts as day 1.", source
    )


def period_after(day: dt.date, n: int, *, source: str = "Procurement Act 2023, section 54(5)") -> LegalDate:
    """The last day of a period of `n` calendar days whose day 1 is the day after `day`: the earliest deadline."""
    _checked(n)
    return LegalDate(moved(day, n), f"{counted(n, 'day')}, the day after {words(day)} being day 1.", source)


def _not_counted(calendar: Calendar, first: dt.date, last: dt.date) -> str:
    skipped = calendar.holidays_between(first, last)
    if not skipped:
        return ""
    listed = "; ".join(f"{words(day)} ({name})" for day, name in skipped)
    return f" Not counted, besides weekends: {listed}."


def working_days_beginning_with(
    day: dt.date,
    n: int,
    calendar: str = "act",
    *,
    added: Iterable[BankHoliday] = (),
    source: str = "Procurement Act 2023, sections 51 and 123",
) -> LegalDate:
    """The last of `n` working days beginning with `day`, which counts if it is a working day itself."""
    _checked(n)
    days = calendar_named(calendar, added)
    current, so_far = day, 0
    while True:
        so_far += days.is_working_day(current)
        if so_far == n:
            break
        current = moved(current, 1)
    starts = (
        f"{words(day)}"
        if days.is_working_day(day)
        else f"{words(day)}, which is not a working day and so does not count"
    )
    rule = f"{counted(n, 'working day')} beginning with {starts}.{_not_counted(days, day, current)}"
    return LegalDate(current, rule, source, confirmed=days.knows(day, current))


def clear_days_before(
    day: dt.date,
    n: int,
    calendar: str | None = None,
    *,
    added: Iterable[BankHoliday] = (),
    closed: Iterable[dt.date] = (),
    source: str = "Local Authorities (Executive Arrangements) (Meetings and Access to Information) (England) Regulations 2012",
) -> LegalDate:
    """The last day on which something can be done that must be done `n` clear days before `day`: neither end counts.

    Calendar days unless a calendar of working days is named; `closed` are the organisation's own closed days.
    """
    _checked(n)
    if calendar is None:
        return LegalDate(
            moved(day, -(n + 1)),
            f"{counted(n, 'clear day')} before {words(day)}; neither that day nor this one counts.",
            source,
        )
    days = calendar_named(calendar, added, closed)
    current, so_far = moved(day, -1), 0
    while so_far < n or not days.is_working_day(current):
        so_far += days.is_working_day(current)
        current = moved(current, -1)
    rule = (
        f"{counted(n, 'clear working day')} before {words(day)}; neither that day nor this one counts."
        f"{_not_counted(days, current, moved(day, -1))}"
    )
    return LegalDate(current, rule, source, confirmed=days.knows(current, day))


def clear_days_after(
    day: dt.date,
    n: int,
    *,
    source: str = "Local Authorities (Executive Arrangements) (Meetings and Access to Information) (England) Regulations 2012",
) -> LegalDate:
    """The first day that has `n` clear calendar days between `day` and itself."""
    _checked(n)
    return LegalDate(
        moved(day, n + 1),
        f"{counted(n, 'clear day')} after {words(day)}; neither that day nor this one counts.",
        source,
    )


def months_before(day: dt.date, n: int, *, rule: str, source: str, caution: str = "") -> LegalDate:
    """The same day `n` calendar months earlier; the last day of the month where that month is shorter."""
    return LegalDate(months_after(day, -n), rule, source, caution=caution)


def months_after(day: dt.date, n: int) -> dt.date:
    """The same day `n` calendar months later; the last day of the month where that month is shorter."""
    try:
        return day + relativedelta(months=n)
    except (OverflowError, ValueError):
        raise NotCountable("The date is out of range") from None
