"""Questions about bank holidays.

A page asks `remembered_bank_holidays`, which may be half a minute behind another process; whatever refuses or records
something asks `added_bank_holidays`.
"""

from __future__ import annotations

import time

from toolkit.holidays.models import AddedBankHoliday
from toolkit.law.calendars import BankHoliday

REMEMBERED_SECONDS = 30.0
_memory: dict[str, tuple[float, tuple[BankHoliday, ...]]] = {}


def added_bank_holidays() -> tuple[BankHoliday, ...]:
    """What staff added, for the counts of `toolkit.law`, as it is now. One query."""
    rows = AddedBankHoliday.objects.order_by("day", "nation").values_list("day", "nation", "name")
    return tuple(BankHoliday(*row) for row in rows)


def remembered_bank_holidays() -> tuple[BankHoliday, ...]:
    """What staff added, at most REMEMBERED_SECONDS ago: a query once in a while, not once a page."""
    asked_at, days = _memory.get("added", (0.0, ()))
    now = time.monotonic()
    if not asked_at or now - asked_at > REMEMBERED_SECONDS:
        days = added_bank_holidays()
        _memory["added"] = (now, days)
    return days


def forget() -> None:
    """Ask again at the next page of this process: staff have changed them."""
    _memory.clear()
