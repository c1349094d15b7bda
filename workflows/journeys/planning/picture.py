"""The picture of a plan: a bar for each activity from today to the day of need, its float behind it. Geometry alone; the
template draws it as SVG. Across, everything is in hundredths of the width, so that letters keep their size on a phone.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from toolkit.law.values import words
from workflows.journeys.planning.plan import Plan, Row

ROW, TOP = 44, 34
MOST_TICKS = 5


@dataclass(frozen=True, slots=True)
class Bar:
    """One activity. `x` and `width` in hundredths; `spare`: where its float begins, and how wide that is."""

    label: str
    note: str
    x: str
    width: str
    spare_x: str
    spare_width: str
    text_y: int
    bar_y: int
    kind: str
    """`binds`, `has-float` or `over`: for its look; the note says it in words."""


@dataclass(frozen=True, slots=True)
class Tick:
    x: str
    words: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Picture:
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    needed_x: str
    height: int
    title: str


def _percent(value: float) -> str:
    return f"{max(0.0, min(value, 100.0)):.2f}%"


def picture_of(plan: Plan) -> Picture:
    """The picture of what is not over."""
    rows = plan.open
    needed = plan.needed_on.toordinal()
    first = min([plan.today.toordinal(), *(row.earliest for row in rows)])
    last = max([needed, plan.rows[-1].earliest, *(row.earliest for row in rows)]) + 1
    span = max(1, last - first)

    def at(day: int) -> float:
        return 100 * (day - first) / span

    bars = tuple(_bar(row, number, at) for number, row in enumerate(rows))
    return Picture(
        bars,
        _ticks(first, span),
        _percent(at(needed)),
        TOP + ROW * len(bars) + 10,
        f"Bars from {words(dt.date.fromordinal(first))}: when each activity takes place if all goes on from today. The line is the day of need, {words(plan.needed_on)}. The table says the same.",
    )


def _bar(row: Row, number: int, at: object) -> Bar:
    assert callable(at)
    begins, ends = row.start.toordinal(), row.end.toordinal() + 1
    spare_from, spare_to = ends, row.latest_end.toordinal() + 1
    note = "binds" if row.binds else ""
    if row.float_days < 0:
        note = f"{note}, late" if note else "late"
    top = TOP + ROW * number
    return Bar(
        row.activity.label,
        note,
        _percent(at(begins)),
        _percent(max(at(ends) - at(begins), 0.6)),
        _percent(at(spare_from)),
        _percent(max(0.0, at(spare_to) - at(spare_from))),
        top + 14,
        top + 20,
        "binds" if row.binds else "has-float",
    )


def _ticks(first: int, span: int) -> tuple[Tick, ...]:
    """First days of months, so many that their names stand apart."""
    months: list[dt.date] = []
    day = dt.date.fromordinal(first).replace(day=1)
    while True:
        try:
            day = (day + dt.timedelta(31)).replace(day=1)
        except OverflowError:
            break
        if day.toordinal() >= first + span:
            break
        months.append(day)
    every = max(1, -(-len(months) // MOST_TICKS))
    ticks = []
    for month in months[::every]:
        place = 100 * (month.toordinal() - first) / span
        if place < 92:
            ticks.append(Tick(_percent(place), f"{month:%b} {month.year}", "start"))
    return tuple(ticks)
