"""What was answered about a purchase, for the triage and for the routes that it opens."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class TriageFacts:
    """What was answered. None: not known. Value in pounds including VAT."""

    kind: str | None
    light_touch: bool | None
    health: bool | None
    utility: bool | None
    concession: bool | None
    value_inc_vat: Decimal | None
    commenced_on: dt.date


def is_light_touch(facts: TriageFacts) -> bool:
    """Only services can be (section 9): goods and works answered as light touch keep their own figure, and so does what
    nobody has called services yet."""
    return bool(facts.light_touch) and facts.kind == "services"


def figure(amount: Decimal) -> str:
    """Pounds as a figure: pence only where there are any, so that £207,719.99 never reads as £207,720."""
    return f"£{amount:,.0f}" if amount == amount.to_integral_value() else f"£{amount:,.2f}"
