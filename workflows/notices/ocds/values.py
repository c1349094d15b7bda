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
from workflows.notices.ocds.people import NOBODY, People

MOST = Decimal("100000000000")
"""No contract of a borough comes near £100 billion: such a figure is a slip."""
NOMINAL = Decimal(10)
"""Below this many pounds a value is kept but questioned, as in a register."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something odd in a release: where, what, and why it is odd. A warning, never a refusal."""

    path: str
    value: str
    message: str


def excerpt(value: Any) -> str:
    """What a problem quotes of a value: short, and without contact details."""
    return without_contact_details(str(value)[:400])[:60]


def as_dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def as_list(value: Any) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def as_text(value: Any, limit: int = 20_000, people: People = NOBODY) -> str:
    """Plain text without contact details, control characters and the names of `people`."""
    if not isinstance(value, str):
        return ""
    plain = "".join(char for char in value if char >= " " or char in "\n\t")
    return without_contact_details(people.out_of(plain)).strip()[:limit]


def as_code(value: Any) -> str:
    """A code of a list such as `active` or `2023/54`; empty for anything else."""
    return value.strip()[:120] if isinstance(value, str) else ""


def as_words(value: Any) -> list[str]:
    """The strings of a list."""
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


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
    except OverflowError:
        problems.append(Problem(path, excerpt(value), "is out of range"))
        return None
    except (ValueError, TypeError):
        problems.append(Problem(path, excerpt(value), "is not a date"))
        return None
    if not 1990 <= day.year <= 2120:
        problems.append(Problem(path, excerpt(value), "is out of range"))
        return None
    return day.isoformat()


def as_moment(value: Any) -> str:
    """The moment in UTC, ISO, so that moments sort as text; empty for what is none. London time where none is named."""
    try:
        moment = dt.datetime.fromisoformat(value)
        moment = (moment if moment.tzinfo else moment.replace(tzinfo=LONDON)).astimezone(dt.UTC)
    except (ValueError, TypeError, OverflowError):
        return ""
    return moment.isoformat() if 1990 <= moment.year <= 2120 else ""


def as_amount(value: Any, currency: Any, path: str, problems: list[Problem]) -> str | None:
    """Pounds as decimal text; None for what is missing, foreign, nothing, negative or absurd (with a warning).

    0 is read as no value given, as in a register: forms and exports write it where nobody typed a value.
    """
    if value is None:
        return None
    if value == UNUSABLE or isinstance(value, bool) or not isinstance(value, int | Decimal):
        problems.append(Problem(path, excerpt(value), "is not an amount"))
        return None
    if currency not in (None, "GBP"):
        problems.append(
            Problem(path, f"{str(value)[:40]} {str(currency)[:10]}", "is not in pounds, so it is not used")
        )
        return None
    amount = Decimal(value)
    if amount < 0 or amount > MOST:
        problems.append(Problem(path, excerpt(value), "is no sensible amount"))
        return None
    if amount < Decimal("0.005"):
        problems.append(Problem(path, excerpt(value), "is read as no value given"))
        return None
    if currency is None:
        problems.append(Problem(path, excerpt(value), "has no currency: read as pounds"))
    if amount < NOMINAL:
        problems.append(Problem(path, excerpt(value), "is a nominal value: it may not be the real one"))
    return f"{amount.quantize(Decimal('0.01'))}"


def money(value: Any, path: str, problems: list[Problem]) -> tuple[str, str] | None:
    """(amount, `inc` or `ex`): Find a Tender’s `amountGross` includes VAT, `amount` does not."""
    given = as_dict(value)
    if value is not None and not isinstance(value, dict):
        problems.append(Problem(path, excerpt(value), "is not an object"))
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
