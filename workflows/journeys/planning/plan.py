"""A plan: for every activity the latest and the earliest days, the float between them, what binds, and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from toolkit.law.values import NotCountable, counted
from workflows.journeys.facts import Facts
from workflows.journeys.planning.activities import Activity
from workflows.journeys.planning.back import latest
from workflows.journeys.planning.counts import Count, Why, is_kept_open
from workflows.journeys.planning.forward import earliest
from workflows.journeys.planning.network import NO_CHANGE, Change, Network, Node, network_of
from workflows.journeys.planning.recorded import Known, known_of
from workflows.journeys.planning.shapes import Shape
from workflows.journeys.planning.working_days import Ordinal

FIRST, LAST = dt.date(1990, 1, 1), dt.date(2100, 12, 31)
"""A day of need outside these is a slip."""


@dataclass(frozen=True, slots=True)
class Row:
    """One activity of a plan. Ordinals within, days without."""

    activity: Activity
    count: Count
    latest: Ordinal
    earliest: Ordinal
    ready: Ordinal
    """The earliest day on which what follows may begin."""
    is_over: bool
    has_begun: bool
    binds: bool
    """On the longest way from today to the day of need: a day later here is a day later there."""
    may: str
    latest_confirmed: bool
    earliest_confirmed: bool
    waits_for: tuple[int, ...]
    """The places in the plan of what has to be over before it."""
    end_is_set: bool
    """The day on which what follows may begin is recorded; it may lie ahead, as a deadline does."""

    @property
    def slug(self) -> str:
        return self.activity.slug

    @property
    def float_days(self) -> int:
        """Calendar days it can begin later without being late; less than nothing: it is late already."""
        return self.latest - self.earliest

    @property
    def latest_start(self) -> dt.date:
        return _day(self.latest)

    @property
    def latest_end(self) -> dt.date:
        """The last day of the activity, if it begins on its latest day."""
        return _day(self.count.last(self.latest))

    @property
    def start(self) -> dt.date:
        """The day on which it begins, or began, if all goes on from today."""
        return _day(self.earliest)

    @property
    def end(self) -> dt.date:
        """Its last day, if all goes on from today."""
        if self.is_over or self.has_begun:
            return _day(max(self.earliest, self.ready - 1) if self.count.last(self.earliest) < self.count.after(self.earliest) else self.ready)  # fmt: skip
        return _day(self.count.last(self.earliest))

    @property
    def ready_on(self) -> dt.date:
        """The day on which what follows may begin, if all goes on from today; of what is done, the day it was done."""
        return _day(self.ready)

    @property
    def why(self) -> Why:
        """Why it takes this long, counted from the day on which it is to begin."""
        return self.count.why(self.earliest)

    @property
    def why_latest(self) -> Why:
        return self.count.why(self.latest)


@dataclass(frozen=True, slots=True)
class Plan:
    """The rows in order; the last is the day of need."""

    shape: Shape
    rows: tuple[Row, ...]
    left_out: tuple[tuple[Activity, str], ...]
    needed_on: dt.date
    today: dt.date

    @property
    def ready_on(self) -> dt.date:
        """The day it is there, if all goes on from today."""
        return _day(self.rows[-1].earliest)

    @property
    def late_days(self) -> int:
        """Calendar days after the day of need; none or less: in time."""
        return self.rows[-1].earliest - self.needed_on.toordinal()

    @property
    def is_late(self) -> bool:
        return self.late_days > 0

    @property
    def open(self) -> tuple[Row, ...]:
        """What is not over, without the day of need itself."""
        return tuple(row for row in self.rows[:-1] if not row.is_over)

    @property
    def start_by(self) -> dt.date:
        """The last day to begin what comes first of all that is open; the day of need where nothing is."""
        ahead = (row.latest_start for row in self.open if not (row.has_begun or row.activity.by_itself))
        return min(ahead, default=self.needed_on)

    @property
    def binding(self) -> tuple[Row, ...]:
        """What binds, and takes its length from the law or the organisation's own rules."""
        return tuple(row for row in self.open if row.binds and row.count.basis != "allowance")

    @property
    def is_confirmed(self) -> bool:
        """Does every day hang on known holidays and meetings?"""
        return all(row.latest_confirmed and row.earliest_confirmed for row in self.open)

    @property
    def held_open(self) -> Row | None:
        """What goes on until somebody decides: nobody can say when what follows may begin."""
        return next((row for row in self.open if is_kept_open(row.count) and row.has_begun), None)

    def row(self, slug: str) -> Row | None:
        return next((row for row in self.rows if row.activity.slug == slug), None)


def _day(ordinal: Ordinal) -> dt.date:
    if not 1 <= ordinal <= dt.date.max.toordinal():
        raise NotCountable("The date is out of range")
    return dt.date.fromordinal(ordinal)


def plan_of(
    shape: Shape,
    facts: Facts,
    *,
    needed_on: dt.date,
    today: dt.date,
    done: Mapping[str, dt.date] | None = None,
    change: Change = NO_CHANGE,
) -> Plan:
    """The plan of a route for these facts, which hold what steps recorded. `done`: activities whose steps are all
    completed, and when. Raises NotCountable for a day of need out of range."""
    if not FIRST <= needed_on <= LAST:
        raise NotCountable("The day it is needed must be between 1990 and 2100")
    network = network_of(shape, facts, change)
    now, by = today.toordinal(), needed_on.toordinal()
    known = known_of(network, facts, {slug: day.toordinal() for slug, day in (done or {}).items()}, now)
    back = latest(network, by)
    meant = {slug: day.toordinal() for slug, day in facts.planned.starts.items()}
    front = earliest(network, now, known, meant)
    binds = _longest_way(network, front.because)
    rows = tuple(
        Row(
            node.activity,
            node.count,
            back.starts[place],
            front.starts[place],
            front.after[place],
            _is_over(place, node, known, front.after[place], now),
            place in known.begun,
            place in binds,
            node.may,
            back.confirmed[place],
            front.confirmed[place],
            node.waits_for,
            place in known.ends,
        )
        for place, node in enumerate(network.nodes)
    )
    return Plan(shape, rows, network.left_out, needed_on, today)


def _is_over(place: int, node: Node, known: Known, after: Ordinal, now: Ordinal) -> bool:
    """Something later has begun, its end is recorded, or it ran out by itself."""
    activity = node.activity
    if place in known.over:
        return True
    if is_kept_open(node.count):
        return False
    if place in known.ends:
        return after <= now
    if activity.by_itself:
        return after < now
    return place in known.begun and not activity.has_allowance and after <= now


def _longest_way(network: Network, because: tuple[int | None, ...]) -> frozenset[int]:
    """Back from the day of need along what set each beginning."""
    way: set[int] = set()
    place: int | None = len(network.nodes) - 1
    while place is not None:
        way.add(place)
        place = because[place]
    return frozenset(way)


def length_in_words(days: int) -> str:
    """`3 weeks`, `3 weeks and 2 days`, `about 7 months`: a length of calendar days as people say it."""
    days = abs(days)
    weeks, rest = divmod(days, 7)
    if days < 14:
        return counted(days, "day") if rest or not weeks else counted(weeks, "week")
    if days > 182:
        return f"about {round(days / 30.44)} months"
    return counted(weeks, "week") + (f" and {counted(rest, 'day')}" if rest else "")
