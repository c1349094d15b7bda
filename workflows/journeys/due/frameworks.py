"""Rules of frameworks, dynamic markets and buying together."""

from __future__ import annotations

import datetime as dt

from toolkit.law import notices
from toolkit.law.minimum_periods import TenderCircumstances, earliest_deadline, tendering_period
from toolkit.law.periods import months_after, moved
from toolkit.law.values import ASK_LEGAL, words
from workflows.journeys.conditions import standstill_due
from workflows.journeys.conditions.frameworks import parent_under_act
from workflows.journeys.due.registry import Due, Params, rule_named, waiting
from workflows.journeys.due.standing import CLEAR, SIGNATURE, SOURCE, signature_from, standstill_ends
from workflows.journeys.facts import Facts
from workflows.journeys.vocabulary.frameworks import PARTNERS

ACT = "Procurement Act 2023"
_DETAILS = f"{ACT}, sections 53(1) and 87(3)"
_FIND_OUT = "Find out first under which law the framework or market was set up: no date of the Act is worked out before."


@rule_named("told")
def told(facts: Facts, params: Params) -> Due:
    """No day can be worked out: what to go by instead."""
    return Due(
        None,
        str(params["words"]),
        str(params["source"]),
        caution=str(params.get("caution", "")),
        basis=str(params.get("basis", "law")),
    )


@rule_named("own-contract-details")
def own_contract_details(facts: Facts, params: Params) -> Due:
    """UK7 by the contract's own value: 30 days, 120 for light touch; below the threshold as soon as practicable."""
    if parent_under_act(facts) is not True:
        return Due(None, _FIND_OUT, _DETAILS)
    day = facts.day_of("contract-entered")
    if facts.above_threshold is False:
        since = "" if day is None else f" on {words(day)}"
        return Due(
            None,
            f"As soon as reasonably practicable after the signature of the contract{since}.",
            f"{ACT}, section 87(3)",
        )
    if day is None:
        return waiting(
            "contract-entered",
            f"{ACT}, section 53(1)",
            "Within 30 days, or 120 for light touch, beginning with the signature of the contract.",
        )
    return Due.of(notices.contract_details_due(day, light_touch=bool(facts.light_touch)))


@rule_named("market-tender-period")
def market_tender_period(facts: Facts, params: Params) -> Due:
    """The earliest lawful deadline for tenders of a dynamic market's members, from the day they were invited."""
    period = tendering_period(
        TenderCircumstances(
            light_touch=bool(facts.light_touch),
            agreed_with_all_preselected=facts.answer("members_agreed_period") is True,
            dynamic_market=True,
        )
    )
    if period.days is None:
        return Due(None, period.why, period.source)
    invited = facts.day_of("members-invited")
    if invited is None:
        return waiting(
            "members-invited", period.source, "At least 10 days from the invitation of the members."
        )
    earliest = earliest_deadline(invited, period)
    assert earliest is not None  # a period of days has an end
    return Due.of(earliest, not_before=True, about="Earliest deadline for tenders")


def _after_the_wait(facts: Facts, why: str) -> Due:
    ends = standstill_ends(facts, {})
    assert ends.day is not None  # the award notice is published
    return Due(
        moved(ends.day, 1),
        f"{why} The day after the standstill ends at midnight on {words(ends.day)}. {ends.rule}",
        ends.source,
        ends.confirmed,
        CLEAR,
        not_before=True,
        about=SIGNATURE,
    )


@rule_named("signature-under-parent")
def signature_under_parent(facts: Facts, params: Params) -> Due:
    """The first day to sign a call-off, or under a dynamic market: only a standstill that is promised has to be waited
    for, and whether one is has to be known. The law of the framework or market comes first."""
    if parent_under_act(facts) is not True:
        return Due(None, _FIND_OUT, SOURCE)
    return signature_from(facts, {**params, "only": "above"})


@rule_named("joint-signature")
def joint_signature(facts: Facts, params: Params) -> Due:
    """The first day on which a borough that joined may sign: after the standstill of the lead's award notice."""
    day = facts.day_of("award-notice")
    if day is None:
        return waiting("award-notice", SOURCE, "After the standstill that the lead’s award notice begins.")
    free = standstill_due(facts) is False and facts.answer("voluntary_standstill") is False
    if free and facts.day_of("standstill-stated") is None:
        return signature_from(facts, {})
    return _after_the_wait(facts, "Counted from the lead’s contract award notice.")


@rule_named("partners-final")
def partners_final(facts: Facts, params: Params) -> Due:
    """The latest day on which any named borough's decision can still be called in: the award waits for it."""
    source = "Each borough’s constitution, and the agreement between the boroughs"
    if facts.answer("partners_decided") is not True:
        return Due(
            None, "not every named borough has decided, or you have not said so", source, basis="practice"
        )
    names = [*(f"partner-{n}-final" for n in range(1, PARTNERS + 1)), "partner-others-final"]
    days = [day for name in names if (day := facts.day_of(name)) is not None]
    if not days:
        return Due(
            None, "the last day of call-in of the named boroughs is not recorded", source, basis="practice"
        )
    last = max(days)
    return Due(
        last,
        f"The latest of the named boroughs’ decisions can be called in until {words(last)}.",
        source,
        caution="Check each borough’s own rules on call-in",
        basis="practice",
    )


def _award_day(facts: Facts) -> dt.date | None:
    """The day from which an award is counted. The Act's word is award, not signature: the earlier day is the safer."""
    days = [day for event in ("award-decided", "contract-entered") if (day := facts.day_of(event)) is not None]  # fmt: skip
    return min(days, default=None)


_FROM_AWARD = f"Whether award means the decision or the signature is not settled: the earlier day is counted. {ASK_LEGAL}."


@rule_named("framework-last-day")
def framework_last_day(facts: Facts, params: Params) -> Due:
    """The last day on which a framework may still run: four years, unless light touch or reasons stand in the notice."""
    source = f"{ACT}, section 47"
    if facts.light_touch is True:
        return Due(None, "A light-touch framework has no longest term: its own end counts.", source)
    if facts.answer("framework_term_long"):
        return Due(
            None,
            "It runs for longer than four years, for the reasons in the tender notice: its own end counts.",
            source,
            caution=f"{ASK_LEGAL}: the nature of the supply has to need it.",
        )
    day = facts.day_of("contract-entered")
    if day is None:
        return waiting("contract-entered", source, "Four years at most, beginning with the framework.")
    return Due(
        moved(months_after(day, 48), -1),
        f"Four years at most, beginning with {words(day)}, the day it was entered into.",
        source,
        caution=f"If its term begins on another day, count from that one. {ASK_LEGAL}.",
    )


@rule_named("scheme-last-day")
def scheme_last_day(facts: Facts, params: Params) -> Due:
    """The last day of an open framework: eight years from its first award; four where a framework has one supplier."""
    source = f"{ACT}, section 49"
    day = _award_day(facts)
    single = facts.answer("single_supplier")
    years = 4 if single is not False else 8
    if day is None:
        return waiting(
            "award-decided",
            source,
            "Eight years after the first award at most; four for a framework with a single supplier.",
        )
    why = {
        True: "A framework with a single supplier ends within four years",
        None: "You have not said whether it takes a single supplier, so four years are counted",
        False: "The whole scheme ends within eight years",
    }[single]
    return Due(
        moved(months_after(day, 12 * years), -1),
        f"{why}, beginning with its first award on {words(day)}.",
        source,
        caution=_FROM_AWARD,
    )


@rule_named("reopening")
def reopening(facts: Facts, params: Params) -> Due:
    """The last day to reopen an open framework: once in its first three years, then once in each five."""
    source = f"{ACT}, section 49"
    first = _award_day(facts)
    if first is None:
        return waiting("award-decided", source, "At least once in the three years that begin with the first award.")  # fmt: skip
    reopened = facts.rounds.get("framework-reopened", ())
    if not reopened:
        return Due(
            moved(months_after(first, 36), -1),
            f"At least once in the three years that begin with the first award on {words(first)}.",
            source,
            caution=_FROM_AWARD,
            opens_on=first,
        )
    latest = reopened[-1]
    due, ends = moved(months_after(latest, 60), -1), moved(months_after(first, 96), -1)
    if due >= ends:
        return Due(
            None,
            f"The scheme ends by {words(ends)}, before five more years are over: no further reopening is due.",
            source,
            caution=_FROM_AWARD,
        )
    return Due(
        due,
        f"At least once in each five years; the last reopening was on {words(latest)}.",
        source,
        caution=_FROM_AWARD,
        opens_on=latest + dt.timedelta(1),
    )
