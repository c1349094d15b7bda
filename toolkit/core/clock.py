"""The one clock.

Everything that asks "what day is it?" asks here, so that tests and the demonstration can hold time still. London
time decides the day: a notice published at 00:30 on 1 July in London is published on 1 July, not 30 June (UTC).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
_held: ContextVar[dt.datetime | None] = ContextVar("held", default=None)


def now() -> dt.datetime:
    """The present moment, aware, in London time."""
    held = _held.get()
    return held if held is not None else dt.datetime.now(tz=LONDON)


def today() -> dt.date:
    """Today's date in London."""
    return now().date()


@contextmanager
def held_at(moment: dt.datetime | dt.date) -> Iterator[None]:
    """Hold the clock at `moment` (a plain date means 9 in the morning that day)."""
    if not isinstance(moment, dt.datetime):
        moment = dt.datetime.combine(moment, dt.time(9), tzinfo=LONDON)
    token = _held.set(moment.astimezone(LONDON))
    try:
        yield
    finally:
        _held.reset(token)
