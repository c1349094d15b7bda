"""The periods that the tool counts, each with the day it asks for, the rule of `toolkit.law` and what to do next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

from guidance.tools import own_period
from guidance.tools.counting import Counting, Outcome, Point
from toolkit.core.text import day as in_words
from toolkit.law import minimum_periods, notices
from toolkit.law.calendars import calendar
from toolkit.law.minimum_periods import MinimumPeriod, TenderCircumstances
from toolkit.law.periods import clear_days_after, moved, period_after
from toolkit.law.reckoning import Span
from toolkit.law.thresholds import ACT_BEGAN
from toolkit.law.triage import Reason
from toolkit.law.values import ASK_LEGAL, LegalDate

YEAR_END, JUNE_END, SEPTEMBER_END, DECEMBER_END = (3, 31), (6, 30), (9, 30), (12, 31)


@dataclass(frozen=True, slots=True)
class Period:
    """One period to choose. `note` says how long; `thing` is what the date is, in mid-sentence; `only_on` the days of the year it may be."""

    slug: str
    label: str
    note: str
    question: str
    thing: str
    work_out: Callable[[Counting], Outcome]
    only_on: tuple[tuple[int, int], ...] = ()
    in_force_from: dt.date | None = ACT_BEGAN
    """The first day that can be counted from; None where the rule is not of the Act."""
    hint: str = ""


def _from_day_one(
    rule: Callable[[dt.date], LegalDate], lead: str, title: str, *next_steps: str
) -> Callable[[Counting], Outcome]:
    """A last day, counted from the day asked for, which is day 1."""

    def work_out(given: Counting) -> Outcome:
        last = rule(given.on)
        return Outcome(Point(lead, title, last), span=Span(given.on, last.day), next_steps=next_steps)

    return work_out


def _publish(notice: str) -> tuple[str, str]:
    return f"The last day to publish {notice} is", f"Last day to publish {notice}"


def _standstill(given: Counting) -> Outcome:
    end, sign = notices.standstill_end(given.on), notices.earliest_signature(given.on)
    return Outcome(
        Point("The standstill ends at midnight at the end of", "Standstill ends at midnight", end),
        (Point("The earliest day to sign is", "Earliest day to sign, if nothing stops it", sign),),
        span=Span(given.on, end.day, calendar("act")),
        next_steps=(
            f"Do not sign, and do not let the service start, before {in_words(sign.day)}.",
            "If a supplier brings a claim and tells you within the standstill, stop and call your legal team.",
            "When you have signed, publish the contract details notice (UK7).",
        ),
        exceptions=(
            Reason(
                "You need not wait for light touch, a call-off from a framework, an award under a dynamic market or in extreme urgency. If the notice says that you will wait, wait at least 8 working days all the same.",
                "Procurement Act 2023, section 51(3) and (4)",
                "Lateness of our own making is never urgency.",
            ),
        ),
    )


def _health_standstill(given: Counting) -> Outcome:
    end = notices.psr_representations_end(given.on)
    return Outcome(
        Point(
            "Representations may be made until midnight at the end of", "Last day for representations", end
        ),
        span=Span(moved(given.on, 2), end.day, calendar("psr")),
        next_steps=(
            "Do not sign while representations are open: one received keeps the standstill open.",
            "After your further decision wait five more working days. Your legal team says from when.",
        ),
    )


def _planned_notice(given: Counting) -> Outcome:
    first, last = notices.planned_notice_window(given.on)
    return Outcome(
        Point("The tender notice may follow, with the shorter tender period, from", "First day for the tender notice", first),
        (Point("The last day for it is", "Last day for the tender notice with the shorter period", last),),
        next_steps=(
            "Publish the tender notice (UK4) between these days, and tenders may be due 10 days after it.",
            "A tender notice on another day is lawful too: it then has the ordinary tender period.",
        ),
    )  # fmt: skip


def _pipeline(given: Counting) -> Outcome:
    first, last = notices.pipeline_window(given.on)
    return Outcome(
        Point(*_publish("the pipeline notice (UK1)"), last),
        (Point("You may publish it from", "First day to publish the pipeline notice (UK1)", LegalDate(first, "The first day of the financial year.", last.source)),),
        span=Span(first, last.day),
        next_steps=("List every contract over £2 million whose tender or transparency notice is meant within 18 months of 1 April.",),
    )  # fmt: skip


KEY_DECISION_SOURCE = "SI 2012/2089, regulation 9"
EXECUTIVE_ONLY = f"How clear days are counted follows usual practice, and the rule is for executive arrangements only. {ASK_LEGAL}."


def _key_decision(given: Counting) -> Outcome:
    earliest = replace(
        clear_days_after(given.on, 28, source=KEY_DECISION_SOURCE),
        caution=EXECUTIVE_ONLY,
    )
    return Outcome(
        Point("The earliest day for the decision is", "Earliest day for the key decision", earliest),
        span=Span(moved(given.on, 1), moved(earliest.day, -1)),
        next_steps=(
            "Ask democratic services for the date of the meeting and its deadline for reports.",
            "Allow for call-in after the decision: your constitution says how long.",
        ),
    )


def _key_decision_notice(given: Counting) -> Outcome:
    last = replace(notices.key_decision_notice_by(given.on), caution=EXECUTIVE_ONLY)
    return Outcome(
        Point(*_publish("the notice of the key decision"), last),
        span=Span(moved(last.day, 1), moved(given.on, -1)),
        next_steps=("If part of the report is exempt, give notice of the private item at the same time.",),
    )


def _deadline(length: MinimumPeriod, what: str, next_step: str) -> Callable[[Counting], Outcome]:
    """The earliest day on which tenders or requests may be due: day 1 is the day after."""

    def work_out(given: Counting) -> Outcome:
        days = length.days or 0
        ends = period_after(given.on, days, source=length.source)
        date = replace(ends, rule=f"{ends.rule} {length.why}")
        return Outcome(
            Point(f"The earliest deadline for {what} is", f"Earliest deadline for {what}", date),
            span=Span(moved(given.on, 1), ends.day),
            next_steps=(
                next_step,
                "Give more time if the contract is complex, needs a site visit or falls in a holiday, and the same time to everyone.",
            ),
        )

    return work_out


_TENDER_TEN = MinimumPeriod(10, "It applies if only pre-selected suppliers may tender, a qualifying planned procurement notice (UK3) was published, there is a state of urgency, or the award is under a dynamic market. Lateness of our own making is never urgency.")  # fmt: skip
_TENDER_THIRTY = MinimumPeriod(30, "It applies if tenders are sent electronically but the documents do not all come with the notice, or the other way round.")  # fmt: skip
_TENDER_LONGEST = minimum_periods.tendering_period(TenderCircumstances(electronic=False, all_documents_at_once=False))  # fmt: skip
_NOTICE_DAY = "On what day do you invite tenders?"
_NOTICE_THING = "the day you invite tenders"
_NOTICE_HINT = "In an open procedure, the day you publish the tender notice (UK4)"
_NOTICE_DAY_OF_REQUESTS = "As a rule the day you publish the tender notice (UK4)"
_TENDERS = "Say the deadline, with its hour, in the tender notice."
_ENTERED = ("On what day is the contract entered into?", "the day the contract is entered into")
_DETAILS = "Publish it and record it in the contracts register."
_COPY = "Agree with the supplier what may be taken out, and publish the rest."

PERIODS: dict[str, Period] = {
    period.slug: period
    for period in (
        Period("pipeline-notice", "Pipeline notice (UK1)", "56 days from 1 April", "On what 1 April does the financial year begin?", "the 1 April on which the year begins", _pipeline, only_on=((4, 1),)),
        Period("planned-notice", "Planned procurement notice (UK3)", "When the tender notice may follow with a shorter tender period", "On what day is the planned procurement notice (UK3) published?", "the day the notice is published", _planned_notice),
        Period("key-decision-notice", "Key decision: the last day for the notice", "28 clear days before the decision", "On what day is the decision to be taken?", "the day of the decision", _key_decision_notice, in_force_from=None),
        Period("key-decision", "Key decision: the earliest day for it", "28 clear days after the notice", "On what day is the notice of the key decision published?", "the day the notice is published", _key_decision, in_force_from=None),
        Period("participation", "Participation period, 25 days", "For requests to participate", "On what day do you invite requests to participate?", "the day you invite requests", _deadline(minimum_periods.participation_period(), "requests to participate", "Say the deadline in the tender notice."), hint=_NOTICE_DAY_OF_REQUESTS),
        Period("participation-urgent", "Participation period, 10 days", "In a state of urgency", "On what day do you invite requests to participate?", "the day you invite requests", _deadline(minimum_periods.participation_period(urgent=True), "requests to participate", "Say the deadline, and the reason for the shorter period, in the tender notice."), hint=_NOTICE_DAY_OF_REQUESTS),
        Period("tender-10", "Tender period, 10 days", "After a planned procurement notice, under a dynamic market, for pre-selected suppliers, or in urgency", _NOTICE_DAY, _NOTICE_THING, _deadline(_TENDER_TEN, "tenders", _TENDERS), hint=_NOTICE_HINT),
        Period("tender-25", "Tender period, 25 days", "Tenders sent electronically, all documents with the notice", _NOTICE_DAY, _NOTICE_THING, _deadline(minimum_periods.tendering_period(TenderCircumstances()), "tenders", _TENDERS), hint=_NOTICE_HINT),
        Period("tender-30", "Tender period, 30 days", "Tenders not sent electronically, or not all documents with the notice", _NOTICE_DAY, _NOTICE_THING, _deadline(_TENDER_THIRTY, "tenders", _TENDERS), hint=_NOTICE_HINT),
        Period("tender-35", "Tender period, 35 days", "Neither sent electronically nor all documents with the notice", _NOTICE_DAY, _NOTICE_THING, _deadline(_TENDER_LONGEST, "tenders", _TENDERS), hint=_NOTICE_HINT),
        Period("exclusion", "Telling the Procurement Review Unit of an exclusion", "30 days", "On what day is the supplier excluded?", "the day the supplier is excluded", _from_day_one(notices.exclusion_notification_due, "The last day to tell the Procurement Review Unit is", "Last day to tell the Procurement Review Unit of an exclusion", "Tell your legal team at once.")),
        Period("standstill", "Standstill", "8 working days, from the contract award notice (UK6)", "On what day is the contract award notice (UK6) published?", "the day the notice is published", _standstill),
        Period("health-standstill", "Standstill under the Provider Selection Regime", "For health care services in scope", "On what day is the notice of the intended award published?", "the day the notice is published", _health_standstill, hint="For health care services in scope. Direct award A and B have no standstill.", in_force_from=None),
        Period("contract-details", "Contract details notice (UK7)", "30 days", *_ENTERED, _from_day_one(notices.contract_details_due, *_publish("the contract details notice (UK7)"), _DETAILS)),
        Period("contract-details-light-touch", "Contract details notice (UK7), light touch", "120 days", *_ENTERED, _from_day_one(lambda day: notices.contract_details_due(day, light_touch=True), *_publish("the contract details notice (UK7)"), _DETAILS)),
        Period("contract-copy", "Copy of a contract over £5 million", "90 days", *_ENTERED, _from_day_one(notices.contract_copy_due, *_publish("a copy of the contract"), _COPY)),
        Period("contract-copy-light-touch", "Copy of a contract over £5 million, light touch", "180 days", *_ENTERED, _from_day_one(lambda day: notices.contract_copy_due(day, light_touch=True), *_publish("a copy of the contract"), _COPY)),
        Period("payments-over-30k", "Payments over £30,000 (UK8)", "30 days from the end of a quarter", "On what day does the quarter end?", "the day the quarter ends", _from_day_one(notices.payments_over_30k_due, *_publish("the payments of the quarter (UK8)"), "Ask finance for each single payment over £30,000 including VAT under a contract at or above the threshold."), only_on=(YEAR_END, JUNE_END, SEPTEMBER_END, DECEMBER_END), in_force_from=dt.date(2026, 6, 30)),
        Period("payments-compliance", "Payments compliance notice (UK17)", "30 days from the end of a half year", "On what day does the half year end?", "the day the half year ends", _from_day_one(notices.payments_compliance_due, *_publish("the payments compliance notice (UK17)"), "Have the finance director, or whoever holds that duty, approve it before you publish."), only_on=(YEAR_END, SEPTEMBER_END), in_force_from=dt.date(2026, 3, 31)),
        Period("performance", "Contract performance notice (UK9) on indicators", "12 months", "From what day do the 12 months run?", "the day the 12 months run from", lambda given: Outcome(Point("Assess the indicators and publish by", "Last day of the first 12 months for the contract performance notice (UK9)", notices.performance_due(given.on)), next_steps=("Do the same in each 12 months that follow, and when the contract ends.",)), hint="The day of signature is the safer choice"),
        Period("breach", "Contract performance notice (UK9) on a breach", "30 days", "On what day did the breach or poor performance first meet the test?", "the day it first met the test", _from_day_one(notices.breach_notice_due, *_publish("the contract performance notice (UK9)"), "Call your legal team before you publish."), in_force_from=dt.date(2026, 1, 1)),
        Period("modified-copy", "Copy of a modified contract over £5 million", "90 days", "On what day is the contract changed?", "the day the contract is changed", _from_day_one(notices.modified_contract_copy_due, *_publish("the changed contract, or the change"), "Publish the contract change notice (UK10) first: it comes before the change.")),
        Period("termination", "Contract termination notice (UK11)", "30 days from any ending", "On what day does the contract end?", "the day the contract ends", _from_day_one(notices.termination_due, *_publish("the contract termination notice (UK11)"), "Publish it for every ending, expiry included.")),
        Period(own_period.SLUG, "Days of my own", "Any number, counted as your rule says", "What date do you count from, or back from?", "the date to count from", own_period.work_out, in_force_from=None),
    )
}  # fmt: skip
"""Slug → period, in the order of the work."""
