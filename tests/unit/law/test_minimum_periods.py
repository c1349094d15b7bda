"""The shortest time for tenders and for requests to participate."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.law.minimum_periods import (
    TenderCircumstances,
    earliest_deadline,
    participation_period,
    tendering_period,
)


def d(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("circumstances", "days"),
    [
        (TenderCircumstances(), 25),
        (TenderCircumstances(all_documents_at_once=False), 30),
        (TenderCircumstances(electronic=False), 30),
        (TenderCircumstances(electronic=False, all_documents_at_once=False), 35),
        (TenderCircumstances(qualifying_planned_notice=True), 10),
        (TenderCircumstances(dynamic_market=True, electronic=False), 10),
        (TenderCircumstances(light_touch=True), None),
        (TenderCircumstances(agreed_with_all_preselected=True, only_preselected=True), None),
    ],
)
def test_the_shortest_row_that_applies_sets_the_tender_period(
    circumstances: TenderCircumstances, days: int | None
) -> None:
    period = tendering_period(circumstances)
    assert period.days == days
    deadline = earliest_deadline(d("2026-11-23"), period)
    assert (deadline is None) == (days is None)
    if deadline is not None:
        assert (deadline.day - d("2026-11-23")).days == days


def test_participation_takes_25_days_10_if_urgent_none_for_light_touch() -> None:
    assert (participation_period().days, participation_period(urgent=True).days) == (25, 10)
    assert participation_period(light_touch=True).days is None


def test_urgency_shortens_to_10_days_and_says_what_it_is_not() -> None:
    period = tendering_period(TenderCircumstances(urgent=True))
    assert period.days == 10
    assert "never urgency" in period.why
    assert "never urgency" in participation_period(urgent=True).why


@pytest.mark.parametrize(
    ("circumstances", "deadline"),
    [
        (TenderCircumstances(only_preselected=True), "2026-12-03"),
        (TenderCircumstances(), "2026-12-18"),
        (TenderCircumstances(all_documents_at_once=False), "2026-12-23"),
        (TenderCircumstances(electronic=False, all_documents_at_once=False), "2026-12-28"),
    ],
)
def test_the_earliest_deadline_of_a_notice_of_23_november(
    circumstances: TenderCircumstances, deadline: str
) -> None:
    earliest = earliest_deadline(d("2026-11-23"), tendering_period(circumstances))
    assert earliest is not None
    assert earliest.day == d(deadline)
    assert tendering_period(circumstances).why in earliest.rule
    assert "section 54" in earliest.source
    assert earliest.confirmed


flags = st.booleans()


@given(st.builds(TenderCircumstances, flags, flags, flags, flags, flags, flags, flags, flags))
def test_no_other_row_that_applies_is_shorter(of: TenderCircumstances) -> None:
    rows: list[int] = [35]
    rows += [30] if of.electronic or of.all_documents_at_once else []
    rows += [25] if of.electronic and of.all_documents_at_once else []
    ten = (of.only_preselected, of.qualifying_planned_notice, of.urgent, of.dynamic_market)
    rows += [10] if any(ten) else []
    none = of.light_touch or of.agreed_with_all_preselected
    assert tendering_period(of).days == (None if none else min(rows))
