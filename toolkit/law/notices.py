"""The notices UK1 to UK17 and when each is due (fact base §1). Day counts are calendar days unless they say working."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from toolkit.law.calendars import BankHoliday
from toolkit.law.periods import (
    beginning_with,
    clear_days_before,
    months_after,
    moved,
    working_days_beginning_with,
)
from toolkit.law.values import ASK_LEGAL, LegalDate, NotCountable, words


@dataclass(frozen=True, slots=True)
class Notice:
    """One of the 17, for a council."""

    code: str
    name: str
    law: str
    when: str


NOTICES: dict[str, Notice] = {
    notice.code: notice
    for notice in (
        Notice("UK1", "Pipeline notice", "section 93", "Within 56 days beginning with 1 April, if the authority expects to pay more than £100 million in the year"),
        Notice("UK2", "Preliminary market engagement notice", "section 17", "Before the tender notice, if the market was engaged; or reasons in the tender notice"),
        Notice("UK3", "Planned procurement notice", "section 15", "Optional; shortens the tender period if published 40 days to 12 months before the tender notice"),
        Notice("UK4", "Tender notice", "sections 21 and 87", "The first public step of a competition"),
        Notice("UK5", "Transparency notice", "section 44", "Before a direct award"),
        Notice("UK6", "Contract award notice", "section 50", "Before the contract is entered into; starts the standstill"),
        Notice("UK7", "Contract details notice", "sections 53 and 87", "Within 30 days of entering into the contract; 120 for light touch"),
        Notice("UK8", "Contract payment notice", "section 70", "Within 30 days of the end of each quarter with a payment over £30,000"),
        Notice("UK9", "Contract performance notice", "section 71", "At least every 12 months where indicators were set; within 30 days of a breach"),
        Notice("UK10", "Contract change notice", "section 75", "Before a change that is not small"),
        Notice("UK11", "Contract termination notice", "section 80", "Within 30 days of any ending, expiry included"),
        Notice("UK12", "Procurement termination notice", "section 55", "As soon as reasonably practicable after deciding not to award"),
        Notice("UK13", "Dynamic market intention notice", "section 39(2)", "Before establishing a dynamic market"),
        Notice("UK14", "Dynamic market establishment notice", "section 39(3)", "As soon as reasonably practicable after establishing it"),
        Notice("UK15", "Dynamic market modification notice", "section 39(4)", "As soon as reasonably practicable after a change, members included"),
        Notice("UK16", "Dynamic market cessation notice", "section 39(5)", "As soon as reasonably practicable after it ceases"),
        Notice("UK17", "Payments compliance notice", "section 69", "Within 30 days of 31 March and 30 September"),
    )
}  # fmt: skip


MANDATORY: dict[str, str] = {
    "UK1": "Yes, if the authority expects to pay more than £100 million under relevant contracts in the year. It lists each public contract over £2 million whose tender or transparency notice is meant within 18 months of 1 April.",
    "UK2": "Yes, if the market was engaged for a public contract, unless the tender notice gives the reasons for not publishing one.",
    "UK3": "No. It is optional.",
    "UK4": "Yes, for every competition for a public contract. Below the threshold: before advertising openly a contract of £30,000 or more including VAT.",
    "UK5": "Yes, before any direct award of a public contract, except user choice.",
    "UK6": "Yes, before entering into any public contract, call-offs, direct awards and light touch included, except user choice.",
    "UK7": "Yes, for every public contract except user choice, and below the threshold from £30,000 including VAT.",
    "UK8": "Yes, for each single payment over £30,000 including VAT under a public contract, except concessions.",
    "UK9": "Yes, where indicators were set, and for a breach or poor performance of a public contract. Light touch: neither.",
    "UK10": "Yes, before a change that is not small. Light touch: no.",
    "UK11": "Yes, on any ending of a public contract, light touch and frameworks included, except user choice.",
    "UK12": "Yes, on deciding not to award a public contract after the tender or transparency notice.",
    "UK13": "Yes, before establishing a dynamic market.",
    "UK14": "Yes, once a dynamic market is established.",
    "UK15": "Yes, when a dynamic market changes, members admitted or removed included.",
    "UK16": "Yes, when a dynamic market ends.",
    "UK17": "Yes, for a period in which a payment was made or fell due under a public contract, except concessions.",
}  # fmt: skip
"""Code → whether a council must publish it, in a sentence."""


def _act(section: str) -> str:
    return f"Procurement Act 2023, {section}"


def pipeline_window(year_begins: dt.date) -> tuple[dt.date, LegalDate]:
    """UK1: the first and last day to publish for the financial year that begins on this 1 April.

    Raises NotCountable for any other day, and before the Act's first financial year.
    """
    if (year_begins.month, year_begins.day) != (4, 1):
        raise NotCountable("A financial year begins on 1 April")
    if year_begins.year < 2025:
        raise NotCountable("The duty to publish a pipeline notice began with the year from 1 April 2025")
    return year_begins, beginning_with(year_begins, 56, source=_act("section 93"))


def pipeline_horizon(year_begins: dt.date) -> dt.date:
    """UK1: the last day of the 18 months from 1 April; what is to be announced by then is listed (section 93)."""
    return moved(months_after(year_begins, 18), -1)


def next_pipeline_window(day: dt.date) -> tuple[dt.date, LegalDate]:
    """UK1: the window that is open on `day`, else the next one."""
    for year in (day.year, day.year + 1):
        begins = dt.date(max(year, 2025), 4, 1)
        window = pipeline_window(begins)
        if day <= window[1].day:
            return window
    raise NotCountable("The date is out of range")


def planned_notice_window(planned_notice_on: dt.date) -> tuple[LegalDate, LegalDate]:
    """UK3: the first and last day for the tender notice, if the planned procurement notice is to shorten the period."""
    source = _act("section 15")
    first = LegalDate(
        moved(planned_notice_on, 40),
        f"At least 40 days after the planned procurement notice of {words(planned_notice_on)}.",
        source,
        caution=f"One day more is safer: how the 40 days are counted is not settled. {ASK_LEGAL}.",
    )
    last = LegalDate(
        months_after(planned_notice_on, 12),
        f"Not more than 12 months after the planned procurement notice of {words(planned_notice_on)}.",
        source,
    )
    return first, last


STANDSTILL_DAYS = 8


def standstill_end(
    award_notice_on: dt.date, *, days: int = STANDSTILL_DAYS, added: tuple[BankHoliday, ...] = ()
) -> LegalDate:
    """UK6: the last day of the standstill, at whose midnight it ends. Working days of the Act; 8 at least (section 51).

    Raises NotCountable for fewer than 8.
    """
    if days < STANDSTILL_DAYS:
        raise NotCountable("A standstill, voluntary or not, must be at least 8 working days")
    return working_days_beginning_with(award_notice_on, days, added=added, source=_act("sections 51 and 123"))


def earliest_signature(award_notice_on: dt.date, *, added: tuple[BankHoliday, ...] = ()) -> LegalDate:
    """The first day on which a contract under mandatory standstill may be entered into."""
    end = standstill_end(award_notice_on, added=added)
    return LegalDate(
        moved(end.day, 1),
        f"The day after the standstill ends at midnight on {words(end.day)}. {end.rule}",
        end.source,
        confirmed=end.confirmed,
        caution="Only if no claim has been notified, call-in is over and leaseholder consultation is closed.",
    )


def contract_details_due(entered_on: dt.date, *, light_touch: bool = False) -> LegalDate:
    """UK7: the last day to publish, 30 days, or 120 for light touch, beginning with the day of entering into."""
    return beginning_with(entered_on, 120 if light_touch else 30, source=_act("section 53(1)"))


def contract_copy_due(entered_on: dt.date, *, light_touch: bool = False) -> LegalDate:
    """The last day to publish a copy of a contract over £5 million: 90 days, or 180 for light touch."""
    return beginning_with(entered_on, 180 if light_touch else 90, source=_act("section 53(3)"))


def _ends_a_period(day: dt.date, months: tuple[int, ...]) -> bool:
    return day.month in months and moved(day, 1).day == 1


def quarter_end(day: dt.date) -> dt.date:
    """The last day of the calendar quarter that `day` falls in."""
    return moved(months_after(dt.date(day.year, 3 * ((day.month - 1) // 3) + 1, 1), 3), -1)


PAYMENT_DAYS = 30
"""Within how many days a valid and undisputed invoice is paid, or of its later due date (sections 68, 73 and 88)."""

PAYMENTS_OVER_30K_FROM = dt.date(2026, 4, 1)
"""Section 70 in force (SI 2025/1316)."""


def payments_over_30k_due(quarter_ends: dt.date) -> LegalDate:
    """UK8: the last day for the quarter that ends on this day.

    Raises NotCountable for a day that ends no quarter, and for quarters before the duty began.
    """
    if not _ends_a_period(quarter_ends, (3, 6, 9, 12)):
        raise NotCountable("A quarter ends on 31 March, 30 June, 30 September or 31 December")
    if quarter_ends < PAYMENTS_OVER_30K_FROM:
        raise NotCountable("The duty began on 1 April 2026: the first quarter is the one to 30 June 2026")
    due = beginning_with(quarter_ends, 30, source=_act("section 70"))
    return LegalDate(
        due.day,
        due.rule,
        due.source,
        caution=f"That it covers only procurements commenced on or after 1 April 2026 stands in guidance alone. {ASK_LEGAL}.",
    )


PERFORMANCE_FROM = dt.date(2026, 1, 1)
"""Section 71 in force (SI 2025/1316)."""


def performance_due(counted_from: dt.date, year: int = 1) -> LegalDate:
    """UK9 (a): the last day of the contract's year of this number, by which its indicators are assessed and published."""
    begins = months_after(counted_from, 12 * (year - 1))
    unsettled = "Whether the 12 months run from signature or from the start of the service is not stated."
    if counted_from < PERFORMANCE_FROM:
        unsettled += " The duty began on 1 January 2026; when it first falls due for an earlier contract is not stated."
    return LegalDate(
        moved(months_after(counted_from, 12 * year), -1),
        "At least once in each 12 months of the contract, "
        + (
            f"the first beginning on {words(begins)}."
            if year == 1
            else f"of which number {year} begins on {words(begins)}."
        ),
        _act("section 71(2)"),
        caution=f"{unsettled} {ASK_LEGAL}.",
    )


def breach_notice_due(first_applies_on: dt.date) -> LegalDate:
    """UK9 (b): the last day to publish a breach or poor performance."""
    return beginning_with(first_applies_on, 30, source=_act("section 71(5)"))


def modified_contract_copy_due(modified_on: dt.date) -> LegalDate:
    """The last day to publish a modified contract over £5 million, where a UK10 was due (section 77)."""
    due = beginning_with(modified_on, 90, source=_act("section 77"))
    caution = f"Whether £5 million is measured before or after the change is not stated. {ASK_LEGAL}."
    return LegalDate(due.day, due.rule, due.source, caution=caution)


def termination_due(ended_on: dt.date) -> LegalDate:
    """UK11: the last day after any ending."""
    return beginning_with(ended_on, 30, source=_act("section 80"))


PAYMENTS_COMPLIANCE_FROM = dt.date(2026, 1, 1)
"""Section 69 in force (SI 2025/1316)."""


def payments_compliance_period_end(day: dt.date) -> dt.date:
    """The 31 March or 30 September that ends the reporting period `day` falls in."""
    ends = (dt.date(day.year, 3, 31), dt.date(day.year, 9, 30))
    return next((end for end in ends if day <= end), months_after(ends[0], 12))


def payments_compliance_due(period_ends: dt.date) -> LegalDate:
    """UK17: the last day for the period that ends on 31 March or 30 September.

    Raises NotCountable for any other day, and for periods before the duty began.
    """
    if not _ends_a_period(period_ends, (3, 9)):
        raise NotCountable("A reporting period ends on 31 March or 30 September")
    if period_ends < PAYMENTS_COMPLIANCE_FROM:
        raise NotCountable("The duty began on 1 January 2026: the first period is the one to 31 March 2026")
    due = beginning_with(period_ends, 30, source=_act("section 69"))
    caution = (
        f"Some pages print a day later; the statute counts the last day of the period as day 1. {ASK_LEGAL}."
    )
    return LegalDate(due.day, due.rule, due.source, caution=caution)


def register_due(entered_on: dt.date) -> LegalDate:
    """The last day to list a contract in the published register: a month after the quarter in which it was entered into."""
    ends = quarter_end(entered_on)
    return LegalDate(
        months_after(ends, 1),
        f"Within a month of the end of the quarter, {words(ends)}.",
        "Local Government Transparency Code 2015",
        caution=f"The month is known from practice. {ASK_LEGAL}.",
    )


def exclusion_notification_due(excluded_on: dt.date) -> LegalDate:
    """The last day to tell the Procurement Review Unit of an exclusion (section 59)."""
    return beginning_with(excluded_on, 30, source=_act("section 59"))


def psr_representations_end(notice_on: dt.date, *, added: tuple[BankHoliday, ...] = ()) -> LegalDate:
    """Provider Selection Regime: the midnight until which representations may be made, the later of two readings."""
    begins = moved(notice_on, 1)
    end = working_days_beginning_with(moved(begins, 1), 8, "psr", added=added)
    return LegalDate(
        end.day,
        f"The standstill begins on {words(begins)}, the day after the notice; representations run until midnight at the end "
        f"of the 8th working day after that day. {end.rule}",
        "Health Care Services (Provider Selection Regime) Regulations 2023, regulation 12",
        confirmed=end.confirmed,
        caution=f"Another published reading ends a working day earlier; this is the later. {ASK_LEGAL}.",
    )


def key_decision_notice_by(decision_on: dt.date) -> LegalDate:
    """The last day to publish the 28 clear days’ notice of a key decision. Executive arrangements only."""
    last = clear_days_before(decision_on, 28, source="SI 2012/2089, regulation 9")
    return LegalDate(
        last.day,
        last.rule,
        last.source,
        caution=f"How clear days are counted follows usual practice. {ASK_LEGAL}.",
    )


def private_notice_by(meeting_on: dt.date) -> LegalDate:
    """The last day for the 28 clear days’ notice that part of a meeting is private. Executive arrangements only."""
    last = clear_days_before(meeting_on, 28, source="SI 2012/2089, regulation 5")
    return LegalDate(
        last.day,
        last.rule,
        last.source,
        caution=f"How clear days are counted follows usual practice. {ASK_LEGAL}.",
    )


def planned_notice_days(tender_notice_on: dt.date) -> tuple[dt.date, LegalDate]:
    """UK3: the first and the last day for the planned procurement notice, if it is to shorten the period of a tender notice
    on this day."""
    first = months_after(tender_notice_on, -12)
    return first, LegalDate(
        moved(tender_notice_on, -40),
        f"From {words(first)}, 12 months before the tender notice of {words(tender_notice_on)}, until 40 days before it.",
        _act("sections 15 and 54"),
        caution=f"One day more is safer: how the 40 days are counted is not settled. {ASK_LEGAL}.",
    )


def papers_by(
    meeting_on: dt.date, *, added: tuple[BankHoliday, ...] = (), closed: tuple[dt.date, ...] = ()
) -> LegalDate:
    """The last day to publish the agenda, the report and the second notice of a private part. Executive arrangements only."""
    last = clear_days_before(
        meeting_on, 5, "council", added=added, closed=closed, source="SI 2012/2089, regulations 5 to 7"
    )
    return LegalDate(
        last.day,
        last.rule,
        last.source,
        confirmed=last.confirmed,
        caution=f"Councils commonly count working days here; the regulations say days. This is the earlier. {ASK_LEGAL}.",
    )
