"""Amounts of money as people type them into spreadsheets. Pounds only, always Decimal, never float.

What is decided here:
- 0 is read as “no value given”, with a message: exports write 0 where nobody typed a value.
- A foreign currency gives no value, only a message: there is no rate to turn it into pounds with.
- A minus sign gives no value: a register lists what contracts cost, and a correction is not one.
- VAT is `unknown` unless the header or the cell says which.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from toolkit.core.money import MOST
from workflows.pipeline.registers.bounds import LONGEST_VALUE
from workflows.pipeline.registers.dates import NOT_GIVEN
from workflows.pipeline.registers.table import Cell, line_of

type Vat = Literal["inc", "ex", "unknown"]
type Covers = Literal["contract", "year", "unknown"]

NOMINAL = Decimal(10)
"""Below this many pounds a value is kept but questioned: people type 1 to get past a form."""

_FOREIGN_SIGNS = {"€": "EUR", "$": "USD", "¥": "JPY", "₹": "INR"}
_FOREIGN_CODES = re.compile(
    r"\b(EUR|USD|JPY|CHF|AUD|CAD|NZD|SEK|NOK|DKK|PLN|INR|CNY|ZAR|AED|HKD|SGD)\b|\b(euros?|(?:us )?dollars?)\b",
    re.I,
)
_AMOUNT = re.compile(
    r"(?P<sign>[-−]\s*)?£?\s*(?P<minus>[-−])?(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,])|\d{1,3}(?: \d{3})+(?:\.\d+)?(?![\d,])|\d+(?:\.\d+)?(?![\d,.]*\d)|\.\d+)"
    r"\s*(?P<unit>thousand|million|mill?|mn|billion|bn|k|m|b)?(?![a-z\d])",
    re.I,
)
_UNITS = {
    "k": 10**3,
    "thousand": 10**3,
    "m": 10**6,
    "mn": 10**6,
    "mil": 10**6,
    "mill": 10**6,
    "million": 10**6,
}
_UNITS |= {"b": 10**9, "bn": 10**9, "billion": 10**9}

_EX = re.compile(
    r"\b(?:ex|exc|excl|exclusive|excluding|plus|net|before|without|less)\.?\s*(?:of\s*)?v\.?a\.?t\b|\+\s*vat\b|\bnet (?:value|amount|price|cost|total)\b",
    re.I,
)
_INC = re.compile(
    r"\b(?:inc|incl|inclusive|including|gross|with)\.?\s*(?:of\s*)?v\.?a\.?t\b|\bgross (?:value|amount|price|cost|total)\b",
    re.I,
)
_YEARLY = re.compile(
    r"\b(?:per annum|p\.?a\.?|per year|a year|each year|annual(?:ly)?|yearly|/\s?(?:yr|year))(?!\w)", re.I
)
_TERM = re.compile(
    r"\b(?:over|for|in|across)?\s*(?:the\s+)?\(?(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten)[\s-]*(?:years?|yrs?|months?|mths?)\b",
    re.I,
)
_UP_TO = re.compile(r"\b(?:up to|max(?:imum)?|under|below|less than|no more than|not exceeding)\b|<", re.I)
_FROM = re.compile(
    r"\b(?:over|above|more than|min(?:imum)?|at least|from|in excess of|greater than)\b|>|\+\s*$", re.I
)
_FILLING = re.compile(
    r"\b(?:circa|ca?|approx(?:imately)?|about|around|est(?:imated)?|roughly|in the region of|between|and|to|gbp|pounds?|sterling|total|value"
    r"|budget|contract|of|the|v\.?a\.?t|only|per|each)\b\.?",
    re.I,
)  # fmt: skip
_JOINS = re.compile(r"^\s*(?:[-–—~]|to|and|/)\s*$", re.I)


@dataclass(frozen=True, slots=True)
class ReadAmount:
    """What a cell says, in pounds. One figure is `value`; a range, “up to” and “over” are `low` and `high` alone."""

    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    vat: Vat = "unknown"
    covers: Covers = "unknown"
    currency: str = "GBP"
    message: str = ""

    @property
    def is_given(self) -> bool:
        return (self.value, self.low, self.high) != (None, None, None)


def vat_of(words: str) -> Vat:
    """Whether words such as a column's header say that VAT is in. `inc` and `ex` only when they say so, and say one."""
    says_ex, says_inc = bool(_EX.search(words)), bool(_INC.search(words))
    if says_ex is says_inc:
        return "unknown"
    return "ex" if says_ex else "inc"


def read_amount(cell: Cell) -> ReadAmount:
    """The pounds a cell names. Cells that say nothing (`n/a`, `TBC`) give nothing and no message."""
    if isinstance(cell, (bool, dt.date, dt.time, dt.timedelta)):
        return ReadAmount(message="This is not an amount in pounds.")
    if isinstance(cell, (int, float)):
        if not math.isfinite(cell):
            return ReadAmount(message="This is not an amount in pounds.")
        return _checked(ReadAmount(value=Decimal(str(cell))))
    text = line_of(cell)
    if not text or (NOT_GIVEN.fullmatch(text) and text != "0"):
        return ReadAmount()
    if len(text) > LONGEST_VALUE:
        return ReadAmount(message="This is not an amount in pounds.")
    if currency := _foreign(text):
        return ReadAmount(
            currency=currency, message=f"This is in {currency}, not in pounds: no value was taken."
        )
    return _checked(_read_text(text))


def _foreign(text: str) -> str:
    for sign, code in _FOREIGN_SIGNS.items():
        if sign in text:
            return code
    found = _FOREIGN_CODES.search(text)
    if found is None:
        return ""
    return found[1].upper() if found[1] else ("EUR" if found[2].lower().startswith("euro") else "USD")


def _read_text(text: str) -> ReadAmount:
    unclear = ReadAmount(message="This is not an amount in pounds.")
    vat: Vat = vat_of(text)
    covers: Covers = "year" if _YEARLY.search(text) else "unknown"
    bare = text
    for pattern in (_EX, _INC, _YEARLY, _TERM):
        bare = pattern.sub(" ", bare)
    if re.fullmatch(r"\(\s*£?\s*[\d,.]+\s*\)", text):
        return ReadAmount(message="This is less than nothing: no value was taken.")
    found = list(_AMOUNT.finditer(bare))
    left = _AMOUNT.sub(" ", bare)
    for pattern in (_UP_TO, _FROM, _FILLING):
        left = pattern.sub(" ", left)
    if not found or len(found) > 2 or re.search(r"[^\W_]", left):
        return unclear
    if len(found) == 1:
        amount = _decimal(found[0])
        if found[0]["sign"] or found[0]["minus"]:
            return ReadAmount(message="This is less than nothing: no value was taken.")
        if _UP_TO.search(bare):
            return ReadAmount(high=amount, vat=vat, covers=covers)
        if _FROM.search(bare):
            return ReadAmount(low=amount, vat=vat, covers=covers)
        return ReadAmount(value=amount, vat=vat, covers=covers)
    first, second = found
    between = bare[first.end() : second.start()] + (second["sign"] or "")
    if first["sign"] or first["minus"] or not _JOINS.match(between):
        return unclear
    low, high = _decimal(first), _decimal(second)
    if not first["unit"] and second["unit"] and low < high < 10**12 and low < 1000:
        low *= _UNITS[second["unit"].lower()]  # “1–2m” is one to two million
    if low > high:
        return ReadAmount(
            low=high,
            high=low,
            vat=vat,
            covers=covers,
            message="The range runs backwards: read the other way round.",
        )
    return ReadAmount(low=low, high=high, vat=vat, covers=covers)


def _decimal(found: re.Match[str]) -> Decimal:
    return Decimal(found["number"].replace(",", "").replace(" ", "")) * _UNITS.get(
        (found["unit"] or "").lower(), 1
    )


def _checked(read: ReadAmount) -> ReadAmount:
    if not read.is_given:
        return read
    if any(amount is not None and amount > MOST for amount in (read.value, read.low, read.high)):
        return ReadAmount(message="This is more than £100 billion: no value was taken.")
    if read.value is not None and read.value < 0:
        return ReadAmount(message="This is less than nothing: no value was taken.")
    if not any((read.value, read.low, read.high)):
        return ReadAmount(message="A value of 0 is read as no value given.")
    message = read.message
    if read.value is not None and read.value < NOMINAL:
        message = "This is a nominal value: it may not be the real one."
    return ReadAmount(
        _pence(read.value), _pence(read.low), _pence(read.high), read.vat, read.covers, read.currency, message
    )


def _pence(amount: Decimal | None) -> Decimal | None:
    return None if amount is None else amount.quantize(Decimal("0.01"), ROUND_HALF_UP)
