"""Who may take a decision, and until when it may be called in."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from workflows.journeys import loading
from workflows.journeys.facts import Facts
from workflows.journeys.own_rules import Approval, OwnRules
from workflows.procurements.deciding import call_in_end, why_not_maker, working_days_since
from workflows.procurements.models import DecisionMaker

TASK = loading.get("open-competition").task("award-decision")
ABOVE = {
    "officer": {"officer", "member", "mayor", "cabinet", "committee", "council"},
    "member": {"member", "mayor", "cabinet", "committee", "council"},
    "cabinet": {"cabinet", "council"},
    "committee": {"committee", "council"},
    "mayor": {"mayor", "council"},
    "council": {"council"},
}


def facts(*makers: str, model: str = "executive", **own: object) -> Facts:
    rules = OwnRules(approvals=(Approval("award", makers=makers),) if makers else (), **own)  # type: ignore[arg-type]
    return Facts(decision_model=model, own=rules)


@pytest.mark.parametrize("allowed", sorted(ABOVE))
@pytest.mark.parametrize("maker", DecisionMaker.values)
def test_a_maker_is_one_the_rules_ask_for_or_stands_above_one(allowed: str, maker: str) -> None:
    refused = why_not_maker(maker, TASK, facts(allowed), None)
    assert bool(refused) != (maker in ABOVE[allowed])
    if refused:
        assert "ask for" in refused


def test_without_own_rules_anybody_may_have_decided() -> None:
    assert not any(why_not_maker(maker, TASK, facts(), None) for maker in DecisionMaker.values)


def test_councils_with_committees_have_no_cabinet() -> None:
    assert "no such maker" in why_not_maker("cabinet", TASK, facts("officer", model="committees"), None)
    assert not why_not_maker("committee", TASK, facts("officer", model="committees"), None)


def test_call_in_is_counted_in_working_days_of_the_council() -> None:
    """Fleet’s five days over Christmas 2026: 25 and 28 December and 1 January are bank holidays."""
    own = facts(call_in_days=5)
    end = call_in_end(dt.date(2026, 12, 23), own)
    assert end is not None
    assert end.day == dt.date(2027, 1, 4)
    closed = replace(own, closed_days=(dt.date(2026, 12, 29), dt.date(2026, 12, 30), dt.date(2026, 12, 31)))
    assert call_in_end(dt.date(2026, 12, 23), closed).day == dt.date(2027, 1, 7)  # type: ignore[union-attr]  # there is one


def test_call_in_is_not_known_without_rules_or_a_day_of_publication() -> None:
    assert call_in_end(None, facts(call_in_days=5)) is None
    assert call_in_end(dt.date(2026, 12, 1), facts()) is None
    assert call_in_end(dt.date(2026, 12, 1), facts(call_in_days=0)) is None


def test_a_call_in_beyond_the_known_bank_holidays_is_not_confirmed() -> None:
    end = call_in_end(dt.date(2028, 12, 22), facts(call_in_days=10))
    assert end is not None
    assert not end.confirmed


def test_working_days_since() -> None:
    friday = dt.date(2026, 11, 20)
    assert [working_days_since(friday, friday + dt.timedelta(n), facts()) for n in range(6)] == [
        0,
        0,
        0,
        1,
        2,
        3,
    ]
