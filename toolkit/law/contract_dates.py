"""A contract's days to act: it ends · the last day to give notice · the last day to start (practice.md §8)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.law.periods import months_after, months_before, moved
from toolkit.law.values import LegalDate, NotCountable, counted, words

THE_CONTRACT = "The contract"
OWN_APPROVALS = "Your organisation’s own approvals"
CLAUSE = "The contract’s own notice clause decides: how the notice is given, and when it counts as received."


@dataclass(frozen=True, slots=True)
class KeyDates:
    """The days that matter. None where the contract has not said enough."""

    ends: LegalDate
    latest_end: LegalDate
    """The end if every option to extend that is left were used."""
    last_day_to_give_notice: LegalDate | None
    last_day_to_start: LegalDate | None


def _end_after(end: dt.date, months: int) -> dt.date:
    """An end on the last day of a month moves to the last day of another: 28 February and 12 months is 29 in a leap year."""
    next_day = end + dt.timedelta(1)
    return (
        months_after(next_day, months) - dt.timedelta(1) if next_day.day == 1 else months_after(end, months)
    )


def extended_end(ends_on: dt.date, months: int) -> dt.date:
    """The new end when an option of `months` calendar months is used. Raises NotCountable out of range."""
    try:
        return _end_after(ends_on, months)
    except OverflowError:
        raise NotCountable("The date is out of range") from None


def key_dates(
    ends_on: dt.date, *, notice_months: int | None, extension_months: Sequence[int] = (), approval_days: int
) -> KeyDates:
    """The key dates of a contract that ends on `ends_on`.

    `notice_months`: calendar months of notice it asks for (None: not known); `extension_months`: the options left, in
    order; `approval_days`: calendar days the organisation's own approvals take before it can give notice.
    """
    ends = LegalDate(ends_on, f"The contract ends on {words(ends_on)}.", THE_CONTRACT)
    latest = ends_on
    for months in extension_months:
        latest = extended_end(latest, months)
    options = " + ".join(str(months) for months in extension_months)
    latest_end = LegalDate(
        latest,
        f"{words(ends_on)} and every option to extend: {options} months."
        if options
        else "It has no option to extend left.",
        THE_CONTRACT,
    )
    if notice_months is None:
        return KeyDates(ends, latest_end, None, None)
    purpose = "use the option to extend, or to end" if extension_months else "end or replace it"
    notice = months_before(
        ends_on,
        notice_months,
        rule=f"{counted(notice_months, 'month')} of notice before it ends on {words(ends_on)}, to {purpose}.",
        source=THE_CONTRACT,
        caution=CLAUSE,
    )
    start = LegalDate(
        moved(notice.day, -approval_days),
        f"{counted(approval_days, 'day')} for your organisation’s own approvals before the last day to give notice, {words(notice.day)}.",
        OWN_APPROVALS,
    )
    return KeyDates(ends, latest_end, notice, start)
