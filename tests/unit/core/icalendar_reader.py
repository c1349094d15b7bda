"""A small reader of calendar files, written from RFC 5545 and not from our writer: what a calendar program would see."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    name: str
    parameters: dict[str, str]
    value: str

    @property
    def text(self) -> str:
        return re.sub(r"\\(.)", lambda match: "\n" if match[1] in "nN" else match[1], self.value)

    @property
    def day(self) -> dt.date:
        assert self.parameters == {"VALUE": "DATE"}
        return dt.datetime.strptime(self.value, "%Y%m%d").replace(tzinfo=dt.UTC).date()


def lines_of(file: bytes) -> list[Line]:
    """Every content line, unfolded. Fails for a line that is too long or does not end as it must."""
    assert file.endswith(b"\r\n")
    physical = file.removesuffix(b"\r\n").split(b"\r\n")
    assert not any(b"\n" in line or b"\r" in line for line in physical)
    assert all(len(line) <= 75 for line in physical), "a line is longer than 75 octets"
    for line in physical:
        line.decode()  # no character is split by folding
    logical = b"\r\n".join(physical).replace(b"\r\n ", b"").decode().split("\r\n")
    return [_line(each) for each in logical]


def _line(text: str) -> Line:
    head, value = text.split(":", 1)
    name, *parameters = head.split(";")
    return Line(name, dict(each.split("=", 1) for each in parameters), value)


def events_of(file: bytes) -> list[dict[str, Line]]:
    """The events, by the names of their lines."""
    lines = lines_of(file)
    assert (lines[0].name, lines[0].value) == ("BEGIN", "VCALENDAR")
    assert (lines[-1].name, lines[-1].value) == ("END", "VCALENDAR")
    assert {"VERSION", "PRODID"} <= {line.name for line in lines}
    events: list[dict[str, Line]] = []
    inside = False
    for line in lines:
        if (line.name, line.value) == ("BEGIN", "VEVENT"):
            events.append({})
            inside = True
        elif (line.name, line.value) == ("END", "VEVENT"):
            inside = False
            assert {"UID", "DTSTAMP", "DTSTART"} <= events[-1].keys()
        elif inside:
            assert line.name not in events[-1]
            events[-1][line.name] = line
    return events
