"""The triage: which law applies, which threshold, and which routes are open, each with its reason and source.

An unknown answer never makes anything easier: a value that cannot be estimated is treated as above the threshold
(Schedule 3). Utility and health purchases get guidance and no computed dates.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from toolkit.law.thresholds import (
    ACT_BEGAN,
    CONTRACT_COPY,
    KPIS,
    NOTIFIABLE,
    ContractType,
    Threshold,
    threshold_for,
    works_selection_for,
)
from toolkit.law.values import ASK_LEGAL

OPEN, QUOTATION, DIRECT = "open-competition", "below-threshold-quotation", "direct-award"


@dataclass(frozen=True, slots=True)
class TriageFacts:
    """What was answered. None: not known. Value in pounds including VAT."""

    kind: str | None
    light_touch: bool | None
    health: bool | None
    utility: bool | None
    concession: bool | None
    value_inc_vat: Decimal | None
    commenced_on: dt.date


@dataclass(frozen=True, slots=True)
class Reason:
    """A conclusion in one sentence, and where it stands."""

    sentence: str
    source: str
    caution: str = ""


@dataclass(frozen=True, slots=True)
class RouteOption:
    """One route, open for these answers or not, and why. `runs` says whether the toolkit takes you through it yet."""

    slug: str
    name: str
    is_open: bool
    why: str
    source: str
    runs: bool = True


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
        """The routes that are open and that the toolkit takes you through."""
        return [route for route in self.routes if route.is_open and route.runs]

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
                    "Check with your legal team whether the service is in scope. The toolkit gives guidance and computes no dates for it.",
                ),
            ),
            (),
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
        "pa23", contract_type, threshold, above, _reasons(facts, threshold, above), _routes(facts, above)
    )


def _is_light_touch(facts: TriageFacts) -> bool:
    """Only services can be (section 9): goods and works answered as light touch keep their own figure, and so does what
    nobody has called services yet."""
    return bool(facts.light_touch) and facts.kind == "services"


def _pounds(amount: Decimal) -> str:
    """Pence only where there are any, so that £207,719.99 never reads as £207,720."""
    return f"£{amount:,.0f}" if amount == amount.to_integral_value() else f"£{amount:,.2f}"


def _contract_type(facts: TriageFacts) -> ContractType:
    if facts.concession:
        return ContractType.LIGHT_TOUCH_CONCESSION if _is_light_touch(facts) else ContractType.CONCESSION
    if _is_light_touch(facts):
        return ContractType.LIGHT_TOUCH
    return ContractType.WORKS if facts.kind == "works" else ContractType.GOODS_SERVICES


def _reasons(facts: TriageFacts, threshold: Threshold, above: bool) -> tuple[Reason, ...]:
    figure = f"{_pounds(threshold.amount_inc_vat)} including VAT"
    reasons = [
        Reason(
            f"The Procurement Act 2023 applies. The threshold is {figure}.",
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
                f"Your estimate of {_pounds(facts.value_inc_vat)} including VAT is {where} it.",
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
    if _is_light_touch(facts):
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
    if above and KPIS.applies_to(value) and not _is_light_touch(facts) and not facts.concession:
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


def _why_quotation(facts: TriageFacts) -> str:
    if facts.concession:
        return (
            "Your standing orders decide how you compete a concession below the threshold. The steps that sections 84 to 88 "
            "ask for are left out, because those sections do not cover it."
        )
    selection = works_selection_for(facts.commenced_on)
    return (
        "Invite or advertise for quotations, as your standing orders ask. No selection stage may restrict who tenders, "
        f"except for works of {_pounds(selection.amount)} or more including VAT."
    )


def _routes(facts: TriageFacts, above: bool) -> tuple[RouteOption, ...]:
    over = (
        "The value is at or above the threshold"
        if facts.value_inc_vat is not None
        else "The value is not known"
    )
    return (
        RouteOption(
            OPEN,
            "Open competition above the threshold",
            above,
            "One stage: anyone may tender. The plain route for most purchases above the threshold."
            if above
            else "Below the threshold a simpler competition is enough.",
            f"{ACT}, section 20(2)(a)",
        ),
        RouteOption(
            QUOTATION,
            "Below-threshold quotation",
            not above,
            f"{over}." if above else _why_quotation(facts),
            f"{ACT}, section 84" if facts.concession else f"{ACT}, sections 84 to 88",
        ),
        RouteOption(
            DIRECT,
            "Direct award",
            above,
            "Only on one of the narrow grounds of Schedule 5, published before you award. Lateness of our own making is never urgency."
            if above
            else "Below the threshold the Act has no grounds to meet: ask for a waiver under your standing orders, and use the quotation route’s steps.",
            f"{ACT}, sections 41 to 44 and Schedule 5",
        ),
        RouteOption(
            "competitive-flexible",
            "Competitive flexible procedure",
            above,
            "A procedure of your own design, in one or several rounds. Guidance only for now.",
            f"{ACT}, section 20(2)(b)",
            runs=False,
        ),
        RouteOption(
            "framework-call-off",
            "Call-off from a framework",
            True,
            "If a framework covers it and you may use it: often the right answer. A call-off keeps the law its framework was made under. Guidance only for now.",
            f"{ACT}, sections 45 to 48",
            runs=False,
        ),
        RouteOption(
            "dynamic-market",
            "Dynamic market",
            above,
            "If a dynamic market covers it: a competition among its members, which suppliers may join at any time. Guidance only for now."
            if above
            else "Below the threshold a simpler competition is enough.",
            f"{ACT}, sections 34 to 40",
            runs=False,
        ),
    )
