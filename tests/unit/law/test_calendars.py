"""Which days are not working days, where, and until when that is known."""

from __future__ import annotations

import datetime as dt
import socket

import pytest

from toolkit.law import calendars
from toolkit.law.calendars import calendar


def d(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


UNITED_KINGDOM = {
    2026: "01-01 01-02 03-17 04-03 04-06 05-04 05-25 06-15 07-13 08-03 08-31 11-30 12-25 12-28",
    2027: "01-01 01-04 03-17 03-26 03-29 05-03 05-31 07-12 08-02 08-30 11-30 12-27 12-28",
    2028: "01-03 01-04 03-17 04-14 04-17 05-01 05-29 07-12 08-07 08-28 11-30 12-25 12-26",
}
"""Bank holidays of any nation on a weekday, worked out from the Banking and Financial Dealings Act 1971."""


@pytest.mark.parametrize("year", UNITED_KINGDOM)
def test_the_acts_calendar_holds_the_bank_holidays_of_every_nation(year: int) -> None:
    for name in ("act", "psr"):
        found = calendar(name).holidays_between(d(f"{year}-01-01"), d(f"{year}-12-31"))
        assert [f"{day:%m-%d}" for day, _ in found] == UNITED_KINGDOM[year].split()


def test_a_councils_own_days_follow_england_and_wales() -> None:
    for name in ("council", "court"):
        days = calendar(name)
        assert days.is_working_day(d("2026-11-30"))
        assert days.is_working_day(d("2026-03-17"))
        assert not days.is_working_day(d("2026-08-31"))


def test_a_holidays_name_says_where_it_is_one() -> None:
    assert calendar("act").holiday_name(d("2026-11-30")) == "St Andrew’s Day, in Scotland"
    assert calendar("act").holiday_name(d("2026-06-15")) == "a bank holiday by proclamation, in Scotland"
    assert calendar("act").holiday_name(d("2026-12-25")) == "Christmas Day"
    assert calendar("act").holiday_name(d("2026-11-24")) is None


def test_a_boroughs_closed_day_moves_no_other_calendar() -> None:
    closed = d("2026-12-29")
    assert not calendar("council", closed=[closed]).is_working_day(closed)
    assert calendar("council").is_working_day(closed)
    for name in ("act", "psr", "court"):
        assert calendar(name, closed=[closed]).is_working_day(closed)


def test_a_bank_holiday_that_staff_add_counts_where_its_nation_does() -> None:
    day = d("2027-05-10")
    scottish = [calendars.BankHoliday(day, calendars.SCOTLAND, "a royal wedding")]
    assert calendar("act", scottish).holiday_name(day) == "a royal wedding, in Scotland"
    assert calendar("council", scottish).is_working_day(day)
    everywhere = [calendars.BankHoliday(day, nation, "a royal wedding") for nation in calendars.NATIONS]
    assert calendar("act", everywhere).holiday_name(day) == "a royal wedding"
    assert not calendar("council", everywhere).is_working_day(day)
    assert calendar("act", everywhere).known_until == calendar("act").known_until


def test_the_holidays_are_known_to_the_end_of_2028() -> None:
    days = calendar("act")
    assert days.known_until == d("2028-12-26")
    assert days.knows(d("2026-11-23"), d("2028-12-26"))
    assert not days.knows(d("2026-11-23"), d("2028-12-27"))


def test_the_network_is_never_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("The calendar asked the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    calendars._named.cache_clear()
    calendars._bank_holidays.cache_clear()
    assert not calendar("act").is_working_day(d("2026-11-30"))
