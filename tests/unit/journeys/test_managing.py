"""After the award: what comes back each year, changes, breaches, payments, each with its day."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.journeys.runs import OPEN, at, completed, d, due, refused, reopened, signed
from workflows.journeys.due import covered_years
from workflows.journeys.progress import Status

SIGNED = signed("2026-12-01")
LARGE = {"value_inc_vat": Decimal(6_000_000)}


def test_the_assessment_of_the_second_year_is_due_a_year_after_that_of_the_first() -> None:
    slug = "indicator-assessment"
    assert due(at(OPEN, SIGNED, **LARGE), slug) == d("2027-11-30")
    once = completed(slug, published_on="2027-10-15")
    first = at(OPEN, SIGNED, once, today=d("2027-10-16"), **LARGE)
    assert first.state(slug).status == Status.COMPLETED
    second = at(OPEN, SIGNED, once, today=d("2027-12-01"), **LARGE)
    assert second.state(slug).status == Status.NOT_STARTED
    assert due(second, slug) == d("2028-11-30")
    assert not second.state(slug).data, "last year’s answers are not this year’s"
    again = at(OPEN, SIGNED, once, reopened(slug), today=d("2027-12-02"), **LARGE)
    assert due(again, slug) == d("2028-11-30"), "reopening forgets no year"
    twice = at(OPEN, SIGNED, once, completed(slug, published_on="2028-11-01"), today=d("2028-12-01"), **LARGE)
    assert due(twice, slug) == d("2029-11-30")


def test_the_look_at_a_quarter_comes_back_each_quarter_until_the_contract_ends() -> None:
    begun = signed("2026-12-01", starts="2027-01-01")
    assert due(at(OPEN, begun), "monitor") == d("2027-03-31")
    once = completed("monitor", looked_on="2027-03-10")
    assert at(OPEN, begun, once, today=d("2027-03-31")).state("monitor").status == Status.COMPLETED
    second = at(OPEN, begun, once, today=d("2027-04-01"))
    assert (second.state("monitor").status, due(second, "monitor")) == (Status.CANNOT_START, d("2027-06-30"))
    late = at(OPEN, begun, completed("handover"), once, today=d("2027-07-01"))
    assert late.state("monitor").is_overdue
    ended = completed("end-contract", ended_on="2027-06-15")
    last = at(OPEN, begun, once, ended, today=d("2027-07-01"))
    assert last.state("monitor").status == Status.COMPLETED


def test_a_year_that_was_missed_stays_overdue() -> None:
    progress = at(
        OPEN,
        SIGNED,
        completed("indicator-assessment", published_on="2027-10-15"),
        today=d("2028-12-05"),
        **LARGE,
    )
    assert progress.state("indicator-assessment").is_overdue


@pytest.mark.parametrize(
    ("days", "years"),
    [
        ([], 0),
        (["2027-10-15"], 1),
        (["2027-01-15", "2027-10-15"], 1),  # twice in the first year is one year
        (["2027-12-20"], 1),  # late for the first year, not early for the second
        (["2027-12-20", "2028-11-01"], 2),
        (["2027-10-15", "2029-12-20"], 2),
        (["2026-11-30"], 0),  # before the contract: a slip
    ],
)
def test_a_notice_covers_one_year_and_never_one_that_has_not_begun(days: list[str], years: int) -> None:
    assert covered_years(d("2026-12-01"), tuple(map(d, days))) == years


@given(st.lists(st.dates(dt.date(2026, 12, 1), dt.date(2040, 1, 1)), max_size=12))
def test_years_covered_are_never_more_than_notices_or_years_begun(days: list[dt.date]) -> None:
    covered = covered_years(d("2026-12-01"), tuple(sorted(days)))
    assert covered <= len(days)
    if days:
        assert covered <= (max(days) - d("2026-12-01")).days // 365 + 1


def test_once_the_contract_has_ended_only_the_final_assessment_is_left() -> None:
    ended = completed("end-contract", ended_on="2028-06-30")
    once = completed("indicator-assessment", published_on="2027-10-15")
    progress = at(OPEN, SIGNED, once, ended, today=d("2028-07-01"), **LARGE)
    assert progress.state("indicator-assessment").status == Status.COMPLETED
    assert due(progress, "indicator-assessment") is None


def test_a_change_over_5_million_dates_its_notice_and_its_copy() -> None:
    changed = completed(
        "test-changes", changed="yes", changed_on="2027-12-01", lawful="Schedule 8", notice_due="yes"
    )
    assert at(OPEN, SIGNED, changed, **LARGE).state("change-notice").status == Status.CANNOT_START
    progress = at(OPEN, SIGNED, changed, completed("conflicts-confirmed-change-notice"), **LARGE)
    assert due(progress, "change-notice") == d("2027-12-01")
    assert progress.state("change-notice").status == Status.NOT_STARTED
    assert due(progress, "modified-contract-copy") == d("2028-02-28")
    small = at(OPEN, SIGNED, changed, value_inc_vat=Decimal(900_000))
    assert small.state("modified-contract-copy").status == Status.NOT_NEEDED
    assert (
        at(OPEN, SIGNED, changed, light_touch=True, **LARGE).state("change-notice").status
        == Status.NOT_NEEDED
    )
    none = at(OPEN, SIGNED, completed("test-changes", changed="no"), **LARGE)
    assert none.state("change-notice").status == Status.NOT_NEEDED
    assert none.state("modified-contract-copy").status == Status.NOT_NEEDED


def test_a_breach_is_published_within_30_days() -> None:
    breach = completed("breaches", breach="yes", since="2027-06-01")
    assert due(at(OPEN, SIGNED, breach), "breach-notice") == d("2027-06-30")
    assert (
        at(OPEN, SIGNED, completed("breaches", breach="no")).state("breach-notice").status
        == Status.NOT_NEEDED
    )
    assert at(OPEN, SIGNED, breach, light_touch=True).state("breach-notice").status == Status.NOT_NEEDED


def test_the_first_payment_notices_the_register_and_the_staff_information_have_their_days() -> None:
    progress = at(OPEN, completed("say-which-checks-apply", staff_transfer="yes"), SIGNED)
    assert due(progress, "payments-over-30k") == d("2027-01-29")
    assert due(progress, "payments-compliance") == d("2027-04-29")
    assert due(progress, "contracts-register") == d("2027-01-31")
    assert due(progress, "staff-information") == d("2027-03-04")
    assert due(progress, "mobilise") == d("2027-04-01")
    early = at(OPEN, signed("2026-02-01"))
    assert due(early, "payments-over-30k") is None
    assert due(early, "payments-compliance") == d("2026-04-29")


def test_the_pipeline_notice_has_the_window_that_is_open_or_comes_next() -> None:
    assert due(at(OPEN, **LARGE), "pipeline-notice") == d("2027-05-26")
    rule = at(OPEN, **LARGE).state("pipeline-notice").due
    assert rule is not None
    assert "30 September 2028" in rule.rule
    assert due(at(OPEN, **LARGE, commenced_on=d("2027-05-01")), "pipeline-notice") == d("2027-05-26")
    assert due(at(OPEN, **LARGE, commenced_on=d("2027-05-27")), "pipeline-notice") == d("2028-05-26")


def test_not_awarding_asks_for_its_notice_as_soon_as_practicable() -> None:
    noticed = completed("tender-notice", published_on="2026-11-02", deadline_on="2026-12-01")
    progress = at(
        OPEN, noticed, completed("not-awarding", decided_on="2026-11-23", published_on="2026-11-24")
    )
    state = progress.state("not-awarding")
    assert state.due is not None
    assert "on 23 November 2026" in state.due.rule
    assert state.task.optional


def test_an_ending_is_noticed_within_30_days_of_its_own_day() -> None:
    progress = at(OPEN, SIGNED, completed("end-contract", ended_on="2027-03-31"), today=d("2027-04-01"))
    assert due(progress, "termination-notice") == d("2027-04-29")
    said = refused(progress, "termination-notice", today=d("2027-04-01"), published_on="2027-03-30")
    assert "on or after 31 March 2027" in said["published_on"]


def test_a_last_day_to_give_notice_and_an_earliest_day_are_called_what_they_are() -> None:
    days = {"contract-entered": "2026-11-20", "contract-ends": "2031-12-31", "option-notice-by": "2030-06-30"}
    signed_with_notice = at(OPEN, completed("record-contracts", _events=days))
    leads = {
        slug: state.due.lead
        for slug in ("extend-or-reprocure", "lessons", "contract-details-notice")
        if (state := signed_with_notice.state(slug)).due is not None
    }
    assert leads == {
        "extend-or-reprocure": "Last day to give notice:",
        "lessons": "Keep the record until:",
        "contract-details-notice": "By law by",
    }
    dated = signed_with_notice.next_deadline
    assert dated is not None
    assert dated.task.slug != "lessons"
    only = replace(signed_with_notice, states=(replace(signed_with_notice.state("lessons"), aim=None),))
    assert only.next_deadline is None, "how long a record is kept is no deadline"


def test_a_concession_is_told_that_its_own_terms_count() -> None:
    found = at(OPEN, SIGNED, concession=True).state("tell-finance").due
    assert found is not None
    assert "leaves concessions out: the terms of the contract count" in found.rule
