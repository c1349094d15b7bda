"""Conditions of frameworks, dynamic markets and buying together."""

from __future__ import annotations

from toolkit.law.thresholds import CONTRACT_COPY, NOTIFIABLE
from workflows.journeys.conditions.registry import (
    answered,
    chosen,
    condition,
    every,
    negated,
    over,
    some,
)
from workflows.journeys.facts import Facts
from workflows.journeys.vocabulary import ANSWERS, CHOICES
from workflows.journeys.vocabulary.frameworks import ACT, COMPETITION, SEPARATE, SOLE, TERMS

_LAW_OF_PARENT = "it was set up under the earlier law, which every contract under it keeps, so no notice of the Act is due (SI 2024/716, regulation 5): start the route for a framework made under the earlier law"
_NOT_COVERED = "it does not cover you or what you need: a contract outside it would be a direct award that needs a ground of its own (Procurement Act 2023, sections 41 and 45)"
_NOT_NAMED = "the tender notice does not name your organisation, and joining closed when it was published: a buyer who comes later needs an award of its own, or a ground of Schedule 8"

answered("parent_covers", "if the framework or market covers you and what you need", _NOT_COVERED)
answered(
    "framework_term_long",
    "if the framework is to run for more than four years",
    "it runs for four years or less (section 47)",
)
answered("admission_refused", "if a supplier was refused or removed on an exclusion ground", "nobody was refused or removed on an exclusion ground (section 59)")  # fmt: skip
answered("market_changed", "if the dynamic market changes", "the dynamic market has not changed (section 39(4))")  # fmt: skip
answered("named_in_notice", "if the tender notice names your organisation", _NOT_NAMED)

chosen(
    "further-competition",
    "call_off_way",
    COMPETITION,
    holds="if the framework’s suppliers compete for it",
    fails="the framework lets you choose without a further competition (section 45(3) and (4))",
)
chosen(
    "no-further-competition",
    "call_off_way",
    SOLE,
    TERMS,
    holds="if the framework lets you choose without a further competition",
    fails="the framework’s suppliers compete for it (section 45)",
)
chosen(
    "old-competition",
    "old_call_off_way",
    COMPETITION,
    holds="if the old framework’s suppliers compete for it",
    fails="the old framework sets all terms, and you order by them without a further competition",
)


@condition(
    "parent-under-act",
    "if the framework or market was set up under the Procurement Act 2023",
    _LAW_OF_PARENT,
    CHOICES["parent_law"].unknown,
)
def parent_under_act(facts: Facts) -> bool | None:
    """A call-off keeps the law of its framework. Routes that start from no framework or market are under the Act."""
    law = facts.choice("parent_law")
    return None if law is None else law in (ACT, "")


@condition(
    "own-value-above",
    "if its own value reaches the threshold",
    "its own value is below the threshold, so it is no public contract (sections 3 and 84)",
    "the value",
)
def own_value_above(facts: Facts) -> bool | None:
    """The call-off’s own value decides, not the framework’s. A value nobody knows counts as above (Schedule 3)."""
    return facts.above_threshold


@condition(
    "own-details-due",
    "if its own value reaches the threshold, or £30,000 including VAT and it is no concession",
    "its own value is below £30,000 including VAT, or it is a concession below the threshold (sections 53, 84 and 87)",
    "the value, or whether it is a concession",
)
def own_details_due(facts: Facts) -> bool | None:
    """A contract details notice (UK7) for the contract itself: above the threshold, or notifiable below it."""
    return some(facts.above_threshold, every(over(NOTIFIABLE)(facts), negated(facts.concession)))


@condition(
    "four-years-at-most",
    "unless it is light touch",
    "the limit of four years is not for light-touch frameworks (section 47)",
    "whether it is light touch",
)
def four_years_at_most(facts: Facts) -> bool | None:
    """A framework runs for four years at most, unless what it supplies needs longer. Light touch has no such limit."""
    return negated(facts.light_touch)


@condition(
    "own-over-5m",
    "if your own contract is over £5 million",
    "your own contract is not over £5 million (section 53(3))",
    ANSWERS["own_contract_over_5m"],
)
def own_over_5m(facts: Facts) -> bool | None:
    """In a joint procurement each borough tests its own contract. One of £5 million in all has no larger part."""
    said = facts.answer("own_contract_over_5m")
    if said is not None:
        return said
    return False if over(CONTRACT_COPY)(facts) is False else None


@condition(
    "own-kpis",
    "if your own contract is over £5 million and it is neither light touch nor a concession",
    "indicators are set only where your own contract is over £5 million, and not for light touch or concessions (section 52)",
    "the value of your own contract, or which special rules apply",
)
def own_kpis(facts: Facts) -> bool | None:
    """At least three indicators, by the value of your own contract."""
    return every(own_over_5m(facts), negated(facts.light_touch), negated(facts.concession))


chosen(
    "signs-own-contract",
    "joint_contracts",
    SEPARATE,
    holds="if each borough signs a contract of its own",
    fails="the lead signs one contract for all, so the notices of that contract (sections 53, 71, 75 and 80) are the lead’s: check with your legal team",
)


def _signed_or(facts: Facts, may: bool | None) -> bool | None:
    """A contract that was signed, rightly or wrongly, is managed and keeps its notices."""
    return True if facts.day_of("contract-entered") is not None else may


@condition(
    "call-off-stands",
    "if the framework or market covers you and what you need, under the Procurement Act 2023",
    "nothing is signed here: the framework or market does not cover it (Procurement Act 2023, sections 41 and 45), or is of the earlier law (SI 2024/716, regulation 5)",
    "whether the framework or market covers you and what you need, or under which law it was set up",
)
def call_off_stands(facts: Facts) -> bool | None:
    """What follows the signature. It falls away only where nothing can be signed on this route and nothing was."""
    return _signed_or(facts, every(parent_under_act(facts), facts.answer("parent_covers")))


@condition(
    "old-order-stands",
    "if the old framework covers you and what you need",
    _NOT_COVERED,
    ANSWERS["parent_covers"],
)
def old_order_stands(facts: Facts) -> bool | None:
    """What follows the signature of an order under the earlier law."""
    return _signed_or(facts, facts.answer("parent_covers"))


@condition(
    "joined-stands",
    "if the tender notice names your organisation, or a contract is signed",
    _NOT_NAMED,
    ANSWERS["named_in_notice"],
)
def joined_stands(facts: Facts) -> bool | None:
    """What a borough that joined does after the tender notice. A contract that was signed is managed all the same."""
    return _signed_or(facts, facts.answer("named_in_notice"))
