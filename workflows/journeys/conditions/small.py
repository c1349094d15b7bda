"""Conditions of what is bought below the threshold, and of the smaller things around it."""

from __future__ import annotations

from toolkit.law.thresholds import NOTIFIABLE, WORKS_SELECTION, works_selection_for
from workflows.journeys.conditions.registry import answered, chosen, condition, every, negated, over, some
from workflows.journeys.facts import Facts

_OVER = "whether it is above the threshold"


@condition(
    "reaches-threshold",
    "if the value reaches the threshold",
    "the value is below the threshold (Procurement Act 2023, section 3 and Schedule 1)",
    _OVER,
)
def reaches_threshold(facts: Facts) -> bool | None:
    """Is the value, with VAT and every option, at or above the threshold? Below it Part 6 of the Act applies alone."""
    return facts.above_threshold


@condition(
    "under-threshold",
    "if the value is below the threshold",
    "the value is at or above the threshold: the Act asks for a competition or a ground of Schedule 5 (sections 19 and 41)",
    _OVER,
)
def under_threshold(facts: Facts) -> bool | None:
    """Is the value, with VAT and every option, below the threshold?"""
    return negated(facts.above_threshold)


@condition(
    "small-contract",
    "once there is a contract below the threshold",
    "the value reaches the threshold, so nothing is signed on this route (sections 19 and 41)",
    _OVER,
)
def small_contract(facts: Facts) -> bool | None:
    """Is there a contract to manage, or may there be one? What was signed stays, whatever its value is now."""
    return _signed_or(facts, negated(facts.above_threshold))


def _signed_or(facts: Facts, may_be: bool | None) -> bool | None:
    return True if facts.day_of("contract-entered") is not None else may_be


@condition(
    "works-selection",
    "for works of £207,720 or more including VAT",
    "only works from the value that section 85(3) names may have a selection stage",
    "the value, or what kind of thing it is",
)
def works_selection(facts: Facts) -> bool | None:
    """May a selection stage restrict who tenders, below the threshold? Only for works from the figure of section 85(3)."""
    trigger = WORKS_SELECTION if facts.commenced_on is None else works_selection_for(facts.commenced_on)
    return every(None if not facts.kind else facts.kind == "works", over(trigger)(facts))


@condition("small-works", "if it is works", "it is no works", "what kind of thing it is")
def small_works(facts: Facts) -> bool | None:
    """Is it building or engineering work? Its safety duties apply at any value."""
    return None if not facts.kind else facts.kind == "works"


answered(
    "selection_stage",
    "if there is a selection stage",
    "there is no selection stage: everybody may tender (section 85)",
)


@condition(
    "rules-advertise",
    "if you advertise, or your organisation’s own rules ask for it",
    "named suppliers are invited, and your organisation’s own rules ask for no advertisement at this value",
    "whether you will advertise openly",
)
def rules_advertise(facts: Facts) -> bool | None:
    """Must it be advertised openly? The officer said so, or the organisation's own band of quotations asks for it."""
    band = facts.own.band_for(facts.value)
    return True if band is not None and band.advertise else facts.answer("open_advert")


@condition(
    "rules-endorse-award",
    "if your organisation’s own rules ask for it",
    "your organisation’s own rules ask for no endorsement of the award here",
    "what your organisation’s own rules ask for",
)
def rules_endorse_award(facts: Facts) -> bool | None:
    """Do the organisation's own rules ask for an endorsement of the award at this value?"""
    approval = facts.own.approval_for("award", facts.value, facts.category, facts.kind)
    return approval is not None and bool(approval.endorsements)


chosen(
    "reserved-by-place",
    "reserved_area",
    "uk",
    "area",
    "area-and-neighbours",
    holds="if it is reserved to suppliers of a place",
    fails="it is not reserved by place",
)
chosen(
    "reserved-by-kind",
    "reserved_kind",
    "small",
    "voluntary",
    "both",
    holds="if it is reserved to small or voluntary suppliers",
    fails="it is not reserved to small or voluntary suppliers",
)


@condition(
    "nothing-reserved",
    "if it is reserved neither by place nor by kind",
    "it is reserved to a place or a kind of supplier (regulation 24(2) of the Procurement Regulations 2024)",
    "whether the competition is reserved",
)
def nothing_reserved(facts: Facts) -> bool | None:
    """Is the competition reserved in no way at all? Then this route is the wrong one."""
    area, kind = facts.choice("reserved_area"), facts.choice("reserved_kind")
    return every(*(None if each is None else each == "no" for each in (area, kind)))


def _covered(facts: Facts) -> bool | None:
    return every(*(facts.answer(name) for name in ("in_scope", "in_value", "in_term", "named_user")))


@condition(
    "covered",
    "if the contract covers it",
    "the contract does not cover it, so ordering under it would be a new award (Procurement Act 2023, section 74)",
    "whether scope, value, term and users of the contract cover it",
)
def covered(facts: Facts) -> bool | None:
    """Is the need within the scope, the value and the term of the contract, and may this service use it? All four."""
    return _covered(facts)


@condition(
    "not-covered",
    "if the contract does not cover it",
    "scope, value, term and users of the contract cover it",
    "whether scope, value, term and users of the contract cover it",
)
def not_covered(facts: Facts) -> bool | None:
    """Does one of the four fail: scope, value, term, users? Then it is a change of the contract, or another route."""
    return negated(_covered(facts))


answered("existing_is_framework", "if it is a framework", "it is a contract and no framework")

chosen(
    "waiver-urgent",
    "waiver_reason",
    "urgent",
    holds="if urgency is the reason",
    fails="urgency is not the reason for the waiver",
)
chosen(
    "own-arrangement",
    "placement_basis",
    "own-arrangement",
    holds="if the place is ordered under a block contract",
    fails="no place is ordered under a block contract",
)
chosen(
    "own-framework",
    "placement_basis",
    "own-framework",
    holds="if it is a call-off",
    fails="it is no call-off from a framework or dynamic market",
)
chosen(
    "person-chose",
    "placement_basis",
    "user-choice",
    holds="if the person’s own choice decides",
    fails="the choice of supplier is not the person’s own",
)
chosen(
    "offers-compared",
    "placement_basis",
    "compared",
    holds="if you compare offers and choose",
    fails="the council does not choose among offers here",
)
answered("placed_out_of_hours", "if the person was placed out of hours", "nobody was placed out of hours")
answered("health_care", "if health care is part of it", "no health care is part of it")


@condition(
    "no-lawful-spot",
    "if it reaches the threshold and nobody but the council chose",
    "it is below the threshold, or it is an order or call-off under what you have, or the person’s choice (Procurement Act 2023, Schedule 5, paragraphs 15 to 17)",
    "the value, or on what basis the placement is bought",
)
def no_lawful_spot(facts: Facts) -> bool | None:
    """At or above the threshold, may the council choose a provider without competition? Only where the person chooses."""
    basis = facts.choice("placement_basis")
    return every(facts.above_threshold, None if basis is None else basis == "compared")


@condition(
    "lawful-spot",
    "unless it reaches the threshold and nobody but the council chose",
    "it reaches the threshold and nobody but the council chose: a competition or another ground is needed (Procurement Act 2023, sections 19 and 41)",
    "the value, or on what basis the placement is bought",
)
def lawful_spot(facts: Facts) -> bool | None:
    """May the placement be signed on this route? Not where the council alone chose at or above the threshold."""
    return negated(no_lawful_spot(facts))


@condition(
    "spot-contract",
    "once the placement may be signed",
    "the council alone chose, at or above the threshold: nothing is signed on this route (sections 19 and 41)",
    "the value, or on what basis the placement is bought",
)
def spot_contract(facts: Facts) -> bool | None:
    """Is there a placement to manage, or may there be one? What was signed stays, whatever is answered afterwards."""
    return _signed_or(facts, lawful_spot(facts))


@condition(
    "spot-details-notice",
    "from £30,000, unless it is user choice at or above the threshold",
    "no contract details notice is due: it is below £30,000, a concession, an order under a block contract, or user choice at or above the threshold (sections 53 and 87)",
    "the value, or on what basis the placement is bought",
)
def spot_details_notice(facts: Facts) -> bool | None:
    """Below the threshold from £30,000; at or above it not for user choice. An order under a block contract awards nothing."""
    basis = facts.choice("placement_basis")
    chose = None if basis is None else basis == "user-choice"
    own = None if basis is None else basis == "own-arrangement"
    spared = some(own, every(chose, facts.above_threshold))
    return every(negated(spared), _notifiable(facts))


def _notifiable(facts: Facts) -> bool | None:
    return every(over(NOTIFIABLE)(facts), negated(facts.concession))


chosen(
    "is-contract",
    "grant_or_contract",
    "contract",
    holds="if it is a contract after all",
    fails="by its substance it is a grant",
)
chosen(
    "is-grant",
    "grant_or_contract",
    "grant",
    holds="if it is a grant",
    fails="by its substance it is a contract (Procurement Act 2023, section 3)",
)
answered("is_subsidy", "if it is a subsidy", "it is no subsidy (Subsidy Control Act 2022)")

answered(
    "brought_in_house",
    "if the service comes in-house",
    "the service does not come in-house, so no contract ends by it (section 80)",
)


@condition(
    "not-in-house",
    "if the service does not come in-house",
    "the service comes in-house",
    "whether the service comes in-house",
)
def not_in_house(facts: Facts) -> bool | None:
    """Was it decided not to bring the service in-house?"""
    return negated(facts.answer("brought_in_house"))


chosen(
    "ending-under-the-act",
    "ending_law",
    "act",
    holds="if the ending contract is a public contract under the Act",
    fails="the ending contract is not a public contract under the Act, so its end is not published (section 80)",
)
answered(
    "ending_has_indicators",
    "if indicators were set",
    "the ending contract has no key performance indicators (section 71)",
)
