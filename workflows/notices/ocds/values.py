"""Reading one value of a release leniently: wrong types become None and a warning, never an exception."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from toolkit.core.clock import LONDON
from toolkit.core.scrub import without_contact_details
from workflows.notices.ocds.packages import UNUSABLE

MOST = Decimal("100000000000")
"""No contract of a borough comes near £100 billion: such a figure is a slip."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something odd in a release: where, what, and why it is odd. A warning, never a refusal."""

    path: str
    value: str
    message: str


def as_dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def as_list(value: Any) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def as_text(value: Any, limit: int = 20_000) -> str:
    """Plain text without contact details and control characters."""
    if not isinstance(value, str):
        return ""
    return without_contact_details("".join(char for char in value if char >= " " or char in "\n\t")).strip()[
        :limit
    ]


def as_day(value: Any, path: str, problems: list[Problem]) -> str | None:
    """The day in London, ISO; from a date-time or a date alone."""
    if value in (None, ""):
        return None
    try:
        if isinstance(value, str) and len(value) == 10:
            day = dt.date.fromisoformat(value)
        else:
            moment = dt.datetime.fromisoformat(value)
            day = moment.astimezone(LONDON).date() if moment.tzinfo else moment.date()
    except (ValueError, TypeError, OverflowError):
        problems.append(Problem(path, str(value)[:60], "is not a date"))
        return None
    if not 1990 <= day.year <= 2120:
        problems.append(Problem(path, str(value)[:60], "is out of range"))
        return None
    return day.isoformat()


def as_amount(value: Any, currency: Any, path: str, problems: list[Problem]) -> str | None:
    """Pounds as decimal text; None for what is missing, foreign, negative or absurd (with a warning)."""
    if value is None:
        return None
    if value == UNUSABLE or isinstance(value, bool) or not isinstance(value, int | Decimal):
        problems.append(Problem(path, str(value)[:60], "is not an amount"))
        return None
    if currency not in (None, "GBP"):
        problems.append(
            Problem(path, f"{str(value)[:40]} {str(currency)[:10]}", "is not in pounds, so it is not used")
        )
        return None
    amount = Decimal(value)
    if amount < 0 or amount > MOST:
        problems.append(Problem(path, str(value)[:60], "is no sensible amount"))
        return None
    return f"{amount.quantize(Decimal('0.01'))}"


def money(value: Any, path: str, problems: list[Problem]) -> tuple[str, str] | None:
    """(amount, `inc` or `ex`): Find a Tender’s `amountGross` includes VAT, `amount` does not."""
    given = as_dict(value)
    gross = as_amount(given.get("amountGross"), given.get("currency"), f"{path}/amountGross", problems)
    if gross is not None:
        return gross, "inc"
    net = as_amount(given.get("amount"), given.get("currency"), f"{path}/amount", problems)
    return (net, "ex") if net is not None else None


def cpv_of(holders: Iterable[dict[str, Any]]) -> list[str]:
    """CPV codes of tenders, lots, items and awards, each once, in order."""
    codes: list[str] = []
    for holder in holders:
        for given in [
            as_dict(holder.get("classification")),
            *as_list(holder.get("additionalClassifications")),
        ]:
            code = str(given.get("id", ""))[:8]
            if str(given.get("scheme", "")).upper() == "CPV" and code.isdigit() and code not in codes:
                codes.append(code)
        for code in cpv_of(as_list(holder.get("items"))):
            if code not in codes:
                codes.append(code)
    return codes
