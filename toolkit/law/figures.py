"""Which of the other money figures a value reaches: the figures beside the threshold (fact base §2.2)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from toolkit.law import thresholds
from toolkit.law.thresholds import ContractType, Trigger

CONCESSIONS = frozenset({ContractType.CONCESSION, ContractType.LIGHT_TOUCH_CONCESSION})
LIGHT_TOUCH = frozenset({ContractType.LIGHT_TOUCH, ContractType.LIGHT_TOUCH_CONCESSION})


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure, whether this value reaches it, and what that means for this contract."""

    trigger: Trigger
    is_reached: bool
    meaning: str


def figures_for(
    contract_type: ContractType, *, above: bool, inc_vat: Decimal, ex_vat: Decimal
) -> tuple[Figure, ...]:
    """The figures that concern a contract of this type on this side of its threshold, the smallest first."""
    concerned = _above(contract_type) if above else _below(contract_type)
    concerned.append(
        (
            thresholds.TRANSPARENCY_CODE,
            "List the contract, and any invitation to tender for it, under the Transparency Code.",
        )
    )
    return tuple(
        Figure(trigger, trigger.applies_to(inc_vat if trigger.includes_vat else ex_vat), meaning)
        for trigger, meaning in sorted(concerned, key=lambda each: each[0].amount)
    )


def _above(contract_type: ContractType) -> list[tuple[Trigger, str]]:
    concerned = [
        (
            thresholds.PIPELINE_CONTRACT,
            "List it in your authority’s pipeline notice (UK1), if the authority expects to pay more than £100 million in the year and a tender or transparency notice is to come.",
        ),
        (
            thresholds.CONTRACT_COPY,
            "Publish a copy of the contract after you sign, except under a user-choice award.",
        ),
        (
            thresholds.LOSING_BIDDERS,
            "After a competition, name in the contract award notice (UK6) the bidders you assessed and turned down.",
        ),
    ]
    if contract_type not in CONCESSIONS:
        concerned.append(
            (
                thresholds.PAYMENT,
                "Publish each single payment of more than this (UK8). What counts is the payment, not the contract.",
            )
        )
    if contract_type not in CONCESSIONS | LIGHT_TOUCH:
        concerned.append(
            (
                thresholds.KPIS,
                "Set and publish at least three key performance indicators, or say why none fits. A framework itself needs none; a call-off over this figure does.",
            )
        )
    if contract_type not in LIGHT_TOUCH:
        concerned.append(
            (
                thresholds.MODIFIED_COPY,
                "If you change the contract and a contract change notice (UK10) is due, publish the change or the changed contract.",
            )
        )
    return concerned


def _below(contract_type: ContractType) -> list[tuple[Trigger, str]]:
    concerned: list[tuple[Trigger, str]] = []
    if contract_type not in CONCESSIONS:
        concerned.append(
            (
                thresholds.NOTIFIABLE,
                "Publish a tender notice (UK4) before you advertise openly, and a contract details notice (UK7) once the contract is signed.",
            )
        )
    if contract_type is ContractType.WORKS:
        concerned.append(
            (
                thresholds.WORKS_SELECTION,
                "You may have a selection stage. Below this figure no selection stage may restrict who tenders.",
            )
        )
    return concerned
