"""Days as people paste them, one on each line: pure. What is not understood is reported, never guessed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

MOST_LINES, LONGEST_LINE = 500, 300
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_YEAR = r"(?P<year>\d{4}|\d{2})(?![/.-]?\d)"
_DAY = r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_SHAPES = tuple(
    re.compile(shape, re.IGNORECASE | re.ASCII)
    for shape in (
        r"(?<!\d)(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)(?:T[\d:.Z+-]*)?",  # 2026-12-08
        rf"(?<!\d)(?<!\d[/.-])(?P<day>\d{{1,2}})\s?[/.-]\s?(?P<month>\d{{1,2}})\s?[/.-]\s?{_YEAR}",  # 08/12/2026: the day first
        rf"{_DAY}(?:\s+of)?[\s/.-]*{_MONTH}[\s,/.-]*{_YEAR}",  # 8th December 2026, 8-Dec-26
        rf"\b{_MONTH}\s*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s,]+{_YEAR}",  # December 8, 2026
    )
)
_NOISE = re.compile(
    r"\b(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?\b\.?,?|"
    r"\b(?:at\s+)?\d{1,2}(?:[.:]\d{2})?\s?(?:am|pm)\b|\b(?:at\s+)?\d{1,2}[.:]\d{2}\b|\bnoon\b",
    re.IGNORECASE,
)
_EDGES = " \t-–—:;,|·•*()[]"


@dataclass(frozen=True, slots=True)
class Line:
    """A line that was understood: its day, and the words beside it."""

    day: dt.date
    words: str


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """A line that was not, by its number, as it stands, and why."""

    number: int
    text: str
    why: str


def read_lines(text: str, *, earliest: dt.date, latest: dt.date) -> tuple[list[Line], list[NotUnderstood]]:
    """The days of a pasted list, with what stands beside each; and what was not understood."""
    found: list[Line] = []
    not_understood: list[NotUnderstood] = []
    lines = text.splitlines()
    for number, line in enumerate(lines[:MOST_LINES], 1):
        if not line.strip():
            continue
        try:
            found.append(_read(line, earliest, latest))
        except ValueError as error:
            not_understood.append(NotUnderstood(number, line.strip()[:80], str(error)))
    if len(lines) > MOST_LINES:
        why = f"only the first {MOST_LINES} lines are read"
        not_understood.append(NotUnderstood(MOST_LINES + 1, lines[MOST_LINES].strip()[:80], why))
    return found, not_understood


def _read(line: str, earliest: dt.date, latest: dt.date) -> Line:
    if len(line) > LONGEST_LINE:
        raise ValueError(f"it is longer than {LONGEST_LINE} characters")
    spans = _spans(line)
    if not spans:
        raise ValueError("there is no date with a day, a month and a year in it")
    if len(spans) > 1:
        raise ValueError("there is more than one date in it: put each on a line of its own")
    match = spans[0]
    day = _day_of(match)
    if not earliest <= day <= latest:
        raise ValueError(f"the date is not between {earliest:%-d %B %Y} and {latest:%-d %B %Y}")
    rest = f"{line[: match.start()]} {line[match.end() :]}"
    words = " ".join(_NOISE.sub(" ", rest).split()).strip(_EDGES)
    return Line(day, words)


def _spans(line: str) -> Sequence[re.Match[str]]:
    """What looks like a date, each place once, whichever shape found it first."""
    found: list[re.Match[str]] = []
    for shape in _SHAPES:
        for match in shape.finditer(line):
            if all(match.end() <= other.start() or match.start() >= other.end() for other in found):
                found.append(match)
    return found


def _day_of(match: re.Match[str]) -> dt.date:
    month = match["month"]
    number = int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1
    year = int(match["year"])
    try:
        return dt.date(year + 2000 if year < 100 else year, number, int(match["day"]))
    except ValueError:
        raise ValueError("there is no such day") from None
