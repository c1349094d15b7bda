"""The days of a count agree with the day that the rule gives."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from toolkit.law.calendars import NAMES, calendar
from toolkit.law.periods import beginning_with, working_days_beginning_with
from toolkit.law.reckoning import Span, days_of

DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2028, 6, 1))


@given(DAYS, st.integers(1, 60), st.sampled_from(sorted(NAMES)))
def test_the_last_working_day_has_the_number_of_the_count(day: dt.date, n: int, name: str) -> None:
    end = working_days_beginning_with(day, n, name).day
    days = days_of(Span(day, end, calendar(name)))
    assert days[-1].number == n
    assert [each.number for each in days if each.number] == list(range(1, n + 1))
    assert all((each.number is not None) is calendar(name).is_working_day(each.day) for each in days)


@given(DAYS, st.integers(1, 200))
def test_every_calendar_day_counts(day: dt.date, n: int) -> None:
    days = days_of(Span(day, beginning_with(day, n).day))
    assert [each.number for each in days] == list(range(1, n + 1))


def test_holidays_are_named() -> None:
    span = Span(dt.date(2026, 11, 23), dt.date(2026, 12, 3), calendar("act"))
    assert span.holidays == [(dt.date(2026, 11, 30), "St Andrew’s Day, in Scotland")]
    assert Span(span.first, span.last).holidays == []
