"""The answer to “when does this period end?”: in words, day by day, and for a calendar."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse

from guidance.tools import own_period
from guidance.tools.counting import Counting, Outcome, Point
from guidance.tools.pages.shared import Statement, address, statement
from guidance.tools.periods import Period
from toolkit.core.icalendar import DayEvent
from toolkit.core.text import day as in_words
from toolkit.law.reckoning import days_of
from toolkit.law.values import CHECKED_ON

MOST_DAYS_SHOWN = 200
"""A longer count is not shown day by day: nobody counts a year on a page."""

NOT_COUNTED = "no"
"""Stands in the days that do not count; the page says so above the months."""

EARLIER_LAW = Statement(
    "This is a rule of the Procurement Act 2023. It is not for what commenced before 24 February 2025, nor for call-offs from frameworks made under the earlier law.",
    "SI 2024/716, regulation 5, as amended",
)

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Answer:
    """A period, what was typed for it, and what it comes to."""

    period: Period
    given: Counting
    outcome: Outcome

    @property
    def answers(self) -> dict[str, str]:
        """What was answered, as an address carries it."""
        given = self.given
        days = str(given.days) if given.days else ""
        calendar = given.calendar if given.how in own_period.IN_WORKING_DAYS else ""
        return {"period": self.period.slug, "on": given.on.isoformat(), "days": days, "how": given.how, "calendar": calendar}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PointRow:
    """A day that came out, its reason, and whether it can be relied on."""

    lead: str
    day: dt.date
    why: Statement
    is_confirmed: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """A day of a month: its number and what it is in the count; `kind` is for its look alone."""

    day: int
    words: str
    kind: str


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the count; weeks of seven, empty places None."""

    name: str
    weeks: Sequence[Sequence[Cell | None]]


@dataclass(frozen=True, slots=True)
class PeriodPage:
    main: PointRow
    others: tuple[PointRow, ...]
    given: tuple[tuple[str, str], ...]
    holidays: tuple[tuple[dt.date, str], ...]
    next_steps: tuple[str, ...]
    exceptions: tuple[Statement, ...]
    months: tuple[Month, ...]
    is_too_long_to_show: bool
    url: str
    calendar_url: str


def answer_of(period: Period, given: Counting) -> Answer:
    return Answer(period, given, period.work_out(given))


def period_page(period: Period, given: Counting) -> PeriodPage:
    """The day, why, what to do next, and the days one by one."""
    answer = answer_of(period, given)
    outcome = answer.outcome
    first, last = _reach(answer)
    is_too_long = (last - first).days > MOST_DAYS_SHOWN
    return PeriodPage(
        main=_row(outcome.main),
        others=tuple(_row(point) for point in outcome.others),
        given=_given(answer),
        holidays=tuple(outcome.span.holidays) if outcome.span else (),
        next_steps=outcome.next_steps,
        exceptions=_exceptions(answer),
        months=() if is_too_long or outcome.span is None else _months(answer),
        is_too_long_to_show=is_too_long and outcome.span is not None,
        url=address(reverse("tool_period"), **answer.answers),
        calendar_url=address(reverse("tool_period_calendar"), **answer.answers),
    )


def _row(point: Point) -> PointRow:
    date = point.date
    return PointRow(
        point.lead,
        date.day,
        Statement(date.rule, date.source, date.caution, date.checked_on),
        date.confirmed,
    )


def _exceptions(answer: Answer) -> tuple[Statement, ...]:
    """When the rule does not apply; a rule of the Act never does under the law before it."""
    exceptions = tuple(statement(reason) for reason in answer.outcome.exceptions)
    return (*exceptions, EARLIER_LAW) if answer.period.in_force_from else exceptions


def _given(answer: Answer) -> tuple[tuple[str, str], ...]:
    given = answer.given
    rows = [("Period", answer.period.label), (answer.period.question, in_words(given.on))]
    if given.how:
        rows += [("Days", f"{given.days:,}"), ("Counted as", own_period.HOW[given.how][0])]
        if given.how in own_period.IN_WORKING_DAYS:
            rows.append(("Working days", own_period.CALENDARS[given.calendar][0]))
    return tuple(rows)


def _reach(answer: Answer) -> tuple[dt.date, dt.date]:
    """The first and last day that the count touches."""
    days = [answer.given.on, answer.outcome.main.date.day]
    if answer.outcome.span:
        days += [answer.outcome.span.first, answer.outcome.span.last]
    return min(days), max(days)


def _months(answer: Answer) -> tuple[Month, ...]:
    first, last = _reach(answer)
    cells = _cells(answer)
    months = []
    month = first.replace(day=1)
    while month <= last:
        following = (month + dt.timedelta(31)).replace(day=1)
        places: list[Cell | None] = [None] * month.weekday()
        places += [
            cells.get(each, Cell(each.day, "", "outside"))
            for each in (month + dt.timedelta(number) for number in range((following - month).days))
        ]
        places += [None] * (-len(places) % 7)
        months.append(
            Month(f"{month:%B %Y}", [places[start : start + 7] for start in range(0, len(places), 7)])
        )
        month = following
    return tuple(months)


def _cells(answer: Answer) -> dict[dt.date, Cell]:
    """The days of the count, the day asked for and the day that came out."""
    span, end, on = answer.outcome.span, answer.outcome.main.date.day, answer.given.on
    cells = {on: Cell(on.day, NOT_COUNTED, "skipped")}
    for counted in days_of(span) if span else ():
        words, kind = (f"day {counted.number}", "counts") if counted.number else (NOT_COUNTED, "skipped")
        cells[counted.day] = Cell(counted.day.day, words, kind)
    words = f"{cells[end].words}, end" if end in cells else "answer"
    cells[end] = Cell(end.day, words, "end")
    return cells


def calendar_events(answer: Answer) -> list[DayEvent]:
    """An event for each day that came out. The same question gives the same identifiers, on any day it is asked."""
    query = address("", **answer.answers)
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    points = (answer.outcome.main, *answer.outcome.others)
    return [
        DayEvent(
            uid=f"{hashlib.sha256(f'{query}#{number}'.encode()).hexdigest()[:32]}@{host}",
            day=point.date.day,
            summary=point.title,
            description=_description(point),
            url=f"{settings.BASE_URL}{reverse('tool_period')}{query}",
        )
        for number, point in enumerate(points)
    ]


def _description(point: Point) -> str:
    date = point.date
    lines = [date.rule, f"Source: {date.source}, last checked {in_words(CHECKED_ON)}."]
    if not date.confirmed:
        lines.append("Not confirmed: it reaches past the bank holidays known so far.")
    if date.caution:
        lines.append(date.caution)
    return "\n".join(lines)
