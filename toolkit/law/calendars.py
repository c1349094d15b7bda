"""Named calendars of working days: never one for all (practice.md §2).

| name | what is not a working day | used for |
|---|---|---|
| `act` | weekends and bank holidays of **any** part of the United Kingdom (Procurement Act 2023, section 123) | standstill and every working day of the Act |
| `psr` | the same union: which holidays count was not found, so the later date is shown | Provider Selection Regime |
| `council` | weekends, bank holidays of England and Wales, the organisation's own closed days | call-in, clear days before meetings |
| `court` | weekends, bank holidays of England and Wales | claims |

A borough's closed days belong to `council` and never move a statutory date: any other calendar leaves them out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from govuk_bank_holidays.bank_holidays import BankHolidays

ENGLAND_AND_WALES, SCOTLAND, NORTHERN_IRELAND = "england-and-wales", "scotland", "northern-ireland"
NATIONS = {
    ENGLAND_AND_WALES: "England and Wales",
    SCOTLAND: "Scotland",
    NORTHERN_IRELAND: "Northern Ireland",
}
UNION = frozenset(NATIONS)


class BankHoliday(NamedTuple):
    """A bank holiday of one nation, beside those of the package's own list."""

    day: dt.date
    nation: str
    name: str


PROCLAIMED = (BankHoliday(dt.date(2026, 6, 15), SCOTLAND, "a bank holiday by proclamation"),)
"""Bank holidays that the package's list lacks."""

NAMES: Mapping[str, frozenset[str]] = {
    "act": UNION,
    "psr": UNION,
    "council": frozenset({ENGLAND_AND_WALES}),
    "court": frozenset({ENGLAND_AND_WALES}),
}


@dataclass(frozen=True, slots=True)
class Calendar:
    """A set of days that are not working days, and until when it is known."""

    name: str
    holidays: Mapping[dt.date, str] = field(repr=False)
    """Day → its name and where it is one."""
    known_from: dt.date
    known_until: dt.date

    def is_working_day(self, day: dt.date) -> bool:
        """Not a Saturday, not a Sunday, not a holiday of this calendar."""
        return day.weekday() < 5 and day not in self.holidays

    def holiday_name(self, day: dt.date) -> str | None:
        """The holiday's name and, where it is not one everywhere, the nation; None for any other day."""
        return self.holidays.get(day)

    def knows(self, first: dt.date, last: dt.date) -> bool:
        """Are all holidays from `first` to `last` known?"""
        return self.known_from <= first and last <= self.known_until

    def holidays_between(self, first: dt.date, last: dt.date) -> list[tuple[dt.date, str]]:
        """The weekdays from `first` to `last`, both included, that do not count, with their names."""
        return sorted(
            (day, name) for day, name in self.holidays.items() if first <= day <= last and day.weekday() < 5
        )


@cache
def _bank_holidays() -> dict[str, dict[dt.date, str]]:
    """Nation → day → name. The package's own copy: it never asks the network."""
    data = BankHolidays(use_cached_holidays=True).data
    days = {nation: {event["date"]: event["title"] for event in data[nation]} for nation in NATIONS}
    for day, nation, name in PROCLAIMED:
        days[nation][day] = name
    return days


@cache
def _named(name: str, added: tuple[BankHoliday, ...]) -> Calendar:
    nations = sorted(NAMES[name])
    known = [_bank_holidays()[nation] for nation in nations]
    where: dict[dt.date, list[str]] = {}
    titles: dict[dt.date, str] = {}
    for nation in nations:
        more = {day: title for day, of, title in added if of == nation}
        for day, title in (more | _bank_holidays()[nation]).items():
            where.setdefault(day, []).append(NATIONS[nation])
            titles.setdefault(day, title)
    holidays = {
        day: titles[day] if len(places) == len(nations) else f"{titles[day]}, in {' and '.join(places)}"
        for day, places in where.items()
    }
    # What staff add says nothing of the days around it: how far the list is known does not change.
    return Calendar(name, holidays, max(min(days) for days in known), min(max(days) for days in known))


def calendar(name: str, added: Iterable[BankHoliday] = (), closed: Iterable[dt.date] = ()) -> Calendar:
    """The calendar of this name, with bank holidays that staff added, each where its nation counts.

    `closed`: an organisation's own closed days; they count for `council` alone. Raises KeyError for an unknown name.
    """
    base = _named(name, tuple(added))
    shut = dict.fromkeys(closed, "your organisation is closed") if name == "council" else {}
    if not shut:
        return base
    return Calendar(name, {**shut, **base.holidays}, base.known_from, base.known_until)
