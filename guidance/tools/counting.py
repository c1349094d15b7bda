"""What is counted, and what it comes to."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from toolkit.law.reckoning import Span
from toolkit.law.triage import Reason
from toolkit.law.values import LegalDate


@dataclass(frozen=True, slots=True)
class Counting:
    """What was typed. `days`, `how` and `calendar` are for days of one's own."""

    on: dt.date
    days: int = 0
    how: str = ""
    calendar: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """A day that came out: `lead` stands before it in a sentence, `title` names it in a calendar."""

    lead: str
    title: str
    date: LegalDate


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a period comes to. Without a span its days are not counted one by one: it is months, not days."""

    main: Point
    others: tuple[Point, ...] = ()
    span: Span | None = None
    next_steps: tuple[str, ...] = ()
    exceptions: tuple[Reason, ...] = ()
    """When it does not apply."""
