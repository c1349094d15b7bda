"""When an endorsement lapses: what was endorsed beside what stands now."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.journeys.own_rules import Amount, Value
from workflows.procurements.lapsing import Shown, most, why_lapsed


def shown(inc: int | None, **more: str) -> Shown:
    value = Value() if inc is None else Value(Decimal(inc), Decimal(inc) * 5 / 6)
    return Shown(value, **{"route": "open-competition", "law": "Procurement Act 2023", "paper": "a", **more})


@pytest.mark.parametrize(
    ("then", "now", "because"),
    [
        (shown(100_000), shown(100_000), ""),
        (shown(100_000), shown(110_000), ""),
        (shown(100_000), shown(110_001), "rose from £100,000 to £110,001 including VAT, by more than 10%"),
        (shown(100_000), shown(40_000), ""),
        (shown(0), shown(1), "rose from £0 to £1"),
        (shown(100_000), shown(None), "cannot be estimated any more"),
        (shown(None), shown(10_000_000_000), ""),
        (shown(None), shown(None), ""),
        (shown(100_000), shown(100_000, route="direct-award"), "the route is another one"),
        (shown(100_000), shown(100_000, law="Provider Selection Regime"), "is Provider Selection Regime now"),
        (shown(100_000), shown(100_000, paper="b"), "newer version of the paper"),
        (shown(100_000), shown(100_000, paper=""), ""),  # somebody is writing in it again
        (shown(100_000, route="", law="", paper=""), shown(100_000), ""),  # asked before these were kept
    ],
)
def test_an_endorsement_holds_for_what_was_endorsed(then: Shown, now: Shown, because: str) -> None:
    said = why_lapsed(then, now, limit=None, tolerance_percent=10)
    assert because in said
    assert bool(said) == bool(because)


@pytest.mark.parametrize(
    ("now", "limit", "lapses"),
    [
        (shown(105_000), Amount(Decimal(100_000), "inc"), True),
        (shown(100_000), Amount(Decimal(100_000), "inc"), False),
        (shown(105_000), Amount(Decimal(100_000), "ex"), False),
        (shown(None), Amount(Decimal(100_000), "inc"), True),
    ],
)
def test_nobody_endorses_more_than_they_are_listed_for(now: Shown, limit: Amount, lapses: bool) -> None:
    assert bool(why_lapsed(shown(100_000), now, limit=limit, tolerance_percent=10)) is lapses


@given(st.integers(0, 10**10), st.integers(0, 10**10), st.integers(0, 100))
def test_exactly_what_is_above_the_tolerance_lapses(then: int, now: int, percent: int) -> None:
    lapsed = bool(why_lapsed(shown(then), shown(now), limit=None, tolerance_percent=percent))
    assert lapsed == (Decimal(now) > most(Decimal(then), percent))


@given(st.integers(0, 10**10), st.integers(0, 10**10))
def test_small_steps_do_not_add_up_to_a_large_one(then: int, more: int) -> None:
    """It is always compared with what was endorsed, never with the step before."""
    first = shown(then)
    assert bool(why_lapsed(first, shown(then + more), limit=None, tolerance_percent=10)) == (
        then + more > most(Decimal(then), 10)
    )
    assert why_lapsed(first, replace(first), limit=None, tolerance_percent=10) == ""
