"""The minimum tender period of section 54, worked out on the tender notice and held against the deadline."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.journeys.runs import OPEN, at, completed, d, due, refused

USUAL = {"published_on": "2026-11-23", "electronic": "yes", "documents_at_once": "yes", "urgent": "no"}


def earliest(*before: Any, **changes: Any) -> str:
    """The first deadline that is not refused, found by trying."""
    progress = at(OPEN, *before)
    for days in range(1, 60):
        deadline = d("2026-11-23").toordinal() + days
        day = type(d("2026-11-23")).fromordinal(deadline).isoformat()
        if not refused(progress, "tender-notice", **{**USUAL, **changes}, deadline_on=day):
            return day
    pytest.fail("no deadline is lawful")


@pytest.mark.parametrize(
    ("changes", "day"),
    [
        ({}, "2026-12-18"),
        ({"documents_at_once": "no"}, "2026-12-23"),
        ({"electronic": "no"}, "2026-12-23"),
        ({"electronic": "no", "documents_at_once": "no"}, "2026-12-28"),
        ({"documents_at_once": "not-sure"}, "2026-12-23"),
        ({"urgent": "yes"}, "2026-12-03"),
    ],
)
def test_the_earliest_deadline_follows_the_circumstances(changes: dict[str, str], day: str) -> None:
    assert earliest(**changes) == day


def test_a_deadline_the_day_after_the_notice_is_refused_with_the_reason_and_its_source() -> None:
    said = refused(at(OPEN), "tender-notice", **USUAL, deadline_on="2026-11-24")["deadline_on"]
    assert said.startswith("The earliest day the law allows is 18 December 2026: 25 days")
    assert "Procurement Act 2023, section 54" in said


@pytest.mark.parametrize(
    ("planned", "day"),
    [
        ("2026-10-14", "2026-12-03"),  # exactly 40 days
        ("2026-10-15", "2026-12-18"),  # 39 days
        ("2025-11-23", "2026-12-03"),  # exactly 12 months
        ("2025-11-22", "2026-12-18"),
    ],
)
def test_a_planned_notice_shortens_the_period_when_it_is_40_days_to_12_months_old(
    planned: str, day: str
) -> None:
    assert earliest(completed("planned-notice", published_on=planned)) == day


def test_before_the_notice_the_step_says_what_the_period_will_be() -> None:
    waiting = at(OPEN, completed("planned-notice", published_on="2026-11-23")).state("tender-notice").due
    assert waiting is not None
    assert waiting.day is None
    assert "At least 25 days" in waiting.rule
    assert "from 2 January 2027 to 23 November 2027" in waiting.rule


def test_after_the_notice_the_earliest_deadline_stands_on_the_step() -> None:
    notice = completed("tender-notice", **USUAL, deadline_on="2027-01-08")
    progress = at(OPEN, notice)
    assert due(progress, "tender-notice") == d("2026-12-18")
    assert due(progress, "tender-period") == d("2027-01-08")


def test_light_touch_has_no_number_but_the_deadline_comes_after_the_notice() -> None:
    progress = at(OPEN, light_touch=True)
    assert not refused(progress, "tender-notice", published_on="2026-11-23", deadline_on="2026-11-24")
    assert refused(progress, "tender-notice", published_on="2026-11-23", deadline_on="2026-11-23")
