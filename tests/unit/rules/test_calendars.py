"""Calendar files of committees."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.rules.calendars import NotACalendar, read_calendar

EARLIEST, LATEST = dt.date(2026, 11, 24), dt.date(2028, 11, 24)


def an_event(*lines: str, summary: str = "Cabinet") -> str:
    return "\r\n".join(["BEGIN:VEVENT", "UID:1@x", f"SUMMARY:{summary}", *lines, "END:VEVENT"])


def a_file(*events: str) -> bytes:
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *events, "END:VCALENDAR", ""]).encode()


def days(*lines: str) -> list[str]:
    found, not_read = read_calendar(a_file(an_event(*lines)), earliest=EARLIEST, latest=LATEST)
    return [each.day.isoformat() for each in found] or [why for _, why in not_read]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["DTSTART;VALUE=DATE:20261208"], ["2026-12-08"]),
        (["DTSTART;TZID=Europe/London:20261208T183000"], ["2026-12-08"]),
        (["DTSTART:20270608T233000Z"], ["2027-06-09"]),
        (["DTSTART;TZID=Nowhere/Land:20261208T183000"], ["2026-12-08"]),
        (["DTSTART:20261208T183000", "STATUS:CANCELLED"], []),
        (["DTSTART:20261301"], ["there is no such day"]),
        (["DTSTART:tomorrow"], ["its date cannot be read"]),
        ([], ["it has no date"]),
        (["DTSTART;VALUE=DATE:20261208", "RRULE:FREQ=MONTHLY;BYDAY=2TU;COUNT=3"], ["2026-12-08", "2027-01-12", "2027-02-09"]),
        (["DTSTART;VALUE=DATE:20261208", "RRULE:FREQ=MONTHLY;BYDAY=-1TH;UNTIL=20270201"], ["2026-12-31", "2027-01-28"]),
        (["DTSTART;VALUE=DATE:20261208", "RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=3", "EXDATE;VALUE=DATE:20261222"], ["2026-12-08", "2027-01-05"]),
        (["DTSTART;VALUE=DATE:20261208", "RRULE:FREQ=SECONDLY;COUNT=999999999"], ["it repeats in a way that is not read here: type or paste its dates"]),
        (["DTSTART;VALUE=DATE:20261208", "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"], []),
        (["DTSTART;VALUE=DATE:00010101", "RRULE:FREQ=DAILY"], ["it repeats in a way that is not read here: type or paste its dates"]),
        (["DTSTART;VALUE=DATE:20261208", "BEGIN:VALARM", "DTSTART:20270101", "END:VALARM"], ["2026-12-08"]),
    ],
)  # fmt: skip
def test_an_event_gives_its_days(lines: list[str], expected: list[str]) -> None:
    assert days(*lines) == expected


def test_lines_are_unfolded_and_words_unescaped() -> None:
    found, _ = read_calendar(
        a_file(an_event("DTSTART;VALUE=DATE:20261208", summary="Audit\\, Risk\r\n  and Governance")),
        earliest=EARLIEST,
        latest=LATEST,
    )
    assert found[0].summary == "Audit, Risk and Governance"


def test_one_of_a_series_that_was_moved_is_on_its_new_day_alone() -> None:
    series = an_event("DTSTART;VALUE=DATE:20261208", "RRULE:FREQ=WEEKLY;COUNT=2")
    moved = an_event("DTSTART;VALUE=DATE:20261216", "RECURRENCE-ID;VALUE=DATE:20261215")
    found, _ = read_calendar(a_file(series, moved), earliest=EARLIEST, latest=LATEST)
    assert [each.day.day for each in found] == [8, 16]


def test_a_file_that_is_no_calendar_or_too_much_is_refused_in_words() -> None:
    for data, why in (
        (b"", "must be a calendar"),
        (b"\xff\xfe\x00", "must be a calendar"),
        (b"x" * (1024 * 1024 + 1), "smaller than 1 MB"),
        (a_file(*["BEGIN:VEVENT\r\nEND:VEVENT"] * 2_001), "more than 2,000 events"),
        (a_file(*[an_event("DTSTART;VALUE=DATE:20261125", "RRULE:FREQ=DAILY", summary=str(n)) for n in range(5)]), "more than 1,000 days"),
    ):  # fmt: skip
        with pytest.raises(NotACalendar, match=why):
            read_calendar(data, earliest=EARLIEST, latest=LATEST)


def test_a_hostile_file_takes_no_long_time() -> None:
    events = [an_event("DTSTART;VALUE=DATE:19900101", "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30")] * 1_999
    began = time.process_time()
    _, not_read = read_calendar(a_file(*events), earliest=EARLIEST, latest=LATEST)
    assert time.process_time() - began < 10
    assert len(not_read) == 1_899


@given(st.binary(max_size=300))
def test_no_bytes_are_another_error(data: bytes) -> None:
    for each in (data, b"BEGIN:VCALENDAR\nBEGIN:VEVENT\n" + data + b"\nEND:VEVENT"):
        try:
            read_calendar(each, earliest=EARLIEST, latest=LATEST)
        except NotACalendar as wrong:
            assert str(wrong)
