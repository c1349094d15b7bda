"""Rules of changes, extensions, ends and challenges of a contract that is there already.

A statutory date is worked out only once it is known which law the contract is under.
"""

from __future__ import annotations

from toolkit.law import notices
from toolkit.law.periods import beginning_with, moved
from toolkit.law.values import words
from workflows.journeys.conditions.contracts import under_the_act
from workflows.journeys.due.registry import Due, Params, rule_named, waiting
from workflows.journeys.facts import Facts
from workflows.journeys.vocabulary import EVENTS

_ASK = "No date is worked out before it is known which law the contract is under."


def _law_unknown(facts: Facts) -> bool:
    return not facts.regime or facts.regime == "unknown"


@rule_named("change-notice-by")
def change_notice_by(facts: Facts, params: Params) -> Due:
    """Before the change: its day, or until then the day that is planned."""
    source = "Procurement Act 2023, section 75"
    if _law_unknown(facts):
        return Due(None, _ASK, source)
    changed, planned = facts.day_of("contract-changed"), facts.day_of("change-planned")
    day, event = (changed, "contract-changed") if changed is not None else (planned, "change-planned")
    on = "" if day is None else f", {words(day)}"
    return Due(day, f"Before {EVENTS[event]}{on}.", source)


@rule_named("change-standstill")
def change_standstill(facts: Facts, params: Params) -> Due:
    """The standstill that a contract change notice promised: at least 8 working days, and any longer time it states."""
    source = "Procurement Act 2023, section 76"
    day, stated = facts.day_of("change-notice"), facts.day_of("change-standstill-stated")
    if day is None:
        return waiting("change-notice", source, "At least 8 working days beginning with the notice.")
    least = notices.standstill_end(day, added=facts.bank_holidays)
    if stated is not None and stated > least.day:
        return Due(stated, f"The notice states {words(stated)}, and what it states binds.", source)
    return Due(
        least.day, f"The notice promises a standstill. {least.rule}", source, least.confirmed, least.caution
    )


@rule_named("change-earliest")
def change_earliest(facts: Facts, params: Params) -> Due:
    """The first day on which the change may be made: after its notice, where one is due, and any standstill it promised."""
    source = "Procurement Act 2023, sections 75 and 76"
    day = facts.day_of("change-notice")
    if under_the_act(facts) is False:
        return Due(
            None,
            "No notice of the Act comes before it: it is made once your own decision stands, and after what its own law asks.",
            "The law that the contract is under",
            caution="Check with your legal team",
            not_before=True,
        )
    if facts.light_touch or facts.choice("contract_reach") == "below":
        return Due(
            None,
            "No contract change notice comes before it: it is made once your own decision stands.",
            "Procurement Act 2023, section 75",
            not_before=True,
        )
    if day is None:
        rule = "After the contract change notice, where one is due, and any standstill that it promises."
        return Due(None, rule, source, not_before=True)
    if facts.answer("change_standstill") is False:
        return Due(
            day,
            f"Once the notice is published on {words(day)}.",
            source,
            not_before=True,
            about="Earliest day",
        )
    ends = change_standstill(facts, params)
    assert ends.day is not None  # the day of the notice is known
    return Due(
        moved(ends.day, 1),
        f"The day after the standstill. {ends.rule}",
        source,
        ends.confirmed,
        ends.caution,
        not_before=True,
        about="Earliest day",
    )


@rule_named("option-notice")
def option_notice(facts: Facts, params: Params) -> Due:
    """The last day to give the supplier notice, as the contract has it."""
    day = facts.day_of("option-notice-by")
    if day is None:
        return waiting("option-notice-by", "The contract")
    return Due(day, f"The contract asks for notice by {words(day)}.", "The contract", basis="notice")


@rule_named("work-termination-notice")
def work_termination_notice(facts: Facts, params: Params) -> Due:
    """30 days beginning with the end of the contract."""
    source = "Procurement Act 2023, section 80"
    day = facts.day_of("contract-ended")
    if _law_unknown(facts):
        return Due(None, _ASK, source)
    if day is None:
        return waiting("contract-ended", source, "Within 30 days beginning with the end of the contract.")
    return Due.of(notices.termination_due(day))


@rule_named("claim-window")
def claim_window(facts: Facts, params: Params) -> Due:
    """The time for a claim: 30 days from when the supplier knew or ought to have known. A court may extend it."""
    source = "Procurement Act 2023, section 106"
    caution = "How the 30 days are counted, and whether a court may extend them, up to three months. Check with your legal team"
    if _law_unknown(facts):
        return Due(None, _ASK, source)
    if facts.regime != "pa23":
        return Due(None, "The earlier law, or the regime’s own, sets the time for a claim: ask your legal team.", "Your legal team")  # fmt: skip
    day = facts.day_of("challenger-knew")
    if day is None:
        return waiting("challenger-knew", source, "30 days from when the supplier knew or ought to have known.")  # fmt: skip
    last = moved(day, 30)
    return Due(last, f"30 days after {words(day)}, {EVENTS['challenger-knew']}; the later reading.", source, caution=caution)  # fmt: skip


@rule_named("review-unit")
def review_unit(facts: Facts, params: Params) -> Due:
    """30 days for telling the Procurement Review Unit of proceedings about an exclusion."""
    source = "Procurement Act 2023, section 59"
    if _law_unknown(facts):
        return Due(None, _ASK, source)
    day = facts.day_of("challenge-received")
    if day is None:
        return waiting("challenge-received", source, "Within 30 days.")
    counted = beginning_with(day, 30, source=source)
    return Due(counted.day, counted.rule, counted.source, caution="From which day it is counted. Check with your legal team")  # fmt: skip
