"""Rules that count from the days of a contract: its signature, its changes, its end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from toolkit.law import notices
from toolkit.law.periods import months_after
from toolkit.law.values import LegalDate, NotCountable
from workflows.journeys.due.registry import Due, Params, rule_named, waiting
from workflows.journeys.facts import Facts

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

    @rule_named(name)
    def counted(facts: Facts, params: Params) -> Due:
        day = facts.day_of(event)
        return waiting(event, source, rule) if day is None else Due.of(count(day, facts))


for _name in _AFTER:
    _counted_after(_name)


def covered_years(entered_on: dt.date, published: tuple[dt.date, ...]) -> int:
    """How many years of a contract have had their contract performance notice: one notice covers one year, never a year
    that has not begun."""
    covered = 0
    for day in published:
        begun = sum(months_after(entered_on, 12 * year) <= day for year in range(covered + 1))
        covered = min(covered + 1, max(covered, begun))
    return covered


@rule_named("yearly")
def yearly(facts: Facts, params: Params) -> Due:
    """At least once in each 12 months of the contract, counted on from the last year that was published."""
    entered, ended = facts.day_of("contract-entered"), facts.day_of("contract-ended")
    if entered is None:
        return waiting("contract-entered", "Procurement Act 2023, section 71(2)")
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
        return waiting("contract-entered", source)
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


@rule_named("payments-over-30k")
def payments_over_30k(facts: Facts, params: Params) -> Due:
    """The first quarter in which this contract can have a payment."""
    return _first_period(
        facts, notices.quarter_end, notices.payments_over_30k_due, "Procurement Act 2023, section 70"
    )


@rule_named("payments-compliance")
def payments_compliance(facts: Facts, params: Params) -> Due:
    """The first reporting period in which this contract can have a payment."""
    return _first_period(
        facts,
        notices.payments_compliance_period_end,
        notices.payments_compliance_due,
        "Procurement Act 2023, section 69",
    )
