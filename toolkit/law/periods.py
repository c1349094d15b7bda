"""Counting days as the statute counts them (fact base §5.1).

`n days beginning with X` counts X as day 1. A tendering or participation period starts the day after. `n clear days
before X` leaves out both ends. The Act moves nothing that ends on a weekend, so neither do we.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from dateutil.relativedelta import relativedelta

from toolkit.law.calendars import Calendar
from toolkit.law.calendars import calendar as calendar_named
from toolkit.law.values import LegalDate, NotCountable, words

COUNTING = "Procurement Act 2023, section 123"
LONGEST = 3_660
"""No statutory period comes near ten years: a longer count is a slip."""


def _checked(n: int, least: int = 1) -> int:
    if n < least:
        raise NotCountable(f"A period must be {least} day{'' if least == 1 else 's'} or more")
    if n > LONGEST:
        raise NotCountable(f"A period must be {LONGEST:,} days or less")
    return n


def _moved(day: dt.date, days: int) -> dt.date:
    try:
        return day + dt.timedelta(days=days)
    except OverflowError:
        raise NotCountable("The date is out of range") from None


def beginning_with(day: dt.date, n: int, *, source: str = COUNTING) -> LegalDate:
    """The last day of `n` calendar days beginning with `day`: the day itself is day 1."""
    _checked(n)
    return LegalDate(
        _moved(day, n - 1), f"{n} days beginning with {words(day)}, which counts as day 1.", source
    )


def period_after(day: dt.date, n: int, *, source: str = "Procurement Act 2023, section 54(5)") -> LegalDate:
    """The last day of a period of `n` calendar days whose day 1 is the day after `day`: the earliest deadline."""
    _checked(n)
    return LegalDate(_moved(day, n), f"{n} days, the day after {words(day)} being day 1.", source)


def _not_counted(calendar: Calendar, first: dt.date, last: dt.date) -> str:
    skipped = calendar.holidays_between(first, last)
    if not skipped:
        return ""
    listed = "; ".join(f"{words(day)} ({name})" for day, name in skipped)
    return f" Not counted, besides weekends: {listed}."


def working_days_beginning_with(
    day: dt.date,
    n: int,
    calendar: str | Calendar = "act",
    *,
    added: Iterable[dt.date] = (),
    source: str = "Procurement Act 2023, sections 51 and 123",
) -> LegalDate:
    """The last of `n` working days beginning with `day`, which counts if it is a working day itself."""
    _checked(n)
    days = calendar_named(calendar, added)
    current, counted = day, 0
    while True:
        counted += days.is_working_day(current)
        if counted == n:
            break
        current = _moved(current, 1)
    starts = (
        f"{words(day)}"
        if days.is_working_day(day)
        else f"{words(day)}, which is not a working day and so does not count"
    )
    rule = f"{n} working days beginning with {starts}.{_not_counted(days, day, current)}"
    return LegalDate(current, rule, source, confirmed=days.knows(day, current))


def clear_days_before(
    day: dt.date,
    n: int,
    calendar: str | Calendar | None = None,
    *,
    added: Iterable[dt.date] = (),
    source: str = "Local Authorities (Executive Arrangements) (Meetings and Access to Information) (England) Regulations 2012",
) -> LegalDate:
    """The last day on which something can be done that must be done `n` clear days before `day`: neither end counts.

    Calendar days unless a calendar of working days is named.
    """
    _checked(n)
    if calendar is None:
        return LegalDate(
            _moved(day, -(n + 1)),
            f"{n} clear days before {words(day)}; neither that day nor this one counts.",
            source,
        )
    days = calendar_named(calendar, added)
    current, counted = _moved(day, -1), 0
    while counted < n or not days.is_working_day(current):
        counted += days.is_working_day(current)
        current = _moved(current, -1)
    rule = (
        f"{n} clear working days before {words(day)}; neither that day nor this one counts."
        f"{_not_counted(days, current, _moved(day, -1))}"
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
        _moved(day, n + 1),
        f"{n} clear days after {words(day)}; neither that day nor this one counts.",
        source,
    )


def months_before(day: dt.date, n: int, *, rule: str, source: str, caution: str = "") -> LegalDate:
    """The same day `n` calendar months earlier; the last day of the month where that month is shorter."""
    try:
        return LegalDate(day - relativedelta(months=n), rule, source, caution=caution)
    except (OverflowError, ValueError):
        raise NotCountable("The date is out of range") from None


def months_after(day: dt.date, n: int) -> dt.date:
    """The same day `n` calendar months later; the last day of the month where that month is shorter."""
    try:
        return day + relativedelta(months=n)
    except (OverflowError, ValueError):
        raise NotCountable("The date is out of range") from None
