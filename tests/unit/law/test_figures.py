"""Which other figures a value reaches."""

from __future__ import annotations

from decimal import Decimal

import pytest

from toolkit.law.figures import figures_for
from toolkit.law.thresholds import ContractType


def reached(contract_type: ContractType, *, above: bool, value: str) -> dict[str, bool]:
    amount = Decimal(value)
    found = figures_for(contract_type, above=above, inc_vat=amount, ex_vat=amount / Decimal("1.2"))
    return {figure.trigger.slug: figure.is_reached for figure in found}


def test_a_large_contract_of_services_reaches_every_figure() -> None:
    found = reached(ContractType.GOODS_SERVICES, above=True, value="5000000.01")
    assert all(found.values())
    assert found.keys() == {
        "transparency-code", "payment", "pipeline-contract", "contract-copy", "losing-bidders", "kpis", "modified-contract-copy",
    }  # fmt: skip


def test_5_million_exactly_is_not_more_than_5_million() -> None:
    found = reached(ContractType.GOODS_SERVICES, above=True, value="5000000")
    assert not any(
        found[slug] for slug in ("contract-copy", "kpis", "losing-bidders", "modified-contract-copy")
    )
    assert found["pipeline-contract"]


@pytest.mark.parametrize(("value", "notifiable"), [("30000", True), ("29999.99", False)])
def test_30_thousand_exactly_is_notifiable(value: str, notifiable: bool) -> None:
    found = reached(ContractType.GOODS_SERVICES, above=False, value=value)
    assert found == {"transparency-code": True, "notifiable-below-threshold": notifiable}


def test_works_below_the_threshold_may_have_a_selection_stage_from_its_figure() -> None:
    assert reached(ContractType.WORKS, above=False, value="207720")["works-selection"]
    assert not reached(ContractType.WORKS, above=False, value="207719.99")["works-selection"]


def test_light_touch_and_concessions_have_no_indicators() -> None:
    for contract_type in (
        ContractType.LIGHT_TOUCH,
        ContractType.CONCESSION,
        ContractType.LIGHT_TOUCH_CONCESSION,
    ):
        assert "kpis" not in reached(contract_type, above=True, value="9000000")
    assert "payment" not in reached(ContractType.CONCESSION, above=True, value="9000000")
    assert reached(ContractType.CONCESSION, above=False, value="9000").keys() == {"transparency-code"}


def test_the_transparency_code_is_measured_without_vat() -> None:
    assert not reached(ContractType.GOODS_SERVICES, above=False, value="6000")["transparency-code"]
