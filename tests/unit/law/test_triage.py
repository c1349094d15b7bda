"""What the triage concludes: regime, threshold and open routes, each with its reason."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from toolkit.law.thresholds import ContractType
from toolkit.law.triage import Triage, classify
from toolkit.law.triage_facts import TriageFacts


def d(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def facts(**changes: object) -> TriageFacts:
    given: dict[str, object] = {
        "kind": "services", "light_touch": False, "health": False, "utility": False, "concession": False,
        "value_inc_vat": Decimal(400_000), "commenced_on": d("2026-11-24"),
    }  # fmt: skip
    return TriageFacts(**{**given, **changes})  # type: ignore[arg-type]


def open_routes(**changes: object) -> list[str]:
    return [route.slug for route in classify(facts(**changes)).runnable]


def test_above_the_threshold_competitions_and_direct_award_are_open_and_what_is_below_is_not() -> None:
    triage = classify(facts())
    assert triage.regime == "pa23"
    assert triage.above is True
    assert {"open-competition", "competitive-flexible", "direct-award", "framework-call-off"} <= set(
        open_routes()
    )
    assert not {"below-threshold-quotation", "below-threshold-open", "spot-purchase"} & set(open_routes())
    assert all(reason.source for reason in triage.reasons)


@pytest.mark.parametrize(
    ("value", "changes"),
    [("207719.99", {}), ("600000", {"light_touch": True}), ("5000000", {"kind": "works"})],
)
def test_below_the_threshold_the_routes_of_the_act_above_it_are_closed(
    value: str, changes: dict[str, object]
) -> None:
    opened = set(open_routes(value_inc_vat=Decimal(value), **changes))
    assert {"below-threshold-quotation", "below-threshold-open", "below-threshold-reserved"} <= opened
    assert not {"open-competition", "direct-award", "light-touch-competition", "works-competition"} & opened


def test_a_value_nobody_can_estimate_counts_as_above() -> None:
    triage = classify(facts(value_inc_vat=None))
    assert triage.above is True
    assert any("Schedule 3" in reason.source for reason in triage.reasons)


def test_a_utility_purchase_gets_guidance_and_no_route() -> None:
    triage = classify(facts(utility=True))
    assert triage.regime == "pa23"
    assert triage.guidance_only
    assert triage.threshold is None


def test_health_care_opens_the_five_processes_of_its_own_regime_and_no_other_route() -> None:
    triage = classify(facts(health=True))
    assert triage.regime == "psr"
    assert triage.threshold is None
    assert len(triage.runnable) == 5
    assert {route.regime for route in triage.routes} == {"psr"}


def test_what_commenced_before_the_act_stays_under_the_old_law() -> None:
    triage = classify(facts(commenced_on=d("2025-02-23")))
    assert triage.regime == "pcr2015"
    assert triage.guidance_only


def said(triage: Triage) -> str:
    return " ".join(reason.sentence for reason in triage.reasons)


def test_a_value_a_penny_below_is_not_shown_as_the_figure_itself() -> None:
    assert "£207,719.99 including VAT is below it" in said(
        classify(facts(value_inc_vat=Decimal("207719.99")))
    )
    assert "£207,720 including VAT is at or above it" in said(
        classify(facts(value_inc_vat=Decimal("207720.00")))
    )


def test_a_procurement_commenced_in_2025_is_measured_by_the_older_figure() -> None:
    value = Decimal(210_000)
    assert classify(facts(value_inc_vat=value, commenced_on=d("2025-12-31"))).above is False
    assert classify(facts(value_inc_vat=value, commenced_on=d("2026-01-01"))).above is True


@pytest.mark.parametrize(
    ("changes", "contract_type"),
    [
        ({"kind": "goods"}, ContractType.GOODS_SERVICES),
        ({"kind": "works"}, ContractType.WORKS),
        ({"light_touch": True}, ContractType.LIGHT_TOUCH),
        ({"concession": True}, ContractType.CONCESSION),
        ({"concession": True, "light_touch": True}, ContractType.LIGHT_TOUCH_CONCESSION),
        ({"kind": None, "light_touch": None, "concession": None}, ContractType.GOODS_SERVICES),
        ({"kind": "goods", "light_touch": True}, ContractType.GOODS_SERVICES),
        ({"kind": "works", "light_touch": True}, ContractType.WORKS),
        ({"kind": None, "light_touch": True}, ContractType.GOODS_SERVICES),
        ({"kind": "works", "light_touch": True, "concession": True}, ContractType.CONCESSION),
    ],
)
def test_the_answers_give_the_contract_type_and_unknown_ones_the_lowest_figure(
    changes: dict[str, object], contract_type: ContractType
) -> None:
    assert classify(facts(**changes)).contract_type == contract_type


@pytest.mark.parametrize("kind", ["goods", "works"])
def test_goods_and_works_answered_as_light_touch_are_told_why_the_figure_is_not_theirs(kind: str) -> None:
    triage = classify(facts(kind=kind, light_touch=True))
    assert "Only services can be light touch" in said(triage)
    assert "no mandatory standstill" not in said(triage)


def test_whether_it_is_for_health_or_a_utility_is_asked_when_not_answered() -> None:
    assert "health service or for a utility" in said(classify(facts(health=None)))
    assert "health service or for a utility" in said(classify(facts(utility=None)))
    assert "health service or for a utility" not in said(classify(facts()))


def test_a_concession_commenced_before_the_act_stays_under_the_concession_regulations() -> None:
    assert classify(facts(concession=True, commenced_on=d("2025-02-23"))).regime == "ccr_ucr2016"
    assert classify(facts(utility=True, commenced_on=d("2025-02-23"))).regime == "ccr_ucr2016"


def test_notifiable_from_30_000_exactly_and_never_for_a_concession() -> None:
    assert "notifiable" in said(classify(facts(value_inc_vat=Decimal(30_000))))
    assert "notifiable" not in said(classify(facts(value_inc_vat=Decimal("29999.99"))))
    concession = classify(facts(value_inc_vat=Decimal(30_000), concession=True))
    assert "notifiable" not in said(concession)
    assert "standing orders decide" in said(concession)


def test_a_concession_below_the_threshold_is_promised_none_of_the_acts_below_threshold_rules() -> None:
    triage = classify(facts(value_inc_vat=Decimal(300_000), concession=True))
    route = next(route for route in triage.routes if route.slug == "below-threshold-quotation")
    assert route.is_open
    assert route.why.startswith("Your standing orders decide")
    assert "selection stage" not in route.why
    assert route.source == "Procurement Act 2023, section 84"


def test_the_selection_figure_for_works_is_the_one_of_the_day_the_procurement_commenced() -> None:
    for commenced, figure in (("2025-12-31", "£213,477"), ("2026-01-01", "£207,720")):
        triage = classify(facts(value_inc_vat=Decimal(50_000), kind="works", commenced_on=d(commenced)))
        route = next(route for route in triage.routes if route.slug == "below-threshold-quotation")
        assert figure in route.why


def test_over_5_million_indicators_and_a_copy_are_due_but_light_touch_sets_no_indicators() -> None:
    over = Decimal("5000000.01")
    assert "key performance indicators" in said(classify(facts(value_inc_vat=over)))
    assert "copy of the contract" in said(classify(facts(value_inc_vat=over)))
    assert "key performance indicators" not in said(classify(facts(value_inc_vat=Decimal(5_000_000))))
    light = classify(facts(value_inc_vat=over, light_touch=True))
    assert "key performance indicators" not in said(light)
    assert "copy of the contract" in said(light)
    assert "over £5 million" not in said(classify(facts(value_inc_vat=over, kind="works"))).lower()


def test_a_direct_award_is_narrow_and_our_own_lateness_is_never_urgency() -> None:
    direct = next(route for route in classify(facts()).routes if route.slug == "direct-award")
    assert direct.is_open
    assert "narrow" in direct.why
    assert "Lateness of our own making is never urgency" in direct.why


def test_what_is_special_opens_a_route_of_its_own_and_nothing_unknown_does() -> None:
    own: dict[str, dict[str, object]] = {"light-touch-competition": {"light_touch": True}, "user-choice": {"light_touch": True}, "works-competition": {"kind": "works"}, "concession-competition": {"concession": True}}  # fmt: skip
    for slug, changes in own.items():
        assert slug in open_routes(value_inc_vat=Decimal(9_000_000), **changes)
        assert slug not in open_routes(value_inc_vat=Decimal(9_000_000))
        assert slug not in open_routes(value_inc_vat=Decimal(9_000_000), light_touch=None, concession=None, kind=None)  # fmt: skip


def test_a_waiver_is_closed_above_the_threshold_because_it_lifts_only_the_councils_own_rules() -> None:
    assert "waiver" in open_routes(value_inc_vat=Decimal(90_000))
    assert "waiver" not in open_routes()


def test_a_call_off_under_the_earlier_law_keeps_that_law_whenever_it_is_made() -> None:
    regimes = {route.slug: route.regime for route in classify(facts()).routes}
    assert regimes["old-law-call-off"] == "pcr2015"
    assert regimes["framework-call-off"] == "pa23"
    assert regimes["grant"] == regimes["insourcing"] == "outside"


def test_each_route_is_offered_once() -> None:
    for triage in (classify(facts()), classify(facts(health=True))):
        slugs = [route.slug for route in triage.routes]
        assert len(slugs) == len(set(slugs))


@pytest.mark.parametrize("value", [None, Decimal(0), Decimal(100_000), Decimal(10_000_000)])
@pytest.mark.parametrize("concession", [True, False, None])
@pytest.mark.parametrize("kind", ["goods", "services", "works", None])
def test_every_conclusion_carries_a_reason_and_a_source(
    value: Decimal | None, concession: bool | None, kind: str | None
) -> None:
    triage = classify(facts(value_inc_vat=value, concession=concession, kind=kind))
    assert all(reason.sentence.endswith(".") and reason.source for reason in triage.reasons)
    assert all(route.why.endswith(".") and route.source for route in triage.routes)
    assert triage.runnable
    if value is None:
        assert triage.above is True
