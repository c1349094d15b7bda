"""Rules that count from the days of a contract: its signature, its changes, its end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from toolkit.law import notices
from toolkit.law.periods import months_after, moved
from toolkit.law.values import LegalDate, NotCountable, words
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


_WATCH = "Good practice; your organisation’s contract standing orders"


@rule_named("quarterly")
def quarterly(facts: Facts, params: Params) -> Due:
    """Once in each three months from the start of the contract, until it ends. A look covers every quarter that has begun by
    then: what was missed is caught up in one."""
    started, ended = facts.day_of("contract-starts"), facts.day_of("contract-ended")
    if started is None:
        return waiting("contract-starts", _WATCH, "Once in each three months of the contract.")
    covered = 0
    while any(months_after(started, 3 * covered) <= day for day in facts.rounds.get("contract-watched", ())):
        covered += 1
    begins = months_after(started, 3 * covered)
    last = moved(months_after(started, 3 * (covered + 1)), -1)
    if ended is not None and ended <= last:
        return Due(None, "The contract ended within the quarter.", _WATCH, basis="practice")
    return Due(
        last,
        f"Once in each three months of the contract; this quarter begins on {words(begins)}.",
        _WATCH,
        basis="practice",
        opens_on=begins,
    )


@rule_named("payment-days")
def payment_days(facts: Facts, params: Params) -> Due:
    """Before the start, so that the first invoice is paid in time. Each invoice has 30 days of its own."""
    day = facts.day_of("contract-starts")
    paid = str(params.get("words", "Each valid invoice is paid within 30 days of the day it comes, or by a later day on which it falls due."))  # fmt: skip
    if facts.concession is True:
        paid = "The rule of 30 days leaves concessions out: the terms of the contract count."
    on = "" if day is None else f" on {words(day)}"
    source = str(params.get("source", "Procurement Act 2023, sections 68 and 88"))
    return Due(day, f"Before the start of the contract{on}, so that the first invoice is paid in time. {paid}", source, basis="practice")  # fmt: skip


@rule_named("option-date")
def option_date(facts: Facts, params: Params) -> Due:
    """`days` before the end of the contract, or by the last day to give notice where that comes first."""
    ends, notice, days = facts.day_of("contract-ends"), facts.day_of("option-notice-by"), int(params["days"])
    source, caution = str(params["source"]), str(params.get("caution", ""))
    rule = f"{days} days before the end of the contract, and by the last day to give notice."
    if ends is None and notice is None:
        return waiting("contract-ends", source, rule)
    local = None if ends is None else moved(ends, -days)
    if notice is not None and (local is None or notice < local):
        return Due(notice, f"The last day to give notice, {words(notice)}, comes first.", "The contract", basis="notice")  # fmt: skip
    assert local is not None and ends is not None
    by = "" if notice is None else f" The last day to give notice is {words(notice)}."
    return Due(local, f"{days} days before {words(ends)}, the end of the contract.{by}", source, caution=caution, basis="practice")  # fmt: skip


@rule_named("keep-until")
def keep_until(facts: Facts, params: Params) -> Due:
    """The last day of the three years for which the Act wants records kept, beginning with the signature."""
    source = "Procurement Act 2023, section 98"
    day = facts.day_of("contract-entered")
    if day is None:
        return waiting("contract-entered", source, "Records are kept for three years beginning with the signature.")  # fmt: skip
    last = moved(months_after(day, 36), -1)
    return Due(
        last,
        f"Records of material decisions are kept for at least three years beginning with {words(day)}, the signature; your own rules are usually longer.",
        source,
        caution="Section 98 is about contracts under the Act above the threshold. Often 6 years after the end, 12 for a deed: check your own retention rules",
        not_before=True,
        about="Keep the record until",
    )


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
