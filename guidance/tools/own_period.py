"""Days of one's own: any number, counted in one of the ways that rules count."""

from __future__ import annotations

from dataclasses import replace

from guidance.tools.counting import Counting, Outcome, Point
from toolkit.core.text import count
from toolkit.core.text import day as in_words
from toolkit.law.calendars import calendar
from toolkit.law.periods import (
    beginning_with,
    clear_days_after,
    clear_days_before,
    moved,
    period_after,
    working_days_beginning_with,
)
from toolkit.law.reckoning import Span
from toolkit.law.values import ASK_LEGAL

SLUG = "own"

BEGINNING, AFTER, WORKING = "beginning-with", "after", "working-days"
CLEAR_AFTER, CLEAR_BEFORE, CLEAR_WORKING_BEFORE = "clear-after", "clear-before", "clear-working-before"
HOW = {
    BEGINNING: ("Days beginning with the date", "The date is day 1"),
    AFTER: ("Days after the date", "The next day is day 1"),
    WORKING: ("Working days beginning with the date", "The date is day 1 if it is a working day"),
    CLEAR_AFTER: ("Clear days after the date", "Neither end counts"),
    CLEAR_BEFORE: ("Clear days before the date", "Neither end counts"),
    CLEAR_WORKING_BEFORE: ("Clear working days before the date", "Neither end counts"),
}
IN_WORKING_DAYS = frozenset({WORKING, CLEAR_WORKING_BEFORE})

CALENDARS = {
    "act": ("Working days of the Procurement Act", "No bank holiday of any part of the United Kingdom counts"),
    "council": ("Working days of a council", "Bank holidays of England and Wales do not count. Your council’s own closed days are not known here"),
    "court": ("Working days of the courts", "Bank holidays of England and Wales do not count"),
    "psr": ("Working days of the Provider Selection Regime", "No bank holiday of any part of the United Kingdom counts, to be safe"),
}  # fmt: skip
_SOURCES = {
    "act": "Procurement Act 2023, section 123",
    "council": "Usual practice of councils",
    "court": "Usual practice of the courts",
    "psr": "SI 2023/1348; which bank holidays count was not found",
}
CALENDAR_DAYS = "Your own rule; calendar days, no day left out"


def work_out(given: Counting) -> Outcome:
    """Count as asked. That the reader’s rule counts so is for the reader to check."""
    days = calendar(given.calendar) if given.how in IN_WORKING_DAYS else None
    source = f"Your own rule; {_SOURCES[given.calendar]}" if days else CALENDAR_DAYS
    match given.how:
        case "beginning-with":
            date = beginning_with(given.on, given.days, source=source)
            span = Span(given.on, date.day)
        case "after":
            date = period_after(given.on, given.days, source=source)
            span = Span(moved(given.on, 1), date.day)
        case "working-days":
            date = working_days_beginning_with(given.on, given.days, given.calendar, source=source)
            span = Span(given.on, date.day, days)
        case "clear-after":
            date = clear_days_after(given.on, given.days, source=source)
            span = Span(moved(given.on, 1), moved(date.day, -1))
        case _:
            date = clear_days_before(given.on, given.days, given.calendar if days else None, source=source)
            span = Span(moved(date.day, 1), moved(given.on, -1), days)
    backwards = given.how in (CLEAR_BEFORE, CLEAR_WORKING_BEFORE)
    lead = "The last day to act is" if backwards else "The first day after them is" if given.how == CLEAR_AFTER else "The period ends on"  # fmt: skip
    title = f"{HOW[given.how][0].replace('the date', in_words(given.on))}: {count(given.days, 'day')}"
    caution = f"Check that your rule counts in this way. {ASK_LEGAL}."
    return Outcome(Point(lead, title, replace(date, caution=caution)), span=span)
