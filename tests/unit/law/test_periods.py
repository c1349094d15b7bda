"""The test vectors of the fact base §5.3 and the properties behind them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.law.calendars import SCOTLAND, BankHoliday, calendar
from toolkit.law.periods import (
    beginning_with,
    clear_days_after,
    clear_days_before,
    period_after,
    working_days_beginning_with,
)
from toolkit.law.values import NotCountable


def d(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


STANDSTILLS = [
    ("2026-11-23", "2026-12-03", "2026-12-02"),
    ("2026-12-18", "2026-12-31", "2026-12-31"),
    ("2027-03-11", "2027-03-23", "2027-03-22"),
    ("2026-07-08", "2026-07-20", "2026-07-17"),
    ("2026-07-28", "2026-08-07", "2026-08-06"),
    ("2026-11-28", "2026-12-10", "2026-12-09"),
]


@pytest.mark.parametrize(("published", "ends", "england_only"), STANDSTILLS)
def test_standstill_counts_bank_holidays_of_every_nation(
    published: str, ends: str, england_only: str
) -> None:
    assert working_days_beginning_with(d(published), 8).day == d(ends)
    assert working_days_beginning_with(d(published), 8, calendar="court").day == d(england_only)


def test_the_reason_names_the_holiday_that_was_skipped() -> None:
    standstill = working_days_beginning_with(d("2026-11-23"), 8)
    assert "30 November 2026 (St Andrew’s Day, in Scotland)" in standstill.rule
    assert "section" in standstill.source
    assert standstill.confirmed


def test_a_start_that_is_no_working_day_does_not_count() -> None:
    assert "not a working day" in working_days_beginning_with(d("2026-11-28"), 8).rule


@pytest.mark.parametrize(
    ("day", "n", "last"),
    [
        ("2026-12-01", 30, "2026-12-30"),
        ("2026-12-01", 120, "2027-03-30"),
        ("2026-12-01", 90, "2027-02-28"),
        ("2026-12-01", 180, "2027-05-29"),
        ("2027-03-31", 30, "2027-04-29"),
        ("2027-04-01", 56, "2027-05-26"),
        ("2026-09-30", 30, "2026-10-29"),
        ("2026-12-31", 30, "2027-01-29"),
    ],
)
def test_days_beginning_with_count_the_first_day(day: str, n: int, last: str) -> None:
    assert beginning_with(d(day), n).day == d(last)


@pytest.mark.parametrize(
    ("n", "deadline"), [(10, "2026-12-03"), (25, "2026-12-18"), (30, "2026-12-23"), (35, "2026-12-28")]
)
def test_a_tender_period_starts_the_day_after_the_notice(n: int, deadline: str) -> None:
    assert period_after(d("2026-11-23"), n).day == d(deadline)


def test_28_clear_days_leave_out_both_ends() -> None:
    assert clear_days_after(d("2026-11-23"), 28).day == d("2026-12-22")
    assert clear_days_before(d("2026-12-22"), 28).day == d("2026-11-23")


def test_clear_working_days_before_a_meeting_use_the_councils_calendar() -> None:
    # Back from Monday 4 January: 31, 30, 29, 24 and 23 December are clear; 1 January, 28 and 25 December are holidays.
    assert clear_days_before(d("2027-01-04"), 5, calendar="council").day == d("2026-12-22")
    closed = [d("2026-12-29"), d("2026-12-30"), d("2026-12-31")]
    assert clear_days_before(d("2027-01-04"), 5, calendar="council", closed=closed).day == d("2026-12-17")
    assert clear_days_before(d("2027-01-04"), 5, calendar="act", closed=closed).day == d("2026-12-22")


def test_the_world_cup_bank_holiday_is_no_working_day_of_the_act() -> None:
    assert not calendar("act").is_working_day(d("2026-06-15"))
    assert calendar("council").is_working_day(d("2026-06-15"))


def test_days_added_by_staff_do_not_count() -> None:
    added = [BankHoliday(d("2026-12-01"), SCOTLAND, "a day of mourning")]
    moved = working_days_beginning_with(d("2026-11-23"), 8, added=added)
    assert moved.day == d("2026-12-04")
    assert "1 December 2026 (a day of mourning, in Scotland)" in moved.rule
    # A holiday of Scotland alone is a working day for an English council's own counts.
    assert clear_days_before(d("2026-12-04"), 3, calendar="council", added=added).day == d("2026-11-30")


def test_working_days_past_the_known_holidays_are_not_confirmed_and_calendar_days_are() -> None:
    assert not working_days_beginning_with(d("2028-12-20"), 8).confirmed
    assert not working_days_beginning_with(d("2035-01-05"), 8).confirmed
    assert beginning_with(d("2035-01-05"), 30).confirmed


@pytest.mark.parametrize("n", [0, -1, 100_000])
def test_a_period_of_no_days_or_too_many_is_refused_in_words(n: int) -> None:
    for count in (
        beginning_with,
        period_after,
        working_days_beginning_with,
        clear_days_before,
        clear_days_after,
    ):
        with pytest.raises(NotCountable, match="A period must be"):
            count(d("2026-11-23"), n)


def test_a_date_out_of_range_is_refused_in_words() -> None:
    with pytest.raises(NotCountable, match="out of range"):
        beginning_with(dt.date.max, 30)
    with pytest.raises(NotCountable, match="out of range"):
        clear_days_before(dt.date.min, 5, calendar="council")


def test_an_unknown_calendar_is_an_error() -> None:
    with pytest.raises(KeyError):
        working_days_beginning_with(d("2026-11-23"), 8, calendar="england")


days = st.dates(d("2012-02-01"), d("2040-01-01"))
counts = st.integers(1, 60)


@given(days, counts)
def test_a_count_of_working_days_ends_on_a_working_day_on_or_after_its_start(day: dt.date, n: int) -> None:
    end = working_days_beginning_with(day, n).day
    assert end >= day
    assert calendar("act").is_working_day(end)
    assert (
        sum(calendar("act").is_working_day(day + dt.timedelta(k)) for k in range((end - day).days + 1)) == n
    )


@given(days, counts)
def test_more_days_never_end_earlier(day: dt.date, n: int) -> None:
    assert working_days_beginning_with(day, n).day < working_days_beginning_with(day, n + 1).day
    assert beginning_with(day, n).day < beginning_with(day, n + 1).day


@given(days, counts)
def test_the_acts_calendar_never_ends_before_englands(day: dt.date, n: int) -> None:
    assert (
        working_days_beginning_with(day, n).day >= working_days_beginning_with(day, n, calendar="court").day
    )


@given(days, counts)
def test_clear_days_are_really_clear(day: dt.date, n: int) -> None:
    assert (day - clear_days_before(day, n).day).days == n + 1
    last = clear_days_before(day, n, calendar="council").day
    between = [last + dt.timedelta(k) for k in range(1, (day - last).days)]
    assert sum(map(calendar("council").is_working_day, between)) == n
    assert clear_days_after(clear_days_before(day, n).day, n).day == day


@given(days, st.integers(1, 400))
def test_a_period_after_is_one_day_longer_than_one_beginning_with(day: dt.date, n: int) -> None:
    assert period_after(day, n).day - beginning_with(day, n).day == dt.timedelta(1)
