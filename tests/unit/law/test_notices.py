"""When each notice is due: the test vectors of every deadline, and the properties behind them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.law import notices
from toolkit.law.calendars import SCOTLAND, BankHoliday, calendar
from toolkit.law.values import CHECKED_ON, LegalDate, NotCountable


def d(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def test_every_deadline_of_the_test_vectors() -> None:
    signed = d("2026-12-01")
    assert notices.contract_details_due(signed).day == d("2026-12-30")
    assert notices.contract_details_due(signed, light_touch=True).day == d("2027-03-30")
    assert notices.contract_copy_due(signed).day == d("2027-02-28")
    assert notices.contract_copy_due(signed, light_touch=True).day == d("2027-05-29")
    assert notices.termination_due(d("2027-03-31")).day == d("2027-04-29")
    assert notices.pipeline_window(d("2027-04-01"))[1].day == d("2027-05-26")
    assert notices.payments_compliance_due(d("2026-09-30")).day == d("2026-10-29")
    assert notices.payments_compliance_due(d("2027-03-31")).day == d("2027-04-29")
    assert notices.payments_over_30k_due(d("2026-12-31")).day == d("2027-01-29")
    first, last = notices.planned_notice_window(d("2026-11-23"))
    assert (first.day, last.day) == (d("2027-01-02"), d("2027-11-23"))
    assert notices.key_decision_notice_by(d("2026-12-22")).day == d("2026-11-23")


def test_signing_is_lawful_only_after_the_standstill() -> None:
    assert notices.standstill_end(d("2026-11-23")).day == d("2026-12-03")
    earliest = notices.earliest_signature(d("2026-11-23"))
    assert earliest.day == d("2026-12-04")
    assert "no claim has been notified" in earliest.caution


def test_a_voluntary_standstill_is_never_shorter_than_8_working_days() -> None:
    with pytest.raises(NotCountable, match="at least 8 working days"):
        notices.standstill_end(d("2026-11-23"), days=7)
    assert notices.standstill_end(d("2026-11-23"), days=10).day == d("2026-12-07")


def test_health_representations_show_the_later_reading() -> None:
    # Notice on Monday 23 November: standstill begins on the 24th; the 8th working day after it, without 30 November.
    end = notices.psr_representations_end(d("2026-11-23"))
    assert end.day == d("2026-12-07")
    assert "legal team" in end.caution


def test_all_seventeen_notices_are_named() -> None:
    assert list(notices.NOTICES) == [f"UK{number}" for number in range(1, 18)]


def test_every_notice_says_when_and_whether_it_must_be_published() -> None:
    assert list(notices.MANDATORY) == list(notices.NOTICES)
    for code, notice in notices.NOTICES.items():
        assert notice.code == code
        assert notice.law.startswith("section")
        assert notice.when
        assert notices.MANDATORY[code].startswith(("Yes, ", "No. "))


def test_the_award_notice_comes_before_signature_and_the_details_notice_after() -> None:
    assert "Before the contract is entered into" in notices.NOTICES["UK6"].when
    assert "30 days of entering into" in notices.NOTICES["UK7"].when


def test_the_other_thirty_and_ninety_day_deadlines_count_their_first_day() -> None:
    assert notices.breach_notice_due(d("2026-11-23")).day == d("2026-12-22")
    assert notices.exclusion_notification_due(d("2026-11-23")).day == d("2026-12-22")
    assert notices.modified_contract_copy_due(d("2026-12-01")).day == d("2027-02-28")
    assert "legal team" in notices.modified_contract_copy_due(d("2026-12-01")).caution


def test_the_four_quarters_of_payments_are_due_a_day_before_the_month_is_out() -> None:
    ends = ["2026-06-30", "2026-09-30", "2026-12-31", "2027-03-31"]
    assert [notices.payments_over_30k_due(d(day)).day for day in ends] == [
        d("2026-07-29"), d("2026-10-29"), d("2027-01-29"), d("2027-04-29"),
    ]  # fmt: skip


def test_no_duty_is_dated_before_it_began() -> None:
    with pytest.raises(NotCountable, match="began on 1 April 2026"):
        notices.payments_over_30k_due(d("2026-03-31"))
    with pytest.raises(NotCountable, match="began on 1 January 2026"):
        notices.payments_compliance_due(d("2025-09-30"))
    with pytest.raises(NotCountable, match="1 April 2025"):
        notices.pipeline_window(d("2024-04-01"))
    assert "1 January 2026" in notices.performance_due(d("2025-06-01")).caution
    assert "1 January 2026" not in notices.performance_due(d("2026-06-01")).caution


@pytest.mark.parametrize("day", ["2026-06-29", "2026-07-01", "2026-05-31"])
def test_a_day_that_ends_no_period_is_refused_in_words(day: str) -> None:
    with pytest.raises(NotCountable, match="A quarter ends on"):
        notices.payments_over_30k_due(d(day))
    with pytest.raises(NotCountable, match="A reporting period ends on"):
        notices.payments_compliance_due(d(day))
    with pytest.raises(NotCountable, match="begins on 1 April"):
        notices.pipeline_window(d("2027-04-02"))


def test_the_pipeline_notice_looks_18_months_ahead() -> None:
    assert notices.pipeline_horizon(d("2027-04-01")) == d("2028-09-30")
    assert notices.next_pipeline_window(d("2026-11-24"))[1].day == d("2027-05-26")
    assert notices.next_pipeline_window(d("2027-05-26"))[0] == d("2027-04-01")
    assert notices.next_pipeline_window(d("2027-05-27"))[0] == d("2028-04-01")


@pytest.mark.parametrize(
    ("day", "quarter", "period"),
    [
        ("2026-12-01", "2026-12-31", "2027-03-31"),
        ("2026-03-31", "2026-03-31", "2026-03-31"),
        ("2026-04-01", "2026-06-30", "2026-09-30"),
        ("2026-09-30", "2026-09-30", "2026-09-30"),
    ],
)
def test_a_day_falls_in_its_quarter_and_its_reporting_period(day: str, quarter: str, period: str) -> None:
    assert notices.quarter_end(d(day)) == d(quarter)
    assert notices.payments_compliance_period_end(d(day)) == d(period)


def test_the_register_is_due_a_month_after_its_quarter() -> None:
    assert notices.register_due(d("2026-12-01")).day == d("2027-01-31")
    assert notices.register_due(d("2026-06-30")).day == d("2026-07-30")


def test_papers_are_due_5_clear_working_days_before_a_meeting() -> None:
    # Tuesday 15 December: 14, 11, 10, 9 and 8 December are clear.
    assert notices.papers_by(d("2026-12-15")).day == d("2026-12-07")
    assert notices.papers_by(d("2026-12-15"), closed=(d("2026-12-11"),)).day == d("2026-12-04")


def test_each_year_of_a_contract_ends_the_day_before_its_anniversary() -> None:
    assert [notices.performance_due(d("2026-12-01"), year).day for year in (1, 2, 3)] == [
        d("2027-11-30"), d("2028-11-30"), d("2029-11-30"),
    ]  # fmt: skip
    assert "number 2 begins on 1 December 2027" in notices.performance_due(d("2026-12-01"), 2).rule


def test_the_first_twelve_months_of_performance_end_the_day_before_the_anniversary() -> None:
    due = notices.performance_due(d("2026-12-01"))
    assert due.day == d("2027-11-30")
    assert "legal team" in due.caution
    assert notices.performance_due(d("2028-02-29")).day == d("2029-02-27")


def test_a_deadline_on_a_weekend_or_holiday_stays_where_it_is() -> None:
    assert notices.contract_details_due(d("2026-11-26")).day == d("2026-12-25")


def test_the_standstill_waits_for_the_world_cup_bank_holiday_of_scotland() -> None:
    assert notices.standstill_end(d("2026-06-08")).day == d("2026-06-18")
    assert "15 June 2026" in notices.standstill_end(d("2026-06-08")).rule


def test_a_day_added_by_staff_moves_the_standstill_and_the_signature() -> None:
    added = (BankHoliday(d("2026-12-02"), SCOTLAND, "a day of mourning"),)
    assert notices.standstill_end(d("2026-11-23"), added=added).day == d("2026-12-04")
    assert notices.earliest_signature(d("2026-11-23"), added=added).day == d("2026-12-05")


def test_past_the_known_holidays_the_standstill_is_not_confirmed_and_calendar_deadlines_are() -> None:
    late = d("2028-12-27")
    assert not notices.standstill_end(late).confirmed
    assert not notices.earliest_signature(late).confirmed
    assert not notices.psr_representations_end(late).confirmed
    assert notices.contract_details_due(late).confirmed
    assert notices.termination_due(late).confirmed


def every_date(day: dt.date) -> list[LegalDate]:
    """All that can be worked out from one trigger day and falls on it or later."""
    return [
        notices.next_pipeline_window(day)[1],
        *notices.planned_notice_window(day),
        notices.standstill_end(day),
        notices.earliest_signature(day),
        notices.contract_details_due(day),
        notices.contract_details_due(day, light_touch=True),
        notices.contract_copy_due(day),
        notices.contract_copy_due(day, light_touch=True),
        notices.payments_over_30k_due(max(notices.quarter_end(day), d("2026-06-30"))),
        notices.register_due(day),
        notices.performance_due(day),
        notices.breach_notice_due(day),
        notices.modified_contract_copy_due(day),
        notices.termination_due(day),
        notices.payments_compliance_due(max(notices.payments_compliance_period_end(day), d("2026-03-31"))),
        notices.exclusion_notification_due(day),
        notices.psr_representations_end(day),
    ]


days = st.dates(d("2025-02-24"), d("2040-01-01"))


@given(days)
def test_every_deadline_has_its_reason_source_and_day_of_checking_and_never_precedes_its_trigger(
    day: dt.date,
) -> None:
    for due in every_date(day):
        assert due.day >= day
        assert due.rule.endswith(".")
        assert due.source
        assert due.checked_on == CHECKED_ON


@given(days)
def test_a_later_trigger_never_gives_an_earlier_deadline(day: dt.date) -> None:
    later = every_date(day + dt.timedelta(1))
    assert all(one.day <= other.day for one, other in zip(every_date(day), later, strict=True))


@given(days, st.integers(8, 30))
def test_signature_comes_strictly_after_a_standstill_that_ends_on_a_working_day(day: dt.date, n: int) -> None:
    assert calendar("act").is_working_day(notices.standstill_end(day, days=n).day)
    assert notices.earliest_signature(day).day > notices.standstill_end(day).day


@given(days)
def test_the_health_standstill_never_ends_before_the_standstill_of_the_act(day: dt.date) -> None:
    assert notices.psr_representations_end(day).day >= notices.standstill_end(day).day


@pytest.mark.parametrize(
    "count",
    [
        notices.planned_notice_window,
        notices.earliest_signature,
        notices.performance_due,
        notices.psr_representations_end,
        notices.contract_details_due,
    ],
)
def test_the_end_of_time_is_refused_in_words(count: object) -> None:
    assert callable(count)
    with pytest.raises(NotCountable, match="out of range"):
        count(dt.date.max)


def test_the_beginning_of_time_is_refused_in_words() -> None:
    with pytest.raises(NotCountable, match="out of range"):
        notices.key_decision_notice_by(dt.date.min)


def test_a_moment_is_not_a_day() -> None:
    moment = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
    with pytest.raises(TypeError, match="not from a moment"):
        notices.contract_details_due(moment)
    with pytest.raises(TypeError):
        notices.standstill_end(moment)
