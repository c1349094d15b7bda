"""Which figure applies, and when a value reaches it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from toolkit.law.thresholds import (
    KPIS,
    NOTIFIABLE,
    TRIGGERS,
    WORKS_SELECTION,
    ContractType,
    NotUnderTheAct,
    threshold_for,
    works_selection_for,
)


def d(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


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


FIGURES = [
    (ContractType.GOODS_SERVICES, 214_904, 207_720),
    (ContractType.GOODS_SERVICES_CENTRAL, 139_688, 135_018),
    (ContractType.WORKS, 5_372_609, 5_193_000),
    (ContractType.CONCESSION, 5_372_609, 5_193_000),
    (ContractType.LIGHT_TOUCH, 663_540, 663_540),
    (ContractType.LIGHT_TOUCH_CONCESSION, 5_372_609, 5_372_609),
    (ContractType.UTILITIES, 429_809, 415_440),
    (ContractType.UTILITIES_LIGHT_TOUCH, 884_720, 884_720),
    (ContractType.UTILITIES_WORKS, 5_372_609, 5_193_000),
    (ContractType.DEFENCE, 429_809, 415_440),
    (ContractType.DEFENCE_WORKS, 5_372_609, 5_193_000),
]


@pytest.mark.parametrize(("contract_type", "old", "new"), FIGURES)
def test_the_figures_change_on_1_january_2026_and_not_a_day_sooner(
    contract_type: ContractType, old: int, new: int
) -> None:
    for commenced, amount in (
        ("2025-02-24", old), ("2025-12-31", old), ("2026-01-01", new), ("2027-12-31", new),
    ):  # fmt: skip
        threshold = threshold_for(contract_type, d(commenced))
        assert threshold.amount_inc_vat == amount
        assert threshold.confirmed
        assert threshold.in_force_from <= d(commenced)
        assert threshold.in_force_to is not None
        assert d(commenced) <= threshold.in_force_to
        assert "Schedule 1" in threshold.source


def test_every_contract_type_has_its_figures_here() -> None:
    assert {row[0] for row in FIGURES} == set(ContractType)


@pytest.mark.parametrize(
    ("slug", "amount", "at_or_above"),
    [
        ("notifiable-below-threshold", 30_000, True),
        ("notifiable-below-threshold-central", 12_000, True),
        ("works-selection", 207_720, True),
        ("kpis", 5_000_000, False),
        ("contract-copy", 5_000_000, False),
        ("modified-contract-copy", 5_000_000, False),
        ("losing-bidders", 5_000_000, False),
        ("pipeline-spend", 100_000_000, False),
        ("pipeline-contract", 2_000_000, False),
        ("payment", 30_000, False),
        ("transparency-code", 5_000, False),
        ("transparency-spend", 500, False),
    ],
)
def test_each_money_trigger_is_strict_or_not_as_its_law_says(
    slug: str, amount: int, at_or_above: bool
) -> None:
    trigger = TRIGGERS[slug]
    assert trigger.applies_to(Decimal(amount)) is at_or_above
    assert trigger.applies_to(Decimal(amount) + Decimal("0.01"))
    assert not trigger.applies_to(Decimal(amount) - Decimal("0.01"))
    assert trigger.source


def test_what_is_not_settled_about_a_trigger_says_so() -> None:
    assert "legal team" in WORKS_SELECTION.caution


@pytest.mark.parametrize(("commenced", "amount"), [("2025-12-31", 213_477), ("2026-01-01", 207_720)])
def test_the_figure_for_selecting_in_works_follows_the_day_of_commencement(
    commenced: str, amount: int
) -> None:
    trigger = works_selection_for(d(commenced))
    assert trigger.amount == amount
    assert trigger.applies_to(Decimal(amount))
    assert "legal team" in trigger.caution
