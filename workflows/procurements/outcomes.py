"""What happens to a procurement that a higher app must answer, in the same transaction (toolkit.core.outcomes)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from toolkit.accounts.models import Person
from toolkit.core.outcomes import Outcome
from workflows.procurements.models import Procurement


@dataclass(frozen=True, slots=True)
class AwardedContract:
    """One contract that an award made, as the officer recorded it. Value in pounds including VAT; None: not known."""

    title: str
    suppliers: tuple[str, ...]
    value_inc_vat: Decimal | None
    signed_on: dt.date
    starts_on: dt.date
    ends_on: dt.date
    extension_months: tuple[int, ...]
    notice_months: int | None


@dataclass(frozen=True, slots=True)
class Awarded:
    """An award was recorded: the contracts have to exist."""

    procurement: Procurement
    contracts: tuple[AwardedContract, ...]
    actor: Person


AWARDED = Outcome[Awarded]("procurements.awarded")
CHANGED = Outcome[Procurement]("procurements.changed")
"""Anything that the pipeline may show has changed: title, value, dates, stage, status, visibility."""
