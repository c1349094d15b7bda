"""Which routes these answers open, each with its reason and source. What is not open says why.

Routes about a contract that is there already, and the turns a procurement can take, are not chosen here: they begin from
their contract or procurement.
"""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.law.thresholds import works_selection_for
from toolkit.law.triage_facts import TriageFacts, figure, is_light_touch

ACT = "Procurement Act 2023"
PSR = "Health Care Services (Provider Selection Regime) Regulations 2023"
NEVER_URGENCY = "Lateness of our own making is never urgency."


@dataclass(frozen=True, slots=True)
class RouteOption:
    """One route, open for these answers or not, and why. `regime`: the law of whatever is started on it. `family`: a
    group of the list of routes."""

    slug: str
    name: str
    is_open: bool
    why: str
    source: str
    family: str
    regime: str = "pa23"


def routes_for(facts: TriageFacts, above: bool) -> tuple[RouteOption, ...]:
    """Every route of a purchase under the Act, the plain ones first. `above`: at or above the threshold, or not known."""
    return (
        *_competitions(facts, above),
        *_below(facts, above),
        *_frameworks(facts, above),
        *_without_competition(facts, above),
        *_together(above),
        *_smaller(facts, above),
    )


def _over(facts: TriageFacts) -> str:
    if facts.value_inc_vat is None:
        return "The value is not known, so it counts as above the threshold."
    return "The value is at or above the threshold."


SIMPLER = "Below the threshold a simpler competition is enough."


def _competitions(facts: TriageFacts, above: bool) -> tuple[RouteOption, ...]:
    light, works, concession = is_light_touch(facts), facts.kind == "works", bool(facts.concession)

    def option(slug: str, name: str, fits: bool, why: str, why_not: str, source: str) -> RouteOption:
        reason = why if above and fits else why_not if above else SIMPLER
        return RouteOption(slug, name, above and fits, reason, f"{ACT}, {source}", "competition")

    return (
        option(
            "open-competition",
            "Open competition above the threshold",
            True,
            "One stage: anyone may tender. The plain route for most purchases above the threshold.",
            "",
            "section 20(2)(a)",
        ),
        option(
            "competitive-flexible",
            "Competitive flexible procedure",
            True,
            "A procedure of your own design in one to three rounds, with negotiation if you say so in the tender notice.",
            "",
            "section 20(2)(b)",
        ),
        option(
            "light-touch-competition",
            "Light-touch competition",
            light,
            "For services on the exact list in Schedule 1 to the Regulations: fewer fixed periods, no mandatory standstill.",
            "It is only for light-touch services, and you have not said that these are.",
            "sections 9 and 20",
        ),
        option(
            "works-competition",
            "Works above the threshold",
            works,
            "A competition with the steps that building work brings: safety, insurance, bonds, leaseholders.",
            "It is only for what is mostly works.",
            "sections 3 and 20",
        ),
        option(
            "concession-competition",
            "Concession above the threshold",
            concession,
            "The supplier is paid at least partly by the right to exploit the works or services.",
            "It is only for a concession, and you have not said that this is one.",
            "sections 8 and 20",
        ),
    )


def _why_quotation(facts: TriageFacts) -> str:
    if facts.concession:
        return (
            "Your standing orders decide how you compete a concession below the threshold. The steps that sections 84 to 88 "
            "ask for are left out, because those sections do not cover it."
        )
    selection = works_selection_for(facts.commenced_on)
    return (
        "Invite named suppliers to quote, as your standing orders ask. No selection stage may restrict who tenders, "
        f"except for works of {figure(selection.amount)} or more including VAT."
    )


def _below(facts: TriageFacts, above: bool) -> tuple[RouteOption, ...]:
    source = f"{ACT}, section 84" if facts.concession else f"{ACT}, sections 84 to 88"

    def option(slug: str, name: str, why: str, source: str = source) -> RouteOption:
        return RouteOption(slug, name, not above, _over(facts) if above else why, source, "small")

    return (
        option("below-threshold-quotation", "Below-threshold quotation", _why_quotation(facts)),
        option(
            "below-threshold-open",
            "Below-threshold open competition",
            "Advertise openly, and anyone may tender. From £30,000 including VAT the tender notice (UK4) comes first."
            if not facts.concession
            else "Advertise openly, if your standing orders ask for it.",
        ),
        option(
            "below-threshold-reserved",
            "Below-threshold competition reserved by place",
            "Reserve it to suppliers of the United Kingdom or of your local area, decided before you invite anyone.",
            "Local Government (Exclusion of Non-commercial Considerations) (England) Order 2026, known from secondary sources: check with your legal team",
        ),
        option(
            "waiver",
            "Waiver of standing orders",
            "Your own standing orders may let you leave out a competition that they, not the Act, ask for.",
            "Your organisation’s standing orders",
        ),
    )


def _frameworks(facts: TriageFacts, above: bool) -> tuple[RouteOption, ...]:
    def option(
        slug: str, name: str, opened: bool, why: str, source: str, regime: str = "pa23"
    ) -> RouteOption:
        return RouteOption(slug, name, opened, why if opened else SIMPLER, source, "frameworks", regime)

    return (
        option(
            "framework-call-off",
            "Call-off from a framework",
            True,
            "If a framework made under the Act covers it and you may use it: often the right answer.",
            f"{ACT}, sections 45 to 48",
        ),
        option(
            "old-law-call-off",
            "Call-off from a framework made under the earlier law",
            True,
            "A call-off keeps the law of its framework: if that was set up, or its procurement began, before 24 February 2025, take this one.",
            "SI 2024/716, regulation 5, as amended",
            "pcr2015",
        ),
        option(
            "dynamic-market-award",
            "Award under a dynamic market",
            above,
            "If a dynamic market covers it: a competition among its members, which suppliers may join at any time.",
            f"{ACT}, sections 34 to 40",
        ),
        option(
            "set-up-framework",
            "Set up a framework",
            above,
            "For needs that come again and again, yours or those of several authorities, for four years at most as a rule.",
            f"{ACT}, sections 45 to 48",
        ),
        option(
            "set-up-open-framework",
            "Set up an open framework",
            above,
            "A scheme of frameworks that opens again to new suppliers, for eight years at most.",
            f"{ACT}, section 49",
        ),
        option(
            "set-up-dynamic-market",
            "Set up a dynamic market",
            above,
            "A list of suppliers who meet your conditions, open to new ones throughout, that you later compete contracts within.",
            f"{ACT}, sections 34 to 39",
        ),
    )


def _without_competition(facts: TriageFacts, above: bool) -> tuple[RouteOption, ...]:
    light = is_light_touch(facts)
    below = "Below the threshold the Act has no grounds to meet: ask for a waiver under your standing orders, and use the quotation route’s steps."

    def option(slug: str, name: str, fits: bool, why: str, why_not: str, source: str) -> RouteOption:
        reason = below if not above else why if fits else why_not
        return RouteOption(slug, name, above and fits, reason, f"{ACT}, {source}", "direct")

    return (
        option(
            "direct-award",
            "Direct award",
            True,
            f"Only on one of the narrow grounds of Schedule 5, published before you award. {NEVER_URGENCY}",
            "",
            "sections 41 to 44 and Schedule 5",
        ),
        option(
            "urgent-award",
            "Award in extreme urgency",
            True,
            f"Only where the urgency is extreme, unavoidable, not of your making and could not be foreseen. {NEVER_URGENCY}",
            "",
            "section 41 and Schedule 5, paragraphs 13 and 14",
        ),
        option(
            "user-choice",
            "User choice",
            light,
            "The person who uses the service, or their carer, chooses the supplier.",
            "It is only for light-touch services, and you have not said that these are.",
            "section 41 and Schedule 5, paragraphs 15 to 17",
        ),
    )


def _together(above: bool) -> tuple[RouteOption, ...]:
    return (
        RouteOption(
            "joint-led",
            "Joint procurement that you lead",
            above,
            "You run it for several authorities. The value is that of all of them, and joining closes with the tender notice."
            if above
            else "Below the threshold, of all the buyers together, a simpler competition is enough. Count every buyer’s share first.",
            f"{ACT}, Schedule 3; the rest of the law of buying jointly: check with your legal team",
            "together",
        ),
        RouteOption(
            "joint-joined",
            "Joint procurement that another leads",
            True,
            "Another authority runs it and names you in its tender notice. Your decision, conflicts, equality and own contract stay yours.",
            f"{ACT}, sections 50 and 53; the rest of the law of buying jointly: check with your legal team",
            "together",
        ),
    )


def _smaller(facts: TriageFacts, above: bool) -> tuple[RouteOption, ...]:
    spot = not above or is_light_touch(facts)
    return (
        RouteOption(
            "use-existing-contract",
            "Buy from a contract you already have",
            True,
            "If a contract of yours covers it within its scope, value and term, there is nothing to compete.",
            f"{ACT}, section 74",
            "small",
        ),
        RouteOption(
            "spot-purchase",
            "Spot purchase or care placement",
            spot,
            "One placement or purchase at a time, as the need arises. Add up what belongs together."
            if spot
            else f"{_over(facts)} A purchase this size is competed, or awarded on a ground of Schedule 5.",
            f"{ACT}, sections 4 and 84 and Schedule 3",
            "small",
        ),
        RouteOption(
            "grant",
            "Grant",
            True,
            "Only if it truly is a grant: you ask for no service in return. The steps check that, and subsidy control.",
            "Subsidy Control Act 2022: check with your legal team",
            "small",
            "outside",
        ),
        RouteOption(
            "insourcing",
            "Do it ourselves",
            True,
            "The service comes in-house. Staff and unions hear first, and nothing is decided before the options are weighed.",
            "Local Government Act 1999, section 3: check with your legal team",
            "small",
            "outside",
        ),
    )


def health_routes() -> tuple[RouteOption, ...]:
    """The five processes of the Provider Selection Regime. Which one is open hangs on the service, and is for people."""

    def option(slug: str, name: str, why: str) -> RouteOption:
        return RouteOption(slug, name, True, why, f"{PSR} (SI 2023/1348)", "health", "psr")

    return (
        option(
            "psr-direct-award-a",
            "Health: direct award A",
            "There is only one provider that could do it, by the nature of the service.",
        ),
        option(
            "psr-direct-award-b",
            "Health: direct award B",
            "Patients choose among providers, and you do not limit how many.",
        ),
        option(
            "psr-direct-award-c",
            "Health: direct award C",
            "The present provider does it well, and the new contract is not considerably different.",
        ),
        option(
            "psr-most-suitable-provider",
            "Health: most suitable provider",
            "You can tell, with reason, who is likely to be the most suitable, and say beforehand that you will.",
        ),
        option(
            "psr-competitive",
            "Health: competitive process",
            "Where none of the others fits, or you want to compete.",
        ),
    )
