"""Money figures of the Act, by the day a procurement commenced. All are pounds **including** VAT (section 123(2)).

A contract at the figure is above it: “not less than” (section 3). A procurement that had commenced before 1 January
2026 keeps the older figure (SI 2025/1200, regulation 3).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from toolkit.law.values import ASK_LEGAL


class ContractType(StrEnum):
    """The rows of Schedule 1 that concern councils and the bodies around them."""

    GOODS_SERVICES = "goods-services-sub-central"
    GOODS_SERVICES_CENTRAL = "goods-services-central"
    WORKS = "works"
    CONCESSION = "concession"
    LIGHT_TOUCH = "light-touch"
    LIGHT_TOUCH_CONCESSION = "light-touch-concession"
    UTILITIES = "utilities-goods-services"
    UTILITIES_LIGHT_TOUCH = "utilities-light-touch"
    UTILITIES_WORKS = "utilities-works"
    DEFENCE = "defence-other"
    DEFENCE_WORKS = "defence-works-or-concession"


ACT_BEGAN = dt.date(2025, 2, 24)
FIGURES_2026 = dt.date(2026, 1, 1)
FIGURES_END = dt.date(2027, 12, 31)
"""The usual two-yearly cycle; no instrument names this end."""

_SCHEDULE_1 = "Procurement Act 2023, Schedule 1"
_SI_2025_1200 = "Procurement Act 2023, Schedule 1, as amended by SI 2025/1200"


@dataclass(frozen=True, slots=True)
class Threshold:
    """One figure in force over a span. Pounds including VAT."""

    amount_inc_vat: Decimal
    in_force_from: dt.date
    in_force_to: dt.date | None
    source: str
    confirmed: bool = True
    caution: str = ""

    def is_reached_by(self, value_inc_vat: Decimal) -> bool:
        """At the figure is above the threshold (section 3)."""
        return value_inc_vat >= self.amount_inc_vat


_AMOUNTS: dict[ContractType, tuple[int, int]] = {
    ContractType.GOODS_SERVICES: (214_904, 207_720),
    ContractType.GOODS_SERVICES_CENTRAL: (139_688, 135_018),
    ContractType.WORKS: (5_372_609, 5_193_000),
    ContractType.CONCESSION: (5_372_609, 5_193_000),
    ContractType.LIGHT_TOUCH: (663_540, 663_540),
    ContractType.LIGHT_TOUCH_CONCESSION: (5_372_609, 5_372_609),
    ContractType.UTILITIES: (429_809, 415_440),
    ContractType.UTILITIES_LIGHT_TOUCH: (884_720, 884_720),
    ContractType.UTILITIES_WORKS: (5_372_609, 5_193_000),
    ContractType.DEFENCE: (429_809, 415_440),
    ContractType.DEFENCE_WORKS: (5_372_609, 5_193_000),
}
"""(24 February to 31 December 2025, from 1 January 2026), pounds including VAT."""


class NotUnderTheAct(ValueError):
    """The procurement commenced before the Procurement Act 2023 did."""


def threshold_for(contract_type: ContractType, commenced_on: dt.date) -> Threshold:
    """The threshold of a procurement that commenced on this day.

    Raises NotUnderTheAct before 24 February 2025. After 31 December 2027 the last known figure, not confirmed.
    """
    if commenced_on < ACT_BEGAN:
        raise NotUnderTheAct(
            "The procurement commenced before 24 February 2025, so the law before the Act applies to it"
        )
    older, newer = _AMOUNTS[contract_type]
    if commenced_on < FIGURES_2026:
        return Threshold(Decimal(older), ACT_BEGAN, FIGURES_2026 - dt.timedelta(1), _SCHEDULE_1)
    known = commenced_on <= FIGURES_END
    return Threshold(
        Decimal(newer),
        FIGURES_2026,
        FIGURES_END,
        _SI_2025_1200,
        confirmed=known,
        caution="" if known else f"The figures from 1 January 2028 are not known yet. {ASK_LEGAL}.",
    )


@dataclass(frozen=True, slots=True)
class Trigger:
    """Another figure that switches a duty on. `at_or_above`: the figure itself counts; otherwise only more does."""

    slug: str
    amount: Decimal
    at_or_above: bool
    includes_vat: bool
    duty: str
    source: str
    caution: str = ""

    def applies_to(self, value: Decimal) -> bool:
        """Does this value, in pounds with or without VAT as `includes_vat` says, switch the duty on?"""
        return value >= self.amount if self.at_or_above else value > self.amount


NOTIFIABLE = Trigger("notifiable-below-threshold", Decimal(30_000), True, True, "A below-threshold contract of a council is notifiable", "Procurement Act 2023, section 87(4)")  # fmt: skip
NOTIFIABLE_CENTRAL = Trigger("notifiable-below-threshold-central", Decimal(12_000), True, True, "A below-threshold contract of a central authority is notifiable", "Procurement Act 2023, section 87(4)(a)")  # fmt: skip
_SELECTION = "Below-threshold works may have a selection stage"
WORKS_SELECTION = Trigger("works-selection", Decimal(207_720), True, True, _SELECTION, "Procurement Act 2023, section 85(3), as amended by SI 2025/1200", f"The figure was £213,477 until 31 December 2025, and no rule for procurements under way is known. {ASK_LEGAL}.")  # fmt: skip
_WORKS_SELECTION_2025 = Trigger("works-selection", Decimal(213_477), True, True, _SELECTION, "Procurement Act 2023, section 85(3)", f"The figure is £207,720 since 1 January 2026, and no rule for procurements under way is known. {ASK_LEGAL}.")  # fmt: skip
KPIS = Trigger("kpis", Decimal(5_000_000), False, True, "At least three key performance indicators are set and published", "Procurement Act 2023, section 52")  # fmt: skip
CONTRACT_COPY = Trigger("contract-copy", Decimal(5_000_000), False, True, "A copy of the contract is published", "Procurement Act 2023, section 53(3)")  # fmt: skip
MODIFIED_COPY = Trigger("modified-contract-copy", Decimal(5_000_000), False, True, "A copy of the modified contract, or of the modification, is published", "Procurement Act 2023, section 77", f"Whether it is measured before or after the change is not stated. {ASK_LEGAL}.")  # fmt: skip
LOSING_BIDDERS = Trigger("losing-bidders", Decimal(5_000_000), False, True, "The contract award notice names the unsuccessful bidders that were assessed", "Procurement Regulations 2024, regulation 27(2)(o)")  # fmt: skip
PIPELINE_SPEND = Trigger("pipeline-spend", Decimal(100_000_000), False, True, "The authority publishes a pipeline notice", "Procurement Act 2023, section 93")  # fmt: skip
PIPELINE_CONTRACT = Trigger("pipeline-contract", Decimal(2_000_000), False, True, "A contract is listed in the pipeline notice", "Procurement Act 2023, section 93")  # fmt: skip
PAYMENT = Trigger(
    "payment",
    Decimal(30_000),
    False,
    True,
    "A single payment is published",
    "Procurement Act 2023, section 70",
    f"That it covers only procurements commenced on or after 1 April 2026 stands in guidance alone. {ASK_LEGAL}.",
)
TRANSPARENCY_CODE = Trigger("transparency-code", Decimal(5_000), False, False, "A contract is listed in the contracts register", "Local Government Transparency Code 2015", f"Known from secondary sources; whether VAT counts was not seen. {ASK_LEGAL}.")  # fmt: skip
TRANSPARENCY_SPEND = Trigger("transparency-spend", Decimal(500), False, False, "A single payment is listed in the spending data", "Local Government Transparency Code 2015", f"Known from secondary sources. {ASK_LEGAL}.")  # fmt: skip

TRIGGERS = {
    trigger.slug: trigger
    for trigger in (
        NOTIFIABLE,
        NOTIFIABLE_CENTRAL,
        WORKS_SELECTION,
        KPIS,
        CONTRACT_COPY,
        MODIFIED_COPY,
        LOSING_BIDDERS,
        PIPELINE_SPEND,
        PIPELINE_CONTRACT,
        PAYMENT,
        TRANSPARENCY_CODE,
        TRANSPARENCY_SPEND,
    )
}


def works_selection_for(commenced_on: dt.date) -> Trigger:
    """From which value below-threshold works may have a selection stage, for a procurement that commenced on this day."""
    return _WORKS_SELECTION_2025 if commenced_on < FIGURES_2026 else WORKS_SELECTION
