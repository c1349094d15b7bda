"""Conditions of health care services (the Provider Selection Regime, SI 2023/1348)."""

from __future__ import annotations

from workflows.journeys.conditions.registry import answered, chosen, condition, every, negated
from workflows.journeys.facts import Facts
from workflows.journeys.vocabulary import ANSWERS
from workflows.journeys.vocabulary.health import ABANDON, GO_BACK, GO_ON

answered("mixed_services", "if anything but health care is bought with it", "health care alone is bought")


@condition(
    "psr-does-not-fit",
    "unless every condition of this process is met",
    "every condition of this process is met",
    ANSWERS["psr_process_fits"],
)
def psr_does_not_fit(facts: Facts) -> bool | None:
    """Is a condition of the chosen process not met? Then another of the five has to be followed."""
    return negated(facts.answer("psr_process_fits"))


answered("psr_urgent", "if it has to be awarded urgently", "nothing has to be awarded urgently")


def urgent_award(facts: Facts) -> bool | None:
    """May it be awarded without the steps of a process? Only where nothing is left open."""
    return every(
        facts.answer("psr_urgent"),
        negated(facts.answer("psr_urgency_foreseeable")),
        negated(facts.answer("psr_urgency_own_making")),
        facts.answer("psr_urgency_risk"),
    )


@condition(
    "psr-urgent-award",
    "if it is awarded urgently",
    "the conditions of an urgent award are not met (SI 2023/1348, regulation 14: check with your legal team)",
    "whether all conditions of an urgent award are met",
)
def psr_urgent_award(facts: Facts) -> bool | None:
    """Urgent, not to be foreseen, not of our own making, and waiting would put people at risk: all four?"""
    return urgent_award(facts)


@condition(
    "psr-in-time",
    "unless it is awarded urgently",
    "it is awarded urgently, without the steps of a process (SI 2023/1348, regulation 14: check with your legal team)",
    "whether it has to be awarded urgently",
)
def psr_in_time(facts: Facts) -> bool | None:
    """The steps of the process apply unless every condition of an urgent award is known to be met."""
    return urgent_award(facts) is not True


answered(
    "psr_framework",
    "if a framework agreement is set up",
    "no framework agreement is set up (SI 2023/1348, regulation 16: check with your legal team)",
)


def represented(facts: Facts) -> bool | None:
    """Were representations made? One that has come stays; that none came is known only at the end."""
    return True if facts.answer("representations_early") else facts.answer("representations")


@condition(
    "representations",
    "if representations were made",
    "nobody made representations before the standstill ended (SI 2023/1348, regulation 12)",
    ANSWERS["representations"],
)
def psr_representations(facts: Facts) -> bool | None:
    """Did a provider make written representations in the standstill? They keep it open."""
    return represented(facts)


chosen(
    "psr-goes-on",
    "psr_further_decision",
    GO_ON,
    holds="if the further decision is to award as intended",
    fails="the further decision is not to award as intended (SI 2023/1348, regulation 12)",
)
chosen(
    "psr-goes-back",
    "psr_further_decision",
    GO_BACK,
    holds="if the further decision is to go back to an earlier step",
    fails="the further decision is not to go back to an earlier step",
)


def abandoned(facts: Facts) -> bool:
    """Has it been abandoned, by itself or as the further decision? Until somebody says so, it has not."""
    return facts.answer("psr_abandoned") is True or facts.choice("psr_further_decision") == ABANDON


@condition(
    "psr-not-abandoned",
    "unless the process is abandoned",
    "the process was abandoned: nothing is awarded in it (SI 2023/1348, regulation 15: check with your legal team)",
    ANSWERS["psr_abandoned"],
)
def psr_not_abandoned(facts: Facts) -> bool | None:
    """Goes on until somebody has recorded that the process is abandoned."""
    return not abandoned(facts)


@condition(
    "psr-contract",
    "unless the process is abandoned before there is a contract",
    "the process was abandoned, so there is no contract to manage (SI 2023/1348, regulation 15: check with your legal team)",
    ANSWERS["psr_abandoned"],
)
def psr_contract(facts: Facts) -> bool | None:
    """Is there a contract to manage, or may there be one? What was signed before others were given up stays."""
    return facts.day_of("contract-entered") is not None or not abandoned(facts)


@condition(
    "psr-abandoned",
    "if the process is abandoned",
    "the process was not abandoned (SI 2023/1348, regulation 15)",
    ANSWERS["psr_abandoned"],
)
def psr_abandoned(facts: Facts) -> bool | None:
    """Was it decided to award nothing, or was that the further decision on representations?"""
    return True if abandoned(facts) else facts.answer("psr_abandoned")


answered(
    "psr_change_notice_due",
    "if the change has to be published",
    "the change does not have to be published (SI 2023/1348, regulation 13: check with your legal team)",
)
