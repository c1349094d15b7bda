"""Rules of the rounds of a competition, and of what a direct award may repeat."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from toolkit.law.minimum_periods import (
    MinimumPeriod,
    earliest_deadline,
    participation_period,
    tendering_period,
)
from toolkit.law.periods import months_after, moved
from toolkit.law.values import words
from workflows.journeys.due.common import before
from workflows.journeys.due.competing import circumstances, tender_period
from workflows.journeys.due.registry import Due, Params, rule_named, waiting
from workflows.journeys.facts import Facts
from workflows.journeys.vocabulary import EVENTS

REQUESTS = "Earliest deadline for requests to take part"
TENDERS = "Earliest deadline for tenders"


@rule_named("deadline-set")
def deadline_set(facts: Facts, params: Params) -> Due:
    """A deadline that the team itself set, for `what`."""
    event, source, what = str(params["event"]), str(params["source"]), str(params["what"])
    day = facts.day_of(event)
    if day is None:
        return Due(None, f"Worked out once the deadline for {what} is recorded.", source)
    return Due(day, f"The deadline for {what} that you set.", source)


def _earliest(day: dt.date, period: MinimumPeriod, about: str, caution: str = "") -> Due:
    earliest = earliest_deadline(day, period)
    if earliest is None:
        return Due(None, period.why, period.source)
    return Due(
        earliest.day,
        earliest.rule,
        earliest.source,
        earliest.confirmed,
        caution or earliest.caution,
        not_before=True,
        about=about,
    )


@rule_named("first-deadline")
def first_deadline(facts: Facts, params: Params) -> Due:
    """The earliest lawful first deadline of a competitive flexible procedure: for requests to take part, or for tenders."""
    stage = facts.choice("first_stage")
    if stage == "tenders":
        return tender_period(facts, params)
    period = participation_period(
        light_touch=bool(facts.light_touch), urgent=bool(facts.answer("urgent_participation"))
    )
    if period.days is None:
        return Due(None, period.why, period.source)
    published = facts.day_of("tender-notice")
    if published is None:
        rule = "At least 25 days from the notice to the deadline for requests to take part, 10 in a state of urgency."
        return waiting("tender-notice", period.source, rule)
    return _earliest(published, period, REQUESTS)


def _invited(facts: Facts) -> MinimumPeriod:
    only = facts.answer("only_preselected") is True
    return tendering_period(
        replace(
            circumstances(facts, facts.day_of("tender-notice")),
            only_preselected=only,
            agreed_with_all_preselected=only and facts.answer("period_agreed") is True,
        )
    )


@rule_named("invited-tenders")
def invited_tenders(facts: Facts, params: Params) -> Due:
    """The earliest lawful deadline for tenders that suppliers were invited to send: counted from the invitation. `event`:
    which invitation. For a later round it is not stated that the minimum begins again: the safer day is shown."""
    event = str(params.get("event", "tender-invitation"))
    invited = facts.day_of(event)
    period = _invited(facts)
    if period.days is None:
        return Due(None, period.why, period.source)
    if invited is None:
        rule = (
            "At least 10 days from the invitation where only pre-selected suppliers may tender, in a state of urgency or "
            "after a planned procurement notice; none where all who are pre-selected agreed; else 25, 30 or 35."
        )
        return waiting(event, period.source, rule)
    later = event != "tender-invitation"
    caution = "Whether the minimum of section 54 applies to a later round: check with your legal team"
    return _earliest(invited, period, TENDERS, caution if later else "")


@rule_named("before-final-tenders")
def before_final_tenders(facts: Facts, params: Params) -> Due:
    """Before final tenders are invited: the last round of those that the design has."""
    rounds = facts.choice("rounds")
    source = str(params["source"])
    if rounds is None:
        return Due(
            None, "Before final tenders are invited. Worked out once the number of rounds is said.", source
        )
    final = {"three": "third-invitation", "two": "second-invitation"}.get(rounds, "tender-invitation")
    day = facts.day_of(final)
    on = "" if day is None else f", {words(day)}"
    return Due(day, f"Before final tenders are invited: {EVENTS[final]}{on}.", source)


REPEAT = "Procurement Act 2023, section 44 and Schedule 5, paragraph 8"


@rule_named("transparency")
def transparency(facts: Facts, params: Params) -> Due:
    """Before the award; and for a repeat of what was competed, within five years of the original award."""
    original = facts.day_of("original-award")
    if facts.choice("ground") != "repeat":
        return before(facts, {"event": "award-notice", "source": "Procurement Act 2023, section 44"})
    if original is None:
        return waiting(
            "original-award",
            REPEAT,
            f"Before {EVENTS['award-notice']}, and within five years of the award of the original contract.",
        )
    last = moved(months_after(original, 60), -1)
    return Due(
        last,
        f"Within the five years that end with the notice: the original contract was awarded on {words(original)}.",
        REPEAT,
        caution="Which day counts as the award of the original contract: check with your legal team",
    )
