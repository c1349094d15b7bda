"""What reading a register gives: typed rows, what was left out and why, and everything worth a word to who brought it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from workflows.pipeline.registers.amounts import Covers, Vat
from workflows.pipeline.registers.headers import Mapping
from workflows.pipeline.registers.table import Problem

type Kind = Literal["contract", "planned", "notice"]
"""A contract that was made, something that is to be bought, or a purchase that is or was being advertised."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterRow:
    """One row, as facts. Text is free of contact details. Empty text, None and () all mean: the file does not say."""

    row_number: int
    """As the spreadsheet shows it beside the row."""
    kind: Kind
    reference: str
    title: str
    description: str
    organisation_name: str
    """The buyer, where the file has a column for it."""
    supplier_names: tuple[str, ...]
    company_numbers: tuple[str, ...]
    """Companies House numbers, in no fixed relation to the names unless there is one of each."""
    value: Decimal | None
    """Pounds, where one figure is given; VAT as `vat_basis` says, and for what as `value_covers` says."""
    value_low: Decimal | None
    value_high: Decimal | None
    """Pounds, where a range or a limit is given."""
    vat_basis: Vat
    value_covers: Covers
    """The whole contract, one year of it, or the file leaves it open (as the Transparency Code’s own heading does)."""
    currency: str
    """`GBP`; another code means that the file gave a foreign amount, which was not taken."""
    starts_on: dt.date | None
    ends_on: dt.date | None
    no_fixed_end: bool
    latest_end_on: dt.date | None
    """The end with every option used, where the file has a column for it."""
    review_on: dt.date | None
    signed_on: dt.date | None
    awarded_on: dt.date | None
    advertised_on: dt.date | None
    """When the tender is, or was to be, advertised: a column of pipelines."""
    published_on: dt.date | None
    closes_on: dt.date | None
    term_months: int | None
    """The initial length where the file gives one in words."""
    extension: str
    extension_months: tuple[int, ...]
    notice_period: str
    notice_months: int | None
    category: str
    cpv_codes: tuple[str, ...]
    procedure: str
    was_tendered: bool | None
    framework: str
    department: str
    status: str
    url: str
    digest: str
    """SHA-256 over the cells that were read: the same when nothing we keep has changed, in whatever order columns stand."""


type NoUnit = Literal["total", "header", "heading", "note"]


@dataclass(frozen=True, slots=True)
class Skipped:
    """A line of the sheet that is not a unit: a total, a repeated header, a heading or a note. Blank lines are not listed."""

    row: int
    why: NoUnit


@dataclass(frozen=True, slots=True)
class Register:
    """A whole file. `rows` and `unreadable` together are its units; `skipped` and blank lines are none."""

    rows: tuple[RegisterRow, ...]
    unreadable: tuple[Problem, ...]
    """Rows with neither title nor supplier nor reference: nothing can be listed from them."""
    problems: tuple[Problem, ...]
    skipped: tuple[Skipped, ...]
    blank_rows: int
    """Blank lines between the header and the last row."""
    header_row: int
    sheet: str
    mapping: Mapping
    encoding: str

    def problems_of(self, row_number: int) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.row == row_number)
