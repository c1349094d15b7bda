"""The time for claims against a procurement."""

from __future__ import annotations

import datetime as dt

from toolkit.law.periods import months_after
from toolkit.law.values import ASK_LEGAL, LegalDate, words

OUTER_MONTHS = 6


def claims_end(ended_on: dt.date, *, old_law: bool = False) -> LegalDate:
    """The day after which a claim is no longer to be expected, counted from the contract, or from the decision not to
    award. A claim is brought within 30 days of knowing, which a court may stretch to three months; the outer limit of six
    months holds for setting a contract aside where no contract details notice was published. The longest is taken, for
    everything. `old_law`: the Public Contracts Regulations 2015.
    """
    return LegalDate(
        day=months_after(ended_on, OUTER_MONTHS),
        rule=f"{OUTER_MONTHS} months after {words(ended_on)}, the longest of the limits for claims",
        source="Public Contracts Regulations 2015, regulations 92 and 93"
        if old_law
        else "Procurement Act 2023, section 106",
        caution=ASK_LEGAL if old_law else "",
    )
