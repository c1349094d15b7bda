"""Named due rules: by when a task must be done, or before which day it can't be, with the rule and its source."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from toolkit.law import notices
from toolkit.law.minimum_periods import TenderCircumstances, earliest_deadline, tendering_period
from toolkit.law.periods import beginning_with, moved
from toolkit.law.values import LegalDate, words
from workflows.journeys.definitions import DueRule
from workflows.journeys.facts import EVENTS, Facts


@dataclass(frozen=True, slots=True)
class Due:
    """When. `day` None: not known yet, and `rule` says what it hangs on. `not_before`: an earliest day, not a last one.

    `basis`: `law` for a rule of law, `practice` for what councils do, `plan` for the toolkit's own planning aid,
    `contract` for a date that hangs on a contract's own terms.
    """

    day: dt.date | None
    rule: str
    source: str
    confirmed: bool = True
    caution: str = ""
    not_before: bool = False
    basis: str = "law"

    @property
    def lead(self) -> str:
        """The words that stand before the day."""
        return {
            "law": "By law by",
            "practice": "By local practice by",
            "plan": "In your plan by",
            "contract": "Last day to start:",
        }[self.basis]

    @classmethod
    def of(cls, date: LegalDate, *, not_before: bool = False) -> Due:
        return cls(date.day, date.rule, date.source, date.confirmed, date.caution, not_before)


Params = Mapping[str, str | int]
Rule = Callable[[Facts, Params], Due]
RULES: dict[str, Rule] = {}


def _rule(name: str) -> Callable[[Rule], Rule]:
    def register(rule: Rule) -> Rule:
        RULES[name] = rule
        return rule

    return register


def _waiting(event: str, source: str, rule: str = "") -> Due:
    return Due(None, f"{rule} Worked out once {EVENTS[event]} is recorded.".strip(), source)


def due_of(rule: DueRule, facts: Facts) -> Due:
    """What the rule gives for these facts. Raises KeyError for an unknown rule or event."""
    return RULES[rule.rule](facts, dict(rule.params))


@_rule("before")
def before(facts: Facts, params: Params) -> Due:
    """Before an event whose day nobody can know beforehand."""
    event = str(params["event"])
    return Due(None, f"Before {EVENTS[event]}.", str(params["source"]))


@_rule("within-days")
def within_days(facts: Facts, params: Params) -> Due:
    """Before the end of `days` days beginning with the event; `light_touch_days` where it is light touch."""
    event, source = str(params["event"]), str(params["source"])
    days = (
        int(params["light_touch_days"])
        if facts.light_touch and "light_touch_days" in params
        else int(params["days"])
    )
    day = facts.day_of(event)
    if day is None:
        return _waiting(event, source, f"Within {days} days beginning with {EVENTS[event]}.")
    return Due.of(beginning_with(day, days, source=source))


@_rule("standstill")
def standstill(facts: Facts, params: Params) -> Due:
    """The last day of the standstill that the contract award notice began."""
    day = facts.day_of("award-notice")
    if day is None:
        return _waiting(
            "award-notice", "Procurement Act 2023, section 51", "8 working days beginning with the notice."
        )
    return Due.of(notices.standstill_end(day))


@_rule("tender-period")
def tender_period(facts: Facts, params: Params) -> Due:
    """The earliest lawful tender deadline. Shorter only with a qualifying planned procurement notice."""
    published, planned = facts.day_of("tender-notice"), facts.day_of("planned-notice")
    if published is None:
        return _waiting("tender-notice", "Procurement Act 2023, section 54")
    qualifying = False
    if planned is not None:
        first, last = notices.planned_notice_window(planned)
        qualifying = first.day <= published <= last.day
    period = tendering_period(
        TenderCircumstances(light_touch=bool(facts.light_touch), qualifying_planned_notice=qualifying)
    )
    earliest = earliest_deadline(published, period)
    if earliest is None:
        return Due(None, period.why, period.source)
    return Due.of(earliest, not_before=True)


@_rule("deadline")
def deadline(facts: Facts, params: Params) -> Due:
    """The tender deadline that was set."""
    day = facts.day_of("tender-deadline")
    if day is None:
        return _waiting("tender-deadline", "Procurement Act 2023, section 54")
    return Due(day, f"The deadline for tenders is {words(day)}.", "The tender notice")


@_rule("key-decision-notice")
def key_decision_notice(facts: Facts, params: Params) -> Due:
    """28 clear days before the meeting, where its day is known."""
    event = str(params["event"])
    day = facts.day_of(event)
    if day is None:
        return _waiting(event, "SI 2012/2089, regulation 9", "28 clear days before the decision.")
    return Due.of(notices.key_decision_notice_by(day))


@_rule("yearly")
def yearly(facts: Facts, params: Params) -> Due:
    """At least once in each 12 months of the contract."""
    day = facts.day_of("contract-entered")
    if day is None:
        return _waiting("contract-entered", "Procurement Act 2023, section 71(2)")
    return Due.of(notices.performance_due(day))


@_rule("asap")
def asap(facts: Facts, params: Params) -> Due:
    """As soon as reasonably practicable after an event."""
    event = str(params["event"])
    return Due(None, f"As soon as reasonably practicable after {EVENTS[event]}.", str(params["source"]))


@_rule("days-before")
def days_before(facts: Facts, params: Params) -> Due:
    """A number of calendar days before an event, as councils commonly do; no law says so."""
    event, source, days = str(params["event"]), str(params["source"]), int(params["days"])
    day = facts.day_of(event)
    if day is None:
        return _waiting(event, source, f"{days} days before {EVENTS[event]}.")
    return Due(
        moved(day, -days),
        f"{days} days before {EVENTS[event]}, {words(day)}.",
        source,
        caution=str(params.get("caution", "")),
        basis="practice",
    )


def aim_for(days_before_need: int, needed_on: dt.date | None) -> Due | None:
    """The planning aid: so many calendar days before the day of need."""
    if needed_on is None:
        return None
    try:
        day = needed_on - dt.timedelta(days_before_need)
    except OverflowError:
        return None
    return Due(
        day,
        f"A plan, not law: done about {days_before_need} days before it is needed on {words(needed_on)}.",
        "The toolkit’s planning allowance for this stage",
        basis="plan",
    )
