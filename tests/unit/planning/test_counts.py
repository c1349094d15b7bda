"""Counts: the fast arithmetic gives what the law counts day by day, and its inverse is right to the day."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.planning.plans import BASE, MEETINGS, d, told
from toolkit.law import notices
from toolkit.law.calendars import SCOTLAND, BankHoliday, calendar
from toolkit.law.minimum_periods import TenderCircumstances, earliest_deadline, tendering_period
from toolkit.law.periods import (
    beginning_with,
    clear_days_after,
    clear_days_before,
    period_after,
    working_days_beginning_with,
)
from toolkit.law.values import NotCountable
from workflows.journeys.planning import tendering
from workflows.journeys.planning.activities import Takes
from workflows.journeys.planning.counts import (
    CallIn,
    ClearDays,
    Count,
    Days,
    HealthStandstill,
    Leaseholders,
    Meeting,
    Papers,
    Period,
    PlannedNotice,
    Standstill,
    latest_start,
)
from workflows.journeys.planning.working_days import working_days

DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2090, 12, 31))
NEAR = st.dates(dt.date(2025, 1, 1), dt.date(2029, 12, 31))
ADDED = (BankHoliday(dt.date(2027, 5, 12), SCOTLAND, "a day of mourning"),)
CLOSED = (dt.date(2026, 12, 29), dt.date(2026, 12, 30), dt.date(2027, 1, 2))
COUNCIL = working_days("council", (), CLOSED)
TAKES = Takes(25, "The toolkit’s planning allowance")

COUNTS: dict[str, Count] = {
    "allowance": Days(42, "x"),
    "no time": Days(0, "x"),
    "tender period": Period(25, "The ordinary period."),
    "standstill": Standstill(working_days("act", ADDED), ADDED),
    "health standstill": HealthStandstill(working_days("psr")),
    "call-in": CallIn(5, COUNCIL, (), 2, "x", "own-rules"),
    "call-in of 10": CallIn(10, COUNCIL, (), 2, "x", "own-rules"),
    "28 clear days": ClearDays(28, "x"),
    "papers": Papers(5, COUNCIL, "x", "law", ""),
    "meeting": Meeting(tuple(meeting.on.toordinal() for meeting in MEETINGS), "cabinet", "x"),
    "no meetings": Meeting((), "cabinet", "x"),
    "leaseholders": Leaseholders(),
    "planned notice": PlannedNotice(),
    "tenders under a planned notice": tendering.tenders(told(events={"planned-notice": "2026-11-23"}), TAKES),
}


@pytest.mark.parametrize("name", COUNTS)
@given(by=NEAR)
def test_the_latest_beginning_is_right_to_the_day(name: str, by: dt.date) -> None:
    count, last = COUNTS[name], by.toordinal()
    start = latest_start(count.after, last)
    assert count.after(start) <= last < count.after(start + 1)


@pytest.mark.parametrize("name", COUNTS)
@given(start=NEAR)
def test_a_later_beginning_never_ends_earlier(name: str, start: dt.date) -> None:
    count, day = COUNTS[name], start.toordinal()
    assert day <= count.after(day) <= count.after(day + 1)
    assert day <= count.last(day) <= count.after(day)


@pytest.mark.parametrize("name", COUNTS)
@given(start=NEAR)
def test_every_count_says_why_with_its_source(name: str, start: dt.date) -> None:
    why = COUNTS[name].why(start.toordinal())
    assert why.sentence.endswith(".")
    assert why.source
    assert why.basis_words


@pytest.mark.parametrize("name", ["act", "psr", "council", "court"])
@given(day=DAYS, number=st.integers(1, 60))
def test_arithmetic_agrees_with_counting_day_by_day(name: str, day: dt.date, number: int) -> None:
    fast = working_days(name, ADDED, CLOSED)
    slow = working_days_beginning_with(day, number, name, added=ADDED)
    if name != "council":  # the law's count of working days knows no closed days
        assert fast.last_of(number, day.toordinal()) == slow.day.toordinal()
        assert fast.knows(day.toordinal(), slow.day.toordinal()) == slow.confirmed
    assert fast.is_one(day.toordinal()) == calendar(name, ADDED, CLOSED).is_working_day(day)


@given(day=NEAR)
def test_papers_are_what_clear_days_before_the_meeting_allow(day: dt.date) -> None:
    meeting = dt.date.fromordinal(COUNTS["papers"].after(day.toordinal()))
    assert notices.papers_by(meeting, closed=CLOSED).day >= day
    assert notices.papers_by(meeting - dt.timedelta(1), closed=CLOSED).day < day


@pytest.mark.parametrize(
    ("notice", "ends", "sign"),
    [
        ("2026-11-23", "2026-12-03", "2026-12-04"),
        ("2026-12-18", "2026-12-31", "2027-01-01"),
        ("2027-03-11", "2027-03-23", "2027-03-24"),
        ("2026-07-08", "2026-07-20", "2026-07-21"),
        ("2026-07-28", "2026-08-07", "2026-08-08"),
        ("2026-11-28", "2026-12-10", "2026-12-11"),
    ],
)
def test_standstill_as_in_the_fact_base(notice: str, ends: str, sign: str) -> None:
    count = Standstill(working_days("act"))
    assert count.last(d(notice).toordinal()) == d(ends).toordinal()
    assert count.after(d(notice).toordinal()) == d(sign).toordinal()


@pytest.mark.parametrize(
    ("answers", "deadline"),
    [
        ({"electronic": True, "documents_at_once": True}, "2026-12-18"),
        ({"electronic": True, "documents_at_once": False}, "2026-12-23"),
        ({"electronic": False, "documents_at_once": True}, "2026-12-23"),
        ({"electronic": False, "documents_at_once": False}, "2026-12-28"),
        ({"electronic": None, "documents_at_once": None}, "2026-12-28"),
        ({"urgent_period": True}, "2026-12-18"),
    ],
)
def test_tender_periods_as_in_the_fact_base(answers: dict[str, bool | None], deadline: str) -> None:
    count = tendering.tenders(replace(BASE, answers={**BASE.answers, **answers}), TAKES)
    assert count.after(d("2026-11-23").toordinal()) == d(deadline).toordinal()


def test_an_urgent_period_of_10_days_is_only_the_least_and_the_allowance_may_be_longer() -> None:
    urgent = told(urgent_period=True)
    assert tendering.minimum(urgent) == 10
    assert (
        tendering.tenders(urgent, Takes(10, "x")).after(d("2026-11-23").toordinal())
        == d("2026-12-03").toordinal()
    )
    assert tendering.tenders(BASE, Takes(3, "x")).after(0) == 25


def test_a_key_decision_28_clear_days_after_its_notice_as_in_the_fact_base() -> None:
    assert COUNTS["28 clear days"].after(d("2026-11-23").toordinal()) == d("2026-12-22").toordinal()


def test_a_planned_notice_shortens_within_its_window_alone() -> None:
    count = COUNTS["tenders under a planned notice"]
    assert count.after(d("2027-01-02").toordinal()) == d("2027-01-12").toordinal()
    assert count.after(d("2027-11-23").toordinal()) == d("2027-12-03").toordinal()
    assert count.after(d("2027-11-24").toordinal()) == d("2027-12-19").toordinal()
    # Before the window it pays to wait from the 19th of December on, and not before.
    assert count.after(d("2026-12-01").toordinal()) == d("2026-12-26").toordinal()
    assert count.after(d("2026-12-20").toordinal()) == d("2027-01-12").toordinal()


def test_a_decision_before_the_first_known_meeting_is_not_held_up_by_a_list_that_begins_later() -> None:
    count = COUNTS["meeting"]
    assert latest_start(count.after, d("2020-01-01").toordinal()) == d("2020-01-01").toordinal()
    assert not count.knows(d("2020-01-01").toordinal())


def test_a_search_that_can_find_nothing_says_so() -> None:
    with pytest.raises(NotCountable):
        latest_start(lambda day: 10_000_000, 700_000)


@given(day=DAYS, number=st.integers(1, 200))
def test_no_deadline_lies_before_its_trigger_and_no_clear_day_after_it(day: dt.date, number: int) -> None:
    assert beginning_with(day, number).day >= day
    assert period_after(day, number).day > day
    assert working_days_beginning_with(day, min(number, 30)).day >= day
    assert clear_days_before(day, number).day < day
    assert clear_days_before(day, min(number, 30), "council").day < day
    assert clear_days_after(day, number).day > day
    assert notices.standstill_end(day).day > day
    assert notices.earliest_signature(day).day > notices.standstill_end(day).day
    assert notices.psr_representations_end(day).day > day
    for due in (
        notices.contract_details_due(day),
        notices.contract_copy_due(day),
        notices.termination_due(day),
        notices.breach_notice_due(day),
        notices.exclusion_notification_due(day),
        notices.register_due(day),
        notices.performance_due(day),
    ):
        assert due.day >= day
    for before in (notices.key_decision_notice_by(day), notices.papers_by(day)):
        assert before.day < day


@given(day=NEAR, of=st.builds(TenderCircumstances, *[st.booleans()] * 8))
def test_a_deadline_is_never_before_the_notice(day: dt.date, of: TenderCircumstances) -> None:
    deadline = earliest_deadline(day, tendering_period(of))
    assert deadline is None or deadline.day >= day + dt.timedelta(10)
