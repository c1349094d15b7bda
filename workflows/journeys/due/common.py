"""Rules that count from any day, and those of decisions and of the pipeline notice."""

from __future__ import annotations

from toolkit.law import notices
from toolkit.law.periods import beginning_with, moved
from toolkit.law.values import words
from workflows.journeys.due.registry import Due, Params, rule_named, waiting
from workflows.journeys.facts import Facts
from workflows.journeys.own_rules import GATES
from workflows.journeys.vocabulary import EVENTS


@rule_named("before")
def before(facts: Facts, params: Params) -> Due:
    """Before an event: its own day is the last one, once it is known."""
    event, source = str(params["event"]), str(params["source"])
    day, basis = facts.day_of(event), str(params.get("basis", "law"))
    on = "" if day is None else f" on {words(day)}"
    return Due(day, f"Before {EVENTS[event]}{on}.", source, basis=basis)


_MEETING_OF = {"waiver": "strategy-meeting"}
"""Gate → the event of the day that is planned for its decision, where another gate's step records it."""


@rule_named("before-gate")
def before_gate(facts: Facts, params: Params) -> Due:
    """Before a decision, while it can still change: the day it was taken, or until then the day that is planned for it."""
    gate = str(params["gate"])
    if gate not in GATES:
        raise KeyError(gate)
    decided = facts.day_of(f"{gate}-decided")
    day = decided or facts.day_of(_MEETING_OF.get(gate, f"{gate}-meeting"))
    on = "" if day is None else f"{', planned for' if decided is None else ' on'} {words(day)}"
    source = str(params.get("source", "Good practice: while the decision can still change"))
    return Due(day, f"Before {EVENTS[f'{gate}-decided']}{on}.", source, basis="practice")


@rule_named("within-days")
def within_days(facts: Facts, params: Params) -> Due:
    """Before the end of `days` days beginning with the event."""
    event, source, days = str(params["event"]), str(params["source"]), int(params["days"])
    day, caution = facts.day_of(event), str(params.get("caution", ""))
    if day is None:
        return waiting(event, source, f"{days} days beginning with {EVENTS[event]}.")
    counted = beginning_with(day, days, source=source)
    return Due(counted.day, counted.rule, counted.source, caution=caution)


@rule_named("asap")
def asap(facts: Facts, params: Params) -> Due:
    """As soon as reasonably practicable after an event."""
    event = str(params["event"])
    day = facts.day_of(event)
    on = "" if day is None else f" on {words(day)}"
    return Due(
        None,
        f"As soon as reasonably practicable after {EVENTS[event]}{on}.",
        str(params["source"]),
        caution=str(params.get("caution", "")),
    )


@rule_named("days-before")
def days_before(facts: Facts, params: Params) -> Due:
    """A number of calendar days before an event. What councils do, unless `basis` says otherwise."""
    event, source, days = str(params["event"]), str(params["source"]), int(params["days"])
    day, basis = facts.day_of(event), str(params.get("basis", "practice"))
    if day is None:
        return waiting(event, source, f"{days} days before {EVENTS[event]}.")
    return Due(
        moved(day, -days),
        f"{days} days before {EVENTS[event]}, {words(day)}.",
        source,
        caution=str(params.get("caution", "")),
        basis=basis,
    )


@rule_named("deadline")
def deadline(facts: Facts, params: Params) -> Due:
    """The deadline that was set, for tenders or for quotations."""
    day, source, what = facts.day_of("tender-deadline"), str(params["source"]), str(params["what"])
    if day is None:
        return Due(None, f"Worked out once the deadline for {what} is recorded.", source)
    return Due(day, f"The deadline for {what} that you set.", source)


@rule_named("key-decision-notice")
def key_decision_notice(facts: Facts, params: Params) -> Due:
    """28 clear days before a decision whose day is known."""
    event = str(params["event"])
    day = facts.day_of(event)
    if day is None:
        return waiting(event, "SI 2012/2089, regulation 9", "28 clear days before the decision.")
    return Due.of(notices.key_decision_notice_by(day))


@rule_named("private-notice")
def private_notice(facts: Facts, params: Params) -> Due:
    """28 clear days before a meeting of the executive of which part is private."""
    event = str(params["event"])
    day = facts.day_of(event)
    if day is None:
        return waiting(event, "SI 2012/2089, regulation 5", "28 clear days before the meeting.")
    return Due.of(notices.private_notice_by(day))


@rule_named("planned-notice-window")
def planned_notice_window(facts: Facts, params: Params) -> Due:
    """40 days to 12 months before the tender notice: its day, or until then the day that is planned."""
    day = facts.day_of("tender-notice") or facts.day_of("tender-notice-planned")
    if day is None:
        return waiting(
            "tender-notice-planned",
            "Procurement Act 2023, sections 15 and 54",
            "From 12 months to 40 days before the tender notice, if it is to shorten the tender period.",
        )
    return Due.of(notices.planned_notice_days(day)[1])


@rule_named("papers")
def papers(facts: Facts, params: Params) -> Due:
    """5 clear days before a meeting. A rule of law for executive arrangements; elsewhere the constitution's."""
    event = str(params["event"])
    executive = facts.decision_model == "executive"
    source = "SI 2012/2089, regulations 5 to 7" if executive else "Your organisation’s constitution"
    day = facts.day_of(event)
    if day is None:
        return waiting(event, source, "5 clear days before the meeting.")
    date = notices.papers_by(day, added=facts.bank_holidays, closed=facts.closed_days)
    if executive:
        return Due.of(date)
    return Due(date.day, date.rule, source, date.confirmed, "Check with your legal team", basis="practice")


@rule_named("pipeline-window")
def pipeline_window(facts: Facts, params: Params) -> Due:
    """The next pipeline notice that is due from the day the procurement commenced."""
    source = "Procurement Act 2023, section 93"
    if facts.commenced_on is None:
        return Due(None, "Between 1 April and 26 May.", source)
    begins, last = notices.next_pipeline_window(facts.commenced_on)
    horizon = words(notices.pipeline_horizon(begins))
    return Due(
        last.day,
        f"The next pipeline notice is published from {words(begins)}. {last.rule} It lists what is to be announced by {horizon}.",
        source,
        caution="Nothing is due for this procurement if its tender or transparency notice comes before that.",
    )
