"""Dates of meetings as people type or paste them: one to a line, in whatever way a calendar writes them."""

from __future__ import annotations

import datetime as dt
import re

from toolkit.govuk.widgets import month_number

MOST = 120
"""Meetings of one body in several years; the rest of a long paste is not read."""
_WORDY = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]{3,9})\.?,?\s+(\d{4})\b", re.IGNORECASE)
_AMERICAN = re.compile(r"\b([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b", re.IGNORECASE)
_ISO = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b")
_NUMBERS = re.compile(r"\b(\d{1,2})[ ./-](\d{1,2})[ ./-](\d{4})\b")


def _made(year: str, month: int | None, day: str) -> dt.date | None:
    if month is None or not 1990 <= int(year) <= 2100:
        return None
    try:
        return dt.date(int(year), month, int(day))
    except ValueError:
        return None


def read_line(line: str) -> dt.date | None:
    """The day that a line names, day before month; None for a line that names none."""
    if found := _ISO.search(line):
        return _made(found[1], int(found[2]), found[3])
    if found := _NUMBERS.search(line):
        return _made(found[3], int(found[2]), found[1])
    if found := _WORDY.search(line):
        return _made(found[3], month_number(found[2]), found[1])
    if found := _AMERICAN.search(line):
        return _made(found[3], month_number(found[1]), found[2])
    return None


def read_meetings(text: str) -> tuple[list[dt.date], list[str]]:
    """The days in order, each once, and the lines that name none."""
    days: set[dt.date] = set()
    strange: list[str] = []
    for line in text.replace(";", "\n").splitlines()[:MOST]:
        if not line.strip():
            continue
        day = read_line(line)
        if day is None:
            strange.append(line.strip()[:60])
        else:
            days.add(day)
    return sorted(days), strange
