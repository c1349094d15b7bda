"""Named due rules: by when a task must be done, or before which day it can't be, with the rule and its source.

Published routes use these names: a rule whose meaning changes gets a new name.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from toolkit.law import notices
from toolkit.law.minimum_periods import TenderCircumstances, earliest_deadline, tendering_period
from toolkit.law.periods import beginning_with, months_after, moved
from toolkit.law.values import LegalDate, NotCountable, words
from workflows.journeys.conditions import not_user_choice, standstill_mandatory
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
    about: str = ""
    """What the day is, where “by” or “not before” would not say it."""
    opens_on: dt.date | None = None
    """The first day of the round that `day` ends, for a task that is done again and again."""

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
    def of(
        cls, date: LegalDate, *, not_before: bool = False, about: str = "", opens_on: dt.date | None = None
    ) -> Due:
        return cls(
            date.day,
            date.rule,
            date.source,
            date.confirmed,
            date.caution,
            not_before,
            about=about,
            opens_on=opens_on,
        )


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
    """Before an event: its own day is the last one, once it is known."""
    event, source = str(params["event"]), str(params["source"])
    day, basis = facts.day_of(event), str(params.get("basis", "law"))
    on = "" if day is None else f" on {words(day)}"
    return Due(day, f"Before {EVENTS[event]}{on}.", source, basis=basis)


@_rule("within-days")
def within_days(facts: Facts, params: Params) -> Due:
    """Before the end of `days` days beginning with the event."""
    event, source, days = str(params["event"]), str(params["source"]), int(params["days"])
    day, caution = facts.day_of(event), str(params.get("caution", ""))
    if day is None:
        return _waiting(event, source, f"{days} days beginning with {EVENTS[event]}.")
    counted = beginning_with(day, days, source=source)
    return Due(counted.day, counted.rule, counted.source, caution=caution)


_AFTER: Mapping[str, tuple[str, str, str, Callable[[dt.date, Facts], LegalDate]]] = {
    "contract-details": ("contract-entered", "Within 30 days, or 120 for light touch, beginning with the signature of the contract.", "Procurement Act 2023, section 53(1)", lambda day, facts: notices.contract_details_due(day, light_touch=bool(facts.light_touch))),
    "contract-copy": ("contract-entered", "Within 90 days, or 180 for light touch, beginning with the signature of the contract.", "Procurement Act 2023, section 53(3)", lambda day, facts: notices.contract_copy_due(day, light_touch=bool(facts.light_touch))),
    "register": ("contract-entered", "Within a month of the end of the quarter in which it is signed.", "Local Government Transparency Code 2015", lambda day, _: notices.register_due(day)),
    "exclusion-notification": ("supplier-excluded", "Within 30 days beginning with the exclusion.", "Procurement Act 2023, section 59", lambda day, _: notices.exclusion_notification_due(day)),
    "breach-notice": ("breach-known", "Within 30 days beginning with the day on which the duty first applies.", "Procurement Act 2023, section 71(5)", lambda day, _: notices.breach_notice_due(day)),
    "modified-contract-copy": ("contract-changed", "Within 90 days beginning with the change.", "Procurement Act 2023, section 77", lambda day, _: notices.modified_contract_copy_due(day)),
    "termination-notice": ("contract-ended", "Within 30 days beginning with the end of the contract.", "Procurement Act 2023, section 80", lambda day, _: notices.termination_due(day)),
}  # fmt: skip
"""Rule → the event it is counted from, the rule in words before that day is known, its source, and the count."""


def _counted_after(name: str) -> None:
    event, rule, source, count = _AFTER[name]

    @_rule(name)
    def counted(facts: Facts, params: Params) -> Due:
        day = facts.day_of(event)
        return _waiting(event, source, rule) if day is None else Due.of(count(day, facts))


for _name in _AFTER:
    _counted_after(_name)


@_rule("standstill")
def standstill(facts: Facts, params: Params) -> Due:
    """The last day of the standstill that the contract award notice began, mandatory or promised."""
    day = facts.day_of("award-notice")
    if day is None:
        return _waiting(
            "award-notice", "Procurement Act 2023, section 51", "8 working days beginning with the notice."
        )
    return Due.of(notices.standstill_end(day, added=facts.bank_holidays))


SIGNATURE = "Earliest day to sign"


@_rule("earliest-signature")
def earliest_signature(facts: Facts, params: Params) -> Due:
    """The first day on which the contract may be entered into (sections 50 and 51). Unknown facts shorten nothing."""
    if not_user_choice(facts) is False:
        return Due(
            None,
            "User choice asks for no contract award notice and no standstill.",
            "Procurement Act 2023, sections 50 and 51",
        )
    day = facts.day_of("award-notice")
    waits = standstill_mandatory(facts) is not False
    if day is None:
        rule = "The day after the standstill ends." if waits else "After the contract award notice."
        return _waiting("award-notice", "Procurement Act 2023, sections 50 and 51", rule)
    if waits:
        return Due.of(
            notices.earliest_signature(day, added=facts.bank_holidays), not_before=True, about=SIGNATURE
        )
    if facts.answer("voluntary_standstill"):
        promised = notices.earliest_signature(day, added=facts.bank_holidays)
        return Due(
            promised.day,
            f"The notice promises a standstill, and the promise binds. {promised.rule}",
            "Procurement Act 2023, section 51(4)",
            promised.confirmed,
            promised.caution,
            not_before=True,
            about=SIGNATURE,
        )
    return Due(
        day,
        f"No standstill is mandatory here, so it may be signed on {words(day)}, once the contract award notice is published.",
        "Procurement Act 2023, sections 50 and 51(3)",
        caution="Only if no claim has been notified, call-in is over and leaseholder consultation is closed.",
        not_before=True,
        about=SIGNATURE,
    )


def _circumstances(facts: Facts, published: dt.date | None) -> TenderCircumstances:
    """What shortens the tendering period. What nobody has said shortens nothing."""
    planned, qualifying = facts.day_of("planned-notice"), False
    if planned is not None and published is not None:
        first, last = notices.planned_notice_window(planned)
        qualifying = first.day <= published <= last.day
    return TenderCircumstances(
        light_touch=bool(facts.light_touch),
        qualifying_planned_notice=qualifying,
        urgent=bool(facts.answer("urgent_period")),
        electronic=facts.answer("electronic") is True,
        all_documents_at_once=facts.answer("documents_at_once") is True,
    )


@_rule("tender-period")
def tender_period(facts: Facts, params: Params) -> Due:
    """The earliest lawful deadline for tenders, by the circumstances that were recorded."""
    published = facts.day_of("tender-notice")
    period = tendering_period(_circumstances(facts, published))
    if period.days is None:
        return Due(None, period.why, period.source)
    if published is None:
        rule = "At least 25 days from the notice to the deadline when tenders are electronic and all documents come with the notice; else 30 or 35."
        planned = facts.day_of("planned-notice")
        if planned is not None:
            first, last = notices.planned_notice_window(planned)
            rule += f" At least 10, because of the planned procurement notice, if the notice is published from {words(first.day)} to {words(last.day)}."
        return _waiting("tender-notice", period.source, rule)
    earliest = earliest_deadline(published, period)
    assert earliest is not None  # a period of days has an end
    return Due.of(earliest, not_before=True, about="Earliest deadline for tenders")


@_rule("deadline")
def deadline(facts: Facts, params: Params) -> Due:
    """The deadline that was set, for tenders or for quotations."""
    day, source, what = facts.day_of("tender-deadline"), str(params["source"]), str(params["what"])
    if day is None:
        return Due(None, f"Worked out once the deadline for {what} is recorded.", source)
    return Due(day, f"The deadline for {what} that you set.", source)


@_rule("key-decision-notice")
def key_decision_notice(facts: Facts, params: Params) -> Due:
    """28 clear days before a decision whose day is known."""
    event = str(params["event"])
    day = facts.day_of(event)
    if day is None:
        return _waiting(event, "SI 2012/2089, regulation 9", "28 clear days before the decision.")
    return Due.of(notices.key_decision_notice_by(day))


@_rule("papers")
def papers(facts: Facts, params: Params) -> Due:
    """5 clear days before a meeting. A rule of law for executive arrangements; elsewhere the constitution's."""
    event = str(params["event"])
    executive = facts.decision_model == "executive"
    source = "SI 2012/2089, regulations 5 to 7" if executive else "Your organisation’s constitution"
    day = facts.day_of(event)
    if day is None:
        return _waiting(event, source, "5 clear days before the meeting.")
    date = notices.papers_by(day, added=facts.bank_holidays, closed=facts.closed_days)
    if executive:
        return Due.of(date)
    return Due(date.day, date.rule, source, date.confirmed, "Check with your legal team", basis="practice")


@_rule("pipeline-window")
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


def covered_years(entered_on: dt.date, published: tuple[dt.date, ...]) -> int:
    """How many years of a contract have had their contract performance notice: one notice covers one year, never a year
    that has not begun."""
    covered = 0
    for day in published:
        begun = sum(months_after(entered_on, 12 * year) <= day for year in range(covered + 1))
        covered = min(covered + 1, max(covered, begun))
    return covered


@_rule("yearly")
def yearly(facts: Facts, params: Params) -> Due:
    """At least once in each 12 months of the contract, counted on from the last year that was published."""
    entered, ended = facts.day_of("contract-entered"), facts.day_of("contract-ended")
    if entered is None:
        return _waiting("contract-entered", "Procurement Act 2023, section 71(2)")
    covered = covered_years(entered, facts.rounds.get("indicators-published", ()))
    due = notices.performance_due(entered, covered + 1)
    if ended is not None and ended <= due.day:
        return Due(None, "The contract ended within the year: the final assessment covers it.", due.source)
    return Due.of(due, opens_on=months_after(entered, 12 * covered))


def _first_period(
    facts: Facts, period_end: Callable[[dt.date], dt.date], count: Callable[[dt.date], LegalDate], source: str
) -> Due:
    entered = facts.day_of("contract-entered")
    if entered is None:
        return _waiting("contract-entered", source)
    try:
        date = count(period_end(entered))
    except NotCountable as early:
        return Due(None, f"{early}.", source)
    return Due(
        date.day,
        f"The first one that can hold this contract. {date.rule}",
        date.source,
        date.confirmed,
        date.caution,
    )


@_rule("payments-over-30k")
def payments_over_30k(facts: Facts, params: Params) -> Due:
    """The first quarter in which this contract can have a payment."""
    return _first_period(
        facts, notices.quarter_end, notices.payments_over_30k_due, "Procurement Act 2023, section 70"
    )


@_rule("payments-compliance")
def payments_compliance(facts: Facts, params: Params) -> Due:
    """The first reporting period in which this contract can have a payment."""
    return _first_period(
        facts,
        notices.payments_compliance_period_end,
        notices.payments_compliance_due,
        "Procurement Act 2023, section 69",
    )


@_rule("asap")
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


@_rule("days-before")
def days_before(facts: Facts, params: Params) -> Due:
    """A number of calendar days before an event. What councils do, unless `basis` says otherwise."""
    event, source, days = str(params["event"]), str(params["source"]), int(params["days"])
    day, basis = facts.day_of(event), str(params.get("basis", "practice"))
    if day is None:
        return _waiting(event, source, f"{days} days before {EVENTS[event]}.")
    return Due(
        moved(day, -days),
        f"{days} days before {EVENTS[event]}, {words(day)}.",
        source,
        caution=str(params.get("caution", "")),
        basis=basis,
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
