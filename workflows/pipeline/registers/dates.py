"""Dates as people type them into spreadsheets, read the British way unless the file shows otherwise."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from toolkit.core import clock
from workflows.pipeline.registers.bounds import LONGEST_VALUE
from workflows.pipeline.registers.table import Cell, line_of

EARLIEST = dt.date(1950, 1, 1)
LATEST = dt.date(2150, 12, 31)
"""Dates outside these are slips or fillers (1 January 1900, 31 December 9999) and are not taken."""

CENTURY_TURNS = 70
"""Two-digit years below this are 20xx, the others 19xx."""

SERIALS = range(18264, 91677)
"""Numbers that a spreadsheet means as days since 30 December 1899, for dates from 1950 to 2150."""


class Order(StrEnum):
    """How the numbers of 4/5/26 are ordered."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"


@dataclass(frozen=True, slots=True)
class ReadDate:
    """What a cell says. `message` is a sentence when the reader should know more than the day; empty when all is well."""

    day: dt.date | None = None
    message: str = ""
    no_fixed_end: bool = False
    """The cell says that it goes on with no end: “Ongoing”, “Mo. to Mo.”."""


_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name[:3]: number for name, number in _MONTHS.items()} | {"sept": 9}
_MONTH = "(" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_GAP = r"[\s/.,'’–-]*"
_TIME = r"(?:[\sT,]+(?:at\s+)?\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?\s*(?:am|pm|noon)?)?"

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_NUMBERS = re.compile(r"(?<!\d)(\d{1,2})\s?[/.\\-]\s?(\d{1,2})\s?[/.\\-]\s?(\d{4}|\d{2})(?!\d)")
_DAY_MONTH = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?{_GAP}(?:of\s+)?{_MONTH}{_GAP}(\d{{4}}|\d{{2}})(?!\d)", re.I
)
_MONTH_DAY = re.compile(rf"\b{_MONTH}{_GAP}(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})(?!\d)", re.I)
_MONTH_YEAR = re.compile(rf"\b{_MONTH}{_GAP}(\d{{4}}|\d{{2}})(?!\d)", re.I)
_NUMBER_YEAR = re.compile(r"(?<![\d/.-])(\d{1,2})\s?[/.-]\s?(\d{4})(?!\d)")
_BASIC = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")

_BEFORE = re.compile(
    r"^(?:(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?\b[.,]?|circa|c\.|approx\.?|approximately|est\.?|estimated|about|on|by|w/c|until)\s+",
    re.I,
)
NOT_GIVEN = re.compile(
    r"(?:n\s?[/.\\]?\s?a\.?|none|nil|null|nan|tb[cadn]|to be (?:confirmed|advised|agreed|announced|determined|decided)"
    r"|(?:date )?not (?:yet )?(?:known|applicable|available|set|specified|given|stated|recorded|provided)"
    r"|unknown|blank|pending|[-–—_.?*\s]+|0|0?0[/.-]0?0[/.-]0{2,4})",
    re.I,
)
"""The ways people say that there is nothing to say. Matched against the whole cell."""
_NO_END = re.compile(
    r"\b(?:on-?\s?going|rolling|mo\.?\s*(?:to|-)\s*mo\b\.?|month(?:ly)?[\s-]*(?:to|by)[\s-]*month(?:ly)?|open[\s-]?ended|perpetual|in perpetuity"
    r"|evergreen|until further notice|until terminated|no (?:fixed |set )?(?:end|expiry)|indefinite(?:ly)?|continu(?:ous|ing)|permanent"
    r"|auto(?:matic(?:ally)?)?[\s-]*renew(?:s|al|ed|ing)?)\b",
    re.I,
)
_YEAR_ONLY = re.compile(
    r"(?:(?:q[1-4]|quarter [1-4]|spring|summer|autumn|winter|early|mid|late)\W*)?(?:fy\s*)?20\d{2}(?:\s*[/–-]\s*(?:20)?\d{2})?(?:\W*q[1-4])?",
    re.I,
)


def evidence(cells: Iterable[Cell]) -> tuple[int, int]:
    """How many cells can only be day-first, and how many only month-first."""
    day_first = month_first = 0
    for cell in cells:
        if isinstance(cell, str):
            for found in _NUMBERS.finditer(cell):
                first, second = int(found[1]), int(found[2])
                day_first += 12 < first <= 31 and 1 <= second <= 12
                month_first += 12 < second <= 31 and 1 <= first <= 12
    return day_first, month_first


def order_of(own: tuple[int, int], whole_file: tuple[int, int] = (0, 0)) -> Order:
    """Month-first only where a column shows it and shows nothing against it; British wherever it is not clear.

    A column that shows nothing itself follows the other date columns of its file, when those all agree.
    """
    day_first, month_first = own if any(own) else whole_file
    return Order.MONTH_FIRST if month_first and not day_first else Order.DAY_FIRST


def read_date(cell: Cell, *, order: Order = Order.DAY_FIRST, is_end: bool = False) -> ReadDate:
    """The day a cell names. `is_end`: where only a month is given, its last day is meant, not its first.

    Cells that say nothing (`n/a`, `TBC`) give no day and no message. A time with an offset is put into London time.
    """
    if isinstance(cell, dt.datetime):
        return _in_range((cell.astimezone(clock.LONDON) if cell.tzinfo else cell).date())
    if isinstance(cell, dt.date):
        return _in_range(cell)
    text = line_of(cell)
    if not text or NOT_GIVEN.fullmatch(text):
        return ReadDate()
    if isinstance(cell, (bool, dt.time, dt.timedelta)) or len(text) > LONGEST_VALUE:
        return ReadDate(message="This is not a date.")
    if isinstance(cell, (int, float)) or re.fullmatch(r"\d{5}(?:\.\d+)?", text):
        number = float(cell) if isinstance(cell, (int, float)) else float(text)
        if abs(number) < 10**6 and int(number) in SERIALS:
            return ReadDate(dt.date(1899, 12, 30) + dt.timedelta(days=int(number)))
    return _read_text(text, order, is_end)


def _read_text(text: str, order: Order, is_end: bool) -> ReadDate:
    if re.match(r"\d{4}-\d{2}-\d{2}T", text):
        try:
            return read_date(dt.datetime.fromisoformat(text))
        except ValueError:
            pass  # not a whole timestamp: read below for the day in it
    stripped = _BEFORE.sub("", _BEFORE.sub("", text))
    if _NO_END.search(text) and not dates_in(text, order=order):
        return ReadDate(message="No fixed end is given.", no_fixed_end=True)
    for pattern in (_BASIC, _ISO, _NUMBERS, _DAY_MONTH, _MONTH_DAY):
        if whole := re.fullmatch(pattern.pattern + _TIME, stripped, re.I):
            day = _day_of(pattern, whole, order)
            return _in_range(day) if day else ReadDate(message="There is no such day.")
    if month := _month_of(stripped, is_end):
        return _in_range(month, f"Only a month is given: read as its {'last' if is_end else 'first'} day.")
    if _YEAR_ONLY.fullmatch(stripped):
        return ReadDate(message="Only a year or part of a year is given, so there is no date.")
    found = dates_in(text, order=order)
    if len(found) == 1:
        return _in_range(found[0], "There is more than a date here: only the date was read.")
    if found:
        return _in_range(found[0], "There is more than one date here: the first was read.")
    return ReadDate(message="This is not a date.")


def dates_in(text: str, *, order: Order = Order.DAY_FIRST) -> tuple[dt.date, ...]:
    """Every whole date in a piece of text, in the order they stand."""
    return tuple(day for _, _, day in spans_of_dates(text, order=order))


def spans_of_dates(text: str, *, order: Order = Order.DAY_FIRST) -> tuple[tuple[int, int, dt.date], ...]:
    """As `dates_in`, each with where it begins and ends in the text."""
    taken: list[tuple[int, int, dt.date]] = []
    for pattern in (_ISO, _NUMBERS, _DAY_MONTH, _MONTH_DAY):
        for found in pattern.finditer(text):
            begin, end = found.span()
            if any(begin < other_end and other_begin < end for other_begin, other_end, _ in taken):
                continue
            if day := _day_of(pattern, found, order):
                taken.append((begin, end, day))
    return tuple(sorted(taken))


def _day_of(pattern: re.Pattern[str], found: re.Match[str], order: Order) -> dt.date | None:
    a, b, c = found[1], found[2], found[3]
    if pattern is _ISO or pattern is _BASIC:
        year, month, day = int(a), int(b), int(c)
    elif pattern is _DAY_MONTH:
        year, month, day = _year(c), _MONTHS[b.lower()], int(a)
    elif pattern is _MONTH_DAY:
        year, month, day = _year(c), _MONTHS[a.lower()], int(b)
    elif order is Order.MONTH_FIRST:
        year, month, day = _year(c), int(a), int(b)
    else:
        year, month, day = _year(c), int(b), int(a)
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _month_of(text: str, is_end: bool) -> dt.date | None:
    if found := _MONTH_YEAR.fullmatch(text):
        year, month = _year(found[2]), _MONTHS[found[1].lower()]
    elif found := _NUMBER_YEAR.fullmatch(text):
        year, month = int(found[2]), int(found[1])
    else:
        return None
    if not (1 <= month <= 12 and 1 <= year <= 9999):
        return None
    return dt.date(year, month, calendar.monthrange(year, month)[1] if is_end else 1)


def _year(digits: str) -> int:
    year = int(digits)
    if len(digits) > 2:
        return year
    return year + (2000 if year < CENTURY_TURNS else 1900)


def _in_range(day: dt.date, message: str = "") -> ReadDate:
    if day > LATEST:
        return ReadDate(
            message="This date is too far ahead to be meant: read as no fixed end.", no_fixed_end=True
        )
    if day < EARLIEST:
        return ReadDate(message="This date is too long ago to be meant.")
    return ReadDate(day, message)
