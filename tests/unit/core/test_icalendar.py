"""Calendar files say what was put into them, whatever the words, in lines that every calendar reads."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from tests.unit.core.icalendar_reader import events_of, lines_of
from toolkit.core.icalendar import DayEvent, calendar_file

MADE = dt.datetime(2026, 7, 1, 9, tzinfo=dt.timezone(dt.timedelta(hours=1)))
WORDS = st.text(st.characters(blacklist_categories=("Cc", "Cs")), max_size=300) | st.sampled_from(
    ["a;b,c\\d", "two\nlines", "£5 million – “copy”", "é" * 100, "\\n", "x" * 75]
)


def test_a_day_is_one_whole_day() -> None:
    (event,) = events_of(
        calendar_file(
            [DayEvent("a@x", dt.date(2026, 12, 31), "End")], made_at=MADE, product="Toolkit"
        ).encode()
    )
    assert event["DTSTART"].day == dt.date(2026, 12, 31)
    assert event["DTEND"].day == dt.date(2027, 1, 1)
    assert event["DTSTAMP"].value == "20260701T080000Z"
    assert event["TRANSP"].value == "TRANSPARENT"
    assert "DESCRIPTION" not in event


@given(summary=WORDS, description=WORDS)
def test_words_come_back_as_they_were(summary: str, description: str) -> None:
    file = calendar_file(
        [DayEvent("a@x", dt.date(2026, 12, 3), summary, description, "https://x.example/?a=1&b=2")],
        made_at=MADE,
        product="Toolkit",
    ).encode()
    (event,) = events_of(file)
    assert event["SUMMARY"].text == summary
    assert event.get("DESCRIPTION") is None if not description else event["DESCRIPTION"].text == description
    assert event["URL"].value == "https://x.example/?a=1&b=2"


def test_no_events_is_still_a_calendar() -> None:
    assert lines_of(calendar_file([], made_at=MADE, product="Toolkit").encode())[-1].value == "VCALENDAR"
