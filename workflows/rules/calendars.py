"""Calendar files (RFC 5545) of committees, read with care: pure. Sizes and repetitions are capped; what is not read is
reported."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from toolkit.core.clock import LONDON
from toolkit.core.text import printable

MOST_BYTES = 1024 * 1024
MOST_EVENTS, MOST_REPEATING, MOST_DAYS = 2_000, 100, 1_000
"""Events in a file, those of them that repeat, and days that all of them may give."""
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_BY_DAY = re.compile(r"(?P<place>[+-]?\d{1,2})?(?P<weekday>MO|TU|WE|TH|FR|SA|SU)")
_READ = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "WKST"}


class NotACalendar(ValueError):
    """The file cannot be read as a calendar. The message is a sentence for whoever brought it."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A day on which something takes place, and what the file calls it."""

    day: dt.date
    summary: str


@dataclass(slots=True)
class _Event:
    """The properties of one event: name → (parameters, value), several of one name in order."""

    properties: dict[str, list[tuple[Mapping[str, str], str]]] = field(default_factory=dict)

    def first(self, name: str) -> tuple[Mapping[str, str], str] | None:
        given = self.properties.get(name)
        return given[0] if given else None

    @property
    def summary(self) -> str:
        given = self.first("SUMMARY")
        return " ".join(_plain(given[1]).split())[:200] if given else ""


def read_calendar(
    data: bytes, *, earliest: dt.date, latest: dt.date
) -> tuple[list[Occurrence], list[tuple[str, str]]]:
    """The days within reach, in order, and what was not read: (event, why). Raises NotACalendar."""
    if len(data) > MOST_BYTES:
        raise NotACalendar("The file must be smaller than 1 MB")
    text = printable(data.decode("utf-8-sig", errors="replace"))
    events = list(_events(text))
    found: set[Occurrence] = set()
    not_read: list[tuple[str, str]] = []
    moved = {(_uid(event), day) for event in events if (day := _moved_from(event)) is not None}
    repeating = 0
    for event in events:
        name = event.summary or "An event without a title"
        try:
            if event.first("RRULE") is not None:
                repeating += 1
                if repeating > MOST_REPEATING:
                    raise ValueError(f"only {MOST_REPEATING} events that repeat are read")
            days = [
                day
                for day in _days(event, earliest, latest)
                if _moved_from(event) or (_uid(event), day) not in moved
            ]
        except ValueError as error:
            not_read.append((name, str(error)))
            continue
        found |= {Occurrence(day, name) for day in days}
        if len(found) > MOST_DAYS:
            raise NotACalendar(
                f"The file has more than {MOST_DAYS:,} days within reach: bring the calendar of one committee"
            )
    return sorted(found, key=lambda each: (each.day, each.summary)), not_read


def _events(text: str) -> Iterator[_Event]:
    lines = re.sub(r"\n[ \t]", "", text).split("\n")
    if not lines or lines[0].strip().upper() != "BEGIN:VCALENDAR":
        raise NotACalendar("The file must be a calendar: its name usually ends in .ics")
    event: _Event | None = None
    depth = count = 0
    for line in lines:
        name, parameters, value = _property(line)
        if name == "BEGIN":
            if value.upper() == "VEVENT" and event is None:
                event, depth = _Event(), 0
                count += 1
                if count > MOST_EVENTS:
                    raise NotACalendar(f"The file has more than {MOST_EVENTS:,} events: bring a part of it")
            elif event is not None:
                depth += 1  # an alarm within the event has properties of its own
        elif name == "END" and event is not None:
            if depth:
                depth -= 1
            else:
                yield event
                event = None
        elif event is not None and not depth and name:
            event.properties.setdefault(name, []).append((parameters, value))


def _property(line: str) -> tuple[str, dict[str, str], str]:
    head, _, value = line.partition(":")
    while head.count('"') % 2 and ":" in value:  # a colon within quotation marks
        more, _, value = value.partition(":")
        head = f"{head}:{more}"
    name, *given = head.split(";")
    parameters = {}
    for each in given:
        key, _, said = each.partition("=")
        parameters[key.upper()] = said.strip('"')
    return name.strip().upper(), parameters, value.strip()


def _plain(value: str) -> str:
    return re.sub(r"\\([\\;,nN])", lambda found: " " if found[1] in "nN" else found[1], value)


def _uid(event: _Event) -> str:
    given = event.first("UID")
    return given[1] if given else ""


def _moved_from(event: _Event) -> dt.date | None:
    """Of one event of a series that was moved: the day it had before."""
    given = event.first("RECURRENCE-ID")
    if given is None:
        return None
    try:
        return _day(*given)
    except ValueError:
        return None


def _day(parameters: Mapping[str, str], value: str) -> dt.date:
    """The day in London. Raises ValueError."""
    found = re.fullmatch(r"(\d{8})(?:T(\d{6})(Z?))?", value, re.ASCII)
    if found is None:
        raise ValueError("its date cannot be read")
    try:
        day = dt.datetime.strptime(found[1], "%Y%m%d").date()  # noqa: DTZ007  (a day has no zone)
        if not found[2]:
            return day
        time = dt.datetime.strptime(found[2], "%H%M%S").time()  # noqa: DTZ007
    except ValueError:
        raise ValueError("there is no such day") from None
    zone: dt.tzinfo = dt.UTC if found[3] else LONDON
    named = parameters.get("TZID", "")
    if named and not found[3]:
        try:
            zone = ZoneInfo(named)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            zone = LONDON
    try:
        return dt.datetime.combine(day, time, zone).astimezone(LONDON).date()
    except OverflowError:
        raise ValueError("there is no such day") from None


def _days(event: _Event, earliest: dt.date, latest: dt.date) -> Iterator[dt.date]:
    status = event.first("STATUS")
    if status is not None and status[1].upper() == "CANCELLED":
        return
    start = event.first("DTSTART")
    if start is None:
        raise ValueError("it has no date")
    first = _day(*start)
    repeats = event.first("RRULE")
    left_out = {
        _day(parameters, each)
        for parameters, value in event.properties.get("EXDATE", [])
        for each in value.split(",")
    }
    days = [first] if repeats is None else _repeated(first, repeats[1], latest)
    for day in days:
        if earliest <= day <= latest and day not in left_out:
            yield day


def _repeated(first: dt.date, rule: str, latest: dt.date) -> Iterator[dt.date]:
    """The days of a rule that repeats, day by day as far as `latest`: no rule can ask for more. Raises ValueError for one
    that is not read here."""
    given = dict(part.split("=", 1) for part in rule.upper().split(";") if "=" in part)
    if not set(given) <= _READ or given.get("FREQ") not in ("DAILY", "WEEKLY", "MONTHLY", "YEARLY"):
        raise ValueError("it repeats in a way that is not read here: type or paste its dates")
    every = _whole(given.get("INTERVAL", "1"))
    number = _whole(given["COUNT"]) if "COUNT" in given else None
    last = min(latest, _day({}, given["UNTIL"])) if "UNTIL" in given else latest
    if every < 1 or (latest - first).days > 366 * 40:
        raise ValueError("it repeats in a way that is not read here: type or paste its dates")
    by_day = [_weekday(each) for each in given.get("BYDAY", "").split(",") if each]
    by_month_day = [_whole(each) for each in given.get("BYMONTHDAY", "").split(",") if each]
    by_month = [_whole(each) for each in given.get("BYMONTH", "").split(",") if each]
    day, seen = first, 0
    while day <= last and (number is None or seen < number):
        if _is_on(day, first, given["FREQ"], every, by_day, by_month_day, by_month):
            seen += 1
            yield day
        day += dt.timedelta(1)


def _whole(text: str) -> int:
    if not re.fullmatch(r"[+-]?\d{1,5}", text, re.ASCII):
        raise ValueError("it repeats in a way that is not read here: type or paste its dates")
    return int(text)


def _weekday(text: str) -> tuple[int, int]:
    """(which of the month, 0 for all; day of the week)."""
    found = _BY_DAY.fullmatch(text.strip())
    if found is None:
        raise ValueError("it repeats in a way that is not read here: type or paste its dates")
    return int(found["place"] or 0), _WEEKDAYS.index(found["weekday"])


def _is_on(
    day: dt.date,
    first: dt.date,
    freq: str,
    every: int,
    by_day: Sequence[tuple[int, int]],
    by_month_day: Sequence[int],
    by_month: Sequence[int],
) -> bool:
    months = (day.year - first.year) * 12 + day.month - first.month
    match freq:
        case "DAILY":
            turn = (day - first).days
        case "WEEKLY":
            turn = ((day - dt.timedelta(day.weekday())) - (first - dt.timedelta(first.weekday()))).days // 7
        case "MONTHLY":
            turn = months
        case _:
            turn = day.year - first.year
    if turn % every or (by_month and day.month not in by_month):
        return False
    if freq == "YEARLY" and not by_month and day.month != first.month:
        return False
    length = calendar.monthrange(day.year, day.month)[1]
    if by_month_day and not {day.day, day.day - length - 1} & set(by_month_day):
        return False
    if by_day:
        places = {0, (day.day - 1) // 7 + 1, -((length - day.day) // 7 + 1)}
        return any(place in places and weekday == day.weekday() for place, weekday in by_day)
    if by_month_day or freq == "DAILY":
        return True
    return day.weekday() == first.weekday() if freq == "WEEKLY" else day.day == first.day
