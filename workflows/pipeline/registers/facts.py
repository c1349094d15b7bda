"""The facts of one row, from its cells."""

from __future__ import annotations

import datetime as dt
import re

from toolkit.core.scrub import without_emails
from toolkit.core.text import plain
from toolkit.law.contract_dates import extended_end
from workflows.pipeline.registers.amounts import Covers, ReadAmount, Vat, read_amount, vat_of
from workflows.pipeline.registers.cells import Reader
from workflows.pipeline.registers.codes import read_cpv_codes, read_link, spaced
from workflows.pipeline.registers.dates import Order, dates_in, read_date, spans_of_dates
from workflows.pipeline.registers.headers import bare
from workflows.pipeline.registers.register import Kind, RegisterRow
from workflows.pipeline.registers.suppliers import read_company_numbers, read_suppliers
from workflows.pipeline.registers.synonyms import Field
from workflows.pipeline.registers.table import Cell, cut, line_of
from workflows.pipeline.registers.terms import (
    months_between,
    read_extension,
    read_months,
    read_term,
    unit_in,
    yes_no,
)

LONGEST_TITLE = 300
LONGEST_REFERENCE = 120
LONGEST_DESCRIPTION = 10_000

_PLANNED = re.compile(
    r"\b(?:pipeline|planned|planning|future|pre ?procurement|pre tender|early engagement|forthcoming|proposed|upcoming|prior information|not started)\b"
)
_MADE = re.compile(
    r"\b(?:award|awarded|active|current|live|let|in contract|expired|ended|extended|in force|signed)\b"
)
_ADVERTISED = re.compile(
    r"\b(?:open|tender|tendering|opportunity|itt|evaluation|in procurement|closed|withdrawn|cancelled)\b"
)


def read_row(reader: Reader) -> RegisterRow:
    """The row as facts; what is wrong with its cells goes into `reader.problems`."""
    suppliers, numbers = _suppliers(reader)
    amount, vat, covers = _amount(reader)
    starts_on, ends_on, review_on, no_fixed_end, term_months, term_options = _period(reader)
    signed_on, awarded_on = reader.date(Field.SIGNED)[0], reader.date(Field.AWARDED)[0]
    advertised_on, published_on = reader.date(Field.ADVERTISED)[0], reader.date(Field.PUBLISHED)[0]
    closes_on = reader.date(Field.CLOSES)[0]
    latest_end_on = reader.date(Field.LATEST_END, is_end=True)[0]
    initial = term_months or (
        months_between(starts_on, ends_on) if starts_on and ends_on and starts_on < ends_on else None
    )
    extension_months, extended_to = _extension(reader, initial)
    title = reader.line(Field.TITLE, LONGEST_DESCRIPTION)
    if len(title) > LONGEST_TITLE:
        reader.note(
            Field.TITLE, title, f"The title is longer than {LONGEST_TITLE} characters and was cut short."
        )
    kind = _kind(
        reader,
        made=bool(suppliers or signed_on or awarded_on),
        planned=advertised_on is not None,
        dated=bool(closes_on or published_on),
    )
    return RegisterRow(
        row_number=reader.number,
        kind=kind,
        reference=cut(without_emails(line_of(reader.first(Field.REFERENCE)[1])), LONGEST_REFERENCE),
        title=cut(title, LONGEST_TITLE),
        description=reader.text(Field.DESCRIPTION, LONGEST_DESCRIPTION),
        organisation_name=reader.line(Field.ORGANISATION),
        supplier_names=suppliers,
        company_numbers=numbers,
        value=amount.value,
        value_low=amount.low,
        value_high=amount.high,
        vat_basis=vat,
        value_covers=covers,
        currency=amount.currency,
        starts_on=starts_on,
        ends_on=ends_on,
        no_fixed_end=no_fixed_end,
        latest_end_on=latest_end_on or extended_to,
        review_on=review_on,
        signed_on=signed_on,
        awarded_on=awarded_on,
        advertised_on=advertised_on,
        published_on=published_on,
        closes_on=closes_on,
        term_months=term_months,
        extension=reader.line(Field.EXTENSION),
        extension_months=extension_months or term_options,
        notice_period=reader.line(Field.NOTICE_PERIOD),
        notice_months=_notice_months(reader),
        category=spaced(reader.line(Field.CATEGORY)),
        cpv_codes=_cpv_codes(reader),
        procedure=spaced(reader.line(Field.PROCEDURE)),
        was_tendered=yes_no(reader.first(Field.TENDERED)[1]),
        framework=reader.line(Field.FRAMEWORK),
        department=reader.line(Field.DEPARTMENT),
        status=spaced(reader.line(Field.STATUS)),
        url=next((link for _, cell in reader.all(Field.LINK) if (link := read_link(cell))), ""),
        digest=reader.digest(),
    )


def _suppliers(reader: Reader) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names from the first supplier column that has some (from all of “Supplier 1”, “Supplier 2”…), and company numbers."""
    names: list[str] = []
    numbers: list[str] = []
    for column, cell in reader.all(Field.SUPPLIERS):
        numbered = bool(re.search(r"\d$", column.header))
        if names and not numbered:
            break
        read = read_suppliers(cell, has_details=bool(re.search(r"details|address", column.header, re.I)))
        names += read.names
        numbers += read.company_numbers
        if read.message and not names:
            reader.note(Field.SUPPLIERS, cell, read.message)
    for _, cell in reader.all(Field.COMPANY_NUMBERS):
        numbers += read_company_numbers(cell)
    return tuple(dict.fromkeys(names)), tuple(dict.fromkeys(numbers))


def _amount(reader: Reader) -> tuple[ReadAmount, Vat, Covers]:
    """The first value given: for the whole contract, else a range in two columns, else for one year."""
    foreign: ReadAmount | None = None
    notes: list[tuple[Field, Cell, str]] = []
    for one in (Field.VALUE, Field.VALUE_LOW, Field.VALUE_ANNUAL):
        if one is Field.VALUE_LOW:
            read = _range(reader, notes)
            if read.is_given:
                column, _ = (
                    reader.first(Field.VALUE_LOW)
                    if reader.first(Field.VALUE_LOW)[0]
                    else reader.first(Field.VALUE_HIGH)
                )
                return read, vat_of(column.header if column else ""), "unknown"
            foreign = foreign or (read if read.currency != "GBP" else None)
            continue
        for column, cell in reader.all(one):
            read = read_amount(cell)
            if read.is_given:
                if read.message:
                    reader.note(one, cell, read.message)
                vat = read.vat if read.vat != "unknown" else vat_of(column.header)
                covers = (
                    "year"
                    if one is Field.VALUE_ANNUAL
                    else read.covers
                    if read.covers != "unknown"
                    else _covers(column.header)
                )
                return read, vat, covers
            foreign = foreign or (read if read.currency != "GBP" else None)
            notes.append((one, cell, read.message))
    told = set()
    for one, cell, message in notes:
        if message and message not in told:
            reader.note(one, cell, message)
            told.add(message)
    return foreign or ReadAmount(), "unknown", "unknown"


def _range(reader: Reader, notes: list[tuple[Field, Cell, str]]) -> ReadAmount:
    """A range from a “low” and a “high” column. Both alike, or only the low one filled (as Contracts Finder does): one figure."""
    _, low_cell = reader.first(Field.VALUE_LOW)
    _, high_cell = reader.first(Field.VALUE_HIGH)
    low, high = read_amount(low_cell), read_amount(high_cell)
    notes += [(Field.VALUE_LOW, low_cell, low.message), (Field.VALUE_HIGH, high_cell, high.message)]
    currency = next((read.currency for read in (low, high) if read.currency != "GBP"), "GBP")
    if low.value is not None and high.value is not None and low.value > high.value:
        reader.note(
            Field.VALUE_LOW, low_cell, "The lowest value is above the highest: read the other way round."
        )
        low, high = high, low
    if low.value is not None and (
        low.value == high.value or (Field.VALUE_HIGH in reader.mapping.columns and not line_of(high_cell))
    ):
        return ReadAmount(value=low.value, currency=currency)
    return ReadAmount(low=low.value, high=high.value, currency=currency)


def _covers(header: str) -> Covers:
    name = bare(header)
    if " or " in name:
        return "unknown"  # “… over the length of the contract or the estimated annual spending” (Transparency Code 2015)
    return (
        "contract"
        if re.search(r"\b(total|lifetime|whole life|contract value|contract sum|award|awarded)\b", name)
        else "unknown"
    )


def _period(
    reader: Reader,
) -> tuple[dt.date | None, dt.date | None, dt.date | None, bool, int | None, tuple[int, ...]]:
    """Start, end, review, whether there is no fixed end, and the term and its options in months."""
    starts_on, _ = reader.date(Field.STARTS)
    ends_on, no_fixed_end = reader.date(Field.ENDS, is_end=True)
    review_on, _ = reader.date(Field.REVIEW)
    column, cell = reader.first(Field.DATES)
    term_column, term_cell = reader.first(Field.TERM)
    if column is None and len(dates_in(line_of(term_cell))) > 1:
        column, cell, term_cell = term_column, term_cell, None
    if column is not None:
        dates = _combined(line_of(cell), reader.orders.get(column.index, Order.DAY_FIRST))
        if not dates and read_date(cell).message:
            reader.note(Field.DATES, cell, read_date(cell).message)
        no_fixed_end = no_fixed_end or (dates.get(Field.ENDS) is None and read_date(cell).no_fixed_end)
        starts_on, ends_on = starts_on or dates.get(Field.STARTS), ends_on or dates.get(Field.ENDS)
        review_on = review_on or dates.get(Field.REVIEW)
    term = read_term(term_cell, unit=unit_in(term_column.header) if term_column else "")
    if term.message:
        reader.note(Field.TERM, term_cell, term.message)
    if starts_on and not ends_on and not no_fixed_end and term.initial:
        ends_on = extended_end(starts_on - dt.timedelta(days=1), term.initial)
        reader.note(Field.ENDS, term_cell, "No end date is given: worked out from the start and the length.")
    return starts_on, ends_on, review_on, no_fixed_end and ends_on is None, term.initial, term.options


def _combined(text: str, order: Order) -> dict[Field, dt.date]:
    """The dates of one cell by the words before them, or in the order start, end, review when there are none."""
    spans = spans_of_dates(text, order=order)
    dates: dict[Field, dt.date] = {}
    begin = 0
    waiting = [Field.STARTS, Field.ENDS, Field.REVIEW]
    for date_begin, date_end, date in spans:
        before = text[begin:date_begin].lower()
        begin = date_end
        if "review" in before:
            one = Field.REVIEW
        elif re.search(r"\bend|expir|\bto\b|until|finish", before):
            one = Field.ENDS
        elif re.search(r"start|from|commenc|begin", before):
            one = Field.STARTS
        else:
            one = next((field for field in waiting if field not in dates), Field.REVIEW)
        dates.setdefault(one, date)
    return dates


def _extension(reader: Reader, initial: int | None) -> tuple[tuple[int, ...], dt.date | None]:
    """The options in months, and the latest end where a date stands in their place."""
    column, cell = reader.first(Field.EXTENSION)
    if column is None:
        return (), None
    if isinstance(cell, dt.date) or len(dates_in(line_of(cell))) == 1:
        return (), read_date(cell).day
    term = read_extension(cell, unit=unit_in(column.header), initial=initial)
    if term.message:
        reader.note(Field.EXTENSION, cell, term.message)
    return term.options, None


def _notice_months(reader: Reader) -> int | None:
    column, cell = reader.first(Field.NOTICE_PERIOD)
    return read_months(cell, unit=unit_in(column.header)) if column else None


def _cpv_codes(reader: Reader) -> tuple[str, ...]:
    return next((codes for _, cell in reader.all(Field.CPV) if (codes := read_cpv_codes(cell))), ())


def _kind(reader: Reader, *, made: bool, planned: bool, dated: bool) -> Kind:
    """What a row is about: the file’s own word for it first, then what is filled in, then what kind of file it is."""
    notice_type = plain(line_of(reader.first(Field.NOTICE_TYPE)[1]))
    status = plain(spaced(line_of(reader.first(Field.STATUS)[1])))
    if _PLANNED.search(plain(spaced(notice_type))):
        return "planned"
    if notice_type and (status or "contract" not in notice_type):
        return "contract" if _MADE.search(f"{notice_type} {status}") else "notice"
    if planned and not made:
        return "planned"
    if made:
        return "contract"
    if _PLANNED.search(status):
        return "planned"
    if _MADE.search(status):
        return "contract"
    if _ADVERTISED.search(status) or dated:
        return "notice"
    return "contract" if reader.mapping.has(Field.SUPPLIERS) else "planned"
