"""Direct awards, standstill, signature: which notices are due, and the first day to sign."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.unit.journeys.runs import DIRECT, OPEN, at, completed, d, due, refused, signed
from toolkit.law.calendars import SCOTLAND, BankHoliday
from workflows.journeys.progress import Happened, Status
from workflows.journeys.vocabulary import CHOICES

UK6 = completed("award-notice", published_on="2026-11-23")


def ground(slug: str) -> Happened:
    return completed("direct-award-justification", ground=slug, facts="As written.")


def test_extreme_urgency_is_spared_the_standstill_and_may_be_signed_on_the_day_of_the_notice() -> None:
    progress = at(
        DIRECT, ground("urgency"), completed("award-notice", published_on="2026-11-23", promises="no")
    )
    standstill = progress.state("standstill")
    assert standstill.status == Status.NOT_NEEDED
    assert "section 51(3)" in standstill.because
    assert due(progress, "record-contracts") == d("2026-11-23")


@pytest.mark.parametrize(
    "slug", sorted(CHOICES["ground"].options - {"urgency", "protect-life", "user-choice"})
)
def test_every_other_ground_waits_for_the_standstill(slug: str) -> None:
    progress = at(DIRECT, ground(slug), UK6)
    assert progress.state("standstill").status == Status.CANNOT_START
    assert due(progress, "record-contracts") == d("2026-12-04")


def test_while_the_ground_is_not_said_the_standstill_stays() -> None:
    progress = at(DIRECT, UK6)
    assert progress.state("standstill").status != Status.NOT_NEEDED
    assert due(progress, "record-contracts") == d("2026-12-04")


def test_a_competition_has_no_ground_to_ask_for() -> None:
    progress = at(OPEN, UK6, today=d("2026-12-04"))
    assert progress.state("standstill").status == Status.NOT_STARTED
    assert progress.state("standstill").because == ""
    assert progress.state("contract-details-notice").because.startswith("first: ")


def test_a_promised_standstill_binds_where_none_is_mandatory() -> None:
    notice = completed("award-notice", published_on="2026-11-23", promises="yes")
    for events, facts in (
        ((ground("urgency"), notice), {}),
        ((ground("technical"), notice), {"light_touch": True}),
    ):
        progress = at(DIRECT, *events, **facts)
        assert progress.state("voluntary-standstill").status == Status.CANNOT_START
        assert "voluntary-standstill" in progress.state("record-contracts").task.needs
        assert due(progress, "record-contracts") == d("2026-12-04")
    silent = completed("award-notice", published_on="2026-11-23", promises="no")
    assert at(DIRECT, silent, light_touch=True).state("voluntary-standstill").status == Status.NOT_NEEDED


def test_user_choice_publishes_neither_uk5_uk6_uk7_copy_nor_uk11() -> None:
    progress = at(
        DIRECT,
        ground("user-choice"),
        signed("2026-12-01"),
        light_touch=True,
        value_inc_vat=Decimal(6_000_000),
    )
    for slug in ("transparency-notice", "award-notice", "contract-details-notice", "contract-copy", "termination-notice", "standstill", "voluntary-standstill"):  # fmt: skip
        state = progress.state(slug)
        assert state.status == Status.NOT_NEEDED, slug
        assert state.because
    assert due(progress, "record-contracts") is None
    other = at(DIRECT, ground("technical"), light_touch=True, value_inc_vat=Decimal(6_000_000))
    for slug in (
        "transparency-notice",
        "award-notice",
        "contract-details-notice",
        "contract-copy",
        "termination-notice",
    ):
        assert other.state(slug).status != Status.NOT_NEEDED, slug


def test_nobody_is_told_to_record_a_day_on_which_nothing_was_published() -> None:
    task = at(DIRECT).state("transparency-notice").task
    assert "the day you decided" not in task.what


def test_user_choice_is_refused_where_it_is_not_light_touch() -> None:
    said = refused(at(DIRECT), "direct-award-justification", ground="user-choice", facts="x")
    assert "light-touch services only" in said["ground"]
    assert not refused(at(DIRECT, light_touch=True), "direct-award-justification", ground="user-choice")


def test_a_bank_holiday_that_staff_added_moves_the_standstill_and_a_closed_day_does_not() -> None:
    added = (BankHoliday(d("2026-12-02"), SCOTLAND, "a day of mourning"),)
    progress = at(OPEN, UK6, bank_holidays=added)
    assert due(progress, "standstill") == d("2026-12-04")
    assert due(progress, "record-contracts") == d("2026-12-05")
    closed = at(OPEN, UK6, closed_days=(d("2026-12-02"),))
    assert due(closed, "standstill") == d("2026-12-03")


def test_the_notices_come_in_their_order() -> None:
    sent = completed("assessment-summaries", sent_on="2026-11-23")
    assert (
        "on or after 23 November 2026"
        in refused(at(OPEN, sent), "award-notice", published_on="2026-11-22")["published_on"]
    )
    entered = at(OPEN, signed("2026-11-20"))
    assert refused(entered, "contract-details-notice", published_on="2026-11-19")
    assert not refused(entered, "contract-details-notice", published_on="2026-11-20")
