"""The public tools, through their pages: right answers, an address for each, and bad input answered in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any
from urllib.parse import urlencode

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
from toolkit.law.values import CHECKED_ON

ADDRESSES = ("/tools/threshold/", "/tools/period/", "/tools/notices/", "/tools/light-touch/")
THRESHOLD = {"kind": "services", "value": "250000", "vat": "inc", "on": "2026-12-01"}
NOTICES = {"regime": "pa23", "size": "above", "way": "competition", "engaged": "no"}
HOSTILE = {"LONG": "x" * 10_000, "DIGITS": "9" * 10_000, "NUL": "a\x00b", "MARKUP": "<script>alert(1)</script>", "EMOJI": "🙂\ufffe\u202e", "BLANK": " "}  # fmt: skip


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


# Thresholds
@pytest.mark.parametrize(
    ("change", "headline"),
    [
        ({}, "Above the threshold by £42,280"),
        ({"value": "207720"}, "Exactly at the threshold, which counts as above it"),
        ({"value": "207,719.99"}, "Below the threshold by £0.01"),
        ({"value": "173100", "vat": "ex"}, "Exactly at the threshold, which counts as above it"),
        ({"kind": "light-touch", "value": "£600k"}, "Below the threshold by £63,540"),
        ({"kind": "works", "value": "5.3 million"}, "Above the threshold by £107,000"),
        ({"kind": "works", "value": "5.3m", "on": "2025-12-31"}, "Below the threshold by £72,609"),
        ({"kind": "concession", "value": "5193000"}, "Exactly at the threshold, which counts as above it"),
        ({"kind": "light-touch-concession", "value": "5372609"}, "Exactly at the threshold, which counts as above it"),
        ({"on": "2025-02-24", "value": "214904"}, "Exactly at the threshold, which counts as above it"),
        ({"on": "2028-01-01"}, "Above the threshold by £42,280 – not confirmed"),
        ({"on": "2025-02-23"}, "No threshold of this Act: the law before it applies"),
        ({"kind": "health"}, "No threshold: another law may apply"),
        ({"kind": "utility"}, "No threshold worked out: a utility activity has rules of its own"),
    ],
)  # fmt: skip
def test_the_threshold_and_how_far_the_value_is_from_it(
    pages: Pages, change: dict[str, str], headline: str
) -> None:
    page = pages.get("tool_threshold", query=THRESHOLD | change)
    assert page.words("#answer") == [headline]
    assert "Last checked 23 November 2026" in page.main
    assert pages.get(page.link("its address")).words("#answer") == [headline]


def test_the_figures_that_the_value_reaches_are_marked_in_words(pages: Pages) -> None:
    page = pages.get("tool_threshold", query=THRESHOLD | {"value": "5000001"})
    tags = page.words(".app-list__item h3")
    assert tags.count("More than £5,000,000, including VAT Reached") == 4
    assert "More than £2,000,000, including VAT Reached" in tags
    below = pages.get("tool_threshold", query=THRESHOLD | {"value": "30000"})
    assert "£30,000 or more, including VAT Reached" in below.words(".app-list__item h3")


def test_a_sum_without_vat_says_what_was_added(pages: Pages) -> None:
    page = pages.get("tool_threshold", query=THRESHOLD | {"vat": "ex"})
    assert "£300,000 including VAT (£250,000 and VAT at 20%)" in page.main
    assert "Check with your legal team" in page.main


def test_what_follows_leads_on_with_the_answers_filled_in(pages: Pages) -> None:
    page = pages.get("tool_threshold", query=THRESHOLD | {"kind": "light-touch", "value": "700000"})
    onward = pages.get(page.link("Which notices do I need?"))
    fields = onward.form().fields
    assert onward.errors == []
    assert (fields["regime"], fields["size"], fields["also"]) == (["pa23"], ["above"], ["light-touch"])
    answer = pages.submit(onward.form(), way="competition", engaged="no")
    assert "needed" in answer.words("#answer")[0]


@pytest.mark.parametrize(
    ("query", "errors"),
    [
        ({"kind": "", "value": ""}, ["Select what you are buying", "Enter the estimated value", "Select whether the value includes VAT", "Enter the day the procurement commences"]),
        (THRESHOLD | {"value": "a lot"}, ["Enter an amount in pounds, like 250,000 or 1.2 million"]),
        (THRESHOLD | {"value": "-5"}, ["Enter an amount in pounds, like 250,000 or 1.2 million"]),
        (THRESHOLD | {"value": "200 billion"}, ["Enter an amount below £100 billion"]),
        (THRESHOLD | {"value": "9" * 10_000}, ["The estimated value must be 100 characters or fewer"]),
        (THRESHOLD | {"kind": "bribes"}, ["Select an option from the list"]),
        (THRESHOLD | {"on": "2027-02-29"}, ["Enter a real date"]),
    ],
)  # fmt: skip
def test_a_wrong_answer_about_thresholds_is_answered_in_words(
    pages: Pages, query: dict[str, str], errors: list[str]
) -> None:
    page = pages.get("tool_threshold", query=query)
    assert page.errors == errors
    assert page.title.startswith("Error: ")


def test_of_an_answer_given_twice_the_last_counts(pages: Pages) -> None:
    page = pages.get(f"/tools/threshold/?value=1&{urlencode(THRESHOLD)}&on=2026-06-01&value=207720")
    assert page.words("#answer") == ["Exactly at the threshold, which counts as above it"]


# Notices
def test_the_notices_stand_in_order_each_with_need_reason_and_source(pages: Pages) -> None:
    page = pages.get("tool_notices", query=NOTICES | {"value": "6 million", "engaged": "yes"})
    headings = page.words(".app-list__item h3")
    assert len(headings) == 18
    assert headings[0] == "UK1 · Pipeline notice Needed if"
    assert headings[-1] == "UK17 · Payments compliance notice Needed if"
    assert page.words("#answer") == ["7 notices needed, 5 more depending on what happens"]
    assert len(page.words(".app-list__item .app-source")) == 18
    assert pages.get(page.link("its address")).words(".app-list__item h3") == headings


@pytest.mark.parametrize("regime", ["earlier", "psr", "utility", "unknown"])
def test_another_law_has_no_list_and_says_why(pages: Pages, regime: str) -> None:
    page = pages.get("tool_notices", query={"regime": regime})
    assert page.errors == []
    assert not page.css(".app-list__item")
    assert "Check with your legal team" in page.words(".app-caution")[0]


@pytest.mark.parametrize(
    ("change", "errors"),
    [
        ({"size": "", "way": "", "engaged": ""}, ["Select whether the value is above or below the threshold", "Select how you find the supplier", "Select whether you have engaged the market"]),
        ({"regime": ""}, ["Select which law applies"]),
        ({"value": "207719"}, ["Enter £207,720 or more, the lowest threshold of a council, or select below the threshold"]),
        ({"size": "below", "value": "6m"}, ["Enter less than £5,372,609, the highest threshold of a council, or select above the threshold"]),
        ({"way": "invited"}, ["Select a competition: at or above the threshold you cannot only invite quotations"]),
        ({"way": "user-choice"}, ["Select light touch: user choice is for light-touch services only"]),
        ({"way": "call-off", "also": "framework"}, ["Select a framework only with a competition or a direct award: these set one up"]),
        ({"way": "magic"}, ["Select an option from the list"]),
    ],
)  # fmt: skip
def test_answers_that_do_not_hang_together_are_refused_in_words(
    pages: Pages, change: dict[str, str], errors: list[str]
) -> None:
    page = pages.get("tool_notices", query=NOTICES | change)
    assert page.errors == errors
    assert page.title.startswith("Error: ")


# Light touch
def test_a_code_leads_to_the_list_and_is_never_settled(pages: Pages) -> None:
    page = pages.get("tool_light_touch", query={"service": "80500000-9"})
    assert page.words("#answer") == ["It may be light touch: look up the exact code"]
    assert "all eight digits" in page.main
    rows = {row["What"]: row for row in page.table("What changes for a council")}
    threshold = next(row for what, row in rows.items() if what.startswith("Threshold"))
    assert (threshold["Other services"], threshold["Light touch"]) == ("£207,720", "£663,540")


def test_a_health_service_is_sent_to_its_own_regime_first(pages: Pages) -> None:
    page = pages.get("tool_light_touch", query={"service": "sexual health clinics"})
    assert page.words("#answer") == ["First rule out a health care service, then look up the exact code"]
    assert "Provider Selection Regime" in page.main


@pytest.mark.parametrize(
    ("service", "error"),
    [
        ("", "Enter a CPV code or a few words about the service"),
        ("8531", "A CPV code has 8 digits, with or without a check digit, like 85310000-5"),
        ("x" * 10_000, "What you enter must be 200 characters or fewer"),
    ],
)
def test_a_wrong_code_is_answered_in_words(pages: Pages, service: str, error: str) -> None:
    assert pages.get("tool_light_touch", query={"service": service}).errors == [error]


# All of them
@pytest.mark.parametrize("address", ADDRESSES)
def test_an_empty_address_and_one_of_other_things_show_the_empty_form(pages: Pages, address: str) -> None:
    for query in ("", "?", "?utm_source=mail&page=2"):
        page = pages.get(address + query)
        assert page.errors == []
        assert not page.css(".app-verdict")


FIELDS = ("kind", "value", "vat", "on", "on-day", "on-month", "on-year", "period", "days", "how", "calendar", "regime", "size", "way", "also", "engaged", "service", "choose")  # fmt: skip


@pytest.mark.parametrize("nasty", HOSTILE)
@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_typed_breaks_a_page(pages: Pages, address: str, nasty: str) -> None:
    everything = [(name, HOSTILE[nasty]) for name in FIELDS for _ in range(2)]
    for query in (everything, [*everything, ("period", "own")], [*everything, ("ask", "1")]):
        page = pages.get(f"{address}?{urlencode(query)}")
        assert "<script>alert" not in page.html


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    address=st.sampled_from((*ADDRESSES, "/tools/period/calendar/")),
    query=st.lists(
        st.tuples(
            st.sampled_from((*FIELDS, "ask")),
            st.text(max_size=30)
            | st.sampled_from((*PERIODS, *HOW, *CALENDARS, "goods", "pa23", "above", "inc", "yes", "2026-11-23", "12", "1m")),
        ),
        max_size=8,
    ),
)  # fmt: skip
def test_any_address_is_answered_with_a_sound_page(
    pages: Pages, address: str, query: list[tuple[str, str]]
) -> None:
    encoded = urlencode([(name, value.encode("utf-8", "surrogatepass")) for name, value in query])
    pages.get(f"{address}?{encoded}")


def test_no_tool_asks_the_database(
    pages: Pages, queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    with queries(0):
        pages.get("tools")
        pages.get("tool_threshold", query=THRESHOLD)
        pages.get("tool_period", query={"period": "standstill", "on": "2026-11-23"})
        pages.get("tool_notices", query=NOTICES)
        pages.get("tool_light_touch", query={"service": "library"})


def test_pages_stay_small(pages: Pages) -> None:
    sizes = {
        "threshold": len(pages.get("tool_threshold", query=THRESHOLD | {"value": "9m"}).content),
        "period": len(period(pages, "contract-copy-light-touch", "2026-12-01").content),
        "notices": len(pages.get("tool_notices", query=NOTICES).content),
        "light touch": len(pages.get("tool_light_touch", query={"service": "85310000"}).content),
    }
    assert max(sizes.values()) < 40_000, sizes


def test_the_date_of_checking_is_the_one_kept_in_the_law(pages: Pages) -> None:
    assert d("2026-11-23") == CHECKED_ON
    for address, query in (("tool_threshold", THRESHOLD), ("tool_notices", NOTICES), ("tool_light_touch", {"service": "library"})):  # fmt: skip
        page = pages.get(address, query=query)
        assert all("Last checked 23 November 2026" in words for words in page.words("p.app-source"))


def test_the_tools_are_found_from_the_navigation_and_from_home(pages: Pages) -> None:
    home = pages.get("home")
    assert home.link("Tools").endswith("/tools/")
    assert "Work it out" in home.words("h2")
    index = pages.click(home, "Tools")
    assert index.h1 == "Tools"
    assert len(index.css(".app-list__item")) == 4
    assert "Like 27 3 2027" in pages.click(home, "When does standstill end?").main
