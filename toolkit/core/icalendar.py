"""Calendar files (RFC 5545): days that fill a whole day of somebody's calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

LONGEST_LINE = 75
"""Octets in a line, its end not counted."""
END = "\r\n"


@dataclass(frozen=True, slots=True)
class DayEvent:
    """One whole day. The same `uid` again replaces the event in a calendar instead of doubling it."""

    uid: str
    day: dt.date
    summary: str
    description: str = ""
    url: str = ""


def calendar_file(events: Iterable[DayEvent], *, made_at: dt.datetime, product: str) -> str:
    """The file, in lines as the standard folds them. `made_at` must be aware."""
    stamp = f"{made_at.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//{_escaped(product)}//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]  # fmt: skip
    for event in events:
        lines += _event(event, stamp)
    lines.append("END:VCALENDAR")
    return "".join(folded + END for line in lines for folded in _folded(line))


def _event(event: DayEvent, stamp: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_escaped(event.uid)}"
    yield f"DTSTAMP:{stamp}"
    yield f"DTSTART;VALUE=DATE:{_day(event.day)}"
    yield f"DTEND;VALUE=DATE:{_day(event.day + dt.timedelta(1))}"
    yield f"SUMMARY:{_escaped(event.summary)}"
    if event.description:
        yield f"DESCRIPTION:{_escaped(event.description)}"
    if event.url:
        yield f"URL:{event.url}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _day(day: dt.date) -> str:
    return day.isoformat().replace("-", "")


def _escaped(text: str) -> str:
    for plain, escaped in (
        ("\\", "\\\\"),
        (";", "\\;"),
        (",", "\\,"),
        ("\r\n", "\\n"),
        ("\n", "\\n"),
        ("\r", "\\n"),
    ):
        text = text.replace(plain, escaped)
    return text


def _folded(line: str) -> Iterator[str]:
    """No line longer than the standard allows, no character split; what goes on begins with a blank."""
    part, size = "", 0
    for character in line:
        width = len(character.encode())
        if size + width > LONGEST_LINE:
            yield part
            part, size = " ", 1
        part += character
        size += width
    yield part
