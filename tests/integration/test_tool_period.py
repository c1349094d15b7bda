"""The tool about periods, through its pages: every test vector, the days one by one, the calendar file, wrong days."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guidance.tools.own_period import CALENDARS, HOW, IN_WORKING_DAYS
from guidance.tools.pages.period import MOST_DAYS_SHOWN
from guidance.tools.periods import PERIODS
from tests.pages import Page, Pages
from tests.unit.core.icalendar_reader import events_of
from toolkit.core import clock
from toolkit.core.text import day_and_weekday


def d(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def ends(page: Page) -> list[str]:
    """The days that came out, in words."""
    return page.words(".app-verdict .govuk-heading-m")


def period(pages: Pages, slug: str, on: str, **more: str) -> Page:
    return pages.get("tool_period", query={"period": slug, "on": on, **more})


# The test vectors of the fact base, §5.3.
VECTORS = [
    ("standstill", "2026-11-23", ["2026-12-03", "2026-12-04"]),
    ("standstill", "2026-12-18", ["2026-12-31", "2027-01-01"]),
    ("standstill", "2027-03-11", ["2027-03-23", "2027-03-24"]),
    ("standstill", "2026-07-08", ["2026-07-20", "2026-07-21"]),
    ("standstill", "2026-07-28", ["2026-08-07", "2026-08-08"]),
    ("standstill", "2026-11-28", ["2026-12-10", "2026-12-11"]),
    ("contract-details", "2026-12-01", ["2026-12-30"]),
    ("contract-details-light-touch", "2026-12-01", ["2027-03-30"]),
    ("contract-copy", "2026-12-01", ["2027-02-28"]),
    ("contract-copy-light-touch", "2026-12-01", ["2027-05-29"]),
    ("termination", "2027-03-31", ["2027-04-29"]),
    ("pipeline-notice", "2027-04-01", ["2027-05-26", "2027-04-01"]),
    ("payments-compliance", "2026-09-30", ["2026-10-29"]),
    ("payments-compliance", "2027-03-31", ["2027-04-29"]),
    ("payments-over-30k", "2026-12-31", ["2027-01-29"]),
    ("tender-10", "2026-11-23", ["2026-12-03"]),
    ("tender-25", "2026-11-23", ["2026-12-18"]),
    ("tender-30", "2026-11-23", ["2026-12-23"]),
    ("tender-35", "2026-11-23", ["2026-12-28"]),
    ("planned-notice", "2026-11-23", ["2027-01-02", "2027-11-23"]),
    ("key-decision", "2026-11-23", ["2026-12-22"]),
    ("key-decision-notice", "2026-12-22", ["2026-11-23"]),
    ("participation", "2026-11-23", ["2026-12-18"]),
    ("participation-urgent", "2026-11-23", ["2026-12-03"]),
    ("health-standstill", "2026-11-23", ["2026-12-07"]),
    ("breach", "2026-11-23", ["2026-12-22"]),
    ("exclusion", "2026-11-23", ["2026-12-22"]),
    ("performance", "2026-12-01", ["2027-11-30"]),
    ("modified-copy", "2026-12-01", ["2027-02-28"]),
]


@pytest.mark.parametrize(("slug", "on", "expected"), VECTORS)
def test_every_test_vector_through_the_page(pages: Pages, slug: str, on: str, expected: list[str]) -> None:
    page = period(pages, slug, on)
    assert ends(page) == [day_and_weekday(d(each)) for each in expected]
    assert "Last checked 23 November 2026" in page.main


def test_the_vectors_leave_no_period_out() -> None:
    assert {slug for slug, _, _ in VECTORS} == PERIODS.keys() - {"own"}


def test_the_standstill_says_why_and_names_the_holiday_it_skips(pages: Pages) -> None:
    page = period(pages, "standstill", "2026-11-23")
    assert "St Andrew’s Day, in Scotland" in page.main
    assert "no claim has been notified" in page.main
    assert "Procurement Act 2023, sections 51 and 123" in page.main
    november, december = page.table("November 2026"), page.table("December 2026")
    assert november[4] == {"Mon": "23 day 1", "Tue": "24 day 2", "Wed": "25 day 3", "Thu": "26 day 4", "Fri": "27 day 5", "Sat": "28 no", "Sun": "29 no"}  # fmt: skip
    assert november[5]["Mon"] == "30 no"
    assert december[0]["Thu"] == "3 day 8, end"


def test_the_standstill_says_when_nobody_need_wait_and_a_rule_of_the_act_that_it_is_one(pages: Pages) -> None:
    page = period(pages, "standstill", "2026-11-23")
    assert "You need not wait for light touch" in page.main
    assert "a rule of the Procurement Act 2023" in page.main
    assert "a rule of the Procurement Act 2023" not in period(pages, "key-decision", "2026-11-23").main


def test_clear_days_leave_out_both_ends_in_the_months_too(pages: Pages) -> None:
    page = period(pages, "own", "2026-12-10", days="5", how="clear-working-before", calendar="council")
    assert ends(page) == ["Wednesday 2 December 2026"]
    weeks = page.table("December 2026")
    assert weeks[0]["Wed"] == "2 answer"
    assert weeks[0]["Thu"] == "3 day 1"
    assert weeks[1]["Wed"] == "9 day 5"
    assert weeks[1]["Thu"] == "10 no"


def test_past_the_known_holidays_working_days_are_not_confirmed(pages: Pages) -> None:
    assert "Not confirmed" in period(pages, "standstill", "2028-12-27").main
    assert "Not confirmed" not in period(pages, "contract-details", "2028-12-27").main


def test_what_is_not_settled_says_to_ask_the_legal_team(pages: Pages) -> None:
    for slug in ("key-decision", "planned-notice", "payments-over-30k", "payments-compliance", "performance", "modified-copy", "health-standstill"):  # fmt: skip
        on = next(on for each, on, _ in VECTORS if each == slug)
        assert "Check with your legal team" in period(pages, slug, on).words(".app-caution")[0]


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    on=st.dates(d("2025-02-24"), d("2028-06-30")),
    days=st.integers(1, 150),
    how=st.sampled_from(sorted(HOW)),
    calendar=st.sampled_from(sorted(CALENDARS)),
)
def test_any_period_of_ones_own_is_shown_and_its_last_number_is_the_number_asked_for(
    pages: Pages, on: dt.date, days: int, how: str, calendar: str
) -> None:
    page = period(pages, "own", on.isoformat(), days=str(days), how=how, calendar=calendar)
    (end,) = ends(page)
    numbers = [words for words in page.words(".app-month__words") if words.startswith("day ")]
    if numbers:
        assert len(numbers) == days
        assert numbers[-1].removesuffix(", end") == f"day {days}"
    else:
        assert "too long to show" in page.main
        assert how in IN_WORKING_DAYS and days > MOST_DAYS_SHOWN / 2
    again = pages.get(page.link("its address"))
    assert ends(again) == [end]


def test_the_calendar_file_holds_each_day_that_came_out(pages: Pages) -> None:
    page = period(pages, "standstill", "2026-11-23")
    file = pages.get(page.link("Put it in your calendar"))
    assert file.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert file.headers["Content-Disposition"] == 'attachment; filename="standstill.ics"'
    end, sign = events_of(file.content)
    assert (end["DTSTART"].day, end["DTEND"].day) == (d("2026-12-03"), d("2026-12-04"))
    assert end["SUMMARY"].text == "Standstill ends at midnight"
    assert "30 November 2026 (St Andrew’s Day, in Scotland)" in end["DESCRIPTION"].text
    assert "last checked 23 November 2026" in end["DESCRIPTION"].text
    assert end["URL"].value.endswith("/tools/period/?period=standstill&on=2026-11-23")
    assert sign["DTSTART"].day == d("2026-12-04")
    assert end["UID"].text != sign["UID"].text


def test_the_same_question_has_the_same_identifier_on_any_day_and_in_any_spelling(pages: Pages) -> None:
    def identifiers(**query: str) -> list[str]:
        file = pages.get("tool_period_calendar", query={"period": "termination", **query})
        return [event["UID"].text for event in events_of(file.content)]

    first = identifiers(on="2027-03-31")
    with clock.held_at(d("2027-02-01")):
        assert identifiers(**{"on-day": "31", "on-month": "March", "on-year": "2027"}) == first
    assert identifiers(on="2027-04-01") != first


@pytest.mark.parametrize(("slug", "on", "expected"), VECTORS)
def test_every_period_has_its_calendar_file(pages: Pages, slug: str, on: str, expected: list[str]) -> None:
    file = pages.get("tool_period_calendar", query={"period": slug, "on": on})
    assert [event["DTSTART"].day for event in events_of(file.content)] == [d(each) for each in expected]


def test_a_calendar_file_of_no_answer_leads_to_the_form_that_says_why(pages: Pages) -> None:
    assert pages.get("tool_period_calendar").errors == []
    page = pages.get("tool_period_calendar", query={"period": "standstill", "on": "2026-02-29"})
    assert (page.path, page.errors) == ("/tools/period/", ["Enter a real date"])
    page = pages.get("tool_period_calendar", query={"period": "nothing", "on": "2026-02-28"})
    assert page.errors == ["Select a period from the list"]


def test_a_period_is_chosen_and_then_asks_for_its_day(pages: Pages) -> None:
    choice = pages.get("tool_period")
    page = pages.submit(choice.form(), period="termination")
    assert page.errors == []
    assert "On what day does the contract end?" in page.main
    date: dict[str, Any] = {"on-day": "31", "on-month": "3", "on-year": "2027"}
    page = pages.submit(page.form(), **date)
    assert ends(page) == ["Thursday 29 April 2027"]
    assert pages.submit(choice.form()).errors == ["Select a period"]


@pytest.mark.parametrize(
    ("slug", "query", "errors"),
    [
        ("standstill", {"on": ""}, ["Enter the day the notice is published"]),
        ("standstill", {"on": "0001-01-01"}, ["The year must be between 1990 and 2100"]),
        ("standstill", {"on": "9999-12-31"}, ["The year must be between 1990 and 2100"]),
        ("standstill", {"on-day": "29", "on-month": "2", "on-year": "2027"}, ["Enter a real date, like 27 3 2028"]),
        ("standstill", {"on-day": "1", "on-month": "1", "on-year": "9999"}, ["The year must be between 1990 and 2100"]),
        ("standstill", {"on-day": "", "on-month": "1", "on-year": "2027"}, ["The day the notice is published must include a day"]),
        ("standstill", {"on-day": "1", "on-month": "9" * 10_000, "on-year": "2027"}, ["Enter a real date, like 27 3 2028"]),
        ("standstill", {"on-day": "9" * 10_000, "on-month": "1", "on-year": "2027"}, ["Enter a real date, like 27 3 2028"]),
        ("standstill", {"on": "2025-02-23"}, ["The day must be 24 February 2025 or later: this rule does not reach back further"]),
        ("payments-over-30k", {"on": "2026-03-31"}, ["The day must be 30 June 2026 or later: this rule does not reach back further"]),
        ("payments-compliance", {"on": "2025-09-30"}, ["The day must be 31 March 2026 or later: this rule does not reach back further"]),
        ("payments-compliance", {"on": "2026-12-31"}, ["The day must be 31 March or 30 September"]),
        ("pipeline-notice", {"on": "2027-04-02"}, ["The day must be 1 April"]),
        ("own", {"on": "2027-04-02", "how": "after", "days": "0"}, ["The number of days must be 1 or more"]),
        ("own", {"on": "2027-04-02", "how": "after", "days": "99999999999999999999"}, ["The number of days must be 3,660 or less"]),
        ("own", {"on": "2027-04-02", "how": "after", "days": "9" * 10_000}, ["The number of days must be a whole number, like 12"]),
        ("own", {"on": "2027-04-02", "how": "after", "days": "1.5"}, ["The number of days must be a whole number, like 12"]),
        ("own", {"on": "2027-04-02", "how": "working-days", "days": "5"}, ["Select whose working days to count"]),
        ("own", {"on": "2027-04-02", "how": "sideways", "days": "5"}, ["Select an option from the list"]),
        ("own", {"on": ""}, ["Enter the date to count from", "Enter how many days", "Select how the days are counted"]),
    ],
)  # fmt: skip
def test_a_wrong_day_is_answered_in_words(
    pages: Pages, slug: str, query: dict[str, str], errors: list[str]
) -> None:
    page = pages.get("tool_period", query={"period": slug, **query})
    assert page.errors == errors
    assert page.title.startswith("Error: ")


def test_the_longest_count_of_ones_own_is_answered(pages: Pages) -> None:
    for how in HOW:
        page = period(pages, "own", "2100-12-31", days="3660", how=how, calendar="act")
        assert "too long to show" in page.main
        assert len(page.content) < 30_000
