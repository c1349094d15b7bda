"""A contract ends; the last day to give notice; the last day to start."""

from __future__ import annotations

import datetime as dt

import pytest

from toolkit.law.contract_dates import extended_end, key_dates
from toolkit.law.values import NotCountable


def d(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def test_the_days_to_act_on_a_contract() -> None:
    dates = key_dates(d("2028-03-31"), notice_months=6, extension_months=(12, 12), approval_days=45)
    assert dates.latest_end.day == d("2030-03-31")
    assert dates.last_day_to_give_notice is not None
    assert dates.last_day_to_give_notice.day == d("2027-09-30")
    assert dates.last_day_to_start is not None
    assert dates.last_day_to_start.day == d("2027-08-16")
    assert "45 days" in dates.last_day_to_start.rule


def test_without_a_notice_period_no_day_is_made_up() -> None:
    dates = key_dates(d("2028-03-31"), notice_months=None, approval_days=45)
    assert dates.last_day_to_give_notice is None
    assert dates.last_day_to_start is None
    assert dates.latest_end.day == dates.ends.day


def test_ends_of_months_stay_ends_of_months() -> None:
    assert extended_end(d("2027-02-28"), 12) == d("2028-02-29")
    assert extended_end(d("2028-02-29"), 12) == d("2029-02-28")
    assert extended_end(d("2027-06-30"), 1) == d("2027-07-31")
    assert extended_end(d("2027-06-15"), 1) == d("2027-07-15")


def test_notice_before_the_end_of_a_long_month_falls_on_the_last_day_of_a_short_one() -> None:
    dates = key_dates(d("2027-03-31"), notice_months=1, approval_days=1)
    assert dates.last_day_to_give_notice is not None
    assert dates.last_day_to_give_notice.day == d("2027-02-28")
    assert dates.last_day_to_give_notice.rule.startswith("1 month of notice")
    assert dates.last_day_to_start is not None
    assert dates.last_day_to_start.day == d("2027-02-27")
    assert dates.last_day_to_start.rule.startswith("1 day for your")


def test_the_contracts_own_clause_decides_and_says_so() -> None:
    notice = key_dates(d("2028-03-31"), notice_months=3, approval_days=0).last_day_to_give_notice
    assert notice is not None
    assert notice.source == "The contract"
    assert "own notice clause decides" in notice.caution


@pytest.mark.parametrize("approval_days", [1, 10_000_000])
def test_days_before_the_beginning_of_time_are_refused_in_words(approval_days: int) -> None:
    with pytest.raises(NotCountable, match="out of range"):
        key_dates(dt.date.min, notice_months=0, approval_days=approval_days)
    with pytest.raises(NotCountable, match="out of range"):
        key_dates(dt.date.max, notice_months=1, extension_months=(1,), approval_days=1)
