"""Pounds: read as people type them, shown as people read them. Always Decimal, never float."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

VAT_RATE = Decimal("0.20")
"""The standard rate of VAT. A contract may be part exempt: every conversion says it assumed the standard rate."""

MOST = Decimal("100_000_000_000")
"""No figure above £100 billion is taken: it is a slip of the keyboard."""

_SHAPE = re.compile(
    r"^£?\s*(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d+(?:\.\d{1,2})?)\s*(?P<unit>k|m|bn|thousand|million|billion)?$",
    re.I,
)
_UNITS = {"k": 1_000, "thousand": 1_000, "m": 1_000_000, "million": 1_000_000, "bn": 10**9, "billion": 10**9}


class NotMoney(ValueError):
    """What was typed is not an amount in pounds. The message is a sentence for the person who typed it."""


def read_pounds(text: str) -> Decimal:
    """`£1,250,000`, `1.25m`, `250k` → Decimal pounds. Raises NotMoney for anything else, negative or absurd."""
    shape = _SHAPE.match(text.strip())
    if shape is None:
        raise NotMoney("Enter an amount in pounds, like 250,000 or 1.2 million")
    try:
        amount = Decimal(shape["number"].replace(",", "")) * _UNITS.get((shape["unit"] or "").lower(), 1)
    except InvalidOperation as error:  # pragma: no cover - the pattern admits only digits
        raise NotMoney("Enter an amount in pounds, like 250,000 or 1.2 million") from error
    if amount > MOST:
        raise NotMoney("Enter an amount below £100 billion")
    return amount.quantize(Decimal("0.01"))


def with_vat(ex_vat: Decimal) -> Decimal:
    """Pounds including VAT at the standard rate, to the penny."""
    return (ex_vat * (1 + VAT_RATE)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def without_vat(inc_vat: Decimal) -> Decimal:
    """Pounds excluding VAT at the standard rate, to the penny."""
    return (inc_vat / (1 + VAT_RATE)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def pounds(amount: Decimal | int) -> str:
    """`£1,234,567`; pennies only when there are some."""
    amount = Decimal(amount)
    whole = amount == amount.to_integral_value()
    return f"£{amount:,.0f}" if whole else f"£{amount:,.2f}"


def pounds_in_words(amount: Decimal | int) -> str:
    """For prose: `£1.2 million`, `£350,000`, `£2 billion`."""
    amount = Decimal(amount)
    for size, word in ((Decimal(10**9), "billion"), (Decimal(10**6), "million")):
        if amount >= size:
            short = (amount / size).quantize(Decimal("0.1"), ROUND_HALF_UP)
            number = f"{short:f}".rstrip("0").rstrip(".")
            return f"£{number} {word}"
    return pounds(amount)


BANDS: tuple[tuple[str, str, Decimal | None, Decimal | None], ...] = (
    ("under-30k", "Under £30,000", None, Decimal(30_000)),
    ("30k-to-threshold", "£30,000 to £207,720", Decimal(30_000), Decimal(207_720)),
    ("threshold-to-1m", "£207,720 to £1 million", Decimal(207_720), Decimal(1_000_000)),
    ("1m-to-5m", "£1 million to £5 million", Decimal(1_000_000), Decimal(5_000_000)),
    ("over-5m", "£5 million and over", Decimal(5_000_000), None),
)
"""Value bands including VAT: (slug, words, from, up to but not including). Used where a precise figure is nobody's business."""


def band_of(inc_vat: Decimal | None) -> str:
    """The slug of the band that `inc_vat` pounds including VAT fall in; empty when the value is not known."""
    if inc_vat is None:
        return ""
    return next(
        slug
        for slug, _, low, high in BANDS
        if (low is None or inc_vat >= low) and (high is None or inc_vat < high)
    )


BAND_WORDS = {slug: words for slug, words, _, _ in BANDS}
