"""What a rule gives back, and where rules stand."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

CHECKED_ON = dt.date(2026, 11, 23)
"""The day every source named in this package was last checked."""

ASK_LEGAL = "Check with your legal team"


class NotCountable(ValueError):
    """A period cannot be counted as asked. The message is a sentence for the person who asked."""


@dataclass(frozen=True, slots=True)
class LegalDate:
    """A day that a rule gives.

    `rule` answers “why this day?” in one sentence; `source` is the section or regulation; `confirmed` is False when
    the count reaches past the bank holidays known so far; `caution` says what to check with the legal team.
    """

    day: dt.date
    rule: str
    source: str
    confirmed: bool = True
    caution: str = ""
    checked_on: dt.date = CHECKED_ON

    def __post_init__(self) -> None:
        if isinstance(self.day, dt.datetime):  # one never equals a holiday, so it would miscount in silence
            raise TypeError("A legal date is counted from a day, not from a moment")


def counted(n: int, noun: str) -> str:
    """`1 day`, `8 working days`."""
    return f"{n} {noun}{'' if n == 1 else 's'}"


def words(day: dt.date) -> str:
    """`3 December 2026`."""
    return f"{day.day} {day:%B %Y}"
