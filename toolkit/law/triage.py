"""The triage: which law applies, which threshold, and which routes are open, each with its reason and source.

An unknown answer never makes anything easier: a value that cannot be estimated is treated as above the threshold
(Schedule 3). Purchases for a utility activity get guidance and no computed dates.
"""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.law.routes import RouteOption, health_routes, routes_for
from toolkit.law.thresholds import (
    ACT_BEGAN,
    CONTRACT_COPY,
    KPIS,
    NOTIFIABLE,
    ContractType,
    Threshold,
    threshold_for,
)
from toolkit.law.triage_facts import TriageFacts, figure, is_light_touch
from toolkit.law.values import ASK_LEGAL


@dataclass(frozen=True, slots=True)
class Reason:
    """A conclusion in one sentence, and where it stands."""

    sentence: str
    source: str
    caution: str = ""


@dataclass(frozen=True, slots=True)
class Triage:
    """Everything the triage concluded."""

    regime: str
    contract_type: ContractType | None
    threshold: Threshold | None
    above: bool | None
    """None: thresholds of the Act do not apply."""
    reasons: tuple[Reason, ...]
    routes: tuple[RouteOption, ...]

    @property
    def runnable(self) -> list[RouteOption]:
        """The routes that are open."""
        return [route for route in self.routes if route.is_open]

    @property
    def guidance_only(self) -> bool:
        """No route and no computed date: read the guidance and ask the legal team."""
        return not self.runnable


ACT = "Procurement Act 2023"


def classify(facts: TriageFacts) -> Triage:
    """Regime, threshold and routes for these facts."""
    if facts.health:
        return Triage(
            "psr",
            None,
            None,
            None,
            (
                Reason(
                    "Health care services in scope are bought under the Provider Selection Regime, whatever their value.",
                    "Procurement Regulations 2024, regulation 43; SI 2023/1348",
                    "Check with your legal team whether the service is in scope, and how a mixed service is bought.",
                ),
            ),
            health_routes(),
        )
    if facts.utility:
        return Triage(
            "pa23" if facts.commenced_on >= ACT_BEGAN else "ccr_ucr2016",
            None,
            None,
            None,
            (
                Reason(
                    "A purchase for a utility activity has its own thresholds and rules.",
                    f"{ACT}, section 6 and Schedules 1 and 4",
                    "The toolkit gives guidance and computes no dates for it. Check with your legal team.",
                ),
            ),
            (),
        )
    if facts.commenced_on < ACT_BEGAN:
        return Triage(
            "ccr_ucr2016" if facts.concession else "pcr2015",
            None,
            None,
            None,
            (
                Reason(
                    "A procurement that commenced before 24 February 2025 stays under the earlier law for life.",
                    "SI 2024/716, regulation 5, as amended",
                ),
            ),
            (),
        )
    contract_type = _contract_type(facts)
    threshold = threshold_for(contract_type, facts.commenced_on)
    above = True if facts.value_inc_vat is None else threshold.is_reached_by(facts.value_inc_vat)
    return Triage(
        "pa23", contract_type, threshold, above, _reasons(facts, threshold, above), routes_for(facts, above)
    )


def _contract_type(facts: TriageFacts) -> ContractType:
    if facts.concession:
        return ContractType.LIGHT_TOUCH_CONCESSION if is_light_touch(facts) else ContractType.CONCESSION
    if is_light_touch(facts):
        return ContractType.LIGHT_TOUCH
    return ContractType.WORKS if facts.kind == "works" else ContractType.GOODS_SERVICES


def _reasons(facts: TriageFacts, threshold: Threshold, above: bool) -> tuple[Reason, ...]:
    amount = f"{figure(threshold.amount_inc_vat)} including VAT"
    reasons = [
        Reason(
            f"The Procurement Act 2023 applies. The threshold is {amount}.",
            threshold.source,
            threshold.caution,
        )
    ]
    if facts.value_inc_vat is None:
        reasons.append(
            Reason(
                "The value cannot be estimated, so it is treated as above the threshold.",
                f"{ACT}, Schedule 3",
            )
        )
    else:
        where = "at or above" if above else "below"
        reasons.append(
            Reason(
                f"Your estimate of {figure(facts.value_inc_vat)} including VAT is {where} it.",
                f"{ACT}, section 3 and Schedule 3",
            )
        )
    reasons += special_reasons(facts, above)
    reasons += _money_reasons(facts, above)
    return tuple(reasons)


def special_reasons(facts: TriageFacts, above: bool) -> list[Reason]:
    """What is particular to these facts: not yet answered, light touch, a concession."""
    reasons = []
    if facts.health is None or facts.utility is None:
        reasons.append(
            Reason(
                "It is not answered whether this is a health service or for a utility activity. If it is either, other rules and dates apply.",
                f"{ACT}, section 6; Procurement Regulations 2024, regulation 43",
                f"{ASK_LEGAL}.",
            )
        )
    if is_light_touch(facts):
        reasons.append(
            Reason(
                "Light touch: no mandatory standstill, no minimum periods, no indicators; the notices UK4, UK6, UK7 and UK11 remain.",
                f"{ACT}, sections 9, 51 to 54 and 75",
                "Match the exact code of the service with Schedule 1 to the Procurement Regulations 2024.",
            )
        )
    elif facts.light_touch:
        reasons.append(
            Reason(
                "Only services can be light touch, so its figure and its rules do not apply to what is mostly goods or works.",
                f"{ACT}, section 9",
                f"If the contract is mainly for services, change your answer. {ASK_LEGAL}.",
            )
        )
    if facts.concession:
        reasons.append(
            Reason(
                "A concession is valued by all the supplier could receive from users and from you.",
                f"{ACT}, section 8 and Schedule 3",
            )
        )
        if not above:
            reasons.append(
                Reason(
                    "A concession below the threshold is outside the Act’s below-threshold rules: your standing orders decide.",
                    f"{ACT}, section 84",
                )
            )
    return reasons


def _money_reasons(facts: TriageFacts, above: bool) -> list[Reason]:
    value = facts.value_inc_vat
    if value is None:
        return []
    reasons = []
    if not above and NOTIFIABLE.applies_to(value) and not facts.concession:
        reasons.append(
            Reason(
                "From £30,000 including VAT the contract is notifiable: a tender notice before you advertise openly, and a contract details notice.",
                NOTIFIABLE.source,
            )
        )
    if above and KPIS.applies_to(value) and not is_light_touch(facts) and not facts.concession:
        reasons.append(
            Reason(
                "Over £5 million: set and publish at least three key performance indicators, or say why none fits.",
                KPIS.source,
                "A framework itself needs none; a call-off over £5 million does.",
            )
        )
    if above and CONTRACT_COPY.applies_to(value):
        reasons.append(
            Reason("Over £5 million: publish a copy of the contract once it is signed.", CONTRACT_COPY.source)
        )
    return reasons
