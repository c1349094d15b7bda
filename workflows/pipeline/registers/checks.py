"""What is odd about a row once all of it is read. Warnings only: nothing here keeps a row out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from toolkit.core.money import pounds
from toolkit.core.text import day
from workflows.pipeline.registers.register import RegisterRow
from workflows.pipeline.registers.synonyms import Field
from workflows.pipeline.registers.table import Problem

DOUBTFUL_VALUE = Decimal(1_000_000_000)
"""Pounds: few contracts of a borough are worth more; a slipped comma is likelier."""
DOUBTFUL_YEARS = 40
"""From the first day to the last: longer is a lease, or a slip of the century."""


def oddities(row: RegisterRow) -> Iterator[Problem]:
    """Everything odd about one row."""
    for one, value, message in _odd(row):
        yield Problem(row.row_number, one.value, value, message)


def _odd(row: RegisterRow) -> Iterator[tuple[Field, str, str]]:
    if not row.title:
        yield Field.TITLE, row.reference or ", ".join(row.supplier_names), "This row has no title."
    starts, ends = row.starts_on, row.ends_on
    if starts and ends:
        if ends < starts:
            yield Field.ENDS, day(ends), f"The contract ends before it starts, on {day(starts)}."
        elif ends - starts > dt.timedelta(days=DOUBTFUL_YEARS * 365.25):
            yield Field.ENDS, day(ends), f"The contract runs for more than {DOUBTFUL_YEARS} years."
    if row.latest_end_on and ends and row.latest_end_on < ends:
        yield (
            Field.LATEST_END,
            day(row.latest_end_on),
            f"The end with extensions is before the end, {day(ends)}.",
        )
    if row.signed_on and ends and row.signed_on > ends:
        yield Field.SIGNED, day(row.signed_on), f"The contract was signed after its end, {day(ends)}."
    if row.awarded_on and ends and row.awarded_on > ends:
        yield Field.AWARDED, day(row.awarded_on), f"The contract was awarded after its end, {day(ends)}."
    if row.kind == "notice" and row.closes_on and row.published_on and row.closes_on < row.published_on:
        yield (
            Field.CLOSES,
            day(row.closes_on),
            f"The deadline is before the day it was published, {day(row.published_on)}.",
        )
    highest = max(
        (amount for amount in (row.value, row.value_low, row.value_high) if amount is not None), default=None
    )
    if highest is not None and highest > DOUBTFUL_VALUE:
        yield (
            Field.VALUE,
            pounds(highest),
            "The value is above £1 billion: a comma or a nought may have slipped.",
        )
