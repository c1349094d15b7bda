"""When each notice is due, what the thresholds are, and what the triage concludes."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from toolkit.law import notices
from toolkit.law.contract_dates import extended_end, key_dates
from toolkit.law.minimum_periods import (
    TenderCircumstances,
    earliest_deadline,
    participation_period,
    tendering_period,
)
from toolkit.law.thresholds import KPIS, NOTIFIABLE, ContractType, NotUnderTheAct, threshold_for
from toolkit.law.triage import TriageFacts, classify
from toolkit.law.values import NotCountable


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


@pytest.mark.parametrize(
    ("contract_type", "commenced", "amount"),
    [
        (ContractType.GOODS_SERVICES, "2026-01-01", 207_720),
        (ContractType.GOODS_SERVICES, "2025-12-31", 214_904),
        (ContractType.WORKS, "2026-06-01", 5_193_000),
        (ContractType.WORKS, "2025-03-01", 5_372_609),
        (ContractType.LIGHT_TOUCH, "2026-06-01", 663_540),
        (ContractType.LIGHT_TOUCH_CONCESSION, "2026-06-01", 5_372_609),
        (ContractType.UTILITIES, "2026-06-01", 415_440),
    ],
)
def test_the_threshold_follows_the_day_of_commencement(
    contract_type: ContractType, commenced: str, amount: int
) -> None:
    threshold = threshold_for(contract_type, d(commenced))
    assert threshold.amount_inc_vat == amount
    assert threshold.confirmed


def test_a_contract_at_the_figure_is_above_the_threshold() -> None:
    threshold = threshold_for(ContractType.GOODS_SERVICES, d("2026-11-24"))
    assert threshold.is_reached_by(Decimal("207720"))
    assert not threshold.is_reached_by(Decimal("207719.99"))


def test_figures_after_2027_are_the_last_known_ones_and_not_confirmed() -> None:
    threshold = threshold_for(ContractType.GOODS_SERVICES, d("2028-01-01"))
    assert threshold.amount_inc_vat == 207_720
    assert not threshold.confirmed
    assert "2028" in threshold.caution


def test_before_the_act_there_is_no_threshold_of_the_act() -> None:
    with pytest.raises(NotUnderTheAct, match="24 February 2025"):
        threshold_for(ContractType.WORKS, d("2025-02-23"))


def test_at_or_above_and_more_than_are_different() -> None:
    assert NOTIFIABLE.applies_to(Decimal(30_000))
    assert not KPIS.applies_to(Decimal(5_000_000))
    assert KPIS.applies_to(Decimal("5000000.01"))


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


def facts(**changes: object) -> TriageFacts:
    given: dict[str, object] = {
        "kind": "services", "light_touch": False, "health": False, "utility": False, "concession": False,
        "value_inc_vat": Decimal(400_000), "commenced_on": d("2026-11-24"),
    }  # fmt: skip
    return TriageFacts(**{**given, **changes})  # type: ignore[arg-type]


def open_routes(**changes: object) -> list[str]:
    return [route.slug for route in classify(facts(**changes)).runnable]


def test_above_the_threshold_open_competition_and_direct_award_are_open() -> None:
    triage = classify(facts())
    assert triage.regime == "pa23"
    assert triage.above is True
    assert open_routes() == ["open-competition", "direct-award"]
    assert all(reason.source for reason in triage.reasons)


def test_below_the_threshold_only_quotations_are() -> None:
    assert open_routes(value_inc_vat=Decimal("207719.99")) == ["below-threshold-quotation"]
    assert open_routes(value_inc_vat=Decimal(600_000), light_touch=True) == ["below-threshold-quotation"]
    assert open_routes(value_inc_vat=Decimal(5_000_000), kind="works") == ["below-threshold-quotation"]


def test_a_value_nobody_can_estimate_counts_as_above() -> None:
    triage = classify(facts(value_inc_vat=None))
    assert triage.above is True
    assert any("Schedule 3" in reason.source for reason in triage.reasons)


def test_health_and_utility_purchases_get_guidance_and_no_route() -> None:
    for changes, regime in (({"health": True}, "psr"), ({"utility": True}, "pa23")):
        triage = classify(facts(**changes))
        assert triage.regime == regime
        assert triage.guidance_only
        assert triage.threshold is None


def test_what_commenced_before_the_act_stays_under_the_old_law() -> None:
    triage = classify(facts(commenced_on=d("2025-02-23")))
    assert triage.regime == "pcr2015"
    assert triage.guidance_only


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
