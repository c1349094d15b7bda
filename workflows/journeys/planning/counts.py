"""What an activity takes: from the day it begins to the first day on which what follows may begin.

`after` is fast and never goes back: a later beginning gives no earlier end. So the latest beginning that still meets a
day is found by a monotone search (`latest_start`). `why` is the same count by toolkit.law, with its sentence and source.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from toolkit.law import notices
from toolkit.law.calendars import BankHoliday
from toolkit.law.periods import beginning_with, period_after
from toolkit.law.values import ASK_LEGAL, NotCountable, counted, words
from workflows.journeys.planning.working_days import Ordinal, WorkingDays

LAW, OWN, ALLOWANCE = "law", "own-rules", "allowance"
BASES = {LAW: "The law", OWN: "Your organisation’s own rules", ALLOWANCE: "An allowance, not law"}
"""What a length of time rests on: slug → words."""


@dataclass(frozen=True, slots=True)
class Why:
    """Why an activity takes this long, in one sentence, with its source and what that rests on."""

    sentence: str
    source: str
    basis: str
    confirmed: bool = True
    caution: str = ""

    @property
    def basis_words(self) -> str:
        return BASES[self.basis]


class Count(Protocol):
    """How long something takes."""

    @property
    def basis(self) -> str: ...

    def after(self, start: Ordinal) -> Ordinal:
        """The first day on which what follows may begin."""
        ...

    def last(self, start: Ordinal) -> Ordinal:
        """The last day of the activity itself."""
        ...

    def knows(self, start: Ordinal) -> bool:
        """Does it rest on known holidays and known meetings alone?"""
        ...

    def why(self, start: Ordinal) -> Why: ...


OPEN_REPRESENTATION = (
    "A representation keeps the standstill open: there is no day to sign until the further decision is made and told. The "
    "days that follow are planned as if it were told on the first day on which it could be."
)
FARTHEST = 1 << 16
"""Days that a search reaches back: no activity takes that long."""
SEEN_AHEAD = 35
"""Calendar days before the first meeting of a list from which that list is taken to be whole."""


def latest_start(after: Callable[[Ordinal], Ordinal], by: Ordinal) -> Ordinal:
    """The latest day x with after(x) ≤ by, for an `after` that never goes back and never gives a day before x."""
    low, step = 2 * by - after(by), 1
    while after(low) > by:
        low, step = low - step, step * 2
        if step > FARTHEST:
            raise NotCountable("No day is early enough")
    high, step = low + 1, 1
    while after(high) <= by:
        low, high, step = high, high + step, step * 2
    while high - low > 1:
        middle = (low + high) // 2
        if after(middle) <= by:
            low = middle
        else:
            high = middle
    return low


def _day(ordinal: Ordinal) -> dt.date:
    return dt.date.fromordinal(ordinal)


@dataclass(frozen=True, slots=True)
class Days:
    """An allowance of calendar days; what follows begins on the day after the last."""

    days: int
    source: str
    basis: str = ALLOWANCE
    what: str = ""

    def after(self, start: Ordinal) -> Ordinal:
        return start + self.days

    def last(self, start: Ordinal) -> Ordinal:
        return start + max(0, self.days - 1)

    def knows(self, start: Ordinal) -> bool:
        return True

    def why(self, start: Ordinal) -> Why:
        if not self.days:
            return Why(self.what or "It takes no time of its own.", self.source, self.basis)
        return Why(
            f"{counted(self.days, 'calendar day')} are allowed for it.{' ' if self.what else ''}{self.what}",
            self.source,
            self.basis,
        )


@dataclass(frozen=True, slots=True)
class Period:
    """A tendering or participation period: day 1 is the day after the notice, the last day is the deadline."""

    days: int
    reason: str
    source: str = "Procurement Act 2023, section 54"
    basis: str = LAW
    caution: str = ""

    def after(self, start: Ordinal) -> Ordinal:
        return start + self.days

    def last(self, start: Ordinal) -> Ordinal:
        return start + self.days

    def knows(self, start: Ordinal) -> bool:
        return True

    def why(self, start: Ordinal) -> Why:
        ends = period_after(_day(start), self.days, source=self.source)
        return Why(f"{ends.rule} {self.reason}".strip(), ends.source, self.basis, caution=self.caution)


@dataclass(frozen=True, slots=True)
class Standstill:
    """8 working days of the Act, beginning with the contract award notice; the contract is entered into after them."""

    working: WorkingDays
    added: tuple[BankHoliday, ...] = ()
    days: int = notices.STANDSTILL_DAYS
    promised: bool = False
    published: Ordinal | None = None
    """The day of the notice, once it is published …"""
    stated: Ordinal | None = None
    """… and the last day that it states: a longer period binds."""
    basis: str = LAW
    promise: str = "Procurement Act 2023, section 51(4)"
    """What makes a promise bind."""

    def after(self, start: Ordinal) -> Ordinal:
        return self.last(start) + 1

    def last(self, start: Ordinal) -> Ordinal:
        least = self.working.last_of(self.days, start)
        return max(least, self.stated or least) if self._is_published(start) else least

    def _is_published(self, start: Ordinal) -> bool:
        """A beginning before the notice is one that the notice says nothing of."""
        return self.published is not None and start >= self.published

    def knows(self, start: Ordinal) -> bool:
        return self.working.knows(start, self.last(start))

    def why(self, start: Ordinal) -> Why:
        if self.last(start) > self.working.last_of(self.days, start):
            return Why(
                f"The notice states {words(_day(self.last(start)))}, longer than the 8 working days of the law, and what it states binds.",
                self.promise if self.promised else "Procurement Act 2023, section 51(2) and (4)",
                self.basis,
                caution="Longer if a claim is notified.",
            )
        end = notices.standstill_end(_day(start), days=self.days, added=self.added)
        promise = "The notice promises a standstill, and the promise binds. " if self.promised else ""
        return Why(
            f"{promise}It ends at midnight on {words(end.day)}: {end.rule[0].lower()}{end.rule[1:]}",
            self.promise if self.promised else end.source,
            self.basis,
            end.confirmed,
            "Longer if a claim is notified.",
        )


@dataclass(frozen=True, slots=True)
class HealthStandstill:
    """The standstill of the Provider Selection Regime, by the later of two readings. A representation keeps it open."""

    working: WorkingDays
    added: tuple[BankHoliday, ...] = ()
    published: Ordinal | None = None
    """The day of the notice, once it is published."""
    represented: bool = False
    told: Ordinal | None = None
    """The day on which the further decision to go on was told, where there is a representation."""
    basis: str = LAW

    @property
    def is_open(self) -> bool:
        """A representation waits for its further decision: nobody can say when it may be signed."""
        return self.represented and self.told is None

    def after(self, start: Ordinal) -> Ordinal:
        return self.last(start) + 1

    def last(self, start: Ordinal) -> Ordinal:
        close = self._close(start)
        if not self.represented or self.published is None or start < self.published:
            return close
        # Until the further decision is told, no day is too late for it: the first that can be is planned with.
        return max(close, self.working.last_of(5, (self.told if self.told is not None else close) + 1))

    def _close(self, start: Ordinal) -> Ordinal:
        return self.working.last_of(8, start + 2)

    def knows(self, start: Ordinal) -> bool:
        return not self.is_open and self.working.knows(start, self.last(start))

    def why(self, start: Ordinal) -> Why:
        end = notices.psr_representations_end(_day(start), added=self.added)
        if self.is_open:
            return Why(OPEN_REPRESENTATION, end.source, self.basis, False, end.caution)
        if self.represented and self.last(start) > self._close(start):
            return Why(
                f"Representations were made: it ends on {words(_day(self.last(start)))}, five working days after the further decision was told.",
                end.source,
                self.basis,
                end.confirmed,
                f"Which bank holidays count was not found; this is the later day. {ASK_LEGAL}.",
            )
        return Why(
            end.rule,
            end.source,
            self.basis,
            end.confirmed,
            f"{end.caution} A representation keeps it open, and there is then no day to sign before five more working days after the further decision.",
        )


def is_kept_open(count: Count) -> bool:
    """Does it go on until somebody decides, whatever day it is?"""
    return isinstance(count, HealthStandstill) and count.is_open


@dataclass(frozen=True, slots=True)
class CallIn:
    """Working days of the council, beginning with the day after a decision is published."""

    days: int
    working: WorkingDays
    added: tuple[BankHoliday, ...]
    publish: int
    """Calendar days from a decision to its publication."""
    source: str
    basis: str
    caution: str = ""

    def after(self, start: Ordinal) -> Ordinal:
        return self.last(start) + 1

    def last(self, start: Ordinal) -> Ordinal:
        return self.working.last_of(self.days, start + self.publish + 1)

    def knows(self, start: Ordinal) -> bool:
        return self.working.knows(start, self.last(start))

    def why(self, start: Ordinal) -> Why:
        published = _day(start + self.publish)
        return Why(
            f"{counted(self.days, 'working day')} for call-in after the decision is published, taken as {words(published)}; it ends on {words(_day(self.last(start)))}.",
            self.source,
            self.basis,
            self.knows(start),
            self.caution,
        )


@dataclass(frozen=True, slots=True)
class ClearDays:
    """Clear calendar days between a notice and a decision: neither end counts."""

    days: int
    source: str
    basis: str = LAW
    caution: str = ""

    def after(self, start: Ordinal) -> Ordinal:
        return start + self.days + 1

    def last(self, start: Ordinal) -> Ordinal:
        return start + self.days

    def knows(self, start: Ordinal) -> bool:
        return True

    def why(self, start: Ordinal) -> Why:
        return Why(
            f"{counted(self.days, 'clear day')} between the notice and the decision; neither end counts, so the decision is on {words(_day(self.after(start)))} at the earliest.",
            self.source,
            self.basis,
            caution=self.caution,
        )


@dataclass(frozen=True, slots=True)
class Papers:
    """Clear working days of the council between the papers and the meeting."""

    days: int
    working: WorkingDays
    source: str
    basis: str
    caution: str

    def after(self, start: Ordinal) -> Ordinal:
        return self.working.last_of(self.days, self.working.on_or_after(start) + 1) + 1

    def last(self, start: Ordinal) -> Ordinal:
        return self.after(start) - 1

    def knows(self, start: Ordinal) -> bool:
        return self.working.knows(start, self.after(start))

    def why(self, start: Ordinal) -> Why:
        return Why(
            f"{counted(self.days, 'clear working day')} between the day the report is published and the meeting; neither end counts.",
            self.source,
            self.basis,
            self.knows(start),
            self.caution,
        )


@dataclass(frozen=True, slots=True)
class Meeting:
    """The next meeting that can decide. Where no dates are known, any day will do, and that is said."""

    days: tuple[Ordinal, ...]
    body: str
    source: str
    basis: str = OWN

    def after(self, start: Ordinal) -> Ordinal:
        return self.days[bisect_left(self.days, start)] if self.knows(start) else start

    def last(self, start: Ordinal) -> Ordinal:
        return self.after(start)

    def knows(self, start: Ordinal) -> bool:
        return bool(self.days) and self.days[0] - SEEN_AHEAD <= start <= self.days[-1]

    def why(self, start: Ordinal) -> Why:
        if self.knows(start):
            return Why(
                f"The first meeting of {self.body} from {words(_day(start))} on is on {words(_day(self.after(start)))}.",
                self.source,
                self.basis,
            )
        known = f"after {words(_day(self.days[-1]))} " if self.days and start > self.days[-1] else ""
        return Why(
            f"A meeting decides. No date of a meeting {known}is known here, so it is planned for the first day on which one could.",
            self.source,
            ALLOWANCE,
            False,
            "Add the dates of meetings: the decision waits for one.",
        )


@dataclass(frozen=True, slots=True)
class Leaseholders:
    """30 days beginning with a notice to leaseholders."""

    basis: str = LAW
    days: int = 30

    def after(self, start: Ordinal) -> Ordinal:
        return start + self.days

    def last(self, start: Ordinal) -> Ordinal:
        return start + self.days - 1

    def knows(self, start: Ordinal) -> bool:
        return True

    def why(self, start: Ordinal) -> Why:
        end = beginning_with(_day(start), self.days, source="Landlord and Tenant Act 1985, section 20")
        return Why(
            f"{self.days} days for leaseholders’ observations. {end.rule}",
            end.source,
            self.basis,
            caution=f"The 30 days are known from practice. {ASK_LEGAL}.",
        )


@dataclass(frozen=True, slots=True)
class PlannedNotice:
    """A planned procurement notice (UK3) at least 40 days before the tender notice; 41 to be safe."""

    days: int = 41
    basis: str = LAW

    def after(self, start: Ordinal) -> Ordinal:
        return start + self.days

    def last(self, start: Ordinal) -> Ordinal:
        return start

    def knows(self, start: Ordinal) -> bool:
        return True

    def why(self, start: Ordinal) -> Why:
        first, _ = notices.planned_notice_window(_day(start))
        return Why(
            f"{first.rule} One more day is allowed for.", first.source, self.basis, caution=first.caution
        )
