"""The shortest periods the Act allows for requests to participate and for tenders (section 54)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from toolkit.law.periods import period_after
from toolkit.law.values import LegalDate

SOURCE = "Procurement Act 2023, section 54"


@dataclass(frozen=True, slots=True)
class TenderCircumstances:
    """What shortens a tendering period. Everything False: the longest."""

    light_touch: bool = False
    agreed_with_all_preselected: bool = False
    only_preselected: bool = False
    qualifying_planned_notice: bool = False
    urgent: bool = False
    dynamic_market: bool = False
    electronic: bool = True
    """Tenders may be sent electronically."""
    all_documents_at_once: bool = True
    """Every associated tender document is provided with the tender notice."""


@dataclass(frozen=True, slots=True)
class MinimumPeriod:
    """Days, or None where the Act sets no number, and why."""

    days: int | None
    why: str
    source: str = SOURCE


def tendering_period(of: TenderCircumstances) -> MinimumPeriod:
    """The shortest row of section 54(4) that applies."""
    if of.light_touch:
        return MinimumPeriod(
            None, "A light-touch contract has no minimum tendering period; it must still be reasonable."
        )
    if of.agreed_with_all_preselected:
        return MinimumPeriod(None, "The period was agreed with every pre-selected supplier.")
    for applies, why in (
        (of.only_preselected, "Only pre-selected suppliers may tender."),
        (of.qualifying_planned_notice, "A qualifying planned procurement notice (UK3) was published."),
        (
            of.urgent,
            "A state of urgency makes a longer period impractical. Lateness of our own making is never urgency.",
        ),
        (of.dynamic_market, "The award is made by reference to a dynamic market."),
    ):
        if applies:
            return MinimumPeriod(10, why)
    if of.electronic and of.all_documents_at_once:
        return MinimumPeriod(
            25, "Tenders are sent electronically and all documents are provided with the notice."
        )
    if of.electronic:
        return MinimumPeriod(
            30, "Tenders are sent electronically, but not all documents are provided with the notice."
        )
    if of.all_documents_at_once:
        return MinimumPeriod(
            30, "All documents are provided with the notice, but tenders are not sent electronically."
        )
    return MinimumPeriod(
        35, "Tenders are not sent electronically and not all documents are provided with the notice."
    )


def participation_period(*, light_touch: bool = False, urgent: bool = False) -> MinimumPeriod:
    """The shortest time for requests to participate (section 54(3))."""
    if light_touch:
        return MinimumPeriod(
            None, "A light-touch contract has no minimum participation period; it must still be reasonable."
        )
    if urgent:
        return MinimumPeriod(
            10, "A state of urgency makes 25 days impractical. Lateness of our own making is never urgency."
        )
    return MinimumPeriod(25, "The ordinary participation period.")


def earliest_deadline(published_on: dt.date, period: MinimumPeriod) -> LegalDate | None:
    """The first day on which the period may end when the notice is published on `published_on`; None where the Act
    sets no number."""
    if period.days is None:
        return None
    ends = period_after(published_on, period.days, source=period.source)
    return LegalDate(ends.day, f"{ends.rule} {period.why}", period.source)
