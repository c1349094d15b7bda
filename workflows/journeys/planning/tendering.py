"""How long suppliers have: section 54, and a reasonable time where the Act sets no number.

What nobody has said shortens nothing; an allowance may lengthen a minimum and never goes below it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from toolkit.law import notices
from toolkit.law.minimum_periods import (
    SOURCE,
    MinimumPeriod,
    TenderCircumstances,
    participation_period,
    tendering_period,
)
from toolkit.law.values import ASK_LEGAL, words
from workflows.journeys.facts import Facts
from workflows.journeys.planning.counts import ALLOWANCE, LAW, Count, Period, Why
from workflows.journeys.planning.working_days import Ordinal

if TYPE_CHECKING:
    from workflows.journeys.planning.activities import Takes

OVER_A_MINIMUM = frozenset(
    {
        "participation",
        "requests",
        "tendering",
        "final-tenders",
        "second-round",
        "middle-round",
        "third-round",
        "market-tenders",
        "quotations",
        "further-competition",
        "old-law-competition",
        "offers",
    }
)
"""Activities whose allowance may lengthen what the law asks."""

_NOT_SAID = "You have not said that tenders are sent electronically and that all documents come with the notice: until then the longest period applies."


def _at_least(period: MinimumPeriod, takes: Takes, reason: str = "") -> Period:
    """The law's minimum, or the allowance where it is longer."""
    why = reason or period.why
    if period.days is None:
        return Period(takes.days, why, takes.source, ALLOWANCE)
    if takes.days > period.days:
        return Period(
            takes.days, f"At least {period.days} are asked for (section 54). {why}", takes.source, takes.basis
        )
    return Period(period.days, why, period.source)


def participation(facts: Facts, takes: Takes) -> Count:
    return _at_least(
        participation_period(
            light_touch=bool(facts.light_touch), urgent=bool(facts.answer("urgent_participation"))
        ),
        takes,
    )


def _circumstances(facts: Facts, *, planned: bool = False) -> TenderCircumstances:
    return TenderCircumstances(
        light_touch=bool(facts.light_touch),
        qualifying_planned_notice=planned,
        urgent=bool(facts.answer("urgent_period")),
        electronic=facts.answer("electronic") is True,
        all_documents_at_once=facts.answer("documents_at_once") is True,
    )


def tenders(facts: Facts, takes: Takes) -> Count:
    """The tender period of a competition above the threshold."""
    planned, published = facts.day_of("planned-notice"), facts.day_of("tender-notice")
    if planned is not None and published is not None:
        first, last = notices.planned_notice_window(planned)
        return _at_least(
            tendering_period(_circumstances(facts, planned=first.day <= published <= last.day)), takes
        )
    period = tendering_period(_circumstances(facts))
    unsaid = facts.answer("electronic") is None or facts.answer("documents_at_once") is None
    count = _at_least(period, takes, _NOT_SAID if unsaid and (period.days or 0) > 25 else "")
    if planned is not None and period.days is not None and period.days > 10:
        return PlannedFor(count, planned)
    return count


def later_round(facts: Facts, takes: Takes) -> Count:
    """A round after the first: it is not stated that the minimum begins again, so the safer length is planned."""
    return replace(
        _at_least(tendering_period(_circumstances(facts)), takes),
        caution=f"Whether the minimum of section 54 applies to a later round: {ASK_LEGAL[0].lower()}{ASK_LEGAL[1:]}.",
    )


def market_tenders(facts: Facts, takes: Takes) -> Count:
    return _at_least(
        tendering_period(TenderCircumstances(light_touch=bool(facts.light_touch), dynamic_market=True)), takes
    )


def reasonable(sentence: str, source: str) -> Callable[[Facts, Takes], Count]:
    """A time that no provision numbers."""

    def make(facts: Facts, takes: Takes) -> Count:
        return Period(takes.days, sentence, f"{takes.source}; {source}", ALLOWANCE)

    return make


def minimum(facts: Facts) -> int | None:
    """The fewest days that the Act allows for tenders on what is known; None where it sets no number."""
    return tendering_period(_circumstances(facts)).days


@dataclass(frozen=True, slots=True)
class PlannedFor:
    """A tender period that a published planned procurement notice shortens, from 40 days to 12 months after it. Before
    that window it pays to wait for it where the wait ends sooner."""

    ordinary: Period
    planned_on: dt.date
    short: int = 10
    basis: str = LAW

    @property
    def _window(self) -> tuple[Ordinal, Ordinal]:
        first, last = notices.planned_notice_window(self.planned_on)
        return first.day.toordinal(), last.day.toordinal()

    def after(self, start: Ordinal) -> Ordinal:
        first, last = self._window
        ordinary = self.ordinary.after(start)
        return ordinary if start > last else min(ordinary, max(start, first) + self.short)

    def last(self, start: Ordinal) -> Ordinal:
        return self.after(start)

    def knows(self, start: Ordinal) -> bool:
        return True

    def why(self, start: Ordinal) -> Why:
        first, last = self._window
        if self.after(start) == self.ordinary.after(start):
            return self.ordinary.why(start)
        notice = max(start, first)
        return Why(
            f"10 days from a tender notice on {words(dt.date.fromordinal(notice))}: the planned procurement notice of {words(self.planned_on)} qualifies for notices from {words(dt.date.fromordinal(first))} to {words(dt.date.fromordinal(last))}.",
            SOURCE,
            LAW,
            caution="The time must still be reasonable (section 54(1)).",
        )
